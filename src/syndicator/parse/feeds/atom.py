"""Read Atom 1.0 (RFC 4287) and 0.3."""

from itertools import islice

from lxml import etree

from syndicator.model.article import Entry, Person
from syndicator.model.noun import Noun
from syndicator.model.outcome import Parsed
from syndicator.model.rights import Rights
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

_TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
"""The element that names an entry which the feed has deleted (RFC 6721, section 3)."""
_DESCRIPTIONS = ("atom:subtitle", "atom:tagline", "atom:info", "dc:description", "itunes:summary", "itunes:subtitle")
"""Elements that describe a feed, the most trusted first."""
_TEXTS = ("atom:content", "atom:summary", "atom:title")
"""Elements with text whose `xml:lang` is an entry's language, the longest text first."""
_BORROWED = frozenset({"atom:pubdate", "atom:description", "atom:enclosure"})
"""Elements of RSS that stand in Atom's namespace by mistake, which `_borrowed` reads."""


class _Feed(Noun):
    """What entries inherit from their feed.

    Attributes:
        base: The base of relative links.
        language: The language of entries that name none.
        authors: The authors of entries that name none, nor have any in `atom:source`.
        rights: The rights of entries that name none, nor have any in `atom:source`.
        social: Accounts that the feed names.
        terms: The licence of entries that name none.
    """

    base: str
    language: str
    authors: tuple[Person, ...]
    rights: str
    social: tuple[SocialLink, ...]
    terms: Rights


def read(root: etree._Element, url: str, known: Seen | None = None) -> Parsed:
    """Read an Atom document.

    Args:
        root: The `feed` element, or an `entry` that stands alone (section 2).
        url: The document's address on the web; empty: it has none.
        known: Entries that need not be read again.
    """
    single = nodes.name(root.tag) == "atom:entry"
    found: Found = {} if single else nodes.children(root)
    base = nodes.base(root, url)
    links = constructs.read_links(found.get("atom:link", ()), base)
    site = constructs.alternate(links)
    if not base:  # a file: its links start from the address of the feed that it is a copy of
        base = site or next((link.url for link in links if link.rel == "self"), "")
    feed = _Feed(
        base=base,
        language=nodes.language(root, "") or nodes.first(found, "dc:language")[: nodes.LONGEST_LINE],
        authors=_authors(found, base),
        rights=constructs.line(found, base, "atom:rights", "atom:copyright", "dc:rights"),
        social=feed_social.of_channel(found, base),
        terms=license_of(found, base),
    )
    info = FeedInfo(
        title=constructs.line(found, base, "atom:title", "dc:title"),
        site_url=site,
        description=constructs.line(found, base, *_DESCRIPTIONS),
        language=feed.language,
        rights=feed.rights,
        id=nodes.first(found, "atom:id"),
        hints=read_hints(found),
        social=feed.social,
        hubs=hubs_of(links),
        topic=topic_of(links),
    )
    elements = map(nodes.written, [root] if single else _entries(root))
    entries = read_new(elements, lambda entry, written: _read_entry(entry, written, feed), feed, known)
    return Parsed(info=info, entries=entries, deleted=_deleted(root), older=older_of(links, url))


def _authors(found: Found, base: str) -> tuple[Person, ...]:
    """Read the feed's authors; if it names none, those in Apple's vocabulary, where podcasts have them."""
    named = tuple(islice(constructs.read_people(found.get("atom:author", ()), base), MAX_INHERITED))
    return named or people(persons(found.get("itunes:author", ())))[:MAX_INHERITED]


def _deleted(root: etree._Element) -> tuple[str, ...]:
    """Read the ids of the entries that the feed says it has deleted (RFC 6721, section 3)."""
    refs = (each.get("ref", "").strip() for each in root.iterchildren(_TOMBSTONE))
    return tuple(islice(filter(None, dict.fromkeys(refs)), MAX_ENTRIES))


def _entries(root: etree._Element) -> list[etree._Element]:
    """Find the feed's entries; one inside an entry without an end tag counts, one inside content does not."""
    found = (
        each
        for each in root.iter("{*}entry", "{*}Entry", "{*}ENTRY", *nodes.spellings((root,), "atom:entry"))
        if nodes.name(each.tag) == "atom:entry"
        and (parent := each.getparent()) is not None
        and (parent is root or nodes.name(parent.tag) == "atom:entry")
    )
    return list(islice(found, MAX_ENTRIES + 1))


def _read_entry(element: etree._Element, written: Written, feed: _Feed) -> Entry:
    found = nodes.children(element)
    base = nodes.base(element, feed.base)
    own = constructs.fields(found, base)
    sources = [nodes.children(source) for source in found.get("atom:source", ())]
    inherited: Fields = {
        "url": "" if own["url"] else nodes.web(own["guid"], ""),
        "rights": next(filter(None, (constructs.line(it, base, "atom:rights") for it in sources)), "") or feed.rights,
        "origin": origins.of_atom(found.get("atom:source", ()), base),
        "language": nodes.spoken(found, nodes.language(element, feed.language), *_TEXTS),
        "social": (*feed_social.of_entry(found, base, feed.social), *feed.social),
        "terms": license_of(found, base) or feed.terms,
        "raw": written.raw,
        "written": written.digest,
    }
    if not _BORROWED.isdisjoint(found):
        inherited |= _borrowed(found, base)
    borrowed = {name: each for name, each in found.items() if not name.startswith("atom:")}
    entry = extend(own, borrowed, base, inherited)
    authors = [it for each in sources for it in constructs.read_people(each.get("atom:author", ()), base)]
    entry = inheriting(entry, tuple(authors) or feed.authors, feed.rights)
    return feed_social.with_people(entry, "atom:author")


def _borrowed(found: Found, base: str) -> Fields:
    """Read elements that only RSS has, but which stand in Atom's namespace."""
    return {
        "summary": constructs.rich(found, base, "atom:description"),
        "published": nodes.every(found, "atom:pubdate"),
        "enclosures": constructs.enclosures(found.get("atom:enclosure", ()), base),
    }
