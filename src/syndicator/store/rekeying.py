"""New likeness keys for stored articles, when the rules have changed since the articles were stored."""

from collections.abc import Iterable, Iterator
from sqlite3 import Connection, Row
from typing import NamedTuple

from syndicator.store import sketches
from syndicator.text.keys import meant, url_key
from syndicator.text.urls import canonical, registrable_domain


class Likeness(NamedTuple):
    """New likeness keys of an article.

    Attributes:
        article: The article's number.
        former: The keys that it had, and what it was made from, when it was examined (`former`).
        url_key: New digest of its address.
        text_key: New digest of its text.
        title_key: New digest of its title.
        sketch: New sketch of its text.
    """

    article: int
    former: bytes
    url_key: bytes
    text_key: bytes
    title_key: bytes
    sketch: bytes


def former(row: Row) -> bytes:
    """Join an article's likeness keys, and the hash of the entry it was made from, into one value."""
    return b" ".join((meant(row["found_hash"]), row["url_key"], row["text_key"], row["title_key"], row["sketch"]))


def rekey(db: Connection, likenesses: Iterable[Likeness]) -> None:
    """Replace likeness keys of articles, except of those that have changed since they were examined."""
    stored = "SELECT found_hash, url_key, text_key, title_key, sketch FROM articles WHERE id = ?"
    for likeness in likenesses:
        row = db.execute(stored, (likeness.article,)).fetchone()
        if row is None or former(row) != likeness.former:
            continue
        db.execute(
            "UPDATE articles SET url_key = ?, text_key = ?, title_key = ?, sketch = ? WHERE id = ?",
            (likeness.url_key, likeness.text_key, likeness.title_key, likeness.sketch, likeness.article),
        )
        sketches.change(db, likeness.article, row["sketch"], likeness.sketch)


def renew_addresses(db: Connection) -> None:
    """Replace the keys of all articles' addresses by those of the present rules; other keys stay as they are.

    An address that contains one of another domain, as a redirector's does, becomes a claimed one.
    """
    stored = db.execute("SELECT id, canonical_url, url_key, claimed FROM articles WHERE canonical_url != ''")
    db.executemany("UPDATE articles SET url_key = ?, claimed = ? WHERE id = ?", list(_renewed(stored)))


def _renewed(stored: Iterable[tuple[int, str, bytes, int]]) -> Iterator[tuple[bytes, int, int]]:
    for number, url, key, claimed in stored:
        if (new := url_key(url)) != key:
            leads_away = registrable_domain(canonical(url)) != registrable_domain(url)
            yield new, claimed or leads_away, number
