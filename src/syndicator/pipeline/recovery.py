"""When this machine's network is back, whom it did not reach is asked again soon: no host is the worse for it.

By what failures make prudent each source would wait for about as long again as the network was away: after a night,
for half the day. Whose failures began before is not meant: that one was away by itself.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from syndicator.model.outcome import Failed
from syndicator.pipeline.landed import Landed
from syndicator.pipeline.outage import HOSTS, shows_network
from syndicator.pipeline.queues import host_of
from syndicator.store import Store

LASTS = timedelta(minutes=10)
"""A shorter outage costs nobody more than an interval; hosts that lie in one place fail together so."""
SETTLES = timedelta(minutes=1)
"""So long after somebody was reached: by then the network holds, and its fault is known to be over."""


class Recovery:
    """Which sources were not reached since any was, to be asked again when one is.

    Args:
        store: Knows since when each of them fails, and when they are due.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unreached: dict[str, str] = {}  # by id, the hosts of sources that could not be reached …
        self._since: datetime | None = None  # … and when the first of them could not
        self._hastened: set[str] = set()  # ids of those that were made due, and have not answered since

    def note(self, batch: Iterable[Landed], now: datetime) -> None:
        """Take note of what exchanges came to, in their order.

        Raises:
            StoreError: No source was made due; the next one that answers makes up for it.
        """
        for landed in batch:
            source = landed.errand.source
            host, outcome = host_of(source.url), landed.outcome
            is_there = shows_network(host, outcome.failure if isinstance(outcome, Failed) else None)
            if is_there is None or landed.result == "put_off":
                continue
            if is_there:
                self._hastened.discard(source.id)
                self._hasten(now)
            else:
                self._unreached[source.id] = host
                self._since = self._since or now

    def _hasten(self, now: datetime) -> None:
        """Make due what was not reached until now.

        A source that was under way meanwhile fails once more after that, and is made due once more.
        """
        again = self._hastened & self._unreached.keys()
        lost = self._lost(now)
        if lost or again:
            self._store.hasten(lost | again, now + SETTLES)
        self._hastened = self._hastened - again | lost
        self._unreached, self._since = {}, None

    def _lost(self, now: datetime) -> set[str]:
        """Whom the network did not reach, if it was that: also those that it has reached for a moment only."""
        if self._since is None or now - self._since < LASTS:
            return set()
        states = self._store.states()
        began = {it: states[it].pace.failing_since for it in self._unreached if it in states}
        lost = {it for it, at in began.items() if at is not None and (at >= self._since or it in self._hastened)}
        return lost if len({self._unreached[it] for it in lost}) >= HOSTS else set()
