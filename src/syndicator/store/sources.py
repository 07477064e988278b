"""Stored sources: their configuration, and what is known of each, for its reader and for its next poll."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from syndicator.model.manners import Pace
from syndicator.model.noun import replace
from syndicator.model.source import Auth, Source
from syndicator.model.state import FeedInfo, KeyedBy, SourceMemory, SourceState
from syndicator.model.web import Validators
from syndicator.store import boilerplate, counters, habits, rows
from syndicator.store.door import Opened, atomic, explained
from syndicator.text.keys import digest

REMEMBERED = 10_000
"""The most entries of a source that its reader is told are known; an older one that shows up again is read anew."""


class Sources(Opened):
    """The part of a `Store` with the sources; every method may raise `StoreError`."""

    def adopt(self, polled: Sequence[Source], first: Mapping[str, datetime]) -> dict[str, str]:
        """Make these the sources that are polled; other sources keep their articles and rest, that is, are not polled.

        Args:
            polled: All sources that are to be polled.
            first: When each is to be polled, by id, if it is new or its address has changed.

        Returns:
            Ids of new sources, each with the id of a source that rests and was requested in exactly the same way.
        """
        with explained(self.path), atomic(self._db):
            found = self._db.execute("SELECT id, definition, address, active FROM sources").fetchall()
            resting = {row["id"]: (row["definition"], row["address"]) for row in found if row["active"]}
            changes = self._db.total_changes
            for source in polled:
                configured = rows.definition(source), _asked(source)
                before = resting.pop(source.id, ("", b""))
                if before != configured:  # rarely true
                    boilerplate.reconfigured(self._db, source, before[0])
                    _write(self._db, source, *configured, rows.to_ms(first[source.id]))
            self._db.executemany("UPDATE sources SET active = 0 WHERE id = ?", [(it,) for it in resting])
            if hidden := {it.url for it in polled if it.private}:
                _hide(self._db, hidden)
            if self._db.total_changes != changes:
                counters.count(self._db, "revision")
            return _renamed(polled, {row["id"]: row["address"] for row in found})

    def foreseen(self, polled: Sequence[Source]) -> tuple[dict[str, str], frozenset[str]]:
        """Find what `adopt` would change for these sources.

        Args:
            polled: All sources that are to be polled.

        Returns:
            Ids of new sources, each with the id of a source that would rest and was requested in exactly the same way;
            and ids of sources that were requested in another way before, so that they would be read as if they were
            new.
        """
        with explained(self.path):
            known = dict(self._db.execute("SELECT id, address FROM sources").fetchall())
        otherwise = frozenset(it.id for it in polled if it.id in known and _asked(it) != known[it.id])
        return _renamed(polled, known), otherwise

    def sources(self) -> dict[str, Source]:
        """Return every source that was ever adopted, by id, without private addresses; removed ones are included."""
        with explained(self.path):
            found = self._db.execute("SELECT id, definition FROM sources ORDER BY id")
            return {row["id"]: rows.to_source(row["definition"]) for row in found}

    def active(self) -> frozenset[str]:
        """Return the ids of the sources that are polled: those of the configuration in force, and of its lists."""
        with explained(self.path):
            return frozenset(row[0] for row in self._db.execute("SELECT id FROM sources WHERE active = 1"))

    def listed(self) -> list[Source]:
        """Return the sources that the subscription lists name, with their addresses."""
        with explained(self.path):
            found = self._db.execute("SELECT definition FROM listed ORDER BY parent, rowid")
            return [rows.load(Source, row["definition"]) for row in found]

    def pages(self) -> frozenset[str]:
        """Return the ids of sources that have turned out to be pages, although the configuration does not say so."""
        with explained(self.path):
            found = self._db.execute("SELECT id FROM sources WHERE json_extract(pace, '$.is_page')")
            return frozenset(row[0] for row in found)

    def infos(self) -> dict[str, FeedInfo]:
        """Return what each source says of itself, by id."""
        with explained(self.path):
            return {row[0]: rows.load(FeedInfo, row[1]) for row in self._db.execute("SELECT id, info FROM sources")}

    def states(self) -> dict[str, SourceState]:
        """Return the state of every source that was ever adopted, by id."""
        with explained(self.path):
            found = self._db.execute(
                "SELECT s.*, (SELECT count(*) FROM articles a WHERE a.source_id = s.id) AS articles,"
                " (SELECT count(*) FROM boilerplate b WHERE b.source_id = s.id"
                " AND b.word != 'allow' AND (b.verdict > 0 OR b.word = 'deny')) AS boilerplate, h.marks, h.sizes"
                " FROM sources s LEFT JOIN habits h ON h.source_id = s.id"
            )
            return {row["id"]: rows.to_state(row) for row in found}

    def memory(self, source_id: str, since: datetime | None = None) -> SourceMemory:
        """Return what a reader must know of a source; entries that came `since` then are newer than missing ones."""
        with explained(self.path):
            asked = "SELECT body_hash, keyed_by, churn FROM sources WHERE id = ?"
            row = self._db.execute(asked, (source_id,)).fetchone()
            if row is None:
                return SourceMemory()
            return SourceMemory(
                body_hash=row["body_hash"],
                entries=_entries(self._db, source_id),
                keyed_by=KeyedBy(row["keyed_by"]),
                churn=row["churn"],
                boilerplate=boilerplate.boilerplate(self._db, source_id),
                newer=_newer(self._db, source_id, since) if since else frozenset(),
            )

    def paces(self, source_ids: Collection[str]) -> dict[str, tuple[int, Pace]]:
        """Return how many polls of these sources failed in a row, and what decides when and where they are polled."""
        with explained(self.path):
            return paces(self._db, source_ids)

    def questions(self, source_ids: Collection[str]) -> dict[str, tuple[Validators, Pace]]:
        """Return the validators and the pace of each of these sources for its next request, in the order of the ids."""
        with explained(self.path):
            found = self._db.execute(
                "SELECT s.id, s.etag, s.last_modified, s.pace FROM json_each(?) AS wanted"
                " JOIN sources s ON s.id = wanted.value ORDER BY wanted.key",
                (rows.many(source_ids),),
            )
            return {
                row["id"]: (
                    Validators(etag=row["etag"], last_modified=row["last_modified"]),
                    rows.load(Pace, row["pace"]),
                )
                for row in found
            }


def paces(db: sqlite3.Connection, source_ids: Collection[str]) -> dict[str, tuple[int, Pace]]:
    """Return how many polls of these sources failed in a row, and what decides when and where they are polled."""
    ids = rows.many(source_ids)
    found = db.execute("SELECT id, failures, pace FROM sources WHERE id IN (SELECT value FROM json_each(?))", (ids,))
    return {row["id"]: (row["failures"], rows.load(Pace, row["pace"])) for row in found}


def _write(db: sqlite3.Connection, source: Source, definition: str, address: bytes, due: int) -> None:
    """Write a source that is new or has changed; if it is requested in another way now, reset its state."""
    values = {
        "id": source.id,
        "definition": definition,
        "address": address,
        "due": due,
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
    if source.kind == "list":  # the sources that it names get its settings when it is read
        db.execute(
            "UPDATE sources SET due_at = :due, etag = '', last_modified = '', body_hash = x'' WHERE id = :id",
            values,
        )


def _hide(db: sqlite3.Connection, addresses: Collection[str]) -> None:
    """Make resting sources private that had one of these addresses, lest their items reveal a private address."""
    found = db.execute("SELECT id, definition FROM sources WHERE active = 0").fetchall()
    known = ((row["id"], rows.to_source(row["definition"])) for row in found)
    hidden = [(rows.definition(replace(it, private=True)), key) for key, it in known if it.url in addresses]
    db.executemany("UPDATE sources SET definition = ? WHERE id = ?", hidden)


def _asked(source: Source) -> bytes:
    """Return a digest of how a source is requested, secrets included; if it changes, the source is read as new."""
    told = f"{source.select}{source.paths or ''}"
    return digest(f"{source.url}\0{source.kind}\0{told}\0{_words(source.auth)}{source.headers or ''}")


def _words(auth: Auth | None) -> tuple[str, ...]:
    return (auth.username, auth.password, auth.bearer) if auth else ()


def _renamed(polled: Sequence[Source], known: Mapping[str, bytes]) -> dict[str, str]:
    """Find new sources that are requested in exactly the same way as a source that will no longer be polled.

    Args:
        polled: All sources that are to be polled.
        known: For each source that was ever adopted, by id, the digest of how it was requested.

    Returns:
        Ids of new sources, each with the id of the other source.
    """
    staying = {source.id for source in polled}
    left = {address: source_id for source_id, address in known.items() if source_id not in staying}
    new = ((source.id, _asked(source)) for source in polled if left and source.id not in known)
    return {source_id: left[address] for source_id, address in new if address in left}


def _entries(db: sqlite3.Connection, source_id: str) -> dict[str, bytes]:
    """Return the `found_hash` of a source's newest entries, and of its wishes' entries, by key."""
    newest = "SELECT key, found_hash FROM articles WHERE source_id = ? ORDER BY id DESC LIMIT ?"
    entries = dict(db.execute(newest, (source_id, REMEMBERED)).fetchall())
    entries.update(db.execute("SELECT key, found_hash FROM wishes WHERE source_id = ?", (source_id,)).fetchall())
    return entries


def _newer(db: sqlite3.Connection, source_id: str, since: datetime) -> frozenset[str]:
    """Return the keys of the entries that came since a moment."""
    found = db.execute(
        "SELECT key FROM articles WHERE source_id = :id AND first_seen >= :since"
        " UNION SELECT key FROM wishes WHERE source_id = :id AND first_seen >= :since",
        {"id": source_id, "since": rows.to_ms(since)},
    )
    return frozenset(it[0] for it in found)
