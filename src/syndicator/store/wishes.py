"""Stored wishes for article pages, with what their listing says, until the pages have come or are given up."""

from datetime import datetime
from sqlite3 import Connection

from syndicator.model.outcome import Wish
from syndicator.store import rows


class Wishes:
    """The wishes of all sources, in an open transaction; `ms` is the time of the step, in milliseconds since 1970.

    A wish is identified by its source and its entry's key.
    """

    def __init__(self, database: Connection, ms: int) -> None:
        self._db = database
        self._ms = ms

    def add(self, source_id: str, wish: Wish) -> None:
        """Store a wish, which is due at once."""
        found_hash = b"" if wish.fallback is None else wish.fallback.found_hash
        self._db.execute(
            "INSERT INTO wishes (source_id, key, due_at, attempts, first_seen, found_hash, body)"
            " VALUES (?, ?, ?, 0, ?, ?, ?) ON CONFLICT (source_id, key) DO UPDATE SET"
            " due_at = excluded.due_at, attempts = 0, found_hash = excluded.found_hash, body = excluded.body",
            (source_id, wish.entry.key, self._ms, self._ms, found_hash, rows.wish_body(wish)),
        )

    def since(self, source_id: str, key: str) -> datetime | None:
        """Return when a wish was first stored; None if there is none."""
        row = self._db.execute(
            "SELECT first_seen FROM wishes WHERE source_id = ? AND key = ?", (source_id, key)
        ).fetchone()
        return None if row is None else rows.from_ms(row[0])

    def granted(self, source_id: str, key: str) -> None:
        """Delete a wish that needs no further request."""
        self._db.execute("DELETE FROM wishes WHERE source_id = ? AND key = ?", (source_id, key))

    def postponed(self, source_id: str, key: str, due_at: datetime, *, tried: bool = True) -> None:
        """Set another due time for a wish that was not fulfilled; `tried` says whether this counts as an attempt."""
        self._db.execute(
            "UPDATE wishes SET due_at = ?, attempts = attempts + ? WHERE source_id = ? AND key = ?",
            (rows.to_ms(due_at), int(tried), source_id, key),
        )

    def missed(self, source_id: str, key: str) -> int:
        """Return how many times the page of a wish did not exist; this is counted only once its article is stored."""
        row = self._db.execute(
            "SELECT missing FROM wishes WHERE source_id = ? AND key = ?", (source_id, key)
        ).fetchone()
        return 0 if row is None else int(row[0])

    def missing(self, source_id: str, key: str, due_at: datetime) -> int:
        """Note that the page of a wish did not exist, and when it is due again; return how many times that was so."""
        self._db.execute(
            "UPDATE wishes SET due_at = ?, attempts = attempts + 1, missing = missing + 1"
            " WHERE source_id = ? AND key = ?",
            (rows.to_ms(due_at), source_id, key),
        )
        return self.missed(source_id, key)
