"""The error tree, grouped by who can do something about it.

    SyndicatorError          one sentence: what happened, where, what to do
    ├── ConfigError          the operator's files; carries every problem found, each with file and line
    ├── UsageError           a command's words are off
    ├── FetchError           the network or a file did not give a body
    ├── ParseError           a body is not what the source should be
    ├── StoreError           the database: locked, unreadable, full
    │   ├── LockedError      another daemon holds the store
    │   ├── FullError        a disk has no room for it, or for temporary files
    │   └── NewerError       the database was written by a newer program
    ├── PublishError         the published files cannot be written, or would not be well-formed
    └── SupervisionError     a part of the daemon would not stay up

In `pipeline.read` and in the transfer loop alone an error becomes data (`model.outcome.Failed`): one source can never
end a run. Everywhere else it travels up to `cli`, which prints the sentence and leaves with `exit_code`.
"""

import errno
import resource
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import ClassVar


class ExitCode(IntEnum):
    """How a command ends. 70, 75 and 78 are EX_SOFTWARE, EX_TEMPFAIL and EX_CONFIG of sysexits.h.

    1 says that we counted a bug of our own; 2 that the operator can mend it: a word of the command, the configuration,
    a folder, a file; 130 that Ctrl+C ended it, as shells count a SIGINT.
    """

    OK = 0
    BUG = 1
    USAGE = 2
    SUPERVISION = 70
    LOCKED = 75
    NEWER = 78
    INTERRUPTED = 130


class SyndicatorError(Exception):
    """Base of every error we raise; its text is a sentence for people.

    Args:
        message: What happened and where.
        remedy: What to do about it, or empty when the message says it already.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.USAGE

    def __init__(self, message: str, remedy: str = "") -> None:
        message = message.encode(errors="backslashreplace").decode()  # it may name a file, and that be of any bytes
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in a configuration file.

    Attributes:
        file: The file it stands in.
        line: Its line, counted from 1; 0 when the whole file is meant.
        where: The setting, as the operator wrote it ("source.interval"); empty: none alone.
        message: What is wrong, what was expected and, where there is one, the nearest valid name.
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
    """A command was asked for something that is not there, such as an unknown source id."""


class FetchError(SyndicatorError):
    """No body could be had."""


class ParseError(SyndicatorError):
    """A body is not a feed, page or list that we can read."""


class StoreError(SyndicatorError):
    """The database cannot be used as it is."""


class LockedError(StoreError):
    """Another daemon, or another program, holds the database."""

    exit_code = ExitCode.LOCKED


class FullError(StoreError):
    """A disk has no room for the database, or for temporary files: later it may have, so we may be started again."""

    exit_code = ExitCode.LOCKED


class NewerError(StoreError):
    """The database has migrations that this program does not know."""

    exit_code = ExitCode.NEWER


class PublishError(SyndicatorError):
    """A feed or page cannot be written, or what would be written is not well-formed."""


class SupervisionError(SyndicatorError):
    """A part of the daemon died too often to be started once more."""

    exit_code = ExitCode.SUPERVISION


def shortage(error: BaseException) -> SyndicatorError | None:
    """What the machine refuses this process; None: the error says nothing of that."""
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
    starved |= isinstance(error, SystemError) and is_bound  # the interpreter forgets to say what was missing
    if not starved and words != "can't start new thread":
        return None
    allowed = f" Its limit is {most >> 20} MiB of address space." if is_bound else ""
    return UsageError(
        f"This process cannot get more memory or start more threads.{allowed}",
        "Raise the limits (`ulimit -v`, `ulimit -u`; for systemd LimitAS=, MemoryMax=, TasksMax=), or free memory.",
    )


def too_few_files(most: int) -> str:
    """What to do where so many open files are too few."""
    return (
        f"This process may have {most} files open at once, which is too few: raise the limit to 1024 or more"
        " (`ulimit -n`; for systemd LimitNOFILE=)."
    )
