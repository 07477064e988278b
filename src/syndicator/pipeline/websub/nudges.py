"""Sources that may have news, as their hubs say: each is polled at once, and again after a rest, however often they do.

When that is, is written down at once, so that a restart forgets nothing; only what is said of a source that is just
being polled waits here, for its answer may be from before.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from syndicator.store import Store

REST = 30.0
"""Seconds between two polls of a source that its hub asks for: what it tells of meanwhile is looked for together."""
POLLS = 3
"""So many polls look for what a hub has told of: caches on the way may still have what was there before."""


class Nudges:
    """Lets sources be due.

    Args:
        store: Says when they are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[str, int] = {}  # and how many polls may look for it in vain
        self._polled: dict[str, float] = {}  # when each is, or was, to be polled, by the monotonic clock

    def take(self, source_id: str, *, told: bool) -> None:
        """A source may have news.

        Args:
            source_id: Which.
            told: Whether its hub has said so; else that tells no more, and may have missed some.
        """
        self._waiting[source_id] = max(POLLS * told, self._waiting.get(source_id, 0))

    def step(self, is_busy: Callable[[Collection[str]], bool], now: datetime, monotonic: float) -> None:
        """Let those be due that are not being polled.

        Raises:
            StoreError: Not all was written down; the next step goes on.
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
        """When a source may be polled: with the poll that it waits for already, or after the rest since the last."""
        last = self._polled.get(source_id, monotonic - REST)
        return last if last > monotonic else max(monotonic, last + REST)
