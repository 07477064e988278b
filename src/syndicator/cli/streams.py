"""The three standard streams, of which each may be closed, full, or read by nobody."""

import os
import sys
from typing import TextIO


def provide() -> None:
    """Open those that whoever started us has closed: else the next file that we open would be taken for one."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            os.dup2(descriptor, number)  # for our children, too
            if descriptor != number:
                os.close(descriptor)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", closefd=False))


def silence(stream: TextIO) -> None:
    """Send to nowhere what it still holds, and what comes, so that the interpreter's end is quiet, too."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def complain(text: str) -> None:
    """Lines on standard error; the exit code counts all the same where nobody can be told."""
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)
