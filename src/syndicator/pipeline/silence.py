"""When this machine's network is back, whom it did not reach is asked again soon: no host is the worse for it.

By what failures make prudent each source would wait for about as long again as the network was away: after a night,
for half the day. Whose failures began before is not meant: that one was away by itself.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

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

    def heard(self, landed: Iterable[Landed], now: datetime) -> None:
        """Take up what exchanges came to.

        Raises:
            StoreError: Nobody was made due; whoever answers next does that.
        """
        for it in landed:
            host, failure = host_of(it.source.url), it.outcome.failure if isinstance(it.outcome, Failed) else None
            if not host or (failure and failure.kind in _NOBODY_ASKED):
                continue
            if failure is None or failure.kind not in SILENT:
                self._ended(now)
            else:
                self._lost[it.source.id] = host
                self._since = self._since or now

    def _ended(self, now: datetime) -> None:
        """Somebody was reached."""
        if self._since and now - self._since >= LASTS:
            states = self._store.states()
            began = {it: states[it].pace.failing_since for it in self._lost if it in states}
            met = [it for it, at in began.items() if at is not None and at >= self._since]
            if len({self._lost[it] for it in met}) >= HOSTS:
                self._store.hasten(met, now + SETTLES)
        self._lost, self._since = {}, None
