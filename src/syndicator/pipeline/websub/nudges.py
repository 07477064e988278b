"""Nudges: make a source due whose hub has announced news, at once or after a rest, however often the hub does so.

The due time is stored at once, so that a restart forgets nothing. Only a call for a source that is just being polled
waits here, because the answer to that poll may be from before the news.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from syndicator.store import Store

REST = 30.0
"""Seconds between two polls of a source that its hub causes, so that one poll finds the news of several calls."""
POLLS = 3
"""The most polls that look for news that a hub has announced, because caches may still have the former document."""


class Nudges:
    """Makes sources due whose hubs have announced news.

    Args:
        store: Where due times are stored.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[str, int] = {}  # by source id: how many polls may look for the news in vain
        self._polled: dict[str, float] = {}  # by source id: when it was or will be made due, in monotonic seconds

    def take(self, source_id: str, *, told: bool) -> None:
        """Note that a source may have news.

        Args:
            source_id: The source.
            told: Whether its hub has announced news; if not, the hub has no lease (any more), and may have missed some.
        """
        self._waiting[source_id] = max(POLLS * told, self._waiting.get(source_id, 0))

    def step(self, is_busy: Callable[[Collection[str]], bool], now: datetime, monotonic: float) -> None:
        """Make the noted sources due that are not being polled.

        Raises:
            StoreError: This was not stored; the next step tries again.
        """
        ready = {it: self._slot(it, monotonic) for it in self._waiting if not is_busy([it])}
        if not ready:
            return
        self._store.expect(
            {it: (self._waiting[it], now + timedelta(seconds=at - monotonic)) for it, at in ready.items()}
        )
        self._polled = {it: at for it, at in self._polled.items() if at > monotonic - REST} | ready
        self._waiting = {it: polls for it, polls in self._waiting.items() if it not in ready}

    def _slot(self, source_id: str, monotonic: float) -> float:
        """Return when a source may be polled: at the time for which it is due already, or after its rest."""
        last = self._polled.get(source_id, monotonic - REST)
        return last if last > monotonic else max(monotonic, last + REST)
