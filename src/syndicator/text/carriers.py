"""Addresses that contain another one: redirectors, and the copies that caches show. No network is used."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl

_DATA = tomllib.loads(Path(__file__).with_name("carriers.toml").read_text(encoding="utf-8"))
_PREFIXES = ("www.", "m.", "mobile.", "touch.")
_LONGEST = 10_000
"""The most characters of an address that is looked at; a longer one is an image written out as data."""
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::[0-9]+)?", re.ASCII)
_PATHS = [(word, re.compile(pattern)) for word, pattern in _DATA["paths"]]
WORDS = "|".join(sorted({re.escape(word) for word, _ in _PATHS}))
"""A regular expression that matches in every address of a cache's copy, and in hardly any other address."""
_SIGN = re.compile(f"=http|{WORDS}")


def _redirectors() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for address, field in _DATA["fields"]:
        host, slash, path = address.partition("/")
        found[host] = (*found.get(host, ()), ("*" if path == "*" else slash + path, field))
    return found


REDIRECTORS: Mapping[str, tuple[tuple[str, str], ...]] = _redirectors()
"""The redirectors: for each host, pairs of a path (`*` means any) and the query field with the target."""


def bare(host: str) -> str:
    """The host without its first `www.`, `m.`, `mobile.` or `touch.`."""
    return host.partition(".")[2] if host.startswith(_PREFIXES) else host


def redirected(host: str, path: str, fields: Mapping[str, str]) -> str:
    """The target of a redirector; empty if the address is none, or its target is no http or https address.

    Args:
        host: The address's host, in lower case.
        path: Its path, without a slash at its end.
        fields: The decoded fields of its query.
    """
    for known, field in REDIRECTORS.get(bare(host), ()):
        target = fields.get(field, "") if known in {"*", path} else ""
        if target.startswith(("http://", "https://")):
            return target
    return ""


def carried(address: str) -> str:
    """The address that another one contains, as it stands there; empty if it contains none.

    Args:
        address: An absolute address, as `text.urls.absolute` gives it, without a user before its host.
    """
    if not _SIGN.search(address) or len(address) > _LONGEST or not address.startswith("http"):
        return ""
    rest = address.partition("://")[2].partition("#")[0]
    page, _, query = rest.partition("?")
    host, slash, path = page.partition("/")
    if query and bare(host) in REDIRECTORS:
        fields = dict(parse_qsl(query.replace("&amp;", "&")))
        if target := redirected(host, (slash + path).rstrip("/") or "/", fields):
            return target
    for word, pattern in _PATHS:
        if word in page and (hit := pattern.fullmatch(rest)) and _HOST.fullmatch(hit["host"]):
            return f"http{'s' if hit['s'] else ''}://{hit['host']}{hit['rest']}"
    return ""
