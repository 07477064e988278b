"""The index of sketches (`text.likeness`), which finds stored texts that share many words with a new one.

Each hash of a sketch is a row, as long as copies of the article may still arrive. An article is found if it shares two
rare hashes, or five common ones: a hash that many texts share, as that of an idiom, is weak evidence.
"""

from collections import Counter
from datetime import timedelta
from sqlite3 import Connection, Row

from syndicator.store import counters
from syndicator.text.likeness import SKETCH_SIZE, hashes

WINDOW = timedelta(days=14)
"""The longest time after an article was first seen in which a nearly equal one is taken for its copy."""
MOST_FOUND = 8
"""The most articles whose texts are compared with a new one's."""

_ENOUGH = 10  # the least sum of weights of shared hashes by which an article is found
_RARE, _COMMON = 5, 2  # weights of a shared hash: two rare ones are enough, or five common ones
_MANY = 20  # the least articles with the same hash that make it common
_MOST_OF_HASH = 50  # the most articles that are read for one hash: the newest
_MOST_EXPIRED = 500  # the most articles that are examined for removal in one transaction

_ONE_HASH = (
    "(SELECT group_concat(article, ' ') FROM"
    f" (SELECT article FROM prints WHERE hash = ? ORDER BY article DESC LIMIT {_MOST_OF_HASH}))"
)
_FOLLOWING = "SELECT id, first_seen, sketch FROM articles WHERE id > ? ORDER BY id LIMIT ?"
_NEXT_DATED = "SELECT first_seen FROM articles WHERE id > ? AND first_seen <= ? ORDER BY id LIMIT 1"
_SHARING = {count: f"SELECT {', '.join([_ONE_HASH] * count)}" for count in range(1, SKETCH_SIZE + 1)}
"""Queries for one row with the articles of each hash, joined in a text; reading a row for each takes twice as long."""


def create(db: Connection) -> None:
    """Create the index."""
    db.execute("CREATE TABLE prints (hash INTEGER, article INTEGER, PRIMARY KEY (hash, article)) STRICT, WITHOUT ROWID")
    counters.put(db, "sketched", 0)


def write(db: Connection, article: int, sketch: bytes) -> None:
    """Add an article to the index."""
    db.executemany("INSERT OR IGNORE INTO prints VALUES (?, ?)", [(it, article) for it in hashes(sketch)])


def forget(db: Connection, article: int, sketch: bytes) -> None:
    """Remove an article from the index."""
    db.executemany("DELETE FROM prints WHERE hash = ? AND article = ?", [(it, article) for it in hashes(sketch)])


def change(db: Connection, article: int, before: bytes, after: bytes) -> None:
    """Replace an article's sketch in the index, if it has changed and the article is still in the index."""
    if before != after and not is_past(db, article):
        forget(db, article, before)
        write(db, article, after)


def sharing(db: Connection, sketch: bytes) -> list[int]:
    """Return the articles that share the most with a sketch, the one that shares most first."""
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
    for articles in having if several else ():  # mostly, none shares several hashes, and one is never enough
        weight = _RARE if len(articles) < _MANY else _COMMON
        for it in several.intersection(articles):
            counts[it] += weight
    found = sorted((-count, int(article)) for article, count in counts.items() if count >= _ENOUGH)
    return [article for _, article in found[:MOST_FOUND]]


def is_past(db: Connection, article: int) -> bool:
    """Whether an article is so old that it was removed from the index."""
    return article <= counters.get(db, "sketched")


def expire(db: Connection, before: int, now: int) -> int:
    """Remove articles from the index that were first seen too long ago, some at a time, in the order of arrival.

    An article that was first seen in the future arrived while the clock was ahead. It is at least as old as the next
    article that was not first seen in the future, and stays until that is too old.

    Args:
        db: The database with the index.
        before: Articles first seen before this are removed; in milliseconds since 1970.
        now: The time of the step, in milliseconds since 1970.

    Returns:
        How many were removed.
    """
    last = counters.get(db, "sketched")
    past, undated = list[Row](), list[Row]()
    for row in db.execute(_FOLLOWING, (last, _MOST_EXPIRED)):  # nearly always, the first one is not too old
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
