"""Agreements: the leases (subscriptions) with the hubs of sources, in memory, and stored whenever they change.

a source names a hub ─→ to be asked ─→ asked ─→ agreed upon, until a time ─→ to be asked again before it
                            ↑            └→ failed: asked again after a back-off
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta

from syndicator.model.lease import Lease, Offer
from syndicator.model.noun import replace
from syndicator.model.settings import Config
from syndicator.model.source import Source
from syndicator.pipeline.websub.pausing import pause_after
from syndicator.publish import border
from syndicator.store import Store
from syndicator.text.callbacks import FOLDER, token_of

ASKED_FOR = 10 * 86400
"""Seconds of the lease for which a hub is asked."""
LEAST, MOST = 600, 30 * 86400
"""The least and the most seconds of a lease; a hub that grants less or more is taken to grant these."""
RENEWED = 0.9
"""Share of a lease after which the hub is asked to renew it."""
PATIENCE = timedelta(minutes=10)
"""Time that a hub may take to verify our intent after it was asked."""
_TOO_LONG = timedelta(seconds=MOST, days=1)
"""Longer than any wait for the next request to a hub; if one seems longer, the clock was set back."""


class Agreements:
    """The lease of each source that has a hub.

    Each method that changes leases may raise `StoreError`; then nothing has changed.

    Args:
        store: Where leases are stored.
        missed: Called with the id of a source whose news its hub may have failed to announce for a while.

    Attributes:
        leases: The leases, by the source's id.
    """

    def __init__(self, store: Store, missed: Callable[[str], None]) -> None:
        self.leases: dict[str, Lease] = {}
        self._store = store
        self._missed = missed
        self._is_on: bool | None = None  # None: `look` and `leave` were not called yet

    def look(self, config: Config, sources: Iterable[Source], now: datetime) -> Collection[Lease]:
        """Begin a lease for each source with a new hub, and end those of sources that have none any more.

        Returns:
            All leases that are wanted, as they would be if they began now.
        """
        if not self._is_on:
            self.leases, self._is_on = self._store.leases(), True
        wanted = {it.source_id: it for it in _wanted(self._store, config, sources, now)}
        begun = [it for it in wanted.values() if not self._goes_on(it, now)]
        ended = self.leases.keys() - wanted.keys()
        for source_id in {*ended, *(it.source_id for it in begun)} & self.leases.keys():
            if self.leases[source_id].until is not None:
                self._missed(source_id)
        if begun:
            self._keep(*begun)
        if ended:
            self._store.end_leases(ended)
            self.leases = {it: lease for it, lease in self.leases.items() if it in wanted}
        return wanted.values()

    def _goes_on(self, wanted: Lease, now: datetime) -> bool:
        """Whether a wanted lease has begun already, with the same offer and callback."""
        known = self.leases.get(wanted.source_id)
        if known is None or known.again_at > now + _TOO_LONG:
            return False
        return (known.offer, known.callback) == (wanted.offer, wanted.callback)

    def leave(self, now: datetime) -> bool:
        """End all leases, and poll their sources for what was not announced; return whether there may have been any."""
        if self._is_on is False:
            return False
        leases = self._store.leases()
        self._store.expect({it: (0, now) for it, lease in leases.items() if lease.until})
        self._store.end_leases(leases)
        self.leases, self._is_on = {}, False
        return True

    def end_overdue(self, now: datetime) -> None:
        """End the leases whose time is over."""
        over = [it for it in self.leases.values() if it.until is not None and it.until <= now]
        for lease in over:
            self._missed(lease.source_id)
        if over:
            self._keep(*(replace(it, until=None) for it in over))

    def asked(self, lease: Lease, now: datetime) -> None:
        """Note that a hub is being asked for a lease; it now has `PATIENCE` to verify our intent."""
        self._keep(replace(lease, asked=True, again_at=now + PATIENCE))

    def unasked(self, source_ids: Collection[str]) -> None:
        """Note that requests for these sources were dropped, which is no failure of their hubs; this is not stored."""
        for it in self.leases.keys() & source_ids:
            self.leases[it] = replace(self.leases[it], asked=False)

    def agreed(self, lease: Lease, seconds: int, now: datetime) -> list[str]:
        """Note that a hub has granted a lease; return sentences for the operator.

        Args:
            lease: The lease as it was.
            seconds: The length of the lease; 0: the hub does not say.
            now: The step's time.
        """
        seconds = min(max(seconds or ASKED_FOR, LEAST), MOST)
        until, again_at = now + timedelta(seconds=seconds), now + timedelta(seconds=RENEWED * seconds)
        self._keep(replace(lease, until=until, again_at=again_at, asked=False, failures=0, message=""))
        works_again = lease.failures and not self._fails(lease.offer.hub)
        return [f"The hub {lease.offer.hub} announces news again."] if works_again else []

    def denied(self, lease: Lease, reason: str, now: datetime) -> list[str]:
        """Note that a hub denies a lease; return sentences for the operator.

        Args:
            lease: The lease as it was.
            reason: What the hub gives as the reason; empty: nothing.
            now: The step's time.
        """
        if lease.until is not None:
            self._missed(lease.source_id)
        told = f"It refuses to: {reason}" if reason else "It refuses to, and does not say why."
        return self.failed(replace(lease, until=None), told, now, 86400.0)

    def failed(self, lease: Lease, message: str, now: datetime, wait: float = 0.0) -> list[str]:
        """Note that a request for a lease failed, and is repeated after a back-off; return sentences for the operator.

        Args:
            lease: The lease as it was.
            message: Why it failed, as a sentence.
            now: The step's time.
            wait: Seconds after which the hub itself wants to be asked again; 0: it does not say.
        """
        pause = timedelta(seconds=min(max(pause_after(lease.failures), wait), MOST))
        first = not self._fails(lease.offer.hub)
        self._keep(replace(lease, asked=False, again_at=now + pause, failures=lease.failures + 1, message=message))
        whose = f"The hub {lease.offer.hub} does not announce the news of {lease.source_id}"
        return [f"{whose}, which is polled as usual: {message}"] if first else []

    def _fails(self, hub: str) -> bool:
        """Whether a hub fails for any of its sources; the operator is told once when this begins and when it ends."""
        return any(it.failures for it in self.leases.values() if it.offer.hub == hub)

    def _keep(self, *leases: Lease) -> None:
        self._store.write_leases(leases)
        self.leases |= {it.source_id: it for it in leases}


def token(lease: Lease) -> str:
    """Return the secret token with which a lease's callback ends."""
    return lease.callback.rpartition("/")[2]


def _wanted(store: Store, config: Config, sources: Iterable[Source], now: datetime) -> Iterator[Lease]:
    """Iterate over the lease of each source that has a hub, as it would be if it began now."""
    key, base, hubs = store.callback_key(), border.address(config.site.base_url) + FOLDER, store.hubs_of_sources()
    for source in sources:
        if source.private or source.id not in hubs or not source.url.startswith("http"):
            continue  # nobody is told a private address
        named, topic, moved_to = hubs[source.id]
        offer = Offer(hub=_best(named), topic=topic or moved_to or source.url)
        callback = base + token_of(key, source.id, offer.hub, offer.topic)
        yield Lease(source_id=source.id, offer=offer, callback=callback, again_at=now)


def _best(hubs: Collection[str]) -> str:
    """Return the first hub with an `https:` address; without one, the first hub; empty: there is none."""
    return next((it for it in hubs if it.startswith("https:")), next(iter(hubs), ""))
