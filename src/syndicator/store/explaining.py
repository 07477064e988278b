"""Queries for people who ask about stories: their names, their copies, and the decisions about them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from sqlite3 import Connection
from types import MappingProxyType

import orjson

from syndicator.model.article import Article, Copy
from syndicator.model.decision import Decision, Identity
from syndicator.model.noun import Noun
from syndicator.store import decisions, rows
from syndicator.store.door import Opened, explained
from syndicator.store.replaying import Paper
from syndicator.text.keys import url_key
from syndicator.text.urls import canonical

_HELD_SQL = """
    SELECT a.*, a.id AS number FROM articles a WHERE a.story = ? ORDER BY a.first_seen, a.id
"""
_OUTRANKED_SQL = """
    WITH ranks AS MATERIALIZED (SELECT key AS source, value AS priority FROM json_each(?))
    SELECT DISTINCT s.id FROM stories s JOIN articles l ON l.id = s.lead
    JOIN ranks lo ON lo.source = l.source_id JOIN articles a ON a.story = s.id AND a.claimed = 0
    JOIN ranks o ON o.source = a.source_id WHERE o.priority > lo.priority ORDER BY s.id
"""
_DIGITS = 18
"""The most digits of a row's number."""


class Placed(Noun):
    """Where an article is placed.

    Attributes:
        number: The article's number.
        story: The number of its story.
        title: Its title, or empty.
    """

    number: int
    story: int
    title: str


class Explaining(Opened):
    """The part of a `Store` with queries for explanations; every method may raise `StoreError`."""

    def find(self, word: str) -> list[int]:
        """Return the numbers of the stories that a word may mean.

        The word may be a story's number; else its public id, or that of a story which it has absorbed; else an address
        or an id of one of its copies. Only the first of these meanings that finds something counts.
        """
        with explained(self.path):
            return _find(self._db, word)

    def held(self, story: int) -> list[tuple[Copy, Article]]:
        """Return every copy of a story with its article, in the order in which they were first seen.

        Several copies of one source are not combined, as in `Offering.stories`.
        """
        with explained(self.path):
            return [(rows.to_copy(row), rows.to_article(row)) for row in self._db.execute(_HELD_SQL, (story,))]

    def article(self, identity: Identity) -> Placed | None:
        """Return where the article with this source and key is placed; None if it is not stored."""
        with explained(self.path):
            asked = "SELECT id, story, title FROM articles WHERE source_id = ? AND key = ?"
            row = self._db.execute(asked, identity).fetchone()
            return None if row is None else Placed(number=row["id"], story=row["story"], title=row["title"] or "")

    def withdrawn(self, guid: str) -> datetime | None:
        """Return when the story with this public id was withdrawn; None if there is no such story."""
        with explained(self.path):
            asked = "SELECT gone_at FROM redirects WHERE guid = ? AND story IS NULL"
            row = self._db.execute(asked, (guid,)).fetchone()
            return None if row is None else rows.from_ms(row["gone_at"])

    def former_ids(self, story: int) -> list[str]:
        """Return the public ids of the stories that a story has absorbed."""
        with explained(self.path):
            asked = "SELECT guid FROM redirects WHERE story = ? ORDER BY gone_at, guid"
            return [row["guid"] for row in self._db.execute(asked, (story,))]

    def decisions(self) -> list[Decision]:
        """Return the operator's decisions, the oldest first."""
        with explained(self.path):
            return decisions.load(self._db)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read the database as it is now, for a long time: what others write meanwhile does not show."""
        with explained(self.path):
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                self._db.execute("ROLLBACK")

    def outranked(self, priorities: Mapping[str, int] = MappingProxyType({})) -> list[int]:
        """Return the stories with a copy whose source has a higher priority than the leading copy's source.

        Args:
            priorities: Priorities of sources by id that replace the stored ones.
        """
        with explained(self.path):
            known = dict(self._db.execute("SELECT id, priority FROM sources").fetchall()) | dict(priorities)
            if not any(known.values()):
                return []
            return _numbers(self._db.execute(_OUTRANKED_SQL, (orjson.dumps(known).decode(),)))

    def paper(self) -> Paper:
        """Create a `Paper`, on which all stored articles can be placed anew."""
        return Paper(self._db)


def _find(db: Connection, word: str) -> list[int]:
    if not word:  # many copies have an empty address or id
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
