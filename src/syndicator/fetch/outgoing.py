"""A request in the form that goes out: requests prepares the address and checks the fields."""

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from requests import RequestException
from requests.models import PreparedRequest

from syndicator.fetch.auth import without_userinfo
from syndicator.fetch.coding import ACCEPTED
from syndicator.fetch.failures import RefusedError
from syndicator.model.source import FailureKind
from syndicator.model.web import Request

ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.9, text/html;q=0.8, */*;q=0.5"
)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What libcurl is told.

    Attributes:
        url: Without userinfo, in ASCII.
        host: As it stands in `url`.
        port: TCP port.
        fields: Header lines.
    """

    url: str
    host: str
    port: int
    fields: list[bytes]

    @property
    def has_literal(self) -> bool:
        """Whether the host is an address already."""
        try:
            ipaddress.ip_address(self.host)
        except ValueError:
            return False
        return True


def prepare(request: Request, user_agent: str) -> Outgoing:
    """Prepare a request for `http:` or `https:`.

    Raises:
        RefusedError: The address cannot be dialled, or a field's value holds a line break.
    """
    fields = {
        "User-Agent": user_agent.encode().decode("latin-1"),  # a contact may be written in any script
        "Accept": ACCEPT,
        "Accept-Encoding": ACCEPTED,
        "If-None-Match": request.validators.etag,
        "If-Modified-Since": request.validators.last_modified,
        "Authorization": request.authorization,
    }
    prepared = PreparedRequest()
    try:
        prepared.prepare_url(without_userinfo(request.url), None)
        parts = urlsplit(str(prepared.url))
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    except (RequestException, ValueError, KeyError):
        raise RefusedError(FailureKind.CONNECT, "The address cannot be used.", "Check how it is written.") from None
    try:
        prepared.prepare_headers({name: value for name, value in fields.items() if value})
        lines = [f"{name}: {value}".encode("latin-1") for name, value in prepared.headers.items()]
    except (RequestException, UnicodeEncodeError):
        raise RefusedError(
            FailureKind.CONNECT,
            "A field of the request cannot be sent.",
            "Check the source's credentials: no line breaks.",
        ) from None
    return Outgoing(url=parts.geturl(), host=host, port=port, fields=lines)
