"""The store: all that the daemon remembers, in the model's nouns. One process writes; any number of processes read."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from syndicator.store import counters, rows, search, sketches
from syndicator.store.archives import Archives
from syndicator.store.boilerplate import Repeating
from syndicator.store.door import atomic, explained, open_reader, open_writer
from syndicator.store.dues import Dues
from syndicator.store.explaining import Explaining
from syndicator.store.faults import Faults
from syndicator.store.forgetting import Forgetting
from syndicator.store.leases import Leases
from syndicator.store.lock import Lock
from syndicator.store.manners import Manners
from syndicator.store.offering import Offering
from syndicator.store.presence import Publishers
from syndicator.store.recording import Recording
from syndicator.store.sources import Sources
from syndicator.store.subscriptions import Subscriptions


class Store(
    Sources,
    Dues,
    Manners,
    Repeating,
    Explaining,
    Publishers,
    Offering,
    Archives,
    Forgetting,
    Faults,
    Leases,
    Subscriptions,
):
    """An open database; each base class has the methods for a part of it.

    `Store.write(path, public)` takes the lock, checks and migrates the database; `Store.read(path)` only reads. Every
    method may raise `StoreError`, with a sentence for the operator.
    """

    def __init__(self, path: Path, database: sqlite3.Connection, lock: Lock | None) -> None:
        super().__init__(path, database)
        self._lock = lock

    @classmethod
    def write(cls, path: Path, public: Path | None = None) -> "Store":
        """Open as the only writer, who publishes into the folder `public`; if another process does, create no database.

        Raises:
            LockedError: Another process writes to the database, or publishes into the folder.
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
        """Open for reading only."""
        return cls(path, open_reader(path), None)

    def close(self) -> None:
        """Close the database for good, and let another process write."""
        self._db.close()
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release(self.path)

    def claim(self, folder: Path) -> None:
        """Let only this writer publish into a folder.

        Raises:
            LockedError: Another process publishes into it.
        """
        if self._lock is not None:
            self._lock.claim(folder)

    @property
    def changes(self) -> int:
        """How many rows this connection has changed; while this is the same, so is what it reads."""
        return int(self._db.total_changes)

    @contextmanager
    def recording(self, now: datetime) -> Iterator[Recording]:
        """Run one transaction: all of it is written durably, or nothing."""
        with explained(self.path), atomic(self._db):
            recording = Recording(self._db, now)
            yield recording
            recording.paragraphs.write()
            recording.profiles.write()
            recording.habits.write()
            sketches.expire(self._db, rows.to_ms(now - sketches.WINDOW), rows.to_ms(now))

    def revision(self) -> int:
        """Return the number of the last write that changed what outputs show of stories and sources.

        While it is the same, the same queries find the same stories. For profiles and events, see `social_state`.
        """
        with explained(self.path):
            return counters.get(self._db, "revision")

    def index(self, limit: int) -> int:
        """Add stories to the full-text index that are not in it, because it was made anew; return how many."""
        with explained(self.path):
            if found := search.lagging(self._db, limit):
                with atomic(self._db):
                    search.catch_up(self._db, found)
            return len(found)
