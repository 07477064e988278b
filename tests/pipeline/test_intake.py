"""Who is asked next, and how many at once."""

from datetime import timedelta
from pathlib import Path

import pytest

from support.builders import make_source
from support.simulation import LISTED, LISTING, A, B, World, item, rss
from syndicator.errors import StoreError
from syndicator.model.noun import replace
from syndicator.pipeline.gate import Gate
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
