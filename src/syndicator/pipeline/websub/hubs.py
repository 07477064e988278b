"""Hubs: notify WebSub hubs (https://www.w3.org/TR/websub/) which of our feeds have changed, for their subscribers.

published ─→ was a hub notified of these bytes? ─→ POST hub.mode=publish, hub.url=…
                                                    ├→ 2xx: it was
                                                    ├→ it refuses this feed: this feed again after a back-off
                                                    └→ else: all feeds that are left again after a back-off

It is stored of what a hub was notified, so nothing is lost if it, or we, cannot be reached for a while.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from syndicator.fetch.caching import judge
from syndicator.model.failure import Failure
from syndicator.model.outcome import Failed
from syndicator.model.settings import Config
from syndicator.model.web import Request, Response
from syndicator.pipeline.transport import LazyTransport, Transport
from syndicator.pipeline.websub.feeds import Feeds
from syndicator.pipeline.websub.pausing import Pause
from syndicator.publish import border
from syndicator.store import Store

AT_ONCE = 4
"""The most requests that are under way to one hub."""
REST = 10.0
"""Seconds from the last notification to the next ones, so that changes in between are notified together."""
_OF_A_FEED = frozenset({400, 403, 422})
"""Status codes by which a hub may refuse one feed only, because it does not know that feed, or could not fetch it."""


@dataclass(slots=True)
class _Hub:
    """The state of a hub.

    Attributes:
        pause: The hub's own pause.
        refused: Files that it refuses, each with its own pause, so that they do not delay others.
        seen: The number of the publication for which `pending` was computed.
        pending: Files of which it has still to be notified, each with the digest of its bytes.
        in_flight: Files of which it is being notified, each with the digest of its bytes.
        failed: The failures of the hub itself in this round of requests.
        trouble: What is wrong with the hub; empty: nothing; None: not known yet.
    """

    pause: Pause = field(default_factory=Pause)
    refused: dict[str, Pause] = field(default_factory=dict)
    seen: int = -1
    pending: dict[str, bytes] = field(default_factory=dict)
    in_flight: dict[str, bytes] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)
    trouble: str | None = None

    def ready(self, monotonic: float) -> list[str]:
        """Return the pending files that are not in a pause of their own."""
        resting = {name for name, it in self.refused.items() if monotonic < it.until}
        return [name for name in self.pending if name not in resting]


class Hubs:
    """Notifies hubs of changed feeds.

    Args:
        store: Where it is stored what is published, and of what hubs were notified.
        connect: Returns the transport that carries requests; called for the first request.
    """

    def __init__(self, store: Store, connect: Callable[[], Transport]) -> None:
        self._store = store
        self._line = LazyTransport(connect)
        self._hubs: dict[str, _Hub] = {}
        self._sentences: list[str] = []
        self._feeds = Feeds(store)

    def step(self, config: Config, now: datetime, monotonic: float) -> list[str]:
        """Handle the answers of hubs, and notify them of what has changed; never waits.

        Returns:
            Sentences for the operator about hubs that fail, or work again.

        Raises:
            StoreError: Not all was stored; the next call goes on.
        """
        self._take_answers(now, monotonic)
        wanted = config.site.hubs
        for hub in self._hubs.keys() - {*wanted}:
            del self._hubs[hub]
        for hub in wanted:
            state = self._hubs.setdefault(hub, _Hub())
            if not state.in_flight and monotonic >= state.pause.until:
                self._notify(hub, state, config, monotonic)
        sentences, self._sentences = self._sentences, []
        return sentences

    def troubles(self) -> dict[str, str]:
        """Return what is wrong with each hub; empty: nothing. A hub of which nothing is known yet is left out."""
        return {hub: it.trouble for hub, it in self._hubs.items() if it.trouble is not None}

    def wait(self, seconds: float) -> bool:
        """Wait until a hub has answered, or the time is over; return whether an answer has come or is expected."""
        return self._line.wait(seconds)

    def stop(self) -> None:
        """Drop the notifications under way, and send no more."""
        self._line.stop()
        self._hubs.clear()

    def _notify(self, hub: str, state: _Hub, config: Config, monotonic: float) -> None:
        if state.seen != self._store.publications:
            known = self._store.notified(hub)
            state.pending = {
                name: it for name, it in self._feeds.look(config.paths.public).items() if known.get(name) != it
            }
            state.refused = {name: it for name, it in state.refused.items() if name in state.pending}
            state.seen = self._store.publications
        for name in state.ready(monotonic)[:AT_ONCE]:
            state.in_flight[name] = state.pending[name]
            feed = border.address(config.site.base_url + name)
            # Some hubs want `hub.url`, others `hub.topic`.
            form = urlencode({"hub.mode": "publish", "hub.url": feed, "hub.topic": feed})
            self._line.send(Request(source_id=hub, entry_key=name, url=hub, form=form))

    def _take_answers(self, now: datetime, monotonic: float) -> None:
        """Handle the answers of hubs; one that cannot be stored stays for the next step."""
        for request, answer in self._line.answers():
            hub, name = request.source_id, request.entry_key
            state = self._hubs.get(hub)
            if state is not None and name in state.in_flight:
                self._note_answer(hub, name, state, refusal(answer, now), monotonic)
                del state.in_flight[name]
                if not state.in_flight:
                    self._end_round(hub, state, monotonic)

    def _note_answer(self, hub: str, name: str, state: _Hub, failure: Failure | None, monotonic: float) -> None:
        """Note what came of the notification of one file."""
        if failure is None:
            self._store.note_notified(hub, name, state.in_flight[name])
            state.pending.pop(name, None)
            state.refused.pop(name, None)
        elif failure.status in _OF_A_FEED:
            if not state.refused:
                state.trouble = f"The hub {hub} does not accept {name}: {failure.message}"
                self._sentences.append(state.trouble)
            state.refused.setdefault(name, Pause()).extend(monotonic, failure.retry_after or 0.0)
        else:
            state.failed.append(failure)

    def _end_round(self, hub: str, state: _Hub, monotonic: float) -> None:
        """Note how a hub is doing, after it has answered all requests of this round."""
        if not state.failed:
            if state.pause.failures:
                self._sentences.append(f"The hub {hub} accepts notifications again.")
            if not state.refused:
                state.trouble = ""
            state.pause = Pause(monotonic + (0.0 if state.ready(monotonic) else REST))
            return
        if not state.pause.failures:
            state.trouble = f"The hub {hub} was not notified of the changes: {state.failed[0].message}"
            self._sentences.append(state.trouble)
        state.pause.extend(monotonic, max(it.retry_after or 0.0 for it in state.failed))
        state.failed.clear()


def refusal(answer: Response | Failed, now: datetime) -> Failure | None:
    """Return why a hub has not accepted a request; None: it has."""
    if isinstance(answer, Response) and not 200 <= answer.status < 300:
        answer = judge(answer, now)
    return answer.failure if isinstance(answer, Failed) else None
