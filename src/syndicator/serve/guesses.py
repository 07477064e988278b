"""How often somebody may guess the operator's password: so often from one network, and so often in all.

Whoever guesses too often is refused without a look at the password, and so learns nothing by it. Others are not
refused: nobody can shut out the operator, not even by guessing from many networks, if the operator was let in from his
own before. The same wrong password over and over, as a program sends it that was not told of a new one, is one guess.
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
    """How many guesses are allowed at once, and after how many seconds one more is."""

    guesses: int
    seconds: float

    def wait(self, used: float, now: float) -> float:
        """Seconds until a guess is allowed, if all of them are again at `used`; 0: it is allowed now."""
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
            client: Who guesses (`guesser`); empty: unknown, and never refused, since it may be the operator.
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

    A peer that is not on the internet may be a proxy, which all clients come through: so it is believed whom it asks
    for, and if it does not say, the client is unknown. A peer on the internet is not: it can write what it likes there.

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
