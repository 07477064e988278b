"""The due times of sources and article pages: which are due, and due times that are moved, as when the clock jumps."""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from syndicator.model.manners import NEVER
from syndicator.model.noun import asdict
from syndicator.model.outcome import Wish
from syndicator.model.settings import FetchSettings
from syndicator.store import counters, rows
from syndicator.store.door import Opened, atomic, explained
from syndicator.text.keys import digest

_LONGEST = timedelta(days=33)
"""The longest wait for a due time: 30 days and a tenth of that."""
_NEVER = rows.to_ms(NEVER)
_TOLERANCE = 60_000
"""Milliseconds that the clock may be set back before stored times are corrected."""
# Statements that correct times which lie too far in the future, and delete debts and robots.txt files that are too old
# or too far in the future. `:late` is now and the tolerance, `:last` is now and the longest wait.
_PULL_IN = (
    """
    UPDATE sources SET polled_at = :now,
    due_at = CASE due_at WHEN :never THEN due_at ELSE :now + max(due_at - polled_at, 0) END WHERE polled_at > :late
    """,
    "UPDATE sources SET due_at = :now WHERE due_at > :last AND due_at != :never",
    "UPDATE wishes SET due_at = :now WHERE due_at > :last",
    "UPDATE debts SET until = :now + until - since, since = :now WHERE since > :late",
    "DELETE FROM debts WHERE until > :last OR until < :now - 2592000000",
    "DELETE FROM robots WHERE until > :now + 86400000",
)


