"""The store's own words: which stories fit, what is in the index, what is remembered."""

import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.builders import MOMENT, make_article, make_source
from syndicator.dedup import place, substance
from syndicator.model.rights import Rights
from syndicator.store import Store
from syndicator.store.search import create_index

Write = Callable[..., object]
DAY = timedelta(days=1)


def titles(store: Store, **what: object) -> list[str]:
    numbers = [number for number, _ in store.select(**{"limit": 99, **what})]
    return [story.lead.title for story in store.stories(numbers)]


def fill(write: Write) -> None:
    """Three stories, the newest first: one of them in Russian, one of another source."""
    for days, (title, source, language) in enumerate(
        [("Новости метро: всё ещё закрыто", "daily", "ru-RU"), ("The river", "other", "en"), ("Old news", "daily", "")]
    ):
        write(
            make_article(
                key=title,
                guid=f"urn:x:{days}",
                source_id=source,
                title=title,
                text=f"{title} body",
                canonical_url=f"https://{source}.example/{days}",
                language=language,
                published=MOMENT - days * DAY,
            )
        )


class TestSelecting:
    def test_gives_the_newest_first(self, store: Store, write: Write) -> None:
        fill(write)
        assert titles(store) == ["Новости метро: всё ещё закрыто", "The river", "Old news"]
        assert titles(store, limit=1) == ["Новости метро: всё ещё закрыто"]

    def test_by_source_and_language(self, store: Store, write: Write) -> None:
        fill(write)
        assert titles(store, sources=["other"]) == ["The river"]
        assert titles(store, sources=[]) == []
        assert titles(store, languages=["ru"]) == ["Новости метро: всё ещё закрыто"]
        assert titles(store, languages=["en", "ru"]) == ["Новости метро: всё ещё закрыто", "The river"]

    def test_by_words_also_where_the_query_spells_yo_otherwise(self, store: Store, write: Write) -> None:
        fill(write)
        for query in ("все еще", "всё ещё", "ВСЁ", "метро", "метр*", '"всё ещё"'):
            assert titles(store, match=query) == ["Новости метро: всё ещё закрыто"], query
        assert titles(store, match="river NOT news") == ["The river"]

    def test_words_of_a_changed_story_are_found_and_its_old_ones_are_not(self, store: Store, write: Write) -> None:
        write(make_article(title="Before", text="Before", found_hash=b"1"))
        write(make_article(title="After", text="After", found_hash=b"2"))
        assert titles(store, match="after") == ["After"]
        assert titles(store, match="before") == []


WORDS = st.lists(st.sampled_from(["метро", "ещё", "The river", "Élan", "", "1 < 2", "№ 5"]), max_size=4).map(" ".join)
EDITS = st.tuples(st.sampled_from(["daily", "other"]), st.sampled_from("ab"), WORDS, WORDS, st.booleans())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDITS, max_size=12))
def test_the_index_holds_the_words_that_it_would_hold_if_it_were_made_anew(tmp_path: Path, edits: list[Any]) -> None:
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder, closing(Store.write(Path(folder) / "s.db")) as store:
        sources = [make_source(), make_source(id="other", url="https://other.example/rss")]
        store.adopt(sources, {source.id: MOMENT for source in sources})
        for number, (source, key, title, text, claimed) in enumerate(edits):
            article = make_article(
                source_id=source,
                key=key,
                guid=key,
                title=title,
                text=text * 9,
                claimed=claimed,
                canonical_url=f"https://x.example/{key}",
                found_hash=bytes([number]),
            )
            with store.recording(MOMENT) as recording:
                known = recording.known(source, key)
                placement = place(article, known, [] if known else recording.candidates(article))
                recording.write(article, placement, substance(article))
        store._db.execute("CREATE VIRTUAL TABLE temp.held USING fts5vocab('main', 'words', 'instance')")
        held = sorted(map(tuple, store._db.execute("SELECT doc, col, term, offset FROM held")))
        create_index(store._db)
        while store.index(1):
            pass
        assert sorted(map(tuple, store._db.execute("SELECT doc, col, term, offset FROM held"))) == held


def test_an_index_made_anew_catches_up_and_that_is_a_change(store: Store, write: Write) -> None:
    fill(write)
    create_index(store._db)
    before = store.revision()
    assert titles(store, match="river") == []
    store.index(99)
    assert titles(store, match="river") == ["The river"]
    assert store.revision() > before, "a channel that matches words would else stay without them"
    before = store.revision()
    store.index(99)
    assert store.revision() == before


def test_a_copy_that_a_source_shows_under_two_guids_is_told_once(store: Store, write: Write) -> None:
    write(make_article(key="1"))
    write(make_article(key="2", guid="urn:x:2"))
    for story in store.stories([1]):
        assert [copy.source_id for copy in story.copies] == ["daily"]


@pytest.mark.parametrize(
    ("terms", "hidden"),
    [(Rights(robots=("nosnippet",)), False), (Rights(robots=("noindex",)), True), (Rights(), False)],
)
def test_a_copy_tells_whether_its_page_must_not_be_named(
    store: Store, write: Write, terms: Rights, hidden: bool
) -> None:
    write(make_article(url_key=b"u" * 16))
    write(make_article(source_id="other", url="https://other.example/1", url_key=b"u" * 16, terms=terms))
    (story,) = store.stories([1])
    assert [it.hidden for it in story.copies] == [False, hidden]


def test_what_was_published_is_remembered(store: Store) -> None:
    store.has_published({"feeds/all.rss": b"1", "index.html": b"2"}, [])
    store.has_published({"index.html": b"3"}, ["feeds/all.rss"])
    assert store.published() == {"index.html": b"3"}
