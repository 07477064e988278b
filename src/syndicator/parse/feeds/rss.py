"""Read RSS 0.91 to 2.0 (the RSS Advisory Board's specification and Best Practices Profile), valid or not."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from syndicator.model.article import Enclosure, Entry, Person
from syndicator.model.noun import Noun, replace
from syndicator.model.outcome import Parsed
from syndicator.model.rights import NO_TERMS, Rights
from syndicator.model.social import SocialLink
from syndicator.model.state import FeedInfo
from syndicator.parse.feeds import constructs, feed_social, nodes, origins
from syndicator.parse.feeds.authors import persons
from syndicator.parse.feeds.entries import MAX_ENTRIES, MAX_INHERITED, Fields, inheriting, people
from syndicator.parse.feeds.extensions import extend, license_of
from syndicator.parse.feeds.hints import read_hints
from syndicator.parse.feeds.hubs import hubs_of, topic_of
from syndicator.parse.feeds.nodes import Found
from syndicator.parse.feeds.paging import older_of
from syndicator.parse.feeds.seen import Seen, Written, read_new
from syndicator.text.characters import one_line
from syndicator.text.headlines import said_title, without_site
from syndicator.text.markup import plain

_AUTHORS = ("itunes:author", "googleplay:author")
"""Elements that name a channel's authors; `dc:creator` is none, as half of these hold the address of a webmaster."""
_DESCRIPTIONS = (
    *("description", "dc:description", "itunes:summary", "itunes:subtitle", "googleplay:description"),
    *("atom:subtitle", "atom:tagline"),
)
"""Elements that describe a channel, the most trusted first."""
_TEXTS = ("content:encoded", "xhtml:body", "encoded", "body", "fullitem", "description", "title")
"""Elements with text whose `xml:lang` is an item's language, the longest text first."""
_ADDRESS = re.compile(r"(?:https?:|[/?#])\S+\Z", re.IGNORECASE)
"""The text of `comments` if it is an address, and not a number of comments."""
_BODIES = ("content", "encoded", "body", "fullitem")
"""Elements without a prefix that hold an item's body, the most trusted first."""
_DATES, _CHANGES = ("published", "issued", "created", "date"), ("updated", "modified")
"""Elements without a prefix that hold the date of publishing, and that of the last change."""
_BORROWED = frozenset({"summary", *_BODIES, *_DATES, *_CHANGES})
"""Elements of other vocabularies that lack their prefix, which `_borrowed` reads."""
_OPTIONAL = frozenset({"author", "category", "comments", "copyright", "enclosure", "image", "rights"})
"""Elements of RSS itself that `_rest` reads; many items have none of them."""
_ITEMS = ("{*}item", "{*}Item", "{*}ITEM")
"""Common spellings of an item's tag; any other case is found if it is among the children of the root or channel."""


class Channel(Noun):
    """What items inherit from their channel.

    Attributes:
        base: The base of the items' relative links: `xml:base`, else the channel's own link, else the document.
        language: The language of items that name none.
        authors: The authors of items that name none.
        social: Accounts that the channel names.
        terms: The channel's licence.
    """

    base: str
    language: str
    authors: tuple[Person, ...] = ()
    social: tuple[SocialLink, ...] = ()
    terms: Rights = NO_TERMS


def read(root: etree._Element, url: str, known: Seen | None = None) -> Parsed:
    """Read an RSS document.

    Args:
        root: The `rss` element, or a `channel` without one.
        url: The document's address on the web; empty: it has none.
        known: Entries that need not be read again.
    """
    element = next((each for each in root.iter(etree.Element) if nodes.name(each.tag) == "channel"), root)
    info, channel = read_channel(root, element, url)
    entries = read_new(
        items(root, element), lambda item, written: read_item(item, written, channel), ("rss", channel), known
    )
    return Parsed(info=info, entries=entries, older=older_of(_links(element, url), url))


def _links(channel: etree._Element, url: str) -> list[constructs.Link]:
    return constructs.read_links(nodes.children(channel).get("atom:link", ()), nodes.base(channel, url))


def items(root: etree._Element, channel: etree._Element) -> Iterator[tuple[etree._Element, bytes]]:
    """Find the items, each with its bytes: in the channel, beside it (RSS 0.90, 1.0), or in an unclosed item."""
    written = nodes.spellings((root, channel), "item")
    found = (each for each in root.iter(*_ITEMS, *written) if nodes.name(each.tag) == "item")
    return map(nodes.written, islice(found, MAX_ENTRIES + 1))


def read_channel(root: etree._Element, element: etree._Element, url: str) -> tuple[FeedInfo, Channel]:
    """Read a channel.

    Args:
        root: The root of the document.
        element: The channel; the root itself, if there is none.
        url: The document's address on the web; empty: it has none.

    Returns:
        What the channel says of the feed, and what its items inherit.
    """
    found = nodes.children(element)
    document = nodes.base(root, url)
    document = document if element is root else nodes.base(element, document)
    links = constructs.read_links(found.get("atom:link", ()), document)
    site = _link(found, document) or constructs.alternate(links)
    language = nodes.language(element, nodes.language(root, ""))
    base = document if document != url else site or document
    social = feed_social.of_channel(found, base)
    info = FeedInfo(
        title=one_line(said_title(nodes.first(found, "title", "dc:title", "atom:title")))[: nodes.LONGEST_LINE],
        site_url=site,
        description=_plain(found, *_DESCRIPTIONS),
        language=nodes.first(found, "language", "dc:language")[: nodes.LONGEST_LINE] or language,
        rights=_plain(found, "copyright", "dc:rights", "atom:rights", "atom:copyright"),
        id=nodes.first(found, "atom:id"),
        hints=read_hints(found),
        social=social,
        hubs=hubs_of(links),
        topic=topic_of(links),
    )
    named = persons(nodes.elements(found, *_AUTHORS))
    authors = people([*named, *constructs.read_people(found.get("atom:author", ()), base)])
    terms = license_of(found, base)
    return info, Channel(base=base, language=info.language, authors=authors[:MAX_INHERITED], social=social, terms=terms)


