"""Vocabularies that feeds borrow beside their own: one reader for each, and the table of them.

A reader is given the children of an entry and where relative links start, and returns what they say.
"""

import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from lxml import etree

from syndicator.model.article import Enclosure, Entry, Text
from syndicator.model.noun import replace
from syndicator.model.rights import NO_TERMS, Rights
from syndicator.model.social import Credit, CreditRole
from syndicator.parse.feeds import constructs, nodes
from syndicator.parse.feeds.authors import persons
from syndicator.parse.feeds.constructs import rich
from syndicator.parse.feeds.entries import Fields, files, merge
from syndicator.parse.feeds.nodes import Found
from syndicator.social.captions import credit_of
from syndicator.text.characters import unescape

_MENU = re.compile(r"<menu\b(?:(?!</?menu\b)[^\0])*+</menu\s*>", re.IGNORECASE)
"""The site's own, which Turbo pages have in their `header`."""
_BREAKS = re.compile(r"\s*\n\s*")
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp"})
_ROLES: dict[str, CreditRole] = {
    "photographer": "photographer",
    "photo": "photographer",
    "illustrator": "illustrator",
    "graphic designer": "illustrator",
    "graphic artist": "illustrator",
    "video": "video",
    "videographer": "video",
    "camera operator": "video",
    "cameraman": "video",
    "agency": "agency",
}
_CREATORS = ("dc:creator", "dc:author", "dcterms:creator")
_FILES = ("media:content", "media:peerlink")


def image_url(url: str) -> bool:
    """Whether an address without a type ends like a picture's."""
    return PurePosixPath(urlsplit(url).path).suffix.lower() in _PICTURES


def _content(found: Found, base: str) -> Fields:
    """RSS 1.0 module Content."""
    return {"content": rich(found, base, "content:encoded")}


def _xhtml(found: Found, base: str) -> Fields:
    return {"content": rich(found, base, "xhtml:body", "xhtml:div")}


def _full_text(found: Found, base: str) -> Fields:
    """The whole text, as Russian publishers give it to news services beside a short description."""
    names = ("yandex:full-text", "turbo:content", "rambler:fulltext", "mailru:full-text", "rbc:full-text")
    text = rich(found, base, *names)
    if text and (menu := _MENU.search(text.value)):
        text = replace(text, value=text.value[: menu.start()] + text.value[menu.end() :])
    if text and "<" not in text.value:  # then its line breaks are its paragraphs
        text = Text(value=_BREAKS.sub("\n\n", unescape(text.value)), html=False)
    return {"content": text}


def _dublin_core(found: Found, base: str) -> Fields:
    """Dublin Core elements and terms."""
    return {
        "guid": nodes.first(found, "dc:identifier"),
        "title": rich(found, base, "dc:title"),
        "summary": rich(found, base, "dc:description"),
        "published": nodes.every(found, "dc:date", "dcterms:issued", "dcterms:created", "dcterms:available"),
        "updated": nodes.every(found, "dcterms:modified"),
        "authors": persons([each for name in _CREATORS for each in found.get(name, ())]),
        "categories": nodes.unique(map(nodes.line, found.get("dc:subject", ()))),
        "language": nodes.first(found, "dc:language"),
        "rights": nodes.unescaped(nodes.first(found, "dc:rights", "dcterms:rights")),
    }


def _itunes(found: Found, base: str) -> Fields:
    """Apple's podcast vocabulary, and Google's."""
    categories = (each for top in found.get("itunes:category", ()) for each in top.iter(top.tag))
    return {
        "title": rich(found, base, "itunes:title"),
        "summary": rich(found, base, "itunes:summary", "googleplay:description", "itunes:subtitle"),
        "authors": persons([*found.get("itunes:author", ()), *found.get("googleplay:author", ())]),
        "categories": nodes.unique(
            [*(nodes.attribute(each, "text") for each in categories), *_keywords(found.get("itunes:keywords", ()))]
        ),
        "images": nodes.unique(nodes.web(url, base) for url in itunes_images(found)),
    }


def _keywords(elements: Iterable[etree._Element]) -> Iterable[str]:
    return (word.strip() for each in elements for word in nodes.line(each).split(","))


def itunes_images(found: Found) -> list[str]:
    """The addresses of a podcast's or an episode's cover, as written, in any of the ways there have been."""
    covers = [*found.get("itunes:image", ())]
    covers += [each for each in found.get("itunes:link", ()) if nodes.attribute(each, "rel") == "image"]
    return [nodes.attribute(it, "href") or nodes.attribute(it, "url") or nodes.text(it) for it in covers]


def _media(found: Found, base: str) -> Fields:
    """Media RSS 1.5.1: what stands in the entry, in its groups and in their contents."""
    groups = [nodes.children(group) for group in found.get("media:group", ())]
    grouped = [each for level in groups for name in _FILES for each in level.get(name, ())]
    contents = [*(each for name in _FILES for each in found.get(name, ())), *grouped]
    levels = [found, *groups, *map(nodes.children, contents)]
    told = [found, *groups, *map(nodes.children, grouped)]  # what stands in a lone file is a caption

    def everywhere(name: str) -> list[etree._Element]:
        return [element for level in levels for element in level.get(name, ())]

    makers = {nodes.line(it) for name in (*_CREATORS, "author") for it in found.get(name, ())}
    pictures, attached = _files(contents, base, makers)
    pictures += [nodes.web(nodes.attribute(each, "url"), base) for each in everywhere("media:thumbnail")]
    return {
        "title": next(filter(None, (rich(level, base, "media:title") for level in told)), None),
        "summary": next(filter(None, (_described(level, base) for level in told)), None),
        "categories": nodes.unique(
            [
                *(nodes.attribute(each, "label") or nodes.line(each) for each in everywhere("media:category")),
                *_keywords(everywhere("media:keywords")),
            ]
        ),
        "images": nodes.unique(pictures),
        "enclosures": tuple(attached),
        "rights": next((value for each in everywhere("media:copyright") if (value := nodes.line(each))), ""),
        "credits": tuple(dict.fromkeys(_credits(everywhere("media:credit")))),
    }


