"""Which stories are in which archive document of a channel (RFC 5005, section 4).

What is written down here stays: a document's address holds the same stories for ever, but for those that are no more.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from syndicator.store import rows
from syndicator.store.door import Opened, atomic, explained

_ARCHIVED = """
    SELECT story, page FROM archived WHERE channel = ? AND page IN (
        SELECT page FROM archived WHERE channel = ? AND story IN (SELECT value FROM json_each(?))
    )
"""


class Archives(Opened):
    """The part of a `Store` that knows archive documents; every method may raise `StoreError`."""

    def archived(self, channel: str, stories: Collection[int]) -> dict[int, int]:
        """What is in the archive documents of a channel that hold at least one of these stories.

        Returns:
            Each story in them, with the number of its document; a later one has a higher number.
        """
        with explained(self.path):
            return dict(self._db.execute(_ARCHIVED, (channel, channel, rows.many(stories))).fetchall())

    def archive(self, channel: str, pages: Iterable[Sequence[int]], now: datetime) -> None:
        """Add documents to a channel's archive, for ever; what is in one already stays where it is.

        Each is numbered by the millisecond in which it is made, or counted on from the last: so that a database that
        was lost, or restored from an older copy, gives no number that stood for other stories once, though a first
        archive has a thousand documents.

        Args:
            channel: Whose.
            pages: The stories of each, the oldest document first.
            now: The time.
        """
        with explained(self.path), atomic(self._db):
            asked = "SELECT ifnull(max(page), 0) FROM archived WHERE channel = ?"
            (last,) = self._db.execute(asked, (channel,)).fetchone()
            first = max(last + 1, rows.to_ms(now))
            made = ((channel, number, story) for number, page in enumerate(pages, first) for story in page)
            self._db.executemany("INSERT OR IGNORE INTO archived VALUES (?, ?, ?)", made)
