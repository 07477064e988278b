"""That the daemon is to end, and who waits for that; and how a process of ours ends at once."""

import contextlib
import logging
import os
import signal
from typing import NoReturn

from syndicator.errors import ExitCode
from syndicator.pipeline.engines import leave_nothing_behind


class Ending:
    """The end of the daemon: once it is called for, it is for good.

    Attributes:
        is_called: Whether it is.
        why: What called for it, for the log.
        code: What the process ends with.

    A signal's handler may call for it at any moment, also in the middle of the wait.

    What waits is a read of a pipe, to which the interpreter writes when a signal arrives, in whichever thread. The wait
    for a lock (`threading.Event`, `SimpleQueue`) is only left if the signal interrupts it: one that comes just before
    it, or that the kernel gives to another thread, is not heeded before it ends, which is never. The pipe lives as long
    as the process.
    """

    def __init__(self) -> None:
        self.is_called = False
        self.why = ""
        self.code = ExitCode.OK
        self._end, self._start = os.pipe()
        os.set_blocking(self._start, False)  # whoever calls never waits: a full pipe wakes as well as one byte

    def call(self, why: str, code: ExitCode = ExitCode.OK) -> None:
        """Call for it."""
        self.why, self.code, self.is_called = why, code, True
        with contextlib.suppress(BlockingIOError):
            os.write(self._start, b"\0")

    def wait(self) -> None:
        """Return when it is called for; in the main thread, where signals are handled."""
        before = signal.set_wakeup_fd(self._start, warn_on_full_buffer=False)
        try:
            while not self.is_called:
                os.read(self._end, 4096)
        finally:
            signal.set_wakeup_fd(before)


def leave(code: ExitCode) -> NoReturn:
    """End the process now: libcurl's own end would wait for a look-up that hangs."""
    leave_nothing_behind()
    with contextlib.suppress(OSError, ValueError):
        logging.shutdown()
    os._exit(code)
