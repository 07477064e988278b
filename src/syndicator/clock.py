"""Time, read in one place and passed down as an argument from there."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What tells the time. Tests and the simulation bring their own."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC: for what is stored or published."""

    def monotonic(self) -> float:
        """Seconds that never jump: for waits and deadlines."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from an arbitrary origin, never going back; those that the machine sleeps count."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)
