"""How often somebody may guess the operator's password: so often from one network, and so often in all.

Whoever guesses too often is refused without a look, and so nobody learns by it what is right; others are not, so that
no guesser shuts out the operator: not even by guessing from everywhere, where that one has been let in before. The same
wrong password over and over, as a program sends it that was not told of a new one, is one guess.
"""

import hashlib
import ipaddress
import math
from collections.abc import Callable

from syndicator.model.noun import Noun
from syndicator.serve.limits import client_of

REMEMBERED = 1_024
"""Networks of which the guesses are remembered …"""
KNOWN = 64
"""… and from which the operator came, the newest."""


class Allowance(Noun, kw_only=False):
    """So many guesses at once, and then one more each time that so many seconds have passed."""

    guesses: int
    seconds: float

    def wait(self, used: float, now: float) -> float:
        """Seconds until one more is allowed, where all are allowed again at `used`; 0: it is."""
        return max(used - now - (self.guesses - 1) * self.seconds, 0.0)


ONE = Allowance(10, 60.0)
ALL = Allowance(200, 6.0)


class Guesses:
    """The wrong guesses of late.

    Args:
        monotonic: Tells seconds.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._by_client: dict[str, tuple[float, bytes]] = {}
        self._all = 0.0
        self._known: dict[str, None] = {}

    def wait(self, client: str, given: bytes) -> int:
        """Seconds for which a guess is not even looked at; 0: it is.

        Args:
            client: Whose (`guesser`); empty: nobody knows, so that to refuse one might be to refuse the operator.
            given: The guess.
        """
        used, last = self._by_client.get(client, (0.0, b""))
        if not client or last == _mark(given):
            return 0
        now = self._monotonic()
        seconds = ONE.wait(used, now)
        return math.ceil(seconds if client in self._known else max(seconds, ALL.wait(self._all, now)))

    def was_wrong(self, client: str, given: bytes) -> None:
        """Count a guess that was looked at."""
        now, mark = self._monotonic(), _mark(given)
        used, last = self._by_client.pop(client, (0.0, b""))
        if client and last != mark:
            used, self._all = max(used, now) + ONE.seconds, max(self._all, now) + ALL.seconds
        if client:
            self._by_client[client] = used, mark
            _bound(self._by_client, REMEMBERED)

    def was_right(self, client: str) -> None:
        """Remember where the operator comes from."""
        self._known.pop(client, None)
        self._known[client] = None
        _bound(self._known, KNOWN)


def guesser(peer: str, forwarded: str) -> str:
    """The network that a guess comes from, as `client_of` has it; empty: nobody knows.

    A peer that is not out on the internet may be a proxy, before which all are alike: so its word on whom it asks for
    is taken, and where it gives none, nobody knows. Somebody out there can say what he likes of himself.

    Args:
        peer: Address of the connection's other end; empty: unknown.
        forwarded: The field `X-Forwarded-For`, to which each proxy adds whom it was asked by; empty: there is none.
    """
    if _is_global(peer):
        return client_of(peer)
    last = forwarded.rpartition(",")[2].strip()
    return client_of(last) if _address(last) else ""


def _is_global(address: str) -> bool:
    host = _address(address)  # a mapped one is not global to every Python
    return host is not None and (getattr(host, "ipv4_mapped", None) or host).is_global


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _mark(given: bytes) -> bytes:
    return hashlib.sha256(given).digest()


def _bound(remembered: dict[str, tuple[float, bytes]] | dict[str, None], most: int) -> None:
    """Forget the oldest."""
    while len(remembered) > most:
        del remembered[next(iter(remembered))]
