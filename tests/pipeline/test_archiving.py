"""Whoever follows a feed back misses nothing, and what was in an archive document stays in it."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.builders import MOMENT
from support.simulation import A, B
from syndicator.model.placement import BEGINNING
from syndicator.model.settings import Channel
from syndicator.pipeline.archiving import Page, feed, file_away, pages
from syndicator.store import Store

ALL = Channel(id="all", limit=3, archive=6)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.write(tmp_path_factory.mktemp("archiving") / "syndicator.db")
    opened.adopt([A, B], {"a": MOMENT, "b": MOMENT})
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def empty(store: Store) -> None:
    clear(store)


def clear(store: Store) -> None:
    for table in ("archived", "articles", "stories"):
        store._db.execute(f"DELETE FROM {table}")
    store._db.execute("INSERT INTO words (words) VALUES ('delete-all')")


def add(store: Store, number: int, at: int, source: str = "a", language: str = "") -> None:
    """A story that came as the `number`th, and says that it is from then."""
    db = store._db
    db.execute("INSERT INTO stories VALUES (?, ?, ?, ?, ?, ?, 0, 1, 1)", (number, f"{number}", number, language, 0, at))
    db.execute(
        "INSERT INTO articles (id, source_id, key, story, reason, claimed, first_seen, length, found_hash, body)"
        " VALUES (?, ?, ?, ?, 'first', 0, 0, 0, x'', x'')",
        (number, source, str(number), number),
    )


def drop(store: Store, number: int) -> None:
    store._db.execute("DELETE FROM articles WHERE story = ?", (number,))
    store._db.execute("DELETE FROM stories WHERE id = ?", (number,))


def published(store: Store, channel: Channel = ALL, sources: list[str] | None = None) -> dict[str, Page]:
    file_away(store, channel, sources, BEGINNING)
    return {page.stem: page for page in pages(store, channel, sources)}


def numbers(page: Page) -> list[int]:
    return [number for number, _ in page.stories]


def reached(found: dict[str, Page], channel: Channel = ALL) -> set[int]:
    """What a reader finds who follows the feed back to its end."""
    seen, stem = set[int](), f"feeds/{channel.id}"
    for _ in range(len(found)):
        seen.update(numbers(found[stem]))
        stem = found[stem].older
    assert not stem  # each document is on the way, once
    return seen


def test_a_feed_that_shows_all_there_is_has_no_archive(store: Store) -> None:
    for number in range(1, 4):
        add(store, number, number)
    assert published(store) == {
        "feeds/all": Page(stem="feeds/all", stories=[(3, 1), (2, 1), (1, 1)], older="", is_feed=True)
    }


def test_what_leaves_the_feed_is_in_a_document_that_the_feed_leads_to(store: Store) -> None:
    for number in range(1, 5):
        add(store, number, number)
    found = published(store)
    assert [(stem, numbers(page), page.older, page.is_feed) for stem, page in found.items()] == [
        ("feeds/all/1", [3, 2, 1], "", False),
        ("feeds/all", [4, 3, 2], "feeds/all/1", True),
    ]


def test_a_document_is_not_made_for_each_story(store: Store) -> None:
    for number in range(1, 200):
        add(store, number, number)
        found = published(store)
        assert reached(found) >= set(range(max(1, number - 8), number + 1))
        assert all(len(page.stories) == 3 for page in [*found.values()][:-1])
    assert len(set(store.archived("all", range(200)).values())) == 66


def test_a_story_that_says_it_is_older_than_all_in_the_feed_is_not_lost(store: Store) -> None:
    for number in range(1, 4):
        add(store, number, 10 * number)
    add(store, 4, 5)
    found = published(store)
    assert 4 not in numbers(found["feeds/all"])
    assert reached(found) == {1, 2, 3, 4}


def test_a_story_that_comes_late_is_in_the_feed_until_a_document_is_full(store: Store) -> None:
    for number in range(1, 5):
        add(store, number, 10 * number)
    published(store)
    add(store, 5, 5)
    found = published(store)
    assert numbers(found["feeds/all"]) == [4, 3, 2, 5]
    add(store, 6, 6)
    found = published(store)
    assert (numbers(found["feeds/all/2"]), numbers(found["feeds/all"])) == ([4, 6, 5], [4, 3, 2])


def test_a_document_knows_the_one_that_was_made_after_it(store: Store) -> None:
    for number in range(1, 11):
        add(store, number, number)
    newer = {stem: page.newer for stem, page in published(store).items()}
    assert newer == {"feeds/all/1": "feeds/all/2", "feeds/all/2": "", "feeds/all": ""}


def test_documents_with_nothing_within_reach_are_given_up_the_others_stay_whole(store: Store) -> None:
    for number in range(1, 15):
        add(store, number, number)
        found = published(store)
    assert [numbers(page) for page in found.values()] == [[6, 5, 4], [9, 8, 7], [12, 11, 10], [14, 13, 12]]
    assert [page.older for page in found.values()] == ["", "feeds/all/2", "feeds/all/3", "feeds/all/4"]


def test_a_channel_without_an_archive_writes_nothing_down(store: Store) -> None:
    for number in range(1, 9):
        add(store, number, number)
    before = store.changes
    assert list(published(store, Channel(id="all", limit=3))) == ["feeds/all"]
    assert store.changes == before


def test_a_channel_archives_only_what_fits_it(store: Store) -> None:
    for number in range(1, 13):
        add(store, number, number, source="ab"[number % 2], language="ru" if number % 3 else "en")
    channel = Channel(id="b", limit=2, archive=9, languages=("ru",))
    assert reached(published(store, channel, ["b"]), channel) == {1, 5, 7, 11}


def test_what_does_not_fit_any_more_is_not_shown_also_in_what_is_archived(store: Store) -> None:
    for number in range(1, 9):
        add(store, number, number, source="ab"[number % 2])
    assert reached(published(store)) == set(range(1, 9))
    found = published(store, ALL, ["b"])
    assert reached(found) == {1, 3, 5, 7}


def test_what_is_excluded_is_neither_shown_nor_archived(store: Store) -> None:
    for number in range(1, 13):
        add(store, number, number)
    store._db.execute("INSERT INTO words (rowid, title, body) VALUES (4, 'Футбол', ''), (12, 'Хоккей', '')")
    channel = Channel(id="b", limit=2, archive=20, exclude="футбол OR хоккей")
    assert reached(published(store, channel), channel) == {*range(1, 12)} - {4}
    assert reached(published(store, Channel(id="b", limit=2, archive=20)), channel) == {*range(1, 13)}


Happening = tuple[str, int]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("comes"), st.integers(0, 30)),
            st.tuples(st.just("goes"), st.integers(1, 30)),
            st.tuples(st.just("published"), st.just(0)),
        ),
        max_size=60,
    ),
    st.integers(1, 4),
    st.integers(1, 9),
)
def test_nothing_is_out_of_reach_and_no_document_changes(
    store: Store, happenings: list[Happening], limit: int, archive: int
) -> None:
    clear(store)
    channel = Channel(id="all", limit=limit, archive=archive)
    dates, gone, before = dict[int, int](), set[int](), dict[str, list[int]]()
    for what, number in [*happenings, ("published", 0)]:
        if what == "comes":
            dates[len(dates) + 1] = number
            add(store, len(dates), number)
        elif what == "goes" and number in dates and number not in gone:
            gone.add(number)
            drop(store, number)
        elif what == "published":
            found = published(store, channel)
            newest = sorted(dates.keys() - gone, key=lambda it: (dates[it], it), reverse=True)
            feed = numbers(found["feeds/all"])
            assert feed[:limit] == newest[:limit]
            assert len(feed) < 2 * limit
            assert reached(found, channel) >= set(newest[: limit + archive])
            archived = {stem: numbers(page) for stem, page in found.items() if not page.is_feed}
            shown = [number for it in archived.values() for number in it]
            assert len(shown) == len(set(shown))
            for stem in archived.keys() & before.keys():
                assert archived[stem] == [number for number in before[stem] if number not in gone]
            before |= archived


@given(st.lists(st.integers(0, 30), min_size=1, max_size=25), st.integers(0, 25))
@settings(max_examples=40)
def test_the_feed_is_known_before_what_has_left_it_is_filed_away(store: Store, dates: list[int], early: int) -> None:
    clear(store)
    for number, at in enumerate(dates[:early], 1):
        add(store, number, at)
    file_away(store, ALL, None, BEGINNING)
    for number, at in enumerate(dates[early:], early + 1):
        add(store, number, at)
    before = store.changes
    foreseen = feed(store, ALL, None)
    assert store.changes == before
    assert numbers(foreseen) == numbers(published(store)["feeds/all"])
