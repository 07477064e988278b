"""Printing: write whole lines to standard output; a closed pipe ends the program without an error."""

import contextlib
import sys
from datetime import datetime
from typing import Any

import orjson

from syndicator.cli.streams import silence
from syndicator.errors import ExitCode, SyndicatorError
from syndicator.text.moments import rfc3339

Row = dict[str, Any]
"""What a command prints as one line for scripts: values that JSON can represent, by name."""


def print_line(text: str) -> None:
    """Print a line for people; characters that the output's encoding does not have are replaced."""
    encoding = sys.stdout.encoding or "utf-8"
    _write(text.encode(encoding, "replace") + b"\n")


def announce(text: str) -> None:
    """Print a line that is not essential: if it cannot be written, the command continues."""
    with contextlib.suppress(SyndicatorError, SystemExit):
        print_line(text)


def local(moment: datetime) -> str:
    """Return a time in this machine's time zone, as in the log, to the minute."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def local_of(moment: str | None, missing: str = "") -> str:
    """Return a time that was written for scripts (`iso`) as `local` does; `missing` if there is none."""
    return local(datetime.fromisoformat(moment)) if moment else missing


def iso(moment: datetime | None) -> str | None:
    """Return a time for scripts: RFC 3339, in UTC, to the second; None if there is none."""
    return None if moment is None else rfc3339(moment)


def print_json(row: Row) -> None:
    """Print a row as one line of JSON, for scripts, in UTF-8."""
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
