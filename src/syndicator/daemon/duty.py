"""A duty cycle: work that is done again and again, but takes no more than a share of the time."""


class DutyCycle:
    """When a job may run again, by how long it ran.

    Args:
        parts: Between two beginnings lies so many times as long as the run took, at least …
        rest: … and so many seconds.
    """

    def __init__(self, parts: float, rest: float = 0.0) -> None:
        self._parts = parts
        self._rest = rest
        self._again_at = 0.0

    def is_time(self, monotonic: float) -> bool:
        """Whether it may run by now."""
        return monotonic >= self._again_at

    def ran(self, began: float, ended: float) -> None:
        """Take note of a run, by the monotonic clock, in seconds."""
        self._again_at = began + max(self._rest, (ended - began) * self._parts)

    def hasten(self) -> None:
        """Let it run at once."""
        self._again_at = 0.0
