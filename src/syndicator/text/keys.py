"""Likeness keys: digests that are equal when two articles have the same address, text or title."""

import re
import unicodedata
from hashlib import blake2b
from string import punctuation, whitespace

from syndicator.text.urls import canonical, identity

NORMALIZER_VERSION = 16
"""Part of every `found_hash`, and of every body's: raise it when the rules get better, those of feeds' parsers too, and
known entries are read and normalized once more."""
SHORTEST_TEXT = 100
"""Letters and digits that a folded text must have to identify an article: less is a teaser, a caption, a greeting."""

_LONG = 4 * SHORTEST_TEXT
"""Bytes that hold as many letters, whatever they are."""
_DIGEST_SIZE = 16
_ASCII_SIGNS = punctuation.encode()
_ASCII_GAPS = whitespace.encode()
_OTHER_SIGNS = "«»„“”‘’—–№©•。、，"
"""Without these most texts are letters and digits alone; to take them out so is far quicker than `_NOISE`, and in a
string forty times quicker than in bytes."""
_NOISE = re.compile(r"[^\w\s]+")
"""Neither letter nor digit nor white space."""
_PART = 8
MEANT = 3 * _PART
"""Bytes of a `found` hash that tell what an entry is, however it is written …"""
WRITTEN = _PART
"""… and that tell how it is written."""
_SHARED = re.compile("#[0-9a-f]{8}$")
NOWHERE = bytes(_PART)
"""Stands for an address that identifies nothing."""


def fold(text: str) -> str:
    """The text with all that an editor or a converter may change without changing what it says.

    Compatibility forms unified (NFKC), case folded, «ё» as «е», punctuation and invisible characters gone. Only
    letters and digits are left, in words separated by single spaces.
    """
    return " ".join(_decoded(folded(text)).split())


def folded(text: str) -> bytes:
    """The folded text in UTF-8 (lone surrogates too), with any white space: to go on in bytes is quicker."""
    words = text.replace("\xa0", " ").replace("…", "")  # often all that is not normal
    words = words if unicodedata.is_normalized("NFKC", words) else unicodedata.normalize("NFKC", words)
    words = words.casefold().replace("ё", "е")
    for sign in _OTHER_SIGNS:
        if sign in words:
            words = words.replace(sign, "")
    data = words.encode("utf-8", "surrogatepass").translate(None, _ASCII_SIGNS)
    letters = _decoded(data.translate(None, _ASCII_GAPS))
    if letters.isalnum() or not letters:
        return data
    return " ".join(_NOISE.sub("", _decoded(data)).split()).encode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def digest(text: str | bytes) -> bytes:
    """16 bytes that stand for the text; equal texts give equal ones, whatever the machine or version."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return blake2b(data, digest_size=_DIGEST_SIZE).digest()


def title_key(title: str) -> bytes:
    """Digest of the folded title; empty when it has neither letter nor digit."""
    found = fold(title)
    return digest(found) if found else b""


def text_key(text: str | bytes) -> bytes:
    """Digest of the text's folded letters and digits; empty when it has fewer than `SHORTEST_TEXT`.

    Args:
        text: As it is, or as `folded` gave it.
    """
    said = folded(text) if isinstance(text, str) else text
    letters = said.translate(None, _ASCII_GAPS)
    is_long = len(letters) >= _LONG or len(_decoded(letters)) >= SHORTEST_TEXT
    return digest(letters) if is_long else b""


def body_hash(body: bytes) -> bytes:
    """Digest by which an unchanged body is known before it is parsed; with a new `NORMALIZER_VERSION`, none is."""
    return blake2b(body, digest_size=_DIGEST_SIZE, person=str(NORMALIZER_VERSION).encode()[:16]).digest()


def found(words: str, link: str, rest: str | bytes, written: bytes = b"") -> bytes:
    """Digest of an entry as found, in four parts of 8 bytes, so that two can be compared in each.

    Args:
        words: What it says.
        link: Its address from the host on; its fragment does not count.
        rest: All else that matters of it, its address as it was found included.
        written: Digest of how it is written (`parse.feeds.seen`); empty: that is not known, and the part is missing.
    """
    page = link.partition("#")[0].rstrip("/")
    place = digest(page)[:_PART] if "/" in page or "?" in page else NOWHERE
    return digest(words)[:_PART] + place + digest(rest)[:_PART] + written


def said(found_hash: bytes) -> bytes:
    """The part for what an entry says: title, texts and files."""
    return found_hash[:_PART]


def where(found_hash: bytes) -> bytes:
    """The part for its address; `NOWHERE` when that is none, or a site's front page."""
    return found_hash[_PART : 2 * _PART]


def meant(found_hash: bytes) -> bytes:
    """The parts for what it says, its address and the rest: what is equal in these is the same, however written."""
    return found_hash[:MEANT]


def written(found_hash: bytes) -> bytes:
    """The part for how it is written; empty: that is not known."""
    return found_hash[MEANT:]


def id_of(key: str) -> str:
    """The id in a key: without a digest behind it and, in an address, without scheme and tracking parameters."""
    bare = _SHARED.sub("", key)
    _, _, address = canonical(bare).partition("://")
    return f"{address}#{bare.partition('#')[2]}" if address else bare


def is_shared(key: str) -> bool:
    """Whether a key has a digest behind its id, which different entries share (`parse.feeds.entries.distinct`)."""
    return key[-9:-8] == "#" and _SHARED.search(key) is not None


def url_key(url: str) -> bytes:
    """Digest of the address's identity; empty when it identifies no article."""
    found = identity(url)
    return digest(found) if found else b""
