"""Sources whose ids are new at every poll: nothing comes twice, and the database does not grow."""

import random
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.builders import make_source
from support.identity import Feed, Item, polled, seen
from syndicator.daemon.telling import log_report
from syndicator.model.state import KeyedBy
from syndicator.pipeline.landed import Report

CHURNING: dict[str, Callable[[int, random.Random], Item]] = {
    "with links": lambda it, dice: Item(number=it, guid=str(dice.random()), link=f"https://a.example/{it}"),
    "without links": lambda it, dice: Item(number=it, guid=str(dice.random())),
    "with one link for all": lambda it, dice: Item(number=it, guid=str(dice.random()), link="https://a.example/news"),
    "with short texts": lambda it, dice: Item(number=it, guid=str(dice.random()), text="Read more."),
    "with tracked links": lambda it, dice: Item(
        number=it, guid=str(dice.random()), link=f"https://a.example/{it}?utm_id={dice.random()}"
    ),
    "with links that change": lambda it, dice: Item(
        number=it, guid=str(dice.random()), link=f"https://a.example/{it}?session={dice.random()}"
    ),
    "that are links that change": lambda it, dice: Item(number=it, link=f"https://a.example/{it}?v={dice.random()}"),
    "that are addresses": lambda it, dice: Item(
        number=it, guid=f"https://a.example/{it}?v={dice.random()}", link=f"https://a.example/{it}"
    ),
}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 1), min_size=3, max_size=8), st.sampled_from(sorted(CHURNING)), st.integers(0, 9))
def test_ids_that_churn_bring_nothing_twice(steps: list[int], way: str, seed: int) -> None:
    dice = random.Random(seed)
    with polled() as feed:
        known: dict[str, tuple[str, datetime, datetime]] = {}
        start = 0
        for step in [0, *steps]:
            start += step
            numbers = list(range(start, start + 14))
            dice.shuffle(numbers)
            feed.show(*(CHURNING[way](number, dice) for number in numbers))
            now = seen(feed)
            assert now | known == now, "what was known is known by the same id and dates"
            assert len(feed.stories()) == feed.articles() == start + 14
            known = now
        assert len(feed.switches) == 1


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=6, unique=True), min_size=6, max_size=12))
def test_few_entries_whose_ids_churn_are_told_apart_by_their_links(shown: list[list[int]]) -> None:
    dice = random.Random(1)
    with polled() as feed:
        for numbers in shown:
            feed.show(*(CHURNING["with links"](number, dice) for number in numbers))
        assert feed.titles() == sorted({f"Ward {number}" for numbers in shown for number in numbers})


@pytest.mark.parametrize("way", ["with links", "without links", "with links that change"])
def test_ids_that_churn_hardly_make_the_database_grow(feed: Feed, way: str) -> None:
    """100 entries, 100 polls."""
    dice = random.Random(7)
    sizes = []
    for _ in range(100):
        feed.show(*(CHURNING[way](number, dice) for number in range(100)))
        while feed.world.pump.store.index(1000):
            pass
        sizes.append(feed.pages())
    assert len(feed.stories()) == feed.articles() == 100
    assert sizes[-1] <= 1.25 * sizes[0], (sizes[0], sizes[-1])
    assert feed.switches == [KeyedBy.CONTENT if "change" in way else KeyedBy.LINK], "told once"


def test_a_switch_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    for keyed_by in (None, KeyedBy.LINK, KeyedBy.CONTENT):
        log_report(Report(source_id="a", keyed_by=keyed_by))
    assert [record.message.partition(":")[0] for record in caplog.records] == ["a", "a"]


class TestASourceWhoseIdsChurn:
    @pytest.fixture
    def churning(self, feed: Feed) -> Feed:
        dice = random.Random(3)
        for _ in range(4):
            feed.show(*(CHURNING["with links"](number, dice) for number in range(12)))
        assert feed.switches == [KeyedBy.LINK]
        return feed

    def test_brings_edits_as_edits(self, churning: Feed) -> None:
        before = seen(churning)
        link = "https://a.example/{0}".format
        others = [Item(number=it, guid=f"n{it}", link=link(it)) for it in range(1, 12)]
        churning.show(Item(number=0, guid="n", link=link(0), title="Other words", text="All of them."), *others)
        after = seen(churning)
        assert after["Other words"][0] == before["Ward 0"][0]
        assert after["Other words"][2] > before["Ward 0"][2]
        assert len(after) == 12

    def test_brings_news_as_news(self, churning: Feed) -> None:
        churning.show(*(Item(number=it, guid=f"x{it}", link=f"https://a.example/{it}") for it in range(1, 13)))
        assert len(churning.stories()) == 13

    def test_is_believed_once_more_at_another_address(self, churning: Feed) -> None:
        store = churning.world.pump.store
        store.adopt([make_source(id="a", url="https://a.example/other")], {"a": churning.world.now})
        assert store.memory("a").keyed_by == KeyedBy.GUID

    def test_may_shrink_and_grow(self, churning: Feed) -> None:
        dice = random.Random(4)
        before = seen(churning)
        for size in (3, 12, 1, 0, 12):
            churning.show(*(CHURNING["with links"](number, dice) for number in range(size)))
            assert seen(churning) == before


def test_a_batch_of_news_or_a_move_of_all_addresses_is_no_churn(feed: Feed) -> None:
    feed.show(*(Item(number=it, guid=f"one{it}", link=f"https://a.example/{it}") for it in range(20)))
    feed.show(*(Item(number=it, guid=f"two{it}", link=f"https://a.example/{it}") for it in range(20)))
    feed.show(*(Item(number=it, guid=f"two{it}", link=f"https://a.example/{it}") for it in range(1, 21)))
    feed.show(*(Item(number=it, guid=f"two{it}", link=f"https://a.example/{it}") for it in range(30, 50)))
    assert feed.switches == []
    assert len(feed.stories()) == feed.articles() == 41
