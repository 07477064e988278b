"""Stories, read: what is found does not depend on how it is looked for, nor the work on what else is stored."""

from collections.abc import Callable

import pytest

from support.builders import make_article
from syndicator.model.placement import Placement
from syndicator.store import Store, rows, search

Write = Callable[..., Placement]

MANY = 12_000
RARE = 3_000
"""Each story of such a number is of the source that has little."""


@pytest.fixture
def full(store: Store) -> Store:
    """A store of many stories; what is old has low numbers."""
    db = store._db
    db.execute("BEGIN")
    stories = "INSERT INTO stories VALUES (?, ?, ?, '', ?, ?, 0, 1, 0)"
    db.executemany(stories, ((it, f"urn:x:{it}", it, it, it) for it in range(1, MANY)))
    articles = (
        "INSERT INTO articles (id, source_id, key, story, reason, claimed, first_seen, length, found_hash, body)"
        " VALUES (?, ?, ?, ?, 'first', 0, 0, 0, x'', x'')"
    )
    db.executemany(articles, ((it, "daily" if it % RARE else "other", str(it), it) for it in range(1, MANY)))
    db.execute("COMMIT")
    return store


def steps(store: Store, **what: object) -> int:
    """Hundreds of steps of SQLite's machine that a look takes."""
    taken = list[int]()
    store._db.set_progress_handler(lambda: taken.append(1), 100)
    store.select(**what)
    store._db.set_progress_handler(None, 0)
    return len(taken)


def test_stories_of_sources_are_found_wherever_they_are(full: Store) -> None:
    for sources in (["daily"], ["other"], ["other", "daily"], ["nobody"], []):
        there = full._db.execute(
            "SELECT story FROM articles WHERE source_id IN (SELECT value FROM json_each(?)) ORDER BY story DESC",
            (rows.many(sources),),
        )
        wanted = [row[0] for row in there]
        for limit in (1, 2, 3, 50):
            assert [number for number, _ in full.select(sources=sources, limit=limit)] == wanted[:limit]


def test_the_few_stories_of_a_source_are_found_however_many_others_there_are(full: Store) -> None:
    among_many = steps(full, sources=["other"], limit=50)
    full._db.execute("DELETE FROM articles WHERE id < 8000")
    full._db.execute("DELETE FROM stories WHERE id < 8000")
    assert among_many < 1.2 * steps(full, sources=["other"], limit=50)


def test_stories_are_found_among_those_that_are_asked_about(full: Store) -> None:
    for sources in (None, ["daily"]):
        assert full.select(sources=sources, among=[7, 5, 6, 99_999], limit=9) == [(7, 1), (6, 1), (5, 1)]
    assert full.select(sources=["other"], among=[7, RARE], limit=9) == [(RARE, 1)]
    assert full.select(among=[7, 5, 6], limit=2) == [(7, 1), (6, 1)]
    assert full.select(among=[], limit=9) == []


def test_what_is_asked_about_is_found_however_much_else_is_stored(full: Store) -> None:
    for sources in (None, ["daily", "other"]):
        assert steps(full, sources=sources, among=range(50), limit=50) < 30


def test_what_is_excluded_does_not_fit_however_it_fits_else(store: Store, write: Write) -> None:
    for number, (title, text) in enumerate(
        [
            ("Снег в Москве", "Ещё идёт снег."),
            ("Футбол: снег не помеха", "Матч."),
            ("Хоккей", "Снег."),
            ("Рубль", "Курс."),
        ]
    ):
        write(
            make_article(key=str(number), guid=str(number), url=f"https://a.example/{number}", title=title, text=text)
        )

    def found(match: str = "", exclude: str = "", among: list[int] | None = None) -> list[str]:
        numbers = [number for number, _ in store.select(match=match, exclude=exclude, among=among, limit=9)]
        return sorted(story.lead.title.split()[0].rstrip(":") for story in store.stories(numbers))

    assert found(exclude="футбол OR хоккей") == ["Рубль", "Снег"]
    assert found(match="снег", exclude="футбол OR хоккей") == ["Снег"]
    assert found(exclude="title : снег") == ["Рубль", "Хоккей"]
    assert found(exclude="еще") == found(exclude="ещё") == ["Рубль", "Футбол", "Хоккей"]
    assert found(exclude="нет такого") == found()
    assert found(exclude="снег", among=[1, 4]) == ["Рубль"]


def test_what_is_excluded_is_not_shown_for_a_while_as_the_index_is_made_anew(store: Store, write: Write) -> None:
    for key, title in (("1", "Снег в Москве"), ("2", "Футбол")):
        write(make_article(key=key, guid=key, url=f"https://a.example/{key}", title=title, text=title))
    (shown,) = store.select(exclude="футбол", limit=9)
    search.create_index(store._db)
    assert store.select(exclude="футбол", limit=9) == []
    store.index(9)
    assert store.select(exclude="футбол", limit=9) == [shown]
