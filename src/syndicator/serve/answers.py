"""Complete HTTP answers, and the ready-made ones that need no file. None repeats anything that the client sent."""

from collections.abc import Callable
from http import HTTPStatus

from syndicator.model.noun import Noun, force_setattr
from syndicator.serve.media import DATA_POLICY

Fields = tuple[tuple[bytes, bytes], ...]
"""Header fields, names in lower case."""


class Answer(Noun, kw_only=False, unshown=("head",), uncompared=("head",)):
    """A complete answer, without the fields `Date` and `Connection`.

    Attributes:
        status: The HTTP status.
        fields: The header fields.
        body: The body; empty with 304; not sent in answer to HEAD.
        head: The status line and the fields as they are sent, made in advance.
    """

    status: int
    fields: Fields
    body: bytes = b""
    head: bytes = b""

    def __post_init__(self) -> None:
        """Make the head."""
        lines = b"".join(b"%b: %b\r\n" % item for item in self.fields)
        line = f"HTTP/1.1 {self.status} {_phrase(self.status)}\r\n".encode()
        force_setattr(self, "head", line + lines)


def _phrase(status: int) -> str:
    """The reason phrase of RFC 9110 for a status; Python before 3.13 has older ones for two of them."""
    return {413: "Content Too Large", 414: "URI Too Long"}.get(status) or HTTPStatus(status).phrase


READABLE: Fields = ((b"access-control-allow-origin", b"*"), (b"access-control-expose-headers", b"ETag, Link"))
"""The fields of answers that scripts of any origin may read.

They may also read the entity tag, which conditional requests need, and the links to hubs.
"""

_METHODS = b"GET, HEAD, OPTIONS"

Later = Callable[[], Answer]
"""A function that makes an answer that takes a moment; it is called in a thread."""


def guarded(policy: bytes) -> Fields:
    """The fields of every answer: they forbid guessing media types, sending referrers, and what `policy` forbids."""
    return (
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"content-security-policy", policy),
    )


def made(status: int, media_type: bytes, body: bytes, *further: tuple[bytes, bytes]) -> Answer:
    """An answer that is valid only now, and may not be stored by caches."""
    fields = (
        (b"content-type", media_type),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
    )
    return Answer(status, (*fields, *further, *guarded(DATA_POLICY)), body)


def redirect(location: str) -> Answer:
    """The answer for a page that has permanently moved to another address (RFC 9110, section 15.4.9)."""
    fields = ((b"location", location.encode("ascii")), (b"content-length", b"0"), (b"cache-control", b"no-cache"))
    return Answer(308, (*fields, *guarded(DATA_POLICY)))


def _options(*further: tuple[bytes, bytes], methods: bytes = _METHODS) -> Answer:
    """The answer to OPTIONS (RFC 9110, section 9.3.7); a 204 has no `Content-Length` (section 8.6)."""
    return Answer(204, ((b"allow", methods), *further, *guarded(DATA_POLICY)))


def _page(status: int, sentence: str, *further: tuple[bytes, bytes]) -> Answer:
    title = f"{status} {_phrase(status)}"
    body = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1><p>{sentence}</p></main></body></html>\n"
    )
    return made(status, b"text/html; charset=utf-8", body.encode(), *further)


def guessed_too_often(seconds: int) -> Answer:
    """The answer after too many wrong passwords: none is checked for so many seconds (RFC 6585, section 4)."""
    return _page(429, "Too many wrong passwords were given. Try again later.", (b"retry-after", b"%d" % seconds))


OPTIONS = _options()
PREFLIGHT = _options(
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"*"),
    (b"access-control-max-age", b"86400"),
)
"""The answer to OPTIONS for files that scripts of any origin may read.

A browser asks for permission before it sends `If-None-Match` (Fetch, "CORS-preflight fetch"). A request's fields only
choose a form of public content, so any field may be sent.
"""
HUB_OPTIONS = _options(methods=b"OPTIONS, POST")
A_HUB = _page(
    405,
    'This is a hub (<a href="https://www.w3.org/TR/websub/">WebSub</a>): programs ask it, by POST, to be told when a'
    " feed of this site changes.",
    (b"allow", b"OPTIONS, POST"),
)
A_CALLBACK = _page(405, "This address is for calls from hubs: GET and POST.", (b"allow", b"GET, POST"))
BAD_REQUEST = _page(400, "This is not a valid HTTP request.")
NOT_ADMITTED = _page(
    401,
    "This is for the operator alone: see <code>operator</code> under <code>[serve]</code>.",
    (b"www-authenticate", b'Basic realm="operator", charset="UTF-8"'),
)
NOT_FOUND = _page(404, "There is nothing at this address.")
NOT_ALLOWED = _page(405, "This address can only be read: GET and HEAD.", (b"allow", _METHODS))
TAKEN = made(202, b"text/plain; charset=utf-8", b"")
OVER = _page(410, "This subscription has ended.")
NOT_ACCEPTABLE = _page(
    406, "The file is available as gzip or uncompressed, and the request refuses both.", (b"vary", b"Accept-Encoding")
)
TOO_SLOW = _page(408, "The request did not arrive in time.")
CHANGED = _page(412, "The file is no longer in the version that was asked for.")
TOO_LONG = _page(414, "The address is too long.")
TOO_MANY = _page(429, "Too many requests were sent before the first was answered.")
HEAD_TOO_LARGE = _page(431, "The header of the request is too large.")
BROKEN = _page(500, "Something went wrong; the server's log has the details.")
NOT_UNPACKED = _page(501, "The only transfer coding that is accepted is chunked.")
NOT_KNOWN = _page(501, "This address can only be read: GET and HEAD.")
OTHER_VERSION = _page(505, "Only HTTP 1.0 and 1.1 are supported.")
TOO_LARGE = _page(413, "The body of the request is too large.")
NOT_NOW = _page(503, "The service is not running, or is too busy. Try again in a moment.", (b"retry-after", b"60"))
NOTHING_YET = _page(503, "Nothing is published yet. Try again in a moment.", (b"retry-after", b"10"))
FULL = _page(503, "Too many connections are open. Try again in a moment.", (b"retry-after", b"10"))
