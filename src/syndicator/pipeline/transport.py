"""What the pump asks of whoever carries its requests: `fetch.Transfer`, or hosts in memory."""

from typing import Protocol

from syndicator.model.outcome import Failed
from syndicator.model.web import Request, Response


class Transport(Protocol):
    """What carries requests: `fetch.Transfer`, or a simulated one."""

    def submit(self, request: Request) -> None:
        """Start an exchange; never blocks."""

    def finished(self) -> list[tuple[Request, Response | Failed]]:
        """The exchanges that ended since; never blocks."""

    def wait(self, seconds: float) -> bool:
        """Until an exchange has ended, or the time is over."""

    def wake(self) -> None:
        """End a `wait`; any thread may."""

    def stop(self) -> None:
        """End; never blocks."""

    @property
    def in_flight(self) -> int:
        """Exchanges begun and not yet handed over."""
