"""Read the feed that an entry was taken from; aggregators name it (RSS `source`; RFC 4287, section 4.2.11)."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml import etree

from syndicator.model.article import Origin
from syndicator.parse.feeds import constructs, nodes


def of_atom(elements: Iterable[etree._Element], outer: str) -> Origin | None:
    """Read the first `atom:source` that names a feed; None: none does.

    Args:
        elements: The entry's `atom:source` elements.
        outer: The base of relative links in them.
    """
    for element in elements:
        found, base = nodes.children(element), nodes.base(element, outer)
        links = constructs.read_links(found.get("atom:link", ()), base)
        origin = Origin(
            id=nodes.first(found, "atom:id")[: nodes.LONGEST_LINE],
            title=constructs.line(found, base, "atom:title"),
            feed_url=next((link.url for link in links if link.rel == "self"), ""),
            site_url=constructs.alternate(links),
        )
        if origin != _NOTHING:
            return origin
    return None


def of_rss(found: nodes.Found, outer: str) -> Origin | None:
    """Read an item's `source`, else its `atom:source`; `dc:publisher` is not read: it is as often a company as a feed.

    The address of `source` should be a feed's (RSS 2.0); an address without path and query is the site's.
    """
    for element in found.get("source", ()):
        title = nodes.unescaped(nodes.line(element))[: nodes.LONGEST_LINE]
        url = nodes.web(nodes.attribute(element, "url"), outer)
        parts = urlsplit(url)
        is_site = not (parts.path.strip("/") or parts.query)
        if title or url:
            return Origin(id="", title=title, feed_url="" if is_site else url, site_url=url if is_site else "")
    return of_atom(found.get("atom:source", ()), outer)


_NOTHING = Origin(id="", title="")
