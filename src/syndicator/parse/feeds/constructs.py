"""Read the constructs of Atom (RFC 4287, section 3): texts, persons and links, which RSS feeds use, too."""

import base64
import binascii
from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from syndicator.model.article import Enclosure, Person, Text
from syndicator.model.noun import Noun
from syndicator.parse.feeds import nodes
from syndicator.parse.feeds.authors import person
from syndicator.parse.feeds.entries import Fields, text_or_none
from syndicator.parse.feeds.nodes import Found
from syndicator.text.characters import one_line
from syndicator.text.markup import plain

_RELATIONS = "http://www.iana.org/assignments/relation/"
"""How the full name of a registered relation begins (RFC 4287, section 4.2.7.2)."""
_XHTML_DIV = "{http://www.w3.org/1999/xhtml}div"
"""The tag of the `div` in which XHTML stands."""
_MARKUP = frozenset({"html", "text/html"})
"""Types of a text that is escaped HTML."""
_INLINE = frozenset({"xhtml", "application/xhtml+xml"})
"""Types of a text that is XHTML elements."""
_PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
"""Types of a link to a page for people; empty: none is given."""


class Link(Noun, kw_only=False):
    """An `atom:link` (RFC 4287, section 4.2.7).

    Attributes:
        rel: The relation, in lower case and as its short name; `alternate` if none is given.
        url: The absolute address.
        type: The media type in lower case, or empty.
        length: The length in bytes; None: unknown.
        title: The title, or empty.
    """

    rel: str
    url: str
    type: str
    length: int | None
    title: str


def fields(found: Found, outer: str) -> Fields:
    """Read the Atom elements among an entry's children.

    Args:
        found: The children.
        outer: The base of relative links in them.
    """
    links = read_links(found.get("atom:link", ()), outer)
    contents = found.get("atom:content", ())
    sources = [
        (url, _media_type(element))
        for element in contents
        if (src := nodes.attribute(element, "src")) and (url := nodes.web(src, nodes.base(element, outer)))
    ]  # content that lies elsewhere (section 4.1.3.2)
    pages = [url for url, kind in sources if kind in _MARKUP | _INLINE or not kind]
    files = [Enclosure(url=url, type=kind) for url, kind in sources if url not in pages]
    files += attached(links)
    return {
        "guid": nodes.first(found, "atom:id"),
        "url": alternate(links) or next(iter(pages), ""),
        "external_url": next((link.url for link in links if link.rel == "related"), ""),
        "title": _first_text(found, "atom:title", outer),
        "summary": _first_text(found, "atom:summary", outer) or _first_text(found, "atom:subtitle", outer),
        "content": _first_text(found, "atom:content", outer),
        "published": nodes.every(found, "atom:published", "atom:issued", "atom:created"),
        "updated": nodes.every(found, "atom:updated", "atom:modified"),
        "authors": list(read_people(found.get("atom:author", ()), outer)),
        "categories": [
            nodes.attribute(element, "label") or nodes.attribute(element, "term") or nodes.line(element)
            for element in found.get("atom:category", ())
        ],
        "images": [file.url for file in files if file.type.startswith("image/")],
        "enclosures": files,
        "comments": next((link.url for link in links if link.rel == "replies" and link.type in _PAGES), ""),
        "rights": line(found, outer, "atom:rights", "atom:copyright"),
    }


def read_text(element: etree._Element, outer: str) -> Text | None:
    """Read a text construct or a content element of Atom 1.0, or of 0.3, whose `mode` says how it is escaped.

    Returns:
        The text; None: it is empty, or content that is no text.
    """
    start = nodes.base(element, outer)
    kind = _media_type(element)
    mode = nodes.attribute(element, "mode").lower()
    if mode == "base64":
        return text_or_none(_from_base64(nodes.text(element)), start, html=kind in _MARKUP | _INLINE)
    if len(element) and (kind in _MARKUP | _INLINE or "/" not in kind):  # elements make it markup, whatever its type
        return text_or_none(*_xhtml(element, start, literal=kind not in _MARKUP), html=True)
    if kind in _MARKUP | _INLINE:  # XHTML without any element was escaped like HTML
        return text_or_none(nodes.markup(element), start, html=True)
    if "/" not in kind or kind.startswith("text/") or mode:
        return text_or_none(nodes.text(element), html=False)
    if kind.endswith(("+xml", "/xml")):
        return None
    return text_or_none(_from_base64(nodes.text(element)), html=False)


def line(found: Found, outer: str, *names: str) -> str:
    """Read the first text construct that is not empty, as one line without markup."""
    for element in nodes.elements(found, *names):
        if text := read_text(element, outer):
            return one_line(plain(text.value) if text.html else text.value)[: nodes.LONGEST_LINE]
    return ""


