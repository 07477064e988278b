"""Who is asked next, and how many at once."""

from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from support.builders import MOMENT, make_source
from support.simulation import LISTED, LISTING, A, B, World, item, rss
from syndicator.errors import StoreError
from syndicator.model.noun import replace
from syndicator.model.web import Request
from syndicator.pipeline.gate import CROWD, Gate
from syndicator.pipeline.hosts import Hosts
from syndicator.pipeline.queues import HostQueues
from syndicator.store import Store


def test_many_sources_of_a_new_list_are_polled_at_once_while_somebody_waits(tmp_path: Path) -> None:
    a_list = make_source(id="list", url="https://l.example/list", kind="list")
    world = World.open(tmp_path, a_list)
    world.network.serve(a_list.url, "".join(f"https://s{number}.example/rss\n" for number in range(120)))
    world.settle()
    assert len({request.source_id for request in world.network.asked}) == 121
    world.pump.store.close()


def test_only_the_named_sources_are_asked(world: World) -> None:
    world.pump.only = {"b"}
    world.network.serve(B.url, rss(item(1, "b.example")))
    world.settle()
    assert {request.source_id for request in world.network.asked} == {"b"}


def test_a_step_that_finds_nothing_to_do_does_not_look_into_the_store_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    world.settle()
    world.pump.step(world.now, world.now.timestamp())
    looks: list[str] = []
    for name in ("next_dues", "due", "due_wishes"):
        monkeypatch.setattr(Store, name, lambda *_, name=name, **__: looks.append(name))
    world.pump.step(world.now, world.now.timestamp())
    assert looks == []


def test_who_is_hastened_while_nothing_is_due_is_asked_at_once(world: World) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    world.settle()
    world.later(seconds=1)  # nothing is due, which is remembered
    world.network.asked.clear()
    world.pump.store.hasten(["a"], world.now)
    world.later(seconds=1)
    assert [it.url for it in world.network.asked] == [A.url]


def test_twice_as_many_as_are_in_flight_wait_for_their_hosts(tmp_path: Path) -> None:
    sources = [make_source(id=f"s{number}", url=f"https://s{number}.example/") for number in range(9)]
    world = World.open(tmp_path, *sources)
    world.network.silent |= {it.url for it in sources}
    config = world.pump.config
    world.pump.adopt(replace(config, fetch=replace(config.fetch, concurrency=2)), world.now, spread=False)
    for _ in range(3):
        world.pump.step(world.now, 0.0)
    assert len(world.network.asked) == 2
    assert world.pump.busy == 4
    world.pump.store.close()


def test_who_could_not_be_let_through_stays_due(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))

    def unreadable(*_: object) -> None:
        raise StoreError("It cannot be read.")

    with monkeypatch.context() as broken:
        broken.setattr(Gate, "admit", unreadable)
        with pytest.raises(StoreError):
            world.pump.step(world.now, 0.0)
    assert world.pump.busy == 0
    world.settle()
    assert len(world.stories()) == 2


def test_what_has_come_and_is_not_written_yet_is_not_asked_for_again(world: World) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.silent.add(B.url)
    for _ in range(3):  # what comes waits for others, half a second
        world.pump.step(world.now, 0.0)
    assert world.stories() == []
    world.pump.step(world.now, 1.0)
    assert len(world.stories()) == 1
    assert len(world.network.asked) == 2


def test_a_listing_is_asked_again_while_a_page_behind_it_is_still_under_way(tmp_path: Path) -> None:
    world = World.open(tmp_path, LISTING)
    world.network.serve(LISTING.url, "<ul><li><a href='https://slow.example/1'>One headline</a></li></ul>")
    world.network.silent.add("https://slow.example/1")
    for _ in range(45):
        world.pump.step(world.now, world.now.timestamp())
        world.now += timedelta(minutes=1)
    assert [it.url for it in world.network.asked] == [LISTING.url, "https://slow.example/1", LISTING.url]
    world.pump.store.close()


