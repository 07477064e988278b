"""The index of sketches (`text.likeness`): which stored texts share many words with a new one.

Each hash of a sketch is a row, for as long as an article's copies may still come. An article is found by two hashes
that it shares; hashes that very many share, of an idiom, tell nothing, and only their newest articles are looked at.
"""

from datetime import timedelta
from sqlite3 import Connection

from syndicator.text.likeness import SKETCH_SIZE, hashes

WINDOW = timedelta(days=14)
"""So long after an article was first seen a nearly equal one is taken for its copy."""
FEWEST_SHARED = 2
MOST_FOUND = 8
"""Articles whose texts are compared with a new one's."""

_MOST_OF_HASH = 50
_MOST_EXPIRED = 500  # in one transaction

_ONE_HASH = f"SELECT * FROM (SELECT article FROM prints WHERE hash = ? ORDER BY article DESC LIMIT {_MOST_OF_HASH})"
_FOLLOWING = "SELECT id, first_seen, sketch FROM articles WHERE id > ? ORDER BY id LIMIT ?"
_SHARING = {
    count: f"SELECT article, count(*) AS shared FROM ({' UNION ALL '.join([_ONE_HASH] * count)})"
    f" GROUP BY article HAVING shared >= {FEWEST_SHARED} ORDER BY shared DESC, article LIMIT {MOST_FOUND}"
    for count in range(FEWEST_SHARED, SKETCH_SIZE + 1)
}


def create(db: Connection) -> None:
    """Make the index."""
    db.execute("CREATE TABLE prints (hash INTEGER, article INTEGER, PRIMARY KEY (hash, article)) STRICT, WITHOUT ROWID")
    db.execute("INSERT INTO counters (name, value) VALUES ('sketched', 0)")


def write(db: Connection, article: int, sketch: bytes) -> None:
    """Make an article be found."""
    db.executemany("INSERT OR IGNORE INTO prints VALUES (?, ?)", [(it, article) for it in hashes(sketch)])


def forget(db: Connection, article: int, sketch: bytes) -> None:
    """Let an article be found no more."""
    db.executemany("DELETE FROM prints WHERE hash = ? AND article = ?", [(it, article) for it in hashes(sketch)])


def sharing(db: Connection, sketch: bytes) -> list[int]:
    """Articles that share the most with a sketch, those first."""
    found = hashes(sketch)
    if len(found) < FEWEST_SHARED:
        return []
    return [row[0] for row in db.execute(_SHARING[len(found)], found)]


def is_past(db: Connection, article: int) -> bool:
    """Whether an article is too old to be found, and has been forgotten."""
    (last,) = db.execute("SELECT value FROM counters WHERE name = 'sketched'").fetchone()
    return article <= int(last)


def expire(db: Connection, before: int) -> None:
    """Forget articles that were first seen before a moment (milliseconds), some at a time, in the order of arrival."""
    (last,) = db.execute("SELECT value FROM counters WHERE name = 'sketched'").fetchone()
    oldest = db.execute(_FOLLOWING, (last, 1)).fetchone()
    if oldest is None or oldest["first_seen"] >= before:
        return
    for number, first_seen, sketch in db.execute(_FOLLOWING, (last, _MOST_EXPIRED)).fetchall():
        if first_seen >= before:
            break
        forget(db, number, sketch)
        last = number
    db.execute("UPDATE counters SET value = ? WHERE name = 'sketched'", (last,))
