"""Full-text search: derived rows that may lag behind and can be rebuilt.

«ё» and «е» are one letter to a reader, but two to SQLite: both sides are folded.
"""

import re
import sqlite3

from sqlite_utils import Database

_YO = str.maketrans("ёЁ", "еЕ")
_BODY = 20_000
"""Characters of a body that are searched: what comes after is not what an article is about."""


def foldable(text: str) -> str:
    """The text as it is indexed and asked for."""
    return text.translate(_YO)


def write_row(database: Database, story: int, title: str, text: str) -> None:
    """Index a story's words, in place of those it had."""
    row = (foldable(title), foldable(text[:_BODY]))
    changed = database.execute("UPDATE searchable SET title = ?, body = ? WHERE id = ?", (*row, story)).rowcount
    if not changed:
        database.execute("INSERT INTO searchable (id, title, body) VALUES (?, ?, ?)", (story, *row))


def complaint(query: str) -> str:
    """Why SQLite would not take a full-text query; empty: it would."""
    trial = sqlite3.connect(":memory:")
    try:
        trial.execute("CREATE VIRTUAL TABLE trial USING fts5(title, body)")
        trial.execute("SELECT 1 FROM trial WHERE trial MATCH ?", (foldable(query),)).fetchall()
    except sqlite3.Error as error:
        return str(error).removeprefix("fts5: ")
    finally:
        trial.close()
    return "" if query.strip() else "it is empty"


def from_words(words: str) -> str:
    """A full-text query that finds every word, each as a beginning: what a person means who knows no query language."""
    return " ".join(f'"{word}"*' for word in re.findall(r"\w+", foldable(words)))
