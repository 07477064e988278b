"""Identity under stress: sources whose ids are all equal, missing, new at every poll or of another scheme each time.

Every test polls a source over and over, through all rooms, and looks at what a subscriber would see.
"""

import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.builders import make_source
from support.simulation import World
from syndicator.daemon.run import say
from syndicator.model.article import Story
from syndicator.model.source import KeyedBy
from syndicator.pipeline.record import Report

SOURCE = make_source(id="a", url="https://a.example/rss", title="")
BODY = (
    "The council of ward {0} voted to keep depot {0} and to turn hall {0} into a museum of all trams of ward {0}, too."
)


@dataclass(frozen=True, kw_only=True)
class Item:
    """An entry of the source's feed; `number` tells what it truly is."""

    number: int
    guid: str = ""
    link: str = ""
    title: str = ""
    text: str = ""
    date: str = ""

    def xml(self) -> str:
        title, text = self.title or f"Ward {self.number}", self.text or BODY.format(self.number)
        parts = {"title": title, "link": self.link, "description": text, "pubDate": self.date}
        said = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in parts.items() if value)
        guid = f"<guid isPermaLink='false'>{escape(self.guid)}</guid>" if self.guid else ""
        return f"<item>{said}{guid}</item>"


class Feed:
    """A source under a pump, poll after poll."""

    def __init__(self, root: Path) -> None:
        self.world = World.open(root, SOURCE)
        self.switches: list[KeyedBy] = []
        self._polls = 0

    def show(self, *items: Item) -> None:
        """Poll, an hour later, a document of these items."""
        self._polls += 1  # no two documents are the same bytes
        body = f"<!-- {self._polls} -->{''.join(item.xml() for item in items)}"
        self.world.network.clear(SOURCE.url)
        self.world.network.serve(
            SOURCE.url,
            f"<rss version='2.0'><channel><title>F</title><link>https://a.example/</link>{body}</channel></rss>",
        )
        self.world.now += timedelta(hours=1)
        self.world.pump.store.hasten([SOURCE.id], self.world.now)  # it would be asked less often by itself
        reports = self.world.settle()
        assert [report.failure for report in reports] == [None]
        self.switches += [report.keyed_by for report in reports if report.keyed_by]

    def stories(self) -> list[Story]:
        store = self.world.pump.store
        return store.stories([number for number, _ in store.select(limit=10_000)])

    def titles(self) -> list[str]:
        return sorted(story.lead.title for story in self.stories())

    def articles(self) -> int:
        return self.world.pump.store.states()["a"].articles

    def pages(self) -> int:
        """The size of the database."""
        with closing(sqlite3.connect(self.world.pump.store.path)) as connection:
            return int(connection.execute("PRAGMA page_count").fetchone()[0])


@contextmanager
def polled() -> Iterator[Feed]:
    with tempfile.TemporaryDirectory() as folder:
        feed = Feed(Path(folder))
        yield feed
        feed.world.pump.store.close()


@pytest.fixture
def feed() -> Iterator[Feed]:
    with polled() as made:
        yield made


def seen(feed: Feed) -> dict[str, tuple[str, datetime, datetime]]:
    """What a subscriber's program knows an item by: it announces what has another id, or a later date of update."""
    return {story.lead.title: (story.guid, story.sort_at, story.updated) for story in feed.stories()}


# -- ids that hold, in all the ways in which sources give them

GUIDS: dict[str, Callable[[int, int], str]] = {
    "own": lambda number, _: f"tag:a.example,2026:{number}",
    "address": lambda number, _: f"https://a.example/{number}",
    "none": lambda *_: "",
    "scheme flips": lambda number, poll: f"http{'s' * (poll % 2)}://a.example/{number}",
    "tracked": lambda number, poll: f"https://a.example/{number}?utm_campaign={poll}",
    "one for all": lambda *_: "https://a.example/",
    "one for every two": lambda number, _: f"pair-{number // 2}",
}
LINKS: dict[str, Callable[[int, int], str]] = {
    "own": lambda number, _: f"https://a.example/{number}",
    "none": lambda *_: "",
    "home": lambda *_: "https://a.example/",
    "section": lambda number, _: f"https://a.example/section/{number % 2}",
    "scheme flips": lambda number, poll: f"http{'s' * (poll % 2)}://a.example/{number}",
    "tracked": lambda number, poll: f"https://a.example/{number}?utm_source=s{poll}&fbclid={number}{poll}",
}


