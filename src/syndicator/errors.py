"""The error tree, grouped by who can do something about it.

    SyndicatorError          one sentence: what happened, where, what to do
    ├── ConfigError          the operator's files; carries every problem found, each with file and line
    ├── UsageError           a command's arguments, or limits of the machine, do not allow what is asked
    ├── FetchError           the network or a file did not give a body
    ├── ParseError           a body is not what the source should be
    ├── StoreError           the database: locked, unreadable, full
    │   ├── LockedError      another daemon holds the store
    │   ├── FullError        a disk has no room for it, or for temporary files
    │   └── NewerError       the database was written by a newer program
    ├── PublishError         the published files cannot be written, or would not be well-formed
    └── SupervisionError     a part of the daemon would not stay up

Where one source could harm the others, an error becomes data (`model.outcome.Failed`), so that one source can never end
a run: in the transfer loop, and in `pipeline` where bodies are read and results recorded. Everywhere else an error
travels up to `cli`, which prints its sentence and ends the process with its `exit_code`.
"""

import errno
import resource
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import ClassVar


class ExitCode(IntEnum):
    """The exit codes of commands.

    70, 75 and 78 are EX_SOFTWARE, EX_TEMPFAIL and EX_CONFIG of sysexits.h.

    1 means that we found a bug of our own. 2 means that the operator can correct the cause: an argument of the command,
    the configuration, a folder, a file. 130 means that Ctrl+C ended the command, as in shells (128 + SIGINT).
    """

    OK = 0
    BUG = 1
    USAGE = 2
    SUPERVISION = 70
    LOCKED = 75
    NEWER = 78
    INTERRUPTED = 130


class SyndicatorError(Exception):
    """The base of every error that we raise; its text is a sentence for people.

    Args:
        message: What happened and where.
        remedy: What to do about it; empty when the message says it already.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.USAGE

    def __init__(self, message: str, remedy: str = "") -> None:
        message = message.encode(errors="backslashreplace").decode()  # a file name in it may hold any bytes
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in a configuration file.

    Attributes:
        file: The file with the mistake.
        line: The line of the mistake, counted from 1; 0 when it concerns the whole file.
        where: The setting, as the operator wrote it ("source.interval"); empty when no single setting is meant.
        message: What is wrong, what was expected and, if there is one, the nearest valid name.
    """

    file: Path
    message: str
    line: int = 0
    where: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.where}: {self.message}" if self.where else f"{place}: {self.message}"


class ConfigError(SyndicatorError):
    """The configuration cannot be used; `problems` lists every mistake found in one pass."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class UsageError(SyndicatorError):
    """A command asks for what cannot be had: an unknown source id, a port in use, more open files than allowed."""


class FetchError(SyndicatorError):
    """The network or a file gave no body."""


class ParseError(SyndicatorError):
    """A body is not a feed, a page or a list that we can read."""


class StoreError(SyndicatorError):
    """The database cannot be used as it is."""


class LockedError(StoreError):
    """Another daemon, or another program, holds the database."""

    exit_code = ExitCode.LOCKED


class FullError(StoreError):
    """A disk has no room for the database or for temporary files; it may have later, so a new start is worth trying."""

    exit_code = ExitCode.LOCKED


class NewerError(StoreError):
    """The database was written by a newer program: it has migrations that this one does not know."""

    exit_code = ExitCode.NEWER


class PublishError(SyndicatorError):
    """A feed or page cannot be written, or what would be written is not well-formed."""


class SupervisionError(SyndicatorError):
    """A part of the daemon died too often, or cannot be started any more."""

    exit_code = ExitCode.SUPERVISION


def shortage(error: BaseException) -> SyndicatorError | None:
    """Translate an exception that means a lack of files, disk space, memory or threads into an error for the operator.

    Returns:
        The error to show; None if the exception does not mean that the machine refuses this process something.
    """
    number = error.errno if isinstance(error, OSError) else 0
    if number in {errno.EMFILE, errno.ENFILE}:
        return UsageError(too_few_files(resource.getrlimit(resource.RLIMIT_NOFILE)[0]))
    words = str(error)
    if number in {errno.ENOSPC, errno.EDQUOT} or "No usable temporary directory" in words:  # as `tempfile` puts it
        return FullError(
            "A disk has no room for temporary files or for a file beside the database.",
            "Free some space, or set TMPDIR to another folder for temporary files.",
        )
    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    is_bound = most != resource.RLIM_INFINITY
    starved = isinstance(error, MemoryError) or number == errno.ENOMEM or "failed to map segment" in words
    starved |= isinstance(error, SystemError) and is_bound  # CPython may raise this where it should raise MemoryError
    if not starved and words != "can't start new thread":
        return None
    allowed = f" Its limit is {most >> 20} MiB of address space." if is_bound else ""
    return UsageError(
        f"This process cannot get more memory or start more threads.{allowed}",
        "Raise the limits (`ulimit -v`, `ulimit -u`; for systemd LimitAS=, MemoryMax=, TasksMax=), or free memory.",
    )


def too_few_files(most: int) -> str:
    """The sentence that says what to do when a limit of `most` open files is too low."""
    return (
        f"This process may have {most} files open at once, which is too few: raise the limit to 1024 or more"
        " (`ulimit -n`; for systemd LimitNOFILE=)."
    )
