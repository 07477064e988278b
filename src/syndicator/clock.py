"""The clock: time is read from it at the top of the program, and passed down from there as an argument."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """A source of the time. Tests and the simulation bring their own."""

    def now(self) -> datetime:
        """Return the current moment as an aware datetime in UTC: for what is stored or published."""

    def monotonic(self) -> float:
        """Return seconds of a clock that never jumps: for waits and deadlines."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the current moment as an aware datetime in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds since an arbitrary origin; they never go back, and go on while the machine sleeps."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)
