"""Cli: the command line; the only package that reads arguments and the environment, and creates the real clock."""

import atexit
import gc
import signal
import sys
from typing import NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command and leave with its exit code (see `errors.ExitCode`)."""
    # By default, Python looks for reference cycles after each 700 new objects. Imports and polls make many objects and
    # hardly any cycles, so looking less often makes the start a fifth faster.
    gc.set_threshold(20_000, 20, 100)
    atexit.register(_ignore_signals)  # registered first, it is called last
    try:
        from syndicator.cli import app  # loads most modules, so it comes after the line above
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        sys.exit(130)
    app.main()


def _ignore_signals() -> None:
    """Ignore from now on the signals that we handle; else the interpreter, as it ends, would give them their defaults.

    `timeout` sends a command the same signal twice. The second one would kill it there, and change its exit code.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_IGN)
