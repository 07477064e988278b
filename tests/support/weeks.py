"""The real pump and store over hosts in memory, on a virtual clock that jumps from one event to the next."""

import hashlib
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from support.simulation import make_config
from support.virtual import START, Hosts, Site, chance
from syndicator.pipeline.engines import ENGINES
from syndicator.pipeline.pump import Pump
from syndicator.store import Store

TICK = 0.2
"""Seconds between two steps at least, as in the daemon."""
DOWN = 5.0
"""Seconds that a restart takes."""


@dataclass
class Run:
    """A stretch of virtual time.

    Attributes:
        root: Where the database lies.
        sites: What is subscribed to.
        seed: Of everything that the hosts do, and of the restarts.
        sets: Seconds by which the machine's clock is wrong from each of these times on.
        at_start: Called with the pump whenever it has been started.
    """

    root: Path
    sites: tuple[Site, ...]
    seed: int
    sets: dict[float, float] = field(default_factory=dict)
    at_start: Callable[[Pump], None] = lambda _: None
    steps: int = 0
    hosts: Hosts = field(init=False)
    pump: Pump = field(init=False)

    def __post_init__(self) -> None:
        self.hosts = Hosts(self.sites, self.seed)

    def until(self, end: float, restarts: Iterable[float] = ()) -> None:
        """Let time pass."""
        self._start()
        for restart in [*sorted(it for it in restarts if it < end), end]:
            while self.hosts.now < restart:
                self.pump.step(self.wall, self.hosts.now)
                self.steps += 1
                self.hosts.now = min(self._next(), restart)
            if restart < end:
                self.hosts.lose_all()
                self.pump.store.close()
                self.hosts.now += DOWN
                self._start()

    def close(self) -> None:
        self.pump.store.close()

    @property
    def wall(self) -> datetime:
        """What the machine's clock shows."""
        wrong = [error for since, error in sorted(self.sets.items()) if since <= self.hosts.now]
        return START + timedelta(seconds=self.hosts.now + (wrong[-1] if wrong else 0.0))

    @property
    def trace(self) -> str:
        """A digest of every request and answer."""
        return hashlib.sha256("\n".join(map(str, self.hosts.log)).encode()).hexdigest()

    def stored(self) -> dict[str, list[str]]:
        """The titles of each source's stories."""
        found: dict[str, list[str]] = {}
        store = self.pump.store
        for story in store.stories([number for number, _ in store.select(limit=1_000_000)]):
            for copy in story.copies:
                found.setdefault(copy.source_id, []).append(story.lead.title)
        return found

    def _start(self) -> None:
        config = make_config(self.root, *(site.source for site in self.sites))
        store = Store.write(config.paths.store)
        store._db.execute("PRAGMA synchronous = OFF")  # no power is cut here
        self.pump = Pump(store=store, transport=self.hosts, engine=ENGINES["serial"](), config=config)
        self.pump.adopt(config, self.wall, spread=True)
        self.at_start(self.pump)

    def _next(self) -> float:
        """When something happens next, on the grid of the daemon's ticks: what is ready now, at the next of them."""
        now = self.hosts.now
        events = [self.hosts.next_end(), self.pump._queues.next_free()]
        events += [
            now + (due - self.wall).total_seconds() for due in self.pump.store.next_dues() if due and due > self.wall
        ]
        events += [time for time in self.sets if time > now]
        if self.pump._landing.waiting or self.pump._reader_queue.busy:
            events.append(now)
        ahead = min((it for it in events if it is not None), default=now + 3600.0)
        return max(math.ceil(ahead / TICK), math.floor(now / TICK + 0.001) + 1) * TICK  # 1124.8 / 0.2 is below 5624


def sites(count: int, seed: int) -> tuple[Site, ...]:
    return tuple(Site(number, seed) for number in range(count))


def restarts(number: int, end: float, seed: int) -> list[float]:
    """Times at which the daemon is killed and started again, some of them shortly one after another."""
    times = [end * chance(seed, it, "restart") for it in range(number)]
    return times + [times[0] + 30.0 * it for it in range(1, 6)] if times else []
