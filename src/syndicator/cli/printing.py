"""What goes to standard output: whole lines, and no fuss when whoever reads has enough."""

import contextlib
import sys
from datetime import datetime
from typing import Any

import orjson

from syndicator.cli.streams import silence
from syndicator.errors import ExitCode, SyndicatorError
from syndicator.text.moments import rfc3339

Row = dict[str, Any]
"""What a command prints as one line for scripts: values that JSON can hold, by name."""


def print_line(text: str) -> None:
    """A line for people; what their terminal cannot show is replaced."""
    encoding = sys.stdout.encoding or "utf-8"
    _write(text.encode(encoding, "replace") + b"\n")


def announce(text: str) -> None:
    """A line that nobody needs: its command goes on where it cannot be written."""
    with contextlib.suppress(SyndicatorError, SystemExit):
        print_line(text)


def local(moment: datetime) -> str:
    """A time as the clock of this machine shows it, like the log's: in its time zone, to the minute."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def local_of(moment: str | None, missing: str = "") -> str:
    """The same, for one as scripts read it (`iso`); `missing`: what is said where there is none."""
    return local(datetime.fromisoformat(moment)) if moment else missing


def iso(moment: datetime | None) -> str | None:
    """A time as scripts read it: RFC 3339, in UTC, to the second."""
    return None if moment is None else rfc3339(moment)


def print_json(row: Row) -> None:
    """A line for scripts, in UTF-8."""
    _write(orjson.dumps(row) + b"\n")


def _write(line: bytes) -> None:
    try:
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        silence(sys.stdout)
        sys.exit(ExitCode.OK)
    except OSError as error:
        silence(sys.stdout)
        raise SyndicatorError(
            f"The output could not be written ({error.strerror}).",
            "Free some space there, or write the output elsewhere.",
        ) from error
