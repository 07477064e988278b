"""The kind `sitemap`: a site's newest pages (https://www.sitemaps.org/protocol.html).

Google's extensions for news and images are read, too. A sitemap holds no text, so the pages themselves are wished for.
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from syndicator.model.article import Entry, Text
from syndicator.model.failure import FailureKind
from syndicator.model.outcome import Parsed, Wish
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.model.web import Response
from syndicator.parse.decoding.decode import decode_xml
from syndicator.parse.decoding.sniff import Shape, sniff
from syndicator.parse.decoding.xml import tree
from syndicator.parse.failures import Unreadable
from syndicator.parse.feeds import nodes
from syndicator.text.characters import one_line
from syndicator.text.urls import absolute, canonical

MOST_PAGES = 100
"""The most pages that are taken from one sitemap, the newest ones; the rest is an archive."""

_NAMED = 3
"""The most sitemaps of an index, the newest ones, that a failure names."""


def parse(response: Response, source: Source) -> Parsed:
    """Read a sitemap.

    Raises:
        Unreadable: The body is an index of sitemaps, whose newest ones the remedy names; or it is something else.
    """
    if sniff(response.body).shape is not Shape.OTHER_XML:
        raise _other(source, response, None)
    document = tree(decode_xml(response.body, response.content_type))
    root = document.root
    if nodes.local(root.tag) != "urlset":
        raise _other(source, response, root)
    if truncated := any(name.rpartition(":")[2].lower() == "url" for name in document.cut[1:]):
        root.remove(root[-1])  # it is cut off: half an address leads to another page, or to none
    entries = list(_entries(root, response.url))
    entries.sort(key=lambda it: it.published or it.updated, reverse=True)  # both are W3C dates, which sort as text
    newest = tuple(entries[:MOST_PAGES])
    is_local = response.url.startswith("file:")
    wishes = tuple(Wish(url=it.url, entry=it) for it in newest if it.url.startswith("file:") == is_local)
    left = len(entries) - len(newest)
    return Parsed(
        info=FeedInfo(title=_publication(root)),
        entries=newest,
        wishes=wishes,
        warnings=document.warnings + ((f"{left} older pages of {len(entries)} were left out",) if left else ()),
        truncated=truncated,
    )


def _entries(root: etree._Element, base: str) -> Iterator[Entry]:
    known = set()
    for page in root:
        said = _children(page)
        url = _address(said.get("loc"), base)
        if nodes.local(page.tag) != "url" or not url or url in known:
            continue
        known.add(url)
        news = _children(said.get("news", ()))
        about = _children(news.get("publication", ()))
        pictures = (_address(_children(it).get("loc"), base) for it in page if nodes.local(it.tag) == "image")
        yield Entry(
            key=canonical(url),
            url=url,
            title=Text.plain(_line(news.get("title"))),
            published=_line(news.get("publication_date")),
            updated=_line(said.get("lastmod")),
            categories=nodes.unique(it.strip() for it in _line(news.get("keywords")).split(",")),
            language=_line(about.get("language")),
            images=nodes.unique(pictures),
        )


def _publication(root: etree._Element) -> str:
    """Give the publication's name, if all pages that name one name the same; else empty."""
    news = (_children(_children(page).get("news", ())) for page in root)
    names = {_line(_children(it.get("publication", ())).get("name")) for it in news if it} - {""}
    return names.pop() if len(names) == 1 else ""


def _other(source: Source, response: Response, root: etree._Element | None) -> Unreadable:
    if root is None or nodes.local(root.tag) != "sitemapindex":
        return Unreadable(FailureKind.NO_FEED, "The body is not a sitemap.", "Open the address in a browser.")
    listed = [_children(each) for each in root]
    dated = [(_line(it.get("lastmod")), _address(it.get("loc"), response.url)) for it in listed]
    newest = [url for _, url in sorted(dated, reverse=True) if url][:_NAMED]
    remedy = "Subscribe to one of the sitemaps that it names."
    if newest and not source.private:
        remedy = f"Subscribe to one of the sitemaps that it names; the newest are: {', '.join(newest)}."
    return Unreadable(FailureKind.NO_FEED, "The body is an index of sitemaps, not a sitemap.", remedy)


def _children(element: Iterable[etree._Element]) -> dict[str, etree._Element]:
    """Give an element's children by local name, of several with one name the last."""
    return {nodes.local(child.tag): child for child in element}


def _line(element: etree._Element | None) -> str:
    return one_line(nodes.text(element)) if element is not None else ""


def _address(element: etree._Element | None, base: str) -> str:
    url = absolute(_line(element), base)
    return url if base.startswith("file:") or not url.startswith("file:") else ""
