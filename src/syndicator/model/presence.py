"""Profiles of publishers and authors on the web: what all the evidence in a source's articles shows, over time."""

from datetime import datetime
from typing import Literal

from syndicator.model.noun import Noun, field
from syndicator.model.social import LinkKind, LinkOwner, LinkStatus, Word

EventKind = Literal["profile.added", "profile.changed", "profile.gone", "post.linked"]
"""The kind of a social event: three changes of a profile, or a publisher's post about an article that was found."""

CONFIGURATION = "configuration"
"""`Evidence.place` of a profile that the operator declares in the configuration."""


class Evidence(Noun):
    """The evidence that one kind of place gives for a profile, and when it was seen.

    Attributes:
        place: The kind of place ("subscription line", "JSON-LD sameAs", "configuration").
        locator: The position in that place when it was last seen (an XPath, a name, "line 7"), or empty.
        confidence: How sure this kind of place is as evidence, from 0 to 1.
        article: Title of the article that showed it last; empty if there is none, or it is no longer stored.
        url: Address of that article; empty if there is none, or it is no longer stored.
        first_seen: When an article first showed it; None if the operator declares it.
        last_seen: When an article last showed it; None if the operator declares it.
        count: How many articles showed it.
    """

    place: str
    locator: str = ""
    confidence: float = 0.0
    article: str = ""
    url: str = ""
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    count: int = 0


class Profile(Noun):
    """A profile of a source's publisher, or of one of its authors.

    Attributes:
        source_id: The id of the source whose articles show it.
        key: Platform and identity there ("telegram:nsnfm"); a profile has one key, however its address is written.
        platform: An id from `platforms.toml`, `site` or `unknown`.
        kind: What its address is.
        owner: Whose profile it is.
        author: For an author's profile, the author's name as the article gives it, if it names only one; else empty.
        handle: The account's name on the platform, or empty.
        url: Canonical address; empty if only a label is known.
        label: The name by which the source refers to it.
        seen_urls: Its addresses as the source wrote them, where they differ from the canonical one.
        evidence: The evidence for it, the surest first.
        confidence: How sure all the evidence together is, from 0 to 1.
        status: `active`: the source shows it. `label_only`: no address is known. `gone`: the source no longer shows it.
            `changed`: another profile has replaced it. `rejected`: the operator says that it is not theirs.
        successor: The key of the profile that has replaced it, or empty.
        conflict: Whether the source shows another account on the same platform as its own, too.
        owned: Whether the operator owns it, so that outputs may mark it with `rel="me"`.
        first_seen: Since when articles show it; None if only the operator declares it.
        last_seen: When an article last showed it; None if only the operator declares it.
        articles: How many articles showed it.
        word: The operator's decision about it, given by command.
    """

    source_id: str
    key: str
    platform: str
    kind: LinkKind = "profile"
    owner: LinkOwner = "publisher"
    author: str = ""
    handle: str = ""
    url: str = ""
    label: str = ""
    seen_urls: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.0
    status: LinkStatus = "active"
    successor: str = ""
    conflict: bool = False
    owned: bool = False
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    articles: int = 0
    word: Word = ""


class SocialEvent(Noun):
    """Something that happened to a profile, or a post about an article that was found.

    Attributes:
        guid: Made from source, key, event and the time since when the profile is shown, so that the same event always
            has the same one.
        source_id: The source's id.
        event: What happened.
        key: The key of the profile or post.
        at: When it happened.
        platform: The platform of the profile or post.
        kind: The kind of its address.
        owner: Whose it is.
        handle: The account's name, or empty.
        url: Its address.
        former: For a change, the key of the profile that was replaced.
        former_url: For a change, the address of the profile that was replaced.
        article: For a post, the title of the article that it is about.
        article_url: For a post, the address of that article.
        confidence: For a post, how sure it is that it is the publisher's own, from 0 to 1; for a profile, see
            `Profile.confidence`.
    """

    guid: str
    source_id: str
    event: EventKind
    key: str
    at: datetime
    platform: str
    kind: LinkKind = "profile"
    owner: LinkOwner = "publisher"
    handle: str = ""
    url: str = ""
    former: str = ""
    former_url: str = ""
    article: str = ""
    article_url: str = ""
    confidence: float = 1.0


class Credited(Noun):
    """Who made the pictures of an article, for people.

    Attributes:
        title: The article's title.
        url: The article's address, or empty.
        names: Pairs of role and name, in order.
    """

    title: str
    url: str
    names: tuple[tuple[str, str], ...]


class Presence(Noun):
    """All that is known of one source's profiles, with the operator's decisions applied.

    Attributes:
        profiles: The profiles, in the order in which their platforms were first seen.
        denied: Keys of links that are never published as the publisher's.
        allowed: Keys of links that are published as the publisher's, however unsure the evidence is.
    """

    profiles: tuple[Profile, ...] = ()
    denied: frozenset[str] = field(default_factory=frozenset)
    allowed: frozenset[str] = field(default_factory=frozenset)


NO_PRESENCE = Presence()
"""The value for a source of which no profile is known and on which there is no decision."""
