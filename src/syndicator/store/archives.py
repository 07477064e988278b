"""The archive documents of channels (RFC 5005, section 4), and the stories in each.

What is stored here never changes: a document has the same stories for ever, except those that are deleted.
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
        """Find the archive documents of a channel that hold at least one of these stories, and all stories in them.

        Returns:
            Each story in these documents, with the number of its document; a later document has a higher number.
        """
        with explained(self.path):
            return dict(self._db.execute(_ARCHIVED, (channel, channel, rows.many(stories))).fetchall())

    def archive(self, channel: str, pages: Iterable[Sequence[int]], now: datetime) -> None:
        """Add documents to a channel's archive, permanently; a story that is already in a document stays there.

        The first one's number is the time in milliseconds, or the last document's number plus 1 if that is higher; the
        others count on from there. So a database that was lost, or restored from an older copy, does not reuse a number
        that once stood for other stories, even if a first archive has a thousand documents.

        Args:
            channel: The channel's id.
            pages: The stories of each, the oldest document first.
            now: The current time.
        """
        with explained(self.path), atomic(self._db):
            asked = "SELECT ifnull(max(page), 0) FROM archived WHERE channel = ?"
            (last,) = self._db.execute(asked, (channel,)).fetchone()
            first = max(last + 1, rows.to_ms(now))
            made = ((channel, number, story) for number, page in enumerate(pages, first) for story in page)
            self._db.executemany("INSERT OR IGNORE INTO archived VALUES (?, ?, ?)", made)
