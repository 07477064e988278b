"""Check addresses that the operator writes: pages, profiles, proxies, networks.

Each function returns the value that an address means, or raises `MisfitError`.
"""

import contextlib
import ipaddress
import re

from syndicator.config.misfit import MisfitError
from syndicator.model.settings import Network
from syndicator.social.platforms import match
from syndicator.social.table import table
from syndicator.text.urls import absolute, authority

_GAP = re.compile(r"[\s\\\x00-\x1f\x7f]")
_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_LISTEN = re.compile(r"(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9.-]{0,253})):([0-9]{1,5})")
_NUMERIC = re.compile(r"[0-9.]+")


def contact(value: str) -> str:
    """A contact address for the User-Agent, valid in a header field (RFC 9110, section 10.1.5); may be empty."""
    known = value.startswith(("http://", "https://", "mailto:")) or "@" in value
    plain = value.isascii() and not _GAP.search(value) and "(" not in value and ")" not in value
    if value and not (known and plain):
        raise MisfitError('expected the address of a page or mailbox, in ASCII, such as "https://example.org/about"')
    return value


def profile(value: str) -> str:
    """The address of a publisher's profile."""
    example = "https://t.me/example"
    address = web_address(value, example=example)
    if "@" in authority(address):
        raise MisfitError(f'expected an address without a user name, such as "{example}"')
    link = match(address)
    if link and link.kind in {"share", "other"}:
        raise MisfitError(f'expected the address of a profile, such as "{example}"; this one shares or leads elsewhere')
    if link and link.kind in {"post", "discussion"}:
        raise MisfitError(f'expected the address of a profile, such as "{example}"; this one is a {link.kind}')
    return address


def denied(value: str) -> str:
    """The key or the address of a social link that the operator denies."""
    if "://" in value:
        return web_address(value, example="https://t.me/example")
    platform, colon, _ = value.partition(":")
    choices = ("site", "unknown", "fediverse", *table().platforms)
    if not colon or platform not in choices:
        raise MisfitError(
            'expected a key, as `syndicator social` shows it, such as "telegram:example", or an address',
            word=platform if colon else "",
            choices=choices,
        )
    return value


def web_address(value: str, *, example: str = "https://example.org/feed.xml") -> str:
    """An absolute `http:` or `https:` address, normalized (WHATWG URL).

    Args:
        value: The address as written.
        example: An example for the message.

    Raises:
        MisfitError: The address contains white space or a backslash, or has another scheme, no host or an invalid port.
    """
    if _GAP.search(value):
        raise MisfitError("holds a space, line break or backslash; a space inside an address is written %20")
    if not (_WEB.match(value) and (address := absolute(value))):
        raise MisfitError(f'expected an address such as "{example}"')
    return address


def hub(value: str) -> str:
    """The address of a hub (WebSub)."""
    example = "https://pubsubhubbub.appspot.com/"
    address = web_address(value, example=example)
    if "@" in authority(address) or "#" in address:
        raise MisfitError(f'expected an address without user and "#", such as "{example}"')
    return address


def proxy(value: str) -> str:
    """The address of an HTTP proxy; empty for none."""
    found = re.fullmatch(r"http://(?:[^/?#@\s]+@)?(?:\[[0-9a-fA-F:.]+\]|[^/?#@\s:\[\]]+):(\d{1,5})/?", value)
    if value and not (found and 0 < int(found[1]) < 65536 and value.isascii()):
        raise MisfitError('expected the address of an HTTP proxy with its port, such as "http://proxy.example:3128"')
    return value


def base_url(value: str) -> str:
    """The address at which subscribers reach the outputs; it ends in a slash, so that paths can be appended."""
    example = "https://news.example.org/"
    web_address(value, example=example)
    if any(mark in value for mark in "@?#"):
        raise MisfitError(f'expected an address without user, "?" and "#", such as "{example}"')
    return value if value.endswith("/") else value + "/"


def listen(value: object) -> tuple[str, int]:
    """The host and port to listen on; the host is empty for all interfaces."""
    match = _LISTEN.fullmatch(value) if isinstance(value, str) else None
    try:
        if match and int(match[3]) <= 65535:
            if match[1]:
                return str(ipaddress.IPv6Address(match[1])), int(match[3])
            if _NUMERIC.fullmatch(match[2]):
                ipaddress.IPv4Address(match[2])
            return match[2], int(match[3])
    except ipaddress.AddressValueError:
        pass
    raise MisfitError('expected "address:port" such as "127.0.0.1:8008", "[::1]:8008", or ":8008" for every interface')


def network(value: str) -> Network:
    """A network in CIDR form, or a single address."""
    try:
        return ipaddress.ip_network(value)
    except ValueError:
        pass
    message = 'expected a network such as "10.0.0.0/8" or "fd00::/8"'
    with contextlib.suppress(ValueError):
        message += f'; did you mean "{ipaddress.ip_network(value, strict=False)}"? Bits beyond the prefix must be 0'
    raise MisfitError(message)
