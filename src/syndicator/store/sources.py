"""Sources: which there are, as they are configured, and what is known of each, for its reader and for its next poll."""

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
"""Entries of one source that its reader is told of; an older one that shows up again is looked at anew."""


class Sources(Opened):
    """The part of a `Store` that knows the sources; every method may raise `StoreError`."""

    def adopt(self, polled: Sequence[Source], first: Mapping[str, datetime]) -> dict[str, str]:
        """Make these the sources that are polled; others keep their articles and rest.

        Args:
            polled: All of them.
            first: When each is to be polled if it is new or has another address than before.

        Returns:
            New sources, each with the id of one that rests and was asked in the very same way.
        """
        with explained(self.path), atomic(self._db):
            found = self._db.execute("SELECT id, definition, address, active FROM sources").fetchall()
            resting = {row["id"]: (row["definition"], row["address"]) for row in found if row["active"]}
            changes = self._db.total_changes
            for source in polled:
                configured = rows.definition(source), _asked(source)
                before = resting.pop(source.id, ("", b""))
                if before != configured:  # hardly ever
                    boilerplate.reconfigured(self._db, source, before[0])
                    _write(self._db, source, *configured, rows.to_ms(first[source.id]))
            self._db.executemany("UPDATE sources SET active = 0 WHERE id = ?", [(it,) for it in resting])
            if hidden := {it.url for it in polled if it.private}:
                _hide(self._db, hidden)
            if self._db.total_changes != changes:
                counters.count(self._db, "revision")
            return _renamed(polled, {row["id"]: row["address"] for row in found})

    def foreseen(self, polled: Sequence[Source]) -> tuple[dict[str, str], frozenset[str]]:
        """What `adopt` would make of these sources.

        Args:
            polled: All of them.

        Returns:
            New ones, each with the id of one that would rest and was asked in the very same way; and the ids of those
            that were asked in another way before, so that they would be read as if they were new.
        """
        with explained(self.path):
            known = dict(self._db.execute("SELECT id, address FROM sources").fetchall())
        otherwise = frozenset(it.id for it in polled if it.id in known and _asked(it) != known[it.id])
        return _renamed(polled, known), otherwise

    def sources(self) -> dict[str, Source]:
        """Every source that was ever adopted, by id, also those that have been removed; no private address in them."""
        with explained(self.path):
            found = self._db.execute("SELECT id, definition FROM sources ORDER BY id")
            return {row["id"]: rows.to_source(row["definition"]) for row in found}

    def active(self) -> frozenset[str]:
        """Ids of the sources that are polled: those of the last configuration that was taken, and of its lists."""
        with explained(self.path):
            return frozenset(row[0] for row in self._db.execute("SELECT id FROM sources WHERE active = 1"))

    def listed(self) -> list[Source]:
        """What the subscription lists name, with addresses."""
        with explained(self.path):
            found = self._db.execute("SELECT definition FROM listed ORDER BY parent, rowid")
            return [rows.load(Source, row["definition"]) for row in found]

    def pages(self) -> frozenset[str]:
        """Ids of the sources that have turned out to be pages, though nobody said so."""
        with explained(self.path):
            found = self._db.execute("SELECT id FROM sources WHERE json_extract(pace, '$.is_page')")
            return frozenset(row[0] for row in found)

    def infos(self) -> dict[str, FeedInfo]:
        """What each source says of itself."""
        with explained(self.path):
            return {row[0]: rows.load(FeedInfo, row[1]) for row in self._db.execute("SELECT id, info FROM sources")}

    def states(self) -> dict[str, SourceState]:
        """How every source that was ever polled is doing, by id."""
        with explained(self.path):
            found = self._db.execute(
                "SELECT s.*, (SELECT count(*) FROM articles a WHERE a.source_id = s.id) AS articles,"
                " (SELECT count(*) FROM boilerplate b WHERE b.source_id = s.id"
                " AND b.word != 'allow' AND (b.verdict > 0 OR b.word = 'deny')) AS boilerplate, h.marks, h.sizes"
                " FROM sources s LEFT JOIN habits h ON h.source_id = s.id"
            )
            return {row["id"]: rows.to_state(row) for row in found}

    def memory(self, source_id: str, since: datetime | None = None) -> SourceMemory:
        """What a reader must know of a source; entries that came `since` a moment are newer than some missing ones."""
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
        """How often these sources failed in a row, and what decides when and where they are polled."""
        with explained(self.path):
            return paces(self._db, source_ids)

    def questions(self, source_ids: Collection[str]) -> dict[str, tuple[Validators, Pace]]:
        """What makes the next request for each of these sources conditional, and where it goes; in their order."""
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
    """How often sources failed in a row, and what decides when they are polled."""
    ids = rows.many(source_ids)
    found = db.execute("SELECT id, failures, pace FROM sources WHERE id IN (SELECT value FROM json_each(?))", (ids,))
    return {row["id"]: (row["failures"], rows.load(Pace, row["pace"])) for row in found}


