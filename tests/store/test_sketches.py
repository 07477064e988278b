"""The index of sketches."""

import sqlite3
from collections.abc import Iterator
from struct import pack

import pytest

from syndicator.store import sketches
from syndicator.text.likeness import SKETCH_SIZE, SKETCH_VERSION


def sketch(*hashes: int) -> bytes:
    return bytes([SKETCH_VERSION]) + pack(f">{len(hashes)}I", *hashes)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    connection.execute("CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER)")
    connection.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, first_seen INTEGER, sketch BLOB)")
    sketches.create(connection)
    yield connection
    connection.close()


def add(db: sqlite3.Connection, number: int, *hashes: int, first_seen: int = 0) -> None:
    db.execute("INSERT INTO articles VALUES (?, ?, ?)", (number, first_seen, sketch(*hashes)))
    sketches.write(db, number, sketch(*hashes))


def test_who_shares_most_comes_first_and_one_hash_is_nothing(db: sqlite3.Connection) -> None:
    add(db, 1, 1, 2, 3, 4)
    add(db, 2, 1, 2, 30, 40)
    add(db, 3, 1, 20, 30, 40)
    assert sketches.sharing(db, sketch(1, 2, 3, 5)) == [1, 2]
    assert sketches.sharing(db, sketch(1)) == []
    assert sketches.sharing(db, b"") == []


def test_an_idiom_brings_nobody_together_but_a_text_that_many_have_does(db: sqlite3.Connection) -> None:
    for number in range(1, 400):
        add(db, number, 5, 6, 7, 8, 9, 1000 + number, 2000 + number)
    rest = range(100, 100 + SKETCH_SIZE - 5)
    assert sketches.sharing(db, sketch(6, 7, 8, 9, *rest)) == []
    found = sketches.sharing(db, sketch(5, 6, 7, 8, 9, *rest))
    assert len(found) == sketches.MOST_FOUND
    assert min(found) > 300
    assert sketches.sharing(db, sketch(1007, 2007, *rest)) == [7]


def test_what_is_forgotten_is_found_no_more_and_what_shares_its_words_still_is(db: sqlite3.Connection) -> None:
    add(db, 1, 1, 2, 3)
    add(db, 2, 2, 3, 4)
    sketches.forget(db, 1, sketch(1, 2, 3))
    assert sketches.sharing(db, sketch(1, 2, 3)) == [2]
    assert db.execute("SELECT count(*) FROM prints").fetchone()[0] == 3


def test_an_article_that_is_changed_is_found_by_what_it_says_now_if_it_is_still_looked_for(
    db: sqlite3.Connection,
) -> None:
    add(db, 1, 1, 2, 3)
    sketches.change(db, 1, sketch(1, 2, 3), sketch(7, 8, 9))
    assert sketches.sharing(db, sketch(1, 2, 3)) == []
    assert sketches.sharing(db, sketch(7, 8, 9)) == [1]
    db.execute("UPDATE counters SET value = 1 WHERE name = 'sketched'")
    sketches.change(db, 1, sketch(7, 8, 9), sketch(4, 5, 6))
    assert sketches.sharing(db, sketch(4, 5, 6)) == [], "it is too old"


def test_articles_expire_in_the_order_of_arrival(db: sqlite3.Connection) -> None:
    for number in range(1, 1201):
        add(db, number, number, number + 10_000, first_seen=number)
    db.execute("INSERT INTO counters VALUES ('asking', 7)")
    assert [sketches.expire(db, 1101, 1200) for _ in range(4)] == [500, 500, 100, 0]
    assert db.execute("SELECT value FROM counters WHERE name = 'asking'").fetchone()[0] == 7
    left = [row[0] for row in db.execute("SELECT DISTINCT article FROM prints ORDER BY article")]
    assert left == list(range(1101, 1201))
    sketches.expire(db, 1101, 1200)
    assert sketches.sharing(db, sketch(1150, 11_150)) == [1150]


@pytest.mark.parametrize("ahead", [1, 2, 600])
def test_articles_that_came_while_the_clock_was_ahead_expire_with_those_that_came_next(
    db: sqlite3.Connection, ahead: int
) -> None:
    add(db, 1, 1, 10_001, first_seen=100)
    for number in range(2, 2 + ahead):
        add(db, number, number, number + 10_000, first_seen=9_000)
    last = 2 + ahead
    add(db, last, last, last + 10_000, first_seen=150)
    add(db, last + 1, last + 1, last + 10_001, first_seen=9_000)

    def found() -> list[int]:
        return [row[0] for row in db.execute("SELECT DISTINCT article FROM prints ORDER BY article")]

    for _ in range(3):
        sketches.expire(db, 140, 200)
    assert found() == list(range(2, last + 2)), "what came between one that is old and one that is not may be young"
    for _ in range(3):
        sketches.expire(db, 160, 220)
    assert found() == [last + 1], "nothing has come since then that tells how old this one is"
    add(db, last + 2, last + 2, last + 10_002, first_seen=170)
    sketches.expire(db, 180, 240)
    assert found() == []
    assert sketches.is_past(db, last + 2)
