"""Addresses: made absolute, canonical for publishing, and folded for comparison.

Parsing is that of browsers (WHATWG URL), by ada; what it serializes has one shape, so the rest is plain splitting.
"""

import os
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, unquote_to_bytes, urlsplit

import ada_url

from syndicator.text.carriers import WORDS, carried
from syndicator.text.hosts import bare_host, registrable

_TRACKING = tomllib.loads(Path(__file__).with_name("tracking.toml").read_text(encoding="utf-8"))
_TRACKING_NAMES = frozenset(_TRACKING["names"])
_TRACKING_PREFIXES = tuple(_TRACKING["prefixes"])
_TRACKING_HOSTS = {host: frozenset(names) for host, names in _TRACKING["hosts"].items()}
_FROM_FEED = re.compile(rf"(?:{'|'.join(_TRACKING['origins'])})=(?:rss|feed)(?:--.*)?", re.IGNORECASE | re.DOTALL)
_FORMS = frozenset(_TRACKING["forms"])

_INVISIBLE = "\ufeff\u200b\u2060\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Byte order marks, zero-width characters and direction marks: copied along with an address, but no part of it."""
_AUTHORITY_END = re.compile(r"[/\\?#]")
_LONGEST_KEPT = 2000
"""The most characters of an address, its base and the answer together that are cached.

An article's addresses are asked for a dozen times in a row, so they are cached, except images written out as data.
"""
_MOST_KEPT = 4096
"""The most answers in the cache; then it is emptied."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_EXTRA = re.compile("[#?;@]")
"""The signs before every part that `canonical` may remove from an absolute address."""
_VARIED = re.compile(rf"[#?;@%]|[./]amp|/(?:print|[Ii]ndex\.|[Dd]efault\.|(?<!:/)/)|{WORDS}")
"""Matches every address in which `identity` changes more than scheme, host and final slashes."""
_SLASHES = re.compile("/{2,}")
_FORM_SEGMENTS = frozenset({"amp", "print"})
_INDEX = re.compile(r"[Ii]ndex\.(?:html?|php|aspx?)|[Dd]efault\.aspx?")
_AMP_ENDING = re.compile(r"\.amp(?=(?:\.html?)?$)")
_DEEPEST = 5
"""The most addresses that may be contained in one another."""
_PATH_SESSION = re.compile(r";jsessionid=[^/;?]*", re.IGNORECASE)

# Percent-escapes that have a second spelling: of an unreserved character (RFC 3986, section 2.3), or in lower case.
_LOOSE_ESCAPE = re.compile(
    "%(?:2[DEde]|3[0-9]|4[1-9A-Fa-f]|5[0-9AFaf]|6[1-9A-Fa-f]|7[0-9AEae]|[0-9A-Fa-f][a-f]|[a-f][0-9A-Fa-f])"
)


class _Parts(NamedTuple):
    """The parts of an absolute address."""

    scheme: str
    authority: str
    path: str
    query: str
    fragment: str


def absolute(url: str, base: str = "") -> str:
    """The address as a browser would open it (WHATWG URL), or an empty string.

    Args:
        url: The address, possibly relative and sloppy: with spaces, line breaks, backslashes, Cyrillic letters. An
            empty one gives an empty answer whatever the base.
        base: The absolute address that a relative one starts from; an unusable base counts as none.

    Returns:
        The serialized absolute address if its scheme is http, https or file; empty for any other scheme, and for text
        that is no address.
    """
    if base and url.startswith(_WHOLE):
        base = ""  # an absolute address does not depend on it, and is cached once for all bases
    found = _kept.get((url, base))
    return _absolute(url, base) if found is None else found


def _absolute(url: str, base: str) -> str:
    address = url.strip().strip(_INVISIBLE)
    if not address:
        return ""
    try:
        if _USUAL.fullmatch(address) and "/." not in address and "%2" not in address:
            found: str = address
        else:
            found = ada_url.join_url(base, address) if base else ada_url.normalize_url(address)
    except ValueError:
        found = _absolute_in_spite(address, base)
    if not found.startswith(("https:", "http:", "file:")):
        found = ""
    if len(url) + len(base) + len(found) < _LONGEST_KEPT:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[url, base] = found
        _kept[found, ""] = found  # the answer is often asked for next, and stays as it is
    return found


_WHOLE = ("https://", "http://")
_USUAL = re.compile(
    r"https?://(?:(?!xn--)[a-z0-9-]+\.)+[a-z]{2,}/[\w.~!$&'()*+,;=:@/%-]*(?:\?[\w.~!$&()*+,;=:@/?%-]*)?", re.ASCII
)
"""Addresses that parsing does not change, unless a dot segment is in them; most are such, and need no parser."""
_kept: dict[tuple[str, str], str] = {}


def _absolute_in_spite(address: str, base: str) -> str:
    """Parse once more, with lone surrogates replaced as the standard's USVString does, and without a bad base."""
    for start in (_SURROGATE.sub("\ufffd", base), ""):
        scalar = _SURROGATE.sub("\ufffd", address)
        try:
            return str(ada_url.join_url(start, scalar) if start else ada_url.normalize_url(scalar))
        except ValueError:
            continue
    return ""


