"""Numbers of articles and stories; the number of one that was deleted is never given again."""

from sqlite3 import Connection

from syndicator.store import counters


def newest(db: Connection, table: str) -> int:
    """Return the highest number that was ever given in a table; 0 if none was."""
    (there,) = db.execute(f"SELECT max(id) FROM {table}").fetchone()  # names are ours
    return max(there or 0, counters.get(db, table))


def keep(db: Connection, table: str, number: int) -> None:
    """Remember the number of a row that is about to be deleted."""
    counters.put(db, table, max(number, counters.get(db, table)))
