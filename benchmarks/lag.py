"""How far the search index is behind, while something else writes."""

import sqlite3
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_LOOK = 0.25
"""Seconds from one look to the next."""


class Lag:
    """Watches a database for as long as the context lasts.

    Attributes:
        seconds: The greatest age at which a story was seen that nobody could search for yet.
        looks: How often the database could be read.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.seconds = 0.0
        self.looks = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_LOOK):
            with suppress(sqlite3.OperationalError):  # it is not there yet, or is being made
                oldest = self._oldest()
                self.looks += 1
                if oldest is not None:
                    self.seconds = max(self.seconds, time.time() - oldest / 1000)

    def _oldest(self) -> int | None:
        """When the oldest story that is not searchable came, in milliseconds since 1970."""
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as database:
            (found,) = database.execute("SELECT min(first_seen) FROM stories WHERE searchable = 0").fetchone()
        return found
