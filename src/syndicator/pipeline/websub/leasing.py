"""Leasing: subscribe to sources at their WebSub hubs (https://www.w3.org/TR/websub/), and poll a source with news.

a source names a hub ─→ POST hub.mode=subscribe ─→ it verifies our intent at the callback ─→ it announces news, for the
                             ↑ again before the end                                           time of the lease

The content that a hub sends is not read. It only says that there are news; the source is then polled as usual, with all
the checks on the way.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from syndicator.fetch.redirects import STATUSES, follow
from syndicator.model.lease import Call, Lease
from syndicator.model.noun import replace
from syndicator.model.outcome import Failed
from syndicator.model.settings import Config
from syndicator.model.source import Source
from syndicator.model.web import Request, Response
from syndicator.pipeline.lessons import address_mark
from syndicator.pipeline.transport import LazyTransport, Transport
from syndicator.pipeline.websub.agreements import ASKED_FOR, Agreements, token
from syndicator.pipeline.websub.forgeries import Forgeries
from syndicator.pipeline.websub.hubs import refusal
from syndicator.pipeline.websub.inbox import Inbox
from syndicator.pipeline.websub.nudges import Nudges
from syndicator.pipeline.websub.pausing import Pause
from syndicator.store import Store
from syndicator.text.callbacks import secret_of

AT_ONCE = 2
"""The most requests that are under way to one hub."""
IN_ALL = 32
"""The most requests that are under way to all hubs; more would wait for a connection until they time out."""
LOOK = 5.0
"""Seconds between two checks of which sources have hubs."""
_OF_A_FEED = frozenset({400, 403, 404, 410, 422})
"""Status codes by which a hub may refuse one feed only."""


class Leasing:
    """Asks hubs for leases, and handles their calls.

    Args:
        store: Where the hubs of sources and the leases are stored.
        connect: Returns the transport that carries requests; called for the first request.

    Attributes:
        forgeries: The calls without a valid signature.
    """

    def __init__(self, store: Store, connect: Callable[[], Transport]) -> None:
        self.forgeries = Forgeries()
        self._store = store
        self._line = LazyTransport(connect)
        self._inbox = Inbox(self.forgeries)
        self._nudges = Nudges(store)
        self._agreements = Agreements(store, missed=partial(self._nudges.take, told=False))
        self._under_way: set[str] = set()
        self._pauses: dict[str, Pause] = {}  # by address, of hubs that fail
        self._look_at = 0.0

    def hear(self, call: Call) -> bool | None:
        """Accept a hub's call, from any thread; return what `Inbox.put` returns."""
        return self._inbox.put(call)

    def step(
        self,
        config: Config,
        sources: Iterable[Source],
        is_busy: Callable[[Collection[str]], bool],
        now: datetime,
        monotonic: float,
    ) -> list[str]:
        """Handle what hubs have said, ask hubs for leases, and make sources with news due; never waits.

        Args:
            config: The configuration in force.
            sources: The sources that are polled.
            is_busy: Returns whether any of the sources with these ids is being polled.
            now: The step's time.
            monotonic: The step's time, in monotonic seconds.

        Returns:
            Sentences for the operator about hubs that fail, or announce news again.

        Raises:
            StoreError: Not all was stored; the next step goes on.
        """
        if not config.serve.push:
            self._leave(now)
            return []
        news = self._take_answers(now, monotonic) + self._take_calls(now)
        if monotonic >= self._look_at:
            self._look(config, sources, now)
            self._look_at = monotonic + LOOK
        news += self._ask(now, monotonic) + self.forgeries.tell(self._agreements.leases, monotonic)
        self._nudges.step(is_busy, now, monotonic)
        return news

    def stop(self) -> None:
        """Drop the requests under way, and send no more; the leases still hold."""
        self._line.stop()
        self._agreements.unasked(self._under_way)
        self._under_way.clear()

    def _leave(self, now: datetime) -> None:
        """End all leases, as the operator wants none; until they are over, hubs find no callback (404, 405)."""
        if self._agreements.leave(now):
            self.stop()
            self._inbox.expect(None)
            self._look_at = 0.0

    def _look(self, config: Config, sources: Iterable[Source], now: datetime) -> None:
        """Look up which sources have hubs, and accept calls at their callbacks."""
        wanted = self._agreements.look(config, sources, now)
        hubs = {it.offer.hub for it in self._agreements.leases.values()}
        self._pauses = {hub: it for hub, it in self._pauses.items() if hub in hubs}
        self._inbox.expect({token(it): it.source_id for it in wanted})

    def _ask(self, now: datetime, monotonic: float) -> list[str]:
        """Ask hubs for leases that are due, and note a failure of those that have not verified our intent in time."""
        news = list[str]()
        self._agreements.end_overdue(now)
        leases = self._agreements.leases
        busy = Counter(leases[it].offer.hub for it in self._under_way if it in leases)
        for lease in sorted(leases.values(), key=lambda it: it.again_at):
            hub = lease.offer.hub
            if lease.again_at > now:
                break
            if lease.source_id in self._under_way or busy[hub] >= AT_ONCE:
                continue
            if lease.asked:
                why = "It has not verified the subscription: it cannot reach base_url, or is slow."
                news += self._agreements.failed(lease, why, now)
            elif len(self._under_way) < IN_ALL and monotonic >= self._pauses.get(hub, Pause()).until:
                busy[hub] += 1
                self._submit(lease, now)
        return news

    def _submit(self, lease: Lease, now: datetime) -> None:
        self._agreements.asked(lease, now)
        form = {
            "hub.mode": "subscribe",
            "hub.topic": lease.offer.topic,
            "hub.callback": lease.callback,
            "hub.secret": secret_of(self._store.callback_key(), token(lease)),
            "hub.lease_seconds": ASKED_FOR,
            "hub.verify": "async",  # hubs of PubSubHubbub 0.3 need this
        }
        mark = address_mark(lease.callback)
        self._send(Request(source_id=lease.source_id, entry_key=mark, url=lease.offer.hub, form=urlencode(form)))

    def _send(self, request: Request) -> None:
        self._line.send(request)
        self._under_way.add(request.source_id)

    def _take_answers(self, now: datetime, monotonic: float) -> list[str]:
        """Handle the answers of hubs; one that accepts a request still has to verify our intent."""
        news = list[str]()
        for request, answer in self._line.answers():
            self._under_way.discard(request.source_id)
            lease = self._agreements.leases.get(request.source_id)
            # If the callback is another one now, the answer is to a lease that is not wanted any more.
            if lease is not None and address_mark(lease.callback) == request.entry_key:
                news += self._note_answer(lease, request, answer, now, monotonic)
        return news

    def _note_answer(
        self, lease: Lease, request: Request, answer: Response | Failed, now: datetime, monotonic: float
    ) -> list[str]:
        """Note what came of one request; return sentences for the operator."""
        failure = refusal(self._led_on(request, answer), now)
        if failure is None:
            self._pauses.pop(lease.offer.hub, None)
            return []
        wait = failure.retry_after or 0.0
        news = self._agreements.failed(lease, failure.message, now, wait)
        if failure.status not in _OF_A_FEED:
            self._pauses.setdefault(lease.offer.hub, Pause()).extend(monotonic, wait)
        return news

    def _led_on(self, request: Request, answer: Response | Failed) -> Response | Failed:
        """Return an answer; for a redirect, send the request there, and return a 202, as its answer comes later."""
        if isinstance(answer, Failed) or answer.status not in STATUSES:
            return answer
        further = follow(request, answer)
        if isinstance(further, Failed):
            return further
        self._send(further)
        return replace(answer, status=202)

    def _take_calls(self, now: datetime) -> list[str]:
        """Handle the calls of hubs for sources that still have a lease; return sentences for the operator."""
        news = list[str]()
        for source_id, call in self._inbox.calls():
            if lease := self._agreements.leases.get(source_id):
                news += self._take(call, lease, now)
        return news

    def _take(self, call: Call, lease: Lease, now: datetime) -> list[str]:
        match call.mode:
            case "news":
                self._nudges.take(lease.source_id, told=lease.until is not None)
            case "subscribe":
                return self._agreements.agreed(lease, call.seconds, now)
            case "denied":
                return self._agreements.denied(lease, call.reason, now)
        return []
