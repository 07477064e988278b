"""Split addresses into the parts that `platforms.match` needs, quickly, and refuse those that may deceive readers.

A browser opens more addresses than are accepted here. An address that no publisher prints on purpose matches no
platform: one with a user name before the host (`https://t.me@evil.com/`), a port other than 80 and 443, a backslash, or
a letter outside ASCII in the host.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus

from syndicator.text.carriers import redirected

_HEAD = re.compile(
    r"\s*(?:([a-z][a-z0-9.+-]*):)?//([a-z0-9_.-]+)(?::(?:80|443)?)?(?=[/?#\s]|$)", re.ASCII | re.IGNORECASE
)
_AMPERSAND = re.compile(r"&(?:amp|#0*38|#x26);", re.IGNORECASE)
_WEB = frozenset({"http", "https"})
_LONGEST = 10_000  # the most characters of an address; a longer one is an image written out as data
_FIELDS = 100  # the most query fields that are read
_TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]+")
_AT_HOME = frozenset({"localhost", "local", "internal", "lan", "home", "arpa", "invalid"})

_NO_FIELDS: Mapping[str, str] = {}


class Address(NamedTuple):
    """An address on the web, or of an app.

    Attributes:
        url: The address as written.
        host: The host in lower case, preceded by its scheme unless that is http or https (`tg://resolve`).
        path: The decoded path, without empty and dot segments and without a slash at its end.
        fields: The fields of the query, by name; the fragment is the field `#`.
    """

    url: str
    host: str
    path: str
    fields: Mapping[str, str]


def host_in(url: str) -> str:
    """The host of an address, with its scheme unless that is http or https; empty if it is not to be trusted."""
    head = _HEAD.match(url)
    if head is None:
        return ""
    scheme, host = head.groups()
    host = host.lower().removesuffix(".")
    return host if scheme is None or scheme.lower() in _WEB else f"{scheme.lower()}://{host}"


def is_within(host: str, site: str) -> bool:
    """Whether a host is a site's host or a subdomain of it; False if one of the two is empty."""
    return bool(site) and (host == site or host.endswith(f".{site}"))


def is_public(host: str) -> bool:
    """Whether a host may be a public server: no IP address (RFC 3986, section 3.2.2) and no name of a local network."""
    name, _, top = host.rpartition(".")
    return bool(name.strip(".")) and _TOP.fullmatch(top) is not None and top not in _AT_HOME


def take_apart(url: str, host: str) -> Address | None:
    """The parts of an address, whose host is what `host_in` gave; None if something in it may be meant to deceive."""
    head = _HEAD.match(url)
    if head is None or len(url) > _LONGEST:
        return None
    path, fields = url[head.end() :].rstrip(), _NO_FIELDS
    if "?" in path or "#" in path:
        path, _, fragment = path.partition("#")
        path, _, query = path.partition("?")
        if fragment.startswith("!/"):  # old single-page sites keep the path in the fragment
            path = fragment[1:]
        fields = _fields(query, fragment)
    if not path.isprintable() or " " in path or "\\" in path:
        return None
    return Address(url, host, _path(path), fields)


def carried(address: Address) -> str:
    """The target in a redirector's address (read from the address alone, without network); empty if it is none."""
    target = redirected(address.host, address.path, address.fields) if address.fields else ""
    return target if host_in(target) else ""


def _path(path: str) -> str:
    if "%" in path:  # an encoded slash divides nothing, and stays encoded
        path = unquote(path.replace("%2f", "%252F").replace("%2F", "%252F"))
    if "//" in path or "/." in path:
        segments: list[str] = []
        for segment in path.split("/"):
            if segment == "..":
                segments = segments[:-1]
            elif segment not in {"", "."}:
                segments.append(segment)
        path = "/" + "/".join(segments)
    return path.rstrip("/") or "/"


def _fields(query: str, fragment: str) -> dict[str, str]:
    if "&" in query and ";" in query:
        query = _AMPERSAND.sub("&", query)
    if not query.isprintable():
        query = "".join(filter(str.isprintable, query))
    fragment = unquote(fragment) if "%" in fragment else fragment
    found: dict[str, str] = {"#": fragment} if fragment and fragment.isprintable() else {}
    for pair in query.split("&", _FIELDS)[:_FIELDS]:
        name, _, value = pair.partition("=")
        found[name] = unquote_plus(value) if "%" in value or "+" in value else value
    return found
