"""The continuous loop: a step never waits for the slowest source.

    transfers that ended ─→ judged, redirected, or handed to a reader
    readers that ended   ─→ outcomes
    outcomes             ─→ recorded, in one transaction
    due sources, wishes  ─→ host queues ─→ transfers

The daemon calls `step` several times a second, `once` as fast as things happen, the simulation on a virtual clock.
"""

from collections.abc import Collection
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from syndicator.fetch.auth import authorization
from syndicator.fetch.caching import freshness, judge
from syndicator.fetch.redirects import STATUSES, follow
from syndicator.model.outcome import Failed, Fresh, Outcome, Reading, Unchanged, Wish
from syndicator.model.settings import Config
from syndicator.model.source import Source
from syndicator.model.web import Request, Response, Validators
from syndicator.pipeline.desk import Desk
from syndicator.pipeline.plan import HostQueues, first_dues, host_of, subscriptions
from syndicator.pipeline.read import body_hash
from syndicator.pipeline.record import Landed, Report, record
from syndicator.pipeline.veil import scrubbed, veiled, veiled_response
from syndicator.store import Store

BATCH = 64
"""Outcomes in one transaction."""
PATIENCE = 0.5
"""Seconds that an outcome may wait for others: to write many together costs half of what each alone does."""
SEARCH_BATCH = 500
"""Search rows written in one step, while the index is being made anew."""


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


@dataclass(slots=True)
class Errand:
    """A request on its way, with what it is for.

    Attributes:
        source: On whose behalf.
        wish: For an article page, what wished it.
        attempts: How often that page was asked for before.
        fresh_for: Seconds that the answer claims to be fresh for.
        addresses: Where it was sent.
    """

    source: Source
    wish: Wish | None = None
    attempts: int = 0
    fresh_for: float = 0.0
    addresses: tuple[str, ...] = ()

    @property
    def name(self) -> tuple[str, str]:
        """What tells it from others under way: source, and entry for an article page."""
        return (self.source.id, self.wish.entry.key if self.wish else "")


