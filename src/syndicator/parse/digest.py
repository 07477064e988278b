"""The digest of an entry as found, which tells whether the entry has changed since the last poll."""

from operator import attrgetter

import orjson

from syndicator.model.article import Entry
from syndicator.model.noun import asdict, names
from syndicator.text import keys
from syndicator.text.keys import NORMALIZER_VERSION
from syndicator.text.urls import canonical

_APART = {"key", "guid", "url", "title", "content", "summary", "raw", "written", "found"}
"""Fields that are not digested as they are: some have a part of the hash of their own, others do not count."""
_rest = attrgetter(*(it for it in names(Entry) if it not in _APART))


def found_hash(entry: Entry) -> bytes:
    """Digest an entry as found, and `NORMALIZER_VERSION`; every process and every machine gives the same hash.

    An entry whose hash is known is not processed again. Therefore differences that do not matter do not change the
    hash: those in the entry's bytes (`raw`), in its id, and in its link's scheme and tracking parameters. The last part
    of the hash is the digest of how the entry is written (`Entry.written`).
    """
    if entry.found:
        return entry.found
    texts = entry.title, entry.content, entry.summary
    files = *(file.url for file in entry.enclosures), *entry.images
    words = "\0".join([*(text.value if text else "" for text in texts), *files])
    link = entry.url
    if "?" in link or ";" in link:  # other links have no tracking parameters, and need no slow canonicalisation
        link = canonical(link) or link
    link = link.partition("://")[2] or link
    forms = [text and (text.html, text.base) for text in texts]
    said = [NORMALIZER_VERSION, link, forms, *_rest(entry)]
    try:
        return keys.found(words, link, orjson.dumps(said, default=asdict), entry.written)
    except orjson.JSONEncodeError:  # a lone surrogate, or a number beyond 64 bits
        return keys.found(words, link, repr(said), entry.written)
