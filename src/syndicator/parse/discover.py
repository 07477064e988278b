"""Feeds that a page offers (HTML, link type `alternate`), and what it calls itself."""

import re
from typing import TYPE_CHECKING, NamedTuple

from syndicator.model.web import Response
from syndicator.parse.decoding.decode import decode_html
from syndicator.parse.feeds import nodes
from syndicator.text.characters import one_line

if TYPE_CHECKING:
    from bs4 import Tag

_HEAD = 256 * 1024
_MOST = 5
_LONGEST = 100
"""Characters of a title that a message quotes."""
_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_RELATIONS = frozenset({"alternate", "feed"})
"""What such a link is to its page; some pages forget to say it. Others, such as `service.post`, are of AtomPub."""
_LOOSE_TYPES = frozenset({"application/json", "application/xml", "text/rdf", "text/xml"})
"""Types that feeds had before they had their own; other things have them, too, such as WordPress' API."""
_NAMES_FEED = re.compile(r"(?<![^\W_])(?:atom|feeds?|rdf|rss)(?![^\W\d_])", re.IGNORECASE)


class Head(NamedTuple):
    """What a page's head says.

    Attributes:
        title: One line, or empty.
        feeds: Absolute addresses of the first feeds that it names, at most five.
    """

    title: str
    feeds: tuple[str, ...]


def offered(response: Response) -> tuple[str, ...]:
    """The absolute addresses of the first feeds that a page's head names, at most five."""
    return head(response).feeds


def head(response: Response) -> Head:
    """What a page's head says, as far as it concerns one who looks for a feed."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - it costs 50 ms, and few bodies need it
    from bs4.filter import SoupStrainer  # noqa: PLC0415 - likewise

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
