"""What is agreed upon with the hubs of sources: at hand, and written down whenever it changes.

a source names a hub ─→ to be asked ─→ asked ─→ agreed upon, until … ─→ to be asked anew, in time
                            ↑            └→ failed: later and later
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
"""Seconds for which a hub is asked to tell."""
LEAST, MOST = 600, 30 * 86400
"""What is taken for less, or more, whatever a hub says."""
RENEWED = 0.9
"""The share of that time after which it is asked anew."""
PATIENCE = timedelta(minutes=10)
"""So long a hub may take to ask whether we meant it."""
_TOO_LONG = timedelta(seconds=MOST, days=1)
"""Nobody is asked later than that, unless the clock was set back."""


class Agreements:
    """How it stands with the hub of each source. Whatever changes that may raise `StoreError`: then it has not changed.

    Args:
        store: Where it is written down.
        missed: Called with the id of a source of which nobody has told for a while, though somebody should have.

    Attributes:
        leases: By the source's id.
    """

    def __init__(self, store: Store, missed: Callable[[str], None]) -> None:
        self.leases: dict[str, Lease] = {}
        self._store = store
        self._missed = missed
        self._is_on: bool | None = None  # None: nobody has looked yet

    def look(self, config: Config, sources: Iterable[Source], now: datetime) -> Collection[Lease]:
        """Begin with sources that have a hub, or another one, and end with those that have none; gives all."""
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
        """Whether it was begun already, in the same way."""
        known = self.leases.get(wanted.source_id)
        if known is None or known.again_at > now + _TOO_LONG:
            return False
        return (known.offer, known.callback) == (wanted.offer, wanted.callback)

    def leave(self, now: datetime) -> bool:
        """End with all, and let what was not told be looked for; returns whether there may have been any."""
        if self._is_on is False:
            return False
        leases = self._store.leases()
        self._store.expect({it: (0, now) for it, lease in leases.items() if lease.until})
        self._store.end_leases(leases)
        self.leases, self._is_on = {}, False
        return True

    def end_overdue(self, now: datetime) -> None:
        """See whose time is over."""
        over = [it for it in self.leases.values() if it.until is not None and it.until <= now]
        for lease in over:
            self._missed(lease.source_id)
        if over:
            self._keep(*(replace(it, until=None) for it in over))

    def asked(self, lease: Lease, now: datetime) -> None:
        """A hub is being asked: it has some time to ask back."""
        self._keep(replace(lease, asked=True, again_at=now + PATIENCE))

    def unasked(self, source_ids: Collection[str]) -> None:
        """What these hubs were asked does not reach them, which is no failure of theirs; not written down."""
        for it in self.leases.keys() & source_ids:
            self.leases[it] = replace(self.leases[it], asked=False)

    def agreed(self, lease: Lease, seconds: int, now: datetime) -> list[str]:
        """A hub will tell for so long (0: it does not say); gives what the operator should know."""
        seconds = min(max(seconds or ASKED_FOR, LEAST), MOST)
        until, again_at = now + timedelta(seconds=seconds), now + timedelta(seconds=RENEWED * seconds)
        self._keep(replace(lease, until=until, again_at=again_at, asked=False, failures=0, message=""))
        works_again = lease.failures and not self._fails(lease.offer.hub)
        return [f"The hub {lease.offer.hub} announces news again."] if works_again else []

    def denied(self, lease: Lease, reason: str, now: datetime) -> list[str]:
        """A hub refuses to tell; gives what the operator should know."""
        if lease.until is not None:
            self._missed(lease.source_id)
        told = f"It refuses to: {reason}" if reason else "It refuses to, and does not say why."
        return self.failed(replace(lease, until=None), told, now, 86400.0)

    def failed(self, lease: Lease, message: str, now: datetime, wait: float = 0.0) -> list[str]:
        """Nothing came of asking: it is asked again later, and later; gives what the operator should know.

        Args:
            lease: As it was.
            message: Why, as a sentence.
            now: The step's time.
            wait: Seconds that the hub itself asks for.
        """
        pause = timedelta(seconds=min(max(pause_after(lease.failures), wait), MOST))
        first = not self._fails(lease.offer.hub)
        self._keep(replace(lease, asked=False, again_at=now + pause, failures=lease.failures + 1, message=message))
        whose = f"The hub {lease.offer.hub} does not announce the news of {lease.source_id}"
        return [f"{whose}, which is polled as usual: {message}"] if first else []

    def _fails(self, hub: str) -> bool:
        """Whether nothing came of asking it for some source: that is said once, and so is the end of it."""
        return any(it.failures for it in self.leases.values() if it.offer.hub == hub)

    def _keep(self, *leases: Lease) -> None:
        self._store.write_leases(leases)
        self.leases |= {it.source_id: it for it in leases}


def token(lease: Lease) -> str:
    """What its callback ends with: nobody else knows it."""
    return lease.callback.rpartition("/")[2]


def _wanted(store: Store, config: Config, sources: Iterable[Source], now: datetime) -> Iterator[Lease]:
    """What would be agreed upon for each source that has a hub, were it begun now."""
    key, base, hubs = store.callback_key(), border.address(config.site.base_url) + FOLDER, store.hubs_of_sources()
    for source in sources:
        if source.private or source.id not in hubs or not source.url.startswith("http"):
            continue  # a private address is told nobody
        named, topic, moved_to = hubs[source.id]
        offer = Offer(hub=_best(named), topic=topic or moved_to or source.url)
        callback = base + token_of(key, source.id, offer.hub, offer.topic)
        yield Lease(source_id=source.id, offer=offer, callback=callback, again_at=now)


def _best(hubs: Collection[str]) -> str:
    """The first that cannot be overheard, if there is one."""
    return next((it for it in hubs if it.startswith("https:")), next(iter(hubs), ""))
