"""Where a feed's news are told at once: its hubs, and the address that these know it by (WebSub, section 4).

Fields of the answer (`Link`, RFC 8288) count before what the document says, as the standard wants it.
"""

from collections.abc import Iterable

from syndicator.model.noun import replace
from syndicator.model.state import FeedInfo
from syndicator.model.web import Response
from syndicator.parse.decoding.link_fields import links_in
from syndicator.parse.feeds import nodes
from syndicator.parse.feeds.constructs import Link

MOST = 5
"""Hubs of a feed that are remembered; nearly all have one."""
_LONGEST = 2_000
"""Characters of an address that is sent to a hub."""


def hubs_of(links: Iterable[Link]) -> tuple[str, ...]:
    """The addresses of hubs among a feed's links."""
    return _fit(link.url for link in links if link.rel == "hub")


def topic_of(links: Iterable[Link]) -> str:
    """Where a feed says that it is itself, or empty."""
    return next(iter(_fit(link.url for link in links if link.rel == "self")), "")


def of_json(document: dict[str, object], url: str) -> tuple[str, ...]:
    """The same of a JSON Feed (version 1.1, `hubs`): those that speak WebSub."""
    listed = document.get("hubs")
    found = [it for it in listed if isinstance(it, dict)] if isinstance(listed, list) else []
    spoken = (it for it in found if str(it.get("type", "")).lower() in {"websub", "pubsubhubbub"})
    return _fit(nodes.web(str(it.get("url", "")), url) for it in spoken)


def announced(info: FeedInfo, response: Response) -> FeedInfo:
    """What a feed says of itself, with what the fields of the answer say of hubs.

    Of a feed without a hub nothing is remembered of where it says that it is.
    """
    links = [Link(rel, nodes.web(address, response.url), "", None, "") for rel, address in links_in(response)]
    hubs = hubs_of(links) or info.hubs
    return replace(info, hubs=hubs, topic=topic_of(links) or info.topic) if hubs else replace(info, topic="")


def _fit(addresses: Iterable[str]) -> tuple[str, ...]:
    return nodes.unique(it for it in addresses if it and len(it) <= _LONGEST)[:MOST]
