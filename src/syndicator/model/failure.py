"""Failures of polls: their kinds, and what the operator is told."""

from enum import StrEnum

from syndicator.model.noun import Noun


class FailureKind(StrEnum):
    """Why a poll failed; one kind for each remedy."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    FORBIDDEN = "forbidden"  # the address is in a private network
    REDIRECT = "redirect"
    STATUS = "status"
    GONE = "gone"
    TOO_LARGE = "too-large"
    TRUNCATED = "truncated"
    FILE = "file"
    NO_FEED = "no-feed"
    NO_PREVIEW = "no-preview"  # only the platform's own programs show the channel
    MALFORMED = "malformed"
    EMPTY = "empty"
    STALLED = "stalled"  # reading the body exceeded a limit of time or memory
    BUSY = "busy"  # the host asked us to send no requests for a while
    ROBOTS = "robots"  # the site's robots.txt disallows the page
    BUG = "bug"


class Failure(Noun):
    """A failed poll, as the operator is told of it.

    Attributes:
        kind: The kind of failure.
        message: What happened, in one sentence that names no address of a private source.
        remedy: What the operator can do.
        status: The HTTP status; 0 if there was none.
        retry_after: Seconds that the host asked us to wait (RFC 9110, section 10.2.3), or None.
        detail: The traceback of a bug; else empty.
        warnings: What was repaired or left out in a body that was read as far as possible.
    """

    kind: FailureKind
    message: str
    remedy: str = ""
    status: int = 0
    retry_after: float | None = None
    detail: str = ""
    warnings: tuple[str, ...] = ()
