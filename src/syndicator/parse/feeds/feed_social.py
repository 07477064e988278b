"""Read who publishes a feed, and where its entries are discussed, from the extensions that feeds use for that.

These are `source:account`, `podcast:socialInteract` and `podcast:person`, `atom:link`, `comments`, `wfw:commentRss`,
`thr:in-reply-to`. All repetitions are read: each is a piece of evidence, whose place is the element's name.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from syndicator.model.article import Entry, Person
from syndicator.model.noun import replace
from syndicator.model.social import LinkKind, LinkOwner, SocialLink
from syndicator.parse.feeds import nodes
from syndicator.parse.feeds.entries import MAX_INHERITED
from syndicator.parse.feeds.nodes import Found
from syndicator.social.addresses import host_in, is_public
from syndicator.social.labels import by_label
from syndicator.social.platforms import DISCUSSED, TELLING, account, match

EVIDENCE = "source feed"
"""The name of this evidence in `SocialLink.evidence`."""
Own = Collection[tuple[str, str]]
"""Platform and handle of the accounts that are known to be a feed's own."""

_ACCOUNT, _ME, _DISCUSSION, _PERSON, _RELATED, _OTHERS = 0.9, 0.95, 0.9, 0.75, 0.6, 0.5
"""Confidence of an account, a `rel=me` link, a discussion, a person, a related post of the feed's, others' pages."""
_MOST = 100
"""The most elements of one name that are read in one entry or feed."""
_OPEN = {"activitypub": "fediverse", "atproto": "bluesky", "matrix": "matrix", "nostr": "nostr", "hive": "hive"}
"""The platform of each protocol that any host may speak; other platforms are recognised only by their addresses."""
_HANDLE = re.compile(r"[\w+](?:[\w@-]|\.(?!\.)){0,99}")
"""The name of an account, without a leading `@`."""
_ACCT = re.compile(r"([\w.-]{1,64})@((?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,})")
"""The name of a fediverse account with its server, which has the account's page at `/@name`."""
_TOLD = frozenset({"me", "related", "replies", "via"})
"""Relations of an entry's links that may lead to accounts and discussions."""
_ACCOUNTS = frozenset[LinkKind]({"profile"})
"""The kinds of links that are accounts."""


def of_channel(found: Found, base: str) -> tuple[SocialLink, ...]:
    """Read what the children of a feed or channel say of its publisher."""
    links = (
        *_accounts(found, "publisher"),
        *_interactions(found, base, "publisher"),
        *_persons(found, base),
        *_linked(found, base, "me", "publisher", _ME, _ACCOUNTS),
        *_linked(found, base, "related", "publisher", _ACCOUNT, _ACCOUNTS),
    )
    return nodes.unique(links)[:MAX_INHERITED]


def of_entry(found: Found, base: str, channel: Sequence[SocialLink]) -> tuple[SocialLink, ...]:
    """Read what an entry's children say of accounts and discussions.

    Args:
        found: The children.
        base: The base of relative links in them.
        channel: The feed's accounts: a post that an entry is related to is the article's own only if it is on one of
            them.
    """
    readers = [read for name, read in _OF_ENTRY.items() if name in found]
    if not readers:
        return ()
    own = {(it.platform, it.handle) for it in channel if it.handle}
    return nodes.unique(chain.from_iterable(read(found, base, own) for read in readers))


def of_people(people: Iterable[Person], locator: str) -> Iterator[SocialLink]:
    """Give the profiles that authors have as their address."""
    for person in people:
        for link in _shown(person.url, "author", _ACCOUNT, locator, _ACCOUNTS):
            yield replace(link, label=person.name)


def with_people(entry: Entry, locator: str) -> Entry:
    """Add to an entry the profiles that its authors have as their address."""
    if not any(it.url for it in entry.authors):
        return entry
    return replace(entry, social=(*entry.social, *of_people(entry.authors, locator)))


def _shown(
    url: str, owner: LinkOwner, confidence: float, locator: str, kinds: Collection[LinkKind] = TELLING
) -> Iterator[SocialLink]:
    """Give the link that an address is, if it is on a known platform and of one of these kinds."""
    link = _match(url)
    if link is not None and link.kind in kinds:
        yield replace(link, owner=owner, confidence=confidence, evidence=EVIDENCE, locator=locator)


def _accounts(found: Found, owner: LinkOwner) -> tuple[SocialLink, ...]:
    """Read every `source:account`: a service, and the name or address of an account on it."""
    elements = found.get("source:account", ())[:_MOST]
    named = ((nodes.attribute(it, "service"), nodes.line(it)[: nodes.LONGEST_LINE]) for it in elements)
    links = (_account(service, name, owner) for service, name in named if service and name)
    return nodes.unique(filter(None, links))


