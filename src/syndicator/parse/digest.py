"""The digest of an entry as found, by which it is known that an entry says again what it said before."""

from operator import attrgetter

import orjson

from syndicator.model.article import Entry
from syndicator.model.noun import asdict, names
from syndicator.text import keys
from syndicator.text.keys import NORMALIZER_VERSION
from syndicator.text.urls import canonical

_APART = {"key", "guid", "url", "title", "content", "summary", "raw", "written", "found"}
_rest = attrgetter(*(it for it in names(Entry) if it not in _APART))


def found_hash(entry: Entry) -> bytes:
    """Digest of an entry as found and of `NORMALIZER_VERSION`: the same in every process and on every machine.

    An entry with a known one needs no second look; so what may differ in nothing that matters does not count: its own
    bytes (`raw`), its id, and its link's scheme and tracking parameters. How it is written stands behind all that.
    """
    if entry.found:
        return entry.found
    texts = entry.title, entry.content, entry.summary
    files = *(file.url for file in entry.enclosures), *entry.images
    words = "\0".join([*(text.value if text else "" for text in texts), *files])
    link = entry.url
    if "?" in link or ";" in link:  # else there is nothing in it that tracks, and most are quickly told
        link = canonical(link) or link
    link = link.partition("://")[2] or link
    forms = [text and (text.html, text.base) for text in texts]
    said = [NORMALIZER_VERSION, link, forms, *_rest(entry)]
    try:
        return keys.found(words, link, orjson.dumps(said, default=asdict), entry.written)
    except orjson.JSONEncodeError:  # a lone surrogate, or a number beyond 64 bits
        return keys.found(words, link, repr(said), entry.written)
