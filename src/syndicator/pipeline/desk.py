"""The readers' desk: bodies go to the engine in chunks, and come back as outcomes.

    put ─► waiting ─► chunk ─► engine ─► collect
              ▲                  │
              └── one by one ◄───┘  when a reader was lost with a chunk

To hand over one body costs more than to read a small one. So what waits while the readers are busy goes to the next
free one together; and a body that takes its reader down takes its chunk along, which is then read again, each body
alone. Only the guilty one fails.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Generic, TypeVar

from syndicator.model.outcome import Outcome, Reading
from syndicator.pipeline.engines import WORKERS, lost, outcome_of, read_all

MOST_BODIES = 16
MOST_BYTES = 512 * 1024
"""Of one chunk; a bigger body goes alone. Small ones together are read in a moment."""
AHEAD = 2
"""Chunks for each reader: one that it reads, one that waits for it."""

Ticket = TypeVar("Ticket")


@dataclass(frozen=True, slots=True)
class _Body(Generic[Ticket]):
    ticket: Ticket
    reading: Reading
    alone: bool = False


class Desk(Generic[Ticket]):
    """Readings under way, each with a ticket by which who gave it knows it again.

    Args:
        engine: Where reading runs.
        wake: Called, from any thread, when a chunk is done.
    """

    def __init__(self, engine: Executor, wake: Callable[[], None]) -> None:
        self._engine = engine
        self._wake = wake
        self._waiting: deque[_Body[Ticket]] = deque()
        self._reading: dict[Future[tuple[Outcome, ...]], list[_Body[Ticket]]] = {}

    def put(self, ticket: Ticket, reading: Reading) -> None:
        """Leave a body to be read."""
        self._waiting.append(_Body(ticket, reading))

    def hand_over(self) -> None:
        """Give the readers what they have room for; never blocks, unless reading runs in this thread."""
        while self._waiting and len(self._reading) < AHEAD * WORKERS:
            chunk = self._chunk()
            try:
                future = self._engine.submit(read_all, tuple(body.reading for body in chunk))
            except BaseException:
                self._waiting.extendleft(reversed(chunk))
                raise
            self._reading[future] = chunk
            future.add_done_callback(lambda _: self._wake())

    def collect(self) -> list[tuple[Ticket, Outcome]]:
        """Take what has been read; never blocks."""
        found: list[tuple[Ticket, Outcome]] = []
        for future in [future for future in self._reading if future.done()]:
            chunk = self._reading.pop(future)
            if len(chunk) > 1 and lost(future):
                self._waiting.extendleft(_Body(body.ticket, body.reading, alone=True) for body in reversed(chunk))
            else:
                found += zip((body.ticket for body in chunk), outcome_of(future, len(chunk)), strict=True)
        return found

    def _chunk(self) -> list[_Body[Ticket]]:
        """The next bodies, in the order in which they came."""
        chunk = [self._waiting.popleft()]
        size = len(chunk[0].reading.response.body)
        while self._waiting and len(chunk) < MOST_BODIES and not chunk[0].alone and not self._waiting[0].alone:
            size += len(self._waiting[0].reading.response.body)
            if size > MOST_BYTES:
                break
            chunk.append(self._waiting.popleft())
        return chunk
