"""Stored articles, as they come once more: in the order in which they came, with likeness keys by the rules of today.

A few hundred are read at a time, so that memory does not grow with the archive.
"""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from itertools import accumulate

from syndicator.model.article import Article
from syndicator.model.noun import Noun
from syndicator.model.placement import Measured
from syndicator.store import bodies, rows
from syndicator.store.rekeying import former
from syndicator.text.keys import folded, text_key, title_key, url_key
from syndicator.text.likeness import hashes, sketch

_BATCH = 500

_ARRIVALS_SQL = """
    SELECT a.id, a.story, a.source_id, a.key, a.reason, a.canonical_url, a.claimed, a.published, a.first_seen,
           a.url_key, a.text_key, a.title_key, a.sketch, a.found_hash, a.detail, a.body
    FROM articles a WHERE {which}
"""
_ARRIVALS = _ARRIVALS_SQL.format(which="a.id > ? ORDER BY a.id LIMIT ?")
_ARRIVAL = _ARRIVALS_SQL.format(which="a.id = ?")


class Arrival(Noun):
    """An article, as it comes once more.

    Attributes:
        number: The store's.
        story: The number of the story that it is in.
        reason: What joined it to that.
        first_seen: When it came.
        article: As far as placing looks at it, with likeness keys by the rules of today.
        former: Those that are stored, if they are others, and what the article was made from; else empty.
        measured: What was compared, if its text was nearly another's.
    """

    number: int
    story: int
    reason: str
    first_seen: datetime
    article: Article
    former: bytes
    measured: Measured | None


def arrivals(db: sqlite3.Connection) -> Iterator[tuple[Arrival, int]]:
    """All articles, each with when it came, in milliseconds; where a clock was ahead, that is when the next one did."""
    last = 0
    while found := db.execute(_ARRIVALS, (last, _BATCH)).fetchall():
        # What comes later tells when a clock was ahead that said when this came.
        times = reversed(list(accumulate((row["first_seen"] for row in reversed(found)), min)))
        for row, now in zip(found, times, strict=True):
            yield _arrival(row), now
        last = found[-1]["id"]


def article_of(db: sqlite3.Connection, number: int) -> Article | None:
    """An article by its number, as it would come; None: it is not stored any more."""
    row = db.execute(_ARRIVAL, (number,)).fetchone()
    return None if row is None else _arrival(row).article


def _arrival(row: sqlite3.Row) -> Arrival:
    said = bodies.fields(row["body"])
    title, own = said.get("title", ""), said.get("own")
    text = said.get("text", "")
    words = folded(text if own is None else own)
    stored = row["sketch"]
    sketched = stored if hashes(stored) else sketch(words)
    keys = (url_key(row["canonical_url"] or ""), text_key(words), title_key(title), sketched)
    return Arrival(
        number=row["id"],
        story=row["story"],
        reason=row["reason"],
        first_seen=rows.from_ms(row["first_seen"]),
        article=Article(
            source_id=row["source_id"],
            key=row["key"],
            canonical_url=row["canonical_url"] or "",
            claimed=bool(row["claimed"]),
            external_url=said.get("external_url", ""),
            title=title,
            html=said.get("html", ""),
            text=text,
            own=own,
            published=rows.from_ms_or_none(row["published"]),
            url_key=keys[0],
            text_key=keys[1],
            title_key=keys[2],
            sketch=keys[3],
        ),
        former=b"" if keys == (row["url_key"], row["text_key"], row["title_key"], stored) else former(row),
        measured=rows.to_measured(row["detail"]) if row["reason"] == "near" else None,
    )
