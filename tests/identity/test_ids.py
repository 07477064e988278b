"""Sources whose ids are equal, missing, or of another scheme each time: each entry is one story, for ever."""

from collections.abc import Callable
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from support.identity import Feed, Item, dated, polled, seen

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
            st.sets(st.integers(0, 11), min_size=1),
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
