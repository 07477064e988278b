"""Keeping the server process alive: it serves while the daemon parses, and is started again when it dies."""

import contextlib
import logging
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Sequence

from syndicator.errors import ExitCode, SupervisionError

log = logging.getLogger("syndicator")

GRACE = 1.0
"""Seconds that it has to end by itself."""
BUDGET = 5
"""So many starts …"""
WINDOW = 60.0
"""… in so many seconds, then the daemon gives up, and whoever supervises it decides."""
GIVEN_UP = "the server process cannot go on"
"""Why the daemon ends then."""
SETTLING = 5.0
"""Seconds after which one that was started surely answers."""


class Child:
    """A process of our own program that should always run. It ends when the pipe to its standard input does."""

    def __init__(self, words: Sequence[str]) -> None:
        """Args: words: the command's words, after `syndicator`."""
        self._words = words
        self._orders = b""  # the first line of its standard input
        self._starts: deque[float] = deque(maxlen=BUDGET)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, monotonic: float, orders: bytes = b"") -> None:
        """Start it, with other orders, if there are any.

        Raises:
            SupervisionError: The program has gone from its place, as while another version is installed.
        """
        self._orders = orders or self._orders
        self._let_go()
        self._starts.append(monotonic)
        try:
            self._process = subprocess.Popen(  # noqa: S603  # our own program
                [sys.executable, "-P", "-m", "syndicator", *self._words],
                stdin=subprocess.PIPE,
                bufsize=0,
                start_new_session=True,
            )
        except FileNotFoundError as error:
            raise SupervisionError(
                f"{sys.executable} was removed while the service was running.",
                "Install it again, and restart the service.",
            ) from error
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):  # it has died, which is seen at the next look
                self._process.stdin.write(self._orders)

    def look(self, monotonic: float) -> ExitCode | None:
        """See whether it lives, and start it again if not; gives the exit code that the daemon must end with, or None.

        Raises:
            SupervisionError: It died too often, or cannot be started any more.
        """
        if self._process is None or self._process.poll() is None:
            return None
        if self._process.returncode == ExitCode.USAGE and monotonic - self._starts[-1] < WINDOW:
            return ExitCode.USAGE  # it has said why, which may pass: a port is given back
        if len(self._starts) == BUDGET and monotonic - self._starts[0] < WINDOW:
            raise SupervisionError(
                f"The server process died {BUDGET} times in {WINDOW:.0f} seconds.",
                "Run `syndicator serve` by itself to see why.",
            )
        log.warning("the server process ended (%s) and is started again", _how(self._process.returncode))
        self.start(monotonic)
        return None

    def has_settled(self, monotonic: float) -> bool:
        """Whether it was not started just now: a moment long nobody gets an answer from it."""
        return monotonic - self._starts[-1] >= SETTLING

    def restart(self, monotonic: float, orders: bytes) -> None:
        """End it, and start it with other orders."""
        self.stop(GRACE)
        self._starts.clear()
        self.start(monotonic, orders)

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


def _how(code: int) -> str:
    """How a process ended, by its code as `subprocess` gives it."""
    return f"exit code {code}" if code >= 0 else signal.strsignal(-code) or f"signal {-code}"
