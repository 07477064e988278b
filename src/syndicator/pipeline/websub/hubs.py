"""Hubs (WebSub, https://www.w3.org/TR/websub/) are told which feeds have changed: they tell the feeds' subscribers.

published ─→ has a hub been told of these bytes? ─→ POST hub.mode=publish, hub.url=…
                                                     ├→ 2xx: it has
                                                     ├→ it refuses this feed: that one once more, later and later
                                                     └→ else: all that is left, likewise

What a hub has been told is stored, so nothing is lost when it, or we, cannot be reached for a while.
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
"""Requests to one hub."""
REST = 10.0
"""Seconds that a hub has rest once it has been told all: what changes meanwhile, it is told together."""
_OF_A_FEED = frozenset({400, 403, 422})
"""Statuses by which a hub may refuse one feed, and take others: it knows no such feed, or could not look at it."""


@dataclass(slots=True)
class _Hub:
    """How it goes with a hub.

    Attributes:
        pause: The hub's own.
        refused: Files that it does not take, each with its own pause: they hold up no other.
        seen: The publication that `pending` is of.
        pending: Files that it is still to be told of, each with the digest of its bytes.
        in_flight: Those of which it is being told.
        failed: What has become of these, where the hub itself failed.
        trouble: What is wrong, or empty; None: nothing is known of it.
    """

    pause: Pause = field(default_factory=Pause)
    refused: dict[str, Pause] = field(default_factory=dict)
    seen: int = -1
    pending: dict[str, bytes] = field(default_factory=dict)
    in_flight: dict[str, bytes] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)
    trouble: str | None = None

    def ready(self, monotonic: float) -> list[str]:
        """Files that it may be told of now."""
        resting = {name for name, it in self.refused.items() if monotonic < it.until}
        return [name for name in self.pending if name not in resting]


class Hubs:
    """Tells hubs.

    Args:
        store: Knows what is published, and what they have been told.
        connect: Gives what carries requests, when there is a hub for the first time.
    """

    def __init__(self, store: Store, connect: Callable[[], Transport]) -> None:
        self._store = store
        self._line = LazyTransport(connect)
        self._hubs: dict[str, _Hub] = {}
        self._sentences: list[str] = []
        self._feeds = Feeds(store)

    def step(self, config: Config, now: datetime, monotonic: float) -> list[str]:
        """See what hubs have answered, and tell them of what has changed; never waits.

        Returns:
            Sentences for the operator: of a hub that fails, or works again.

        Raises:
            StoreError: Not all was written down; the next call tells again.
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
        """What is wrong with each hub, or empty: it takes what it is told; those nothing is known of are left out."""
        return {hub: it.trouble for hub, it in self._hubs.items() if it.trouble is not None}

    def wait(self, seconds: float) -> bool:
        """Wait until a hub has answered; returns whether any still is to."""
        return self._line.wait(seconds)

    def stop(self) -> None:
        """Tell nobody any more."""
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
            form = urlencode({"hub.mode": "publish", "hub.url": feed, "hub.topic": feed})  # hubs want either
            self._line.send(Request(source_id=hub, entry_key=name, url=hub, form=form))

    def _take_answers(self, now: datetime, monotonic: float) -> None:
        """What hubs have answered; what cannot be written down stays for the next time."""
        for request, answer in self._line.answers():
            hub, name = request.source_id, request.entry_key
            state = self._hubs.get(hub)
            if state is not None and name in state.in_flight:
                self._note_answer(hub, name, state, refusal(answer, now), monotonic)
                del state.in_flight[name]
                if not state.in_flight:
                    self._end_round(hub, state, monotonic)

    def _note_answer(self, hub: str, name: str, state: _Hub, failure: Failure | None, monotonic: float) -> None:
        """What has become of one file."""
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
        """What has become of the hub, once it has answered all."""
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
    """Why a hub has not taken what it was sent; None: it has."""
    if isinstance(answer, Response) and not 200 <= answer.status < 300:
        answer = judge(answer, now)
    return answer.failure if isinstance(answer, Failed) else None
