"""Combine an article's links into profiles of its publisher and author, and into the places where it stands itself.

An article has one link for each piece of evidence; here each place is listed once, with all its evidence. Nothing is
invented: a profile has an address only if an article showed one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from syndicator.model.noun import Noun, replace
from syndicator.model.presence import Profile
from syndicator.model.social import LinkKind, LinkOwner, SocialLink
from syndicator.social.platforms import DISCUSSED, PRESENT, feed_of, key, match

MOST = 0.99
"""The highest confidence (0 to 1) that evidence alone can give; only the operator's word gives 1."""
OFTEN = 3
"""The number of articles from which on their number itself makes a profile more certain."""
BY_OFTEN = 0.05
"""How much confidence is added to a profile that at least `OFTEN` articles show."""
BARE = ", a name alone"
"""The suffix of a kind of place where a platform's name stands without a link."""

_LINKS = 200  # the most links of an article that are looked at
_ADDRESS = 2_000  # the most characters of a profile's address
_WORD = 200  # the most characters of a label, a name or a locator that are kept


class Identity(Noun):
    """What identifies a profile within its source.

    Attributes:
        owner: Whose profile it is.
        author: The author's name, if the owner is an author whose name is known; else empty.
        kind: The kind of link.
        key: The key of the place (`platforms.key`).
    """

    owner: LinkOwner
    author: str
    kind: LinkKind
    key: str


class Sight(Noun):
    """A profile as an article shows it.

    Attributes:
        identity: What identifies the profile.
        link: The link that is the strongest evidence.
        places: Each kind of place that shows it, with locator and confidence.
        urls: The addresses under which it is shown.
        articles: How many articles show it in this way that did not do so before; 0 if the feed itself names it.
    """

    identity: Identity
    link: SocialLink
    places: Mapping[str, tuple[str, float]]
    urls: tuple[str, ...]
    articles: int = 1


def native_feed(profile: Profile) -> str:
    """The address of a profile's feed: the one its platform has for it, or its own if it is a feed; empty if none."""
    if profile.kind == "feed":
        return profile.url
    link = SocialLink(platform=profile.platform, kind=profile.kind, handle=profile.handle, url=profile.url)
    return feed_of(link)


def sightings(links: Sequence[SocialLink], authors: Sequence[str] = ()) -> dict[Identity, Sight]:
    """The profiles that an article shows as its publisher's or its author's.

    Args:
        links: The article's links, one for each piece of evidence.
        authors: The names of its authors; if there is only one, he owns what is shown as the author's.
    """
    found: dict[Identity, list[SocialLink]] = defaultdict(list)
    for link in links[:_LINKS]:
        if link.owner in {"publisher", "author"} and _is_place(link) and len(link.url) <= _ADDRESS:
            author = authors[0][:_WORD] if link.owner == "author" and len(authors) == 1 else ""
            identity = Identity(owner=link.owner, author=author, kind=link.kind, key=key(link)[:_ADDRESS])
            found[identity].append(link)
    return {identity: _sight(identity, shown) for identity, shown in found.items()}


def as_seen(url: str) -> str:
    """A profile's address as its source wrote it, reduced to what names the profile; empty if that is impossible.

    Query and fragment tell where a visitor came from, or hold whatever else a page puts there. A part that names the
    profile stays (`profile.php?id=1`), unless it is an address itself.
    """
    bare = url.partition("#")[0].partition("?")[0]
    if bare == url:
        return url
    meant, found = match(url), match(bare)
    if meant is None or (found is not None and key(found) == key(meant)):
        return bare
    for field in urlsplit(url).query.split("&"):
        found = match(f"{bare}?{field}")
        if found is not None and key(found) == key(meant):
            return "" if {"/", ":"} & {*unquote(unquote(field))} else f"{bare}?{field}"
    return ""


def own_posts(links: Sequence[SocialLink]) -> dict[str, SocialLink]:
    """The posts about an article that are its publisher's own, by key."""
    own = [it for it in links[:_LINKS] if it.kind == "post" and it.owner in {"publisher", "article"}]
    return {key(it): it for it in combined(own) if it.status != "rejected" and it.url and len(it.url) <= _ADDRESS}


def about(links: Sequence[SocialLink]) -> list[SocialLink]:
    """The places where an article itself stands or is discussed, and those of its authors, each once."""
    return [
        link
        for link in combined(links[:_LINKS])
        if link.url
        and link.status != "rejected"
        and link.owner != "third_party"
        and (link.kind in DISCUSSED or (link.owner == "author" and link.kind == "profile"))
    ]


def combined(links: Sequence[SocialLink]) -> list[SocialLink]:
    """The links in their order, each place once: with the text of the strongest evidence, and the confidence of all."""
    found: dict[tuple[str, str, str], list[SocialLink]] = defaultdict(list)
    for link in links:
        found[link.owner, link.kind, key(link)].append(link)
    return [replace(_surest(same), confidence=confidence(_worth(same).values())) for same in found.values()]


def confidence(pieces: Iterable[float], articles: int = 0) -> float:
    """The confidence that several pieces of evidence give together: each reduces the others' doubt (noisy-or).

    Args:
        pieces: The confidence of each kind of place, 0 to 1.
        articles: How many articles show the profile.
    """
    doubt = 1.0
    for piece in pieces:
        if piece >= 1.0:
            return 1.0
        doubt *= 1.0 - max(piece, 0.0)
    return min(1.0 - doubt + (BY_OFTEN if articles >= OFTEN and doubt < 1.0 else 0.0), MOST)


def known_as(identity: Identity, url: str) -> Identity:
    """What a profile with that address is known by today; the rules for addresses may have been others once."""
    link = match(url)
    return replace(identity, key=key(link)) if link is not None and link.kind == identity.kind else identity


def _is_place(link: SocialLink) -> bool:
    return link.status != "rejected" and (link.kind in PRESENT or link.platform == "site")


def _surest(links: Sequence[SocialLink]) -> SocialLink:
    return max(links, key=lambda link: (bool(link.url), link.confidence))


def _worth(links: Iterable[SocialLink]) -> dict[str, float]:
    """The highest confidence of each kind of place: ten links in one footer are one piece of evidence."""
    worth: dict[str, float] = {}
    for link in links:
        worth[link.evidence] = max(worth.get(link.evidence, 0.0), link.confidence)
    return worth


def _sight(identity: Identity, links: Sequence[SocialLink]) -> Sight:
    places: dict[str, tuple[str, float]] = {}
    for link in links:
        place = link.evidence[:_WORD] + ("" if link.url else BARE)
        if place not in places or places[place][1] < link.confidence:
            places[place] = (link.locator[:_WORD], link.confidence)
    seen = (as_seen(link.seen or link.url) for link in links if link.url and len(link.seen) <= _ADDRESS)
    urls = tuple(dict.fromkeys(filter(None, seen)))
    return Sight(identity=identity, link=_surest(links), places=places, urls=urls)
