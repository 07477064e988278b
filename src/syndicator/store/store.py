"""The store: what the daemon remembers, in its own words. One process writes; any number read."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from syndicator.model.article import Article, Story
from syndicator.model.manners import Debt, Pace, Robots
from syndicator.model.outcome import Wish
from syndicator.model.settings import FetchSettings
from syndicator.model.social import Repeated
from syndicator.model.source import Auth, FeedInfo, KeyedBy, Source, SourceMemory, SourceState
from syndicator.model.web import Validators
from syndicator.store import boilerplate, manners, reading, rows, search, sketches
from syndicator.store.door import Lock, atomic, explained, open_reader, open_writer
from syndicator.store.introducing import Introducing
from syndicator.store.recording import Recording
from syndicator.text.keys import digest

REMEMBERED = 10_000
"""Entries of one source that its reader is told of; an older one that shows up again is looked at anew."""


class Store(Introducing):
    """An open database.

    `Store.write(path)` takes the lock, migrates and checks; `Store.read(path)` only reads. Every method may raise
    `StoreError`, in a sentence for the operator.
    """

    def __init__(self, path: Path, database: sqlite3.Connection, lock: Lock | None) -> None:
        super().__init__(path, database)
        self._lock = lock

    @classmethod
    def write(cls, path: Path) -> "Store":
        """Open as the one writer."""
        lock = Lock(path)
        try:
            return cls(path, open_writer(path, trusted=lock.trusts(path)), lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def read(cls, path: Path) -> "Store":
        """Open for reading."""
        return cls(path, open_reader(path), None)

    def close(self) -> None:
        """Close, and let another process write."""
        self._db.close()
        if self._lock is not None:
            self._lock.release(self.path)

    @property
    def changes(self) -> int:
        """How many rows this connection has changed: as long as that stays, so does what it reads."""
        return int(self._db.total_changes)

    @contextmanager
    def recording(self, now: datetime) -> Iterator[Recording]:
        """One transaction: all of it is written, durably, or nothing."""
        with explained(self.path), atomic(self._db):
            recording = Recording(self._db, now)
            yield recording
            recording.paragraphs.write()
            recording.profiles.write()
            sketches.expire(self._db, rows.to_ms(now - sketches.WINDOW), rows.to_ms(now))

    # -- sources

    def adopt(self, sources: Sequence[Source], dues: Mapping[str, datetime]) -> None:
        """Make these the sources that are polled; others keep their articles and rest.

        Args:
            sources: All of them.
            dues: When each is to be polled if it is new or has another address than before.
        """
        with explained(self.path), atomic(self._db):
            found = self._db.execute("SELECT id, definition, address FROM sources WHERE active = 1")
            resting = {row["id"]: (row["definition"], row["address"]) for row in found}
            for source in sources:
                definition = rows.definition(source).decode()
                address = digest(f"{source.url}\0{source.kind}\0{source.select}\0{_words(source.auth)}")
                before = resting.pop(source.id, ("", ""))
                if before == (definition, address):
                    continue  # as nearly always
                boilerplate.reconfigured(self._db, source, before[0])
                due = rows.to_ms(dues[source.id])
                values = {
                    "id": source.id,
                    "definition": definition,
                    "address": address,
                    "due": due,
                    "priority": source.priority,
                }
                self._db.execute(
                    "INSERT INTO sources (id, definition, address, active, due_at, priority) VALUES (:id, :definition,"
                    " :address, 1, :due, :priority)"
                    " ON CONFLICT (id) DO UPDATE SET definition = :definition, active = 1, priority = :priority",
                    values,
                )
                self._db.execute(
                    "UPDATE sources SET address = :address, due_at = :due, etag = '', last_modified = '',"
                    " body_hash = x'', failures = 0, failure = NULL, pace = '{}', keyed_by = 'guid', churn = 0"
                    " WHERE id = :id AND address != :address",
                    values,
                )
            self._db.executemany("UPDATE sources SET active = 0 WHERE id = ?", [(it,) for it in resting])

    def hasten(self, sources: Collection[str], now: datetime) -> None:
        """Make these sources due, and their wishes, too."""
        with explained(self.path), atomic(self._db):
            manners.hasten(self._db, sources, now)

    def retry(self, settings: FetchSettings, now: datetime) -> None:
        """Remember how sources are asked; whoever failed is due when that changes, with its wishes."""
        with explained(self.path), atomic(self._db):
            manners.retry(self._db, settings, now)

    def reschedule(self, dues: Sequence[tuple[str, str, datetime]]) -> None:
        """Make sources, or wishes of theirs, due at another time: id, entry key (empty: the source itself), when."""
        with explained(self.path), atomic(self._db):
            manners.reschedule(self._db, dues)

    def due(
        self, now: datetime, *, limit: int, busy: Collection[str] = (), only: Collection[str] | None = None
    ) -> list[str]:
        """Ids of the sources that are due, the longest waiting first.

        Args:
            now: The step's time.
            limit: At most so many.
            busy: Those that are being polled: left out.
            only: Those that are asked about; None: all.
        """
        with explained(self.path):
            found = self._db.execute(
                "SELECT id FROM sources WHERE active = 1 AND due_at <= ?"
                " AND id NOT IN (SELECT value FROM json_each(?))"
                f" {_only('id', only)} ORDER BY due_at, id LIMIT ?",
                (rows.to_ms(now), _json(busy), *_values(only), limit),
            )
            return [row[0] for row in found]

    def due_wishes(
        self,
        now: datetime,
        *,
        limit: int,
        busy: Collection[tuple[str, str]] = (),
        only: Collection[str] | None = None,
    ) -> list[tuple[str, Wish, int]]:
        """Wishes that are due: source, wish, attempts so far. The arguments are those of `due`."""
        with explained(self.path):
            found = self._db.execute(
                "SELECT w.* FROM wishes w JOIN sources s ON s.id = w.source_id WHERE s.active = 1 AND w.due_at <= ?"
                f" {_only('w.source_id', only)} ORDER BY w.due_at, w.rowid LIMIT ?",
                (rows.to_ms(now), *_values(only), limit + len(busy)),
            )
            waiting = [row for row in found if (row["source_id"], row["key"]) not in busy]
            return [(row["source_id"], rows.to_wish(row), row["attempts"]) for row in waiting[:limit]]

    def questions(self, source_ids: Collection[str]) -> dict[str, tuple[Validators, Pace]]:
        """What makes the next request for each of these sources conditional, and where it goes; in their order."""
        with explained(self.path):
            return manners.questions(self._db, source_ids)

    def next_dues(self) -> tuple[datetime | None, datetime | None]:
        """When the next source is due, and the next wish; None: there is none."""
        with explained(self.path):
            found = self._db.execute(
                "SELECT (SELECT min(due_at) FROM sources WHERE active = 1), (SELECT min(due_at) FROM wishes)"
            ).fetchone()
            return rows.from_ms_or_none(found[0]), rows.from_ms_or_none(found[1])

    def soonest(self) -> tuple[str, datetime] | None:
        """The source that is due first, and when; None: nothing is polled."""
        with explained(self.path):
            return manners.soonest(self._db)

    def memory(self, source_id: str) -> SourceMemory:
        """What a reader must know of a source."""
        with explained(self.path):
            row = self._db.execute(
                "SELECT body_hash, keyed_by, churn FROM sources WHERE id = ?", (source_id,)
            ).fetchone()
            if row is None:
                return SourceMemory()
            entries = dict(
                self._db.execute(
                    "SELECT key, found_hash FROM articles WHERE source_id = ? ORDER BY id DESC LIMIT ?",
                    (source_id, REMEMBERED),
                ).fetchall()
            )
            entries.update(
                self._db.execute("SELECT key, found_hash FROM wishes WHERE source_id = ?", (source_id,)).fetchall()
            )
            return SourceMemory(
                body_hash=row["body_hash"],
                entries=entries,
                keyed_by=KeyedBy(row["keyed_by"]),
                churn=row["churn"],
                boilerplate=boilerplate.boilerplate(self._db, source_id),
            )

    def validators(self, source_id: str) -> Validators:
        """What makes the next request for a source conditional."""
        with explained(self.path):
            row = self._db.execute("SELECT etag, last_modified FROM sources WHERE id = ?", (source_id,)).fetchone()
            return Validators() if row is None else Validators(etag=row["etag"], last_modified=row["last_modified"])

    def paces(self, source_ids: Collection[str]) -> dict[str, tuple[int, Pace]]:
        """How often these sources failed in a row, and what decides when and where they are polled."""
        with explained(self.path):
            return manners.paces(self._db, source_ids)

    def infos(self) -> dict[str, FeedInfo]:
        """What each source says of itself."""
        with explained(self.path):
            return {row[0]: rows.load(FeedInfo, row[1]) for row in self._db.execute("SELECT id, info FROM sources")}

    def revision(self) -> int:
        """The number of the last write: equal ones mean equal stories, found by the same queries."""
        with explained(self.path):
            return int(self._db.execute("SELECT value FROM counters WHERE name = 'revision'").fetchone()[0])

    def states(self) -> dict[str, SourceState]:
        """Every source that was ever polled, by id."""
        with explained(self.path):
            found = self._db.execute(
                "SELECT s.*, (SELECT count(*) FROM articles a WHERE a.source_id = s.id) AS articles,"
                " (SELECT count(*) FROM boilerplate b WHERE b.source_id = s.id"
                " AND b.word != 'allow' AND (b.verdict > 0 OR b.word = 'deny')) AS boilerplate FROM sources s"
            )
            return {row["id"]: rows.to_state(row) for row in found}

    def sources(self) -> dict[str, Source]:
        """Every source that was ever adopted, by id, also those that have been removed; no private address in them."""
        with explained(self.path):
            found = self._db.execute("SELECT id, definition FROM sources ORDER BY id")
            return {row["id"]: rows.to_source(row["definition"]) for row in found}

    def pages(self) -> frozenset[str]:
        """Ids of the sources that have turned out to be pages, though nobody said so."""
        with explained(self.path):
            found = self._db.execute("SELECT id FROM sources WHERE json_extract(pace, '$.is_page')")
            return frozenset(row[0] for row in found)

    def active(self) -> frozenset[str]:
        """Ids of the sources that are polled: those of the last configuration that was taken, and of its lists."""
        with explained(self.path):
            return frozenset(row[0] for row in self._db.execute("SELECT id FROM sources WHERE active = 1"))

    def listed(self) -> list[Source]:
        """What the subscription lists name, with addresses."""
        with explained(self.path):
            found = self._db.execute("SELECT definition FROM listed ORDER BY parent, rowid")
            return [rows.load(Source, row["definition"]) for row in found]

    # -- what sources repeat

    def repeated(self, source_id: str) -> list[Repeated]:
        """What a source repeats and what the operator has said of it, the most frequent first."""
        with explained(self.path):
            return boilerplate.repeated(self._db, source_id)

    def say(self, source_id: str, paragraph: Repeated) -> int:
        """Remember the operator's word on a paragraph, and let all articles with it be read once more: how many."""
        with explained(self.path), atomic(self._db):
            return boilerplate.say(self._db, source_id, paragraph)

    def stale(self, limit: int) -> list[tuple[int, Article]]:
        """Articles whose paragraphs are taken for something else than when they were written, with their numbers."""
        with explained(self.path):
            return boilerplate.stale(self._db, limit)

    # -- hosts, and the clock

    def debts(self) -> dict[str, Debt]:
        """Hosts that asked to be left alone, and have not answered since."""
        with explained(self.path):
            return manners.debts(self._db)

    def robots(self, origin: str) -> Robots | None:
        """What is known of an origin's robots.txt, however old."""
        with explained(self.path):
            return manners.robots(self._db, origin)

    def keep_hosts(self, debts: Mapping[str, Debt | None], robots: Iterable[Robots], now: datetime) -> None:
        """Remember what hosts demand (None: nothing any more), and what their robots.txt say."""
        with explained(self.path), atomic(self._db):
            manners.keep_debts(self._db, debts)
            manners.keep_robots(self._db, robots, now)

    def shift(self, jump: timedelta) -> None:
        """Let everything that is waited for move with the clock, which has jumped while we looked."""
        with explained(self.path), atomic(self._db):
            manners.shift(self._db, jump)

    def pull_in(self, now: datetime) -> None:
        """Mend what a clock that was set back while nobody looked left far in the future."""
        with explained(self.path), atomic(self._db):
            manners.pull_in(self._db, now)

    # -- stories

    def select(
        self,
        *,
        sources: Collection[str] | None = None,
        languages: Collection[str] = (),
        match: str = "",
        limit: int,
    ) -> list[tuple[int, int]]:
        """The newest stories that fit: number and revision, newest first.

        Args:
            sources: At least one copy is from one of these; None: any.
            languages: BCP 47 tags; `ru` fits `ru-RU`, too. Empty: any.
            match: SQLite full-text query; empty: any.
            limit: At most so many.
        """
        with explained(self.path):
            return reading.select(self._db, sources=sources, languages=languages, match=match, limit=limit)

    def gone(
        self, *, sources: Collection[str] | None = None, languages: Collection[str] = (), limit: int
    ) -> list[tuple[str, datetime]]:
        """Stories that were withdrawn, or are part of others: the public id, and since when, the latest first.

        Args:
            sources: At least one copy was from one of these; None: any.
            languages: As for `select`.
            limit: At most so many.
        """
        with explained(self.path):
            found = reading.gone(self._db, sources=sources, languages=languages, limit=limit)
            return [(guid, rows.from_ms(gone_at)) for guid, gone_at in found]

    def stories(self, numbers: Sequence[int]) -> list[Story]:
        """These stories, in this order; numbers of none are passed over."""
        with explained(self.path):
            return reading.stories(self._db, numbers)

    # -- the index when it is new, and published files

    def index(self, limit: int) -> int:
        """Put stories into the full-text index that are not there, since it was made anew; returns how many."""
        with explained(self.path):
            lagging = self._db.execute(
                "SELECT s.id, a.body FROM stories s INDEXED BY idx_stories_lagging JOIN articles a ON a.id = s.lead"
                " WHERE s.searchable = 0 LIMIT ?",
                (limit,),
            ).fetchall()
            if not lagging:
                return 0
            with atomic(self._db):
                search.write_rows(self._db, ((row["id"], *rows.words(row["body"])) for row in lagging))
                self._db.executemany(
                    "UPDATE stories SET searchable = 1 WHERE id = ?", [(row["id"],) for row in lagging]
                )
                self._db.execute("UPDATE counters SET value = value + 1 WHERE name = 'revision'")
            return len(lagging)

    def published(self) -> dict[str, bytes]:
        """Names of the files that we put into the public folder, each with the fingerprint of what it was made from."""
        with explained(self.path):
            return dict(self._db.execute("SELECT name, fingerprint FROM published").fetchall())

    def has_published(self, files: Mapping[str, bytes], removed: Collection[str]) -> None:
        """Remember what lies in the public folder now."""
        with explained(self.path), atomic(self._db):
            self._db.executemany("INSERT OR REPLACE INTO published VALUES (?, ?)", files.items())
            self._db.executemany("DELETE FROM published WHERE name = ?", [(name,) for name in removed])


def _words(auth: Auth | None) -> tuple[str, ...]:
    return (auth.username, auth.password, auth.bearer) if auth else ()


def _json(values: Collection[str]) -> str:
    return orjson.dumps(list(values)).decode()


def _only(column: str, only: Collection[str] | None) -> str:
    return "" if only is None else f"AND {column} IN (SELECT value FROM json_each(?))"


def _values(only: Collection[str] | None) -> tuple[str, ...]:
    return () if only is None else (_json(only),)
