"""The command: the only room that reads its words, the environment and the real clock."""

import gc
import sys
from typing import NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command and leave with its exit code (see `errors.ExitCode`)."""
    # Python looks for circles after each 700 new objects. Imports and polls make a great many, and hardly a circle: to
    # look less often takes a fifth off the start.
    gc.set_threshold(20_000, 20, 100)
    try:
        from syndicator.cli import app  # what this loads is what the line above is about
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        sys.exit(130)
    try:
        app.main()
    finally:
        gc.freeze()  # nor at the end, when all is to go: that takes a tenth off it
