"""RSS 2.0 and Atom 1.0, written by feedgen and mended here.

What feedgen 1.0 does not do right, and what is done about it:

- it raises for characters that XML forbids: `border.document` has taken them out;
- it stamps the present moment on whatever has no date: every date is set, or written here;
- it switches the process's locale to write RSS dates: they are written here;
- it puts entries in front of each other: `order="append"`;
- RSS `link` becomes the last link added: the landing page comes last;
- Atom entry links lose rel, type, title and length, and `source` all but title and link: both are written here;
- it knows no tombstones (RFC 6721): written here;
- it knows no credits, no `atom:link` in items, no `xml:lang` of an entry: written here;
- it knows no attributes of other namespaces, in which social links say what they are: written here.
"""

from email.utils import format_datetime
from typing import TYPE_CHECKING

from lxml import etree

from syndicator.model.document import Document, Item, Link, Origin
from syndicator.publish import border
from syndicator.publish.linking import NAMESPACE, PREFIX, interaction

if TYPE_CHECKING:
    from feedgen.entry import FeedEntry
    from feedgen.feed import FeedGenerator

GENERATOR = "syndicator"

_ATOM = "{http://www.w3.org/2005/Atom}"
_AT = "{http://purl.org/atompub/tombstones/1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SYN = f"{{{NAMESPACE}}}"
_SOURCE = "{https://source.scripting.com/}"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_PREFIXES = {PREFIX: NAMESPACE, "source": _SOURCE[1:-1], "podcast": _PODCAST[1:-1]}
"""Of namespaces that are declared at the root when something is in them."""

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'

_EBU_ROLES = {"photographer": "photographer", "illustrator": "illustrator", "video": "camera operator"}
"""Media RSS takes its roles from a list of the European Broadcasting Union; an agency is not on it."""

_MASK = {"&": "\ufdd0", "<": "\ufdd1", ">": "\ufdd2"}
_REFERENCES = {"\ufdd0": b"&#x26;", "\ufdd1": b"&#x3C;", "\ufdd2": b"&#x3E;"}
"""RSS does not say whether a title is HTML. Hexadecimal references come through most readers as meant (Best Practices
Profile, "Character Data"), but lxml writes named ones. So these three characters travel as non-characters, which no
text has behind the border, and are exchanged in the bytes."""

_PLAIN = str.maketrans(_MASK)


def render_rss(document: Document) -> bytes:
    """The document as RSS 2.0, after the Best Practices Profile of the RSS Advisory Board.

    Args:
        document: What to publish; `feed_url` is where these bytes will be found.

    Returns:
        XML in UTF-8.
    """
    document = border.document(document)
    feed = _feed(document, "application/rss+xml")
    feed.title(_plain(document.title))
    feed.description(_plain(document.description))
    feed._FeedGenerator__rss_lastBuildDate = None  # noqa: SLF001  # else it writes one, and touches the locale
    for item in document.items:
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
        if item.origin.feed_url:
            entry.source(item.origin.feed_url, _plain(item.origin.title))
        entry.category([{"term": _plain(category)} for category in item.categories])
    rss, _ = feed._create_rss()  # noqa: SLF001  # the tree, not yet bytes
    channel = rss[0]
    built = etree.Element("lastBuildDate")
    built.text = format_datetime(document.updated, usegmt=True)
    channel.insert(len(channel) - len(document.items), built)
    _add_profiles(channel, document)
    for element, item in zip(channel.iterchildren("item"), document.items, strict=True):
        _mend_item(element, item)
    _declare(rss)
    data = etree.tostring(rss, encoding="UTF-8", pretty_print=True)
    for mask, reference in _REFERENCES.items():
        data = data.replace(mask.encode(), reference)
    return _DECLARATION + data


def render_atom(document: Document) -> bytes:
    """The document as Atom 1.0 (RFC 4287).

    Args:
        document: What to publish; `feed_url` is where these bytes will be found.

    Returns:
        XML in UTF-8.
    """
    document = border.document(document)
    feed = _feed(document, "application/atom+xml")
    feed.id(document.id)
    feed.title(document.title)
    feed.subtitle(document.description)
    feed.updated(document.updated)
    feed.author(name=document.title)
    for item in document.items:
        entry = feed.add_entry(order="append")
        entry.id(item.id)
        entry.title(item.title)
        entry.published(item.published)
        entry.updated(item.updated)
        _add_words(entry, item)
        entry.author([{"name": each.name, **({"uri": each.url} if each.url else {})} for each in item.authors])
        entry.category([{"term": category} for category in item.categories])
        if item.rights:
            entry.rights(item.rights)
    root, _ = feed._create_atom()  # noqa: SLF001  # the tree, not yet bytes
    for link in document.profiles:
        root.insert(len(root) - len(document.items), _link(link, "link"))
    _add_tombstones(root, document)
    for element, item in zip(root.iterchildren("entry"), document.items, strict=True):
        _mend_entry(element, item)
    _declare(root)
    return _DECLARATION + etree.tostring(root, encoding="UTF-8", pretty_print=True)


def _feed(document: Document, media_type: str) -> "FeedGenerator":
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


def _plain(text: str) -> str:
    """Text of an RSS element that is not HTML; see `_REFERENCES`."""
    return text.translate(_PLAIN)


def _add_words(entry: "FeedEntry", item: Item) -> None:
    """Summary and content; an entry without a link must have content (RFC 4287, section 4.1.2)."""
    if item.html:
        entry.content(item.html, type="html")
    elif not item.url:
        entry.content(item.summary or item.title, type="text")
        return
    else:
        entry.link(href=item.url)  # so that feedgen lets it pass; `_mend_entry` writes the links
    if item.summary:
        entry.summary(item.summary, type="text")


