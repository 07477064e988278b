"""For how long a hub that fails is left alone: longer and longer."""

from dataclasses import dataclass

FIRST_PAUSE = 60.0
LONGEST_PAUSE = 6 * 3600.0
"""Seconds after a failure: twice as many each time."""
_DOUBLINGS = 9
"""After so many the pause is the longest: a hub may fail for years."""


@dataclass(slots=True)
class Pause:
    """For how long somebody is left alone.

    Attributes:
        until: By the monotonic clock.
        failures: One after the other.
    """

    until: float = 0.0
    failures: int = 0

    def extend(self, monotonic: float, wanted: float = 0.0) -> None:
        """After another failure; `wanted`: seconds that it asks for itself."""
        pause = pause_after(self.failures)
        self.failures += 1
        self.until = monotonic + min(max(pause, wanted), LONGEST_PAUSE)


def pause_after(failures: int) -> float:
    """Seconds to wait after a failure, when there were so many in a row before it."""
    return min(FIRST_PAUSE * 2.0 ** min(failures, _DOUBLINGS), LONGEST_PAUSE)
