"""Faults that were noted, until so many newer ones have come."""

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Row

from syndicator.model.overview import Fault, FaultKind, Trouble
from syndicator.store import rows
from syndicator.store.door import Opened, atomic, explained

MOST = 1_000
"""Of those that are over, so many are kept at most."""


class Faults(Opened):
    """The part of a `Store` that remembers what the operator should know of; every method may raise `StoreError`."""

    def faults(self, limit: int = MOST) -> list[Fault]:
        """Those that began, or were over, last; the latest first."""
        with explained(self.path):
            found = self._db.execute("SELECT * FROM faults ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
            return [*map(_fault, found)]

    def open_faults(self) -> list[Fault]:
        """Those that are not over, in the order in which they began."""
        with explained(self.path):
            return [*map(_fault, self._db.execute("SELECT * FROM faults WHERE ended IS NULL ORDER BY id").fetchall())]

    def last_fault(self, kind: FaultKind) -> Fault | None:
        """The one of this kind that began, or was over, last; None: there is none."""
        with explained(self.path):
            found = self._db.execute("SELECT * FROM faults WHERE kind = ? ORDER BY id DESC LIMIT 1", (kind,)).fetchone()
            return _fault(found) if found else None

    def note_faults(self, begun: Iterable[Trouble], ended: Iterable[Fault], now: datetime) -> None:
        """Write down what begins, and what is over; this changes nothing that is published.

        One that is over gets another number: so they stand in order whatever the clock says.
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
