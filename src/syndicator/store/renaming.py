"""Give new keys to articles whose source has changed their ids, wherever the database has the former keys."""

from collections.abc import Iterable
from sqlite3 import Connection

from syndicator.text.keys import MEANT

_ARTICLE = """
    UPDATE OR IGNORE articles SET key = ?, found_hash = coalesce(substr(found_hash, 1, ?), x'')
    WHERE source_id = ? AND key = ?
"""
_MEASURED = """
    UPDATE articles SET detail = json_set(detail, '$.with[1]', ?)
    WHERE story = (SELECT story FROM articles WHERE source_id = ? AND key = ?) AND detail != ''
        AND json_extract(detail, '$.with[0]') = ? AND json_extract(detail, '$.with[1]') = ?
"""
_WISH = """
    UPDATE OR IGNORE wishes SET key = ?, found_hash = substr(found_hash, 1, ?) WHERE source_id = ? AND key = ?
        AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.source_id = wishes.source_id AND a.key = wishes.key)
"""


def rename(db: Connection, source_id: str, keys: Iterable[tuple[str, str]]) -> None:
    """Replace keys of articles, also in the measurements of copies in their stories, and in wishes for their pages.

    A key that another article has already is not given. The digest of how the entry was written is deleted, because it
    leads to the former key (`parse.feeds.seen`).

    Args:
        db: The database.
        source_id: The id of the articles' source.
        keys: Pairs of the former and the new key.
    """
    for old, new in keys:
        if db.execute(_ARTICLE, (new, MEANT, source_id, old)).rowcount:
            db.execute(_MEASURED, (new, source_id, new, source_id, old))
        db.execute(_WISH, (new, MEANT, source_id, old))
