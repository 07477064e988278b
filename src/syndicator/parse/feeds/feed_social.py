"""Who publishes a feed, and where its entries are discussed, by the extensions that feeds use for it.

`source:account`, `podcast:socialInteract` and `podcast:person`, `atom:link`, `comments`, `wfw:commentRss`,
`thr:in-reply-to`. All repetitions are read: each is a piece of evidence, with the element's name as its place.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from syndicator.model.article import Person
from syndicator.model.noun import replace
from syndicator.model.social import LinkKind, LinkOwner, SocialLink
from syndicator.parse.feeds import nodes
from syndicator.parse.feeds.entries import MAX_INHERITED
from syndicator.parse.feeds.nodes import Found
from syndicator.social.addresses import host_in, is_public
from syndicator.social.labels import by_label
from syndicator.social.platforms import match

EVIDENCE = "source feed"

_ACCOUNT, _ME, _DISCUSSION, _PERSON, _RELATED, _OTHERS = 0.9, 0.95, 0.9, 0.75, 0.6, 0.5
_MOST = 100  # of one element in one entry
_PROFILES = {
    "telegram": "https://t.me/",
    "x": "https://x.com/",
    "vk": "https://vk.com/",
    "instagram": "https://www.instagram.com/",
    "facebook": "https://www.facebook.com/",
    "threads": "https://www.threads.com/@",
    "tiktok": "https://www.tiktok.com/@",
    "bluesky": "https://bsky.app/profile/",
    "youtube": "https://www.youtube.com/@",
    "github": "https://github.com/",
}
"""Where an account of that name is, by the platform's own definition: a handle is no label."""
_OPEN = {"activitypub": "fediverse", "atproto": "bluesky", "matrix": "matrix", "nostr": "nostr", "hive": "hive"}
"""Protocols that any host may speak; what has a service of its own is known by its address alone."""
_HANDLE = re.compile(r"[\w+](?:[\w@-]|\.(?!\.)){0,99}")
_ACCT = re.compile(r"([\w.-]{1,64})@((?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,})")
"""A name with its server: where that account is, WebFinger and Mastodon's own pages say."""
_NAMES = frozenset(
    {"source:account", "podcast:socialinteract", "podcast:person", "atom:link"}
    | {"wfw:commentrss", "thr:in-reply-to", "comments"}
)
_TOLD = frozenset({"me", "related", "replies", "via"})
"""Relations of an entry's links that say something of accounts and discussions."""
_UNSAID = frozenset[LinkKind]({"share", "other"})
"""What an address may be that says nothing of anybody."""


def of_channel(found: Found, base: str) -> tuple[SocialLink, ...]:
    """What a feed's own children say of its publisher."""
    links = (
        *accounts(found, "publisher"),
        *_interactions(found, base, "publisher"),
        *_persons(found, base),
        *_rel_me(found, base, "publisher"),
        *(it for it in _linked(found, base, "related", "publisher", _ME - 0.05) if it.kind == "profile"),
    )
    return nodes.unique(links)[:MAX_INHERITED]


def of_entry(found: Found, base: str, channel: Sequence[SocialLink]) -> tuple[SocialLink, ...]:
    """What an entry's children say of it.

    Args:
        found: The children.
        base: Where relative links start in them.
        channel: What the feed says of its publisher: a post that an entry is related to is the article's own only if
            it is on one of these accounts.
    """
    if _NAMES.isdisjoint(found):
        return ()
    links: list[SocialLink] = []
    if "source:account" in found:
        links += accounts(found, "author")
    if "podcast:socialinteract" in found:
        links += _interactions(found, base, "article")
    if "podcast:person" in found:
        links += _persons(found, base)
    if "atom:link" in found and not _TOLD.isdisjoint(_relations(found)):
        links += _rel_me(found, base, "author")
        links += _related(found, base, {(it.platform, it.handle) for it in channel if it.handle})
        links += (replace(it, kind="discussion") for it in _linked(found, base, "replies", "article", _DISCUSSION))
        links += _linked(found, base, "via", "third_party", _OTHERS)
    if "wfw:commentrss" in found:
        links += _feeds_of_comments(found, base)
    if "thr:in-reply-to" in found:
        links += _answered(found, base)
    if "comments" in found:
        links += _comments(found, base)
    return nodes.unique(links)


def of_people(people: Iterable[Person], locator: str, owner: LinkOwner = "author") -> Iterator[SocialLink]:
    """Profiles that authors give as their address."""
    for person in people:
        link = _match(person.url) if person.url else None
        if link is not None and link.kind == "profile":
            yield replace(link, owner=owner, label=person.name, confidence=_ACCOUNT, evidence=EVIDENCE, locator=locator)


def accounts(found: Found, owner: LinkOwner) -> tuple[SocialLink, ...]:
    """Read every `source:account`: a service and an account's name, or address, on it."""
    elements = found.get("source:account", ())[:_MOST]
    named = ((nodes.attribute(it, "service"), nodes.line(it)[: nodes.LONGEST_LINE]) for it in elements)
    links = (_account(service, name, owner) for service, name in named if service and name)
    return nodes.unique(filter(None, links))


def _account(service: str, name: str, owner: LinkOwner) -> SocialLink | None:
    """The account of that name, or at that address, on a service; None: it is no name and no address."""
    if len(service) > nodes.LONGEST_LINE:
        return None
    platform, bare = by_label(service) or "unknown", name.removeprefix("@")
    if "/" in name:
        link = _match(name if "://" in name else f"https://{name}")
        if link is None and "://" not in name:
            return None
    elif (full := _ACCT.fullmatch(bare)) and platform == "fediverse":
        link = match(f"https://{full[2].lower()}/@{full[1]}", fediverse=True)
    elif _HANDLE.fullmatch(bare):
        link = _match(_PROFILES.get(platform, "") + bare)
    else:
        return None  # «../../name» is no name
    known = link if link is not None and link.kind == "profile" else None
    return SocialLink(
        platform=known.platform if known else platform,
        owner=owner,
        label=service,
        handle=known.handle if known else name,
        url=known.url if known else "",
        confidence=_ACCOUNT,
        status="active" if known else "label_only",
        evidence=EVIDENCE,
        locator="source:account",
    )


