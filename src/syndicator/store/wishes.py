"""Article pages to be asked for: remembered with what their listing says, until they have come or are given up."""

from datetime import datetime
from sqlite3 import Connection

from syndicator.model.outcome import Wish
from syndicator.store import rows


class Wishes:
    """The wishes of all sources, in an open transaction; `ms` is the step's time.

    A wish is known by its source and its entry's key.
    """

    def __init__(self, database: Connection, ms: int) -> None:
        self._db = database
        self._ms = ms

    def add(self, source_id: str, wish: Wish) -> None:
        """Remember an article page to be asked for."""
        found_hash = b"" if wish.fallback is None else wish.fallback.found_hash
        self._db.execute(
            "INSERT INTO wishes (source_id, key, due_at, attempts, first_seen, found_hash, body)"
            " VALUES (?, ?, ?, 0, ?, ?, ?) ON CONFLICT (source_id, key) DO UPDATE SET"
            " due_at = excluded.due_at, attempts = 0, found_hash = excluded.found_hash, body = excluded.body",
            (source_id, wish.entry.key, self._ms, self._ms, found_hash, rows.wish_body(wish)),
        )

    def since(self, source_id: str, key: str) -> datetime | None:
        """When a wish was first heard of; None: there is none."""
        row = self._db.execute(
            "SELECT first_seen FROM wishes WHERE source_id = ? AND key = ?", (source_id, key)
        ).fetchone()
        return None if row is None else rows.from_ms(row[0])

    def granted(self, source_id: str, key: str) -> None:
        """A wish has been dealt with for good."""
        self._db.execute("DELETE FROM wishes WHERE source_id = ? AND key = ?", (source_id, key))

    def postponed(self, source_id: str, key: str, due_at: datetime, *, tried: bool = True) -> None:
        """A wish was not granted this time; `tried`: this counts as an attempt."""
        self._db.execute(
            "UPDATE wishes SET due_at = ?, attempts = attempts + ? WHERE source_id = ? AND key = ?",
            (rows.to_ms(due_at), int(tried), source_id, key),
        )

    def missed(self, source_id: str, key: str) -> int:
        """How often there was no page where a wish leads, since its article was stored."""
        row = self._db.execute(
            "SELECT missing FROM wishes WHERE source_id = ? AND key = ?", (source_id, key)
        ).fetchone()
        return 0 if row is None else int(row[0])

    def missing(self, source_id: str, key: str, due_at: datetime) -> int:
        """There is no page where a wish leads, once more; returns how often that was so."""
        self._db.execute(
            "UPDATE wishes SET due_at = ?, attempts = attempts + 1, missing = missing + 1"
            " WHERE source_id = ? AND key = ?",
            (rows.to_ms(due_at), source_id, key),
        )
        return self.missed(source_id, key)
