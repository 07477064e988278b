"""Identifiers: which IRIs can be published, and how an IRI becomes a URI (RFC 3986, RFC 3987)."""

import re
from urllib.parse import quote

_IRI = re.compile(
    r"(?!(?:file|javascript|data|vbscript):)[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\ud800-\udfff]+", re.IGNORECASE
)
_LONGEST = 2000  # the most characters of an identifier
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_URI = "!$%&'()*+,-./:;=?@_~"  # reserved and unreserved characters of RFC 3986 but for "#", "[" and "]"
_IP_LITERAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\[[0-9A-Fa-f:.]+\]")


def is_iri(value: str) -> bool:
    """Whether an identifier can be published as it is (RFC 3987): its scheme neither runs code nor is local."""
    return len(value) <= _LONGEST and _IRI.fullmatch(value) is not None


def uri(iri: str) -> str:
    """Convert an IRI to a URI (RFC 3987, section 3.1); a URI stays as it is."""
    main, mark, fragment = iri.partition("#")
    host = match[0] if (match := _IP_LITERAL.match(main)) else ""
    return f"{host}{quoted(main.removeprefix(host))}{mark}{quoted(fragment)}"


def quoted(part: str) -> str:
    """Convert a part of an IRI: characters that no URI may contain are percent-encoded, existing escapes stay."""
    return _STRAY_PERCENT.sub("%25", quote(part, safe=_URI))