def _account(service: str, name: str, owner: LinkOwner) -> SocialLink | None:
    """Give the account with a name or address on a service; None: it is neither a name nor an address."""
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
        link = account(platform, bare)
    else:
        return None  # for example «..name»
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
    """Read `podcast:socialInteract`: the address of a discussion, and the account that opened it."""
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
    """Give the platform of an address on an unknown host by its protocol; empty: the address does not fit that."""
    if protocol in _OPEN:
        return _OPEN[protocol] if url.startswith("https://") and is_public(host_in(url)) else ""
    return "" if by_label(protocol) else "unknown"


def _persons(found: Found, base: str) -> Iterator[SocialLink]:
    """Read `podcast:person`: hosts and guests; a guest's profile is a third party's, not the author's."""
    for element in found.get("podcast:person", ())[:_MOST]:
        role = nodes.attribute(element, "role").lower()
        owner: LinkOwner = "third_party" if "guest" in role else "author"
        url = nodes.web(nodes.attribute(element, "href"), base)
        for link in _shown(url, owner, _PERSON, "podcast:person", _ACCOUNTS):
            yield replace(link, label=nodes.line(element)[: nodes.LONGEST_LINE])


def _relations(found: Found) -> set[str]:
    return {it for element in found["atom:link"][:_MOST] for it in nodes.attribute(element, "rel").lower().split()}


def _of_links(found: Found, base: str, own: Own) -> Iterator[SocialLink]:
    """Read the accounts and discussions among an entry's Atom links."""
    if _TOLD.isdisjoint(_relations(found)):
        return
    yield from _linked(found, base, "me", "author", _ME, _ACCOUNTS)
    for link in _linked(found, base, "related", "third_party", _OTHERS):
        is_own = link.kind in DISCUSSED and (link.platform, link.handle) in own
        yield replace(link, owner="article", confidence=_RELATED) if is_own else link
    yield from (replace(it, kind="discussion") for it in _linked(found, base, "replies", "article", _DISCUSSION))
    yield from _linked(found, base, "via", "third_party", _OTHERS)


def _linked(
    found: Found,
    base: str,
    rel: str,
    owner: LinkOwner,
    confidence: float,
    kinds: Collection[LinkKind] = TELLING,
) -> Iterator[SocialLink]:
    """Read the Atom links of one relation that lead to a known platform."""
    for element in found.get("atom:link", ())[:_MOST]:
        if rel in nodes.attribute(element, "rel").lower().split():
            url = nodes.web(nodes.attribute(element, "href"), nodes.base(element, base))
            yield from _shown(url, owner, confidence, f"atom:link rel={rel}", kinds)


def _answered(found: Found, base: str, _own: Own) -> Iterator[SocialLink]:
    """Read `thr:in-reply-to`: what an entry answers, if that is on a known platform."""
    for element in found["thr:in-reply-to"][:_MOST]:
        url = nodes.web(nodes.attribute(element, "href"), base)
        yield from _shown(url, "third_party", _OTHERS, "thr:in-reply-to")


def _comments(found: Found, base: str, _own: Own) -> Iterator[SocialLink]:
    """Read `comments`, if the discussion is on a platform; nearly always it is on the site's own pages."""
    home = "/".join(base.split("/", 3)[:3])
    for element in found["comments"][:_MOST]:
        url = nodes.web(nodes.text(element), base)
        if not url.startswith(f"{home}/"):
            posts = _shown(url, "article", _DISCUSSION, "comments", DISCUSSED)
            yield from (replace(it, kind="discussion") for it in posts)


def _feeds_of_comments(found: Found, base: str, _own: Own) -> Iterator[SocialLink]:
    """Read `wfw:commentRss`: the feed of an entry's comments."""
    for element in found["wfw:commentrss"][:_MOST]:
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


_OF_ENTRY: Mapping[str, Callable[[Found, str, Own], Iterable[SocialLink]]] = {
    "source:account": lambda found, _base, _own: _accounts(found, "author"),
    "podcast:socialinteract": lambda found, base, _own: _interactions(found, base, "article"),
    "podcast:person": lambda found, base, _own: _persons(found, base),
    "atom:link": _of_links,
    "wfw:commentrss": _feeds_of_comments,
    "thr:in-reply-to": _answered,
    "comments": _comments,
}
"""The reader of each element of an entry: it takes the entry's children, the base of links, and the feed's accounts."""


@lru_cache(maxsize=1024)
def _match(url: str) -> SocialLink | None:
    """Give the link that an address is, or None; cached, as a feed's entries repeat its authors."""
    return match(url) if url else None