def _write(db: sqlite3.Connection, source: Source, definition: str, address: bytes, due: int) -> None:
    """Write a source down that is new, or configured otherwise; asked in another way, it begins anew."""
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
    if source.kind == "list":  # what it names takes over its settings when it is read
        db.execute(
            "UPDATE sources SET due_at = :due, etag = '', last_modified = '', body_hash = x'' WHERE id = :id",
            values,
        )


def _hide(db: sqlite3.Connection, addresses: Collection[str]) -> None:
    """Make private what rests and had one of these addresses: its items would go on telling where a private one is."""
    found = db.execute("SELECT id, definition FROM sources WHERE active = 0").fetchall()
    known = ((row["id"], rows.to_source(row["definition"])) for row in found)
    hidden = [(rows.definition(replace(it, private=True)), key) for key, it in known if it.url in addresses]
    db.executemany("UPDATE sources SET definition = ? WHERE id = ?", hidden)


def _asked(source: Source) -> bytes:
    """Digest of how a source is asked, secrets included: with another one, it is read as if it were new."""
    told = f"{source.select}{source.paths or ''}"
    return digest(f"{source.url}\0{source.kind}\0{told}\0{_words(source.auth)}{source.headers or ''}")


def _words(auth: Auth | None) -> tuple[str, ...]:
    return (auth.username, auth.password, auth.bearer) if auth else ()


def _renamed(polled: Sequence[Source], known: Mapping[str, bytes]) -> dict[str, str]:
    """New sources, each with the id of one that would be polled no more, and was asked in the very same way.

    Args:
        polled: All that are to be polled.
        known: How each source was asked that was ever adopted, by id.
    """
    staying = {source.id for source in polled}
    left = {address: source_id for source_id, address in known.items() if source_id not in staying}
    new = ((source.id, _asked(source)) for source in polled if left and source.id not in known)
    return {source_id: left[address] for source_id, address in new if address in left}


def _entries(db: sqlite3.Connection, source_id: str) -> dict[str, bytes]:
    """The newest entries of a source, by key, as they were found."""
    newest = "SELECT key, found_hash FROM articles WHERE source_id = ? ORDER BY id DESC LIMIT ?"
    entries = dict(db.execute(newest, (source_id, REMEMBERED)).fetchall())
    entries.update(db.execute("SELECT key, found_hash FROM wishes WHERE source_id = ?", (source_id,)).fetchall())
    return entries


def _newer(db: sqlite3.Connection, source_id: str, since: datetime) -> frozenset[str]:
    """Keys of the entries that came since a moment."""
    found = db.execute(
        "SELECT key FROM articles WHERE source_id = :id AND first_seen >= :since"
        " UNION SELECT key FROM wishes WHERE source_id = :id AND first_seen >= :since",
        {"id": source_id, "since": rows.to_ms(since)},
    )
    return frozenset(it[0] for it in found)
