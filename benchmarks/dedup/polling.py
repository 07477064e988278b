"""The corpus through the program: its own pump polls, reads and records, with hosts in memory and a time of its own."""

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from syndicator.model.noun import replace
from syndicator.model.outcome import Failed
from syndicator.model.settings import Channel, Config, FetchSettings, Paths, Schedule, ServeSettings, Site
from syndicator.model.source import Select
from syndicator.model.source import Source as Address
from syndicator.model.web import Request, Response
from syndicator.pipeline.engines import ENGINES
from syndicator.pipeline.pump import Pump
from syndicator.pipeline.replay import carry_out, replayed
from syndicator.store import Store

from .makers import GAP, POLLS, START
from .sources import Source, page, render
from .world import World

Id = tuple[str, str]
Event = tuple[int, Source]
STEPS = 10_000


class UndoneError(Exception):
    """The corpus did not get into the store: there is nothing to judge."""


@dataclass(frozen=True)
class Partition:
    """Which entry is in which story.

    Attributes:
        story: Its number, by the entry's id.
        reason: Of its copy: the layer that joined it.
    """

    story: dict[Id, int]
    reason: dict[Id, str]

    @property
    def pairs(self) -> set[tuple[Id, Id]]:
        """Every two entries that are in one story."""
        members: defaultdict[int, list[Id]] = defaultdict(list)
        for name, number in sorted(self.story.items()):
            members[number].append(name)
        return {(one, other) for them in members.values() for at, one in enumerate(them) for other in them[at + 1 :]}


def in_turn(world: World) -> list[Event]:
    """Poll after poll, each source once in each."""
    return [(poll, source) for poll in range(POLLS) for source in world.sources]


def shuffled(world: World, seed: int) -> list[Event]:
    """Any source next, as long as each one's polls stay in order: some are far ahead of the others."""
    turns = [source for source in world.sources for _ in range(POLLS)]
    random.Random(f"{seed} turns").shuffle(turns)
    polls: defaultdict[str, int] = defaultdict(int)
    events = []
    for source in turns:
        events.append((polls[source.id], source))
        polls[source.id] += 1
    return events


@dataclass
class _Hosts:
    """A transport whose other end is in memory."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    _finished: list[tuple[Request, Response | Failed]] = field(default_factory=list)

    def submit(self, request: Request) -> None:
        body = self.bodies.get(request.url)
        answer = Response(url=request.url, status=404 if body is None else 200, body=body or b"")
        self._finished.append((request, answer))

    def finished(self) -> list[tuple[Request, Response | Failed]]:
        done, self._finished = self._finished, []
        return done

    def wait(self, seconds: float) -> bool:
        return bool(self._finished) or seconds == 0

    def wake(self) -> None:
        """Nobody sleeps here."""

    def stop(self) -> None:
        """Nothing is open."""

    @property
    def in_flight(self) -> int:
        return len(self._finished)


def played(world: World, events: list[Event], *, twice: bool = False) -> Iterator[Partition]:
    """Poll in this order, and tell what came of it; then, if `twice`, once more, other bytes that say the same.

    In the end, if `twice`, all that is stored is placed anew (`syndicator replay --apply`), and that is told, too.

    Raises:
        UndoneError: A poll failed, or an entry did not arrive.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        addresses = tuple(map(_address, world.sources))
        config = Config(
            root=root,
            site=Site(),
            paths=Paths(store=root / "syndicator.db", public=root / "public"),
            fetch=FetchSettings(host_spacing=0.0),
            schedule=Schedule(),
            serve=ServeSettings(),
            sources=addresses,
            channels=(Channel(id="all"),),
        )
        hosts, store = _Hosts(), Store.write(config.paths.store)
        try:
            pump = Pump(store=store, transport=hosts, engine=ENGINES["serial"](), config=config)
            now = START - GAP
            pump.adopt(config, now, spread=False)
            for again in range(2 if twice else 1):
                for number, (poll, source) in enumerate(events):
                    now = max(now, START + GAP * (POLLS * number // len(events) + again * POLLS))
                    shown = world.shown(source, poll)
                    if not shown:
                        continue  # a page that lists nothing is no list
                    hosts.bodies[source.url] = render(source, shown, f"{again} {number}")
                    if source.format == "page":
                        hosts.bodies.update({it.url: page(it) for it in shown})
                    now = _polled(pump, source, now + timedelta(seconds=5))
                yield _partition(store, world)
            if twice:
                with replayed(store, lambda count, total: None) as paper:  # noqa: ARG005  # nobody looks
                    carry_out(store, paper, now)
                yield _partition(store, world)
        finally:
            store.close()


def _address(source: Source) -> Address:
    select = Select(item="li", link="a", date="time", follow=True)
    found = Address(id=source.id, url=source.url, language=source.language)
    return replace(found, kind="page", select=select) if source.format == "page" else found


def _polled(pump: Pump, source: Source, now: datetime) -> datetime:
    pump.store.hasten([source.id], now)
    pump.only = {source.id}
    reports = []
    for _ in range(STEPS):
        reports += pump.step(now, now.timestamp())
        if not pump.busy:
            break
        now += timedelta(seconds=1)
    failures = [f"{it.source_id}: {it.failure.message}" for it in reports if it.failure]
    if failures or {it.source_id for it in reports} != {source.id}:
        raise UndoneError(f"{source.id} was not polled: {failures or reports}")
    return now


def _partition(store: Store, world: World) -> Partition:
    numbers = [number for number, _ in store.select(limit=10_000_000)]
    by_guid: dict[Id, tuple[int, str]] = {}
    by_url: dict[Id, tuple[int, str]] = {}
    for story in store.stories(numbers):
        for copy in story.copies:
            by_guid[copy.source_id, copy.guid] = story.id, copy.reason
            by_url[copy.source_id, copy.url] = story.id, copy.reason
    found = {it.id: by_guid.get(it.id) or by_url.get((it.source.id, it.url)) for it in world.entries}
    lost = [name for name, place in found.items() if place is None]
    if lost:
        raise UndoneError(f"{len(lost)} entries are not in the store, the first: {lost[0]}")
    placed = {name: place for name, place in found.items() if place is not None}
    return Partition({it: number for it, (number, _) in placed.items()}, {it: why for it, (_, why) in placed.items()})
