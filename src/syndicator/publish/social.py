"""Who publishes where: `/social.json`, and the same as Linked Data, `/social.jsonld`."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from syndicator.model.noun import Noun, replace
from syndicator.model.presence import Credited, Evidence, Presence, Profile
from syndicator.model.settings import Site
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.publish import border
from syndicator.publish.linking import NAMESPACE, current, labels, told
from syndicator.publish.naming import publisher, urn_of
from syndicator.social.profiles import native_feed

SCHEMA_VERSION = "1.0"
_PRETTY = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


class Publisher(Noun):
    """A source as its publisher's documents show it.

    Attributes:
        source: Which.
        info: What it says of itself.
        presence: Where its publisher and authors are.
        credits: Who made the pictures of its newest articles.
    """

    source: Source
    info: FeedInfo
    presence: Presence
    credits: tuple[Credited, ...] = ()


def render_social(site: Site, publishers: Sequence[Publisher]) -> bytes:
    """The publishers' places, with what shows them: names and links, never the words of the line they were found in.

    Posts, discussions, share buttons, rejected and unsure links are left out, and so is a publisher of whom nothing is
    known. What is known by name alone stands among the `labels`: it has no address, and none is made up.

    Args:
        site: Names the document, and says how sure a link must be.
        publishers: In the order to be written.

    Returns:
        JSON in UTF-8, as `/social.schema.json` describes it.
    """
    found = [_publisher(it, site) for it in publishers]
    document = {
        "schema_version": SCHEMA_VERSION,
        "schema": border.address(f"{site.base_url}social.schema.json"),
        "namespace": NAMESPACE,
        "generator": "syndicator",
        "title": border.line(site.title),
        "url": border.address(f"{site.base_url}social"),
        "publishers": [it for it in found if it["profiles"] or it["labels"]],
    }
    return orjson.dumps(document, option=_PRETTY)


def render_schema() -> bytes:
    """The JSON Schema of `/social.json`."""
    return Path(__file__).with_name("schemas").joinpath("social-1.0.schema.json").read_bytes()


def render_jsonld(site: Site, publishers: Sequence[Publisher]) -> bytes:
    """The publishers as schema.org has them: each a `NewsMediaOrganization`, its profiles as `sameAs`.

    Args:
        site: As for `render_social`.
        publishers: Likewise.

    Returns:
        JSON-LD 1.1 in UTF-8.
    """
    graph: dict[str, dict[str, Any]] = {}
    for it in publishers:
        origin = publisher(it.source, it.info)
        same = [
            border.address(each.url)
            for each in current(it.presence, it.source, site.social_confidence)
            if each.owner == "publisher" and each.kind == "profile" and each.platform != "site"
        ]
        if same:  # two sources of one site are one publisher
            name = origin.site_url or urn_of(it.source)
            about = {"@type": "NewsMediaOrganization", "@id": name, "name": origin.title}
            node = graph.setdefault(name, about | border.filled({"url": origin.site_url}) | {"sameAs": []})
            node["sameAs"] = list(dict.fromkeys([*node["sameAs"], *same]))
    document = {"@context": "https://schema.org", "@graph": list(graph.values())}
    return orjson.dumps(document, option=_PRETTY)


def _publisher(it: Publisher, site: Site) -> dict[str, Any]:
    origin = publisher(it.source, it.info)
    profiles = told(it.presence, it.source, site.social_confidence)
    keys = {each.key for each in profiles}
    profiles = tuple(each if each.successor in keys else replace(each, successor="") for each in profiles)
    return border.filled(
        {
            "source": it.source.id,
            "title": origin.title,
            "url": origin.site_url,
            "feed": origin.feed_url if origin.is_feed else "",
        }
    ) | {
        "profiles": [_profile(each, private=it.source.private) for each in profiles],
        "labels": [_label(each, private=it.source.private) for each in labels(it.presence, it.source)],
    }


def _profile(it: Profile, *, private: bool) -> dict[str, Any]:
    named = {
        "key": border.line(it.key),
        "platform": it.platform,
        "kind": it.kind,
        "owner": it.owner,
        "author": border.line(it.author),
        "handle": border.line(it.handle),
        "url": border.address(it.url),
        "label": border.line(it.label),
        "feed": border.address(native_feed(it)),
    }
    seen = [url for url in map(border.address, it.seen_urls) if url and url != border.address(it.url)]
    return (
        border.filled(named)
        | {"status": it.status, "confidence": round(it.confidence, 2)}
        | border.filled(
            {"successor": border.line(it.successor), "conflict": it.conflict, "owned": it.owned, "seen_urls": seen}
        )
        | _times(it.first_seen, it.last_seen)
        | {"articles": it.articles, "evidence": [_evidence(each, private=private) for each in it.evidence]}
    )


def _label(it: Profile, *, private: bool) -> dict[str, Any]:
    return (
        {"platform": it.platform, "label": border.line(it.label), "url": None, "confidence": round(it.confidence, 2)}
        | _times(it.first_seen, it.last_seen)
        | {"evidence": [_evidence(each, private=private) for each in it.evidence]}
    )


def _evidence(it: Evidence, *, private: bool) -> dict[str, Any]:
    """What shows it; of a private source's articles no address is told."""
    return (
        {"place": border.line(it.place) or "unknown", "confidence": round(it.confidence, 2)}
        | border.filled({"locator": border.line(it.locator), "article": "" if private else border.address(it.url)})
        | _times(it.first_seen, it.last_seen)
        | {"count": it.count}
    )


def _times(first: datetime | None, last: datetime | None) -> dict[str, Any]:
    return {name: border.rfc3339(it) for name, it in (("first_seen", first), ("last_seen", last)) if it}
