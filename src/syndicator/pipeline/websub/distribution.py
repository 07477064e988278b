"""Distribution: send each feed that has changed, whole, to the subscribers of our own hub (WebSub, section 7).

published ─→ has a subscriber other bytes? ─→ POST callback, signed with the subscriber's secret
                                              ├→ 2xx: it has these bytes; the next ones are sent after a rest
                                              ├→ 410: the subscription ends
                                              └→ else: sent again after a back-off, until the subscription is over
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
"""The most requests that are under way to the subscribers of one domain."""
FAILING = 4
"""The most requests that are under way to subscribers whose last delivery failed, as these may be slow again."""
SENDING = "distribution"
"""What stands in the place of a source's id in requests of this module."""
REST = 10.0
"""Seconds after a delivery before the next one to the same subscriber, so that changes in between are sent together."""
SUBSCRIBERS = 10_000
"""The most subscriptions of our hub."""
OF_A_DOMAIN = 100
"""The most subscriptions of one domain, as each costs a whole feed whenever the feed changes."""

_CONTENT_TYPES: Mapping[str, str] = MappingProxyType({it.suffix: it.content_type for it in FORMATS.values()})
"""The media type of each feed format, by its suffix."""
_Key = tuple[str, str]
"""What identifies a subscription: the callback, and the name of the feed's file."""
_NONE = Pause()
"""The pause of a subscriber that has none."""


class _Load:
    """The deliveries that are under way, counted against the limits of a domain and of failing subscribers."""

    def __init__(self) -> None:
        self._busy: Counter[str] = Counter()  # by domain
        self._failing = 0

    def add(self, key: _Key, *, fails: bool) -> None:
        """Count a delivery; `fails` says whether the last one to this subscriber failed."""
        self._busy[neighbourhood(key[0])] += 1
        self._failing += fails

    def allows(self, key: _Key, *, fails: bool) -> bool:
        """Whether there may be a delivery to this subscriber, too."""
        return self._busy[neighbourhood(key[0])] < AT_ONCE and not (fails and self._failing >= FAILING)


class Distribution:
    """Sends changed feeds to their subscribers.

    Args:
        store: Where subscriptions and published feeds are stored.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._feeds = Feeds(store)
        self._subscriptions = {it.key: it for it in store.subscriptions()}
        self._domains = Counter(neighbourhood(callback) for callback, _ in self._subscriptions)
        self._pauses: dict[_Key, Pause] = {}
        self._behind: dict[_Key, None] = {}  # who has other bytes than their feed has now
        self._seen = -1  # the store's number of publications when `_behind` was found
        self._sent: dict[str, tuple[_Key, bytes]] = {}  # by a request's number: to whom, and the digest of the bytes
        self._number = 0

    def knows(self, key: _Key) -> bool:
        """Whether there is a subscription with this callback and file name; may be called from any thread."""
        return key in self._subscriptions

    def has_room(self, callback: str) -> bool:
        """Whether there is room for a further subscription with this callback; may be called from any thread."""
        return len(self._subscriptions) < SUBSCRIBERS and self._domains[neighbourhood(callback)] < OF_A_DOMAIN

    def count(self) -> tuple[int, int]:
        """Return how many subscriptions there are, and for how many of them the last delivery failed."""
        return len(self._subscriptions), sum(it.failures > 0 for it in self._pauses.values())

    def carry_out(self, verified: Verified, public: Path) -> None:
        """Begin, prolong or end a subscription, after its intent was verified.

        A new subscriber is taken to have what is published now, and is sent what comes after it.

        Raises:
            StoreError: It was not stored.
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
        """End the subscriptions whose time is over.

        Raises:
            StoreError: This was not stored.
        """
        if over := [key for key, it in self._subscriptions.items() if it.until <= now]:
            self._end(over)

    def deliveries(self, room: int, config: Config, monotonic: float) -> Iterator[Request]:
        """Iterate over the requests to be sent now.

        Args:
            room: The most requests.
            config: The configuration in force.
            monotonic: The step's time, in monotonic seconds.

        Raises:
            StoreError: The end of a subscription, to a feed that does not exist any more, could not be stored.
        """
        feeds = self._feeds.look(config.paths.public)
        self._compare(feeds)
        if not self._behind:
            return
        under_way = {key for key, _ in self._sent.values()}
        load = _Load()
        for key in under_way:
            load.add(key, fails=self._fails(key))
        bodies = dict[str, bytes]()
        for key in [it for it in self._behind if it not in under_way]:
            if room <= 0:
                return
            fails = self._fails(key)
            if monotonic < self._pauses.get(key, _NONE).until or not load.allows(key, fails=fails):
                continue
            subscription, name = self._subscriptions[key], key[1]
            if not self._feeds.has(name):
                self._end([key])
                yield _denial(subscription, border.address(config.site.base_url))
            else:
                body = bodies.get(name) or _read(config.paths.public / name)
                if name not in feeds or not body:
                    continue
                bodies[name] = body
                yield self._delivery(subscription, body, feeds[name], config)
            load.add(key, fails=fails)
            room -= 1

    def _compare(self, feeds: Mapping[str, bytes]) -> None:
        """Find the subscribers that have other bytes than their feed has now, if anything was published since.

        Args:
            feeds: The digest of each feed's bytes, by the file's name.
        """
        if self._seen != self._store.publications:
            self._behind = {key: None for key, it in self._subscriptions.items() if feeds.get(it.name) != it.told}
            self._seen = self._store.publications

    def answered(self, request: Request, answer: Response | Failed, now: datetime, monotonic: float) -> None:
        """Handle the answer of a subscriber to a delivery.

        Raises:
            StoreError: It was not stored; the subscriber is sent the feed again, after a rest.
        """
        key, told = self._sent.pop(request.entry_key, (("", ""), b""))
        subscription = self._subscriptions.get(key)
        if subscription is None:  # it has ended meanwhile, or was told that its feed does not exist
            return
        if isinstance(answer, Response) and answer.status == 410:
            self._pauses[key] = Pause(monotonic + REST)
            self._end([key])
        elif isinstance(answer, Response) and 200 <= answer.status < 300:
            # Before it is stored, so that a failure there does not lead to a repetition at once.
            self._pauses[key] = Pause(monotonic + REST)
            self._keep(replace(subscription, told=told))
            self._seen = -1  # compare all again: the feed may have changed since it was sent
        else:
            failed = judge(answer, now) if isinstance(answer, Response) else answer
            wait = failed.failure.retry_after if isinstance(failed, Failed) else None
            self._pauses.setdefault(key, Pause()).extend(monotonic, wait or 0.0)

    def begin_again(self) -> None:
        """Forget the deliveries under way, whose answers will not come, so that they are sent again."""
        self._sent.clear()

    def _fails(self, key: _Key) -> bool:
        """Whether the last delivery to a subscriber failed."""
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
                del self._domains[domain]  # otherwise the counter would grow without limit
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
    """Return the request that tells a subscriber that a feed does not exist any more (section 5.2)."""
    said: dict[str, str | int] = {
        "hub.mode": "denied",
        "hub.topic": base_url + subscription.name,
        "hub.reason": "This feed is not published any more.",
    }
    return Request(source_id=SENDING, url=with_parameters(subscription.callback, said))


def _read(path: Path) -> bytes:
    """Return a feed's bytes; empty if it cannot be read, which the server will report."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
