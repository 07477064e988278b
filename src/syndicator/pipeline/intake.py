"""Who is asked next: of the sources and pages that are due, as many as there is room for become errands."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from syndicator.errors import StoreError
from syndicator.fetch.auth import authorization
from syndicator.model.outcome import Unchanged
from syndicator.model.source import Source
from syndicator.model.web import Request
from syndicator.pipeline.desk import Desk
from syndicator.pipeline.errand import Errand
from syndicator.pipeline.gate import Gate
from syndicator.pipeline.robots import origin_of
from syndicator.store import Store


@dataclass(slots=True)
class Intake:
    """Keeps the window full: twice the transfers in flight, so that a slow host leaves room for others.

    Attributes:
        store: Knows who is due.
        gate: What an errand's first request goes through.
        desk: What its answer will wait for.
        errands: All that are under way, by name; what is taken in is put there.
        spread: Whether what a crowded host or desk would hold up gets a later time; else somebody waits for all of it.
    """

    store: Store
    gate: Gate
    desk: Desk[Errand]
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
        """Take in what is due.

        Not for each that leaves: a look at who is due costs as much as a poll.

        Args:
            sources: Those that are polled, by id.
            unwritten: Names of what has come and is not yet written down: it is due in the store still.
            now: The step's time.
            most: Transfers in flight.
            only: Sources to which the run is limited; None: all.

        Raises:
            StoreError: Not all that is due was taken in; what was not stays due.
        """
        if 2 * self._room(most) < most:
            return
        if self._idle and self._idle[0] == self.store.changes and now < self._idle[1]:
            return
        names = [*self.errands, *unwritten]
        source_due, page_due = self.store.next_dues()
        if source_due and source_due <= now:
            busy = [source_id for source_id, key in names if not key]
            due = self.store.due(now, limit=self._room(most), busy=busy, only=only)
            for source_id, (validators, pace) in self.store.questions(due).items():
                if source := sources.get(source_id):
                    errand = Errand(source, is_page=pace.is_page, validators=validators, answered=pace.answered)
                    self._put(errand, pace.address or source.url, now)
        if page_due and page_due <= now:
            pages = {name for name in names if name[1]}
            for source_id, wish, attempts in self.store.due_wishes(now, limit=self._room(most), busy=pages, only=only):
                if (source := sources.get(source_id)) and (source.follow or not wish.of_feed):
                    self._put(Errand(source, wish, attempts), wish.url, now)
                elif source:
                    self._let_be(Errand(source, wish, attempts))
        if self._put_off:
            self.store.reschedule([(*name, slot) for name, slot in self._put_off.items()])
            self._put_off.clear()
            self.gate.forget_slots(now)
        dues = [due for due in (source_due, page_due) if due]
        self._idle = (self.store.changes, min(dues, default=now + timedelta(days=1)))

    def _room(self, most: int) -> int:
        return max(2 * most - len(self.errands), 0)

    def _let_be(self, errand: Errand) -> None:
        """End an errand whose page the operator no longer wants: what the feed says is all there is."""
        self.errands[errand.name] = errand
        self.gate.end(errand, Unchanged())

    def _put(self, errand: Errand, url: str, now: datetime) -> None:
        source = errand.source
        if errand.name in self._put_off:
            return
        if self.spread:  # a person who waits (`once`) waits for all
            if delay := self.desk.delay(source.id, page=errand.wish is not None):
                self._put_off[errand.name] = now + timedelta(seconds=delay)
                return
            if slot := self.gate.slot(url, now):
                self._put_off[errand.name] = slot
                return
        self.errands[errand.name] = errand
        own = origin_of(url) == origin_of(source.url)  # as over redirects: never in clear what was given for https
        words = authorization(source.auth, source.url) if own else ""
        had, key = errand.validators_for(url), errand.name[1]
        headers = source.headers if own else ()
        request = Request(
            source_id=source.id, url=url, validators=had, authorization=words, headers=headers, entry_key=key
        )
        try:
            self.gate.admit(errand, request, now)
        except StoreError:  # it stays due
            del self.errands[errand.name]
            raise
