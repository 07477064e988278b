"""What hosts and sites demand: to be left alone for a while, and to keep off some pages (`robots.txt`)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from syndicator.model.manners import Debt, Robots
from syndicator.store import rows
from syndicator.store.door import Opened, atomic, explained
from syndicator.store.packing import pack, unpack


class Manners(Opened):
    """The part of a `Store` that knows what hosts and sites demand; every method may raise `StoreError`."""

    def debts(self) -> dict[str, Debt]:
        """Every host that asked to be left alone and has not answered since, by name."""
        with explained(self.path):
            return {
                row["host"]: Debt(
                    host=row["host"],
                    since=rows.from_ms(row["since"]),
                    until=rows.from_ms(row["until"]),
                    times=row["times"],
                    message=row["message"],
                )
                for row in self._db.execute("SELECT * FROM debts ORDER BY host")
            }

    def robots(self, origin: str) -> Robots | None:
        """What is known of an origin's robots.txt, however old."""
        with explained(self.path):
            row = self._db.execute("SELECT * FROM robots WHERE origin = ?", (origin,)).fetchone()
        if row is None:
            return None
        text, until = unpack(row["text"]).decode(), rows.from_ms(row["until"])
        return Robots(origin=origin, until=until, text=text, unreachable=bool(row["unreachable"]))

    def keep_hosts(self, debts: Mapping[str, Debt | None], robots: Iterable[Robots], now: datetime) -> None:
        """Remember what hosts demand (None: nothing any more), and what robots.txt say, until they are asked for anew.

        Args:
            debts: By host.
            robots: As they came.
            now: The step's time.
        """
        with explained(self.path), atomic(self._db):
            self._db.executemany("DELETE FROM debts WHERE host = ?", [(host,) for host in debts])
            self._db.executemany(
                "INSERT INTO debts (host, since, until, times, message) VALUES (?, ?, ?, ?, ?)",
                [
                    (host, rows.to_ms(debt.since), rows.to_ms(debt.until), debt.times, debt.message)
                    for host, debt in debts.items()
                    if debt is not None
                ],
            )
            self._db.execute("DELETE FROM robots WHERE until < ?", (rows.to_ms(now),))
            self._db.executemany(
                "INSERT OR REPLACE INTO robots (origin, until, unreachable, text) VALUES (?, ?, ?, ?)",
                [(it.origin, rows.to_ms(it.until), int(it.unreachable), pack(it.text.encode())) for it in robots],
            )