def web(url: str, base: str = "") -> str:
    """The absolute address, as `absolute` gives it, if it is an http or https address; else an empty string."""
    return found if url and (found := absolute(url, base)).startswith("http") else ""


def canonical(url: str) -> str:
    """The address in the form in which it is stored and published.

    An address that contains another one (`carriers.toml`) is replaced by it. Tracking parameters (`tracking.toml`),
    session ids, user and password, and the fragment are removed; a `#!` fragment stays, because it selects the page.
    Other parameters keep their order and their bytes.

    Returns:
        The cleaned http or https address; a file address normalized; empty for anything else.
    """
    return _canonical(url) if len(url) < _LONGEST_KEPT else _canonical.__wrapped__(url)


@lru_cache(maxsize=1024)  # an entry's address is asked for several times
def _canonical(url: str) -> str:
    outer = found = _stripped(absolute(url))
    for _ in range(_DEEPEST):
        if not (target := carried(found)) or not (inner := absolute(target)).startswith("http"):
            return found
        found = _stripped(inner)
    return outer


def _stripped(address: str) -> str:
    return _join(_canonical_parts(address)) if _EXTRA.search(address) else address


def _canonical_parts(address: str) -> _Parts:
    scheme, authority, path, query, fragment = _split(address)
    if fragment and not fragment.startswith("!"):
        fragment = ""
    if scheme == "file":
        return _Parts(scheme, authority, path, query, fragment)
    authority = authority.rpartition("@")[2]
    if query:
        local = _local_tracking(authority.partition(":")[0])
        query = "&".join([pair for pair in query.split("&") if pair and not _tracks(pair, local)])
    if ";" in path and (bare := _PATH_SESSION.sub("", path)) != path:
        # It is parsed once more, because what is left may be a dot segment.
        path = _split(absolute(f"{scheme}://{authority}{bare}")).path
    return _Parts(scheme, authority, path, query, fragment)


def identity(url: str) -> str:
    """The form that all addresses of one article have in common; for comparison only, it need not open.

    Beyond what `canonical` does, it has no scheme; no `www.`, `m.`, `mobile.` or `amp.` before the host; no `/amp` or
    `/print` at either end of the path, no parameter that asks for such a form, no `index.html`, no trailing or double
    slash; its query is sorted by name, and its escapes have one spelling.

    Returns:
        That form; empty if the address identifies no article, because it is a site's root, or neither a web page nor a
        file.
    """
    address = absolute(url)
    if address.startswith("http") and not _VARIED.search(address):  # this is the case for nearly every address
        _, _, authority, path = address.split("/", 3)
        path = path.rstrip("/")
        return f"{bare_host(authority)}/{path}" if path else ""
    if not address:
        return ""
    scheme, authority, path, query, fragment = _split(canonical(address))
    web = scheme != "file"
    path = _one_form(path) if web else path.rstrip("/")
    if web and query:
        pairs = map(_fold_escapes, [pair.removeprefix("amp;") for pair in query.split("&")])
        kept = [pair for pair in pairs if pair.lower() not in _FORMS]
        query = "&".join(sorted(kept, key=lambda pair: pair.partition("=")[0]))
    fragment = _fold_escapes(fragment) if fragment.strip("!/") else ""
    if not (path or query or fragment):
        return ""
    if not web:
        return _join(_Parts(scheme, authority, _fold_escapes(path), query, fragment))
    host = bare_host(authority)
    return f"{host}{_fold_escapes(path)}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"


