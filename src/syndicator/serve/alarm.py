"""Alarm: a timer for deadlines that move with every request; to move one costs only a comparison."""

import asyncio
from collections.abc import Callable


class Alarm:
    """Calls a function after some time, unless it is set again before.

    Setting a timer of the event loop costs more than a 304 answer, so a running one is not moved: if it fires too
    early, it is set again for the remaining time.

    Args:
        loop: The event loop.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None
        self._rings = 0.0  # the loop's time at which the timer will fire
        self._due = 0.0  # the loop's time at which the function is to be called
        self.calls: Callable[[], None] | None = None
        """The function that it will call; None if it is stopped."""

    def set(self, seconds: float, calls: Callable[[], None]) -> None:
        """Call `calls` in `seconds`, instead of any function that was to be called."""
        self.calls = calls
        self._due = due = self._loop.time() + seconds
        if self._timer is None or due < self._rings:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = self._loop.call_at(due, self._ring)
            self._rings = due

    def stop(self) -> None:
        """Call nothing; the timer keeps running, because the alarm will soon be set again."""
        self.calls = None

    def cancel(self) -> None:
        """Call nothing any more, and end the timer."""
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
