"""Pump: the continuous loop that polls sources, has bodies read, and records outcomes.

A step does what is ready and never waits for the slowest source:

    transfers that ended ─→ judged, redirected, or handed to a reader
    readers that ended   ─→ outcomes
    outcomes             ─→ recorded, in one transaction
    due sources, wishes  ─→ host queues ─→ transfers

The daemon calls `step` several times a second, the command `once` whenever something is ready, and the simulation on
a virtual clock.
"""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from syndicator.errors import StoreError
from syndicator.model.noun import replace
from syndicator.model.outcome import Failed, Outcome, Reading, Unchanged
from syndicator.model.settings import Config
from syndicator.model.source import Source
from syndicator.model.web import Request, Response
from syndicator.pipeline.engines import Engine
from syndicator.pipeline.errand import Errand, verdict_on
from syndicator.pipeline.gate import Gate
from syndicator.pipeline.hosts import Hosts
from syndicator.pipeline.intake import Intake
from syndicator.pipeline.landed import Landed, Report
from syndicator.pipeline.landing import Landing
from syndicator.pipeline.learning import renew
from syndicator.pipeline.queues import HostQueues
from syndicator.pipeline.reader import bug
from syndicator.pipeline.reader_queue import ReaderQueue
from syndicator.pipeline.redaction import redacted, redacted_response, scrubbed
from syndicator.pipeline.roster import Roster
from syndicator.pipeline.transport import Transport
from syndicator.store import Store
from syndicator.text.keys import body_hash

SEARCH_BATCH = 500
"""The most search rows that one step writes while the search index is being rebuilt."""
STALE_BATCH = 100
"""The most articles whose likeness keys one step computes anew, after it was learnt what their source repeats."""
JUMP = 60.0
"""Seconds. A jump of the clock by more than this means that somebody has set it; less is a usual correction."""


