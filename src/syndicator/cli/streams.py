"""Streams: the three standard streams, each of which may be closed, full, or read by nobody."""

import os
import sys
from typing import TextIO


def provide() -> None:
    """Open the standard streams that our parent has closed; otherwise the next file that we open would become one."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            os.dup2(descriptor, number)  # for our children, too
            if descriptor != number:
                os.close(descriptor)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", closefd=False))


def silence(stream: TextIO) -> None:
    """Discard what a stream still holds and all that follows, so that the interpreter's end raises no error either."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def complain(text: str) -> None:
    """Print lines on standard error; if that is not possible, they are dropped, and the exit code still tells."""
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)
