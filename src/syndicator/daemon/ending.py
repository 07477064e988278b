"""The request that the daemon end, and the wait for it; which signals are one request; how a process ends at once."""

import contextlib
import logging
import os
import signal
from typing import NoReturn

from syndicator.errors import ExitCode
from syndicator.pipeline.engines import leave_nothing_behind

TOGETHER = 0.25
"""Seconds within which several signals are one request."""


class Ending:
    """The request that the daemon end, which cannot be withdrawn.

    Attributes:
        is_called: Whether the end was requested.
        why: Why it was requested, for the log.
        code: The exit code of the process.

    A signal handler may request it at any moment, also in the middle of the wait.

    The wait is a read from a pipe, to which the interpreter writes when a signal arrives, in whichever thread. A wait
    for a lock (`threading.Event`, `SimpleQueue`) would end only if the signal interrupts it: a signal that comes just
    before the wait, or that the kernel delivers to another thread, would never be handled. The pipe stays open as long
    as the process lives.
    """

    def __init__(self) -> None:
        self.is_called = False
        self.why = ""
        self.code = ExitCode.OK
        self._end, self._start = os.pipe()
        os.set_blocking(self._start, False)  # `call` must never wait; a full pipe ends the wait just as one byte does

    def call(self, why: str, code: ExitCode = ExitCode.OK) -> None:
        """Request the end."""
        self.why, self.code, self.is_called = why, code, True
        with contextlib.suppress(BlockingIOError):
            os.write(self._start, b"\0")

    def wait(self) -> None:
        """Return when the end is requested; to be called in the main thread, where signals are handled."""
        before = signal.set_wakeup_fd(self._start, warn_on_full_buffer=False)
        try:
            while not self.is_called:
                os.read(self._end, 4096)
        finally:
            signal.set_wakeup_fd(before)


class Requests:
    """Tells whether a signal is a request of its own, or comes together with another one that was meant for the same.

    `timeout`, and other programs that run a command and pass signals on, send one to it and one to its process group.
    """

    def __init__(self) -> None:
        self._together_until = float("-inf")

    def is_new(self, monotonic: float) -> bool:
        """Whether a signal that arrives now, in seconds of the monotonic clock, is a request of its own."""
        if monotonic < self._together_until:
            return False
        self._together_until = monotonic + TOGETHER
        return True


def leave(code: ExitCode) -> NoReturn:
    """End the process now; an orderly end of libcurl would wait for a name look-up that hangs."""
    leave_nothing_behind()
    with contextlib.suppress(OSError, ValueError):
        logging.shutdown()
    os._exit(code)
