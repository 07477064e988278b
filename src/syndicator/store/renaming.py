"""Articles that their source calls something else now: what names them by their keys follows."""

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
    """Give articles other keys, also where a copy of their story was measured against them, or their page is awaited.

    To a key that is taken, none is changed. How an article was written is forgotten: what is written so has its old key
    (`parse.feeds.seen`).

    Args:
        db: With them.
        source_id: Whose.
        keys: The key that each had, and the one it has now.
    """
    for old, new in keys:
        if db.execute(_ARTICLE, (new, MEANT, source_id, old)).rowcount:
            db.execute(_MEASURED, (new, source_id, new, source_id, old))
        db.execute(_WISH, (new, MEANT, source_id, old))
