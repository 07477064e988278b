"""Edits and other entries that look like edits, and what else a feed does in its life."""

from collections.abc import Callable
from email.utils import format_datetime

import pytest

from support.identity import BODY, Feed, Item, dated, seen


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


# -- without ids, one at a time, under one link

SHARED = ["https://a.example/", "https://a.example/news", "https://a.example/section/?page=1"]


@pytest.mark.parametrize("link", SHARED)
@pytest.mark.parametrize("date", [lambda _: "", dated])
def test_entries_without_ids_that_are_shown_one_at_a_time_under_one_link_are_all_kept(
    feed: Feed, link: str, date: Callable[[int], str]
) -> None:
    items = [Item(number=it, link=link, date=date(it)) for it in range(5)]
    for item in items:
        feed.show(item)
    before = seen(feed)
    assert feed.titles() == [f"Ward {number}" for number in range(5)]
    for shown in (items, items[:1], items[3:4], items[1:3]):
        feed.show(*shown)
        assert seen(feed) == before
    assert len(feed.stories()) == feed.articles() == 5


def test_two_entries_without_ids_each_under_the_link_of_another_are_news(feed: Feed) -> None:
    for first in (0, 2, 4):
        feed.show(*(Item(number=it, link=f"https://a.example/section/{it % 2}") for it in (first, first + 1)))
    assert feed.titles() == [f"Ward {number}" for number in range(6)]


@pytest.mark.parametrize(
    "edit",
    [
        {"title": "Another headline"},
        {"text": "Quite other words, at length: " + BODY.format(9)},
        {"date": dated(5)},
        {"title": "WARD 1!", "text": "Quite other words."},
    ],
)
@pytest.mark.parametrize("link", SHARED)
def test_an_edit_of_the_title_or_of_the_text_is_no_other_entry(feed: Feed, link: str, edit: dict[str, str]) -> None:
    feed.show(Item(number=1, link=link))
    (before,) = feed.stories()
    feed.show(Item(**{"number": 1, "link": link} | edit))
    (after,) = feed.stories()
    assert after.guid == before.guid
    assert (after.updated > before.updated) == (edit.keys() != {"date"})


def test_where_links_tell_entries_apart_title_and_text_may_both_be_edited(feed: Feed) -> None:
    items = [Item(number=it, link=f"https://a.example/{it}") for it in range(10)]
    feed.show(*items)
    feed.show(Item(number=0, link="https://a.example/0", title="Another headline", text="Other words."), *items[1:])
    assert len(feed.stories()) == feed.articles() == 10
    assert "Another headline" in feed.titles()
