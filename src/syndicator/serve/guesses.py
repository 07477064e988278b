"""Rate limits for guesses of the operator's password: one for each network, and one for all together.

A client that guesses too often is refused without checking the password, and so learns nothing. Other clients are not
refused: nobody can lock out the operator, not even by guessing from many networks, if the operator was let in from his
own network before. The same wrong password sent again and again, as by a program with an old password, is one guess.
"""

import hashlib
import ipaddress
import math
from collections.abc import Callable

from syndicator.model.noun import Noun
from syndicator.serve.limits import client_of

REMEMBERED = 1_024
"""The most networks whose guesses are remembered."""
KNOWN = 64
"""The most networks from which the operator was let in that are remembered; the newest are kept."""


class Allowance(Noun, kw_only=False):
    """A rate limit: how many guesses are allowed at once, and after how many seconds another one is allowed."""

    guesses: int
    seconds: float

    def wait(self, used: float, now: float) -> float:
        """Seconds until a guess is allowed, 0 if it is allowed now; `used` is when all guesses are available again."""
        return max(used - now - (self.guesses - 1) * self.seconds, 0.0)


ONE = Allowance(10, 60.0)
"""The limit for each network."""
ALL = Allowance(200, 6.0)
"""The limit for all networks together, except those from which the operator was let in."""


class Guesses:
    """The recent wrong guesses of the password.

    Args:
        monotonic: Gives the seconds of a clock that never jumps.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._by_client: dict[str, tuple[float, bytes]] = {}
        self._all = 0.0
        self._known: dict[str, None] = {}

    def wait(self, client: str, given: bytes) -> int:
        """Seconds for which no guess of a client is checked; 0 if this one may be.

        Args:
            client: The network that the guess comes from (`guesser`); an empty one is unknown, and never refused,
                because it may be the operator's.
            given: The guess.
        """
        used, last = self._by_client.get(client, (0.0, b""))
        if not client or last == _mark(given):
            return 0
        now = self._monotonic()
        seconds = ONE.wait(used, now)
        return math.ceil(seconds if client in self._known else max(seconds, ALL.wait(self._all, now)))

    def was_wrong(self, client: str, given: bytes) -> None:
        """Count a guess that was checked and found wrong."""
        now, mark = self._monotonic(), _mark(given)
        used, last = self._by_client.pop(client, (0.0, b""))
        if client and last != mark:
            used, self._all = max(used, now) + ONE.seconds, max(self._all, now) + ALL.seconds
        if client:
            self._by_client[client] = used, mark
            _bound(self._by_client, REMEMBERED)

    def was_right(self, client: str) -> None:
        """Remember the network from which the operator was let in."""
        self._known.pop(client, None)
        self._known[client] = None
        _bound(self._known, KNOWN)


def guesser(peer: str, forwarded: str) -> str:
    """The network that a guess comes from, as `client_of` gives it; empty if unknown.

    A peer with a private address may be a proxy, through which all clients come: so the address that it forwards is
    believed, and if there is none, the client is unknown. A peer on the internet is not believed: it can write anything
    in that field.

    Args:
        peer: The address of the connection's other end; empty if unknown.
        forwarded: The field `X-Forwarded-For`, to which each proxy adds the address of its client; empty if there is
            none.
    """
    if _is_global(peer):
        return client_of(peer)
    last = forwarded.rpartition(",")[2].strip()
    return client_of(last) if _address(last) else ""


def _is_global(address: str) -> bool:
    host = _address(address)  # not every Python takes a mapped IPv4 address for global
    return host is not None and (getattr(host, "ipv4_mapped", None) or host).is_global


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _mark(given: bytes) -> bytes:
    return hashlib.sha256(given).digest()


def _bound(remembered: dict[str, tuple[float, bytes]] | dict[str, None], most: int) -> None:
    """Forget the oldest entry if there are more than `most`."""
    while len(remembered) > most:
        del remembered[next(iter(remembered))]
