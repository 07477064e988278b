"""Where a publisher or an author is present: what all the evidence in a source's articles comes to, over time."""

from datetime import datetime
from typing import Literal

from syndicator.model.noun import Noun, field
from syndicator.model.social import LinkKind, LinkOwner, LinkStatus, Word

EventKind = Literal["profile.added", "profile.changed", "profile.gone", "post.linked"]

CONFIGURATION = "configuration"
"""The kind of place in which the operator's own declaration stands."""


class Evidence(Noun):
    """A kind of place that shows a profile, and when it did.

    Attributes:
        place: The kind of place ("subscription line", "JSON-LD sameAs", "configuration").
        locator: Where it stood there when it was last seen (an XPath, a name, "line 7"), or empty.
        confidence: 0 to 1: what this kind of place is worth.
        article: The article that showed it last: its title …
        url: … and its address; both empty: none, or it is no longer stored.
        first_seen: When an article showed it first; None: the operator says so.
        last_seen: When one did last.
        count: How many articles did.
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
    """A place where a source's publisher, or an author of it, is present.

    Attributes:
        source_id: Whose articles show it.
        key: Platform and identity there ("telegram:nsnfm"): one place has one key, however its address is written.
        platform: An id from `platforms.toml`, `site` or `unknown`.
        kind: What its address is.
        owner: Whose it is.
        author: For an author's, the name that the article gives, if it names only one; else empty.
        handle: The account's name there, or empty.
        url: Canonical; empty: only a label is known.
        label: As the source names it.
        seen_urls: Its address as the source wrote it, where that was another one.
        evidence: The surest first.
        confidence: 0 to 1: what all the evidence comes to.
        status: `label_only`: no address is known. `gone`: the source shows it no more. `changed`: another has taken
            its place. `rejected`: the operator says that it is not theirs.
        successor: The key of the one that has taken its place, or empty.
        conflict: Whether the source shows another account on the same platform as its own, too.
        owned: Whether the operator owns it, so that `rel="me"` may be said of it.
        first_seen: Since when it is shown; None: the operator says so, and no article does.
        last_seen: When an article showed it last.
        articles: How many articles showed it.
        word: The operator's, given by command.
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
    """Something that happened to a publisher's places, or an article's.

    Attributes:
        guid: From source, key, event and the time since when it is shown: the same thing has the same for ever.
        source_id: Whose.
        event: What happened.
        key: Of the place.
        at: When.
        platform: Of the place.
        kind: Likewise.
        owner: Likewise.
        handle: Likewise.
        url: Likewise.
        former: For a change, the key of what it was before …
        former_url: … and its address.
        article: For a post, the title of the article that it is about …
        article_url: … and its address.
        confidence: For a post, how sure it is the publisher's own; of a profile, its own says so.
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
        title: The article's.
        url: Where it is, or empty.
        names: Role and name of each, in order.
    """

    title: str
    url: str
    names: tuple[tuple[str, str], ...]


class Presence(Noun):
    """All that is known of one source's places, with the operator's word heeded.

    Attributes:
        profiles: In the order of platforms' first sight.
        denied: Keys of what is never published as theirs.
        allowed: Keys of what is, however unsure.
    """

    profiles: tuple[Profile, ...] = ()
    denied: frozenset[str] = field(default_factory=frozenset)
    allowed: frozenset[str] = field(default_factory=frozenset)


NO_PRESENCE = Presence()
