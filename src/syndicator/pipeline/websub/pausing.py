"""Pausing: the exponential back-off for a hub or subscriber that fails."""

from dataclasses import dataclass

FIRST_PAUSE = 60.0
"""Seconds of the pause after the first failure; it doubles with each further one in a row."""
LONGEST_PAUSE = 6 * 3600.0
"""The most seconds of a pause."""
_DOUBLINGS = 9
"""Number of doublings after which the pause is the longest, so that years of failures do not overflow."""


@dataclass(slots=True)
class Pause:
    """The pause of a hub or subscriber.

    Attributes:
        until: When the pause is over, in monotonic seconds.
        failures: Number of failures in a row.
    """

    until: float = 0.0
    failures: int = 0

    def extend(self, monotonic: float, wanted: float = 0.0) -> None:
        """Extend the pause after another failure.

        Args:
            monotonic: The time now, in monotonic seconds.
            wanted: Seconds for which the other side itself asks to be left alone; 0: it does not say.
        """
        pause = pause_after(self.failures)
        self.failures += 1
        self.until = monotonic + min(max(pause, wanted), LONGEST_PAUSE)


def pause_after(failures: int) -> float:
    """Return the seconds to wait after a failure with this many failures in a row before it."""
    return min(FIRST_PAUSE * 2.0 ** min(failures, _DOUBLINGS), LONGEST_PAUSE)
