"""Full-text search: derived rows, written with the story, that can be made anew.

«ё» and «е» are one letter to a reader, but two to SQLite: both sides are folded.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence

from syndicator.store import counters
from syndicator.store.bodies import words

_BODY = 20_000
"""Characters of a body that are searched: what comes after is not what an article is about.

Neither this nor `foldable` may change without a migration that makes the index anew."""
_TABLE = "words"
_HASH = 16 * 1024 * 1024
"""Bytes of new rows that FTS5 gathers before it writes them: a third quicker than its default of 1 MiB."""

_PAGES = 250
"""Pages of the index that are merged at once: some 30 ms.

FTS5 stops between two words only. So where a word stands in nearly all of 300,000 stories, a step takes a quarter of a
second; and so does a merge that it begins by itself while stories come."""
_WORK = 2
"""Rows that change at least when pages were merged (FTS5, section 6.9)."""


def foldable(text: str) -> str:
    """The text as it is indexed and asked for."""
    return text.replace("ё", "е").replace("Ё", "Е")


def create_index(database: sqlite3.Connection) -> None:
    """Make an empty index; every story's row lags then.

    It is contentless (FTS5, section 4.4.2): it finds numbers, and keeps no text. So whoever changes or replaces a
    story's leading text must `forget` the old one first, word for word.
    """
    database.execute(f"DROP TABLE IF EXISTS {_TABLE}")
    database.execute(
        f"CREATE VIRTUAL TABLE {_TABLE} USING fts5(title, body, content='', columnsize=0,"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    database.execute(f"INSERT INTO {_TABLE} ({_TABLE}, rank) VALUES ('hashsize', {_HASH})")
    database.execute("UPDATE stories SET searchable = 0")


def write_rows(database: sqlite3.Connection, rows: Iterable[tuple[int, str, str]]) -> None:
    """Index stories that are not in the index: number, title and text of each."""
    database.executemany(f"INSERT INTO {_TABLE} (rowid, title, body) VALUES (?, ?, ?)", map(_row, rows))


def forget(database: sqlite3.Connection, story: int, title: str, text: str) -> None:
    """Take a story out of the index, where it is under these words."""
    database.execute(
        f"INSERT INTO {_TABLE} ({_TABLE}, rowid, title, body) VALUES ('delete', ?, ?, ?)", _row((story, title, text))
    )


def compact(database: sqlite3.Connection, *, begins: bool) -> bool:
    """Bring the pieces of the index together, a few megabytes at a time; returns whether there is more to do.

    What was taken out of a contentless index stays in its pieces until these are merged (FTS5, section 6.9).

    Args:
        database: In a transaction.
        begins: Whether all pieces are to be merged, or those that were when it was begun.
    """
    before = database.total_changes
    pages = -_PAGES if begins else _PAGES
    database.execute(f"INSERT INTO {_TABLE} ({_TABLE}, rank) VALUES ('merge', ?)", (pages,))
    return database.total_changes - before >= _WORK


def lagging(database: sqlite3.Connection, limit: int) -> list[tuple[int, str, str]]:
    """Stories that are not in the index, since it was made anew: number, title and text of each."""
    found = database.execute(
        "SELECT s.id, a.body FROM stories s INDEXED BY idx_stories_lagging JOIN articles a ON a.id = s.lead"
        " WHERE s.searchable = 0 LIMIT ?",
        (limit,),
    )
    return [(row["id"], *words(row["body"])) for row in found]


def catch_up(database: sqlite3.Connection, found: Sequence[tuple[int, str, str]]) -> None:
    """Index such stories."""
    write_rows(database, found)
    database.executemany("UPDATE stories SET searchable = 1 WHERE id = ?", [(number,) for number, _, _ in found])
    counters.count(database, "revision")


def _row(row: tuple[int, str, str]) -> tuple[int, str, str]:
    story, title, text = row
    return story, foldable(title), foldable(text[:_BODY])


def from_words(said: str) -> str:
    """A full-text query that finds every word, each as a beginning: what a person means who knows no query language."""
    return " ".join(f'"{word}"*' for word in re.findall(r"\w+", foldable(said)))
