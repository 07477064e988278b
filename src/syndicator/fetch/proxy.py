"""Proxy: the HTTP proxy through which the operator wants requests to go, and the hosts that may be requested by it.

The proxy looks up names itself, so our look-up does not guarantee where it will connect. It has to keep itself out of
private networks. Our look-up still refuses names that plainly lead to private networks.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from syndicator.fetch.failures import failed, forbidden
from syndicator.fetch.guard import verdict
from syndicator.model.failure import FailureKind
from syndicator.model.noun import Noun
from syndicator.model.outcome import Failed
from syndicator.model.settings import Network

_REMEDY = "Check `proxy` under [fetch], and what that proxy allows."
UNKNOWN_PROXY = failed(FailureKind.DNS, "The proxy's name is unknown, or no name server gave an answer.", _REMEDY)
CLOSED_PROXY = failed(FailureKind.CONNECT, "The proxy does not accept connections.", _REMEDY)
UNWILLING_PROXY = failed(FailureKind.CONNECT, "The proxy does not connect us to the host.", _REMEDY)


class Proxy(Noun, kw_only=False):
    """A trusted proxy: we may connect to exactly this host and port, even in a private network.

    Attributes:
        url: Its address, with user and password if it requires them.
        host: Its name or IP address.
        port: Its TCP port.
    """

    url: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> "Proxy | None":
        """Return the proxy that the setting names; None: the setting is empty."""
        parts = urlsplit(url)
        return cls(url, parts.hostname or "", parts.port or 80) if url else None


def judge_target(addresses: Sequence[str], allowed: Sequence[Network]) -> Failed | None:
    """Allow a host only if we may connect to each of its addresses, because the proxy may choose any of them.

    Args:
        addresses: The addresses that our look-up has found for the host's name.
        allowed: Networks that are allowed although they are special (see `guard.verdict`).

    Returns:
        Why the host must not be requested; None: it may be.
    """
    for address in addresses:
        if reason := verdict(address, allowed):
            return forbidden(reason)
    return None
