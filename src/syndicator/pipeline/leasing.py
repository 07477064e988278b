"""Hubs (WebSub, https://www.w3.org/TR/websub/) are asked to tell of sources' news; who is told of some, is polled.

a source names a hub ─→ POST hub.mode=subscribe ─→ it asks at the callback whether we meant it ─→ it tells of news, for
                             ↑ anew, in time                                                       as long as agreed

What a hub sends is not read: it says that there is something, and the source's own answer says what, by the same way
as ever, with all that is seen to on it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

from syndicator.fetch.redirects import STATUSES, follow
from syndicator.model.lease import Call, Lease, Offer
from syndicator.model.noun import replace
from syndicator.model.outcome import Failed
from syndicator.model.settings import Config
from syndicator.model.source import Source
from syndicator.model.web import Request, Response
from syndicator.pipeline.forgeries import Forgeries
from syndicator.pipeline.hearing import Hearing
from syndicator.pipeline.hubs import refusal
from syndicator.pipeline.lessons import address_mark
from syndicator.pipeline.nudges import Nudges
from syndicator.pipeline.pausing import Pause, pause_after
from syndicator.pipeline.transport import Line, Transport
from syndicator.publish import border
from syndicator.store import Store
from syndicator.text.callbacks import secret_of, token_of

FOLDER = "push/"
"""Callbacks lie below it, in front of their tokens."""
AT_ONCE = 2
"""Requests to one hub …"""
IN_ALL = 32
"""… and to all: what would only wait for a connection spends its time there, and has failed then."""
LOOK = 5.0
"""Seconds between two looks at which sources have hubs."""
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
_OF_A_FEED = frozenset({400, 403, 404, 410, 422})
"""Statuses by which a hub may refuse one feed, and take others."""


class Leasing:
    """Asks hubs, and hears them.

    Args:
        store: Knows which sources have hubs, and what was agreed upon.
        connect: Gives what carries requests, when there is a hub for the first time.

    Attributes:
        forgeries: Calls that prove nothing.
    """

    def __init__(self, store: Store, connect: Callable[[], Transport]) -> None:
        self._store = store
        self._line = Line(connect)
        self._leases: dict[str, Lease] = {}
        self._nudges = Nudges(store)
        self.forgeries = Forgeries()
        self._hearing = Hearing(self.forgeries)
        self._under_way: set[str] = set()
        self._pauses: dict[str, Pause] = {}  # of hubs that fail
        self._look_at = 0.0
        self._is_on: bool | None = None  # None: nobody has looked yet

    def hear(self, call: Call) -> bool | None:
        """As `Hearing.hear`; from any thread."""
        return self._hearing.hear(call)

    def step(
        self,
        config: Config,
        sources: Iterable[Source],
        is_busy: Callable[[Collection[str]], bool],
        now: datetime,
        monotonic: float,
    ) -> list[str]:
        """See what hubs have said, ask those that are to be asked, and let sources with news be due; never waits.

        Args:
            config: In force.
            sources: Those that are polled.
            is_busy: Whether any of these sources is being polled.
            now: The step's time.
            monotonic: Likewise, by the monotonic clock.

        Returns:
            Sentences for the operator: of a hub that fails, or tells again.

        Raises:
            StoreError: Not all was written down; the next step goes on.
        """
        if not config.serve.push:
            self._leave(now)
            return []
        news = self._heed(now, monotonic) + self._take_calls(now)
        if monotonic >= self._look_at:
            self._look(config, sources, now)
            self._look_at = monotonic + LOOK
        news += self._ask(now, monotonic) + self.forgeries.tell(self._leases, monotonic)
        self._nudges.step(is_busy, now, monotonic)
        return news

    def stop(self) -> None:
        """Ask nobody any more; what was agreed upon holds."""
        self._line.stop()
        for it in self._leases.keys() & self._under_way:  # that is not their hubs' failure
            self._leases[it] = replace(self._leases[it], asked=False)
        self._under_way.clear()

    def _leave(self, now: datetime) -> None:
        """Nobody is to tell any more: hubs find no callback (404, 405), until their time is over."""
        if self._is_on is not False:
            leases = self._store.leases()
            self._store.expect({it: (0, now) for it, lease in leases.items() if lease.until})
            self._store.end_leases(leases)
            self.stop()
            self._hearing.know(None)
            self._leases, self._is_on, self._look_at = {}, False, 0.0

    def _look(self, config: Config, sources: Iterable[Source], now: datetime) -> None:
        """Compare what is agreed upon with which sources have hubs."""
        if not self._is_on:
            self._leases, self._is_on = self._store.leases(), True
        wanted = {it.source_id: it for it in self._wanted(config, sources, now)}
        begun = [it for it in wanted.values() if not self._goes_on(it, now)]
        ended = self._leases.keys() - wanted.keys()
        for source_id in {*ended, *(it.source_id for it in begun)} & self._leases.keys():
            if self._leases[source_id].until is not None:
                self._nudges.take(source_id, told=False)
        if begun:
            self._keep(*begun)
        if ended:
            self._store.end_leases(ended)
            self._leases = {it: lease for it, lease in self._leases.items() if it in wanted}
        hubs_asked = {it.offer.hub for it in self._leases.values()}
        self._pauses = {hub: it for hub, it in self._pauses.items() if hub in hubs_asked}
        self._hearing.know({_token(it): it.source_id for it in wanted.values()})

    def _wanted(self, config: Config, sources: Iterable[Source], now: datetime) -> Iterator[Lease]:
        """What would be agreed upon for each source that has a hub, were it begun now."""
        key, base = self._store.callback_key(), border.address(config.site.base_url) + FOLDER
        hubs = self._store.hubs_of_sources()
        for source in sources:
            if source.private or source.id not in hubs or not source.url.startswith("http"):
                continue  # a private address is told nobody
            named, topic, moved_to = hubs[source.id]
            offer = Offer(hub=_best(named), topic=topic or moved_to or source.url)
            callback = base + token_of(key, source.id, offer.hub, offer.topic)
            yield Lease(source_id=source.id, offer=offer, callback=callback, again_at=now)

    def _goes_on(self, wanted: Lease, now: datetime) -> bool:
        """Whether it was begun already, in the same way."""
        known = self._leases.get(wanted.source_id)
        if known is None or known.again_at > now + _TOO_LONG:
            return False
        return (known.offer, known.callback) == (wanted.offer, wanted.callback)

    def _ask(self, now: datetime, monotonic: float) -> list[str]:
        """Ask hubs that are to be asked, and give up those that keep silent."""
        news = list[str]()
        over = [it for it in self._leases.values() if it.until is not None and it.until <= now]
        for lease in over:  # what they should have told of meanwhile
            self._nudges.take(lease.source_id, told=False)
        if over:
            self._keep(*(replace(it, until=None) for it in over))
        busy = Counter(self._leases[it].offer.hub for it in self._under_way if it in self._leases)
        for lease in sorted(self._leases.values(), key=lambda it: it.again_at):
            hub = lease.offer.hub
            if lease.again_at > now:
                break
            if lease.source_id in self._under_way or busy[hub] >= AT_ONCE:
                continue
            if lease.asked:
                news += self._failed(lease, "It has not asked back, so it cannot reach base_url, or is slow.", now)
            elif len(self._under_way) < IN_ALL and monotonic >= self._pauses.get(hub, Pause()).until:
                busy[hub] += 1
                self._submit(lease, now)
        return news

    def _submit(self, lease: Lease, now: datetime) -> None:
        self._keep(replace(lease, asked=True, again_at=now + PATIENCE))
        form = {
            "hub.mode": "subscribe",
            "hub.topic": lease.offer.topic,
            "hub.callback": lease.callback,
            "hub.secret": secret_of(self._store.callback_key(), _token(lease)),
            "hub.lease_seconds": ASKED_FOR,
            "hub.verify": "async",  # hubs of PubSubHubbub 0.3 want to be told
        }
        mark = address_mark(lease.callback)
        self._send(Request(source_id=lease.source_id, entry_key=mark, url=lease.offer.hub, form=urlencode(form)))

    def _send(self, request: Request) -> None:
        self._line.send(request)
        self._under_way.add(request.source_id)

    def _heed(self, now: datetime, monotonic: float) -> list[str]:
        """What hubs have answered; that they take a request means nothing until they ask back."""
        news = list[str]()
        for request, answer in self._line.answers():
            self._under_way.discard(request.source_id)
            lease = self._leases.get(request.source_id)
            if lease is not None and address_mark(lease.callback) == request.entry_key:  # it is still asked so
                news += self._note(lease, request, answer, now, monotonic)
        return news

    def _note(
        self, lease: Lease, request: Request, answer: Response | Failed, now: datetime, monotonic: float
    ) -> list[str]:
        """What has become of one request."""
        failure = refusal(self._led_on(request, answer), now)
        if failure is None:
            self._pauses.pop(lease.offer.hub, None)
            return []
        wait = failure.retry_after or 0.0
        news = self._failed(lease, failure.message, now, wait)
        if failure.status not in _OF_A_FEED:
            self._pauses.setdefault(lease.offer.hub, Pause()).extend(monotonic, wait)
        return news

    def _led_on(self, request: Request, answer: Response | Failed) -> Response | Failed:
        """The answer; where it redirects, the request goes there, and what comes of that is heard later."""
        if isinstance(answer, Failed) or answer.status not in STATUSES:
            return answer
        further = follow(request, answer)
        if isinstance(further, Failed):
            return further
        self._send(further)
        return replace(answer, status=202)

    def _take_calls(self, now: datetime) -> list[str]:
        """What hubs say of sources that are still to be told of."""
        news = list[str]()
        for source_id, call in self._hearing.heard():
            if source_id in self._leases:
                news += self._take(call, self._leases[source_id], now)
        return news

    def _take(self, call: Call, lease: Lease, now: datetime) -> list[str]:
        match call.mode:
            case "news":
                self._nudges.take(lease.source_id, told=lease.until is not None)
            case "subscribe":
                seconds = min(max(call.seconds or ASKED_FOR, LEAST), MOST)
                until, again_at = now + timedelta(seconds=seconds), now + timedelta(seconds=RENEWED * seconds)
                self._keep(replace(lease, until=until, again_at=again_at, asked=False, failures=0, message=""))
                if lease.failures and not self._fails(lease.offer.hub):
                    return [f"The hub {lease.offer.hub} tells of news again."]
            case "denied":
                if lease.until is not None:
                    self._nudges.take(lease.source_id, told=False)
                reason = f"It refuses to: {call.reason}" if call.reason else "It refuses to, and does not say why."
                return self._failed(replace(lease, until=None), reason, now, 86400.0)
        return []

    def _failed(self, lease: Lease, message: str, now: datetime, wait: float = 0.0) -> list[str]:
        """Nothing came of asking: it is asked again later, and later."""
        pause = timedelta(seconds=min(max(pause_after(lease.failures), wait), MOST))
        first = not self._fails(lease.offer.hub)
        self._keep(replace(lease, asked=False, again_at=now + pause, failures=lease.failures + 1, message=message))
        whose = f"The hub {lease.offer.hub} does not tell of news of {lease.source_id}"
        return [f"{whose}, which is polled as ever: {message}"] if first else []

    def _fails(self, hub: str) -> bool:
        """Whether nothing came of asking it for some source: that is said once, and so is the end of it."""
        return any(it.failures for it in self._leases.values() if it.offer.hub == hub)

    def _keep(self, *leases: Lease) -> None:
        self._store.write_leases(leases)
        self._leases |= {it.source_id: it for it in leases}


def _token(lease: Lease) -> str:
    """What its callback ends with: nobody else knows it."""
    return lease.callback.rpartition("/")[2]


def _best(hubs: Collection[str]) -> str:
    """The first that cannot be overheard, if there is one."""
    return next((it for it in hubs if it.startswith("https:")), next(iter(hubs), ""))
