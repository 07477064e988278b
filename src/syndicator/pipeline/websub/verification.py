"""Verification: ask at the callback of each request to our hub whether it was meant (WebSub, section 5.3).

asked ─→ is there room? ─→ waits for its turn ─→ GET callback?hub.challenge=… ─→ repeats the challenge: accepted
                                                                              └→ anything else: forgotten

Anybody may send a request in anybody's name. So each request causes one question to the callback, and each domain gets
at most so many questions a minute (`A_MINUTE`).
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
"""The most requests that wait to be verified."""
OF_A_DOMAIN = 100
"""The most requests of one domain that wait to be verified."""
AT_ONCE = 8
"""The most requests that are being verified; slow callbacks may delay other verifications, but not the deliveries."""
A_MINUTE = 30
"""The most questions to one domain in a minute, whoever sends requests in its name."""
LEAST, USUAL, MOST = 600, 10 * 86400, 30 * 86400
"""Seconds of a subscription: the least, those if the request does not say, and the most."""
VERIFYING = "verification"
"""What stands in the place of a source's id in requests of this module."""


class Verified(Noun, kw_only=False):
    """A request to the hub whose intent is verified.

    Attributes:
        request: The request as it came.
        until: When the subscription ends.
    """

    request: SubscriptionRequest
    until: datetime


class Verification:
    """Verifies the intent of requests to subscribe or unsubscribe (section 5.3).

    Args:
        challenge: Returns a new text that nobody can guess.
    """

    def __init__(self, challenge: Callable[[], str] = secrets.token_urlsafe) -> None:
        self._challenge = challenge
        self._lock = threading.Lock()
        self._waiting: dict[tuple[str, str], SubscriptionRequest] = {}
        self._asked: dict[str, tuple[SubscriptionRequest, str]] = {}  # by the question's number, with the challenge
        self._moments: dict[str, deque[float]] = {}  # by domain: when it was last asked, in monotonic seconds
        self._number = 0

    def accept(self, request: SubscriptionRequest) -> bool:
        """Let a request wait for its turn, from any thread; return whether there is room."""
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
        """Iterate over the questions to be sent now.

        Args:
            room: The most questions.
            base_url: The site's address as feeds show it, with which their own addresses begin.
            monotonic: The step's time, in monotonic seconds.
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
        """Return the request whose intent an answer confirms; None: it does not, or was handled before."""
        if request.entry_key not in self._asked:
            return None
        asked, challenge = self._asked.pop(request.entry_key)
        if isinstance(answer, Failed) or not 200 <= answer.status < 300 or answer.body.strip() != challenge.encode():
            return None
        return Verified(asked, now + timedelta(seconds=_seconds(asked)))

    def begin_again(self) -> None:
        """Let the requests wait again whose questions are under way, because their answers will not come."""
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
    """Return what counts as one domain: a registrable domain, an IPv4 address, or an IPv6 address's /64 network."""
    domain = registrable_domain(callback)
    if not domain.startswith("["):
        return domain
    return str(ip_network((int(IPv6Address(domain.strip("[]"))) >> 64 << 64, 64)))


def with_parameters(callback: str, said: dict[str, str | int]) -> str:
    """Return a callback with further parameters after its own (section 5.3)."""
    return f"{callback}{'&' if '?' in callback else '?'}{urlencode(said)}"


def _seconds(request: SubscriptionRequest) -> int:
    return min(max(request.seconds or USUAL, LEAST), MOST)
