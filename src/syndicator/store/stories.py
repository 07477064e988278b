"""Whose copies are whose: stories merged, split and withdrawn, inside a transaction; what each is, decides `dedup`.

A story's number and public id stay as long as it lives. What is absorbed, or withdrawn, leaves its public id behind in
`redirects`; the article that this was made for gets it back if it becomes a story of its own again.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import count
from sqlite3 import Connection, Row
from types import MappingProxyType
from typing import NamedTuple

import orjson

from syndicator.model.decision import Bid, Identity
from syndicator.model.placement import Measured, Merges
from syndicator.store import numbers, rows, search, sketches
from syndicator.text.keys import meant
from syndicator.text.urls import is_iri

_NAMESPACE = uuid.UUID("9b0f5b0e-7d5b-5d1c-9b57-1c1f6d2a6a11")

OPENERS = ("first", "split")
"""Reasons of copies that joined nothing: their story began with them, or the operator gave them one."""

_BIDS_SQL = """
    SELECT a.id, a.claimed, a.length, o.priority FROM articles a LEFT JOIN sources o ON o.id = a.source_id
    WHERE {which} ORDER BY a.first_seen, a.id
"""
_ALL_BIDS = _BIDS_SQL.format(which="a.story = ?")
_LEADS_BID = _BIDS_SQL.format(which="a.id = (SELECT lead FROM stories WHERE id = ?)")


def public_ids(source_id: str, key: str, guid: str) -> Iterator[str]:
    """What an article's story may be called, the best first.

    The source's own id where it is an IRI; else one made from source and key.
    """
    if is_iri(guid):
        yield guid
    name = f"{source_id}\0{key}"
    for again in count():
        yield uuid.uuid5(_NAMESPACE, name + "\0" * again).urn


def outranked(db: Connection, priorities: Mapping[str, int] = MappingProxyType({})) -> list[int]:
    """Stories with a copy whose source has a higher priority than the lead's.

    Args:
        db: With the stories.
        priorities: Of sources, where they are others than are stored.
    """
    known = dict(db.execute("SELECT id, priority FROM sources").fetchall()) | dict(priorities)
    if not any(known.values()):
        return []
    found = db.execute(
        "WITH ranks AS MATERIALIZED (SELECT key AS source, value AS priority FROM json_each(?))"
        " SELECT DISTINCT s.id FROM stories s JOIN articles l ON l.id = s.lead"
        " JOIN ranks lo ON lo.source = l.source_id JOIN articles a ON a.story = s.id AND a.claimed = 0"
        " JOIN ranks o ON o.source = a.source_id WHERE o.priority > lo.priority ORDER BY s.id",
        (orjson.dumps(known).decode(),),
    )
    return [row[0] for row in found]


class Likeness(NamedTuple):
    """What an article is compared by, as far as it was found to have changed.

    Attributes:
        article: Its number.
        former: What it was compared by, and made from, when it was looked at (`former`).
        url_key: Digest of its address.
        text_key: Of its text.
        title_key: Of its title.
        sketch: Of its text.
    """

    article: int
    former: bytes
    url_key: bytes
    text_key: bytes
    title_key: bytes
    sketch: bytes


def former(row: Row) -> bytes:
    """What an article is compared by, and made from, in one piece."""
    return b" ".join((meant(row["found_hash"]), row["url_key"], row["text_key"], row["title_key"], row["sketch"]))


class Stories:
    """The stories of an open transaction."""

    def __init__(self, database: Connection, ms: int, revision: int) -> None:
        """Prepare.

        Args:
            database: With the transaction.
            ms: The step's time.
            revision: The number of this write.
        """
        self._db = database
        self._ms = ms
        self._revision = revision

    # -- what is there

    def of(self, identity: Identity) -> int | None:
        """The number of the story that an article is in; None: it is not stored."""
        found = self._db.execute("SELECT story FROM articles WHERE source_id = ? AND key = ?", identity).fetchone()
        return None if found is None else int(found[0])

    def placed(self, identity: Identity) -> tuple[int, int] | None:
        """The number of an article, and of its story; None: it is not stored."""
        found = self._db.execute("SELECT id, story FROM articles WHERE source_id = ? AND key = ?", identity).fetchone()
        return None if found is None else (int(found[0]), int(found[1]))

    def opened(self, story: int) -> datetime:
        """When its first copy was first seen."""
        found = self._db.execute("SELECT first_seen FROM stories WHERE id = ?", (story,)).fetchone()
        return rows.from_ms(found[0])

    def bids(self, story: int) -> list[Bid]:
        """What its copies have to say for the lead, by first sight."""
        return [_bid(row) for row in self._db.execute(_ALL_BIDS, (story,))]

    def lead_bid(self, story: int) -> Bid:
        """What its leading copy has."""
        return _bid(self._db.execute(_LEADS_BID, (story,)).fetchone())

    def lead(self, story: int) -> Row:
        """A story with its leading copy, as they are before something changes."""
        found: Row = self._db.execute(
            "SELECT s.id, s.lead, s.searchable, s.first_seen, a.substance, a.body FROM stories s"
            " JOIN articles a ON a.id = s.lead WHERE s.id = ?",
            (story,),
        ).fetchone()
        return found

    def exists(self, story: int) -> bool:
        """Whether there is a story of that number."""
        return self._db.execute("SELECT 1 FROM stories WHERE id = ?", (story,)).fetchone() is not None

    def holds(self, story: int, articles: Collection[int]) -> bool:
        """Whether all these articles are copies of a story."""
        return all(
            self._db.execute("SELECT 1 FROM articles WHERE id = ? AND story = ?", (it, story)).fetchone()
            for it in articles
        )

    def is_taken(self, guid: str, identity: Identity) -> bool:
        """Whether an id is, or was, another story's than that which this article has opened."""
        return (
            self._db.execute(
                "SELECT 1 FROM stories WHERE guid = ? UNION ALL"
                " SELECT 1 FROM redirects WHERE guid = ? AND NOT (source_id = ? AND key = ?)",
                (guid, guid, *identity),
            ).fetchone()
            is not None
        )

    # -- what becomes of them

    def touch(self, story: int) -> None:
        """Note that what is published of it has changed."""
        self._db.execute("UPDATE stories SET revision = ? WHERE id = ?", (self._revision, story))

    def lead_changed(self, before: Row, words: tuple[str, str], language: str, *, substantive: bool) -> None:
        """Follow the leading copy's new words; its dates never move the story in the list, nor back in time."""
        former = rows.words(before["body"])
        if before["searchable"] and former != words:
            search.forget(self._db, before["id"], *former)
            search.write_rows(self._db, [(before["id"], *words)])
        self._db.execute(
            "UPDATE stories SET language = ?, updated = max(updated, ?) WHERE id = ?",
            (language, self._ms if substantive else 0, before["id"]),
        )

    def let_lead(self, story: int, article: int) -> None:
        """Make a copy the leading one."""
        before = self.lead(story)
        if before["lead"] == article:
            return
        after = self._db.execute("SELECT body, substance FROM articles WHERE id = ?", (article,)).fetchone()
        self._db.execute("UPDATE stories SET lead = ? WHERE id = ?", (article, story))
        self.lead_changed(
            before,
            rows.words(after["body"]),
            rows.language(after["body"]),
            substantive=before["substance"] != after["substance"],
        )
        self.touch(story)

    def move(self, article: int, story: int, reason: str, measured: Measured | None = None) -> None:
        """Make an article a copy of a story; that, and the one that it leaves, need a look at who leads them then."""
        self._db.execute(
            "UPDATE articles SET story = ?, reason = ?, detail = ? WHERE id = ?",
            (story, reason, rows.detail(measured), article),
        )
        self.touch(story)

    def rekey(self, likenesses: Iterable[Likeness]) -> None:
        """Give articles what they are compared by; one that has been changed, or has another address, keeps its own."""
        stored = "SELECT found_hash, url_key, text_key, title_key, sketch FROM articles WHERE id = ?"
        for it in likenesses:
            row = self._db.execute(stored, (it.article,)).fetchone()
            if row is None or former(row) != it.former:
                continue
            self._db.execute(
                "UPDATE articles SET url_key = ?, text_key = ?, title_key = ?, sketch = ? WHERE id = ?",
                (it.url_key, it.text_key, it.title_key, it.sketch, it.article),
            )
            if row["sketch"] != it.sketch and not sketches.is_past(self._db, it.article):
                sketches.forget(self._db, it.article, row["sketch"])
                sketches.write(self._db, it.article, it.sketch)

    def merge(self, decided: Merges) -> None:
        """Make two stories one: all copies of the one are the other's, and so is its public id; the lead stays."""
        kept, absorbed = decided.kept, decided.absorbed
        self._bury(absorbed, kept)
        self._db.execute(
            "UPDATE articles SET story = ?, reason = CASE WHEN reason IN ('first', 'split') THEN ? ELSE reason END,"
            " detail = CASE WHEN reason IN ('first', 'split') AND id = ? THEN ? ELSE detail END WHERE story = ?",
            (kept, decided.reason, decided.article, rows.detail(decided.measured), absorbed),
        )
        self._db.execute("DELETE FROM stories WHERE id = ?", (absorbed,))
        self.touch(kept)

    def open(self, article: int, reason: str = "split") -> int:
        """Make a stored article a story of its own; the one that it leaves must be given a lead that stays, first."""
        row = self._db.execute("SELECT * FROM articles WHERE id = ?", (article,)).fetchone()
        said = rows.to_article(row)
        identity = (row["source_id"], row["key"])
        guid = next(it for it in public_ids(*identity, row["guid"] or "") if not self.is_taken(it, identity))
        self._db.execute("DELETE FROM redirects WHERE guid = ?", (guid,))
        first_seen = rows.from_ms(row["first_seen"])
        sort_at = min(said.published or said.updated or first_seen, first_seen)
        found = self._db.execute(
            "INSERT INTO stories (id, guid, lead, language, first_seen, sort_at, updated, revision, searchable)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
            (
                numbers.newest(self._db, "stories") + 1,
                guid,
                article,
                said.language,
                row["first_seen"],
                rows.to_ms(sort_at),
                max(rows.to_ms(sort_at), self._ms),  # newer than any tombstone of its id
                self._revision,
            ),
        )
        story = int(found.lastrowid or 0)
        self._begins_anew(row["story"], row["reason"], article)
        self._db.execute(
            "UPDATE articles SET story = ?, reason = ?, detail = '' WHERE id = ?", (story, reason, article)
        )
        search.write_rows(self._db, [(story, said.title, said.text)])
        return story

    def withdraw(self, story: int) -> None:
        """Take a story away with all its copies: it is deleted where it came from."""
        self._bury(story, None)
        for row in self._db.execute("DELETE FROM articles WHERE story = ? RETURNING id, sketch", (story,)).fetchall():
            self._forget(row["id"], row["sketch"])
        self._db.execute("DELETE FROM stories WHERE id = ?", (story,))

    def drop(self, article: int) -> None:
        """Take one copy away, which leads no story."""
        removed = "DELETE FROM articles WHERE id = ? RETURNING story, reason, sketch"
        row = self._db.execute(removed, (article,)).fetchone()
        self._forget(article, row["sketch"])
        self._begins_anew(row["story"], row["reason"], article)
        self.touch(row["story"])

    def _forget(self, article: int, sketch: bytes) -> None:
        """Of a copy that has been taken away, nothing is left, and no other gets its number."""
        sketches.forget(self._db, article, sketch)
        self._db.execute("DELETE FROM paragraphs WHERE article = ?", (article,))
        self._db.execute("DELETE FROM credited WHERE article = ?", (article,))
        numbers.keep(self._db, "articles", article)

    def _begins_anew(self, story: int, reason: str, left: int) -> None:
        """When the copy that a story began with leaves it, it began with the next one."""
        if reason in OPENERS:
            self._db.execute(
                "UPDATE articles SET reason = 'first', detail = '' WHERE id = (SELECT id FROM articles WHERE story = ?"
                " AND id != ? ORDER BY first_seen, id LIMIT 1)",
                (story, left),
            )

    def _bury(self, story: int, leads_to: int | None) -> None:
        """Take a story out of the index, and leave its public id behind."""
        numbers.keep(self._db, "stories", story)
        before = self.lead(story)
        if before["searchable"]:
            search.forget(self._db, story, *rows.words(before["body"]))
        first = self._db.execute(
            "SELECT s.guid, s.language, a.source_id, a.key,"
            " (SELECT json_group_array(DISTINCT c.source_id) FROM articles c WHERE c.story = s.id) AS sources"
            " FROM stories s JOIN articles a ON a.story = s.id WHERE s.id = ? ORDER BY a.first_seen, a.id LIMIT 1",
            (story,),
        ).fetchone()
        self._db.execute("UPDATE redirects SET story = ? WHERE story = ?", (leads_to, story))
        self._db.execute(
            "INSERT OR REPLACE INTO redirects (guid, story, source_id, key, sources, language, gone_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                first["guid"],
                leads_to,
                first["source_id"],
                first["key"],
                orjson.dumps(sorted(orjson.loads(first["sources"]))).decode(),
                first["language"] or "",
                self._ms,
            ),
        )


def _bid(row: Row) -> Bid:
    return Bid(article=row["id"], claimed=bool(row["claimed"]), priority=row["priority"] or 0, length=row["length"])
