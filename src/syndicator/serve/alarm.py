"""A deadline that moves with every request, at the cost of a comparison."""

import asyncio
from collections.abc import Callable


class Alarm:
    """Calls a function after some time, unless it is set anew before.

    A timer costs more than a 304, so one that runs is not moved: if it rings too early, it is set for what is left.

    Args:
        loop: The event loop.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None
        self._rings = 0.0  # when the timer does
        self._due = 0.0  # when it should
        self.calls: Callable[[], None] | None = None
        """What it will call; None: it is stopped."""

    def set(self, seconds: float, calls: Callable[[], None]) -> None:
        """Call `calls` in `seconds`, and not what was to be called before."""
        self.calls = calls
        self._due = due = self._loop.time() + seconds
        if self._timer is None or due < self._rings:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = self._loop.call_at(due, self._ring)
            self._rings = due

    def stop(self) -> None:
        """Call nothing; it will be set again soon, so the timer stays."""
        self.calls = None

    def cancel(self) -> None:
        """Call nothing, ever."""
        self.calls = None
        if self._timer is not None:
            self._timer.cancel()

    def _ring(self) -> None:
        self._timer = None
        calls, self.calls = self.calls, None
        if calls is None:
            return
        left = self._due - self._loop.time()
        if left > 0:
            self.set(left, calls)
        else:
            calls()
