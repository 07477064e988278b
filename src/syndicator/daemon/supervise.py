"""The supervision of the server process, which is started again when it dies."""

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
"""Seconds that the process has to end by itself before it is killed."""
BUDGET = 5
"""The most starts within `WINDOW`; if the process dies after these, the daemon ends, and its supervisor decides."""
WINDOW = 60.0
"""Seconds over which starts are counted."""
GIVEN_UP = "the server process cannot go on"
"""The reason, for the log, why the daemon ends when the server process cannot be started again."""
SETTLING = 5.0
"""Seconds after its start after which the process surely answers."""


class Child:
    """A process of our own program that should always run; it ends when the pipe to its standard input is closed."""

    def __init__(self, words: Sequence[str]) -> None:
        """Prepare the process; `start` starts it.

        Args:
            words: The command's arguments, after `syndicator`.
        """
        self._words = words
        self._orders = b""  # the first line of its standard input
        self._starts: deque[float] = deque(maxlen=BUDGET)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, monotonic: float, orders: bytes = b"") -> None:
        """Start the process, with new orders if some are given, else with those of the last start.

        Raises:
            SupervisionError: The Python interpreter is no longer there, as while another version is installed.
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
            with contextlib.suppress(BrokenPipeError):  # the process has died, which the next `look` finds
                self._process.stdin.write(self._orders)

    def look(self, monotonic: float) -> ExitCode | None:
        """Start the process again if it has ended.

        Returns:
            The exit code with which the daemon must end; None if it goes on.

        Raises:
            SupervisionError: It died too often, or cannot be started any more.
        """
        if self._process is None or self._process.poll() is None:
            return None
        if self._process.returncode == ExitCode.USAGE and monotonic - self._starts[-1] < WINDOW:
            return ExitCode.USAGE  # it has logged why; the cause may pass, such as a port in use
        if len(self._starts) == BUDGET and monotonic - self._starts[0] < WINDOW:
            raise SupervisionError(
                f"The server process died {BUDGET} times in {WINDOW:.0f} seconds.",
                "Run `syndicator serve` by itself to see why.",
            )
        log.warning("the server process ended (%s) and is started again", _how(self._process.returncode))
        self.start(monotonic)
        return None

    def has_settled(self, monotonic: float) -> bool:
        """Whether its start is so long ago that it surely answers by now."""
        return monotonic - self._starts[-1] >= SETTLING

    def restart(self, monotonic: float, orders: bytes) -> None:
        """End the process, and start it with other orders."""
        self.stop(GRACE)
        self._starts.clear()
        self.start(monotonic, orders)

    def stop(self, seconds: float) -> None:
        """Ask the process to end, and kill it if it does not end within `seconds`."""
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
        """Close the pipe to the last process."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()


def _how(code: int) -> str:
    """Say how a process ended, by its return code as `subprocess` gives it."""
    return f"exit code {code}" if code >= 0 else signal.strsignal(-code) or f"signal {-code}"
