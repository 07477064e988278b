"""Replay stored articles in the order in which they arrived, with likeness keys by the present rules.

A few hundred are read at a time, so that memory use does not grow with the database.
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

_BATCH = 500  # articles that are read at a time

_ARRIVALS_SQL = """
    SELECT a.id, a.story, a.source_id, a.key, a.reason, a.canonical_url, a.claimed, a.published, a.first_seen,
           a.url_key, a.text_key, a.title_key, a.sketch, a.found_hash, a.detail, a.body
    FROM articles a WHERE {which}
"""
_ARRIVALS = _ARRIVALS_SQL.format(which="a.id > ? ORDER BY a.id LIMIT ?")
_ARRIVAL = _ARRIVALS_SQL.format(which="a.id = ?")


class Arrival(Noun):
    """A stored article that is placed once more.

    Attributes:
        number: The article's number in the store.
        story: The number of the story that it is in now.
        reason: The layer that joined it to that story.
        first_seen: When it first arrived.
        article: The article, as far as placing needs it, with likeness keys by the present rules.
        former: The stored keys, and what the article was made from (`rekeying.former`), if the keys differ; else empty.
        measured: If the layer was "near", the article it was compared with, and how alike their texts were; else None.
    """

    number: int
    story: int
    reason: str
    first_seen: datetime
    article: Article
    former: bytes
    measured: Measured | None


def arrivals(db: sqlite3.Connection) -> Iterator[tuple[Arrival, int]]:
    """Read all articles, each with its time of arrival in milliseconds.

    If the clock was ahead when an article arrived, its time is that of the next one.
    """
    last = 0
    while found := db.execute(_ARRIVALS, (last, _BATCH)).fetchall():
        # An article that arrived later, but has an earlier time, shows that the clock was ahead.
        times = reversed(list(accumulate((row["first_seen"] for row in reversed(found)), min)))
        for row, now in zip(found, times, strict=True):
            yield _arrival(row), now
        last = found[-1]["id"]


def article_of(db: sqlite3.Connection, number: int) -> Article | None:
    """Return an article by its number, as `Arrival.article` has it; None if it is no longer stored."""
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
