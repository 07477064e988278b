"""What stored articles are compared by, given anew when the rules for it are others than when they were stored."""

from collections.abc import Iterable, Iterator
from sqlite3 import Connection, Row
from typing import NamedTuple

from syndicator.store import sketches
from syndicator.text.keys import meant, url_key
from syndicator.text.urls import canonical, registrable_domain


class Likeness(NamedTuple):
    """What an article is compared by, as far as it was found to have changed.

    Attributes:
        article: Its number.
        former: What it was compared by, and made from, when it was looked at (`former`).
        url_key: Digest of its address.
        text_key: Of its text.
        title_key: Of its title.
        sketch: Of its text.
    """

    article: int
    former: bytes
    url_key: bytes
    text_key: bytes
    title_key: bytes
    sketch: bytes


def former(row: Row) -> bytes:
    """What an article is compared by, and made from, in one piece."""
    return b" ".join((meant(row["found_hash"]), row["url_key"], row["text_key"], row["title_key"], row["sketch"]))


def rekey(db: Connection, likenesses: Iterable[Likeness]) -> None:
    """Give articles what they are compared by; one that has been changed, or has another address, keeps its own."""
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
    """Give all articles the keys that their addresses have by the rules of today; other keys stay as they are.

    An address that carries one of another domain becomes a claim.
    """
    stored = db.execute("SELECT id, canonical_url, url_key, claimed FROM articles WHERE canonical_url != ''")
    db.executemany("UPDATE articles SET url_key = ?, claimed = ? WHERE id = ?", list(_renewed(stored)))


def _renewed(stored: Iterable[tuple[int, str, bytes, int]]) -> Iterator[tuple[bytes, int, int]]:
    for number, url, key, claimed in stored:
        if (new := url_key(url)) != key:
            leads_away = registrable_domain(canonical(url)) != registrable_domain(url)
            yield new, claimed or leads_away, number
