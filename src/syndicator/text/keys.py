"""Likeness keys: digests that are equal when two articles have the same address, text or title."""

import unicodedata
from hashlib import blake2b

from syndicator.text.urls import identity

SHORTEST_TEXT = 100
"""Letters and digits that a folded text must have to identify an article: less is a teaser, a caption, a greeting."""

_DIGEST_SIZE = 16
_EDGES = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~«»" + "".join(map(chr, range(0x2010, 0x2028)))  # what words end with


def fold(text: str) -> str:
    """The text with all that an editor or a converter may change without changing what it says.

    Compatibility forms unified (NFKC), case folded, «ё» as «е», punctuation and invisible characters gone. Only
    letters and digits are left, in words separated by single spaces.
    """
    words = []
    for word in unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").split():
        # Most words are nothing but letters, and most others become so without their edges: both tests are quick.
        bare = word if word.isalnum() else word.strip(_EDGES)
        if not bare.isalnum():
            bare = "".join(filter(str.isalnum, bare))
        if bare:
            words.append(bare)
    return " ".join(words)


def digest(text: str) -> bytes:
    """16 bytes that stand for the text; equal texts give equal ones, whatever the machine or version."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_SIZE).digest()


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