@pytest.mark.parametrize("first", ["source", "page"])
def test_who_is_due_first_is_asked_in_time_whoever_that_is(tmp_path: Path, first: str) -> None:
    interval = 600.0 if first == "source" else 36_000.0  # a page that could not be had is asked for again after an hour
    world = World.open(tmp_path, replace(LISTING, interval=interval))
    world.network.serve(LISTING.url, LISTED)
    world.network.fail("https://p.example/one")
    world.settle()
    world.network.asked.clear()
    world.later(seconds=1)  # nothing is due, which is remembered
    world.later(minutes=12 if first == "source" else 61)
    assert {it.url for it in world.network.asked} == {LISTING.url if first == "source" else "https://p.example/one"}
    world.pump.store.close()


class TestACrowdedHost:
    """Time goes by in steps of a second; an exchange takes one, and the host's pause another, until it gets slower."""

    def polls(self, sources: int, interval: int, seconds: int, slow_from: int = 9999) -> dict[str, list[int]]:
        """When each source is asked, of so many on one host that are due again so long after that."""
        queues = HostQueues(1.0)
        gate = Gate(Hosts(SimpleNamespace(debts=dict)), queues, {}, lambda *_: None)
        due: dict[str, datetime] = {f"{it}": MOMENT for it in range(sources)}
        asked: dict[str, list[int]] = {it: [] for it in due}
        flying: list[tuple[int, Request]] = []
        for second in range(seconds):
            now = MOMENT + timedelta(seconds=second)
            for ends, request in [it for it in flying if it[0] <= second]:
                flying.remove((ends, request))
                queues.done(request, second)
                due[request.source_id] = now + timedelta(seconds=interval)
            for source_id in sorted((it for it in due if due[it] <= now), key=due.__getitem__):
                url = f"https://one.example/{source_id}"
                slot = gate.slot((source_id, ""), url, now)
                if slot is None:
                    del due[source_id]
                    queues.put(Request(source_id=source_id, url=url))
                else:
                    due[source_id] = slot
                self.most = max(self.most, queues.waiting("one.example"))
            gate.forget_slots(now)
            for request in queues.take(9, second):
                asked[request.source_id].append(second)
                flying.append((second + (1 if second < slow_from else 19), request))
        return asked

    most = 0
    """That waited at once."""

    def test_lets_each_source_have_its_turn_though_it_cannot_keep_all_intervals(self) -> None:
        """Else who comes at the right moment is asked again and again, and who does not, once in hours."""
        counts = [len(it) for it in self.polls(300, 300, 6000).values()]
        assert sum(counts) == 3000, "it is never idle"
        assert max(counts) - min(counts) <= 2
        assert self.most <= CROWD

    def test_that_gets_slower_gives_slots_anew(self) -> None:
        asked = self.polls(100, 60, 9000, slow_from=1000).values()
        counts = [sum(second >= 1000 for second in it) for it in asked]
        assert sum(counts) == 400, "it is never idle"
        assert max(counts) - min(counts) <= 2
        assert self.most <= CROWD

    def test_keeps_nobody_waiting_for_those_that_never_came_for_their_slots(self) -> None:
        queues = HostQueues(1.0)
        gate = Gate(Hosts(SimpleNamespace(debts=dict)), queues, {}, lambda *_: None)
        url = "https://one.example/"
        for number in range(CROWD + 1):
            last = gate.slot((f"{number}", ""), url, MOMENT)
            queues.put(Request(source_id=f"{number}", url=url))
        assert last == MOMENT + timedelta(seconds=CROWD + 1)
        queues.withdraw("one.example")
        assert gate.slot(("late", ""), url, MOMENT) is not None, "it is not its turn"
        hour = MOMENT + timedelta(hours=1)
        gate.forget_slots(hour)
        assert gate.slot(("later", ""), url, hour) is None