def dated(minute: int) -> str:
    return format_datetime(datetime(2026, 3, 5, 12, minute, tzinfo=UTC))


documents = st.lists(st.lists(st.integers(0, 11), min_size=2, max_size=16), min_size=1, max_size=5)


def play(feed: Feed, shown: list[list[int]], guid: str, link: str) -> list[dict[str, tuple[str, datetime, datetime]]]:
    """Show all items first, so that whatever they share is known to be shared, then documents of some."""
    known = []
    for poll, numbers in enumerate([list(range(12)), *shown]):
        feed.show(*(Item(number=it, guid=GUIDS[guid](it, poll), link=LINKS[link](it, poll)) for it in numbers))
        known.append(seen(feed))
    return known


@settings(max_examples=40, deadline=None)
@given(documents, st.sampled_from(sorted(GUIDS)), st.sampled_from(sorted(LINKS)))
def test_each_entry_is_one_story_for_ever_whatever_its_source_takes_for_an_id(
    shown: list[list[int]], guid: str, link: str
) -> None:
    with polled() as feed:
        first, *later = play(feed, shown, guid, link)
        assert sorted(first) == sorted(f"Ward {number}" for number in range(12))
        assert all(known == first for known in later)
        assert len(feed.stories()) == feed.articles() == 12


@settings(max_examples=10, deadline=None)
@given(documents, st.sampled_from(sorted(GUIDS)), st.sampled_from(sorted(LINKS)))
def test_the_same_polls_give_the_same_stories(shown: list[list[int]], guid: str, link: str) -> None:
    with polled() as one, polled() as other:
        assert play(one, shown, guid, link) == play(other, shown, guid, link)


OWN = [name for name in sorted(GUIDS) if not name.startswith("one for")]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            # One entry alone, without an id, under the link that all have: nobody can tell the next from an edit of it.
            st.sets(st.integers(0, 11), min_size=2),
            st.sampled_from(OWN),
            st.sampled_from(sorted(LINKS)),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_a_source_that_changes_its_mind_about_ids_loses_nothing_and_repeats_nothing(
    polls: list[tuple[set[int], str, str, bool]],
) -> None:
    with polled() as feed:
        shown: set[int] = set()
        for poll, (numbers, guid, link, dates) in enumerate(polls):
            items = [
                Item(number=it, guid=GUIDS[guid](it, poll), link=LINKS[link](it, poll), date=dated(it) * dates)
                for it in numbers
            ]
            feed.show(*items)
            shown |= numbers
            before = feed.stories()
            assert {story.lead.title for story in before} == {f"Ward {number}" for number in shown}
            feed.show(*reversed(items))
            assert feed.stories() == before


# -- ids that are new at every poll

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
        say(Report(source_id="a", keyed_by=keyed_by))
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


# -- different entries that look alike


@pytest.mark.parametrize("date", [lambda _: "", dated, lambda _: dated(0)])
def test_the_parts_of_a_live_report_stay_apart(feed: Feed, date: Callable[[int], str]) -> None:
    """They share title and page, and differ in their anchors."""
    parts = [
        Item(
            number=it,
            guid=f"https://a.example/live#{it}",
            link=f"https://a.example/live#{it}",
            title="Live",
            date=date(it),
        )
        for it in range(8)
    ]
    for start in range(5):
        feed.show(*parts[start : start + 4])
    assert len(feed.stories()) == 8
    assert feed.switches == []


def test_notices_in_the_same_words_at_addresses_of_their_own_stay_apart(feed: Feed) -> None:
    for day in range(1, 6):
        link = f"https://a.example/road/{day}"
        feed.show(Item(number=0, guid=f"g{day}", link=link, title="Road closed", text="See map.", date=dated(day)))
    assert len(feed.stories()) == 5


