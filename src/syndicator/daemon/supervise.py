"""Keeping the server process alive: it serves while the daemon parses, and is started again when it dies."""

import contextlib
import logging
import os
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from typing import NoReturn

from syndicator.errors import ExitCode, SupervisionError
from syndicator.pipeline.engines import leave_nothing_behind

GRACE = 1.0
"""Seconds that it has to end by itself."""
BUDGET = 5
"""So many starts …"""
WINDOW = 60.0
"""… in so many seconds, then the daemon gives up, and whoever supervises it decides."""


class Child:
    """A process of our own program that should always run. It ends when the pipe to its standard input does."""

    def __init__(self, words: Sequence[str]) -> None:
        """Args: words: the command's words, after `syndicator`."""
        self._words = words
        self._starts: deque[float] = deque(maxlen=BUDGET)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, monotonic: float) -> None:
        """Start it."""
        self._let_go()
        self._starts.append(monotonic)
        self._process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-m", "syndicator", *self._words], stdin=subprocess.PIPE, start_new_session=True
        )

    def look(self, monotonic: float) -> ExitCode | None:
        """See whether it lives, and start it again if not; gives the exit code that the daemon must end with, or None.

        Raises:
            SupervisionError: It died too often.
        """
        if self._process is None or self._process.poll() is None:
            return None
        if self._process.returncode == ExitCode.USAGE:
            return ExitCode.USAGE  # it has said why
        if len(self._starts) == BUDGET and monotonic - self._starts[0] < WINDOW:
            raise SupervisionError(
                f"The server process died {BUDGET} times in {WINDOW:.0f} seconds.",
                "Run `syndicator serve` by itself to see why.",
            )
        self.start(monotonic)
        return None

    def restart(self, monotonic: float) -> None:
        """End it, and start it with what the configuration says now."""
        self.stop(GRACE)
        self._starts.clear()
        self.start(monotonic)

    def stop(self, seconds: float) -> None:
        """Ask it to end, and end it when it does not within `seconds`."""
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._let_go()

    def _let_go(self) -> None:
        """Close the pipe to the process that was."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()


def end_with_parent() -> None:
    """In the child: wait for the parent's end, then ask ourselves to stop. Meant for a thread."""
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), 15)


def leave(code: ExitCode) -> NoReturn:
    """End the process now: libcurl's own end would wait for a look-up that hangs."""
    leave_nothing_behind()
    with contextlib.suppress(OSError, ValueError):
        logging.shutdown()
    os._exit(code)
