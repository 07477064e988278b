"""The queues of bodies that wait for the pool of reader processes; chunks go in, and outcomes come back.

    put ─┬─► small ─► chunk ────┐
         ├─► big ─► alone ──────┴─► quick readers ─► collect
         │                            │ was too much, or was in a chunk whose reader was lost
         └─ known to be laborious ──► aside ─► the slow reader, one by one ─► collect

Handing over one body costs more than reading a small one. So the bodies that wait while the readers are busy go to the
next free reader together, in one chunk. But no body holds a quick reader for long, and big bodies never hold all of
them. A body that takes more than a moment is set aside for the slow reader, which gives it all the time that a body may
have. So are all bodies of a chunk whose reader was killed or died. Only the slow reader lets a body fail, and only that
one. When a source's body was laborious (too much for a quick reader), its further ones are set aside at once, until one
of them is quick again.
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
"""The most bodies in one chunk, so that a chunk of small ones is read in a moment."""
MOST_BYTES = 512 * 1024
"""The most bytes of all bodies in one chunk; a body with more counts as big, and goes alone."""
AHEAD = 2
"""The most chunks for each quick reader at a time: one that it reads, and one that waits for it."""
CROWD = 8
"""Number of bodies that wait for the slow reader from which on laborious sources get a later due time."""

Ticket = TypeVar("Ticket")
"""What the caller of `ReaderQueue.put` gives with a body, and gets back with its outcome."""


class _Body(Noun, Generic[Ticket], kw_only=False):
    ticket: Ticket
    reading: Reading

    @property
    def size(self) -> int:
        return len(self.reading.response.body)

    @property
    def kind(self) -> tuple[str, bool]:
        """What can be known to be laborious: a source's id, and whether it is its documents or its article pages."""
        return self.reading.source.id, self.reading.wish is not None


@dataclass(slots=True)
class _Lane(Generic[Ticket]):
    """Bodies that wait for the same readers.

    Attributes:
        readers: The executor of these readers.
        room: The most chunks that they may have at a time.
        together: The most bodies in one chunk.
        waiting: The bodies that were not handed over yet, in order.
        reading: The bodies of each chunk that was handed over, by its future.
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
        """Remove and return the bodies of the next chunk, in the order in which they came."""
        chunk = [self.waiting.popleft()]
        size = chunk[0].size
        while self.waiting and len(chunk) < self.together and (size := size + self.waiting[0].size) <= MOST_BYTES:
            chunk.append(self.waiting.popleft())
        return chunk


class ReaderQueue(Generic[Ticket]):
    """The readings that wait or are under way, each with a ticket that is given back with its outcome.

    Args:
        engine: Where reading runs.
        wake: Called when a chunk is done, from any thread.
    """

    def __init__(self, engine: Engine, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._small = _Lane[Ticket](engine.quick, room=AHEAD * WORKERS, together=MOST_BODIES)
        self._big = _Lane[Ticket](engine.quick, room=WORKERS - 1)
        self._aside = _Lane[Ticket](engine.slow, room=1)
        self._lanes = (self._small, self._big, self._aside)
        self._laborious: set[tuple[str, bool]] = set()
        self._newest = 0.0  # CPU seconds of the last body that the slow reader read

    @property
    def busy(self) -> bool:
        """Whether a reader has a chunk to read, or has read one whose outcomes were not collected."""
        return any(lane.reading for lane in self._lanes)

    def put(self, ticket: Ticket, reading: Reading) -> None:
        """Let a body wait to be read."""
        body = _Body(ticket, reading)
        quick = self._small if body.size <= MOST_BYTES else self._big
        lane = self._aside if body.kind in self._laborious else quick
        lane.waiting.append(body)

    def hand_over(self) -> None:
        """Give the readers as many chunks as they have room for; never blocks, unless reading runs in this thread."""
        for lane in self._lanes:
            lane.hand_over(self._wake)

    def collect(self) -> list[tuple[Ticket, Outcome]]:
        """Return the outcomes of what has been read, each with its ticket; never blocks."""
        found: list[tuple[Ticket, Outcome]] = []
        for lane in (self._small, self._big):
            for future, chunk in lane.done():
                if future.exception():  # the reader was lost, and any of the bodies may be the reason
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
        """Forget which sources were laborious, except for these."""
        self._laborious = {kind for kind in self._laborious if kind[0] in source_ids}

    def delay(self, source_id: str, *, page: bool) -> float:
        """Return the seconds after which the slow reader has room for a body; 0: it has now, or will not be needed.

        This assumes that each waiting body takes as long as the newest one did; on a slow machine, many bodies take
        just a little too long for a quick reader.

        Args:
            source_id: The body's source.
            page: Whether it is an article page.
        """
        waiting = len(self._aside.waiting)
        crowded = waiting >= CROWD and (source_id, page) in self._laborious
        return max(self._newest, QUICK_SECONDS) * waiting if crowded else 0.0
