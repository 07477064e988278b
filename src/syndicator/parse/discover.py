"""Feeds that a page offers (HTML, link type `alternate`)."""

from typing import TYPE_CHECKING

from syndicator.model.noun import replace
from syndicator.model.web import Response
from syndicator.parse.failures import Unreadable
from syndicator.parse.feeds import nodes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEAD = 256 * 1024
_MOST = 5
_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})


def offered(response: Response) -> tuple[str, ...]:
    """The absolute addresses of the first feeds that a page's head names, at most five."""
    from syndicator.parse.decoding.tree import open_page  # noqa: PLC0415 - pages need libraries that feeds do not

    try:
        page = open_page(replace(response, body=response.body[:_HEAD]))
    except Unreadable:
        return ()
    return nodes.unique(nodes.web(it.get("href") or "", page.base) for it in page.root.iter("link") if _is_feed(it))[
        :_MOST
    ]


def _is_feed(link: "HtmlElement") -> bool:
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    return kind in _TYPES and "alternate" in (link.get("rel") or "").lower().split()
