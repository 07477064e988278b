"""The index of sketches (`text.likeness`): which stored texts share many words with a new one.

Each hash of a sketch is a row, for as long as an article's copies may still come. An article is found by two hashes
that it shares, or by five of those that many share: an idiom's tells little.
"""

from collections import Counter
from datetime import timedelta
from sqlite3 import Connection, Row

from syndicator.store import counters
from syndicator.text.likeness import SKETCH_SIZE, hashes

WINDOW = timedelta(days=14)
"""So long after an article was first seen a nearly equal one is taken for its copy."""
MOST_FOUND = 8
"""Articles whose texts are compared with a new one's."""

_ENOUGH = 10
_RARE, _COMMON = 5, 2  # what a shared hash counts: two rare ones are enough, or five that many have
_MANY = 20  # articles
_MOST_OF_HASH = 50
_MOST_EXPIRED = 500  # in one transaction

_ONE_HASH = (
    "(SELECT group_concat(article, ' ') FROM"
    f" (SELECT article FROM prints WHERE hash = ? ORDER BY article DESC LIMIT {_MOST_OF_HASH}))"
)
_FOLLOWING = "SELECT id, first_seen, sketch FROM articles WHERE id > ? ORDER BY id LIMIT ?"
_NEXT_DATED = "SELECT first_seen FROM articles WHERE id > ? AND first_seen <= ? ORDER BY id LIMIT 1"
_SHARING = {count: f"SELECT {', '.join([_ONE_HASH] * count)}" for count in range(1, SKETCH_SIZE + 1)}
"""One row with the articles of each hash, written in one line: to read as many rows takes twice as long."""


def create(db: Connection) -> None:
    """Make the index."""
    db.execute("CREATE TABLE prints (hash INTEGER, article INTEGER, PRIMARY KEY (hash, article)) STRICT, WITHOUT ROWID")
    counters.put(db, "sketched", 0)


def write(db: Connection, article: int, sketch: bytes) -> None:
    """Make an article be found."""
    db.executemany("INSERT OR IGNORE INTO prints VALUES (?, ?)", [(it, article) for it in hashes(sketch)])


def forget(db: Connection, article: int, sketch: bytes) -> None:
    """Let an article be found no more."""
    db.executemany("DELETE FROM prints WHERE hash = ? AND article = ?", [(it, article) for it in hashes(sketch)])


def change(db: Connection, article: int, before: bytes, after: bytes) -> None:
    """Let an article that is still found be found by another sketch than before, if it has another."""
    if before != after and not is_past(db, article):
        forget(db, article, before)
        write(db, article, after)


def sharing(db: Connection, sketch: bytes) -> list[int]:
    """Articles that share the most with a sketch, those first."""
    wanted = hashes(sketch)
    if not wanted:
        return []
    row = db.execute(_SHARING[len(wanted)], wanted).fetchone()
    having = [articles.split() for articles in row if articles]
    met, several = set[str](), set[str]()
    for articles in having:
        several.update(met.intersection(articles))
        met.update(articles)
    counts = Counter[str]()
    for articles in having if several else ():  # for most there is none: one hash is never enough
        weight = _RARE if len(articles) < _MANY else _COMMON
        for it in several.intersection(articles):
            counts[it] += weight
    found = sorted((-count, int(article)) for article, count in counts.items() if count >= _ENOUGH)
    return [article for _, article in found[:MOST_FOUND]]


def is_past(db: Connection, article: int) -> bool:
    """Whether an article is too old to be found, and has been forgotten."""
    return article <= counters.get(db, "sketched")


def expire(db: Connection, before: int, now: int) -> int:
    """Forget articles that were first seen too long ago, some at a time, in the order of arrival.

    One that was first seen in the future came while the clock was ahead: as long ago as the next one that was not, or
    longer. Until that is too old, it stays.

    Args:
        db: With the index.
        before: Milliseconds since 1970: what was first seen earlier is forgotten.
        now: The step's time, likewise.

    Returns:
        How many have been forgotten.
    """
    last = counters.get(db, "sketched")
    past, undated = list[Row](), list[Row]()
    for row in db.execute(_FOLLOWING, (last, _MOST_EXPIRED)):  # nearly always, the first is not past
        undated.append(row)
        if before <= row["first_seen"] <= now:
            break
        if row["first_seen"] <= now:
            past += undated
            undated.clear()
    if len(undated) == _MOST_EXPIRED and _is_next_past(db, undated[-1]["id"], before, now):
        past = undated
    if past:
        for number, _, sketch in past:
            forget(db, number, sketch)
        counters.put(db, "sketched", past[-1]["id"])
    return len(past)


def _is_next_past(db: Connection, last: int, before: int, now: int) -> bool:
    """Whether the next article that was not first seen in the future is too old."""
    found = db.execute(_NEXT_DATED, (last, now)).fetchone()
    return found is not None and found["first_seen"] < before
