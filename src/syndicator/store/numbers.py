"""Numbers of articles and stories: what had one that is gone, its number is never given again."""

from sqlite3 import Connection


def newest(db: Connection, table: str) -> int:
    """The highest number that was ever given in a table of ours; 0: none."""
    (there,) = db.execute(f"SELECT max(id) FROM {table}").fetchone()  # our names
    gone = db.execute("SELECT value FROM counters WHERE name = ?", (table,)).fetchone()
    return max(int(there or 0), int(gone[0]) if gone else 0)


def keep(db: Connection, table: str, number: int) -> None:
    """Remember a number that is about to be gone."""
    db.execute(
        "INSERT INTO counters (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)",
        (table, number),
    )
