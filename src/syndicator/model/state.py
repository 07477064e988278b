"""What is remembered of a source between polls, and what of that its reader is told."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from syndicator.model.failure import Failure
from syndicator.model.manners import Hints, Pace
from syndicator.model.noun import Noun, field
from syndicator.model.social import SocialLink
from syndicator.model.web import Validators


class FeedInfo(Noun):
    """What a feed or page says of itself.

    Attributes:
        title: Plain text.
        site_url: The page for people.
        description: Plain text.
        language: BCP 47 tag, or empty.
        rights: Copyright line.
        id: The feed's own identifier (RFC 4287, section 4.2.6), or empty.
        hints: How often it is worth asking.
        social: Where the publisher is present, as it says itself: a piece of evidence each.
        hubs: Addresses of hubs (WebSub) that tell of its news.
        topic: The address that these know it by; empty: it does not say, or has none.
    """

    title: str = ""
    site_url: str = ""
    description: str = ""
    language: str = ""
    rights: str = ""
    id: str = ""
    hints: Hints = Hints()
    social: tuple[SocialLink, ...] = ()
    hubs: tuple[str, ...] = ()
    topic: str = ""


class KeyedBy(StrEnum):
    """What tells a source's entries apart, in the order of trust: who proves that one is worthless, gets the next."""

    GUID = "guid"  # what its ids say; where there is none, its link
    LINK = "link"  # its ids are new at every poll
    CONTENT = "content"  # its links, too


class Habits(Noun):
    """What a source's newest articles had when they came, and how much its newest documents showed; the oldest first.

    Attributes:
        titled: For each article, whether it had a title.
        dated: Likewise, a date.
        worded: Likewise, more than a few words.
        sizes: For each document that was read, how many entries it showed.
    """

    titled: tuple[bool, ...] = ()
    dated: tuple[bool, ...] = ()
    worded: tuple[bool, ...] = ()
    sizes: tuple[int, ...] = ()


class SourceState(Noun):
    """What the store remembers of a source between polls.

    Attributes:
        source_id: Whose.
        due_at: When it is to be polled next.
        polled_at: The last poll; None: never.
        succeeded_at: The last poll that gave a readable body, or 304.
        validators: Of the last body that was read and stored whole.
        body_hash: Of that body.
        failures: How many polls failed in a row.
        failure: The last one, while `failures` > 0.
        info: What it said of itself.
        warnings: What its last reading repaired or left out.
        articles: How many of its articles are stored.
        pace: What decides when and where it is polled.
        keyed_by: What tells its entries apart.
        boilerplate: How many paragraphs are taken for its boilerplate.
        habits: What its newest articles and documents were like.
    """

    source_id: str
    due_at: datetime
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    validators: Validators = Validators()
    body_hash: bytes = b""
    failures: int = 0
    failure: Failure | None = None
    info: FeedInfo = FeedInfo()
    warnings: tuple[str, ...] = ()
    articles: int = 0
    pace: Pace = Pace()
    keyed_by: KeyedBy = KeyedBy.GUID
    boilerplate: int = 0
    habits: Habits = Habits()


class Boilerplate(Noun):
    """Paragraphs of a source that are not its stories', by digest (`social.repeats.digest`).

    Attributes:
        aside: So many of its stories have them that they leave the text by which stories are compared.
        cut: Of these, the ones that leave the published text as well.
        allowed: The operator says that they are part of the story.
        denied: The operator says that they never are.
    """

    aside: frozenset[int] = frozenset()
    cut: frozenset[int] = frozenset()
    allowed: frozenset[int] = frozenset()
    denied: frozenset[int] = frozenset()


NO_BOILERPLATE = Boilerplate()


class SourceMemory(Noun):
    """What a reader must know of a source, beside the body: a reader has no store.

    Attributes:
        body_hash: Of the last body that was stored whole; an equal one is not parsed.
        entries: The key of each known entry, with the hash of what was found of it: an equal one is not normalized.
        keyed_by: What tells its entries apart.
        churn: How much its last polls argued for trusting less than that (`dedup.churn`).
        boilerplate: Paragraphs that it repeats.
        newer: Keys of known entries that came after some that are missing: these are sought behind them.
    """

    body_hash: bytes = b""
    entries: Mapping[str, bytes] = field(default_factory=dict)
    keyed_by: KeyedBy = KeyedBy.GUID
    churn: int = 0
    boilerplate: Boilerplate = NO_BOILERPLATE
    newer: frozenset[str] = frozenset()