@dataclass(slots=True)
class Pump:
    """Polls, reads, records.

    Attributes:
        store: Opened for writing.
        transport: Carries requests.
        engine: Where reading runs.
        config: In force; `adopt` swaps it between two steps.
        only: Sources to which this run is limited; None: all.
    """

    store: Store
    transport: Transport
    engine: Executor
    config: Config
    only: Collection[str] | None = None
    _spread: bool = False
    _sources: dict[str, Source] = field(default_factory=dict)
    _queues: HostQueues = field(init=False)
    _errands: dict[tuple[str, str], Errand] = field(default_factory=dict)
    _retired: list[Transport] = field(default_factory=list)
    _in_flight: int = 0
    _desk: Desk[Errand] = field(init=False)
    _landed: list[Landed] = field(default_factory=list)
    _record_at: float = 0.0

    def __post_init__(self) -> None:
        self._queues = HostQueues(self.config.fetch.host_spacing)
        self._desk = Desk(self.engine, self._wake)

    # -- the configuration

    def adopt(self, config: Config, now: datetime, *, spread: bool) -> None:
        """Take this configuration: what is new is polled, what is gone rests.

        Args:
            config: From now on.
            now: The step's time.
            spread: Whether the first polls of many new sources are spread over their interval, or somebody waits.
        """
        self.config = config
        self._queues.spacing = config.fetch.host_spacing
        self._spread = spread
        self._adopt_sources(now)

    def renew(self, transport: Transport) -> None:
        """Let another transport carry what is asked from now on; what is under way still comes back."""
        self._retired.append(self.transport)
        self.transport = transport

    def _adopt_sources(self, now: datetime) -> None:
        sources = {source.id: source for source in subscriptions(self.config.sources, self.store.listed())}
        dues = first_dues(sources.values(), self.store.sources(), self.config.schedule, now, spread=self._spread)
        self.store.adopt(list(sources.values()), dues)
        self._sources = sources

    @property
    def sources(self) -> list[Source]:
        """What is polled: the configuration's sources, and what its lists name."""
        return list(self._sources.values())

    # -- the loop

    @property
    def busy(self) -> int:
        """Exchanges and readings under way or waiting."""
        return len(self._errands) + len(self._landed)

    def is_busy_with(self, source_ids: Collection[str]) -> bool:
        """Whether anything of these sources is under way."""
        return any(source_id in source_ids for source_id, _ in self._names_under_way())

    def step(self, now: datetime, monotonic: float) -> list[Report]:
        """Do what can be done without waiting; tells what came of what has ended.

        Raises:
            StoreError: Nothing of this step was written; the next one tries again.
        """
        self._land(now, monotonic)
        self._desk.hand_over()
        for errand, outcome in self._desk.collect():
            self._done(errand, outcome)
        self._desk.hand_over()
        reports = self._record(now) if self._is_time_to_record(monotonic) else []
        self._refill(now)
        self._release(monotonic)
        self.store.index(SEARCH_BATCH)
        return reports

    def wait(self, seconds: float, monotonic: float) -> None:
        """Until a transfer or a host is ready, or the time is over."""
        free = self._queues.next_free()
        if free is not None:
            seconds = min(seconds, max(free - monotonic, 0.0))
        self.transport.wait(seconds)

    def _wake(self) -> None:
        self.transport.wake()  # the one that is in force by then

    def _land(self, now: datetime, monotonic: float) -> None:
        for request, answer in self._arrivals():
            self._in_flight -= 1
            self._queues.done(request, monotonic)
            errand = self._errands[(request.source_id, request.entry_key)]
            errand.addresses += (request.url,)
            verdict = _verdict(request, answer, now)
            if isinstance(verdict, Request):
                self._queues.put(verdict)
            else:
                self._read(errand, verdict, now)

    def _arrivals(self) -> list[tuple[Request, Response | Failed]]:
        arrived = [it for transport in (*self._retired, self.transport) for it in transport.finished()]
        for transport in [it for it in self._retired if not it.in_flight]:
            transport.stop()
            self._retired.remove(transport)
        return arrived

    def _read(self, errand: Errand, answer: Response | Failed, now: datetime) -> None:
        if isinstance(answer, Failed):
            self._done(errand, answer)
            return
        errand.fresh_for = freshness(answer, now) or 0.0
        if answer.status == 304:
            self._done(errand, Unchanged(validators=answer.validators))
            return
        memory = self.store.memory(errand.source.id)
        if errand.wish is None and memory.body_hash == body_hash(answer.body):
            self._done(errand, Unchanged(validators=answer.validators))
            return
        reading = Reading(
            response=veiled_response(answer, errand.source),
            source=veiled(errand.source),
            memory=memory,
            now=now,
            wish=errand.wish,
        )
        self._desk.put(errand, reading)

    def _done(self, errand: Errand, outcome: Outcome) -> None:
        del self._errands[errand.name]
        outcome = scrubbed(outcome, errand.source, *errand.addresses)
        self._landed.append(
            Landed(
                source=errand.source,
                outcome=outcome,
                wish=errand.wish,
                attempts=errand.attempts,
                fresh_for=errand.fresh_for,
            )
        )

    def _is_time_to_record(self, monotonic: float) -> bool:
        """Whether enough has come together, or has waited for long enough, or nothing else is to come."""
        if not self._landed:
            self._record_at = monotonic + PATIENCE
            return False
        return len(self._landed) >= BATCH or monotonic >= self._record_at or not self._errands

    def _record(self, now: datetime) -> list[Report]:
        reports: list[Report] = []
        while self._landed:
            batch = self._landed[:BATCH]
            reports += record(self.store, batch, self.config.schedule, now)
            del self._landed[: len(batch)]
            if any(landed.source.kind == "list" and isinstance(landed.outcome, Fresh) for landed in batch):
                self._adopt_sources(now)
        return reports

    def _refill(self, now: datetime) -> None:
        """Keep the window full: twice the transfers in flight, so that a slow host leaves room for others."""
        busy = [source_id for source_id, key in self._names_under_way() if not key]
        for source_id in self.store.due(now, limit=self._room(), busy=busy, only=self.only):
            if source := self._sources.get(source_id):
                self._put(Errand(source), source.url, self.store.validators(source_id))
        pages = {name for name in self._names_under_way() if name[1]}
        for source_id, wish, attempts in self.store.due_wishes(now, limit=self._room(), busy=pages, only=self.only):
            if source := self._sources.get(source_id):
                self._put(Errand(source, wish, attempts), wish.url, Validators())

    def _names_under_way(self) -> list[tuple[str, str]]:
        """What is asked for, or has come and is not yet written down."""
        return [*self._errands, *(it.name for it in self._landed)]

    def _room(self) -> int:
        return max(2 * self.config.fetch.concurrency - len(self._errands), 0)

    def _put(self, errand: Errand, url: str, validators: Validators) -> None:
        source = errand.source
        own = host_of(url) == host_of(source.url)
        self._errands[errand.name] = errand
        self._queues.put(
            Request(
                source_id=source.id,
                url=url,
                validators=validators,
                authorization=authorization(source.auth, source.url) if own else "",
                entry_key=errand.name[1],
            )
        )

    def _release(self, monotonic: float) -> None:
        room = self.config.fetch.concurrency - self._in_flight
        for request in self._queues.take(max(room, 0), monotonic):
            self._in_flight += 1
            self.transport.submit(request)


def _verdict(request: Request, answer: Response | Failed, now: datetime) -> Request | Response | Failed:
    """What an exchange came to: a body (or 304), a failure, or the next hop of a redirect."""
    if isinstance(answer, Response) and answer.status in STATUSES:
        return follow(request, answer)
    return judge(answer, now) if isinstance(answer, Response) else answer
