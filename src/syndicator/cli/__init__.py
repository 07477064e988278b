"""Cli: the command line; the only package that reads arguments and the environment, and creates the real clock."""

import gc
import sys
from typing import NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command and leave with its exit code (see `errors.ExitCode`)."""
    # By default, Python looks for reference cycles after each 700 new objects. Imports and polls make many objects and
    # hardly any cycles, so looking less often makes the start a fifth faster.
    gc.set_threshold(20_000, 20, 100)
    try:
        from syndicator.cli import app  # loads most modules, so it comes after the line above
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        sys.exit(130)
    app.main()