def test_one_entry_of_a_page_that_always_shows_the_newest_is_news_each_day(feed: Feed) -> None:
    for day in range(1, 6):
        feed.show(Item(number=day, guid=f"g{day}", link="https://a.example/weather", title="Weather", date=dated(day)))
    assert len(feed.stories()) == 5


def test_an_entry_whose_id_changes_with_every_edit_is_one_story(feed: Feed) -> None:
    item = {"number": 1, "link": "https://a.example/1", "date": dated(1)}
    for edit in range(5):
        feed.show(Item(**item, guid=f"1?v={edit}", text=BODY.format(edit)), Item(number=2, guid="2"))
    assert len(feed.stories()) == feed.articles() == 2
    assert BODY.format(4) in {story.lead.text for story in feed.stories()}


# -- one id for all, twice in a document


def test_one_id_for_all_is_shared_for_good(feed: Feed) -> None:
    one, two, three = (Item(number=it, guid="urn:all", link=f"https://a.example/{it}") for it in range(3))
    for shown in ([one], [one, two], [three], [two], [one, three]):
        feed.show(*shown)
    assert feed.titles() == ["Ward 0", "Ward 1", "Ward 2"]
    assert feed.articles() == 3


def test_an_entry_twice_in_a_document_is_one_and_an_id_twice_is_two_in_whatever_order(feed: Feed) -> None:
    one, two = Item(number=1, guid="urn:g", link="https://a.example/1"), Item(number=2, guid="urn:g")
    feed.show(one, two, one)
    first = seen(feed)
    feed.show(two, one, two, two)
    assert seen(feed) == first
    assert feed.titles() == ["Ward 1", "Ward 2"]


def test_ids_that_no_database_could_hold_do_no_harm(feed: Feed) -> None:
    feed.show(*(Item(number=it, guid=f"{'g' * 100_000}\u0085{it} ") for it in range(3)))
    feed.show(*(Item(number=it, guid=f"{'g' * 100_000}\u0085{it} ") for it in range(3)))
    assert len(feed.stories()) == 3


# -- what else a feed does in its life


def test_an_entry_that_is_edited_over_and_over_is_one_article_without_a_past(feed: Feed) -> None:
    sizes = []
    for edit in range(300):
        feed.show(Item(number=1, guid="urn:1", title=f"Edit {edit % 10}", text=BODY.format(edit)))
        sizes.append(feed.pages())
    (story,) = feed.stories()
    assert (story.lead.text, feed.articles()) == (BODY.format(299), 1)
    assert story.sort_at < story.updated == feed.world.now
    assert sizes[-1] <= sizes[9] + 4


def test_a_feed_that_shrinks_to_nothing_loses_nothing(feed: Feed) -> None:
    feed.show(*(Item(number=it, guid=f"urn:{it}") for it in range(12)))
    before = seen(feed)
    for size in (5, 1, 0, 12):
        feed.show(*(Item(number=it, guid=f"urn:{it}") for it in range(size)))
        assert seen(feed) == before


def test_a_feed_replaced_by_another_keeps_the_stories_of_both(feed: Feed) -> None:
    feed.show(*(Item(number=it, guid=f"urn:{it}") for it in range(12)))
    before = seen(feed)
    feed.show(*(Item(number=it, guid=str(it)) for it in range(100, 112)))
    assert len(feed.stories()) == 24
    assert before.items() <= seen(feed).items()


def test_no_date_pins_an_entry_to_the_top(feed: Feed) -> None:
    feed.show(
        *(
            Item(number=number, guid=f"urn:{number}", date=date)
            for number, date in enumerate(
                ["Sat, 01 Jan 0000 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "", "soon", dated(0)]
            )
        )
    )
    feed.show(Item(number=9, guid="urn:9", date=format_datetime(feed.world.now)))
    assert feed.stories()[0].lead.title == "Ward 9"
    assert all(story.sort_at <= story.first_seen for story in feed.stories())


def test_dates_that_are_always_now_move_nothing(feed: Feed) -> None:
    for _ in range(3):
        now = format_datetime(feed.world.now)
        feed.show(*(Item(number=number, guid=f"urn:{number}", date=now) for number in range(3)))
        if len(feed.world.network.asked) == 1:
            before = seen(feed)
    assert seen(feed) == before
