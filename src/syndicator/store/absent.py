"""Find out, for all articles of a transaction at once, which keys and ids the database does not hold.

Nearly every article of a poll is new, and would be looked up by its key, its address, its text and its id, one query
for each. So all are looked up together; what was not found, and was not written since, need not be looked up again.
Nothing is decided here: whatever is not known to be missing is looked up as usual.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import TypeVar

from syndicator.model.article import Article

Value = TypeVar("Value")

_MANY = 100  # values that one query looks up
_MARKS = ", ".join("?" * _MANY)


@dataclass(slots=True)
class Absent:
    """What the database does not hold.

    Attributes:
        keys: Identities of articles: source and key.
        url_keys: `Article.url_key` of articles.
        text_keys: `Article.text_key` of articles.
        guids: Public ids of stories, including stories that are gone.
    """

    keys: set[tuple[str, str]] = field(default_factory=set)
    url_keys: set[bytes] = field(default_factory=set)
    text_keys: set[bytes] = field(default_factory=set)
    guids: set[str] = field(default_factory=set)

    def wrote(self, article: Article) -> None:
        """Note that an article has been written."""
        self.keys.discard(article.identity)
        self.url_keys.discard(article.url_key)
        self.text_keys.discard(article.text_key)


def absent(database: Connection, articles: Collection[Article]) -> Absent:
    """Return what the database does not hold of these articles' keys and ids."""
    by_source: defaultdict[str, set[str]] = defaultdict(set)
    for article in articles:
        by_source[article.source_id].add(article.key)
    keys = {
        (source_id, key)
        for source_id, wanted in by_source.items()
        for key in _missing(database, "SELECT key FROM articles WHERE source_id = ? AND key IN", wanted, source_id)
    }
    url_keys = {article.url_key for article in articles if article.url_key}
    text_keys = {article.text_key for article in articles if article.text_key}
    guids = {article.guid for article in articles}
    # SQLite uses the partial indexes only if the query says that the value is not empty.
    return Absent(
        keys=keys,
        url_keys=_missing(database, "SELECT url_key FROM articles WHERE url_key != x'' AND url_key IN", url_keys),
        text_keys=_missing(database, "SELECT text_key FROM articles WHERE text_key != x'' AND text_key IN", text_keys),
        guids=_missing(
            database,
            "SELECT guid FROM redirects WHERE guid IN",
            _missing(database, "SELECT guid FROM stories WHERE guid IN", guids),
        ),
    )


def _missing(database: Connection, sql: str, wanted: set[Value], *first: str) -> set[Value]:
    """Return the wanted values that a query does not find; `sql` ends before the list of values."""
    return wanted.difference(
        row[0]
        for chunk in _chunks(wanted)
        for row in database.execute(f"{sql} ({_MARKS})", (*first, *chunk))  # names are ours
    )


def _chunks(values: Iterable[object]) -> Iterator[list[object]]:
    """Split values into lists of `_MANY`, filled up with NULLs, which equal nothing: one statement serves for all."""
    waiting = list(values)
    for start in range(0, len(waiting), _MANY):
        chunk = waiting[start : start + _MANY]
        yield chunk + [None] * (_MANY - len(chunk))
