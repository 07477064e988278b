"""Addresses taken apart as the matcher needs them: quickly, and only those that can deceive nobody.

A browser opens more than is read here. What no publisher prints on purpose is nobody's: a user name before the host
(`https://t.me@evil.com/`), a port of its own, a backslash, a letter that is not ASCII in the host.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote, unquote_plus

from syndicator.social.table import table

_HEAD = re.compile(
    r"\s*(?:([a-z][a-z0-9.+-]*):)?//([a-z0-9_.-]+)(?::(?:80|443)?)?(?=[/?#\s]|$)", re.ASCII | re.IGNORECASE
)
_AMPERSAND = re.compile(r"&(?:amp|#0*38|#x26);", re.IGNORECASE)
_PREFIXES = ("www.", "m.", "mobile.", "touch.")
_LONGEST = 10_000  # characters; a longer one is a picture written out
_FIELDS = 100  # query fields looked at
_WRAPPED = 3  # redirectors inside one another


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
    scheme, host = (head[1] or "").lower(), head[2].lower().removesuffix(".")
    return host if scheme in {"", "http", "https"} else f"{scheme}://{host}"


def bare(host: str) -> str:
    """The host without its first `www.`, `m.`, `mobile.` or `touch.`."""
    if host.startswith(_PREFIXES):
        return host.partition(".")[2]
    return host


def take_apart(url: str, host: str) -> Address | None:
    """Take an address apart of which `host_in` gave the host; None: something in it is meant to deceive."""
    head = _HEAD.match(url)
    if head is None or len(url) > _LONGEST:
        return None
    rest, _, fragment = url[head.end() :].rstrip().partition("#")
    path, _, query = rest.partition("?")
    if not path.isprintable() or " " in path or "\\" in path:
        return None
    if fragment.startswith("!/"):  # old single-page sites
        path = fragment[1:]
    return Address(url.strip(), host, _path(path), _fields(query, fragment) if query or fragment else {})


def unwrapped(url: str) -> str:
    """The address that a redirector's carries with it, or the address itself; the network is not asked."""
    wrappers = table().wrappers
    for _ in range(_WRAPPED):
        host = host_in(url)
        found = wrappers.get(host) or wrappers.get(bare(host))
        address = take_apart(url, host) if found else None
        if not found or address is None:
            break
        targets = (address.fields.get(field, "") for path, field in found if path in {"*", address.path})
        target = next((it for it in targets if it.startswith(("http:", "https:")) and host_in(it)), "")
        if not target:
            break
        url = target
    return url


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
    found: dict[str, str] = {"#": fragment} if fragment and fragment.isprintable() else {}
    for pair in query.split("&", _FIELDS)[:_FIELDS]:
        name, _, value = pair.partition("=")
        found[name] = unquote_plus(value) if "%" in value or "+" in value else value
    return found
