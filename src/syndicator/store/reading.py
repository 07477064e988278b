"""Stories, read: which fit, and what they hold."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import orjson

from syndicator.model.article import Copy, Story
from syndicator.model.noun import replace
from syndicator.social.posts import announces
from syndicator.store import rows, search

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
"""Of sources that have much: each of the newest stories is asked whether it is theirs, until there are enough."""
_ONE_OF = "s.id IN (SELECT story FROM articles WHERE source_id IN (SELECT value FROM json_each(?)))"
"""Of sources that have little among these: all of theirs, so that it does not matter how much else is stored."""
_LEADS_SQL = """
    SELECT s.*, a.body, a.found_hash, a.url_key, a.text_key, a.title_key, a.sketch
    FROM stories s JOIN articles a ON a.id = s.lead WHERE s.id IN (SELECT value FROM json_each(?))
"""


class Fits(NamedTuple):
    """What a story must be; the fields are arguments of `Store.select`."""

    languages: Collection[str] = ()
    match: str = ""
    exclude: str = ""
    among: Collection[int] | None = None

    def wheres(self) -> tuple[str, list[object]]:
        """As a condition, with its values."""
        wheres, values = ["1"], list[object]()
        if self.languages:
            wheres.append(_in_languages("s", self.languages))
            values += [tag for language in self.languages for tag in (language, language)]
        # What is not in the index yet, as it is made anew, might be what nobody is to see.
        for query, it_is in ((self.match, "s.id"), (self.exclude, "s.searchable AND s.id NOT")):
            if query:
                wheres.append(f"{it_is} IN (SELECT rowid FROM words WHERE words MATCH ?)")
                values.append(search.foldable(query))
        if self.among is not None:
            wheres.append("s.id IN (SELECT value FROM json_each(?))")
            values.append(rows.many(self.among))
        return " AND ".join(wheres), values


def select(
    database: sqlite3.Connection, sources: Collection[str] | None, fits: Fits, limit: int
) -> list[tuple[int, int]]:
    """Numbers and revisions of the newest stories that fit; see `Store.select`."""
    where, values = fits.wheres()
    if sources is None:
        return _newest(database, where, values, limit)
    values.append(rows.many(sources))
    if fits.among is not None:
        return _newest(database, f"{where} AND {_HAS_ONE_OF}", values, limit)
    found = _newest(database, f"{where} AND {_NEW_ONE_OF}", values, limit)
    return found if len(found) == limit else _newest(database, f"{where} AND {_ONE_OF}", values, limit)


def _newest(database: sqlite3.Connection, where: str, values: Sequence[object], limit: int) -> list[tuple[int, int]]:
    sql = f"SELECT s.id, s.revision FROM stories s WHERE {where} ORDER BY s.sort_at DESC, s.id DESC LIMIT ?"
    return [(row[0], row[1]) for row in database.execute(sql, (*values, limit))]


def gone(
    database: sqlite3.Connection, *, sources: Collection[str] | None, languages: Collection[str], limit: int
) -> list[tuple[str, int]]:
    """Public ids of stories that are no more, and since when; see `Store.gone`."""
    wheres, values = ["1"], list[object]()
    if sources is not None:
        wheres.append("EXISTS (SELECT 1 FROM json_each(r.sources) WHERE value IN (SELECT value FROM json_each(?)))")
        values.append(rows.many(sources))
    if languages:
        wheres.append(_in_languages("r", languages))
        values += [tag for language in languages for tag in (language, language)]
    where = " AND ".join(wheres)
    sql = f"SELECT r.guid, r.gone_at FROM redirects r WHERE {where} ORDER BY r.gone_at DESC, r.guid LIMIT ?"
    return [(row[0], row[1]) for row in database.execute(sql, (*values, limit))]


def _in_languages(table: str, languages: Collection[str]) -> str:
    """Whether a row's language is one of these, or a kind of it (`en-GB` of `en`); each is a parameter twice."""
    one = f"{table}.language = ? OR {table}.language LIKE ? || '-%'"
    return f"({' OR '.join(one for _ in languages)})"


def stories(database: sqlite3.Connection, numbers: Sequence[int]) -> list[Story]:
    """These stories, in this order, each source's copies told once."""
    ids = rows.many(numbers)
    copies: defaultdict[int, dict[tuple[str, str], Copy]] = defaultdict(dict)
    for row in database.execute(_COPIES_SQL, (ids,)):
        copy = replace(rows.to_copy(row), hidden=row["body"] is not None and rows.terms(row["body"]).hides)
        place = copy.url if announces(copy.url, copy.canonical_url) else copy.canonical_url or copy.url
        copies[row["story"]].setdefault((copy.source_id, place), copy)
    leads: dict[int, sqlite3.Row] = {row["id"]: row for row in database.execute(_LEADS_SQL, (ids,))}
    return [
        rows.to_story(leads[number], rows.to_article(leads[number]), copies[number].values())
        for number in numbers
        if number in leads
    ]


def outranked(database: sqlite3.Connection, priorities: Mapping[str, int] = MappingProxyType({})) -> list[int]:
    """Stories with a copy whose source has a higher priority than the lead's.

    Args:
        database: With the stories.
        priorities: Of sources, where they are others than are stored.
    """
    known = dict(database.execute("SELECT id, priority FROM sources").fetchall()) | dict(priorities)
    if not any(known.values()):
        return []
    found = database.execute(
        "WITH ranks AS MATERIALIZED (SELECT key AS source, value AS priority FROM json_each(?))"
        " SELECT DISTINCT s.id FROM stories s JOIN articles l ON l.id = s.lead"
        " JOIN ranks lo ON lo.source = l.source_id JOIN articles a ON a.story = s.id AND a.claimed = 0"
        " JOIN ranks o ON o.source = a.source_id WHERE o.priority > lo.priority ORDER BY s.id",
        (orjson.dumps(known).decode(),),
    )
    return [row[0] for row in found]
