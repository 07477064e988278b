"""Queries for publishing: which stories, what they contain, and which files are in the public folder already."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from syndicator.model.article import Copy, Story
from syndicator.model.noun import replace
from syndicator.social.posts import announces
from syndicator.store import bodies, rows, search
from syndicator.store.door import Opened, atomic, explained

_COPIES_SQL = """
    SELECT a.story, a.source_id, a.url, a.canonical_url, a.guid, a.first_seen, a.reason, a.id AS number, a.key,
           '' AS detail, CASE WHEN s.lead = a.id THEN NULL ELSE a.body END AS body
    FROM articles a JOIN stories s ON s.id = a.story WHERE a.story IN (SELECT value FROM json_each(?))
    ORDER BY a.first_seen, a.id
"""
_HAS_ONE_OF = (
    "EXISTS (SELECT 1 FROM articles a WHERE a.story = s.id AND a.source_id IN (SELECT value FROM json_each(?)))"
)
_NEW_ONE_OF = (
    "s.sort_at >= ifnull((SELECT sort_at FROM stories ORDER BY sort_at DESC LIMIT 1 OFFSET 2000), -1e18) AND"
    f" {_HAS_ONE_OF}"
)
"""For sources with many stories: looks through the newest 2,000 stories for theirs until there are enough."""
_ONE_OF = "s.id IN (SELECT story FROM articles WHERE source_id IN (SELECT value FROM json_each(?)))"
"""For sources with few stories among the newest: looks through all of theirs, however many others are stored."""
_LEADS_SQL = """
    SELECT s.*, a.body, a.found_hash, a.url_key, a.text_key, a.title_key, a.sketch
    FROM stories s JOIN articles a ON a.id = s.lead WHERE s.id IN (SELECT value FROM json_each(?))
