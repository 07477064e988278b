"""A duty cycle: periodic work that takes no more than a given share of the time."""


class DutyCycle:
    """Decides when a job may run again, by how long it ran last.

    Args:
        parts: The least time from the start of one run to the start of the next, as a multiple of the run's duration.
        rest: The least time between these starts, in seconds.
    """

    def __init__(self, parts: float, rest: float = 0.0) -> None:
        self._parts = parts
        self._rest = rest
        self._again_at = 0.0

    def is_time(self, monotonic: float) -> bool:
        """Whether the job may run now, by the monotonic clock, in seconds."""
        return monotonic >= self._again_at

    def ran(self, began: float, ended: float) -> None:
        """Note when a run began and ended, by the monotonic clock, in seconds."""
        self._again_at = began + max(self._rest, (ended - began) * self._parts)

    def hasten(self) -> None:
        """Let the job run at once."""
        self._again_at = 0.0
