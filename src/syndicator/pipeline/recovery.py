"""Recovery: when this machine's network works again, poll the sources that it did not reach soon.

With the usual back-off, each source would wait for about as long again as the network was down: after a night, for half
the day. No host is burdened by polling them sooner. A source whose failures began before the outage is left out, since
it was down by itself.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from syndicator.model.outcome import Failed
from syndicator.pipeline.landed import Landed
from syndicator.pipeline.outage import HOSTS, shows_network
from syndicator.pipeline.queues import host_of
from syndicator.store import Store

LASTS = timedelta(minutes=10)
"""Least time of an outage to do something about it.

A shorter one delays a source by an interval at most, and may come from hosts in one place that fail together."""
SETTLES = timedelta(minutes=1)
"""Time from the first source that is reached again to the polls of the others.

By then the network is stable, and its fault is known to be over."""


class Recovery:
    """The sources that could not be reached since any source was, to be polled again when one is reached.

    Args:
        store: Where it is stored since when each source fails, and when it is due.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unreached: dict[str, str] = {}  # by id, the hosts of sources that could not be reached
        self._since: datetime | None = None  # when the first of them could not be reached
        self._hastened: set[str] = set()  # ids of sources that were made due, and have not answered since

    def note(self, batch: Iterable[Landed], now: datetime) -> None:
        """Note the outcomes of polls, in their order.

        Raises:
            StoreError: No source was made due; this is tried again when the next source answers.
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
        """Make the sources due that were not reached until now.

        A source whose poll was under way at that moment fails once more after it, and is made due once more.
        """
        again = self._hastened & self._unreached.keys()
        lost = self._lost(now)
        if lost or again:
            self._store.hasten(lost | again, now + SETTLES)
        self._hastened = self._hastened - again | lost
        self._unreached, self._since = {}, None

    def _lost(self, now: datetime) -> set[str]:
        """Return the ids of the sources that an outage of the network made fail; empty: there was no outage.

        A source that was made due before and has not answered since counts even if its failures began earlier: the
        network may have worked for a moment only.
        """
        if self._since is None or now - self._since < LASTS:
            return set()
        states = self._store.states()
        began = {it: states[it].pace.failing_since for it in self._unreached if it in states}
        lost = {it for it, at in began.items() if at is not None and (at >= self._since or it in self._hastened)}
        return lost if len({self._unreached[it] for it in lost}) >= HOSTS else set()
