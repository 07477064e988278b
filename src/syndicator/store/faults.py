"""Stored faults, of which the oldest that are over are deleted."""

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Row

from syndicator.model.overview import Fault, FaultKind, Trouble
from syndicator.store import rows
from syndicator.store.door import Opened, atomic, explained

MOST = 1_000
"""The most faults that are kept, apart from those that are not over."""


class Faults(Opened):
    """The part of a `Store` with the faults that the operator should know of; every method may raise `StoreError`."""

    def faults(self, limit: int = MOST) -> list[Fault]:
        """Return the faults that began or ended most recently, the latest first."""
        with explained(self.path):
            found = self._db.execute("SELECT * FROM faults ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
            return [*map(_fault, found)]

    def open_faults(self) -> list[Fault]:
        """Return the faults that are not over, in the order in which they began."""
        with explained(self.path):
            return [*map(_fault, self._db.execute("SELECT * FROM faults WHERE ended IS NULL ORDER BY id").fetchall())]

    def last_fault(self, kind: FaultKind) -> Fault | None:
        """Return the fault of this kind that began or ended most recently; None if there is none."""
        with explained(self.path):
            found = self._db.execute("SELECT * FROM faults WHERE kind = ? ORDER BY id DESC LIMIT 1", (kind,)).fetchone()
            return _fault(found) if found else None

    def note_faults(self, begun: Iterable[Trouble], ended: Iterable[Fault], now: datetime) -> None:
        """Record which faults begin and which are over; this changes nothing that is published.

        A fault that is over gets a new number, so that the order by numbers is right whatever the clock says.
        """
        at = rows.to_ms(now)
        with explained(self.path), atomic(self._db):
            self._db.executemany(
                "UPDATE faults SET ended = ?, id = (SELECT max(id) + 1 FROM faults) WHERE id = ?",
                [(at, it.number) for it in ended],
            )
            self._db.executemany(
                "INSERT INTO faults (kind, subject, message, remedy, began) VALUES (?, ?, ?, ?, ?)",
                [(it.kind, it.subject, it.message, it.remedy, at) for it in begun],
            )
            self._db.execute(
                "DELETE FROM faults WHERE ended IS NOT NULL AND id <= (SELECT max(id) FROM faults) - ?", (MOST,)
            )


def _fault(row: Row) -> Fault:
    trouble = Trouble(kind=row["kind"], subject=row["subject"], message=row["message"], remedy=row["remedy"])
    ended = None if row["ended"] is None else rows.from_ms(row["ended"])
    return Fault(number=row["id"], trouble=trouble, began=rows.from_ms(row["began"]), ended=ended)
