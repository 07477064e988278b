"""A database that refuses once, wherever that is: nothing is lost, doubled, asked twice or left hanging for it."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection

import pytest

from support.builders import make_source
from support.simulation import LISTED, LISTING, A, B, World, item, page, rss
from syndicator.errors import StoreError
from syndicator.model.noun import replace
from syndicator.pipeline.landed import PART
from syndicator.store import door

LIST = make_source(id="list", url="https://l.example/list", kind="list")
BUSY, GONE, MOVED, BROKEN = (
    make_source(id=it, url=f"https://{it}.example/rss", title="") for it in ("busy", "gone", "moved", "broken")
)


class Disk:
    """Refuses the commit of this number."""

    def __init__(self, refused: int) -> None:
        self.commits = 0
        self._refused = refused
        self._atomic = door.atomic

    def put_in(self, patch: pytest.MonkeyPatch) -> None:
        """Every part of the store writes through it."""
        parts = [
            it for name, it in sys.modules.items() if name.startswith("syndicator.store.") and hasattr(it, "atomic")
        ]
        for part in parts:
            patch.setattr(part, "atomic", self.atomic)

    @contextmanager
    def atomic(self, connection: Connection) -> Iterator[None]:
        with self._atomic(connection):
            yield
            self.commits += 1
            if self.commits == self._refused:
                raise StoreError("The disk is full.")


def day(root: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> tuple[object, ...]:
    """Some hours of polling all kinds of hosts, and a changed configuration; gives all that shows of it."""
    world = World.open(root, LIST, LISTING, BUSY, GONE, MOVED, BROKEN)
    serve = world.network.serve
    serve(LIST.url, f"{A.url}\n{B.url}\n")
    serve(A.url, rss(*map(item, range(2 * PART + 50))), etag='"a"')
    serve(A.url, status=304)
    serve(B.url, rss(item(1, "b.example"), item(2, "b.example")))
    serve("https://p.example/robots.txt", "User-agent: *\nCrawl-delay: 2\n")
    serve(LISTING.url, LISTED)
    serve("https://p.example/one", page("One, in full"))
    serve("https://p.example/two", status=500)
    serve("https://p.example/two", page("Two, in full"))
    serve(BUSY.url, status=429, retry_after="600")
    serve(BUSY.url, rss(item(1, "busy.example")))
    serve(GONE.url, status=410)
    serve(MOVED.url, status=301, location="https://new.example/rss")
    serve("https://new.example/rss", rss(item(1, "new.example")))
    serve(BROKEN.url, "no feed")
    reports = []

    def steps(number: int) -> None:
        for _ in range(number):
            try:
                reports.extend(world.pump.step(world.now, world.now.timestamp()))
            except StoreError:
                refusals.append(world.now)
            world.now += timedelta(seconds=1)

    refusals: list[object] = []
    with monkeypatch.context() as full:
        disk.put_in(full)
        steps(25)
        config = replace(world.pump.config, schedule=replace(world.pump.config.schedule, interval=1200.0))
        try:
            world.pump.adopt(config, world.now, spread=True)
        except StoreError:
            refusals.append(world.now)
            world.pump.adopt(config, world.now, spread=True)
        for pause in (timedelta(minutes=12), timedelta(hours=2)):
            world.now += pause
            steps(30)
    shown = (
        sorted(map(repr, world.stories())),
        Counter(it.url for it in world.network.asked) + Counter(world.network.robots_asked),
        Counter((it.source_id, it.page, it.new, it.failure and it.failure.kind) for it in reports),
        {
            name: (it.failures, it.articles, it.failure and it.failure.kind, it.validators.etag)
            for name, it in world.pump.store.states().items()
        },
        world.pump.busy,
    )
    world.pump.store.close()
    return *shown, len(refusals)


def test_a_disk_that_is_full_for_one_commit_costs_nothing_but_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = Disk(0)
    *expected, refusals = day(tmp_path / "0", sound, monkeypatch)
    assert (refusals, expected[-1]) == (0, 0)
    assert sound.commits > 15
    for number in range(1, sound.commits + 1):
        *found, refusals = day(tmp_path / str(number), Disk(number), monkeypatch)
        assert refusals == 1, number
        assert found == expected, number
