"""Whoever asks our hub (WebSub) for something is asked, at his callback, whether he meant it (section 5.3).

asked ─→ is there room? ─→ waits for its turn ─→ GET callback?hub.challenge=… ─→ says it back: agreed upon
                                                                              └→ anything else: forgotten

Anybody may ask, in anybody's name. So whoever is named is asked once, and each domain a few times a minute at most.
"""

import secrets
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_network
from urllib.parse import urlencode

from syndicator.model.noun import Noun
from syndicator.model.outcome import Failed
from syndicator.model.subscription import SubscriptionRequest
from syndicator.model.web import Request, Response
from syndicator.text.urls import registrable_domain

WAITING = 1_000
"""Requests that wait to be verified …"""
OF_A_DOMAIN = 100
"""… and those of one domain."""
AT_ONCE = 8
"""Requests that are being verified: whoever lets us wait holds up others that ask, but nobody who is sent a feed."""
A_MINUTE = 30
"""So many are asked back at one domain, whoever asks in its name."""
LEAST, USUAL, MOST = 600, 10 * 86400, 30 * 86400
"""Seconds for which somebody is told: what he asks for, within these; or if he does not say."""
VERIFYING = "verification"
"""In the place of a source, in requests that are seen to here."""


class Verified(Noun, kw_only=False):
    """What somebody has asked of the hub, and meant.

    Attributes:
        request: As it came.
        until: How long it holds.
    """

    request: SubscriptionRequest
    until: datetime


class Verification:
    """Verifies the intent of those who want to be told, or not any more (section 5.3).

    Args:
        challenge: Gives what nobody can guess.
    """

    def __init__(self, challenge: Callable[[], str] = secrets.token_urlsafe) -> None:
        self._challenge = challenge
        self._lock = threading.Lock()
        self._waiting: dict[tuple[str, str], SubscriptionRequest] = {}
        self._asked: dict[str, tuple[SubscriptionRequest, str]] = {}  # by number, with the challenge
        self._moments: dict[str, deque[float]] = {}  # when a domain was asked last
        self._number = 0

    def accept(self, request: SubscriptionRequest) -> bool:
        """Let a request wait for its turn, from any thread; returns whether there is room."""
        domain = neighbourhood(request.callback)
        with self._lock:
            if request.key not in self._waiting:
                if len(self._waiting) >= WAITING:
                    return False
                if sum(neighbourhood(callback) == domain for callback, _ in self._waiting) >= OF_A_DOMAIN:
                    return False
            self._waiting[request.key] = request
            return True

    def questions(self, room: int, base_url: str, monotonic: float) -> Iterator[Request]:
        """What is to be asked now.

        Args:
            room: So many at most.
            base_url: Where feeds are, as they say themselves.
            monotonic: The step's time.
        """
        self._moments = {domain: moments for domain, moments in self._moments.items() if moments[-1] > monotonic - 60.0}
        room = min(room, AT_ONCE - len(self._asked))
        busy = Counter(neighbourhood(it.callback) for it, _ in self._asked.values())
        with self._lock:
            waiting = list(self._waiting.values())
        for request in waiting:
            domain = neighbourhood(request.callback)
            moments = self._moments.get(domain, deque(maxlen=A_MINUTE))
            is_enough = len(moments) == A_MINUTE and moments[0] > monotonic - 60.0
            if room <= 0:
                return
            if busy[domain] or is_enough:
                continue
            moments.append(monotonic)
            self._moments[domain] = moments
            busy[domain] += 1
            room -= 1
            with self._lock:
                if self._waiting.get(request.key) is request:
                    del self._waiting[request.key]
            yield self._question(request, base_url)

    def answered(self, request: Request, answer: Response | Failed, now: datetime) -> Verified | None:
        """What somebody meant, after all; None: he did not, or nobody is there, or it has been seen to."""
        if request.entry_key not in self._asked:
            return None
        asked, challenge = self._asked.pop(request.entry_key)
        if isinstance(answer, Failed) or not 200 <= answer.status < 300 or answer.body.strip() != challenge.encode():
            return None
        return Verified(asked, now + timedelta(seconds=_seconds(asked)))

    def begin_again(self) -> None:
        """Those that were asked will not be heard: ask them once more."""
        for request, _ in self._asked.values():
            with self._lock:
                self._waiting.setdefault(request.key, request)
        self._asked.clear()

    def _question(self, request: SubscriptionRequest, base_url: str) -> Request:
        self._number += 1
        challenge = self._challenge()
        self._asked[f"{self._number}"] = request, challenge
        said: dict[str, str | int] = {
            "hub.mode": request.mode,
            "hub.topic": base_url + request.name,
            "hub.challenge": challenge,
        }
        if request.mode == "subscribe":
            said["hub.lease_seconds"] = _seconds(request)
        return Request(source_id=VERIFYING, entry_key=f"{self._number}", url=with_parameters(request.callback, said))


def neighbourhood(callback: str) -> str:
    """What is counted as one: a domain that somebody has registered, an IPv4 address, an IPv6 network of 64 bits."""
    domain = registrable_domain(callback)
    if not domain.startswith("["):
        return domain
    return str(ip_network((int(IPv6Address(domain.strip("[]"))) >> 64 << 64, 64)))


def with_parameters(callback: str, said: dict[str, str | int]) -> str:
    """A callback with more parameters; its own stay (section 5.3)."""
    return f"{callback}{'&' if '?' in callback else '?'}{urlencode(said)}"


def _seconds(request: SubscriptionRequest) -> int:
    return min(max(request.seconds or USUAL, LEAST), MOST)
