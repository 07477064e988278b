"""The continuous loop: a step never waits for the slowest source.

    transfers that ended ─→ judged, redirected, or handed to a reader
    readers that ended   ─→ outcomes
    outcomes             ─→ recorded, in one transaction
    due sources, wishes  ─→ host queues ─→ transfers

The daemon calls `step` several times a second, `once` as fast as things happen, the simulation on a virtual clock.
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
from syndicator.pipeline.desk import Desk
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
from syndicator.pipeline.roster import Roster
from syndicator.pipeline.transport import Transport
from syndicator.pipeline.veil import scrubbed, veiled, veiled_response
from syndicator.store import Store
from syndicator.text.keys import body_hash

SEARCH_BATCH = 500
"""Search rows written in one step, while the index is being made anew."""
STALE_BATCH = 100
"""Articles that get their likeness anew in one step, when it turns out what their source repeats."""
JUMP = 60.0
"""Seconds by which the clock has been set, not corrected."""


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
    engine: Engine
    config: Config
    only: Collection[str] | None = None
    _roster: Roster = field(init=False)
    _queues: HostQueues = field(init=False)
    _gate: Gate = field(init=False)
    _errands: dict[tuple[str, str], Errand] = field(default_factory=dict)
    _retired: list[Transport] = field(default_factory=list)
    _in_flight: int = 0
    _desk: Desk[Errand] = field(init=False)
    _landing: Landing = field(init=False)
    _intake: Intake = field(init=False)
    _answers: deque[tuple[Request, Response | Failed]] = field(default_factory=deque)
    _offset: float | None = None

    def __post_init__(self) -> None:
        self._roster = Roster(self.store)
        self._queues = HostQueues(self.config.fetch.host_spacing)
        self._gate = Gate(Hosts(self.store), self._queues, self._errands, self._done)
        self._desk = Desk(self.engine, self._wake)
        self._landing = Landing(self.store)
        self._intake = Intake(self.store, self._gate, self._desk, self._errands)

    # -- the configuration

    def adopt(self, config: Config, now: datetime, *, spread: bool) -> dict[str, str]:
        """Take this configuration: what is new is polled, what is gone rests.

        Args:
            config: From now on.
            now: The step's time.
            spread: Whether the first polls of many new sources are spread over their interval, or somebody waits.

        Returns:
            New sources, each with the id of one that rests and was asked in the very same way.

        Raises:
            StoreError: Another one is in force still; the same may be tried again.
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
        """Let another transport carry what is asked from now on; what is under way still comes back."""
        self._retired.append(self.transport)
        self.transport = transport

    def _adopt_sources(self, config: Config, now: datetime) -> dict[str, str]:
        """Poll a configuration's sources, and what its lists name by now; gives what `adopt` does."""
        renamed = self._roster.adopt(config, now, spread=self._intake.spread)
        self._desk.keep(self._roster.sources)
        return renamed

    @property
    def sources(self) -> list[Source]:
        """What is polled: the configuration's sources, and what its lists name."""
        return list(self._roster.sources.values())

    # -- the loop

    @property
    def busy(self) -> int:
        """Exchanges and readings under way or waiting."""
        return len(self._errands) + len(self._landing.waiting)

    def is_busy_with(self, source_ids: Collection[str]) -> bool:
        """Whether anything of these sources is under way."""
        under_way = (*self._errands, *(it.errand.name for it in self._landing.waiting))
        return any(source_id in source_ids for source_id, _ in under_way)

    def step(self, now: datetime, monotonic: float) -> list[Report]:
        """Do what can be done without waiting; tells what came of what has ended.

        Raises:
            StoreError: Not all of this step was written; the next one tries again, and tells what was.
        """
        self._follow_clock(now, monotonic)
        self._handle_answers(now, monotonic)
        self._desk.hand_over()
        for errand, outcome in self._desk.collect():
            self._handle_outcome(errand, outcome, now)
        self._desk.hand_over()
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
        """Wait until a transfer or a host is ready, or the time is over."""
        free = self._queues.next_free()
        if free is not None and self._in_flight < self.config.fetch.concurrency:
            seconds = min(seconds, max(free - monotonic, 0.0))
        if self._landing.has_long:
            seconds = 0.0
        self.transport.wait(seconds)

    def _wake(self) -> None:
        self.transport.wake()  # the one that is in force by then

    def _follow_clock(self, now: datetime, monotonic: float) -> None:
        """When the clock has been set, what is waited for moves with it: nobody is asked too soon, and nobody never."""
        offset = now.timestamp() - monotonic
        if self._offset is not None and abs(offset - self._offset) > JUMP:
            self._gate.hosts.save(now)
            self.store.shift(timedelta(seconds=offset - self._offset))
            self._gate.renew()
        self._offset = offset

    def _handle_answers(self, now: datetime, monotonic: float) -> None:
        """See to the exchanges that ended, in their order; one that cannot be seen to now stays for the next step."""
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
            except Exception as error:  # noqa: BLE001  # whatever an answer is, those behind it are not to suffer
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
        """The exchanges that ended, over whichever transport; one that was replaced is stopped after its last."""
        arrived = [it for transport in (*self._retired, self.transport) for it in transport.finished()]
        for transport in [it for it in self._retired if not it.in_flight]:
            transport.stop()
            self._retired.remove(transport)
        return arrived

    def _hand_to_reader(self, errand: Errand, answer: Response | Failed, now: datetime) -> None:
        """Let a body be read; what is no body, or the one that is known, ends its errand at once."""
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
            response=veiled_response(answer, errand.source),
            source=veiled(errand.expected),
            memory=memory,
            now=now,
            wish=errand.wish,
            answered=bool(errand.answered),
        )
        self._desk.put(errand, reading)

    def _handle_outcome(self, errand: Errand, outcome: Outcome, now: datetime) -> None:
        """End an errand, or ask for what comes before: after an outage there may be more than one document's."""
        outcome = errand.whole(outcome)
        if (request := errand.further(outcome)) is None:
            self._done(errand, outcome)
            return
        try:
            self._gate.admit(errand, request, now)
        except StoreError:  # what was read is not to be lost for it
            self._done(errand, Unchanged())

    def _done(self, errand: Errand, outcome: Outcome) -> None:
        """End an errand: what came of it waits to be written down."""
        del self._errands[errand.name]
        outcome = errand.whole(outcome)
        try:
            outcome = scrubbed(outcome, errand.source, *errand.addresses)
        except Exception as error:  # noqa: BLE001  # as above: what is read with it is not to be lost
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
