"""Find the feeds that a page's head offers (HTML, link type `alternate`), and the page's title."""

import re
from typing import TYPE_CHECKING, NamedTuple

from syndicator.model.web import Response
from syndicator.parse.decoding.decode import decode_html
from syndicator.parse.feeds import nodes
from syndicator.text.characters import one_line

if TYPE_CHECKING:
    from bs4 import Tag

_HEAD = 256 * 1024
"""Bytes at the beginning of a page in which links are looked for."""
_MOST = 5
"""The most feeds of one page that are named."""
_LONGEST = 100
"""Characters of a title that a message quotes."""
_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
"""Media types that only feeds have."""
_RELATIONS = frozenset({"alternate", "feed"})
"""Relations (`rel`) of links to feeds; a link without any counts, too. Others, as `service.post`, are AtomPub's."""
_LOOSE_TYPES = frozenset({"application/json", "application/xml", "text/rdf", "text/xml"})
"""Media types that feeds had before they had their own; other things have them, too, such as WordPress' API."""
_NAMES_FEED = re.compile(r"(?<![^\W_])(?:atom|feeds?|rdf|rss)(?![^\W\d_])", re.IGNORECASE)
"""A word in a link's title or address that says that it leads to a feed."""


class Head(NamedTuple):
    """What a page's head says.

    Attributes:
        title: One line, or empty.
        feeds: Absolute addresses of the first feeds that it names, at most five.
    """

    title: str
    feeds: tuple[str, ...]


def offered(response: Response) -> tuple[str, ...]:
    """Give the absolute addresses of the first feeds that a page's head names, at most five."""
    return head(response).feeds


def head(response: Response) -> Head:
    """Read the title and the feeds that a page's head names."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - it costs 50 ms, and few bodies need it
    from bs4.filter import SoupStrainer  # noqa: PLC0415 - it is part of the same package

    text = decode_html(response.body[:_HEAD], response.content_type).lstrip()
    if text.startswith("<?xml"):  # XHTML is read as HTML here, and BeautifulSoup would warn of it
        text = text.partition(">")[2]
    soup = BeautifulSoup(text, "lxml", parse_only=SoupStrainer(["base", "link", "title"]))
    base = nodes.web(response.url, "")
    if (moved := soup.find("base", href=True)) is not None:
        base = nodes.web(str(moved["href"]), base) or base
    links = soup.find_all("link", href=True)
    feeds = nodes.unique(nodes.web(str(link["href"]), base) for link in links if _is_feed(link))
    return Head(one_line(soup.title.get_text())[:_LONGEST] if soup.title else "", feeds[:_MOST])


def _is_feed(link: "Tag") -> bool:
    relations = {str(relation).lower() for relation in link.get_attribute_list("rel") if relation}
    kind = str(link.get("type", "")).partition(";")[0].strip().lower()
    if kind in _TYPES:
        return not relations or not relations.isdisjoint(_RELATIONS)
    named = f"{link.get('title', '')} {link['href']}"
    return "alternate" in relations and kind in _LOOSE_TYPES and _NAMES_FEED.search(named) is not None
