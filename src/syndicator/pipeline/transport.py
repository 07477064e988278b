"""Transport: what the pump needs of whatever carries requests, and a transport that is opened only when needed."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Protocol

from syndicator.model.outcome import Failed
from syndicator.model.web import Request, Response


class Transport(Protocol):
    """What carries requests: `fetch.transfer.Transfer`, or a simulated network."""

    def submit(self, request: Request) -> None:
        """Start an exchange; never blocks."""

    def finished(self) -> list[tuple[Request, Response | Failed]]:
        """Return the exchanges that ended since the last call; never blocks."""

    def wait(self, seconds: float) -> bool:
        """Wait until an exchange has ended, or the time is over."""

    def wake(self) -> None:
        """End a `wait`; any thread may call this."""

    def stop(self) -> None:
        """Drop the exchanges that are under way, and end; never blocks."""

    @property
    def in_flight(self) -> int:
        """How many exchanges were started whose answers `finished` has not returned yet."""


class LazyTransport:
    """A transport for requests that are rare: it is opened with the first of them.

    Args:
        connect: Returns a new transport to carry the requests.
    """

    def __init__(self, connect: Callable[[], Transport]) -> None:
        self._connect = connect
        self._transport: Transport | None = None
        self._answered: deque[tuple[Request, Response | Failed]] = deque()

    @property
    def in_flight(self) -> int:
        """How many requests were sent whose answers have not come."""
        return self._transport.in_flight if self._transport else 0

    def send(self, request: Request) -> None:
        """Send a request; after `stop`, this opens a new transport."""
        self._transport = self._transport or self._connect()
        self._transport.submit(request)

    def answers(self) -> Iterator[tuple[Request, Response | Failed]]:
        """Iterate over the answers that have come.

        An answer is removed only when the next one is asked for. So one that could not be handled, because an exception
        ended the loop, comes again at the next call.
        """
        self._answered.extend(self._transport.finished() if self._transport else ())
        while self._answered:
            yield self._answered[0]
            self._answered.popleft()

    def wait(self, seconds: float) -> bool:
        """Wait until an answer has come, or the time is over.

        Returns:
            Whether there is something to wait for or to take: an answer has come, or is still expected.
        """
        if self._transport is None or not self.in_flight:
            return False
        return self._transport.wait(seconds) or bool(self.in_flight)

    def stop(self) -> None:
        """End, and drop both the requests under way and the answers that were not handled."""
        if self._transport is not None:
            self._transport.stop()
        self._transport = None
        self._answered.clear()
