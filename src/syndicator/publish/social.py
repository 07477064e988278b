"""Who publishes where: `/social.json`, in its first form."""

from collections.abc import Sequence
from typing import Any

import orjson

from syndicator.model.settings import Site
from syndicator.model.social import SocialLink
from syndicator.model.source import FeedInfo, Source
from syndicator.publish import border
from syndicator.publish.compose import publisher

SCHEMA_VERSION = "0.1"


def render_social(site: Site, publishers: Sequence[tuple[Source, FeedInfo, tuple[SocialLink, ...]]]) -> bytes:
    """The publishers' channels: names and links, never the words of the line they were found in.

    Posts, discussions, share buttons and rejected links are left out, and so is a publisher without any channel. A
    channel of which only the label is known has the address null.

    Args:
        site: Names the document.
        publishers: Each source with what it says of itself and the links it shows, in the order to be written.

    Returns:
        JSON in UTF-8.
    """
    found = [
        _publisher(source, info, [_profile(link) for link in links if _is_channel(link)])
        for source, info, links in publishers
    ]
    document = {
        "schema_version": SCHEMA_VERSION,
        "generator": "syndicator",
        "title": border.line(site.title),
        "publishers": [each for each in found if each["profiles"]],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _is_channel(link: SocialLink) -> bool:
    return link.status != "rejected" and (link.kind == "profile" or link.platform == "site")


def _publisher(source: Source, info: FeedInfo, profiles: list[dict[str, Any]]) -> dict[str, Any]:
    origin = publisher(source, info)
    url = {"url": origin.site_url} if origin.site_url else {}
    return {"source": source.id, "title": border.line(origin.title), **url, "profiles": profiles}


def _profile(link: SocialLink) -> dict[str, Any]:
    return {
        "platform": link.platform,
        "kind": link.kind,
        "owner": link.owner,
        "label": border.line(link.label),
        "handle": border.line(link.handle),
        "url": border.address(link.url) or None,
        "status": link.status,
        "confidence": round(link.confidence, 2),
        "evidence": border.line(link.evidence),
    }
