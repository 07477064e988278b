"""Sources: which there are, as they are configured, and what is known of each, for its reader and for its next poll."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from syndicator.model.manners import Pace
from syndicator.model.source import Auth, Source
from syndicator.model.state import FeedInfo, KeyedBy, SourceMemory, SourceState
from syndicator.model.web import Validators
from syndicator.store import boilerplate, habits, rows
from syndicator.text.keys import digest

REMEMBERED = 10_000
"""Entries of one source that its reader is told of; an older one that shows up again is looked at anew."""


def adopt(db: sqlite3.Connection, polled: Sequence[Source], first: Mapping[str, datetime]) -> dict[str, str]:
    """Make these the sources that are polled; see `Store.adopt`."""
    found = db.execute("SELECT id, definition, address, active FROM sources").fetchall()
    resting = {row["id"]: (row["definition"], row["address"]) for row in found if row["active"]}
    anew = renamed(polled, {row["id"]: row["address"] for row in found})
    for source in polled:
        definition, address = rows.definition(source).decode(), asked(source)
        before = resting.pop(source.id, ("", ""))
        if before == (definition, address):
            continue  # as nearly always
        boilerplate.reconfigured(db, source, before[0])
        values = {
            "id": source.id,
            "definition": definition,
            "address": address,
            "due": rows.to_ms(first[source.id]),
            "priority": source.priority,
        }
        db.execute(
            "INSERT INTO sources (id, definition, address, active, due_at, priority) VALUES (:id, :definition,"
            " :address, 1, :due, :priority)"
            " ON CONFLICT (id) DO UPDATE SET definition = :definition, active = 1, priority = :priority",
            values,
        )
        moved = db.execute(
            "UPDATE sources SET address = :address, due_at = :due, etag = '', last_modified = '',"
            " body_hash = x'', failures = 0, failure = NULL, pace = '{}', keyed_by = 'guid', churn = 0"
            " WHERE id = :id AND address != :address",
            values,
        )
        if moved.rowcount:
            habits.forget(db, source.id)
        if source.kind == "list":  # what it names takes over its settings when it is read
            db.execute(
                "UPDATE sources SET due_at = :due, etag = '', last_modified = '', body_hash = x'' WHERE id = :id",
                values,
            )
    db.executemany("UPDATE sources SET active = 0 WHERE id = ?", [(it,) for it in resting])
    return anew


def asked(source: Source) -> bytes:
    """Digest of how a source is asked, secrets included: with another one, it is read as if it were new."""
    told = f"{source.select}{source.paths or ''}"
    return digest(f"{source.url}\0{source.kind}\0{told}\0{_words(source.auth)}{source.headers or ''}")


def renamed(polled: Sequence[Source], known: Mapping[str, bytes]) -> dict[str, str]:
    """New sources, each with the id of one that would be polled no more, and was asked in the very same way.

    Args:
        polled: All that are to be polled.
        known: How each source was asked that was ever adopted, by id.
    """
    staying = {source.id for source in polled}
    left = {address: source_id for source_id, address in known.items() if source_id not in staying}
    new = ((source.id, asked(source)) for source in polled if left and source.id not in known)
    return {source_id: left[address] for source_id, address in new if address in left}


def ways(db: sqlite3.Connection) -> dict[str, bytes]:
    """How each source was asked that was ever adopted (`asked`), by id."""
    return dict(db.execute("SELECT id, address FROM sources").fetchall())


def _words(auth: Auth | None) -> tuple[str, ...]:
    return (auth.username, auth.password, auth.bearer) if auth else ()


def adopted(db: sqlite3.Connection) -> dict[str, Source]:
    """Every source that was ever adopted, by id."""
    found = db.execute("SELECT id, definition FROM sources ORDER BY id")
    return {row["id"]: rows.to_source(row["definition"]) for row in found}


def active(db: sqlite3.Connection) -> frozenset[str]:
    """Ids of those that are polled."""
    return frozenset(row[0] for row in db.execute("SELECT id FROM sources WHERE active = 1"))


def listed(db: sqlite3.Connection) -> list[Source]:
    """What the subscription lists name."""
    found = db.execute("SELECT definition FROM listed ORDER BY parent, rowid")
    return [rows.load(Source, row["definition"]) for row in found]


def pages(db: sqlite3.Connection) -> frozenset[str]:
    """Ids of those that have turned out to be pages."""
    return frozenset(row[0] for row in db.execute("SELECT id FROM sources WHERE json_extract(pace, '$.is_page')"))


def infos(db: sqlite3.Connection) -> dict[str, FeedInfo]:
    """What each says of itself."""
    return {row[0]: rows.load(FeedInfo, row[1]) for row in db.execute("SELECT id, info FROM sources")}


def states(db: sqlite3.Connection) -> dict[str, SourceState]:
    """How each is doing, by id."""
    found = db.execute(
        "SELECT s.*, (SELECT count(*) FROM articles a WHERE a.source_id = s.id) AS articles,"
        " (SELECT count(*) FROM boilerplate b WHERE b.source_id = s.id"
        " AND b.word != 'allow' AND (b.verdict > 0 OR b.word = 'deny')) AS boilerplate, h.marks, h.sizes"
        " FROM sources s LEFT JOIN habits h ON h.source_id = s.id"
    )
    return {row["id"]: rows.to_state(row) for row in found}


def memory(db: sqlite3.Connection, source_id: str, since: datetime | None = None) -> SourceMemory:
    """What a reader must know of one; entries that came `since` a moment are newer than some that are missing."""
    row = db.execute("SELECT body_hash, keyed_by, churn FROM sources WHERE id = ?", (source_id,)).fetchone()
    if row is None:
        return SourceMemory()
    entries = dict(
        db.execute(
            "SELECT key, found_hash FROM articles WHERE source_id = ? ORDER BY id DESC LIMIT ?",
            (source_id, REMEMBERED),
        ).fetchall()
    )
    entries.update(db.execute("SELECT key, found_hash FROM wishes WHERE source_id = ?", (source_id,)).fetchall())
    newer = (
        db.execute(
            "SELECT key FROM articles WHERE source_id = :id AND first_seen >= :since"
            " UNION SELECT key FROM wishes WHERE source_id = :id AND first_seen >= :since",
            {"id": source_id, "since": rows.to_ms(since)},
        )
        if since
        else ()
    )
    return SourceMemory(
        body_hash=row["body_hash"],
        entries=entries,
        keyed_by=KeyedBy(row["keyed_by"]),
        churn=row["churn"],
        boilerplate=boilerplate.boilerplate(db, source_id),
        newer=frozenset(it[0] for it in newer),
    )


def paces(db: sqlite3.Connection, source_ids: Collection[str]) -> dict[str, tuple[int, Pace]]:
    """How often sources failed in a row, and what decides when they are polled."""
    ids = rows.many(source_ids)
    found = db.execute("SELECT id, failures, pace FROM sources WHERE id IN (SELECT value FROM json_each(?))", (ids,))
    return {row["id"]: (row["failures"], rows.load(Pace, row["pace"])) for row in found}


def questions(db: sqlite3.Connection, source_ids: Collection[str]) -> dict[str, tuple[Validators, Pace]]:
    """What makes the next request for each source conditional, and where it goes; in the order given."""
    found = db.execute(
        "SELECT s.id, s.etag, s.last_modified, s.pace FROM json_each(?) AS wanted JOIN sources s ON s.id = wanted.value"
        " ORDER BY wanted.key",
        (rows.many(source_ids),),
    )
    return {
        row["id"]: (Validators(etag=row["etag"], last_modified=row["last_modified"]), rows.load(Pace, row["pace"]))
        for row in found
    }
