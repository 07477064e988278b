"""Intake: turn due sources and article pages into errands, as many as there is room for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from syndicator.errors import StoreError
from syndicator.model.outcome import Unchanged, Wish
from syndicator.model.source import Source
from syndicator.pipeline.errand import Errand
from syndicator.pipeline.gate import Gate
from syndicator.pipeline.reader_queue import ReaderQueue
from syndicator.store import Store


@dataclass(slots=True)
class Intake:
    """Keep the number of errands at twice the transfers that may be in flight, so that a slow host leaves room.

    Attributes:
        store: Where due times are stored.
        gate: What checks an errand's first request.
        reader_queue: Where its body will wait for a reader.
        errands: All that are under way, by name; new ones are added here.
        spread: Whether an errand that a crowded host or queue would hold up gets a later due time. If not, somebody
            waits until all are done (`once`).
    """

    store: Store
    gate: Gate
    reader_queue: ReaderQueue[Errand]
    errands: dict[tuple[str, str], Errand]
    spread: bool = False
    _put_off: dict[tuple[str, str], datetime] = field(default_factory=dict)
    _idle: tuple[int, datetime] | None = None

    def refill(
        self,
        sources: Mapping[str, Source],
        unwritten: Iterable[tuple[str, str]],
        now: datetime,
        *,
        most: int,
        only: Collection[str] | None,
    ) -> None:
        """Turn what is due into errands.

        This does nothing until there is room for several, because asking the store what is due costs as much as a poll.

        Args:
            sources: The sources that are polled, by id.
            unwritten: Names of errands whose outcome is not written yet, so that the store still holds them to be due.
            now: The step's time.
            most: How many transfers may be in flight.
            only: Ids of the sources to which the run is limited; None: all are polled.

        Raises:
            StoreError: Not all that is due was taken in; the rest stays due.
        """
        if 2 * self._room(most) < most:
            return
        if self._idle and self._idle[0] == self.store.changes and now < self._idle[1]:
            return
        names = [*self.errands, *unwritten]
        source_due, page_due = self.store.next_dues()
        if source_due and source_due <= now:
            busy = [source_id for source_id, key in names if not key]
            self._take_sources(sources, self.store.due(now, limit=self._room(most), busy=busy, only=only), now)
        if page_due and page_due <= now:
            busy_pages = {name for name in names if name[1]}
            self._take_pages(
                sources, self.store.due_wishes(now, limit=self._room(most), busy=busy_pages, only=only), now
            )
        if self._put_off:
            self.store.reschedule([(*name, slot) for name, slot in self._put_off.items()])
            self._put_off.clear()
            self.gate.forget_slots(now)
        dues = [due for due in (source_due, page_due) if due]
        self._idle = (self.store.changes, min(dues, default=now + timedelta(days=1)))

    def _take_sources(self, sources: Mapping[str, Source], due: Sequence[str], now: datetime) -> None:
        for source_id, (validators, pace) in self.store.questions(due).items():
            if source := sources.get(source_id):
                errand = Errand(
                    source,
                    is_page=pace.is_page,
                    validators=validators,
                    answered=pace.answered,
                    began=now,
                    since=pace.lookback.moment or next(iter(pace.moments), 0),
                    lookback=pace.lookback,
                )
                self._put(errand, pace.address or source.url, now)

    def _take_pages(self, sources: Mapping[str, Source], due: Iterable[tuple[str, Wish, int]], now: datetime) -> None:
        for source_id, wish, attempts in due:
            if (source := sources.get(source_id)) is None:
                continue
            errand = Errand(source, wish, attempts)
            if source.follows or not wish.of_feed:
                self._put(errand, wish.url, now)
            else:
                self._let_be(errand)

    def _room(self, most: int) -> int:
        return max(2 * most - len(self.errands), 0)

    def _let_be(self, errand: Errand) -> None:
        """End an errand whose article page the operator no longer wants, so that the feed's own text is recorded."""
        self.errands[errand.name] = errand
        self.gate.end(errand, Unchanged())

    def _put(self, errand: Errand, url: str, now: datetime) -> None:
        """Start an errand by its first request, or give it a later due time."""
        if errand.name in self._put_off:
            return
        if later := self._later(errand, url, now):
            self._put_off[errand.name] = later
            return
        self.errands[errand.name] = errand
        try:
            self.gate.admit(errand, errand.request(url, errand.validators_for(url)), now)
        except StoreError:  # it stays due
            del self.errands[errand.name]
            raise

    def _later(self, errand: Errand, url: str, now: datetime) -> datetime | None:
        """Return the later due time of an errand that a crowded host or queue would hold up; None: it starts now."""
        if not self.spread:  # a person who waits (`once`) waits until all is done
            return None
        if delay := self.reader_queue.delay(errand.source.id, page=errand.wish is not None):
            return now + timedelta(seconds=delay)
        return self.gate.slot(errand.name, url, now)
