"""The store: what the daemon remembers, in its own words. One process writes; any number read."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from syndicator.model.article import Article
from syndicator.model.manners import Debt, Pace, Robots
from syndicator.model.outcome import Wish
from syndicator.model.settings import FetchSettings
from syndicator.model.social import Repeated
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo, SourceMemory, SourceState
from syndicator.model.web import Validators
from syndicator.store import boilerplate, dues, manners, rows, search, sketches, sources
from syndicator.store.door import atomic, explained, open_reader, open_writer
from syndicator.store.explaining import Explaining
from syndicator.store.faults import Faults
from syndicator.store.forgetting import Forgetting
from syndicator.store.introducing import Introducing
from syndicator.store.leases import Leases
from syndicator.store.lock import Lock
from syndicator.store.offering import Offering
from syndicator.store.recording import Recording
from syndicator.store.subscriptions import Subscriptions


class Store(Explaining, Introducing, Offering, Forgetting, Faults, Leases, Subscriptions):
    """An open database.

    `Store.write(path, public)` takes the lock, migrates and checks; `Store.read(path)` only reads. Every method may
    raise `StoreError`, in a sentence for the operator.
    """

    def __init__(self, path: Path, database: sqlite3.Connection, lock: Lock | None) -> None:
        super().__init__(path, database)
        self._lock = lock

    @classmethod
    def write(cls, path: Path, public: Path | None = None) -> "Store":
        """Open as the one writer, who publishes into that folder: if another does, no database is begun.

        Raises:
            LockedError: Another one writes, or publishes there.
        """
        lock = Lock(path)
        try:
            if public is not None:
                lock.claim(public)
            return cls(path, open_writer(path, trusted=lock.trusts(path)), lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def read(cls, path: Path) -> "Store":
        """Open for reading."""
        return cls(path, open_reader(path), None)

    def close(self) -> None:
        """Close, and let another process write; what is closed stays so."""
        self._db.close()
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release(self.path)

    def claim(self, folder: Path) -> None:
        """Let nobody but this writer publish into a folder.

        Raises:
            LockedError: Another one does.
        """
        if self._lock is not None:
            self._lock.claim(folder)

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
            recording.habits.write()
            sketches.expire(self._db, rows.to_ms(now - sketches.WINDOW), rows.to_ms(now))

    # -- sources

    def adopt(self, polled: Sequence[Source], first: Mapping[str, datetime]) -> dict[str, str]:
        """Make these the sources that are polled; others keep their articles and rest.

        Args:
            polled: All of them.
            first: When each is to be polled if it is new or has another address than before.

        Returns:
            New sources, each with the id of one that rests and was asked in the very same way.
        """
        with explained(self.path), atomic(self._db):
            return sources.adopt(self._db, polled, first)

    def hasten(self, source_ids: Collection[str], now: datetime) -> None:
        """Make these sources due, and their wishes, too."""
        with explained(self.path), atomic(self._db):
            dues.hasten(self._db, source_ids, now)

    def retry(self, settings: FetchSettings, now: datetime) -> None:
        """Remember how sources are asked; whoever failed is due when that changes, with its wishes."""
        with explained(self.path), atomic(self._db):
            dues.retry(self._db, settings, now)

    def asks_so(self, settings: FetchSettings) -> bool | None:
        """Whether sources are asked as these settings have it; None: nobody has asked yet."""
        with explained(self.path):
            return dues.asks_so(self._db, settings)

    def reschedule(self, times: Sequence[tuple[str, str, datetime]]) -> None:
        """Make sources, or wishes of theirs, due at another time: id, entry key (empty: the source itself), when."""
        with explained(self.path), atomic(self._db):
            dues.reschedule(self._db, times)

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
            return dues.due(self._db, now, limit=limit, busy=busy, only=only)

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
            return dues.due_wishes(self._db, now, limit=limit, busy=busy, only=only)

    def questions(self, source_ids: Collection[str]) -> dict[str, tuple[Validators, Pace]]:
        """What makes the next request for each of these sources conditional, and where it goes; in their order."""
        with explained(self.path):
            return sources.questions(self._db, source_ids)

    def next_dues(self) -> tuple[datetime | None, datetime | None]:
        """When the next source is due, and the next wish; None: there is none."""
        with explained(self.path):
            return dues.next_dues(self._db)

    def soonest(self) -> tuple[str, datetime] | None:
        """The source that is due first, and when; None: nothing is polled."""
        with explained(self.path):
            return dues.soonest(self._db)

    def memory(self, source_id: str, since: datetime | None = None) -> SourceMemory:
        """What a reader must know of a source; entries that came `since` a moment are newer than some missing ones."""
        with explained(self.path):
            return sources.memory(self._db, source_id, since)

    def paces(self, source_ids: Collection[str]) -> dict[str, tuple[int, Pace]]:
        """How often these sources failed in a row, and what decides when and where they are polled."""
        with explained(self.path):
            return sources.paces(self._db, source_ids)

    def infos(self) -> dict[str, FeedInfo]:
        """What each source says of itself."""
        with explained(self.path):
            return sources.infos(self._db)

    def revision(self) -> int:
        """The number of the last write: equal ones mean equal stories, found by the same queries."""
        with explained(self.path):
            return int(self._db.execute("SELECT value FROM counters WHERE name = 'revision'").fetchone()[0])

    def states(self) -> dict[str, SourceState]:
        """Every source that was ever polled, by id."""
        with explained(self.path):
            return sources.states(self._db)

    def sources(self) -> dict[str, Source]:
        """Every source that was ever adopted, by id, also those that have been removed; no private address in them."""
        with explained(self.path):
            return sources.adopted(self._db)

    def foreseen(self, polled: Sequence[Source]) -> tuple[dict[str, str], frozenset[str]]:
        """What `adopt` would make of these sources.

        Args:
            polled: All of them.

        Returns:
            New ones, each with the id of one that would rest and was asked in the very same way; and the ids of those
            that were asked in another way before, so that they would be read as if they were new.
        """
        with explained(self.path):
            known = sources.ways(self._db)
        otherwise = frozenset(it.id for it in polled if it.id in known and sources.asked(it) != known[it.id])
        return sources.renamed(polled, known), otherwise

    def pages(self) -> frozenset[str]:
        """Ids of the sources that have turned out to be pages, though nobody said so."""
        with explained(self.path):
            return sources.pages(self._db)

    def active(self) -> frozenset[str]:
        """Ids of the sources that are polled: those of the last configuration that was taken, and of its lists."""
        with explained(self.path):
            return sources.active(self._db)

    def listed(self) -> list[Source]:
        """What the subscription lists name, with addresses."""
        with explained(self.path):
            return sources.listed(self._db)

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
            dues.shift(self._db, jump)

    def pull_in(self, now: datetime) -> None:
        """Mend what a clock that was set back while nobody looked left far in the future."""
        with explained(self.path), atomic(self._db):
            dues.pull_in(self._db, now)

    # -- the index when it is new

    def index(self, limit: int) -> int:
        """Put stories into the full-text index that are not there, since it was made anew; returns how many."""
        with explained(self.path):
            if found := search.lagging(self._db, limit):
                with atomic(self._db):
                    search.catch_up(self._db, found)
            return len(found)
