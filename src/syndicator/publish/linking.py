"""Which of the known social links are published, and how.

Share buttons, links to third parties and rejected links are never published; nor are links with less confidence than
the operator wants, nor the address of a private source.
"""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from syndicator.model.document import Link
from syndicator.model.noun import replace
from syndicator.model.presence import Presence, Profile, SocialEvent
from syndicator.model.social import LinkOwner, SocialLink
from syndicator.model.source import Source
from syndicator.publish import border
from syndicator.social.platforms import PRESENT, host_of, key
from syndicator.social.profiles import about, as_seen
from syndicator.social.table import table
from syndicator.text.secrets import secrets_in
from syndicator.text.urls import registrable_domain

NAMESPACE = "urn:x-syndicator:social:1.0"
"""The namespace of the attributes `platform`, `kind`, `owner` and `confidence`: an opaque name (docs/social.md)."""
PREFIX = "syn"

PROTOCOLS = {
    "bluesky": "atproto",
    "fediverse": "activitypub",
    "hive": "hive",
    "lightning": "lightning",
    "matrix": "matrix",
    "nostr": "nostr",
    "x": "twitter",
}
"""The protocol names of the podcast namespace (socialprotocols.txt), by our platform ids; it has no other ones."""

_OWNERS: frozenset[LinkOwner] = frozenset({"publisher", "author", "article"})


def current(presence: Presence, source: Source, least: float) -> tuple[Profile, ...]:
    """The profiles that may be published, without those that are gone or replaced.

    Args:
        presence: All profiles that are known.
        source: The source that they belong to.
        least: The least confidence (0 to 1) of a published profile.
    """
    return tuple(it for it in publishable(presence, source, least) if it.status == "active")


def publishable(presence: Presence, source: Source, least: float) -> tuple[Profile, ...]:
    """The profiles that may be published, including those that are gone or replaced."""
    return tuple(
        _discreet(it, source)
        for it in presence.profiles
        if it.status in {"active", "gone", "changed"}
        and it.confidence >= least
        and (it.kind in PRESENT or it.platform == "site")
        and it.owner in _OWNERS
        and border.address(it.url)
        and not is_secret(it.url, it.platform, source)
    )


def labels(presence: Presence, source: Source) -> tuple[Profile, ...]:
    """The profiles of which only a label is known, without an address."""
    return tuple(it for it in presence.profiles if it.status == "label_only" and not _gives_away(it.label, source))


def profile_links(presence: Presence, source: Source, least: float) -> tuple[Link, ...]:
    """The profiles of a source's publisher as links; their `rel` is `me` if the operator says that they are his own."""
    return tuple(
        link_to(it, "me" if it.owned else "related")
        for it in current(presence, source, least)
        if it.owner == "publisher" and it.platform != "site"
    )


def name_of(profile: Profile) -> str:
    """The name of a profile: the one its source uses, else its platform's, or its host for an unknown platform."""
    return profile.label or (
        platform_name(profile.platform) if profile.platform in table().platforms else host_of(profile.url)
    )


def platform_name(platform: str) -> str:
    """The name of a platform, for people."""
    found = table().platforms.get(platform)
    return found.name if found else platform


def link_to(profile: Profile, rel: str = "related") -> Link:
    """A link to a profile."""
    return link_of(profile, profile.url, title=name_of(profile), sure=profile.confidence, rel=rel)


def link_of(
    target: Profile | SocialLink | SocialEvent, href: str, *, title: str, sure: float, rel: str = "related"
) -> Link:
    """A link to a profile or post, with the attributes that say what it is."""
    return Link(
        rel=rel,
        href=href,
        type="text/html",
        title=title,
        platform=target.platform,
        kind=target.kind,
        owner=target.owner,
        handle=target.handle,
        confidence=sure,
    )


def marks(target: Link | Profile) -> dict[str, str]:
    """The attributes of our namespace that say what a link to a platform leads to, for feeds and OPML lists."""
    owner = "" if target.owner == "publisher" else target.owner
    said = {"platform": target.platform, "kind": target.kind, "owner": owner, "confidence": f"{target.confidence:.2f}"}
    return {f"{{{NAMESPACE}}}{name}": value for name, value in said.items()}


def article_links(links: Sequence[SocialLink], presence: Presence, source: Source, least: float) -> tuple[Link, ...]:
    """Links to an article's copies and discussions elsewhere, then to its authors; the most certain ones first.

    Args:
        links: The article's links, one for each piece of evidence.
        presence: The profiles of its source, with the operator's decisions on links.
        source: The source of the article.
        least: The least confidence (0 to 1) of a published link.
    """
    found: dict[tuple[str, str], Link] = {}
    for link in about(links):
        name = key(link)
        sure = 1.0 if name in presence.allowed else link.confidence
        href = border.address(link.url)
        if (
            not is_denied(presence, name, link)
            and sure >= least
            and href
            and not is_secret(href, link.platform, source)
        ):
            rel = "replies" if link.kind == "discussion" else "related"
            title = "" if _gives_away(link.label, source) else link.label
            found.setdefault((rel, href), link_of(link, href, title=title, sure=sure, rel=rel))
    return tuple(sorted(found.values(), key=lambda it: (it.kind == "profile", -it.confidence)))


def is_denied(presence: Presence, key_: str, link: SocialLink | SocialEvent) -> bool:
    """Whether the operator denies a link, by its key, or the account that it belongs to."""
    if key_ in presence.denied or not link.handle or key_ in presence.allowed:
        return key_ in presence.denied
    handles = (f"{at}{it}" for it in (link.handle, link.handle.lower()) for at in ("", "@"))
    return not presence.denied.isdisjoint(f"{link.platform}:{it}" for it in handles)


def interaction(links: Iterable[Link]) -> tuple[Link, str] | None:
    """The most certain discussion on a platform of `PROTOCOLS`, with the protocol's name; None if there is none."""
    fit = [link for link in links if link.kind == "discussion" and link.platform in PROTOCOLS]
    best = max(fit, key=lambda link: link.confidence, default=None)
    return None if best is None else (best, PROTOCOLS[best.platform])


def _discreet(profile: Profile, source: Source) -> Profile:
    """The profile without labels and addresses that would reveal a private source."""
    urls = (as_seen(url) for url in profile.seen_urls)
    return replace(
        profile,
        label="" if _gives_away(profile.label, source) else profile.label,
        seen_urls=tuple(dict.fromkeys(url for url in urls if url and not _gives_away(url, source))),
    )


def is_secret(url: str, platform: str, source: Source) -> bool:
    """Whether an address leads to the host of a private source, or would reveal that host."""
    return source.private and (platform == "site" or _gives_away(url, source))


def _gives_away(text: str, source: Source) -> bool:
    """Whether a text or an address names the host of a private source, or contains a secret of its address."""
    if not source.private:
        return False
    hosts = {host_of(source.url), registrable_domain(source.url)} - {""}
    said = unquote(unquote(text))
    return any(secret in form for secret in secrets_in(source.url) for form in (text, said)) or any(
        re.search(rf"(?<![\w-]){re.escape(host)}(?![\w-])", said, re.IGNORECASE) for host in hosts
    )
