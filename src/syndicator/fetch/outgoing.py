"""Outgoing: bring a request into the form in which it is sent; the library requests does that for unusual ones."""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from syndicator.fetch.auth import without_userinfo
from syndicator.fetch.coding import ACCEPTED
from syndicator.fetch.failures import RefusedError
from syndicator.model.failure import FailureKind
from syndicator.model.noun import Noun
from syndicator.model.web import Request
from syndicator.text.urls import absolute

ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.9, text/html;q=0.8, */*;q=0.5"
)
"""The value of the `Accept` field: feeds first, then other XML and JSON, then pages."""
_PORTS = {"http": 80, "https": 443}
"""The usual port of each scheme."""
_DIGITS = re.compile(r"[0-9.]+|.*:.*")
"""A host that may be an IP address."""
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
"""A number of an IPv4 address, as browsers write it."""
# An address that requests would leave as it is, as nearly all are; requests itself takes 60 µs to find that out.
_READY = re.compile(
    rf"(?P<scheme>https?)://(?P<host>(?:{_OCTET}\.){{3}}{_OCTET}|(?:[a-z0-9_-]+\.)*[a-z_-][a-z0-9_-]*)"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?"
    r"/(?!\.)(?:[A-Za-z0-9_~!$&'()*+,;=:@-]|/(?!\.)|(?<!/)\.)*(?:\?[A-Za-z0-9_~!$&'()*+,;=:@/?.-]+)?"
)
_NO_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")
"""A percent sign that begins no escape, as in `/50%`.

In an address with such a sign, requests would escape the percent signs of all other escapes again."""
_PLAIN = re.compile(r"[!-~][ -~]*")
"""A field's value that is certainly valid, as nearly all are.

Any other value is checked by requests, which takes 70 ms to load."""
_VALIDATOR = re.compile(r"[!-~\x80-\xff][\t -~\x80-\xff]{0,1999}")
"""A validator that can be sent back as it came: a valid field value (RFC 9110, section 5.5) of at most 2000 bytes."""


class Outgoing(Noun):
    """A request in the form in which libcurl gets it.

    Attributes:
        url: The address, in ASCII and without userinfo.
        host: The host as it is written in `url`.
        port: The TCP port.
        fields: The header lines.
    """

    url: str
    host: str
    port: int
    fields: list[bytes]

    @property
    def has_literal(self) -> bool:
        """Whether the host is an IP address, so that it needs no look-up."""
        if not _DIGITS.fullmatch(self.host):
            return False
        try:
            ipaddress.ip_address(self.host)
        except ValueError:
            return False
        return True


def prepare(request: Request, user_agent: str) -> Outgoing:
    """Prepare a request for `http:` or `https:`.

    Raises:
        RefusedError: The address cannot be used, or a field cannot be sent, for example because of a line break in it.
    """
    url, host, port = _address(request.url)
    found = request.validators
    conditions = (("If-None-Match", found.etag), ("If-Modified-Since", found.last_modified))
    try:
        lines = [
            *(_constant_lines(user_agent) if not request.headers else _beside(request.headers, user_agent)),
            # A validator that cannot be sent back is left out: then there is no 304, but the source is still read.
            *(f"{name}: {value}".encode("latin-1") for name, value in conditions if _VALIDATOR.fullmatch(value)),
            *_lines({"Authorization": request.authorization} if request.authorization else {}),
        ]
    except ValueError:  # requests' InvalidHeader, or a character that Latin-1 does not have
        raise RefusedError(
            FailureKind.CONNECT,
            "A header field of the request cannot be sent.",
            "Check the source's credentials and `headers`: they may not contain line breaks.",
        ) from None
    return Outgoing(url=url, host=host, port=port, fields=lines)


def _address(url: str) -> tuple[str, str, int]:
    """Return an address in the form in which it is sent, its host, and its port."""
    if (match := _READY.fullmatch(url)) and (port := int(match["port"] or _PORTS[match["scheme"]])) < 65536:
        return url, match["host"], port
    from requests import PreparedRequest  # noqa: PLC0415  # see `_PLAIN`

    prepared = PreparedRequest()
    try:
        # The host is encoded as browsers do it (UTS 46), because requests refuses some registered names.
        bare = without_userinfo(absolute(url) or url)
        named = urlsplit(bare).port
        prepared.prepare_url(_NO_ESCAPE.sub("%25", bare), None)
        parts = urlsplit(str(prepared.url))
        found = parts.geturl(), parts.hostname or "", parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):  # the exceptions of requests are ValueErrors, too
        raise _unusable() from None
    if named == 0:  # requests would leave out port 0, and so use another port
        raise _unusable()
    return found


def _unusable() -> RefusedError:
    return RefusedError(FailureKind.CONNECT, "The address cannot be used.", "Check how the address is written.")


@lru_cache(maxsize=8)
def _constant_lines(user_agent: str) -> list[bytes]:
    name = user_agent.encode().decode("latin-1")  # a contact may be written in any script
    return _lines({"User-Agent": name, "Accept": ACCEPT, "Accept-Encoding": ACCEPTED})


def _beside(headers: Sequence[tuple[str, str]], user_agent: str) -> list[bytes]:
    """Return the lines of a source's own fields, and of our constant fields that it does not set itself."""
    own = {name.lower().encode() for name, _ in headers}
    ours = [it for it in _constant_lines(user_agent) if it.partition(b":")[0].lower() not in own]
    return [*ours, *_lines(dict(headers))]


def _lines(fields: Mapping[str, str]) -> list[bytes]:
    if not all(map(_PLAIN.fullmatch, fields.values())):
        from requests.utils import check_header_validity  # noqa: PLC0415  # see `_PLAIN`

        for field in fields.items():
            check_header_validity(field)
    # libcurl does not send a field without a value, unless it is written with a semicolon.
    return [(f"{name}: {value}" if value else f"{name};").encode("latin-1") for name, value in fields.items()]
