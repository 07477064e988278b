"""When this machine's network is back, whom it did not reach is asked again soon: no host is the worse for it.

By what failures make prudent each source would wait for about as long again as the network was away: after a night,
for half the day. Whose failures began before is not meant: that one was away by itself.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from syndicator.config.reach import is_local
from syndicator.model.failure import FailureKind
from syndicator.model.outcome import Failed
from syndicator.pipeline.landed import Landed
from syndicator.pipeline.outage import HOSTS
from syndicator.pipeline.queues import host_of
from syndicator.pipeline.robots import SILENT
from syndicator.store import Store

LASTS = timedelta(minutes=10)
"""A shorter silence costs nobody more than an interval; hosts that lie in one place fail together so."""
SETTLES = timedelta(minutes=1)
"""So long after somebody was reached: by then the network holds, and its fault is known to be over."""
_NOBODY_ASKED = {FailureKind.FORBIDDEN, FailureKind.ROBOTS}


class Silence:
    """Who was not reached since anybody was.

    Args:
        store: Knows since when each of them fails, and says when they are due.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lost: dict[str, str] = {}  # by id, the hosts of sources that did not answer …
        self._since: datetime | None = None  # … and when the first of them did not
        self._owed: set[str] = set()  # those that were made due, and have not answered since

    def heard(self, landed: Iterable[Landed], now: datetime) -> None:
        """Take up what exchanges came to.

        Raises:
            StoreError: Nobody was made due; whoever answers next does that.
        """
        for it in landed:
            host, failure = host_of(it.source.url), it.outcome.failure if isinstance(it.outcome, Failed) else None
            if is_local(f"http://{host}/") or it.result == "put_off" or (failure and failure.kind in _NOBODY_ASKED):
                continue
            if failure and failure.kind in SILENT:
                self._lost[it.source.id] = host
                self._since = self._since or now
            else:
                self._owed.discard(it.source.id)
                self._ended(now)

    def _ended(self, now: datetime) -> None:
        """Somebody was reached.

        Whoever was under way meanwhile fails once more after that, and is made due once more.
        """
        again = self._owed & self._lost.keys()
        met = self._met(now)
        if met or again:
            self._store.hasten(met | again, now + SETTLES)
        self._owed = self._owed - again | met
        self._lost, self._since = {}, None

    def _met(self, now: datetime) -> set[str]:
        """Whom the network did not reach, if it was that: also those that it has reached for a moment only."""
        if self._since is None or now - self._since < LASTS:
            return set()
        states = self._store.states()
        began = {it: states[it].pace.failing_since for it in self._lost if it in states}
        met = {it for it, at in began.items() if at is not None and (at >= self._since or it in self._owed)}
        return met if len({self._lost[it] for it in met}) >= HOSTS else set()
