"""Subscribers of our own hub (WebSub) are sent each feed that has changed, whole (section 7).

published ─→ has a subscriber other bytes? ─→ POST callback, signed with his secret
                                              ├→ 2xx: he has these; the next ones after a rest
                                              ├→ 410: he wants no more
                                              └→ else: once more, later and later, until his time is over
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from syndicator.fetch.caching import judge
from syndicator.model.noun import replace
from syndicator.model.outcome import Failed
from syndicator.model.settings import Config
from syndicator.model.subscription import Subscription
from syndicator.model.web import Request, Response
from syndicator.pipeline.websub.feeds import Feeds
from syndicator.pipeline.websub.pausing import Pause
from syndicator.pipeline.websub.verification import Verified, neighbourhood, with_parameters
from syndicator.publish import FORMATS, border
from syndicator.store import Store

AT_ONCE = 2
"""Requests to the subscribers of one domain."""
FAILING = 4
"""Requests to subscribers who did not take what they were sent last: these may let us wait, too."""
SENDING = "distribution"
"""In the place of a source, in requests that are seen to here."""
REST = 10.0
"""Seconds that a subscriber has rest once he was sent a feed: what changes meanwhile, he is sent together."""
SUBSCRIBERS = 10_000
"""Subscriptions that there may be …"""
OF_A_DOMAIN = 100
"""… and those of one domain: each costs a whole feed whenever it changes."""

_CONTENT_TYPES: Mapping[str, str] = MappingProxyType({it.suffix: it.content_type for it in FORMATS.values()})
_Key = tuple[str, str]
_NONE = Pause()


class Distribution:
    """Sends feeds to those who have subscribed.

    Args:
        store: Knows who has, and which feeds are published.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._feeds = Feeds(store)
        self._subscriptions = {it.key: it for it in store.subscriptions()}
        self._domains = Counter(neighbourhood(callback) for callback, _ in self._subscriptions)
        self._pauses: dict[_Key, Pause] = {}
        self._behind: dict[_Key, None] = {}
        self._seen = -1
        self._sent: dict[str, tuple[_Key, bytes]] = {}  # by number, with the digest of the bytes
        self._number = 0

    def knows(self, key: _Key) -> bool:
        """Whether that is a subscription: a callback, and a file's name; from any thread."""
        return key in self._subscriptions

    def has_room(self, callback: str) -> bool:
        """Whether somebody may subscribe there; from any thread."""
        return len(self._subscriptions) < SUBSCRIBERS and self._domains[neighbourhood(callback)] < OF_A_DOMAIN

    def count(self) -> tuple[int, int]:
        """How many subscriptions there are, and to how many of them what was sent last did not get through."""
        return len(self._subscriptions), sum(it.failures > 0 for it in self._pauses.values())

    def carry_out(self, verified: Verified, public: Path) -> None:
        """Do what somebody has asked for: he has what is published now, and is sent what comes after it.

        Raises:
            StoreError: It was not written down.
        """
        request = verified.request
        if request.mode == "unsubscribe":
            self._end([request.key])
        elif (known := self._subscriptions.get(request.key)) or self.has_room(request.callback):
            told = known.told if known else self._feeds.look(public).get(request.name, b"")
            self._keep(
                Subscription(
                    callback=request.callback,
                    name=request.name,
                    secret=request.secret,
                    until=verified.until,
                    told=told,
                )
            )

    def end_overdue(self, now: datetime) -> None:
        """Tell those no more whose time is over.

        Raises:
            StoreError: It was not written down.
        """
        if over := [key for key, it in self._subscriptions.items() if it.until <= now]:
            self._end(over)

    def deliveries(self, room: int, config: Config, monotonic: float) -> Iterator[Request]:
        """What is to be sent now: so many requests at most.

        Raises:
            StoreError: Somebody whose feed there is no more could not be let go.
        """
        feeds = self._feeds.look(config.paths.public)
        if self._seen != self._store.publications:
            self._behind = {key: None for key, it in self._subscriptions.items() if feeds.get(it.name) != it.told}
            self._seen = self._store.publications
        if not self._behind:
            return
        under_way = {key for key, _ in self._sent.values()}
        failing = sum(self._fails(key) for key in under_way)
        busy = Counter(neighbourhood(callback) for callback, _ in under_way)
        bodies = dict[str, bytes]()
        for key in [it for it in self._behind if it not in under_way]:
            if room <= 0:
                return
            if monotonic < self._pauses.get(key, _NONE).until or (self._fails(key) and failing >= FAILING):
                continue
            subscription, name = self._subscriptions[key], key[1]
            domain = neighbourhood(subscription.callback)
            if busy[domain] >= AT_ONCE:
                continue
            fails = self._fails(key)
            if not self._feeds.has(name):
                self._end([key])
                yield _denial(subscription, border.address(config.site.base_url))
            else:
                body = bodies.get(name) or _read(config.paths.public / name)
                if name not in feeds or not body:
                    continue
                bodies[name] = body
                yield self._delivery(subscription, body, feeds[name], config)
            busy[domain] += 1
            failing += fails
            room -= 1

    def answered(self, request: Request, answer: Response | Failed, now: datetime, monotonic: float) -> None:
        """See what somebody says to what he was sent.

        Raises:
            StoreError: It was not written down; he is sent it again, after a rest.
        """
        key, told = self._sent.pop(request.entry_key, (("", ""), b""))
        subscription = self._subscriptions.get(key)
        if subscription is None:  # he has left meanwhile, or was only told that there is no more
            return
        if isinstance(answer, Response) and answer.status == 410:
            self._pauses[key] = Pause(monotonic + REST)
            self._end([key])
        elif isinstance(answer, Response) and 200 <= answer.status < 300:
            self._pauses[key] = Pause(monotonic + REST)  # also if that cannot be written down: not at once again
            self._keep(replace(subscription, told=told))
            self._seen = -1  # what he has may be old by now
        else:
            failed = judge(answer, now) if isinstance(answer, Response) else answer
            wait = failed.failure.retry_after if isinstance(failed, Failed) else None
            self._pauses.setdefault(key, Pause()).extend(monotonic, wait or 0.0)

    def begin_again(self) -> None:
        """What was sent will not be heard of: send it once more."""
        self._sent.clear()

    def _fails(self, key: _Key) -> bool:
        """Whether somebody did not take what he was sent last."""
        return self._pauses.get(key, _NONE).failures > 0

    def _keep(self, subscription: Subscription) -> None:
        self._store.subscribe([subscription])
        if subscription.key not in self._subscriptions:
            self._domains[neighbourhood(subscription.callback)] += 1
        self._subscriptions[subscription.key] = subscription

    def _end(self, keys: Iterable[_Key]) -> None:
        ended = [key for key in keys if key in self._subscriptions]
        self._store.unsubscribe(ended)
        for key in ended:
            del self._subscriptions[key]
            domain = neighbourhood(key[0])
            self._domains[domain] -= 1
            if not self._domains[domain]:
                del self._domains[domain]  # there is no end of domains from which somebody may come and leave
            self._pauses.pop(key, None)
            self._behind.pop(key, None)

    def _delivery(self, subscription: Subscription, body: bytes, told: bytes, config: Config) -> Request:
        self._number += 1
        self._sent[f"{self._number}"] = subscription.key, told
        feed = border.address(config.site.base_url + subscription.name)
        links = [*((hub, "hub") for hub in filter(None, map(border.address, config.site.all_hubs))), (feed, "self")]
        headers = [
            ("Content-Type", _CONTENT_TYPES[Path(subscription.name).suffix]),
            ("Link", ", ".join(f'<{href}>; rel="{rel}"' for href, rel in links)),
        ]
        if subscription.secret:
            signature = hmac.new(subscription.secret.encode(), body, hashlib.sha256).hexdigest()
            headers.append(("X-Hub-Signature", f"sha256={signature}"))
        return Request(
            source_id=SENDING,
            entry_key=f"{self._number}",
            url=subscription.callback,
            headers=tuple(headers),
            content=body,
        )


def _denial(subscription: Subscription, base_url: str) -> Request:
    """Says that a feed is there no more (section 5.2)."""
    said: dict[str, str | int] = {
        "hub.mode": "denied",
        "hub.topic": base_url + subscription.name,
        "hub.reason": "This feed is not published any more.",
    }
    return Request(source_id=SENDING, url=with_parameters(subscription.callback, said))


def _read(path: Path) -> bytes:
    """A feed's bytes; none: it cannot be read, which whoever serves it says."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
