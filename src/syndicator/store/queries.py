"""Check full-text queries: whether SQLite accepts one, and if not, what is wrong and where, in words for people."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing

from syndicator.store.search import foldable

_FIELDS = ("title", "body")
_OPERATORS = ("AND", "OR", "NOT")
_QUOTE = '"'
_SHOWN = 3
"""The words before a place that a message quotes to say where it is."""
_LONGEST = 10_000
"""The most characters of a query, because the time that SQLite takes is quadratic in the number of words."""
_NEAR = re.compile(r'syntax error near "(.*)"', re.DOTALL)
_FIELD = re.compile(r"no such column: (.*)", re.DOTALL)


def complaint(query: str) -> str:
    """Say why SQLite would not accept a full-text query; empty if it would."""
    if not query.strip():
        return "it is empty"
    if len(query) > _LONGEST:
        return f"it has more than {_LONGEST:,} characters"
    with closing(sqlite3.connect(":memory:")) as trial:
        trial.execute(f"CREATE VIRTUAL TABLE trial USING fts5({', '.join(_FIELDS)})")

        def error(asked: str) -> str:
            try:
                trial.execute("SELECT 1 FROM trial WHERE trial MATCH ?", (foldable(asked),)).fetchall()
            except sqlite3.Error as error:
                return str(error).removeprefix("fts5: ")
            return ""

        found = error(query)
        return _told(found, query, error) if found else ""


def _told(found: str, query: str, error: Callable[[str], str]) -> str:
    """Say what is wrong with a query, in words for people, or in SQLite's own if the message is not known.

    Args:
        found: SQLite's message.
        query: The query that the message is about.
        error: Returns SQLite's message about another query; empty if it accepts that.
    """
    if near := _NEAR.fullmatch(found):
        return _misplaced(near[1], _before(near[1], query, error)) if near[1] else _unfinished(query)
    if field := _FIELD.fullmatch(found):
        return _no_field(field[1], query)
    if found == "unterminated string":
        return f"a double quote is not closed, {_place(query[: query.rindex(_QUOTE)])}"
    if found.startswith("expected integer"):
        return "NEAR ends with a number, as in NEAR(one two, 5)"
    if found.startswith("unknown special query"):
        return "“*” must follow the beginning of a word directly"
    return found


def _before(sign: str, query: str, error: Callable[[str], str]) -> str:
    """Return what stands before the wrong sign.

    That is the first such sign at which the query, cut off behind it, has this error.
    """
    ends = [it.end() for it in re.finditer(re.escape(sign), foldable(query))]
    wrong = next(
        (it for it in ends if error(query[:it]) == f'syntax error near "{sign}"'), min(ends, default=len(query))
    )
    return query[: wrong - len(sign)]


def _misplaced(sign: str, before: str) -> str:
    if sign == ")" and before.count("(") == before.count(")"):
        return f"there is no “(” for “)”, {_place(before)}"
    if sign == ")" or sign in _OPERATORS:
        return f"a word is missing before “{sign}”, {_place(before)}"
    if sign[0].isalnum() or sign[0] == _QUOTE:  # SQLite also names the word if the mistake is a “(” behind it
        return f"AND, OR or NOT is missing beside “{sign}”, {_place(before)}"
    return f"“{sign}” must stand in double quotes, together with its word; it stands {_place(before)}"


def _unfinished(query: str) -> str:
    last = query.rsplit(maxsplit=1)[-1]
    if last in _OPERATORS or last[-1] in "+^:(":
        return f"a word is missing after “{last}”, at the end"
    return "a “(” is not closed" if query.count("(") > query.count(")") else "something is missing at the end"


def _no_field(name: str, query: str) -> str:
    if re.search(rf"-\s*{re.escape(name)}", foldable(query)):
        return f"“-” stands before “{name}”: a word with a hyphen needs double quotes, and one to leave out needs NOT"
    return f"there is no “{name}” to look in: only {' and '.join(_FIELDS)} may stand before a colon"


def _place(before: str) -> str:
    words = before.split()
    return f"after “{' '.join(words[-_SHOWN:])}”" if words else "at the beginning"