def _one_form(path: str) -> str:
    """The path that all forms of a page have in common: without AMP and print segments and names of index files.

    `/print` and `/amp` stay behind a path of a single plain word: that is a section's name, and they are its subject.
    """
    path = (_SLASHES.sub("/", path) if "//" in path else path).rstrip("/")
    if (first := path[1:].partition("/")[0]) in _FORM_SEGMENTS:
        path = path[1 + len(first) :]
    for _ in range(2):  # /amp/index.html
        folder, _, last = path.rpartition("/")
        if (last in _FORM_SEGMENTS and not folder[1:].isalpha()) or _INDEX.fullmatch(last):
            path = folder
    return _AMP_ENDING.sub("", path) if ".amp" in path else path


def local_path(url: str) -> Path:
    """The path that a `file:` address names (RFC 8089), whatever its host.

    Raises:
        ValueError: The text is no address.
    """
    return Path(os.fsdecode(unquote_to_bytes(urlsplit(url).path)))


def authority(url: str) -> str:
    """The part between `//` and the path, with user and password, found by shape alone; invalid ones raise nothing."""
    return _AUTHORITY_END.split(url.partition("://")[2], maxsplit=1)[0]


def registrable_domain(url: str) -> str:
    """The domain that somebody registered, by the public suffix list: `https://www.a.co.uk/x` gives `a.co.uk`.

    An IP address, a host of one label and a public suffix itself are their own domains. An internationalized name stays
    in its ASCII form. Empty for a file address, and for text that is no address.
    """
    address = absolute(url) if url else ""
    if not address.startswith("http"):
        return ""
    return registrable(address.split("/", 3)[2])


def _split(address: str) -> _Parts:
    """Split an address that `absolute` gave into its parts."""
    rest, _, fragment = address.partition("#")
    rest, _, query = rest.partition("?")
    scheme, _, rest = rest.partition("://")
    authority, slash, path = rest.partition("/")
    return _Parts(scheme, authority, slash + path, query, fragment)


def _join(parts: _Parts) -> str:
    scheme, authority, path, query, fragment = parts
    return f"{scheme}://{authority}{path}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"


@lru_cache(maxsize=4096)
def _local_tracking(host: str) -> frozenset[str]:
    while host:
        if host in _TRACKING_HOSTS:
            return _TRACKING_HOSTS[host]
        host = host.partition(".")[2]
    return frozenset()


def _tracks(pair: str, local: frozenset[str]) -> bool:
    name = pair.partition("=")[0].lower().removeprefix("amp;")  # the rest of an "&amp;" that was escaped once too often
    if "%" in name:
        name = unquote(name).lower()
    if name in _TRACKING_NAMES or name.startswith(_TRACKING_PREFIXES) or name in local:
        return True
    return _FROM_FEED.fullmatch(pair.removeprefix("amp;")) is not None


def _fold_escapes(text: str) -> str:
    return _LOOSE_ESCAPE.sub(_fold_escape, text) if "%" in text else text


def _fold_escape(match: re.Match[str]) -> str:
    character = chr(int(match[0][1:], 16))
    return character if character.isascii() and (character.isalnum() or character in "-._~") else match[0].upper()
