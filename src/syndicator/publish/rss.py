"""Write feeds as RSS 2.0, following the Best Practices Profile of the RSS Advisory Board."""

from email.utils import format_datetime
from typing import TYPE_CHECKING

from lxml import etree

from syndicator.model.document import Document, Item
from syndicator.publish import border
from syndicator.publish.feeds import (
    PODCAST,
    SOURCE,
    add,
    add_file,
    add_media,
    declare,
    further_links,
    history,
    hub_links,
    link_element,
    new_feed,
    to_bytes,
)
from syndicator.publish.linking import interaction

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

_ATOM = "{http://www.w3.org/2005/Atom}"
_DC = "{http://purl.org/dc/elements/1.1/}"

_MASK = {"&": "\ufdd0", "<": "\ufdd1", ">": "\ufdd2"}
_REFERENCES = {"\ufdd0": b"&#x26;", "\ufdd1": b"&#x3C;", "\ufdd2": b"&#x3E;"}
"""The bytes that replace each of the three stand-ins of `_MASK`.

RSS does not say whether a title is HTML. Most readers show hexadecimal references as meant (Best Practices Profile,
"Character Data"), but lxml writes named ones. So these three characters are first replaced by noncharacters, which no
text contains after `border.document`, and these by hexadecimal references in the final bytes.
"""

_PLAIN = str.maketrans(_MASK)


def render_rss(document: Document) -> bytes:
    """The document as RSS 2.0, following the Best Practices Profile of the RSS Advisory Board.

    Args:
        document: What to publish; `feed_url` is where these bytes will be found.

    Returns:
        XML in UTF-8.
    """
    document = border.document(document)
    feed = new_feed(document, "application/rss+xml")
    feed.title(_plain(document.title))
    feed.description(_plain(document.description))
    feed._FeedGenerator__rss_lastBuildDate = None  # noqa: SLF001  # else feedgen writes one, and switches the locale
    for item in document.items:
        _add_item(feed, item)
    rss, _ = feed._create_rss()  # noqa: SLF001  # the tree, not yet bytes
    channel = rss[0]
    built = etree.Element("lastBuildDate")
    built.text = format_datetime(document.updated, usegmt=True)
    links = (*hub_links(document, f"{_ATOM}link"), *history(document, f"{_ATOM}link"))
    for element in (built, *links, *_profiles(document)):
        channel.insert(len(channel) - len(document.items), element)
    for element, item in zip(channel.iterchildren("item"), document.items, strict=True):
        _mend_item(element, item)
    declare(rss)
    data = to_bytes(rss)
    for mask, reference in _REFERENCES.items():
        data = data.replace(mask.encode(), reference)
    return data


def _add_item(feed: "FeedGenerator", item: Item) -> None:
    """Add an item with everything that feedgen can write; `_mend_item` adds the rest."""
    entry = feed.add_entry(order="append")
    entry.title(_plain(item.title))
    entry.guid(item.id, permalink=item.id == item.url)
    if item.url:
        entry.link(href=item.url)
    if item.summary:
        entry.description(border.as_html(item.summary))
    if item.html:
        entry.content(item.html)
    if item.comments:
        entry.comments(item.comments)
    if item.enclosures:
        first = item.enclosures[0]
        entry.enclosure(first.url, str(first.length or 0), first.type)
    if _has_feed(item):
        entry.source(item.origin.feed_url, _plain(item.origin.title))
    entry.category([{"term": _plain(category)} for category in item.categories])


def _has_feed(item: Item) -> bool:
    """Whether an item's origin has a feed that the element `source` can name, and not only a page."""
    return bool(item.origin.feed_url) and item.origin.is_feed


def _mend_item(element: etree._Element, item: Item) -> None:
    """Add to an RSS item what feedgen cannot write."""
    add(element, "pubDate", format_datetime(item.published, usegmt=True))
    for author in item.authors:
        add(element, f"{_DC}creator", _plain(author.name))
    if not _has_feed(item):
        add(element, f"{_DC}publisher", _plain(item.origin.title))
    if item.language:
        add(element, f"{_DC}language", item.language)
    if notice := item.rights or item.origin.rights:
        add(element, f"{_DC}rights", _plain(notice))
    for link in further_links(item):
        element.append(link_element(link, f"{_ATOM}link"))
    if found := interaction(item.links):
        link, protocol = found
        account = f"@{link.handle.removeprefix('@')}" if link.handle else ""
        add(element, f"{PODCAST}socialInteract", protocol=protocol, uri=link.href, accountId=account)
    add_media(element, item)
    for enclosure in item.enclosures[1:]:  # the Profile allows one `enclosure` per item
        if enclosure.url != item.image:
            add_file(element, enclosure)


def _profiles(document: Document) -> list[etree._Element]:
    """The profiles of an RSS feed's publisher: as links, and as `source:account` of "whose feed this is"."""
    elements = [link_element(link, f"{_ATOM}link") for link in document.profiles]
    for link in document.profiles:
        if link.handle and link.kind == "profile":
            account = etree.Element(f"{SOURCE}account", {"service": link.platform})
            account.text = link.handle
            elements.append(account)
    return elements


def _plain(text: str) -> str:
    """The text for an RSS element that is not HTML, with stand-ins for `&`, `<` and `>`; see `_REFERENCES`."""
    return text.translate(_PLAIN)
