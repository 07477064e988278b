"""The full-text index: derived data, which is written together with the story and can be made anew.

«ё» and «е» are the same letter to readers, but not to SQLite; so both texts and queries are folded.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence

from syndicator.store import counters
from syndicator.store.bodies import words

_BODY = 20_000
"""The most characters of a text that are indexed; what comes after is not what an article is about.

Neither this nor `foldable` may change without a migration that makes the index anew."""
_TABLE = "words"
_HASH = 16 * 1024 * 1024
"""Bytes of new rows that FTS5 collects before it writes them; this is a third faster than its default of 1 MiB."""

_PAGES = 250
"""Pages of the index that are merged in one step, which takes some 30 ms.

FTS5 stops only between two words. So with a word that is in nearly all of 300,000 stories, a step takes a quarter of a
second, and so does a merge that FTS5 begins by itself while stories are added."""
_WORK = 2
"""The least changed rows that show that a step merged pages (FTS5, section 6.9)."""


def foldable(text: str) -> str:
    """Fold a text for indexing, or a query."""
    return text.replace("ё", "е").replace("Ё", "Е")


def create_index(database: sqlite3.Connection) -> None:
    """Create an empty index; all stories are then marked as not yet indexed.

    The index is contentless (FTS5, section 4.4.2): it finds numbers of stories, and keeps no text. So whoever changes
    or replaces a story's leading text must first `forget` the old one, in exactly the same words.
    """
    database.execute(f"DROP TABLE IF EXISTS {_TABLE}")
    database.execute(
        f"CREATE VIRTUAL TABLE {_TABLE} USING fts5(title, body, content='', columnsize=0,"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    database.execute(f"INSERT INTO {_TABLE} ({_TABLE}, rank) VALUES ('hashsize', {_HASH})")
    database.execute("UPDATE stories SET searchable = 0")


def write_rows(database: sqlite3.Connection, rows: Iterable[tuple[int, str, str]]) -> None:
    """Add stories to the index that are not in it; each has number, title and text."""
    database.executemany(f"INSERT INTO {_TABLE} (rowid, title, body) VALUES (?, ?, ?)", map(_row, rows))


def forget(database: sqlite3.Connection, story: int, title: str, text: str) -> None:
    """Remove a story from the index, which must have it with exactly this title and text."""
    database.execute(
        f"INSERT INTO {_TABLE} ({_TABLE}, rowid, title, body) VALUES ('delete', ?, ?, ?)", _row((story, title, text))
    )


def compact(database: sqlite3.Connection, *, begins: bool) -> bool:
    """Merge segments of the index, a few megabytes at a time; return whether there is more to do.

    What was removed from a contentless index stays in its segments until these are merged (FTS5, section 6.9).

    Args:
        database: The connection, in a transaction.
        begins: Whether to begin a merge of all segments; if not, the merge that was begun goes on.
    """
    before = database.total_changes
    pages = -_PAGES if begins else _PAGES
    database.execute(f"INSERT INTO {_TABLE} ({_TABLE}, rank) VALUES ('merge', ?)", (pages,))
    return database.total_changes - before >= _WORK


def lagging(database: sqlite3.Connection, limit: int) -> list[tuple[int, str, str]]:
    """Return number, title and text of stories that are not in the index yet, because it was made anew."""
    found = database.execute(
        "SELECT s.id, a.body FROM stories s INDEXED BY idx_stories_lagging JOIN articles a ON a.id = s.lead"
        " WHERE s.searchable = 0 LIMIT ?",
        (limit,),
    )
    return [(row["id"], *words(row["body"])) for row in found]


def catch_up(database: sqlite3.Connection, found: Sequence[tuple[int, str, str]]) -> None:
    """Add the stories that `lagging` returned to the index."""
    write_rows(database, found)
    database.executemany("UPDATE stories SET searchable = 1 WHERE id = ?", [(number,) for number, _, _ in found])
    counters.count(database, "revision")


def _row(row: tuple[int, str, str]) -> tuple[int, str, str]:
    story, title, text = row
    return story, foldable(title), foldable(text[:_BODY])


def from_words(said: str) -> str:
    """Make a full-text query from plain words, each of which must occur, at least as the beginning of a word."""
    return " ".join(f'"{word}"*' for word in re.findall(r"\w+", foldable(said)))
