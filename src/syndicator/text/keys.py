"""Likeness keys: digests that are equal when two articles have the same address, text or title."""

import re
import unicodedata
from hashlib import blake2b
from string import punctuation, whitespace

from syndicator.text.urls import canonical, identity

NORMALIZER_VERSION = 17
"""The version of the rules by which entries are read and normalized, those of the feed parsers included.

It is part of every `found_hash` and `body_hash`: when it is raised, known entries are read and normalized again. Raise
it when the rules get better.
"""
SHORTEST_TEXT = 100
"""The fewest letters and digits of a folded text that identifies an article; less is a teaser, caption or greeting."""

_LONG = 4 * SHORTEST_TEXT
"""The number of bytes that always hold `SHORTEST_TEXT` letters, because a character has at most 4 bytes in UTF-8."""
_DIGEST_SIZE = 16
_ASCII_SIGNS = punctuation.encode()
_ASCII_GAPS = whitespace.encode()
_OTHER_SIGNS = "«»„“”‘’—–№©•。、，"
"""Common signs outside ASCII; without these and the ASCII signs, most texts are letters and digits alone.

Removing them one by one is far quicker than `_NOISE`, and forty times quicker in a string than in bytes.
"""
_NOISE = re.compile(r"[^\w\s]+")
"""Characters that are neither letters nor digits nor white space."""
_PART = 8  # bytes of each part of a `found` hash
MEANT = 3 * _PART
"""The number of bytes of a `found` hash that depend on what an entry means, but not on how it is written."""
WRITTEN = _PART
"""The number of bytes of a `found` hash, behind those, that depend on how an entry is written."""
_SHARED = re.compile("#[0-9a-f]{8}$")
NOWHERE = bytes(_PART)
"""The part of a `found` hash that stands for an address that identifies nothing."""


def fold(text: str) -> str:
    """The text without anything that an editor or a converter may change without changing its meaning.

    Compatibility forms are unified (NFKC), case is folded, «ё» becomes «е», punctuation and invisible characters are
    removed. Only letters and digits are left, in words separated by single spaces.
    """
    return " ".join(_decoded(folded(text)).split())


def folded(text: str) -> bytes:
    """The folded text in UTF-8 (lone surrogates, too), with white space of any kind: bytes are quicker to work on."""
    words = text.replace("\xa0", " ").replace("…", "")  # often the only characters that NFKC would change
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
    """A digest of 16 bytes; equal texts give equal digests, on every machine and in every version."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return blake2b(data, digest_size=_DIGEST_SIZE).digest()


def title_key(title: str) -> bytes:
    """The digest of the folded title; empty if it has neither letter nor digit."""
    found = fold(title)
    return digest(found) if found else b""


def text_key(text: str | bytes) -> bytes:
    """The digest of a text's folded letters and digits; empty if it has fewer than `SHORTEST_TEXT`.

    Args:
        text: The text itself, or the bytes that `folded` gave for it.
    """
    said = folded(text) if isinstance(text, str) else text
    letters = said.translate(None, _ASCII_GAPS)
    is_long = len(letters) >= _LONG or len(_decoded(letters)) >= SHORTEST_TEXT
    return digest(letters) if is_long else b""


def body_hash(body: bytes) -> bytes:
    """The digest by which an unchanged body is recognized before it is parsed; it depends on `NORMALIZER_VERSION`."""
    return blake2b(body, digest_size=_DIGEST_SIZE, person=str(NORMALIZER_VERSION).encode()[:16]).digest()


def found(words: str, link: str, rest: str | bytes, written: bytes = b"") -> bytes:
    """The digest of an entry as found, in four parts of 8 bytes that can be compared one by one.

    Args:
        words: The words that the entry says.
        link: Its address from the host on; the fragment does not count.
        rest: Everything else that matters, including its address as found.
        written: The digest of how the entry is written (`parse.feeds.seen`); empty if that is not known: then this part
            is missing.
    """
    page = link.partition("#")[0].rstrip("/")
    place = digest(page)[:_PART] if "/" in page or "?" in page else NOWHERE
    return digest(words)[:_PART] + place + digest(rest)[:_PART] + written


def said(found_hash: bytes) -> bytes:
    """The part of a `found` hash for what an entry says: title, texts and files."""
    return found_hash[:_PART]


def where(found_hash: bytes) -> bytes:
    """The part of a `found` hash for an entry's address; `NOWHERE` if it has none, or a site's front page."""
    return found_hash[_PART : 2 * _PART]


def meant(found_hash: bytes) -> bytes:
    """The parts of a `found` hash for words, address and the rest: entries equal in these mean the same."""
    return found_hash[:MEANT]


def written(found_hash: bytes) -> bytes:
    """The part of a `found` hash for how an entry is written; empty if that is not known."""
    return found_hash[MEANT:]


def id_of(key: str) -> str:
    """The id in an entry's key: without the digest behind it and, if it is an address, without scheme and tracking."""
    bare = _SHARED.sub("", key)
    _, _, address = canonical(bare).partition("://")
    return f"{address}#{bare.partition('#')[2]}" if address else bare


def is_shared(key: str) -> bool:
    """Whether a key has a digest behind its id, which different entries share (`parse.feeds.entries.distinct`)."""
    return key[-9:-8] == "#" and _SHARED.search(key) is not None


def url_key(url: str) -> bytes:
    """The digest of the address's identity (`urls.identity`); empty if it identifies no article."""
    found = identity(url)
    return digest(found) if found else b""
