"""Our stored subscriptions at sources' WebSub hubs, the sources that name hubs, and the key that proves their calls."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from sqlite3 import Row

import orjson

from syndicator.model.lease import Lease, Offer
from syndicator.model.noun import replace
from syndicator.store import rows, sources
from syndicator.store.door import Opened, atomic, explained

_COLUMNS = ("source_id", "hub", "topic", "callback", "again_at", "until", "asked", "failures", "message")
_WRITE = f"INSERT OR REPLACE INTO leases ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


class Leases(Opened):
    """The part of a `Store` with our subscriptions at sources' hubs; every method may raise `StoreError`."""

    def callback_key(self) -> bytes:
        """Return the key from which all callbacks are derived (`text.callbacks`); it is made once, on first use."""
        with explained(self.path), atomic(self._db):
            made = secrets.token_bytes(32)
            self._db.execute("INSERT OR IGNORE INTO keys (name, value) VALUES ('callbacks', ?)", (made,))
            return bytes(self._db.execute("SELECT value FROM keys WHERE name = 'callbacks'").fetchone()[0])

    def hubs_of_sources(self) -> dict[str, tuple[tuple[str, ...], str, str]]:
        """For each polled source that names hubs, return the hubs, its topic, and the address that it has moved to.

        Either of the last two may be empty.
        """
        with explained(self.path):
            found = self._db.execute(
                "SELECT id, json_extract(info, '$.hubs'), coalesce(json_extract(info, '$.topic'), ''),"
                " coalesce(json_extract(pace, '$.address'), '') FROM sources"
                " WHERE active = 1 AND instr(info, '\"hubs\"') AND json_extract(info, '$.hubs') IS NOT NULL"
            )
            return {row[0]: (tuple(orjson.loads(row[1])), row[2], row[3]) for row in found}

    def leases(self) -> dict[str, Lease]:
        """Return the subscription at each source's hub, by the source's id."""
        with explained(self.path):
            return {row["source_id"]: _lease(row) for row in self._db.execute("SELECT * FROM leases")}

    def write_leases(self, leases: Collection[Lease]) -> None:
        """Store subscriptions; each source's pace gets the time until which its hub announces news."""
        with explained(self.path), atomic(self._db):
            for lease in leases:
                columns = (
                    *(lease.source_id, lease.offer.hub, lease.offer.topic, lease.callback, rows.to_ms(lease.again_at)),
                    *(rows.to_ms_or_none(lease.until), lease.asked, lease.failures, lease.message),
                )
                self._db.execute(_WRITE, columns)
                self._tell(lease.source_id, lease.until)

    def end_leases(self, source_ids: Collection[str]) -> None:
        """Delete the subscriptions at the hubs of these sources."""
        with explained(self.path), atomic(self._db):
            for source_id in source_ids:
                self._db.execute("DELETE FROM leases WHERE source_id = ?", (source_id,))
                self._tell(source_id, None)

    def expect(self, dues: Mapping[str, tuple[int, datetime]]) -> None:
        """Make sources due earlier because their hubs have announced news, except sources whose polls fail.

        Args:
            dues: By the source's id, how many of its next polls are to look for the news (0 if none was announced, but
                there may be some), and the latest time at which it is due.
        """
        with explained(self.path), atomic(self._db):
            for source_id, (failures, pace) in sources.paces(self._db, dues).items():
                polls, at = dues[source_id]
                if not failures:
                    told = replace(pace, expecting=max(pace.expecting, polls))
                    self._db.execute(
                        "UPDATE sources SET due_at = min(due_at, ?), pace = ? WHERE id = ? AND active = 1",
                        (rows.to_ms(at), rows.dump_text(told), source_id),
                    )

    def _tell(self, source_id: str, until: datetime | None) -> None:
        for _, pace in sources.paces(self._db, [source_id]).values():
            if pace.told_until != until:
                told = rows.dump_text(replace(pace, told_until=until))
                self._db.execute("UPDATE sources SET pace = ? WHERE id = ?", (told, source_id))


def _lease(row: Row) -> Lease:
    return Lease(
        source_id=row["source_id"],
        offer=Offer(hub=row["hub"], topic=row["topic"]),
        callback=row["callback"],
        again_at=rows.from_ms(row["again_at"]),
        until=rows.from_ms_or_none(row["until"]),
        asked=bool(row["asked"]),
        failures=row["failures"],
        message=row["message"],
    )
