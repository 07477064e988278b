"""What a poll can fail for."""

from enum import StrEnum

from syndicator.model.noun import Noun


class FailureKind(StrEnum):
    """Why a poll gave nothing; one kind for each remedy."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    FORBIDDEN = "forbidden"  # an address inside a private network
    REDIRECT = "redirect"
    STATUS = "status"
    GONE = "gone"
    TOO_LARGE = "too-large"
    TRUNCATED = "truncated"
    FILE = "file"
    NO_FEED = "no-feed"
    NO_PREVIEW = "no-preview"  # a channel that only its platform's own programs show
    MALFORMED = "malformed"
    EMPTY = "empty"
    STALLED = "stalled"  # reading it exceeded a limit
    BUSY = "busy"  # the host asked to be left alone for a while
    ROBOTS = "robots"  # the site's robots.txt keeps programs away from the page
    BUG = "bug"


class Failure(Noun):
    """What went wrong, for the operator.

    Attributes:
        kind: Its class.
        message: One sentence; it names no address of a private source.
        remedy: What the operator can do.
        status: The HTTP status, or 0.
        retry_after: Seconds the host asked us to wait (RFC 9110, section 10.2.3), or None.
        detail: For a bug, its traceback.
        warnings: What was repaired or left out of a body that was read as far as it went.
    """

    kind: FailureKind
    message: str
    remedy: str = ""
    status: int = 0
    retry_after: float | None = None
    detail: str = ""
    warnings: tuple[str, ...] = ()
