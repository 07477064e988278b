"""What a source's newest articles had, and how many entries its newest documents showed: one character for each.

A character more is written behind the others, in place, and what is too much falls off in front: so whoever writes need
not read what is there.
"""

from sqlite3 import Connection

from syndicator.model.article import Article
from syndicator.model.state import Habits

MARKS = 200
"""Articles of a source that are remembered."""
SIZES = 30
"""Documents, likewise."""
WORDY = 200
"""Characters of a text that is no mere headline."""

_ZERO = ord("0")
_LARGEST = 0xD7FF  # beyond, a code is no character
_SQL = (
    "INSERT INTO habits (source_id, marks, sizes) VALUES (?, ?, ?) ON CONFLICT (source_id) DO UPDATE"
    f" SET marks = substr(marks || excluded.marks, -{MARKS}), sizes = substr(sizes || excluded.sizes, -{SIZES})"
)


class Writing:
    """What was noted in a transaction, until it is written."""

    def __init__(self, database: Connection) -> None:
        self._db = database
        self._marks: dict[str, str] = {}
        self._sizes: dict[str, str] = {}

    def note(self, article: Article) -> None:
        """An article that its source had not shown before."""
        source_id = article.source_id
        self._marks[source_id] = self._marks.get(source_id, "") + _mark(article)

    def showed(self, source_id: str, entries: int) -> None:
        """A document that was read showed so many entries; an empty one tells nothing."""
        if entries:
            self._sizes[source_id] = self._sizes.get(source_id, "") + chr(min(entries, _LARGEST))

    def write(self) -> None:
        """Write down what was noted."""
        ids = self._marks.keys() | self._sizes.keys()
        self._db.executemany(_SQL, [(it, self._marks.get(it, "")[-MARKS:], self._sizes.get(it, "")) for it in ids])


def _mark(article: Article) -> str:
    has = (bool(article.title), article.published is not None, len(article.text) >= WORDY)
    return chr(_ZERO + sum(1 << place for place, it in enumerate(has) if it))


def read(marks: str | None, sizes: str | None) -> Habits:
    """The habits that a row holds."""
    codes = [ord(it) - _ZERO for it in marks or ""]
    titled, dated, worded = (tuple(bool(code >> place & 1) for code in codes) for place in range(3))
    return Habits(titled=titled, dated=dated, worded=worded, sizes=tuple(map(ord, sizes or "")))


def forget(database: Connection, source_id: str) -> None:
    """Forget a source's: it is read at another address, or otherwise."""
    database.execute("DELETE FROM habits WHERE source_id = ?", (source_id,))
