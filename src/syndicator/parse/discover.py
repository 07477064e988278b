"""Feeds that a page offers (HTML, link type `alternate`)."""

from typing import TYPE_CHECKING

from syndicator.model.web import Response
from syndicator.parse.decoding.decode import decode_html
from syndicator.parse.feeds import nodes

if TYPE_CHECKING:
    from bs4 import Tag

_HEAD = 256 * 1024
_MOST = 5
_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})


def offered(response: Response) -> tuple[str, ...]:
    """The absolute addresses of the first feeds that a page's head names, at most five."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - it costs 50 ms, and few bodies need it
    from bs4.filter import SoupStrainer  # noqa: PLC0415 - likewise

    text = decode_html(response.body[:_HEAD], response.content_type).lstrip()
    if text.startswith("<?xml"):  # XHTML is read as HTML here, and BeautifulSoup would warn of it
        text = text.partition(">")[2]
    soup = BeautifulSoup(text, "lxml", parse_only=SoupStrainer(["base", "link"]))
    base = nodes.web(response.url, "")
    if (moved := soup.find("base", href=True)) is not None:
        base = nodes.web(str(moved["href"]), base) or base
    links = soup.find_all("link", href=True)
    return nodes.unique(nodes.web(str(link["href"]), base) for link in links if _is_feed(link))[:_MOST]


def _is_feed(link: "Tag") -> bool:
    relations = link.get_attribute_list("rel")
    kind = str(link.get("type", "")).partition(";")[0].strip().lower()
    return kind in _TYPES and any(str(relation).lower() == "alternate" for relation in relations)
