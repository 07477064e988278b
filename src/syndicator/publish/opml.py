"""The sources as a subscription list: OPML 2.0 (http://opml.org/spec2.opml)."""

from collections.abc import Mapping, Sequence

from lxml import etree

from syndicator.model.settings import Site
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.publish import border
from syndicator.publish.feeds import add, declare, to_bytes
from syndicator.publish.naming import is_feed, title_of
from syndicator.text.language import normal_tag


def render_opml(site: Site, sources: Sequence[Source], infos: Mapping[str, FeedInfo]) -> bytes:
    """The public sources of the web, for import into a feed reader.

    Private sources, files and subscription lists are left out. What is no feed is no subscription, and has neither
    `type` nor `url`: readers take an outline of the type `link` for another list, and would ask for it as one.

    Args:
        site: Names the list.
        sources: In the order to be written.
        infos: By source id: what the feeds say of themselves.

    Returns:
        XML in UTF-8.
    """
    outlines = []
    for source in sources:
        address = border.address(source.url)
        if address and not source.private and source.kind != "list":
            info = infos.get(source.id, FeedInfo())
            attributes = (_feed if is_feed(source) else _page)(address, source, info)
            outlines.append(outline(title_of(source, info), attributes))
    return outline_list(site, outlines)


def outline(text: str, attributes: Mapping[str, str]) -> etree._Element:
    """An outline of what is called so, with those attributes that have a value."""
    return etree.Element("outline", {"text": text, **border.filled(attributes)})


def outline_list(site: Site, outlines: Sequence[etree._Element]) -> bytes:
    """The document that holds these outlines.

    There is no `dateCreated`: equal data give equal bytes; and no `docs`, which no reader asks for, and the W3C's
    validator refuses. A body holds "one or more" outlines, so that of an empty list has one that says no more than
    whose it is.
    """
    title = border.line(site.title)
    opml = etree.Element("opml", {"version": "2.0"})
    add(add(opml, "head"), "title", title)
    add(opml, "body").extend(outlines or [outline(title, {})])
    declare(opml)
    return to_bytes(opml)


def _page(address: str, source: Source, info: FeedInfo) -> dict[str, str]:
    """What people can open: of what is for programs, the site, if it is known."""
    site = border.address(info.site_url)
    return {"htmlUrl": site or address if source.kind in {"json", "sitemap"} else address}


def _feed(address: str, source: Source, info: FeedInfo) -> dict[str, str]:
    return {
        "title": title_of(source, info),
        "type": "rss",
        "xmlUrl": address,
        "htmlUrl": border.address(info.site_url),
        "language": normal_tag(source.language or info.language),
        "category": ",".join(map(border.line, source.tags)),
    }
