"""What hosts and sites demand: to be left alone for a while, and to keep off some pages (`robots.txt`)."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime

from syndicator.model.manners import Debt, Robots
from syndicator.store import rows
from syndicator.store.packing import pack, unpack


def debts(db: sqlite3.Connection) -> dict[str, Debt]:
    """Every host that asked to be left alone and has not answered since, by name."""
    return {
        row["host"]: Debt(
            host=row["host"],
            since=rows.from_ms(row["since"]),
            until=rows.from_ms(row["until"]),
            times=row["times"],
            message=row["message"],
        )
        for row in db.execute("SELECT * FROM debts ORDER BY host")
    }


def keep_debts(db: sqlite3.Connection, changed: Mapping[str, Debt | None]) -> None:
    """Remember what hosts demand, and forget what they do not demand any more (None)."""
    for host, debt in changed.items():
        db.execute("DELETE FROM debts WHERE host = ?", (host,))
        if debt is not None:
            db.execute(
                "INSERT INTO debts (host, since, until, times, message) VALUES (?, ?, ?, ?, ?)",
                (host, rows.to_ms(debt.since), rows.to_ms(debt.until), debt.times, debt.message),
            )


def robots(db: sqlite3.Connection, origin: str) -> Robots | None:
    """What is known of an origin's robots.txt, however old."""
    row = db.execute("SELECT * FROM robots WHERE origin = ?", (origin,)).fetchone()
    if row is None:
        return None
    text = unpack(row["text"]).decode()
    return Robots(origin=origin, until=rows.from_ms(row["until"]), text=text, unreachable=bool(row["unreachable"]))


def keep_robots(db: sqlite3.Connection, found: Iterable[Robots], now: datetime) -> None:
    """Remember what robots.txt say, and forget those that have to be asked for anew."""
    db.execute("DELETE FROM robots WHERE until < ?", (rows.to_ms(now),))
    for each in found:
        db.execute(
            "INSERT OR REPLACE INTO robots (origin, until, unreachable, text) VALUES (?, ?, ?, ?)",
            (each.origin, rows.to_ms(each.until), int(each.unreachable), pack(each.text.encode())),
        )
