"""Find the file for an address; no other files can be requested from the disk."""

import re
from functools import lru_cache
from urllib.parse import unquote

import httptools

from syndicator.serve.media import kind_of

SEGMENT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
"""The name of a file or folder that may be served: no dotfile, and so neither `..` nor a temporary file."""

WELL_KNOWN = "/.well-known/tdmrep.json"
"""The only served path with a name that begins with a dot (RFC 8615)."""

_PAGE = ".html"
_SCHEMES = frozenset({b"http", b"https"})
"""The schemes that a target may have: a proxy in front of the server may have been asked for either."""
_SLASH = re.compile("%2F", re.IGNORECASE)
"""A percent-encoded slash: it is data and does not separate segments (RFC 3986, section 2.2), so it stays encoded."""


@lru_cache(maxsize=256)
def parts_of(target: bytes) -> tuple[str, bytes] | None:
    """The decoded path of a request target (RFC 9112, section 3.2), and its query as sent; None if it is invalid."""
    try:
        parts = httptools.parse_url(target)
    except httptools.HttpParserInvalidURLError:
        return None
    if b"#" in target or parts.userinfo is not None or (parts.schema or b"http").lower() not in _SCHEMES:
        return None  # RFC 9110, sections 7.1, 4.2.4 and 7.4
    text = (parts.path or b"/").decode("ascii", "replace")  # RFC 9110, section 4.2.3
    return unquote(_SLASH.sub("%252F", text)), parts.query or b""


def file_of(path: str) -> str | None:
    """The file, relative to the published folder, that is served at a decoded URL path; None if none can be.

    A page's address has no suffix: `/feeds/all` is `feeds/all.html`, and a folder's address is its `index.html`.
    """
    if not path.startswith("/"):
        return None
    name = path[1:]
    if path == WELL_KNOWN:
        return name
    if not name or name.endswith("/"):
        name += "index.html"
    elif name.endswith((_PAGE, "/index")) or name == "index":
        return None  # each page has only one address; see `moved`
    elif kind_of(name) is None:
        name += _PAGE
    return name if all(map(SEGMENT.fullmatch, name.split("/"))) else None


def moved(path: str) -> str | None:
    """The address of the page that a path means: `/feeds/all` for `/feeds/all.html`; None if it means no other address.

    A channel may be called `index`: then the page that its feeds name, `/feeds/index`, is found at `/feeds/`.
    """
    address = path.removesuffix(_PAGE)
    if address.endswith("/index"):
        return address.removesuffix("index")
    return address if address != path else None
