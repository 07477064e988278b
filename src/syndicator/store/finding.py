"""Stories as people name them: by number, public id or address; and all that is held of one."""

from collections.abc import Iterable
from sqlite3 import Connection

from syndicator.model.article import Article, Copy
from syndicator.model.decision import Identity
from syndicator.model.noun import Noun
from syndicator.store import rows
from syndicator.text.keys import url_key
from syndicator.text.urls import canonical

_HELD_SQL = """
    SELECT a.*, a.id AS number FROM articles a WHERE a.story = ? ORDER BY a.first_seen, a.id
"""
_DIGITS = 18
"""A longer number is none of a row."""


def find(db: Connection, word: str) -> list[int]:
    """Numbers of the stories that a word may mean, the surest meaning alone.

    Its number; else its public id, also that of a story which it has absorbed; else any address or id of its copies.
    """
    if not word:  # which many copies have for an address or an id
        return []
    number = word.removeprefix("#")  # as `stories` shows it
    if number.isascii() and number.isdigit() and len(number) <= _DIGITS:
        return _numbers(db.execute("SELECT id FROM stories WHERE id = ?", (int(number),)))
    return (
        _numbers(db.execute("SELECT id FROM stories WHERE guid = ?", (word,)))
        or _numbers(db.execute("SELECT story FROM redirects WHERE guid = ? AND story IS NOT NULL", (word,)))
        or _by_address(db, word)
        or _numbers(
            db.execute("SELECT DISTINCT story FROM articles WHERE ? IN (url, canonical_url, guid) ORDER BY 1", (word,))
        )
    )


def _by_address(db: Connection, word: str) -> list[int]:
    key = url_key(canonical(word))
    if not key:
        return []
    return _numbers(
        db.execute("SELECT DISTINCT story FROM articles WHERE url_key = ? AND url_key != x'' ORDER BY 1", (key,))
    )


def _numbers(found: Iterable[tuple[int]]) -> list[int]:
    return [row[0] for row in found]


def held(db: Connection, story: int) -> list[tuple[Copy, Article]]:
    """Every copy of a story, by first sight, with its article: none is told once for another."""
    return [(rows.to_copy(row), rows.to_article(row)) for row in db.execute(_HELD_SQL, (story,))]


class Placed(Noun):
    """An article, by name.

    Attributes:
        number: Its number.
        story: Its story's.
        title: Its title, or empty.
    """

    number: int
    story: int
    title: str


def article(db: Connection, identity: Identity) -> Placed | None:
    """The article that a source calls so; None: it is not stored."""
    row = db.execute("SELECT id, story, title FROM articles WHERE source_id = ? AND key = ?", identity).fetchone()
    return None if row is None else Placed(number=row["id"], story=row["story"], title=row["title"] or "")


def withdrawn(db: Connection, guid: str) -> int | None:
    """When a story that had this public id was withdrawn, in milliseconds; None: there is none such."""
    row = db.execute("SELECT gone_at FROM redirects WHERE guid = ? AND story IS NULL", (guid,)).fetchone()
    return None if row is None else int(row[0])


def former_ids(db: Connection, story: int) -> list[str]:
    """Public ids of the stories that this one has absorbed."""
    return [row[0] for row in db.execute("SELECT guid FROM redirects WHERE story = ? ORDER BY gone_at, guid", (story,))]
