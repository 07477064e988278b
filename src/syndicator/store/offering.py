"""What the store gives to be published: which stories, what is in them, and what lies in the public folder already."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from syndicator.model.article import Story
from syndicator.store import archives, reading, rows
from syndicator.store.door import Opened, atomic, explained


class Offering(Opened):
    """The part of a `Store` that is asked when something is published; every method may raise `StoreError`."""

    publications = 0
    """How often something else has come to lie in the public folder: as long as that stays, so does `published`."""

    def select(
        self,
        *,
        sources: Collection[str] | None = None,
        languages: Collection[str] = (),
        match: str = "",
        exclude: str = "",
        among: Collection[int] | None = None,
        limit: int,
    ) -> list[tuple[int, int]]:
        """The newest stories that fit: number and revision, newest first.

        Args:
            sources: At least one copy is from one of these; None: any.
            languages: BCP 47 tags; `ru` fits `ru-RU`, too. Empty: any.
            match: SQLite full-text query; empty: any.
            exclude: Likewise, of those that do not fit; empty: all do.
            among: Numbers of those that are asked about; None: all.
            limit: At most so many.
        """
        with explained(self.path):
            fits = reading.Fits(languages=languages, match=match, exclude=exclude, among=among)
            return reading.select(self._db, sources, fits, limit)

    def gone(
        self, *, sources: Collection[str] | None = None, languages: Collection[str] = (), limit: int
    ) -> list[tuple[str, datetime]]:
        """Stories that were withdrawn, or are part of others: the public id, and since when, the latest first.

        Args:
            sources: At least one copy was from one of these; None: any.
            languages: As for `select`.
            limit: At most so many.
        """
        with explained(self.path):
            found = reading.gone(self._db, sources=sources, languages=languages, limit=limit)
            return [(guid, rows.from_ms(gone_at)) for guid, gone_at in found]

    def stories(self, numbers: Sequence[int]) -> list[Story]:
        """These stories, in this order; numbers of none are passed over."""
        with explained(self.path):
            return reading.stories(self._db, numbers)

    def archived(self, channel: str, stories: Collection[int]) -> dict[int, int]:
        """What is in the archive documents of a channel that hold at least one of these stories.

        Returns:
            Each story in them, with the number of its document; a later one has a higher number.
        """
        with explained(self.path):
            return archives.archived(self._db, channel, stories)

    def archive(self, channel: str, pages: Iterable[Sequence[int]], now: datetime) -> None:
        """Add documents to a channel's archive, each with these stories, for ever; the oldest first."""
        with explained(self.path), atomic(self._db):
            archives.keep(self._db, channel, pages, rows.to_ms(now))

    def published(self) -> dict[str, bytes]:
        """Names of the files that we put into the public folder, each with the fingerprint of what it was made from."""
        with explained(self.path):
            return dict(self._db.execute("SELECT name, fingerprint FROM published").fetchall())

    def has_published(self, files: Mapping[str, bytes], removed: Collection[str]) -> None:
        """Remember what lies in the public folder now."""
        with explained(self.path), atomic(self._db):
            self._db.executemany("INSERT OR REPLACE INTO published VALUES (?, ?)", files.items())
            for table in ("published", "told"):
                gone = [(name,) for name in removed]
                self._db.executemany(f"DELETE FROM {table} WHERE name = ?", gone)  # our names
        self.publications += bool(files or removed)

    def told(self, hub: str) -> dict[str, bytes]:
        """Which published files a hub has been told of, each with the digest of the bytes that it had then."""
        with explained(self.path):
            return dict(self._db.execute("SELECT name, digest FROM told WHERE hub = ?", (hub,)).fetchall())

    def tell(self, hub: str, name: str, digest: bytes) -> None:
        """Remember that a hub has been told of a file with bytes of that digest."""
        with explained(self.path), atomic(self._db):
            self._db.execute("INSERT OR REPLACE INTO told VALUES (?, ?, ?)", (hub, name, digest))
