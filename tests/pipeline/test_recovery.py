"""After an outage of this machine's network, sources are asked again as soon as it is back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from support.simulation import World, item, rss
from syndicator.errors import StoreError
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.outcome import Failed, Unchanged
from syndicator.model.source import Source
from syndicator.pipeline.errand import Errand
from syndicator.pipeline.landed import Landed
from syndicator.pipeline.outage import HOSTS
from syndicator.pipeline.recovery import LASTS, SETTLES, Recovery
from syndicator.store import Store

NAMES = [f"s{number}" for number in range(HOSTS + 2)]
LAST = NAMES[-1]
NIGHT = 9 * 12


def address(name: str) -> str:
    return f"https://{name}.example/rss"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Sources of hosts of their own, each of which has been read once."""
    made = World.open(tmp_path, *(Source(id=it, url=address(it)) for it in NAMES))
    back(made, *NAMES)
    made.settle()
    yield made
    made.pump.store.close()


def away(world: World, *names: str, kind: FailureKind = FailureKind.DNS) -> None:
    for name in names:
        world.network.forget(address(name))
        world.network.fail(address(name), kind)


def back(world: World, *names: str) -> None:
    for name in names:
        world.network.forget(address(name))
        world.network.serve(address(name), rss(item(1, f"{name}.example")))


def waits(world: World) -> dict[str, timedelta]:
    """For how long those wait that fail."""
    return {it: state.due_at - world.now for it, state in world.pump.store.states().items() if state.failure}


def fail_for(world: World, steps: int) -> None:
    """Let five minutes pass so often."""
    for _ in range(steps):
        world.later(minutes=5)


def reach(world: World, name: str) -> None:
    """That source is asked, and answers; and the minutes after it pass."""
    back(world, name)
    world.pump.store.hasten([name], world.now)
    world.settle()
    world.later(seconds=SETTLES.total_seconds() + 1)


@pytest.mark.parametrize("kind", [FailureKind.DNS, FailureKind.CONNECT, FailureKind.TIMEOUT, FailureKind.TLS])
def test_when_one_is_reached_again_all_are_asked_at_once(world: World, kind: FailureKind) -> None:
    away(world, *NAMES, kind=kind)
    fail_for(world, NIGHT)
    assert set(waits(world)) == set(NAMES)
    assert max(waits(world).values()) > timedelta(hours=2), "else there is nothing to be gained"
    back(world, *NAMES)
    reach(world, LAST)
    assert waits(world) == {}


@pytest.mark.parametrize("before", [1, 2], ids=["the rest are enough", "the rest are too few"])
def test_whoever_failed_before_goes_on_waiting_and_does_not_count(world: World, before: int) -> None:
    away(world, *NAMES[:before])
    fail_for(world, NIGHT)
    away(world, *NAMES)
    fail_for(world, NIGHT)
    failing, asked = waits(world), len(world.network.asked)
    reach(world, LAST)
    again = NAMES[before:-1] if before == 1 else []
    assert sorted({it.source_id for it in world.network.asked[asked:]} - {LAST}) == again
    assert min(failing[it] for it in NAMES[:-1]) > timedelta(minutes=5), "nobody was due by itself"


def test_a_few_that_fail_while_others_answer_wait_as_ever(world: World) -> None:
    away(world, *NAMES[:-1])
    fail_for(world, NIGHT)
    assert set(waits(world)) == set(NAMES[:-1])
    assert all(it > timedelta(hours=2) for it in waits(world).values())


def test_fewer_hosts_than_that_are_not_the_network(tmp_path: Path) -> None:
    """However many sources they have."""
    same = [Source(id=f"{it}", url=f"https://s0.example/{it}") for it in range(HOSTS)]
    world = World.open(tmp_path, *same, Source(id=LAST, url=address(LAST)))
    world.network.serve(address(LAST), rss(item(1)))
    for it in same:
        world.network.fail(it.url)
    world.settle()
    world.network.fail(address(LAST))
    fail_for(world, NIGHT)
    reach(world, LAST)
    assert set(waits(world)) == {it.id for it in same}
    assert min(waits(world).values()) > timedelta(hours=1)
    world.pump.store.close()


def test_a_moments_silence_says_nothing(world: World) -> None:
    away(world, *NAMES)
    world.pump.store.hasten(NAMES, world.now)
    world.settle()
    world.now += LASTS / 2
    before = waits(world)
    reach(world, LAST)
    assert min(waits(world).values()) >= min(before.values()) - LASTS


def test_what_the_disk_had_no_room_for_is_done_when_the_next_answers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    away(world, *NAMES)
    fail_for(world, NIGHT)
    back(world, LAST)
    world.pump.store.hasten([LAST], world.now)
    hasten = Store.hasten

    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Store, "hasten", full)
    with pytest.raises(StoreError):
        world.settle()
    monkeypatch.setattr(Store, "hasten", hasten)
    world.settle()
    back(world, *NAMES)
    reach(world, LAST)
    assert waits(world) == {}


def test_a_moment_in_between_costs_nobody_his_turn(world: World) -> None:
    away(world, *NAMES)
    fail_for(world, NIGHT)
    reach(world, LAST)
    away(world, LAST)
    fail_for(world, 12)
    back(world, *NAMES)
    reach(world, LAST)
    assert waits(world) == {}


def test_whoever_was_under_way_when_it_came_back_is_asked_once_more(world: World) -> None:
    away(world, *NAMES)
    fail_for(world, NIGHT)
    away(world, "s0", kind=FailureKind.TIMEOUT)
    back(world, *NAMES[1:])
    reach(world, LAST)
    assert set(waits(world)) == {"s0"}
    back(world, "s0")
    reach(world, LAST)
    assert waits(world) == {}


def test_a_source_beside_us_says_nothing_of_the_network(tmp_path: Path) -> None:
    near = Source(id="near", url="http://127.0.0.1:1200/rss", interval=600)
    world = World.open(tmp_path, near, *(Source(id=it, url=address(it)) for it in NAMES))
    world.network.serve(near.url, rss(item(9)))
    back(world, *NAMES)
    world.settle()
    away(world, *NAMES)
    fail_for(world, NIGHT)
    back(world, *NAMES)
    reach(world, LAST)
    assert waits(world) == {}
    world.pump.store.close()


@pytest.mark.parametrize("kind", [FailureKind.FORBIDDEN, FailureKind.ROBOTS])
def test_where_nobody_was_asked_nobody_was_reached(world: World, kind: FailureKind) -> None:
    away(world, *NAMES)
    fail_for(world, NIGHT)
    hastened = []
    store = world.pump.store
    recovery = Recovery(store)
    failed = [Failed(failure=state.failure) for state in store.states().values() if state.failure]
    began = min(it.pace.failing_since or world.now for it in store.states().values())
    recovery.note([Landed(errand=Errand(it), outcome=failed[0]) for it in world.pump.sources], began)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Store, "hasten", lambda _, ids, at: hastened.append((sorted(ids), at)))
        refused = Failed(failure=Failure(kind=kind, message="No."))
        recovery.note([Landed(errand=Errand(world.pump.sources[0]), outcome=refused)], world.now)
        assert hastened == []
        recovery.note([Landed(errand=Errand(world.pump.sources[0]), outcome=Unchanged())], world.now)
    assert hastened == [(NAMES, world.now + SETTLES)]