def _files(contents: Iterable[etree._Element], base: str, makers: Collection[str]) -> tuple[list[str], list[Enclosure]]:
    """Addresses of the pictures among some `media:content`, and the other files.

    What is called as one of the entry's makers is his portrait.
    """
    pictures, attached = [], []
    for content in contents:
        url = nodes.web(nodes.attribute(content, "url") or nodes.attribute(content, "href"), base)
        title = nodes.first(nodes.children(content), "media:title") if len(content) else ""
        if _is_picture(content, url):
            if title not in makers:
                pictures.append(url)
        elif url:
            size = constructs.length(nodes.attribute(content, "fileSize"))
            attached.append(Enclosure(url=url, type=nodes.attribute(content, "type").lower(), length=size, title=title))
    return pictures, attached


def _is_picture(content: etree._Element, url: str) -> bool:
    """Whether a `media:content` is a picture: it says so, or says nothing, and its address ends like one."""
    kind, medium = nodes.attribute(content, "type").lower(), nodes.attribute(content, "medium").lower()
    return medium == "image" or kind.startswith("image/") or (not medium and not kind and image_url(url))


def _described(found: Found, base: str) -> Text | None:
    """A description: its lines are lines, unless it says that it is HTML, or holds tags all the same."""
    text = rich(found, base, "media:description")
    is_html = any(nodes.attribute(each, "type").lower() == "html" for each in found.get("media:description", ()))
    if text is None or is_html or "<" in text.value or "\n" not in text.value:
        return text
    return Text(value=unescape(text.value), html=False)


def _player(found: Found, base: str) -> str:
    """The page on which a film is shown; the entry's own, where it has no other."""
    levels = [found, *map(nodes.children, found.get("media:group", ()))]
    levels += [nodes.children(each) for level in levels for name in _FILES for each in level.get(name, ())]
    players = (each for level in levels for each in level.get("media:player", ()))
    return next(filter(None, (nodes.web(nodes.attribute(each, "url"), base) for each in players)), "")


def _credits(elements: Iterable[etree._Element]) -> Iterable[Credit]:
    """Roles of the EBU's list (`scheme="urn:ebu"`) that make pictures; one without a role credits its picture."""
    for element in elements:
        role = nodes.attribute(element, "role").lower()
        known = _ROLES.get(role)
        if known is None and not role and _shows_picture(element):
            name = nodes.line(element)
            yield from (" " in name and credit_of(name)) or _named("photographer", name)
        elif known:
            yield from _named(known, nodes.line(element))


def _named(role: CreditRole, name: str) -> Iterable[Credit]:
    return (Credit(role=role, name=name),) if name else ()


def _shows_picture(element: etree._Element) -> bool:
    """Whether an element stands in a `media:content` that is a picture."""
    parent = element.getparent()
    is_file = parent is not None and nodes.name(parent.tag) in _FILES
    return parent is not None and is_file and _is_picture(parent, nodes.attribute(parent, "url"))


def _feedburner(found: Found, base: str) -> Fields:
    """The article's own address, where the link leads through a counter."""
    return {"url": nodes.web(nodes.first(found, "feedburner:origlink"), base)}


def _uncounted(entry: Entry, found: Found, base: str) -> Entry:
    """The entry with its first file's own address: FeedBurner's counter, through which that led, is gone."""
    url = nodes.web(nodes.first(found, "feedburner:origenclosurelink"), base)
    if not url or not entry.enclosures:
        return entry
    counted, *others = entry.enclosures
    return replace(entry, enclosures=files([replace(counted, url=url), *others]))


_READERS: tuple[tuple[frozenset[str], Callable[[Found, str], Fields]], ...] = (
    (frozenset({"content"}), _content),
    (frozenset({"dc", "dcterms"}), _dublin_core),
    (frozenset({"atom"}), constructs.fields),
    (frozenset({"xhtml"}), _xhtml),
    (frozenset({"yandex", "turbo", "rambler", "mailru", "rbc"}), _full_text),
    (frozenset({"media"}), _media),
    (frozenset({"itunes", "googleplay"}), _itunes),
)
"""Prefixes, and who reads them; the most trusted one first."""


def license_of(found: Found, base: str) -> Rights:
    """The licence that a feed or an entry names: `atom:link rel=license` (RFC 4946), or Creative Commons' modules."""
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
        own: What the format itself says; it goes first, but for a link through FeedBurner's counter.
        found: The entry's children.
        base: Where relative links start in them.
        inherited: What fills the gaps that are left.
    """
    counted = [_feedburner(found, base)] if "feedburner:origlink" in found else []
    players: list[Fields] = [] if own.get("url") else [{"url": _player(found, base)}]
    readers = _readers(frozenset(found))
    entry = merge([*counted, own, *(reader(found, base) for reader in readers), inherited, *players])
    return _uncounted(entry, found, base) if "feedburner:origenclosurelink" in found else entry


@lru_cache(maxsize=256)
def _readers(names: frozenset[str]) -> tuple[Callable[[Found, str], Fields], ...]:
    """Who reads an entry whose children are called so: all entries of a feed have the same, as a rule."""
    prefixes = {name.partition(":")[0] for name in names if ":" in name}
    return tuple(reader for vocabulary, reader in _READERS if not vocabulary.isdisjoint(prefixes))
