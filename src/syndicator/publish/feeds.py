"""The common parts of RSS 2.0 and Atom 1.0: both are written by feedgen, and its output is corrected.

What feedgen 1.0 does not do right, and what is done about it, here, in `rss` and in `atom`:

- it raises for characters that XML forbids: `border.document` has removed them;
- it sets the current time wherever a date is missing: every date is set, or written here;
- it switches the process's locale to write RSS dates: they are written here;
- it puts each new entry before the others: `order="append"` is passed;
- RSS `link` becomes the last link added: the landing page is added last;
- Atom entry links lose rel, type, title and length, and `source` all but title and link: both are written here;
- it knows no tombstones (RFC 6721): written here;
- it knows no credits, no `atom:link` in items, no `xml:lang` of an entry: written here;
- it knows no attributes of other namespaces, in which social links say what they are: written here;
- it knows no archives (RFC 5005), and no hubs (WebSub): written here.
"""

from typing import TYPE_CHECKING

from lxml import etree

from syndicator.model.article import Enclosure
from syndicator.model.document import Document, Item, Link
from syndicator.publish import border
from syndicator.publish.linking import NAMESPACE, PREFIX, marks

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

GENERATOR = "syndicator"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'

SOURCE = "{https://source.scripting.com/}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
MEDIA = "{http://search.yahoo.com/mrss/}"
_HISTORY = "{http://purl.org/syndication/history/1.0}"

_PREFIXES = {PREFIX: NAMESPACE, "source": SOURCE[1:-1], "podcast": PODCAST[1:-1], "fh": _HISTORY[1:-1]}
"""The prefixes of namespaces that are declared at the root if an element or attribute is in them."""

_EBU_ROLES = {"photographer": "photographer", "illustrator": "illustrator", "video": "camera operator"}
"""The roles of Media RSS for our roles of credits.

They are from a list of the European Broadcasting Union, which has no role for an agency.
"""


def new_feed(document: Document, media_type: str) -> "FeedGenerator":
    """Make a feed with generator, language and links; each format adds the rest.

    Args:
        document: The document to publish.
        media_type: The format's media type, for the link to the feed itself.
    """
    from feedgen.feed import FeedGenerator  # noqa: PLC0415  # a poll without news writes no feed

    feed = FeedGenerator()
    feed.load_extension("dc", atom=False)  # declares the prefix
    feed.load_extension("media")
    feed.link(href=document.feed_url, rel="self", type=media_type)
    feed.link(href=document.url, rel="alternate", type="text/html")  # last: RSS takes it for the channel's link
    feed.generator(GENERATOR)
    if document.language:
        feed.language(document.language)
    return feed


def further_links(item: Item) -> list[Link]:
    """An item's links beside its permalink; a copy at the same address needs none."""
    return [link for link in item.links if link.rel != "via" or link.href != item.url]


def add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Add an element with those attributes that have a value."""
    element = etree.SubElement(parent, tag, border.filled(attributes))
    if text:
        element.text = text
    return element


def link_element(link: Link, tag: str) -> etree._Element:
    """A link element; one to a social platform says in attributes of our namespace what it leads to."""
    where = {"href": link.href, "type": link.type} if tag.startswith("{") else {"type": link.type, "href": link.href}
    attributes = {"rel": link.rel, **where, "title": link.title}
    if link.platform:
        attributes |= marks(link)
    return etree.Element(tag, border.filled(attributes))


def hub_links(document: Document, tag: str) -> list[etree._Element]:
    """The links to the hubs where programs can subscribe to a feed's changes (WebSub, section 4)."""
    return [link_element(Link(rel="hub", href=href), tag) for href in document.hubs]


def history(document: Document, tag: str) -> list[etree._Element]:
    """The links to a feed's older and newer documents (RFC 5005), as archives (section 4) and as pages (section 3).

    Args:
        document: The feed, or an archive document of it.
        tag: The name of a link element in the format.
    """
    older, newer = document.older_url, document.newer_url
    places = {"current": document.current_url, "prev-archive": older, "next-archive": newer}
    places |= {"next": older, "previous": newer}
    links = [link_element(Link(rel=rel, href=href), tag) for rel, href in places.items() if href]
    return [etree.Element(f"{_HISTORY}archive"), *links] if document.current_url else links


def add_media(element: etree._Element, item: Item) -> None:
    """Add the lead picture with its credits; without a picture, the credits are the item's own (Media RSS 1.5.1)."""
    picture = next((it for it in item.enclosures if it.url == item.image), Enclosure(url=item.image))
    holder = add_file(element, picture, medium="image") if item.image else element
    for credit in item.credits:
        role = _EBU_ROLES.get(credit.role, "")
        name = " / ".join(filter(None, (credit.name, credit.agency)))
        add(holder, f"{MEDIA}credit", name, role=role, scheme="urn:ebu" if role else "")


def add_file(element: etree._Element, file: Enclosure, medium: str = "") -> etree._Element:
    """Add the Media RSS element for a file."""
    size = str(file.length or "")
    return add(element, f"{MEDIA}content", url=file.url, type=file.type, fileSize=size, medium=medium)


def to_bytes(root: etree._Element) -> bytes:
    """A document as XML in UTF-8, with a declaration in double quotes, which lxml does not write."""
    return _DECLARATION + etree.tostring(root, encoding="UTF-8", pretty_print=True)


def declare(root: etree._Element) -> None:
    """Declare the namespaces of `_PREFIXES` that are used at the root, under their usual prefixes."""
    etree.cleanup_namespaces(root, top_nsmap=_PREFIXES, keep_ns_prefixes=[it for it in root.nsmap if it])
