"""Identifiers: which ones can be published, and as which URI (RFC 3986, RFC 3987)."""

import re
from urllib.parse import quote

_IRI = re.compile(
    r"(?!(?:file|javascript|data|vbscript):)[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\ud800-\udfff]+", re.IGNORECASE
)
_LONGEST = 2000
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_URI = "!$%&'()*+,-./:;=?@_~"  # reserved and unreserved characters of RFC 3986 but for "#", "[" and "]"
_IP_LITERAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\[[0-9A-Fa-f:.]+\]")


def is_iri(value: str) -> bool:
    """Whether an identifier can be published as it is (RFC 3987): with a scheme, one that neither acts nor is local."""
    return len(value) <= _LONGEST and _IRI.fullmatch(value) is not None


def uri(iri: str) -> str:
    """The URI of an IRI (RFC 3987, section 3.1); what is a URI already stays as it is."""
    main, mark, fragment = iri.partition("#")
    host = match[0] if (match := _IP_LITERAL.match(main)) else ""
    return f"{host}{quoted(main.removeprefix(host))}{mark}{quoted(fragment)}"


def quoted(part: str) -> str:
    """A part of an IRI as a part of a URI: what no URI may hold is percent-encoded, what is encoded stays."""
    return _STRAY_PERCENT.sub("%25", quote(part, safe=_URI))
