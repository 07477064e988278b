"""Addresses taken apart as the matcher needs them: quickly, and only those that can deceive nobody.

A browser opens more than is read here. What no publisher prints on purpose is nobody's: a user name before the host
(`https://t.me@evil.com/`), a port of its own, a backslash, a letter that is not ASCII in the host.
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
_LONGEST = 10_000  # characters; a longer one is a picture written out
_FIELDS = 100  # query fields looked at
_TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]+")
_AT_HOME = frozenset({"localhost", "local", "internal", "lan", "home", "arpa", "invalid"})

_NO_FIELDS: Mapping[str, str] = {}


class Address(NamedTuple):
    """An address on the web, or of an app.

    Attributes:
        url: As it stands.
        host: In lower case, with its scheme unless that is the web's (`tg://resolve`).
        path: Decoded, without empty and dot segments and without a slash at its end.
        fields: Of the query; the fragment is the field `#`.
    """

    url: str
    host: str
    path: str
    fields: Mapping[str, str]


def host_in(url: str) -> str:
    """The host of an address, with its scheme unless that is the web's; empty: it is none that could be trusted."""
    head = _HEAD.match(url)
    if head is None:
        return ""
    scheme, host = head.groups()
    host = host.lower().removesuffix(".")
    return host if scheme is None or scheme.lower() in _WEB else f"{scheme.lower()}://{host}"


def is_within(host: str, site: str) -> bool:
    """Whether a host is that of a site, or below it; the host of nothing is below none."""
    return bool(site) and (host == site or host.endswith(f".{site}"))


def is_public(host: str) -> bool:
    """Whether a host may be a server that all reach: no number (RFC 3986, 3.2.2), no name at home."""
    name, _, top = host.rpartition(".")
    return bool(name.strip(".")) and _TOP.fullmatch(top) is not None and top not in _AT_HOME


def take_apart(url: str, host: str) -> Address | None:
    """The parts of an address, whose host is what `host_in` gave; None: something in it is meant to deceive."""
    head = _HEAD.match(url)
    if head is None or len(url) > _LONGEST:
        return None
    path, fields = url[head.end() :].rstrip(), _NO_FIELDS
    if "?" in path or "#" in path:
        path, _, fragment = path.partition("#")
        path, _, query = path.partition("?")
        if fragment.startswith("!/"):  # old single-page sites
            path = fragment[1:]
        fields = _fields(query, fragment)
    if not path.isprintable() or " " in path or "\\" in path:
        return None
    return Address(url, host, _path(path), fields)


def carried(address: Address) -> str:
    """Where a redirector leads, as its own address has it (no network is asked); empty: it is no redirector."""
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
