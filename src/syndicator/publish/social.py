"""The publishers and their profiles as data: `/social.json`, and as Linked Data, `/social.jsonld`."""

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
from syndicator.publish import border, naming
from syndicator.publish.linking import NAMESPACE, current, labels, publishable
from syndicator.social.profiles import native_feed
from syndicator.text.moments import rfc3339

SCHEMA_VERSION = "1.0"
_PRETTY = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


class Publisher(Noun):
    """A source with what the documents about publishers show of it.

    Attributes:
        source: The source.
        info: What its feed says about itself.
        presence: The profiles of its publisher and authors.
        credits: The picture credits of its newest articles.
    """

    source: Source
    info: FeedInfo
    presence: Presence
    credits: tuple[Credited, ...] = ()


def render_social(site: Site, publishers: Sequence[Publisher]) -> bytes:
    """Write the publishers' profiles with their evidence: names and links, never the text of the line they stood in.

    Posts, discussions, share buttons, rejected and uncertain links are left out, and so is a publisher of whom nothing
    is known. A platform that is only named stands among the `labels`: it has no address, and none is invented.

    Args:
        site: The site, with its name and the least confidence that a published link must have.
        publishers: The publishers in the order to be written.

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
    """Write the publishers in the terms of schema.org: each a `NewsMediaOrganization`, its profiles as `sameAs`.

    Args:
        site: The site, with its name and the least confidence that a published link must have.
        publishers: The publishers in the order to be written.

    Returns:
        JSON-LD 1.1 in UTF-8.
    """
    graph: dict[str, dict[str, Any]] = {}
    for publisher in publishers:
        origin = naming.publisher(publisher.source, publisher.info)
        same = [
            border.address(each.url)
            for each in current(publisher.presence, publisher.source, site.social_confidence)
            if each.owner == "publisher" and each.kind == "profile" and each.platform != "site"
        ]
        if same:  # two sources of one site are one publisher
            name = origin.site_url or naming.urn_of(publisher.source)
            about = {"@type": "NewsMediaOrganization", "@id": name, "name": origin.title}
            node = graph.setdefault(name, about | border.filled({"url": origin.site_url}) | {"sameAs": []})
            node["sameAs"] = list(dict.fromkeys([*node["sameAs"], *same]))
    document = {"@context": "https://schema.org", "@graph": list(graph.values())}
    return orjson.dumps(document, option=_PRETTY)


def _publisher(publisher: Publisher, site: Site) -> dict[str, Any]:
    origin = naming.publisher(publisher.source, publisher.info)
    profiles = publishable(publisher.presence, publisher.source, site.social_confidence)
    keys = {each.key for each in profiles}
    profiles = tuple(each if each.successor in keys else replace(each, successor="") for each in profiles)
    return border.filled(
        {
            "source": publisher.source.id,
            "title": origin.title,
            "url": origin.site_url,
            "feed": origin.feed_url if origin.is_feed else "",
        }
    ) | {
        "profiles": [_profile(each, private=publisher.source.private) for each in profiles],
        "labels": [
            _label(each, private=publisher.source.private) for each in labels(publisher.presence, publisher.source)
        ],
    }


def _profile(profile: Profile, *, private: bool) -> dict[str, Any]:
    named = {
        "key": border.line(profile.key),
        "platform": profile.platform,
        "kind": profile.kind,
        "owner": profile.owner,
        "author": border.line(profile.author),
        "handle": border.line(profile.handle),
        "url": border.address(profile.url),
        "label": border.line(profile.label),
        "feed": border.address(native_feed(profile)),
    }
    seen = [url for url in map(border.address, profile.seen_urls) if url and url != border.address(profile.url)]
    return (
        border.filled(named)
        | {"status": profile.status, "confidence": round(profile.confidence, 2)}
        | border.filled(
            {
                "successor": border.line(profile.successor),
                "conflict": profile.conflict,
                "owned": profile.owned,
                "seen_urls": seen,
            }
        )
        | _times(profile.first_seen, profile.last_seen)
        | {"articles": profile.articles, "evidence": [_evidence(each, private=private) for each in profile.evidence]}
    )


def _label(profile: Profile, *, private: bool) -> dict[str, Any]:
    return (
        {
            "platform": profile.platform,
            "label": border.line(profile.label),
            "url": None,
            "confidence": round(profile.confidence, 2),
        }
        | _times(profile.first_seen, profile.last_seen)
        | {"evidence": [_evidence(each, private=private) for each in profile.evidence]}
    )


def _evidence(evidence: Evidence, *, private: bool) -> dict[str, Any]:
    """A piece of evidence; without the address of the article if the source is private."""
    return (
        {"place": border.line(evidence.place) or "unknown", "confidence": round(evidence.confidence, 2)}
        | border.filled(
            {"locator": border.line(evidence.locator), "article": "" if private else border.address(evidence.url)}
        )
        | _times(evidence.first_seen, evidence.last_seen)
        | {"count": evidence.count}
    )


def _times(first: datetime | None, last: datetime | None) -> dict[str, Any]:
    return {name: rfc3339(it) for name, it in (("first_seen", first), ("last_seen", last)) if it}
