"""What is remembered of hosts, and due times that move, as when the clock has jumped: functions on an open database."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

import orjson

from syndicator.model.manners import NEVER, Debt, Pace, Robots
from syndicator.model.noun import asdict
from syndicator.model.settings import FetchSettings
from syndicator.model.web import Validators
from syndicator.store import rows
from syndicator.store.packing import pack, unpack
from syndicator.text.keys import digest

_LONGEST = timedelta(days=33)
"""No wait is longer: 30 days, and a tenth."""
_NEVER = rows.to_ms(NEVER)
_TOLERANCE = 60_000
"""Milliseconds that a clock may be set back without anything being made of it."""


def paces(db: sqlite3.Connection, source_ids: Collection[str]) -> dict[str, tuple[int, Pace]]:
    """How often sources failed in a row, and what decides when they are polled."""
    ids = orjson.dumps(list(source_ids)).decode()
    found = db.execute("SELECT id, failures, pace FROM sources WHERE id IN (SELECT value FROM json_each(?))", (ids,))
    return {row["id"]: (row["failures"], rows.load(Pace, row["pace"])) for row in found}


def questions(db: sqlite3.Connection, source_ids: Collection[str]) -> dict[str, tuple[Validators, Pace]]:
    """What makes the next request for each source conditional, and where it goes; in the order given."""
    found = db.execute(
        "SELECT s.id, s.etag, s.last_modified, s.pace FROM json_each(?) AS wanted JOIN sources s ON s.id = wanted.value"
        " ORDER BY wanted.key",
        (orjson.dumps(list(source_ids)).decode(),),
    )
    return {
        row["id"]: (Validators(etag=row["etag"], last_modified=row["last_modified"]), rows.load(Pace, row["pace"]))
        for row in found
    }


def hasten(db: sqlite3.Connection, source_ids: Collection[str], now: datetime) -> None:
    """Make sources due, and their wishes, too."""
    ids = orjson.dumps(list(source_ids)).decode()
    for table, column in (("sources", "id"), ("wishes", "source_id")):
        db.execute(
            f"UPDATE {table} SET due_at = min(due_at, ?) WHERE {column} IN (SELECT value FROM json_each(?))",
            (rows.to_ms(now), ids),
        )


def retry(db: sqlite3.Connection, settings: FetchSettings, now: datetime) -> None:
    """Remember how sources are asked; whoever failed is due when that changes."""
    value = int.from_bytes(digest(str(asdict(settings)))[:7])  # with the proxy, which `repr` does not show
    known = db.execute("SELECT value FROM counters WHERE name = 'asking'").fetchone()
    if known and known["value"] == value:
        return
    db.execute("INSERT OR REPLACE INTO counters (name, value) VALUES ('asking', ?)", (value,))
    hasten(db, [row["id"] for row in db.execute("SELECT id FROM sources WHERE failure IS NOT NULL")], now)


def reschedule(db: sqlite3.Connection, dues: Iterable[tuple[str, str, datetime]]) -> None:
    """Make sources, or wishes of theirs, due at another time: id, entry key (empty: the source itself), when."""
    for source_id, key, due_at in dues:
        table, column = ("wishes", "source_id") if key else ("sources", "id")
        db.execute(
            f"UPDATE {table} SET due_at = ? WHERE {column} = ?{' AND key = ?' if key else ''}",
            (rows.to_ms(due_at), source_id, *([key] if key else [])),
        )


def soonest(db: sqlite3.Connection) -> tuple[str, datetime] | None:
    """The source that is due first, and when; None: nothing is polled."""
    found = db.execute("SELECT id, due_at FROM sources WHERE active = 1 ORDER BY due_at, id LIMIT 1").fetchone()
    return None if found is None else (found["id"], rows.from_ms(found["due_at"]))


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


def shift(db: sqlite3.Connection, jump: timedelta) -> None:
    """Let every time that is waited for, or counted from, move with the clock: it jumped while we looked."""
    ms = jump // timedelta(milliseconds=1)
    for table, columns in (
        ("sources", ("due_at", "polled_at")),
        ("wishes", ("due_at",)),
        ("debts", ("since", "until")),
    ):
        moved = ", ".join(f"{it} = {it} + CASE {it} WHEN :never THEN 0 ELSE :ms END" for it in columns)  # our names
        db.execute(f"UPDATE {table} SET {moved}", {"ms": ms, "never": _NEVER})
    db.execute("DELETE FROM robots")


def pull_in(db: sqlite3.Connection, now: datetime) -> None:
    """Mend what a clock set back while nobody looked left far in the future: each wait is as long as it was.

    Debts that have been over for a month are forgotten: nobody asks that host any more.
    """
    values = {"now": rows.to_ms(now), "late": rows.to_ms(now) + _TOLERANCE, "last": rows.to_ms(now + _LONGEST)}
    values["never"] = _NEVER
    db.execute(
        "UPDATE sources SET due_at = CASE due_at WHEN :never THEN due_at ELSE :now + max(due_at - polled_at, 0) END,"
        " polled_at = :now WHERE polled_at > :late",
        values,
    )
    db.execute("UPDATE sources SET due_at = :now WHERE due_at > :last AND due_at != :never", values)
    db.execute("UPDATE wishes SET due_at = :now WHERE due_at > :last", values)
    db.execute("UPDATE debts SET until = :now + until - since, since = :now WHERE since > :late", values)
    db.execute("DELETE FROM debts WHERE until > :last OR until < :now - 2592000000", values)
    db.execute("DELETE FROM robots WHERE until > :now + 86400000", values)
