"""Numbers of articles and stories: what had one that is gone, its number is never given again."""

from sqlite3 import Connection

from syndicator.store import counters


def newest(db: Connection, table: str) -> int:
    """The highest number that was ever given in a table of ours; 0: none."""
    (there,) = db.execute(f"SELECT max(id) FROM {table}").fetchone()  # our names
    return max(there or 0, counters.get(db, table))


def keep(db: Connection, table: str, number: int) -> None:
    """Remember a number that is about to be gone."""
    counters.put(db, table, max(number, counters.get(db, table)))