"""


class Offering(Opened):
    """The part of a `Store` with the queries for publishing; every method may raise `StoreError`."""

    publications = 0
    """How many times the public folder has changed; while this is the same, so is `published`."""

    def select(
        self,
        *,
        sources: Collection[str] | None = None,
        languages: Collection[str] = (),
        match: str = "",
        exclude: str = "",
        among: Collection[int] | None = None,
        limit: int,
    ) -> list[tuple[int, int]]:
        """Return number and revision of the newest stories that meet all conditions, the newest first.

        Args:
            sources: Ids of sources, of which at least one copy must be; None means any source.
            languages: BCP 47 tags, of which the story's language must be one; `ru` includes `ru-RU`. Empty means any
                language.
            match: An SQLite full-text query that the story must match; empty means no condition.
            exclude: An SQLite full-text query that the story must not match; empty means no condition.
            among: Numbers of the stories to consider; None means all.
            limit: The most stories to return.
        """
        where, values = _fitting(languages, match, exclude, among)
        places: tuple[str, ...] = ("1",)
        if sources is not None:
            places = (_NEW_ONE_OF, _ONE_OF) if among is None else (_HAS_ONE_OF,)
            values.append(rows.many(sources))
        found = list[tuple[int, int]]()
        with explained(self.path):
            for place in places:
                found = _newest(self._db, f"{where} AND {place}", (*values, limit))
                if len(found) == limit:
                    break
        return found

    def gone(
        self, *, sources: Collection[str] | None = None, languages: Collection[str] = (), limit: int
    ) -> list[tuple[str, datetime]]:
        """Return public id and time of stories that were withdrawn or absorbed by others, the latest first.

        Args:
            sources: Ids of sources, of which at least one copy must have been; None means any source.
            languages: BCP 47 tags, as for `select`.
            limit: The most stories to return.
        """
        wheres, values = ["1"], list[object]()
        if sources is not None:
            wheres.append("EXISTS (SELECT 1 FROM json_each(r.sources) WHERE value IN (SELECT value FROM json_each(?)))")
            values.append(rows.many(sources))
        if languages:
            wheres.append(_in_languages("r", languages))
            values += [tag for language in languages for tag in (language, language)]
        where = " AND ".join(wheres)
        sql = f"SELECT r.guid, r.gone_at FROM redirects r WHERE {where} ORDER BY r.gone_at DESC, r.guid LIMIT ?"
        with explained(self.path):
            return [(row["guid"], rows.from_ms(row["gone_at"])) for row in self._db.execute(sql, (*values, limit))]

    def stories(self, numbers: Sequence[int]) -> list[Story]:
        """Return the stories with these numbers, in this order; a number without a story is left out.

        Of several copies from one source with the same address, only the first is included.
        """
        ids = rows.many(numbers)
        copies: defaultdict[int, dict[tuple[str, str], Copy]] = defaultdict(dict)
        with explained(self.path):
            for row in self._db.execute(_COPIES_SQL, (ids,)):
                copy = replace(rows.to_copy(row), hidden=row["body"] is not None and bodies.terms(row["body"]).hides)
                place = copy.url if announces(copy.url, copy.canonical_url) else copy.canonical_url or copy.url
                copies[row["story"]].setdefault((copy.source_id, place), copy)
            leads: dict[int, sqlite3.Row] = {row["id"]: row for row in self._db.execute(_LEADS_SQL, (ids,))}
        return [
            rows.to_story(leads[number], rows.to_article(leads[number]), copies[number].values())
            for number in numbers
            if number in leads
        ]

    def published(self) -> dict[str, bytes]:
        """Return the names of our files in the public folder, each with the fingerprint of what it was made from."""
        with explained(self.path):
            return dict(self._db.execute("SELECT name, fingerprint FROM published").fetchall())

    def has_published(self, files: Mapping[str, bytes], removed: Collection[str]) -> None:
        """Store which files were written to the public folder, each with its fingerprint, and which were removed."""
        with explained(self.path), atomic(self._db):
            self._db.executemany("INSERT OR REPLACE INTO published VALUES (?, ?)", files.items())
            for table in ("published", "told"):
                gone = [(name,) for name in removed]
                self._db.executemany(f"DELETE FROM {table} WHERE name = ?", gone)  # names are ours
        self.publications += bool(files or removed)

    def notified(self, hub: str) -> dict[str, bytes]:
        """Return the published files of which a hub was notified, each with the digest of its bytes at that time."""
        with explained(self.path):
            return dict(self._db.execute("SELECT name, digest FROM told WHERE hub = ?", (hub,)).fetchall())

    def note_notified(self, hub: str, name: str, digest: bytes) -> None:
        """Store that a hub was notified of a file whose bytes had this digest."""
        with explained(self.path), atomic(self._db):
            self._db.execute("INSERT OR REPLACE INTO told VALUES (?, ?, ?)", (hub, name, digest))


def _newest(db: sqlite3.Connection, where: str, values: Sequence[object]) -> list[tuple[int, int]]:
    sql = f"SELECT s.id, s.revision FROM stories s WHERE {where} ORDER BY s.sort_at DESC, s.id DESC LIMIT ?"
    return [(row[0], row[1]) for row in db.execute(sql, values)]


def _fitting(
    languages: Collection[str], match: str, exclude: str, among: Collection[int] | None
) -> tuple[str, list[object]]:
    """Return the SQL condition for a story, and its parameters; the arguments are those of `Store.select`."""
    wheres, values = ["1"], list[object]()
    if languages:
        wheres.append(_in_languages("s", languages))
        values += [tag for language in languages for tag in (language, language)]
    # While the index is made anew, a story that is not in it yet might match `exclude`, and so is left out.
    for query, it_is in ((match, "s.id"), (exclude, "s.searchable AND s.id NOT")):
        if query:
            wheres.append(f"{it_is} IN (SELECT rowid FROM words WHERE words MATCH ?)")
            values.append(search.foldable(query))
    if among is not None:
        wheres.append("s.id IN (SELECT value FROM json_each(?))")
        values.append(rows.many(among))
    return " AND ".join(wheres), values


def _in_languages(table: str, languages: Collection[str]) -> str:
    """Return the SQL condition for a row's language; each language is a parameter twice. `en` includes `en-GB`."""
    one = f"{table}.language = ? OR {table}.language LIKE ? || '-%'"
    return f"({' OR '.join(one for _ in languages)})"
