"""Stored demands of hosts and sites: hosts that want no requests for a while, and `robots.txt` files."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from syndicator.model.manners import Debt, Robots
from syndicator.store import rows
from syndicator.store.door import Opened, atomic, explained
from syndicator.store.packing import pack, unpack


class Manners(Opened):
    """The part of a `Store` with the demands of hosts and sites; every method may raise `StoreError`."""

    def debts(self) -> dict[str, Debt]:
        """Return the debts of all hosts that wanted no requests and have not served us since, by the host's name."""
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
        """Return what is known of an origin's robots.txt, however old; None if nothing is."""
        with explained(self.path):
            row = self._db.execute("SELECT * FROM robots WHERE origin = ?", (origin,)).fetchone()
        if row is None:
            return None
        text, until = unpack(row["text"]).decode(), rows.from_ms(row["until"])
        return Robots(origin=origin, until=until, text=text, unreachable=bool(row["unreachable"]))

    def keep_hosts(self, debts: Mapping[str, Debt | None], robots: Iterable[Robots], now: datetime) -> None:
        """Store what hosts demand, and what robots.txt files say; delete robots.txt files that have expired.

        Args:
            debts: The debt of each host; None if the host no longer demands anything.
            robots: The robots.txt files.
            now: The time of the step.
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
