"""Habits of sources: what each source's newest articles had, and how many entries its newest documents showed.

A row has one character for each article and each document. SQL appends new characters and cuts off the oldest, so that
a write need not read the row.
"""

from sqlite3 import Connection

from syndicator.model.article import Article
from syndicator.model.state import Habits

MARKS = 200
"""The most articles of a source that are remembered."""
SIZES = 30
"""The most documents of a source that are remembered."""
WORDY = 200
"""The least characters of a text that is more than a headline."""

_ZERO = ord("0")  # code of the character of an article that had nothing
_LARGEST = 0xD7FF  # the largest number that is written as a character; surrogates follow, which are none
_SQL = (
    "INSERT INTO habits (source_id, marks, sizes) VALUES (?, ?, ?) ON CONFLICT (source_id) DO UPDATE"
    f" SET marks = substr(marks || excluded.marks, -{MARKS}), sizes = substr(sizes || excluded.sizes, -{SIZES})"
)


class Writing:
    """Collects habits in a transaction until they are written."""

    def __init__(self, database: Connection) -> None:
        self._db = database
        self._marks: dict[str, str] = {}
        self._sizes: dict[str, str] = {}

    def note(self, article: Article) -> None:
        """Take up an article that its source had not shown before."""
        source_id = article.source_id
        self._marks[source_id] = self._marks.get(source_id, "") + _mark(article)

    def showed(self, source_id: str, entries: int) -> None:
        """Take up how many entries a document showed; an empty document is ignored."""
        if entries:
            self._sizes[source_id] = self._sizes.get(source_id, "") + chr(min(entries, _LARGEST))

    def write(self) -> None:
        """Write what was taken up."""
        ids = self._marks.keys() | self._sizes.keys()
        self._db.executemany(_SQL, [(it, self._marks.get(it, "")[-MARKS:], self._sizes.get(it, "")) for it in ids])


def _mark(article: Article) -> str:
    has = (bool(article.title), article.published is not None, len(article.text) >= WORDY)
    return chr(_ZERO + sum(1 << place for place, it in enumerate(has) if it))


def read(marks: str | None, sizes: str | None) -> Habits:
    """Return the habits that a row's two columns hold."""
    codes = [ord(it) - _ZERO for it in marks or ""]
    titled, dated, worded = (tuple(bool(code >> place & 1) for code in codes) for place in range(3))
    return Habits(titled=titled, dated=dated, worded=worded, sizes=tuple(map(ord, sizes or "")))


def forget(database: Connection, source_id: str) -> None:
    """Delete a source's habits, because it is requested at another address or in another way."""
    database.execute("DELETE FROM habits WHERE source_id = ?", (source_id,))
