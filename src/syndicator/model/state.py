"""What is remembered of a source between polls, and the part of it that a reader process gets."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from syndicator.model.failure import Failure
from syndicator.model.manners import Hints, Pace
from syndicator.model.noun import Noun, field
from syndicator.model.social import SocialLink
from syndicator.model.web import Validators


class FeedInfo(Noun):
    """What a feed or a page says of itself.

    Attributes:
        title: Plain text.
        site_url: Address of the web page that the feed belongs to.
        description: Plain text.
        language: BCP 47 tag, or empty.
        rights: Copyright line.
        id: The feed's own identifier (RFC 4287, section 4.2.6), or empty.
        hints: How often it is worth polling, by its own word.
        social: The publisher's profiles that it names; each is one piece of evidence.
        hubs: Addresses of the WebSub hubs that announce its news.
        topic: The address by which those hubs know it; empty if it names none or has no hub.
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
    """What the keys of a source's entries are made from, in the order of trust.

    A source that proves one of them worthless gets the next.
    """

    GUID = "guid"  # the entry's id; if it has none, its link
    LINK = "link"  # the entry's link, because the source's ids are new at every poll
    CONTENT = "content"  # the entry's words, because its links are new at every poll, too


class Habits(Noun):
    """What a source's newest articles had when they arrived, and how many entries its newest documents showed.

    Attributes:
        titled: For each article, whether it had a title; the oldest first, here and below.
        dated: For each article, whether it had a date.
        worded: For each article, whether it had more than a few words.
        sizes: For each document that was read, how many entries it showed.
    """

    titled: tuple[bool, ...] = ()
    dated: tuple[bool, ...] = ()
    worded: tuple[bool, ...] = ()
    sizes: tuple[int, ...] = ()


class SourceState(Noun):
    """What the store remembers of a source between polls.

    Attributes:
        source_id: The source's id.
        due_at: When it is to be polled next.
        polled_at: When it was polled last; None if it never was.
        succeeded_at: When a poll last gave a readable body, or 304; None if none ever did.
        validators: The validators of the last body that was read and stored whole.
        body_hash: The hash of that body.
        failures: How many polls failed in a row.
        failure: Why the last poll failed, while `failures` > 0.
        info: What the source says of itself.
        warnings: What was repaired or left out when its last body was read.
        articles: How many of its articles are stored.
        pace: What decides when and where it is polled.
        keyed_by: What the keys of its entries are made from.
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
    """A source's paragraphs on which there is a judgement, each named by its digest (`social.repeats.digest`).

    Attributes:
        aside: Paragraphs that so many of its stories have that they are left out of the text by which stories are
            compared.
        cut: Those of `aside` that are left out of the published text as well.
        allowed: Paragraphs that are part of the story, as the operator decided.
        denied: Paragraphs that are never part of the story, as the operator decided.
    """

    aside: frozenset[int] = frozenset()
    cut: frozenset[int] = frozenset()
    allowed: frozenset[int] = frozenset()
    denied: frozenset[int] = frozenset()


NO_BOILERPLATE = Boilerplate()
"""The value for a source of which no paragraph has been judged."""


class SourceMemory(Noun):
    """What a reader process must know of a source beside the body, because a reader has no store.

    Attributes:
        body_hash: The hash of the last body that was stored whole; an equal body is not parsed.
        entries: The key of each known entry, with its `found_hash`; an entry with an equal hash is not normalized
            again.
        keyed_by: What the keys of its entries are made from.
        churn: The evidence from its last polls that `keyed_by` must be trusted less (`dedup.churn`).
        boilerplate: Its paragraphs on which there is a judgement.
        newer: Keys of known entries that came after some that are missing; the missing ones are sought in older pages.
    """

    body_hash: bytes = b""
    entries: Mapping[str, bytes] = field(default_factory=dict)
    keyed_by: KeyedBy = KeyedBy.GUID
    churn: int = 0
    boilerplate: Boilerplate = NO_BOILERPLATE
    newer: frozenset[str] = frozenset()
