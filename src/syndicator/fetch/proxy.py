"""The HTTP proxy that the operator wants requests to go through, and whom it may be asked for.

The proxy looks names up anew, so that what we find is no promise of where it will go: keeping it out of private
networks is its own duty. Our look-up still keeps out what is plainly inward.
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
    """A trusted hop: exactly this host and port may be dialled, wherever it is.

    Attributes:
        url: With user and password, if it wants them.
        host: Name or address.
        port: TCP port.
    """

    url: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> "Proxy | None":
        """From the setting, which may be empty."""
        parts = urlsplit(url)
        return cls(url, parts.hostname or "", parts.port or 80) if url else None


def judge_target(addresses: Sequence[str], allowed: Sequence[Network]) -> Failed | None:
    """Let a host pass only if each of its addresses may be dialled: which of them the proxy takes is its affair.

    Args:
        addresses: What the host's name means here.
        allowed: See `verdict`.

    Returns:
        Why it is not to be asked for; None: it may be.
    """
    for address in addresses:
        if reason := verdict(address, allowed):
            return forbidden(reason)
    return None
