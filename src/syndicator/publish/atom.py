"""Write feeds as Atom 1.0 (RFC 4287), with tombstones (RFC 6721)."""

from typing import TYPE_CHECKING

from lxml import etree

from syndicator.model.document import Document, Item
from syndicator.publish import border
from syndicator.publish.feeds import (
    add,
    add_media,
    declare,
    further_links,
    history,
    hub_links,
    link_element,
    new_feed,
    to_bytes,
)
from syndicator.text.moments import rfc3339

if TYPE_CHECKING:
    from feedgen.entry import FeedEntry

_AT = "{http://purl.org/atompub/tombstones/1.0}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def render_atom(document: Document) -> bytes:
    """The document as Atom 1.0 (RFC 4287).

    Args:
        document: What to publish; `feed_url` is where these bytes will be found.

    Returns:
        XML in UTF-8.
    """
    document = border.document(document)
    feed = new_feed(document, "application/atom+xml")
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
    links = (*hub_links(document, "link"), *history(document, "link"))
    for element in (*links, *(link_element(link, "link") for link in document.profiles)):
        root.insert(len(root) - len(document.items), element)
    _add_tombstones(root, document)
    for element, item in zip(root.iterchildren("entry"), document.items, strict=True):
        _mend_entry(element, item)
    declare(root)
    return to_bytes(root)


def _add_words(entry: "FeedEntry", item: Item) -> None:
    """Add summary and content; an entry without a link must have content (RFC 4287, section 4.1.2)."""
    if item.html:
        entry.content(item.html, type="html")
    elif not item.url:
        entry.content(item.summary or item.title, type="text")
        return
    else:
        entry.link(href=item.url)  # so that feedgen lets it pass; `_mend_entry` writes the links
    if item.summary:
        entry.summary(item.summary, type="text")


def _mend_entry(element: etree._Element, item: Item) -> None:
    """Add the links, the language and the origin to an Atom entry, which feedgen cannot write."""
    if item.language:
        element.set(_LANG, item.language)
    for title in element.iterchildren("title"):
        title.set("type", "text")
    for link in list(element.iterchildren("link")):
        element.remove(link)
    if item.url:
        add(element, "link", rel="alternate", type="text/html", href=item.url)
    for each in further_links(item):
        element.append(link_element(each, "link"))
    for enclosure in item.enclosures:
        size = str(enclosure.length or "")
        add(
            element,
            "link",
            rel="enclosure",
            type=enclosure.type,
            length=size,
            href=enclosure.url,
            title=enclosure.title,
        )
    _add_source(element, item)
    add_media(element, item)


def _add_source(element: etree._Element, item: Item) -> None:
    """Add `atom:source` (RFC 4287, section 4.2.11), dated as the entry; its author counts for an entry without one."""
    origin = item.origin
    source = add(element, "source")
    add(source, "id", origin.id)
    add(source, "title", origin.title)
    add(source, "updated", rfc3339(item.updated))
    if origin.feed_url and origin.is_feed:
        add(source, "link", rel="self", href=origin.feed_url)
    if origin.site_url:
        add(source, "link", rel="alternate", type="text/html", href=origin.site_url)
    add(add(source, "author"), "name", origin.title)
    if origin.rights:
        add(source, "rights", origin.rights)


def _add_tombstones(root: etree._Element, document: Document) -> None:
    """Add an `at:deleted-entry` (RFC 6721, section 3) for each item that is gone, before the entries."""
    for it in document.gone:
        tombstone = etree.Element(f"{_AT}deleted-entry", nsmap={"at": _AT[1:-1]})
        tombstone.set("ref", it.id)
        tombstone.set("when", rfc3339(it.gone_at))
        root.insert(len(root) - len(document.items), tombstone)