def rich(found: Found, outer: str, *names: str) -> Text | None:
    """Read the first text that is not empty as HTML, which it is in every format but Atom."""
    for name in names:
        for element in found.get(name, ()):
            if text := text_or_none(nodes.markup(element), nodes.base(element, outer), html=True):
                return text
    return None


def read_people(elements: Iterable[etree._Element], outer: str) -> Iterable[Person]:
    """Read person constructs (section 3.2), even with an address in the name; one that names nobody is left out."""
    for element in elements:
        found = nodes.children(element)
        url = nodes.first(found, "atom:uri", "atom:url", "atom:homepage", "uri", "url")[: nodes.LONGEST_LINE]
        email = nodes.first(found, "atom:email", "email")[: nodes.LONGEST_LINE]
        name = nodes.first(found, "atom:name", "name")
        if not (name or email or url):
            name = nodes.line(element)
        if said := person(name or email):
            url = nodes.web(url, nodes.base(element, outer)) or said.url
            yield Person(name=said.name, url=url, email=email or said.email)


def read_links(elements: Iterable[etree._Element], outer: str, only: str = "") -> list[Link]:
    """Read links; one without a web address is left out.

    Args:
        elements: The link elements.
        outer: The base of relative addresses.
        only: The relation of the links to read; empty: all are read.
    """
    found = []
    for element in elements:
        rel = nodes.attribute(element, "rel").lower().removeprefix(_RELATIONS) or "alternate"
        if only and rel != only:
            continue
        written = nodes.attribute(element, "href") or nodes.text(element)  # a link of RSS has its address as text
        if url := nodes.web(written, nodes.base(element, outer)):
            kind = nodes.attribute(element, "type").lower()
            size = length(nodes.attribute(element, "length"))
            found.append(Link(rel, url, kind, size, nodes.attribute(element, "title")))
    return found


def attached(links: Iterable[Link]) -> list[Enclosure]:
    """Give the files that links attach (`rel="enclosure"`)."""
    return [
        Enclosure(url=link.url, type=link.type, length=link.length, title=link.title)
        for link in links
        if link.rel == "enclosure"
    ]


def enclosures(elements: Iterable[etree._Element], outer: str) -> list[Enclosure]:
    """Read `enclosure` elements: those of RSS, and of Atom feeds that were made from RSS."""
    return [
        Enclosure(
            url=url,
            type=nodes.attribute(element, "type").lower(),
            length=length(nodes.attribute(element, "length")),
        )
        for element in elements
        if (
            url := nodes.web(nodes.attribute(element, "url") or nodes.attribute(element, "href"), outer)
            or nodes.web(nodes.text(element), "")
        )
    ]


def alternate(links: Iterable[Link]) -> str:
    """Give the address of the first `alternate` link, HTML before any other type; empty: there is none."""
    candidates = [link for link in links if link.rel == "alternate"]
    pages = [link for link in candidates if link.type.partition(";")[0].strip() in {"text/html", *_INLINE}]
    return next((link.url for link in (*pages, *candidates)), "")


def length(text: str) -> int | None:
    """Read a number of bytes; None: it is no number, or 0, which publishers write for an unknown length."""
    return (int(text) or None) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _media_type(element: etree._Element) -> str:
    return nodes.attribute(element, "type").partition(";")[0].strip().lower()


def _first_text(found: Found, name: str, outer: str) -> Text | None:
    return next((text for element in found.get(name, ()) if (text := read_text(element, outer))), None)


def _xhtml(element: etree._Element, start: str, *, literal: bool) -> tuple[str, str]:
    """Read the content of the `div` in which XHTML stands (section 3.1.1.3).

    Args:
        element: The text construct.
        start: The base of its links.
        literal: Whether text in the `div` is plain text; in a construct of type HTML, it may be escaped markup.

    Returns:
        The content as HTML, and the base of its links.
    """
    children = list(element)
    if len(children) == 1 and children[0].tag in {_XHTML_DIV, "div"} and not (element.text or "").strip():
        element = children[0]
        start = nodes.base(element, start)
    if element.xpath("boolean(.//*/@xml:base)"):
        element = deepcopy(element)  # reading must not change the tree: another entry may stand inside
    moved: dict[etree._Element, str] = {}  # the base of descendants whose base is another one
    for descendant in element.iterdescendants(etree.Element):
        parent = descendant.getparent()
        own = nodes.base(descendant, start if parent is None else moved.get(parent, start))
        if own != start:
            moved[descendant] = own
            for name in ("href", "src"):
                if url := nodes.web(descendant.get(name, ""), own):
                    descendant.set(name, url)
    return nodes.markup(element, literal=literal), start


def _from_base64(text: str) -> str:
    """Decode base64; empty: it is not valid, or does not encode text."""
    try:
        decoded = base64.b64decode("".join(text.split()), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
    return "" if any(character < " " and character not in "\t\n\r" for character in decoded) else decoded
