"""Which stories are in which archive document of a channel (RFC 5005, section 4).

What is written down here stays: a document's address holds the same stories for ever, but for those that are no more.
"""

from collections.abc import Collection, Iterable
from sqlite3 import Connection

from syndicator.store import rows

_ARCHIVED = """
    SELECT story, page FROM archived WHERE channel = ? AND page IN (
        SELECT page FROM archived WHERE channel = ? AND story IN (SELECT value FROM json_each(?))
    )
"""


def archived(db: Connection, channel: str, stories: Collection[int]) -> dict[int, int]:
    """The documents of a channel that hold at least one of these stories: each story in them, with their number."""
    return dict(db.execute(_ARCHIVED, (channel, channel, rows.many(stories))).fetchall())


def keep(db: Connection, channel: str, pages: Iterable[Iterable[int]], ms: int) -> None:
    """Add documents to a channel's archive; what is in one already stays where it is.

    Each is numbered by the millisecond in which it is made, or counted on from the last: so that a database that was
    lost, or restored from an older copy, gives no number that stood for other stories once, though a first archive has
    a thousand documents.

    Args:
        db: With them.
        channel: Whose.
        pages: The stories of each, the oldest document first.
        ms: The time.
    """
    (last,) = db.execute("SELECT ifnull(max(page), 0) FROM archived WHERE channel = ?", (channel,)).fetchone()
    first = max(last + 1, ms)
    made = ((channel, number, story) for number, page in enumerate(pages, first) for story in page)
    db.executemany("INSERT OR IGNORE INTO archived VALUES (?, ?, ?)", made)
