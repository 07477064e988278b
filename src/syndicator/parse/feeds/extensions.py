"""Read the vocabularies that any feed may use beside its own: a reader for each, and the table of readers.

A reader takes the children of an entry and the base of relative links, and returns the fields that they give.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from syndicator.model.article import Entry, Text
from syndicator.model.noun import replace
from syndicator.model.rights import NO_TERMS, Rights
from syndicator.parse.feeds import constructs, nodes
from syndicator.parse.feeds.authors import CREATORS, persons
from syndicator.parse.feeds.constructs import rich
from syndicator.parse.feeds.entries import Fields, files, merge
from syndicator.parse.feeds.media_rss import media, player
from syndicator.parse.feeds.nodes import Found
from syndicator.text.characters import unescape
from syndicator.text.markup import plain

_MENU = re.compile(r"<menu\b(?:(?!</?menu\b)[^\0])*+</menu\s*>", re.IGNORECASE)
"""The site's menu, which Yandex's Turbo pages have in their `header`."""
_VALUE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}value"
"""The element with the markup of an item in `content:items`."""
_BREAKS = re.compile(r"\s*\n\s*")
"""One or more line breaks."""


def _content(found: Found, base: str) -> Fields:
    """Read the RSS 1.0 module Content: `encoded`, and `items` of its older version, whose markup is not escaped."""
    if "content:items" in found:
        values = [value for items in found["content:items"] for value in items.iter(_VALUE)]
        found = {"content:encoded": [*found.get("content:encoded", ()), *values]}
    return {"content": rich(found, base, "content:encoded")}


def _xhtml(found: Found, base: str) -> Fields:
    return {"content": rich(found, base, "xhtml:body", "xhtml:div")}


def _full_text(found: Found, base: str) -> Fields:
    """Read the whole text that Russian publishers give to news services, beside a short description."""
    names = ("yandex:full-text", "turbo:content", "rambler:fulltext", "mailru:full-text", "rbc:full-text")
    text = rich(found, base, *names)
    if text and (menu := _MENU.search(text.value)):
        text = replace(text, value=text.value[: menu.start()] + text.value[menu.end() :])
    if text and "<" not in text.value:  # plain text: each line is a paragraph
        text = Text(value=_BREAKS.sub("\n\n", unescape(text.value)), html=False)
    return {"content": text}


def _dublin_core(found: Found, base: str) -> Fields:
    """Read Dublin Core: its elements, and its terms, which have all the elements' names and more."""
    return {
        "guid": nodes.first(found, "dc:identifier"),
        "title": rich(found, base, "dc:title"),
        "summary": rich(found, base, "dc:description", "dc:abstract"),
        "published": nodes.every(found, "dc:date", "dc:issued", "dc:created", "dc:available"),
        "updated": nodes.every(found, "dc:modified"),
        "authors": persons(nodes.elements(found, *CREATORS)),
        "categories": nodes.unique(map(nodes.line, found.get("dc:subject", ()))),
        "language": nodes.first(found, "dc:language"),
        "rights": plain(nodes.first(found, "dc:rights")),
    }


def _itunes(found: Found, base: str) -> Fields:
    """Read Apple's podcast vocabulary, and Google's."""
    categories = (each for top in found.get("itunes:category", ()) for each in top.iter(top.tag))
    return {
        "title": rich(found, base, "itunes:title"),
        "summary": rich(found, base, "itunes:summary", "googleplay:description", "itunes:subtitle"),
        "authors": persons(nodes.elements(found, "itunes:author", "googleplay:author")),
        "categories": nodes.unique(
            [*(nodes.attribute(each, "text") for each in categories), *nodes.keywords(found.get("itunes:keywords", ()))]
        ),
        "images": nodes.unique(nodes.web(url, base) for url in _covers(found)),
    }


def _covers(found: Found) -> list[str]:
    """Give the addresses, as written, of a podcast's or an episode's cover, in each form that has been in use."""
    covers = [*found.get("itunes:image", ())]
    covers += [each for each in found.get("itunes:link", ()) if nodes.attribute(each, "rel") == "image"]
    return [nodes.attribute(it, "href") or nodes.attribute(it, "url") or nodes.text(it) for it in covers]


def _feedburner(found: Found) -> Fields:
    """Read the article's own address, if its link leads through FeedBurner's counter; it is always absolute."""
    return {"url": nodes.web(nodes.first(found, "feedburner:origlink"), "")}


def _uncounted(entry: Entry, found: Found, base: str) -> Entry:
    """Give the entry's first file its own address in place of the one that leads through FeedBurner's counter."""
    url = nodes.web(nodes.first(found, "feedburner:origenclosurelink"), base)
    if not url or not entry.enclosures:
        return entry
    counted, *others = entry.enclosures
    pictures = nodes.unique(url if picture == counted.url else picture for picture in entry.images)
    return replace(entry, enclosures=files([replace(counted, url=url), *others]), images=pictures)


_READERS: tuple[tuple[frozenset[str], Callable[[Found, str], Fields]], ...] = (
    (frozenset({"content"}), _content),
    (frozenset({"dc"}), _dublin_core),
    (frozenset({"atom"}), constructs.fields),
    (frozenset({"xhtml"}), _xhtml),
    (frozenset({"yandex", "turbo", "rambler", "mailru", "rbc"}), _full_text),
    (frozenset({"media"}), media),
    (frozenset({"itunes", "googleplay"}), _itunes),
)
"""Prefixes of vocabularies, and the reader of each; the most trusted one first."""


def license_of(found: Found, base: str) -> Rights:
    """Read the licence of a feed or an entry: `atom:link rel=license` (RFC 4946), else Creative Commons' modules."""
    if "atom:link" not in found and "creativecommons:license" not in found:
        return NO_TERMS
    links = (it.url for it in constructs.read_links(found.get("atom:link", ()), base, only="license"))
    named = (
        nodes.web(nodes.text(it) or nodes.attribute(it, "resource"), base)
        for it in found.get("creativecommons:license", ())
    )
    url = next(filter(None, (*links, *named)), "")
    return Rights(license=url) if url else NO_TERMS


def extend(own: Fields, found: Found, base: str, inherited: Fields) -> Entry:
    """Join what an entry's own format says with what its extensions say.

    Args:
        own: What the format itself says; it goes first, except for a link through FeedBurner's counter.
        found: The entry's children.
        base: The base of relative links in them.
        inherited: What fills in the fields that neither says.
    """
    counted = [_feedburner(found)] if "feedburner:origlink" in found else []
    players: list[Fields] = [] if own.get("url") else [{"url": player(found, base)}]
    readers = _readers(frozenset(found))
    entry = merge([*counted, own, *(reader(found, base) for reader in readers), inherited, *players])
    return _uncounted(entry, found, base) if "feedburner:origenclosurelink" in found else entry


@lru_cache(maxsize=256)
def _readers(names: frozenset[str]) -> tuple[Callable[[Found, str], Fields], ...]:
    """Give the readers for an entry with children of these names; cached, as most entries of a feed have the same."""
    prefixes = {name.partition(":")[0] for name in names if ":" in name}
    return tuple(reader for vocabulary, reader in _READERS if not vocabulary.isdisjoint(prefixes))