@dataclass(slots=True)
class Pump:
    """The loop, with all that is under way.

    Attributes:
        store: The database, opened for writing.
        transport: What carries requests.
        engine: Where reading runs.
        config: The configuration in force; `adopt` replaces it between two steps.
        only: Ids of the sources to which this run is limited; None: it polls all.
    """

    store: Store
    transport: Transport
    engine: Engine
    config: Config
    only: Collection[str] | None = None
    _roster: Roster = field(init=False)
    _queues: HostQueues = field(init=False)
    _gate: Gate = field(init=False)
    _errands: dict[tuple[str, str], Errand] = field(default_factory=dict)
    _retired: list[Transport] = field(default_factory=list)
    _in_flight: int = 0
    _reader_queue: ReaderQueue[Errand] = field(init=False)
    _landing: Landing = field(init=False)
    _intake: Intake = field(init=False)
    _answers: deque[tuple[Request, Response | Failed]] = field(default_factory=deque)
    _offset: float | None = None

    def __post_init__(self) -> None:
        self._roster = Roster(self.store)
        self._queues = HostQueues(self.config.fetch.host_spacing)
        self._gate = Gate(Hosts(self.store), self._queues, self._errands, self._done)
        self._reader_queue = ReaderQueue(self.engine, self._wake)
        self._landing = Landing(self.store)
        self._intake = Intake(self.store, self._gate, self._reader_queue, self._errands)

    # -- the configuration

    def adopt(self, config: Config, now: datetime, *, spread: bool) -> dict[str, str]:
        """Put a configuration in force: poll its new sources, and stop polling those that it no longer has.

        Args:
            config: The configuration from now on.
            now: The step's time.
            spread: Whether the first polls of many new sources are spread over their interval. If not, they are polled
                at once, because somebody waits for them.

        Returns:
            By the id of each new source, the id of a source that is no longer polled and had the very same request.

        Raises:
            StoreError: The former configuration is still in force; the same call may be tried again.
        """
        self._queues.spacing = config.fetch.host_spacing
        self._intake.spread = spread
        self._gate.hosts.save(now)
        self.store.pull_in(now)
        self._gate.renew()
        self._roster.heed_intervals(config, self.config.schedule, now)  # first: it looks at what was adopted before
        renamed = self._adopt_sources(config, now)
        self.store.retry(config.fetch, now)
        self.config = config
        return renamed

    def renew(self, transport: Transport) -> None:
        """Replace the transport for all further requests; answers to those under way still arrive by the old one."""
        self._retired.append(self.transport)
        self.transport = transport

    def _adopt_sources(self, config: Config, now: datetime) -> dict[str, str]:
        """Poll a configuration's sources, and those that its lists name by now; return what `adopt` returns."""
        renamed = self._roster.adopt(config, now, spread=self._intake.spread)
        self._reader_queue.keep(self._roster.sources)
        return renamed

    @property
    def sources(self) -> list[Source]:
        """The sources that are polled: the configuration's, and those that its lists name."""
        return list(self._roster.sources.values())

    # -- the loop

    @property
    def busy(self) -> int:
        """How many errands are under way, plus how many outcomes wait to be written."""
        return len(self._errands) + len(self._landing.waiting)

    def is_busy_with(self, source_ids: Collection[str]) -> bool:
        """Whether a request, a reading or an unwritten outcome of one of these sources is under way."""
        under_way = (*self._errands, *(it.errand.name for it in self._landing.waiting))
        return any(source_id in source_ids for source_id, _ in under_way)

    def step(self, now: datetime, monotonic: float) -> list[Report]:
        """Do what can be done without waiting, and return a report of each outcome that was written.

        Raises:
            StoreError: Not all of this step was written. The next step tries again, and its return value includes the
                reports of what this one has written.
        """
        self._follow_clock(now, monotonic)
        self._handle_answers(now, monotonic)
        self._reader_queue.hand_over()
        for errand, outcome in self._reader_queue.collect():
            self._handle_outcome(errand, outcome, now)
        self._reader_queue.hand_over()
        self._gate.hosts.save(now)
        if self._landing.is_time(monotonic, more=bool(self._errands)):
            self._record(now)
        if self._landing.has_new_lists:  # written by this step, or by one that could not adopt what they name
            self._adopt_sources(self.config, now)
            self._landing.has_new_lists = False
        unwritten = [it.errand.name for it in self._landing.waiting]
        self._intake.refill(self._roster.sources, unwritten, now, most=self.config.fetch.concurrency, only=self.only)
        self._submit_waiting(monotonic)
        self.store.index(SEARCH_BATCH)
        renew(self.store, STALE_BATCH, now)
        reports, self._landing.reports = self._landing.reports, []
        return reports

    def wait(self, seconds: float, monotonic: float) -> None:
        """Wait until a transfer has ended, a host may be asked, or the time is over."""
        free = self._queues.next_free()
        if free is not None and self._in_flight < self.config.fetch.concurrency:
            seconds = min(seconds, max(free - monotonic, 0.0))
        if self._landing.has_long:
            seconds = 0.0
        self.transport.wait(seconds)

    def _wake(self) -> None:
        self.transport.wake()  # looked up when called: it may have been replaced since

    def _follow_clock(self, now: datetime, monotonic: float) -> None:
        """Shift all stored due times when the clock has been set, so that no source is asked too soon or never."""
        offset = now.timestamp() - monotonic
        if self._offset is not None and abs(offset - self._offset) > JUMP:
            self._gate.hosts.save(now)
            self.store.shift(timedelta(seconds=offset - self._offset))
            self._gate.renew()
        self._offset = offset

    def _handle_answers(self, now: datetime, monotonic: float) -> None:
        """Handle the exchanges that ended, in order; one that cannot be handled now stays for the next step."""
        for request, answer in self._finished():
            self._in_flight -= 1
            self._queues.done(request, monotonic)
            self._answers.append((request, answer))
        while self._answers:
            request, answer = self._answers[0]
            try:
                self._handle_answer(request, answer, now)
            except (StoreError, MemoryError):
                raise
            except Exception as error:  # noqa: BLE001  # one bad answer must not stop those that follow it
                self._handle_answer(request, Failed(failure=bug(error)), now)
            self._answers.popleft()

    def _handle_answer(self, request: Request, answer: Response | Failed, now: datetime) -> None:
        """Follow a redirect, hand a body to a reader, or end an errand."""
        debt = self._gate.answered(request, answer, self.config.schedule, now)
        verdict = verdict_on(request, answer, now)
        if not request.source_id:
            self._gate.robots_came(request, answer, verdict, now)
            return
        errand = self._errands[(request.source_id, request.entry_key)]
        errand.addresses += (request.url,)
        if isinstance(verdict, Request) and isinstance(answer, Response):
            errand.redirected(answer.status, verdict.url)
            self._gate.admit(errand, replace(verdict, validators=errand.validators_for(verdict.url)), now)
        elif not isinstance(verdict, Request):
            errand.ends(request, answer, debt, now)
            self._hand_to_reader(errand, verdict, now)

    def _finished(self) -> list[tuple[Request, Response | Failed]]:
        """Return the exchanges that ended on any transport; stop a replaced one that has nothing more in flight."""
        arrived = [it for transport in (*self._retired, self.transport) for it in transport.finished()]
        for transport in [it for it in self._retired if not it.in_flight]:
            transport.stop()
            self._retired.remove(transport)
        return arrived

    def _hand_to_reader(self, errand: Errand, answer: Response | Failed, now: datetime) -> None:
        """Hand a body to a reader; a failure, a 304 or a body that is known already ends its errand at once."""
        if isinstance(answer, Failed):
            self._done(errand, answer)
            return
        if answer.status == 304:
            self._done(errand, Unchanged(validators=errand.validators.freshened(answer.validators)))
            return
        memory = self.store.memory(errand.source.id, errand.lookback.since)
        if errand.wish is None and memory.body_hash == body_hash(answer.body):
            self._done(errand, Unchanged(validators=answer.validators))
            return
        reading = Reading(
            response=redacted_response(answer, errand.source),
            source=redacted(errand.expected),
            memory=memory,
            now=now,
            wish=errand.wish,
            answered=bool(errand.answered),
        )
        self._reader_queue.put(errand, reading)

    def _handle_outcome(self, errand: Errand, outcome: Outcome, now: datetime) -> None:
        """End an errand, or ask for the feed's older page: after an outage, one document may not hold all the news."""
        outcome = errand.whole(outcome)
        if (request := errand.further(outcome)) is None:
            self._done(errand, outcome)
            return
        try:
            self._gate.admit(errand, request, now)
        except StoreError:  # what was read so far must not be lost
            self._done(errand, Unchanged())

    def _done(self, errand: Errand, outcome: Outcome) -> None:
        """End an errand, and let its outcome wait to be written, without private addresses."""
        del self._errands[errand.name]
        outcome = errand.whole(outcome)
        try:
            outcome = scrubbed(outcome, errand.source, *errand.addresses)
        except Exception as error:  # noqa: BLE001  # outcomes that were read with it must not be lost
            outcome = Failed(failure=bug(error))
        self._landing.waiting.append(Landed(errand=errand, outcome=outcome))

    def _record(self, now: datetime) -> None:
        self._landing.waiting = [it for it in self._landing.waiting if self._roster.still_asks(it.errand.source)]
        self._landing.write(self.config.schedule, now)

    def _submit_waiting(self, monotonic: float) -> None:
        room = self.config.fetch.concurrency - self._in_flight
        for request in self._queues.take(max(room, 0), monotonic):
            self._in_flight += 1
            self.transport.submit(request)
