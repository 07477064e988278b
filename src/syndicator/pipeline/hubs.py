"""Hubs (WebSub, https://www.w3.org/TR/websub/) are told which feeds have changed: they tell the feeds' subscribers.

published ─→ has a hub been told of these bytes? ─→ POST hub.mode=publish, hub.url=…
                                                     ├→ 2xx: it has
                                                     └→ else: once more, later and later

What a hub has been told is stored, so nothing is lost when it, or we, cannot be reached for a while.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from syndicator.fetch.caching import judge
from syndicator.model.outcome import Failed
from syndicator.model.settings import Config
from syndicator.model.source import Failure
from syndicator.model.web import Request, Response
from syndicator.pipeline.transport import Transport
from syndicator.publish import FORMATS, border
from syndicator.publish.happenings import ADDRESSES
from syndicator.store import Store

AT_ONCE = 4
"""Requests to one hub."""
REST = 10.0
"""Seconds that a hub has rest once it has been told all: what changes meanwhile, it is told together."""
FIRST_PAUSE = 60.0
LONGEST_PAUSE = 6 * 3600.0
"""Seconds after a hub has failed: twice as many each time."""
_SUFFIXES = tuple(it.suffix for it in FORMATS.values())


@dataclass(slots=True)
class _Hub:
    """How it goes with a hub.

    Attributes:
        until: By the monotonic clock: it is left alone until then.
        failures: How often it has failed, one time after the other.
        telling: Files that it is being told of, each with its fingerprint.
        has_more: Whether there are more of them.
    """

    until: float = 0.0
    failures: int = 0
    telling: dict[str, bytes] = field(default_factory=dict)
    has_more: bool = False


class Hubs:
    """Tells hubs.

    Args:
        store: Knows what is published, and what they have been told.
        connect: Gives what carries requests, when there is a hub for the first time.
    """

    def __init__(self, store: Store, connect: Callable[[], Transport]) -> None:
        self._store = store
        self._connect = connect
        self._transport: Transport | None = None
        self._hubs: dict[str, _Hub] = {}
        self._answered: deque[tuple[Request, Response | Failed]] = deque()

    def step(self, config: Config, now: datetime, monotonic: float) -> list[str]:
        """See what hubs have answered, and tell them of what has changed; never waits.

        Returns:
            Sentences for the operator: of a hub that fails, or works again.

        Raises:
            StoreError: Not all was written down; the next call tells again.
        """
        news = [it for it in self._heed(now, monotonic) if it]
        wanted = config.site.hubs
        for hub in self._hubs.keys() - {*wanted}:
            del self._hubs[hub]
        for hub in wanted:
            state = self._hubs.setdefault(hub, _Hub())
            if not state.telling and monotonic >= state.until:
                self._tell(hub, state, config.site.base_url)
        return news

    def wait(self, seconds: float) -> bool:
        """Wait until a hub has answered; returns whether any still is to."""
        if self._transport is None or not self._transport.in_flight:
            return False
        return self._transport.wait(seconds) or bool(self._transport.in_flight)

    def stop(self) -> None:
        """Tell nobody any more."""
        if self._transport is not None:
            self._transport.stop()
        self._transport = None
        self._hubs.clear()

    def _tell(self, hub: str, state: _Hub, base_url: str) -> None:
        known = self._store.told(hub)
        changed = [
            (name, it) for name, it in self._store.published().items() if is_feed(name) and known.get(name) != it
        ]
        state.has_more = len(changed) > AT_ONCE
        for name, fingerprint in changed[:AT_ONCE]:
            state.telling[name] = fingerprint
            form = urlencode({"hub.mode": "publish", "hub.url": border.address(base_url + name)})
            self._transport = self._transport or self._connect()
            self._transport.submit(Request(source_id=hub, entry_key=name, url=hub, form=form))

    def _heed(self, now: datetime, monotonic: float) -> Iterator[str]:
        """What hubs have answered; what cannot be written down stays for the next time."""
        self._answered.extend(self._transport.finished() if self._transport else ())
        while self._answered:
            request, answer = self._answered[0]
            state = self._hubs.get(request.source_id)
            if state is not None and request.entry_key in state.telling:
                yield self._note(request.source_id, request.entry_key, state, _failure(answer, now), monotonic)
                del state.telling[request.entry_key]
            self._answered.popleft()

    def _note(self, hub: str, name: str, state: _Hub, failure: Failure | None, monotonic: float) -> str:
        if failure is None:
            self._store.tell(hub, name, state.telling[name])
            told = f"The hub {hub} takes again what it is told." if state.failures else ""
            state.failures = 0
            state.until = max(state.until, monotonic + (0.0 if state.has_more else REST))
            return told
        if monotonic < state.until:
            return ""  # it has failed with another of those that were sent together
        state.failures += 1
        pause = min(FIRST_PAUSE * 2 ** (state.failures - 1), LONGEST_PAUSE)
        state.until = monotonic + max(pause, min(failure.retry_after or 0.0, LONGEST_PAUSE))
        return f"The hub {hub} was not told what has changed: {failure.message}" if state.failures == 1 else ""


def is_feed(name: str) -> bool:
    """Whether a published file is one that people subscribe to; an archive document never changes."""
    folder, _, leaf = name.rpartition("/")
    return (folder == "feeds" and leaf.endswith(_SUFFIXES)) or name in ADDRESSES.values()


def _failure(answer: Response | Failed, now: datetime) -> Failure | None:
    """Why a hub has not been told; None: it has."""
    if isinstance(answer, Response) and not 200 <= answer.status < 300:
        answer = judge(answer, now)
    return answer.failure if isinstance(answer, Failed) else None