def _interactions(found: Found, base: str, owner: LinkOwner) -> Iterator[SocialLink]:
    """`podcast:socialInteract`: where it is discussed, and whose account opened the discussion."""
    for element in found.get("podcast:socialinteract", ())[:_MOST]:
        protocol = nodes.attribute(element, "protocol").lower()
        url = nodes.web(nodes.attribute(element, "uri"), base)
        if url and protocol != "disabled":
            link = match(url, fediverse=protocol == "activitypub" and url.startswith("https://"))
            platform = link.platform if link else _platform(protocol, url)
            if not platform:
                continue
            yield SocialLink(
                platform=platform,
                kind="discussion",
                owner=owner,
                label=link.label if link else protocol[:50],
                handle=nodes.attribute(element, "accountId").removeprefix("@")[: nodes.LONGEST_LINE],
                url=link.url if link else url,
                confidence=_DISCUSSION,
                evidence=EVIDENCE,
                locator="podcast:socialInteract",
            )
        account = match(nodes.web(nodes.attribute(element, "accountUrl"), base), fediverse=protocol == "activitypub")
        if account is not None and account.kind == "profile":
            whose: LinkOwner = "publisher" if owner == "publisher" else "author"
            yield replace(account, owner=whose, confidence=_PERSON, evidence=EVIDENCE, locator="podcast:socialInteract")


def _platform(protocol: str, url: str) -> str:
    """The platform of an address that nobody knows, by its protocol alone; empty: the address is not what it says."""
    if protocol in _OPEN:
        return _OPEN[protocol] if url.startswith("https://") and is_public(host_in(url)) else ""
    return "" if by_label(protocol) else "unknown"


def _persons(found: Found, base: str) -> Iterator[SocialLink]:
    """`podcast:person`: hosts and guests; a guest's page is not the author's."""
    for element in found.get("podcast:person", ())[:_MOST]:
        role = nodes.attribute(element, "role").lower()
        link = _match(nodes.web(nodes.attribute(element, "href"), base))
        if link is not None and link.kind == "profile":
            owner: LinkOwner = "third_party" if "guest" in role else "author"
            label = nodes.line(element)[: nodes.LONGEST_LINE]
            yield replace(
                link, owner=owner, label=label, confidence=_PERSON, evidence=EVIDENCE, locator="podcast:person"
            )


def _relations(found: Found) -> set[str]:
    return {it for element in found["atom:link"][:_MOST] for it in nodes.attribute(element, "rel").lower().split()}


def _rel_me(found: Found, base: str, owner: LinkOwner) -> Iterator[SocialLink]:
    return (it for it in _linked(found, base, "me", owner, _ME) if it.kind == "profile")


def _related(found: Found, base: str, own: set[tuple[str, str]]) -> Iterator[SocialLink]:
    for link in _linked(found, base, "related", "third_party", _OTHERS):
        is_own = link.kind in {"post", "discussion"} and (link.platform, link.handle) in own
        yield replace(link, owner="article", confidence=_RELATED) if is_own else link


def _linked(found: Found, base: str, rel: str, owner: LinkOwner, confidence: float) -> Iterator[SocialLink]:
    """Atom links of one relation that lead to a platform."""
    for element in found.get("atom:link", ())[:_MOST]:
        if rel in nodes.attribute(element, "rel").lower().split():
            link = _match(nodes.web(nodes.attribute(element, "href"), nodes.base(element, base)))
            if link is not None and link.kind not in _UNSAID:
                yield replace(
                    link, owner=owner, confidence=confidence, evidence=EVIDENCE, locator=f"atom:link rel={rel}"
                )


def _answered(found: Found, base: str) -> Iterator[SocialLink]:
    """`thr:in-reply-to`: what an entry answers, where that is a post."""
    for element in found["thr:in-reply-to"][:_MOST]:
        link = _match(nodes.web(nodes.attribute(element, "href"), base))
        if link is not None and link.kind not in _UNSAID:
            yield replace(link, owner="third_party", confidence=_OTHERS, evidence=EVIDENCE, locator="thr:in-reply-to")


def _comments(found: Found, base: str) -> Iterator[SocialLink]:
    """`comments`, where the discussion is on a platform, and not on the site's own pages as nearly always."""
    home = "/".join(base.split("/", 3)[:3])
    for element in found["comments"][:_MOST]:
        url = nodes.web(nodes.text(element), base)
        link = None if url.startswith(f"{home}/") else _match(url)
        if link is not None and link.kind in {"post", "discussion"}:
            yield replace(
                link, kind="discussion", owner="article", confidence=_DISCUSSION, evidence=EVIDENCE, locator="comments"
            )


def _feeds_of_comments(found: Found, base: str) -> Iterator[SocialLink]:
    """`wfw:commentRss`: the feed of an entry's comments."""
    for element in found.get("wfw:commentrss", ())[:_MOST]:
        if url := nodes.web(nodes.text(element), base):
            yield SocialLink(
                platform="site",
                kind="feed",
                owner="article",
                url=url,
                confidence=_DISCUSSION,
                evidence=EVIDENCE,
                locator="wfw:commentRss",
            )


@lru_cache(maxsize=1024)
def _match(url: str) -> SocialLink | None:
    """What an address is; the authors of a feed come by over and over."""
    return match(url) if url else None