def _links(item: Item) -> list[Link]:
    """An item's links beside its own; a copy at its own address leads nowhere else."""
    return [link for link in item.links if link.rel != "via" or link.href != item.url]


def _mend_item(element: etree._Element, item: Item) -> None:
    """Adds to an RSS item what feedgen cannot say."""
    _add(element, "pubDate", format_datetime(item.published, usegmt=True))
    for author in item.authors:
        _add(element, f"{_DC}creator", _plain(author.name))
    if not item.origin.feed_url:  # `source` cannot do without an address
        _add(element, f"{_DC}publisher", _plain(item.origin.title))
    if item.language:
        _add(element, f"{_DC}language", item.language)
    if notice := item.rights or item.origin.rights:
        _add(element, f"{_DC}rights", _plain(notice))
    for link in _links(item):
        element.append(_link(link, f"{_ATOM}link"))
    if found := interaction(item.links):
        link, protocol = found
        account = f"@{link.handle.removeprefix('@')}" if link.handle else ""
        _add(element, f"{_PODCAST}socialInteract", protocol=protocol, uri=link.href, accountId=account)
    _add_media(element, item)
    for enclosure in item.enclosures[1:]:  # the Profile: one `enclosure` at most
        size = str(enclosure.length or "")
        _add(element, f"{_MEDIA}content", url=enclosure.url, type=enclosure.type, fileSize=size)


def _mend_entry(element: etree._Element, item: Item) -> None:
    """Gives an Atom entry its links, its language and its origin."""
    if item.language:
        element.set(_LANG, item.language)
    for title in element.iterchildren("title"):
        title.set("type", "text")
    for link in list(element.iterchildren("link")):
        element.remove(link)
    if item.url:
        _add(element, "link", rel="alternate", type="text/html", href=item.url)
    for each in _links(item):
        element.append(_link(each, "link"))
    for enclosure in item.enclosures:
        size = str(enclosure.length or "")
        _add(
            element,
            "link",
            rel="enclosure",
            type=enclosure.type,
            length=size,
            href=enclosure.url,
            title=enclosure.title,
        )
    _add_source(element, item.origin)
    _add_media(element, item)


def _add_profiles(channel: etree._Element, document: Document) -> None:
    """Where the publisher of an RSS feed is: as links, and as accounts of "whose feed this is" (source namespace)."""
    elements = [_link(link, f"{_ATOM}link") for link in document.profiles]
    for link in document.profiles:
        if link.handle and link.kind == "profile":
            account = etree.Element(f"{_SOURCE}account", {"service": link.platform})
            account.text = link.handle
            elements.append(account)
    for element in elements:
        channel.insert(len(channel) - len(document.items), element)


def _link(link: Link, tag: str) -> etree._Element:
    """A link; one to a social platform says, in attributes of our namespace, what it leads to."""
    where = {"href": link.href, "type": link.type} if tag.startswith("{") else {"type": link.type, "href": link.href}
    attributes = {"rel": link.rel, **where, "title": link.title}
    if link.platform:
        attributes |= {
            f"{_SYN}platform": link.platform,
            f"{_SYN}kind": link.kind,
            f"{_SYN}owner": link.owner if link.owner != "publisher" else "",
            f"{_SYN}confidence": f"{link.confidence:.2f}",
        }
    return etree.Element(tag, {name: value for name, value in attributes.items() if value})


def _declare(root: etree._Element) -> None:
    """Declare at the root the namespaces of ours that are used, under the prefixes by which they are known."""
    names = {str(name) for it in root.iter() for name in (it.tag, *it.attrib)}
    spaces = {prefix: uri for prefix, uri in _PREFIXES.items() if any(name.startswith(f"{{{uri}}}") for name in names)}
    if spaces:
        keep = [prefix for prefix in root.nsmap if prefix]
        etree.cleanup_namespaces(root, top_nsmap=spaces, keep_ns_prefixes=keep)


def _add_tombstones(root: etree._Element, document: Document) -> None:
    """`at:deleted-entry` (RFC 6721, section 3) for what is no more, before the entries."""
    for it in document.gone:
        tombstone = etree.Element(f"{_AT}deleted-entry", nsmap={"at": _AT[1:-1]})
        tombstone.set("ref", it.id)
        tombstone.set("when", border.rfc3339(it.gone_at))
        root.insert(len(root) - len(document.items), tombstone)


def _add_source(element: etree._Element, origin: Origin) -> None:
    """`atom:source` (RFC 4287, section 4.2.11); its author stands in for an entry that names none."""
    source = _add(element, "source")
    _add(source, "id", origin.id)
    _add(source, "title", origin.title)
    if origin.updated:
        _add(source, "updated", border.rfc3339(origin.updated))
    if origin.feed_url and origin.is_feed:
        _add(source, "link", rel="self", href=origin.feed_url)
    if origin.site_url:
        _add(source, "link", rel="alternate", type="text/html", href=origin.site_url)
    _add(_add(source, "author"), "name", origin.title)
    if origin.rights:
        _add(source, "rights", origin.rights)


def _add_media(element: etree._Element, item: Item) -> None:
    """The leading picture with its credits; without a picture they are the item's own (Media RSS 1.5.1)."""
    holder = _add(element, f"{_MEDIA}content", url=item.image, medium="image") if item.image else element
    for credit in item.credits:
        role = _EBU_ROLES.get(credit.role, "")
        name = " / ".join(filter(None, (credit.name, credit.agency)))
        _add(holder, f"{_MEDIA}credit", name, role=role, scheme="urn:ebu" if role else "")


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Adds an element with those attributes that have a value."""
    element = etree.SubElement(parent, tag, {name: value for name, value in attributes.items() if value})
    if text:
        element.text = text
    return element
