"""The readers' desk: bodies go to the readers in chunks, and come back as outcomes.

    put ─┬─► small ─► chunk ────┐
         ├─► big ─► alone ──────┴─► quick readers ─► collect
         │                            │ was too much, or was in a chunk whose reader was lost
         └─ known to be laborious ──► aside ─► the slow reader, one by one ─► collect

To hand over one body costs more than to read a small one. So what waits while the readers are busy goes to the next
free one together. But no quick reader is held for long, and not all of them by big bodies: what takes more than a
moment is set aside for a reader of its own, which reads it with all the time that a body may have; so is a chunk that
took its reader along. Only there a body fails, alone. Whose bodies were laborious, theirs are set aside at once, until
one is not.
"""

from collections import deque
from collections.abc import Callable, Container
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from syndicator.model.noun import Noun
from syndicator.model.outcome import Outcome, Reading
from syndicator.pipeline.engines import QUICK_SECONDS, WORKERS, Engine, result_of
from syndicator.pipeline.reader import Read, read_all

MOST_BODIES = 16
MOST_BYTES = 512 * 1024
"""Of one chunk; a bigger body is big: it goes alone. Small ones together are read in a moment."""
AHEAD = 2
"""Chunks for each quick reader: one that it reads, one that waits for it."""
CROWD = 8
"""Bodies that may be set aside; further sources that are known to be laborious get a later time."""

Ticket = TypeVar("Ticket")


class _Body(Noun, Generic[Ticket], kw_only=False):
    ticket: Ticket
    reading: Reading

    @property
    def size(self) -> int:
        return len(self.reading.response.body)

    @property
    def kind(self) -> tuple[str, bool]:
        """What is laborious or not: a source's documents, or the article pages behind them."""
        return self.reading.source.id, self.reading.wish is not None


@dataclass(slots=True)
class _Lane(Generic[Ticket]):
    """Bodies that wait for the same readers.

    Attributes:
        readers: Which.
        room: Chunks that they may have at once.
        together: Bodies that may go in one chunk.
    """

    readers: Executor
    room: int
    together: int = 1
    waiting: deque[_Body[Ticket]] = field(default_factory=deque)
    reading: dict[Future[Read], list[_Body[Ticket]]] = field(default_factory=dict)

    def hand_over(self, wake: Callable[[], None]) -> None:
        while self.waiting and len(self.reading) < self.room:
            chunk = self._chunk()
            try:
                future = self.readers.submit(read_all, tuple(body.reading for body in chunk))
            except BaseException:
                self.put_back(chunk)
                raise
            self.reading[future] = chunk
            future.add_done_callback(lambda _: wake())

    def put_back(self, bodies: list[_Body[Ticket]]) -> None:
        self.waiting.extendleft(reversed(bodies))

    def done(self) -> list[tuple[Future[Read], list[_Body[Ticket]]]]:
        return [(future, self.reading.pop(future)) for future in list(self.reading) if future.done()]

    def _chunk(self) -> list[_Body[Ticket]]:
        """The next bodies, in the order in which they came."""
        chunk = [self.waiting.popleft()]
        size = chunk[0].size
        while self.waiting and len(chunk) < self.together and (size := size + self.waiting[0].size) <= MOST_BYTES:
            chunk.append(self.waiting.popleft())
        return chunk


class Desk(Generic[Ticket]):
    """Readings under way, each with a ticket by which who gave it knows it again.

    Args:
        engine: Where reading runs.
        wake: Called, from any thread, when a chunk is done.
    """

    def __init__(self, engine: Engine, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._small = _Lane[Ticket](engine.quick, room=AHEAD * WORKERS, together=MOST_BODIES)
        self._big = _Lane[Ticket](engine.quick, room=WORKERS - 1)
        self._aside = _Lane[Ticket](engine.slow, room=1)
        self._lanes = (self._small, self._big, self._aside)
        self._laborious: set[tuple[str, bool]] = set()
        self._newest = 0.0  # seconds, of a body that was set aside

    @property
    def busy(self) -> bool:
        """Whether a reader has something to read, or has read something that is not collected."""
        return any(lane.reading for lane in self._lanes)

    def put(self, ticket: Ticket, reading: Reading) -> None:
        """Leave a body to be read."""
        body = _Body(ticket, reading)
        quick = self._small if body.size <= MOST_BYTES else self._big
        lane = self._aside if body.kind in self._laborious else quick
        lane.waiting.append(body)

    def hand_over(self) -> None:
        """Give the readers what they have room for; never blocks, unless reading runs in this thread."""
        for lane in self._lanes:
            lane.hand_over(self._wake)

    def collect(self) -> list[tuple[Ticket, Outcome]]:
        """Take what has been read; never blocks."""
        found: list[tuple[Ticket, Outcome]] = []
        for lane in (self._small, self._big):
            for future, chunk in lane.done():
                if future.exception():  # whoever is to blame for it
                    self._aside.put_back(chunk)
                    continue
                outcomes = future.result().outcomes
                lane.put_back(chunk[len(outcomes) :])
                begun = list(zip(chunk, outcomes, strict=False))
                self._aside.put_back([body for body, outcome in begun if outcome is None])
                found += [(body.ticket, outcome) for body, outcome in begun if outcome is not None]
        for future, (body,) in self._aside.done():
            read = result_of(future)
            self._newest = read.seconds
            change = self._laborious.add if read.seconds > QUICK_SECONDS else self._laborious.discard
            change(body.kind)
            found += [(body.ticket, outcome) for outcome in read.outcomes if outcome is not None]
        return found

    def keep(self, source_ids: Container[str]) -> None:
        """Forget which sources were laborious, but for these."""
        self._laborious = {kind for kind in self._laborious if kind[0] in source_ids}

    def delay(self, source_id: str, *, page: bool) -> float:
        """Seconds after which there is room for a body that will be laborious; 0: there is, or it will not be.

        Were each that waits as laborious as the newest: on a slow machine many are, a little.
        """
        waiting = len(self._aside.waiting)
        crowded = waiting >= CROWD and (source_id, page) in self._laborious
        return max(self._newest, QUICK_SECONDS) * waiting if crowded else 0.0