def read_item(item: etree._Element, written: Written, channel: Channel, about: str = "") -> Entry:
    """Read an item, with the extensions that it uses.

    Args:
        item: The element.
        written: Its bytes, and their digest.
        channel: What it inherits from its channel.
        about: The value of its `rdf:about`; empty: it has none.
    """
    found = nodes.children(item)
    base = nodes.base(item, channel.base)
    own: Fields = {
        "guid": about or nodes.first(found, "guid"),
        "url": _link(found, base),
        "title": constructs.rich(found, base, "title"),
        "summary": constructs.rich(found, base, "description"),
        "published": nodes.every(found, "pubdate"),
        "raw": written.raw,
        "written": written.digest,
    }
    if origin := origins.of_rss(found, base):
        own["origin"] = origin
        if own["title"]:
            own["title"] = replace(own["title"], value=without_site(own["title"].value, [origin.title]))
    if not _OPTIONAL.isdisjoint(found) or any(it.get("rel") for it in found.get("link", ())):
        own |= _rest(found, base)
    inherited: Fields = {
        "language": nodes.spoken(found, nodes.language(item, ""), *_TEXTS) or channel.language,
        "social": channel.social,
        "terms": license_of(found, base) or channel.terms,
    }
    own["social"] = feed_social.of_entry(found, base, channel.social)
    if not own["url"]:
        link = nodes.web(about, "") or _permalink(found, base) or nodes.web(nodes.first(found, "atom:id"), "")
        inherited["url"] = link
    if not _BORROWED.isdisjoint(found):
        inherited |= _borrowed(found, base)
    entry = inheriting(extend(own, found, base, inherited), channel.authors)
    return feed_social.with_people(entry, "author")


def _rest(found: Found, base: str) -> Fields:
    """Read the fields that `_OPTIONAL` names."""
    files = _enclosures(found, base)
    pictures = [file.url for file in files if file.type.startswith("image/")]
    pictures += [nodes.web(_picture(each), base) for each in found.get("image", ())]
    comments = next(filter(_ADDRESS.match, map(nodes.text, found.get("comments", ()))), "")
    return {
        "authors": _authors(found, base),
        "categories": [nodes.unescaped(nodes.line(each)) for each in found.get("category", ())],
        "images": pictures,
        "enclosures": files,
        "comments": nodes.web(comments, base),
        "rights": _plain(found, "copyright", "rights"),
    }


def _borrowed(found: Found, base: str) -> Fields:
    """Read elements of Atom, Content or Dublin Core that lack their prefix."""
    return {
        "summary": constructs.rich(found, base, "summary"),
        "content": constructs.rich(found, base, *_BODIES),
        "published": nodes.every(found, *_DATES),
        "updated": nodes.every(found, *_CHANGES),
    }


def _link(found: Found, base: str) -> str:
    """Give the address of the first link that leads to a page; or empty.

    The address is the link's text, or in an attribute, as in Atom (`href`) or RDF (`resource`). Links of another
    relation than `alternate` are passed over.
    """
    for element in found.get("link", ()):
        if (element.get("rel") or "alternate").lower() != "alternate":
            continue
        written = nodes.text(element) or nodes.attribute(element, "href") or nodes.attribute(element, "resource")
        if url := nodes.web(written, nodes.base(element, base)):
            return url
    return ""


def _permalink(found: Found, base: str) -> str:
    """Give the guid if it is the item's address (`isPermaLink` is true unless it says otherwise); else empty."""
    for element in found.get("guid", ()):
        claim, guid = nodes.attribute(element, "isPermaLink").lower(), nodes.text(element)
        if claim != "false":
            return nodes.web(guid, base if claim == "true" and "/" in guid else "")
    return ""


def _authors(found: Found, base: str) -> tuple[Person, ...]:
    """Read authors, each of which is a line of text, or Atom's person construct without its namespace."""
    elements = found.get("author", [])
    return (
        *persons(element for element in elements if not len(element)),
        *constructs.read_people((element for element in elements if len(element)), base),
    )


def _enclosures(found: Found, base: str) -> tuple[Enclosure, ...]:
    """Read an item's files, including those in links of Atom's form (`rel="enclosure"`) without its namespace."""
    links = constructs.read_links(found.get("link", ()), base, only="enclosure")
    return (*constructs.enclosures(found.get("enclosure", ()), base), *constructs.attached(links))


def _picture(element: etree._Element) -> str:
    """Give the address of an item's `image`, which no specification has: in `url`, in an attribute, or as text."""
    found = nodes.children(element)
    attributes = nodes.attribute(element, "href") or nodes.attribute(element, "url")
    return nodes.first(found, "url") or attributes or ("" if found else nodes.text(element))


def _plain(found: Found, *names: str) -> str:
    return one_line(plain(nodes.first(found, *names)))[: nodes.LONGEST_LINE]
