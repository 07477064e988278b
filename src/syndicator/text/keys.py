"""Likeness keys: digests that are equal when two articles have the same address, text or title."""

import re
import unicodedata
from hashlib import blake2b
from string import punctuation

from syndicator.text.urls import identity

SHORTEST_TEXT = 100
"""Letters and digits that a folded text must have to identify an article: less is a teaser, a caption, a greeting."""

_DIGEST_SIZE = 16
_ASCII_SIGNS = punctuation.encode()
_OTHER_SIGNS = "«»„“”‘’—–…№©•。、，"
"""Without these most texts are letters and digits alone; to take them out so is five times quicker than `_NOISE`."""
_NOISE = re.compile(r"[^\w\s]+|_+")
"""Neither letter nor digit nor white space."""


def fold(text: str) -> str:
    """The text with all that an editor or a converter may change without changing what it says.

    Compatibility forms unified (NFKC), case folded, «ё» as «е», punctuation and invisible characters gone. Only
    letters and digits are left, in words separated by single spaces.
    """
    words = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    words = words.encode("utf-8", "surrogatepass").translate(None, _ASCII_SIGNS).decode("utf-8", "surrogatepass")
    for sign in _OTHER_SIGNS:
        if sign in words:
            words = words.replace(sign, "")
    found = words.split()
    return " ".join(found if "".join(found).isalnum() else _NOISE.sub("", words).split())


def digest(text: str | bytes) -> bytes:
    """16 bytes that stand for the text; equal texts give equal ones, whatever the machine or version."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return blake2b(data, digest_size=_DIGEST_SIZE).digest()


def title_key(title: str) -> bytes:
    """Digest of the folded title; empty when it has neither letter nor digit."""
    folded = fold(title)
    return digest(folded) if folded else b""


def text_key(text: str) -> bytes:
    """Digest of the folded text; empty when it has fewer than `SHORTEST_TEXT` letters and digits."""
    folded = fold(text)
    return digest(folded) if len(folded) - folded.count(" ") >= SHORTEST_TEXT else b""


def url_key(url: str) -> bytes:
    """Digest of the address's identity; empty when it identifies no article."""
    found = identity(url)
    return digest(found) if found else b""
