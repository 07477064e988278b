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
    """List the public sources of the web, for import into a feed reader.

    Private sources, files and subscription lists are left out. A source that is no feed is no subscription: its outline
    has neither `type` nor `url`, because readers take an outline of the type `link` for another list, and would request
    it as one.

    Args:
        site: The site, after which the list is named.
        sources: The sources in the order to be written.
        infos: What the feeds say about themselves, by source id.

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
    """An outline with this text, and with those attributes that have a value."""
    return etree.Element("outline", {"text": text, **border.filled(attributes)})


def outline_list(site: Site, outlines: Sequence[etree._Element]) -> bytes:
    """The OPML document with these outlines.

    There is no `dateCreated`, so that equal data give equal bytes; and no `docs`, which no reader needs and the W3C's
    validator refuses. A body must have "one or more" outlines, so an empty list gets one that only names the site.
    """
    title = border.line(site.title)
    opml = etree.Element("opml", {"version": "2.0"})
    add(add(opml, "head"), "title", title)
    add(opml, "body").extend(outlines or [outline(title, {})])
    declare(opml)
    return to_bytes(opml)


def _page(address: str, source: Source, info: FeedInfo) -> dict[str, str]:
    """The page that people can open: the source's address if it is a page, else its site's, if known."""
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
