"""Where a feed's news are told at once: its hubs, and the address that these know it by (WebSub, section 4).

Fields of the answer (`Link`, RFC 8288) count before what the document says, as the standard wants it.
"""

import re
from collections.abc import Iterable, Iterator

from syndicator.model.noun import replace
from syndicator.model.state import FeedInfo
from syndicator.model.web import Response
from syndicator.parse.feeds import nodes
from syndicator.parse.feeds.constructs import Link

MOST = 5
"""Hubs of a feed that are remembered; nearly all have one."""
_LONGEST_FIELD = 8_192
_LONGEST = 2_000
"""Characters of an address that is sent to a hub."""

_NAME = r"[\w!#$%&'*+.^`|~-]+"
_VALUE = r'"(?:[^"\\]|\\.)*+"|[^\s";,]*+'
_LINK = re.compile(rf"<([^<>]*+)>((?:\s*+;\s*+(?:{_NAME}(?:\s*+=\s*+(?:{_VALUE}))?+)?+)*+)")
_PARAMETER = re.compile(rf";\s*+({_NAME})\s*+=\s*+({_VALUE})")


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
    links = [*_links(response)]
    hubs = hubs_of(links) or info.hubs
    return replace(info, hubs=hubs, topic=topic_of(links) or info.topic) if hubs else replace(info, topic="")


def _fit(addresses: Iterable[str]) -> tuple[str, ...]:
    return nodes.unique(it for it in addresses if it and len(it) <= _LONGEST)[:MOST]


def _links(response: Response) -> Iterator[Link]:
    """The links of the answer's fields; one of another document (`anchor`) is none of this."""
    for name, value in response.headers:
        if name != "link":
            continue
        for address, written in _LINK.findall(value[:_LONGEST_FIELD]):
            said = {key.lower(): it.strip('"') for key, it in reversed(_PARAMETER.findall(written))}  # the first counts
            if "anchor" in said:
                continue
            for relation in said.get("rel", "").lower().split():
                yield Link(relation, nodes.web(address, response.url), "", None, "")