class Dues(Opened):
    """The part of a `Store` with due times; every method may raise `StoreError`."""

    def due(
        self, now: datetime, *, limit: int, busy: Collection[str] = (), only: Collection[str] | None = None
    ) -> list[str]:
        """Return the ids of the sources that are due, the one that has waited longest first.

        Args:
            now: The time of the pump's step.
            limit: The most ids to return.
            busy: Ids of sources that are being polled, to be left out.
            only: Ids of the sources to consider; None means all.
        """
        with explained(self.path):
            found = self._db.execute(
                "SELECT id FROM sources WHERE active = 1 AND due_at <= ?"
                " AND id NOT IN (SELECT value FROM json_each(?))"
                f" {_only('id', only)} ORDER BY due_at, id LIMIT ?",
                (rows.to_ms(now), rows.many(busy), *_values(only), limit),
            )
            return [row[0] for row in found]

    def due_wishes(
        self,
        now: datetime,
        *,
        limit: int,
        busy: Collection[tuple[str, str]] = (),
        only: Collection[str] | None = None,
    ) -> list[tuple[str, Wish, int]]:
        """Return the wishes that are due, each with its source's id and the number of attempts so far.

        The arguments are those of `due`; `busy` has pairs of source id and entry key.
        """
        with explained(self.path):
            found = self._db.execute(
                "SELECT w.* FROM wishes w JOIN sources s ON s.id = w.source_id WHERE s.active = 1 AND w.due_at <= ?"
                f" {_only('w.source_id', only)} ORDER BY w.due_at, w.rowid LIMIT ?",
                (rows.to_ms(now), *_values(only), limit + len(busy)),
            )
            waiting = [row for row in found if (row["source_id"], row["key"]) not in busy]
            return [(row["source_id"], rows.to_wish(row), row["attempts"]) for row in waiting[:limit]]

    def next_dues(self) -> tuple[datetime | None, datetime | None]:
        """Return when the next source is due, and when the next wish is; None if there is none."""
        with explained(self.path):
            found = self._db.execute(
                "SELECT (SELECT min(due_at) FROM sources WHERE active = 1),"
                " (SELECT w.due_at FROM wishes w CROSS JOIN sources s ON s.id = w.source_id WHERE s.active = 1"
                " ORDER BY w.due_at LIMIT 1)"  # CROSS JOIN makes SQLite use the index on due_at
            ).fetchone()
            return rows.from_ms_or_none(found[0]), rows.from_ms_or_none(found[1])

    def soonest(self) -> tuple[str, datetime] | None:
        """Return the source that is due first, and when; None if no source is polled."""
        with explained(self.path):
            first = "SELECT id, due_at FROM sources WHERE active = 1 ORDER BY due_at, id LIMIT 1"
            found = self._db.execute(first).fetchone()
            return None if found is None else (found["id"], rows.from_ms(found["due_at"]))

    def hasten(self, source_ids: Collection[str], now: datetime) -> None:
        """Make these sources and their wishes due now."""
        with explained(self.path), atomic(self._db):
            _hasten(self._db, source_ids, now)

    def retry(self, settings: FetchSettings, now: datetime) -> None:
        """Remember the settings of requests; if they have changed, make failed sources and their wishes due now."""
        with explained(self.path), atomic(self._db):
            if self.asks_so(settings):
                return
            counters.put(self._db, "asking", _asking(settings))
            failed = self._db.execute("SELECT id FROM sources WHERE failure IS NOT NULL").fetchall()
            _hasten(self._db, [row["id"] for row in failed], now)

    def asks_so(self, settings: FetchSettings) -> bool | None:
        """Whether these are the settings that were remembered; None if none were yet."""
        with explained(self.path):
            known = counters.get(self._db, "asking")
            return known == _asking(settings) if known else None

    def reschedule(self, times: Sequence[tuple[str, str, datetime]]) -> None:
        """Set due times: each has a source's id, a wish's entry key (empty for the source itself), and the time."""
        with explained(self.path), atomic(self._db):
            for source_id, key, due_at in times:
                table, column = ("wishes", "source_id") if key else ("sources", "id")
                self._db.execute(
                    f"UPDATE {table} SET due_at = ? WHERE {column} = ?{' AND key = ?' if key else ''}",
                    (rows.to_ms(due_at), source_id, *([key] if key else [])),
                )

    def shift(self, jump: timedelta) -> None:
        """Move all stored times of waits by a jump of the clock that happened while we were running."""
        ms = jump // timedelta(milliseconds=1)
        with explained(self.path), atomic(self._db):
            for table, columns in (
                ("sources", ("due_at", "polled_at")),
                ("wishes", ("due_at",)),
                ("debts", ("since", "until")),
            ):
                moved = ", ".join(f"{it} = {it} + CASE {it} WHEN :never THEN 0 ELSE :ms END" for it in columns)
                self._db.execute(f"UPDATE {table} SET {moved}", {"ms": ms, "never": _NEVER})  # names are ours
            self._db.execute("DELETE FROM robots")

    def pull_in(self, now: datetime) -> None:
        """Correct times that lie far in the future because the clock was set back while we were not running.

        Each wait keeps its length. Debts that have been over for a month are deleted, since nobody requests anything
        from that host any more.
        """
        values = {"now": rows.to_ms(now), "late": rows.to_ms(now) + _TOLERANCE, "last": rows.to_ms(now + _LONGEST)}
        values["never"] = _NEVER
        with explained(self.path), atomic(self._db):
            for sql in _PULL_IN:
                self._db.execute(sql, values)


def _only(column: str, only: Collection[str] | None) -> str:
    return "" if only is None else f"AND {column} IN (SELECT value FROM json_each(?))"


def _values(only: Collection[str] | None) -> tuple[str, ...]:
    return () if only is None else (rows.many(only),)


def _hasten(db: sqlite3.Connection, source_ids: Collection[str], now: datetime) -> None:
    ids = rows.many(source_ids)
    for table, column in (("sources", "id"), ("wishes", "source_id")):
        db.execute(
            f"UPDATE {table} SET due_at = min(due_at, ?) WHERE {column} IN (SELECT value FROM json_each(?))",
            (rows.to_ms(now), ids),
        )


def _asking(settings: FetchSettings) -> int:
    return int.from_bytes(digest(str(asdict(settings)))[:7])  # with the proxy, which `repr` does not show
