"""Find a feed's WebSub hubs, and its topic URL, by which the hubs know the feed (WebSub, section 4).

Header fields of the answer (`Link`, RFC 8288) go before what the document says, as the standard demands.
"""

from collections.abc import Iterable

from syndicator.model.noun import replace
from syndicator.model.state import FeedInfo
from syndicator.model.web import Response
from syndicator.parse.decoding.link_fields import links_in
from syndicator.parse.feeds import nodes
from syndicator.parse.feeds.constructs import Link

MOST = 5
"""The most hubs of a feed that are remembered; nearly all feeds have one."""
_LONGEST = 2_000
"""The most characters of the address of a hub or topic; a longer one is ignored."""


def hubs_of(links: Iterable[Link]) -> tuple[str, ...]:
    """Give the addresses of the hubs among a feed's links."""
    return _fit(link.url for link in links if link.rel == "hub")


def topic_of(links: Iterable[Link]) -> str:
    """Give a feed's own address as its links have it (`rel="self"`), or empty."""
    return next(iter(_fit(link.url for link in links if link.rel == "self")), "")


def of_json(document: dict[str, object], url: str) -> tuple[str, ...]:
    """Give the addresses of a JSON Feed's hubs (version 1.1, `hubs`) that speak WebSub.

    Args:
        document: The feed.
        url: The base of relative addresses.
    """
    listed = document.get("hubs")
    found = [it for it in listed if isinstance(it, dict)] if isinstance(listed, list) else []
    spoken = (it for it in found if str(it.get("type", "")).lower() in {"websub", "pubsubhubbub"})
    return _fit(nodes.web(str(it.get("url", "")), url) for it in spoken)


def announced(info: FeedInfo, response: Response) -> FeedInfo:
    """Add the hubs and the topic URL of the answer's header fields to what a feed says of itself.

    A feed without a hub gets an empty topic URL.
    """
    links = [Link(rel, nodes.web(address, response.url), "", None, "") for rel, address in links_in(response)]
    hubs = hubs_of(links) or info.hubs
    return replace(info, hubs=hubs, topic=topic_of(links) or info.topic) if hubs else replace(info, topic="")


def _fit(addresses: Iterable[str]) -> tuple[str, ...]:
    return nodes.unique(it for it in addresses if it and len(it) <= _LONGEST)[:MOST]
