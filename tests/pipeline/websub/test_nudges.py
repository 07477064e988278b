"""Hubs may say what they like, as often as they like: a source is polled soon, seldom, and never forgotten."""

from collections.abc import Collection
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from support.builders import MOMENT, make_source
from syndicator.errors import StoreError
from syndicator.pipeline.websub.nudges import POLLS, REST, Nudges
from syndicator.store import Store

LATER = MOMENT + timedelta(days=1)


class World:
    """A store with two sources that are due tomorrow, and what is being polled."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.nudges = Nudges(store)
        self.busy: set[str] = set()
        self.time = 1000.0

    def is_busy(self, ids: Collection[str]) -> bool:
        return not self.busy.isdisjoint(ids)

    def step(self, seconds: float = 0.0) -> None:
        self.time += seconds
        self.nudges.step(self.is_busy, self.now, self.time)

    @property
    def now(self) -> object:
        return MOMENT + timedelta(seconds=self.time - 1000.0)

    def due(self, source_id: str = "a") -> float:
        """Seconds from the beginning until it is due."""
        return (self.store.states()[source_id].due_at - MOMENT).total_seconds()

    def polled(self) -> None:
        """It has been, and is due tomorrow."""
        self.store.reschedule([("a", "", LATER)])

    def expecting(self, source_id: str = "a") -> int:
        return self.store.paces([source_id])[source_id][1].expecting


@pytest.fixture
def world(tmp_path: Path):
    with closing(Store.write(tmp_path / "syndicator.db")) as store:
        store.adopt([make_source(id=it, url=f"https://{it}.example/") for it in "ab"], dict.fromkeys("ab", LATER))
        yield World(store)


def test_the_first_word_counts_at_once(world: World) -> None:
    world.nudges.take("a", told=True)
    world.step()
    assert (world.due(), world.expecting()) == (0, POLLS)
    assert (world.due("b"), world.expecting("b")) == (86_400, 0)


def test_what_may_have_been_missed_is_looked_for_without_credit_to_anybody(world: World) -> None:
    world.nudges.take("a", told=False)
    world.step()
    assert (world.due(), world.expecting()) == (0, 0)
    world.nudges.take("b", told=False)
    world.nudges.take("b", told=True)
    world.nudges.take("b", told=False)
    world.step()
    assert world.expecting("b") == POLLS


def test_further_words_count_together_after_a_rest_and_that_is_stored(world: World) -> None:
    world.nudges.take("a", told=True)
    world.step()
    world.polled()
    for _ in range(5):
        world.nudges.take("a", told=True)
        world.step(4)
        assert world.due() == REST, "whatever becomes of us meanwhile"
    world.polled()
    world.step(REST)
    assert world.due() == 86_400
    world.nudges.take("a", told=True)
    world.step()
    assert world.due() == 2 * REST, "it was polled after 30 seconds, and rests"
    world.polled()
    world.nudges.take("a", told=True)
    world.step(3 * REST)
    assert world.due() == 20 + 4 * REST


def test_of_a_source_that_is_being_polled_it_counts_afterwards(world: World) -> None:
    world.busy.add("a")
    world.nudges.take("a", told=True)
    world.nudges.take("b", told=True)
    world.step()
    assert (world.due("a"), world.due("b")) == (86_400, 0)
    world.busy.clear()
    world.step(7)
    assert world.due("a") == 7


def test_what_cannot_be_written_down_is_not_lost(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    world.nudges.take("a", told=True)
    with monkeypatch.context() as patched:
        patched.setattr(world.store, "expect", full)
        with pytest.raises(StoreError):
            world.step()
    world.step(1)
    assert world.due() == 1
