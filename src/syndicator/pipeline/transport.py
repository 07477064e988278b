"""Who carries requests: what the pump asks of it, and a line to it that is opened when there is something to send."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Protocol

from syndicator.model.outcome import Failed
from syndicator.model.web import Request, Response


class Transport(Protocol):
    """What carries requests: `fetch.transfer.Transfer`, or a simulated one."""

    def submit(self, request: Request) -> None:
        """Start an exchange; never blocks."""

    def finished(self) -> list[tuple[Request, Response | Failed]]:
        """The exchanges that ended since; never blocks."""

    def wait(self, seconds: float) -> bool:
        """Until an exchange has ended, or the time is over."""

    def wake(self) -> None:
        """End a `wait`; any thread may."""

    def stop(self) -> None:
        """Drop what is under way, and end; never blocks."""

    @property
    def in_flight(self) -> int:
        """Exchanges begun and not yet handed over."""


class LazyTransport:
    """A way to somebody whom there is seldom anything to ask: nothing is opened before that.

    Args:
        connect: Gives what carries the requests.
    """

    def __init__(self, connect: Callable[[], Transport]) -> None:
        self._connect = connect
        self._transport: Transport | None = None
        self._answered: deque[tuple[Request, Response | Failed]] = deque()

    @property
    def in_flight(self) -> int:
        """Requests that were sent, and of which nothing has come."""
        return self._transport.in_flight if self._transport else 0

    def send(self, request: Request) -> None:
        """Send it, by another transport than before if there was an end between."""
        self._transport = self._transport or self._connect()
        self._transport.submit(request)

    def answers(self) -> Iterator[tuple[Request, Response | Failed]]:
        """What has come; one that is not gone on from, as when it cannot be written down, is there the next time."""
        self._answered.extend(self._transport.finished() if self._transport else ())
        while self._answered:
            yield self._answered[0]
            self._answered.popleft()

    def wait(self, seconds: float) -> bool:
        """Wait until something has come; returns whether anything still is to."""
        if self._transport is None or not self.in_flight:
            return False
        return self._transport.wait(seconds) or bool(self.in_flight)

    def stop(self) -> None:
        """End: what is under way, or has not been gone on from, is dropped."""
        if self._transport is not None:
            self._transport.stop()
        self._transport = None
        self._answered.clear()
