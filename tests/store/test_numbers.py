"""Numbers are given once."""

import sqlite3
from contextlib import closing

from syndicator.store import numbers


def test_the_number_of_what_is_gone_is_not_given_again() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL)")
        db.execute("CREATE TABLE stories (id INTEGER PRIMARY KEY)")
        assert numbers.newest(db, "stories") == 0
        db.executemany("INSERT INTO stories VALUES (?)", [(1,), (2,), (3,)])
        for number in (3, 2):
            numbers.keep(db, "stories", number)
            db.execute("DELETE FROM stories WHERE id = ?", (number,))
        assert numbers.newest(db, "stories") == 3
        db.execute("INSERT INTO stories VALUES (4)")
        assert numbers.newest(db, "stories") == 4
