"""What the store tells of stories to a person who asks: by what names, made of what, decided how."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType

from syndicator.model.article import Article, Copy
from syndicator.model.decision import Decision, Identity
from syndicator.store import decisions, finding, reading, rows
from syndicator.store.door import Opened, explained
from syndicator.store.replaying import Paper


class Explaining(Opened):
    """The part of a `Store` that explains; every method may raise `StoreError`."""

    def find(self, word: str) -> list[int]:
        """Numbers of the stories that a number, a public id or an address may mean."""
        with explained(self.path):
            return finding.find(self._db, word)

    def held(self, story: int) -> list[tuple[Copy, Article]]:
        """Every copy of a story, by first sight, with its article."""
        with explained(self.path):
            return finding.held(self._db, story)

    def article(self, identity: Identity) -> finding.Placed | None:
        """Where the article is that a source calls so; None: it is not stored."""
        with explained(self.path):
            return finding.article(self._db, identity)

    def withdrawn(self, guid: str) -> datetime | None:
        """When the story that had this public id was withdrawn; None: there is none such."""
        with explained(self.path):
            return rows.from_ms_or_none(finding.withdrawn(self._db, guid))

    def former_ids(self, story: int) -> list[str]:
        """Public ids of the stories that a story has absorbed."""
        with explained(self.path):
            return finding.former_ids(self._db, story)

    def decisions(self) -> list[Decision]:
        """What the operator decided, the oldest first."""
        with explained(self.path):
            return decisions.load(self._db)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """The database as it is now, to be read for long: what is written meanwhile does not show."""
        with explained(self.path):
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                self._db.execute("ROLLBACK")

    def outranked(self, priorities: Mapping[str, int] = MappingProxyType({})) -> list[int]:
        """Stories with a copy whose source has a higher priority than the lead's.

        Args:
            priorities: Of sources, where they are others than are stored.
        """
        with explained(self.path):
            return reading.outranked(self._db, priorities)

    def paper(self) -> Paper:
        """What all stored articles can be placed anew on."""
        return Paper(self._db)
