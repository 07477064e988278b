"""What stored articles are compared by, given anew when the rules for it are others than when they were stored."""

from collections.abc import Iterable
from sqlite3 import Connection, Row
from typing import NamedTuple

from syndicator.store import sketches
from syndicator.text.keys import meant


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
    for it in likenesses:
        row = db.execute(stored, (it.article,)).fetchone()
        if row is None or former(row) != it.former:
            continue
        db.execute(
            "UPDATE articles SET url_key = ?, text_key = ?, title_key = ?, sketch = ? WHERE id = ?",
            (it.url_key, it.text_key, it.title_key, it.sketch, it.article),
        )
        sketches.change(db, it.article, row["sketch"], it.sketch)
