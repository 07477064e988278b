"""Who published an article, on which channels, with which credits."""

from datetime import datetime
from typing import Literal

from syndicator.model.noun import Noun

LinkKind = Literal["profile", "post", "discussion", "share", "invite", "feed", "other"]
LinkOwner = Literal["publisher", "author", "article", "third_party"]
LinkStatus = Literal["active", "label_only", "changed", "gone", "rejected"]
CreditRole = Literal["photographer", "illustrator", "video", "agency"]
Word = Literal["", "allow", "deny"]


class SocialLink(Noun, uncompared=("seen",)):
    """A place where a publisher, an author or an article is present, as one piece of evidence shows it.

    An article has one for each piece of evidence: what several say of the same place is put together by whoever asks.

    Attributes:
        platform: An id from `platforms.toml`; `site` for the publisher's own pages; `unknown` for a bare label that
            several platforms share.
        kind: What the address is.
        owner: Whose it is.
        label: As the page names it («Дзен»).
        handle: The account's name on the platform, or empty.
        url: Canonical; empty while only a label is known: an address is never invented from a name.
        confidence: 0 to 1, by the evidence.
        status: `label_only` while there is no address.
        evidence: The kind of place it was found in ("subscription line").
        locator: Where it stands there: an XPath, a JSON pointer, a name of an element, "line 7"; or empty.
        seen: Its address as it was written, where that is not `url`; two links that differ in it alone are equal.
    """

    platform: str
    kind: LinkKind = "profile"
    owner: LinkOwner = "publisher"
    label: str = ""
    handle: str = ""
    url: str = ""
    confidence: float = 0.0
    status: LinkStatus = "active"
    evidence: str = ""
    locator: str = ""
    seen: str = ""


class Credit(Noun):
    """Who made a picture or a video."""

    role: CreditRole
    name: str
    agency: str = ""


class RemovedLine(Noun):
    """A paragraph that was cut from the body; nothing is deleted, it is kept here.

    Attributes:
        position: Its number among the body's blocks, from 0.
        line_class: Why: "subscribe", "credit", …
        text: Its text.
        rule: Which rule cut it.
    """

    position: int
    line_class: str
    text: str
    rule: str


class Repeated(Noun):
    """A paragraph that a source repeats, or of which the operator has said something.

    Attributes:
        digest: What it is known by (`social.repeats.digest`).
        text: Its first characters.
        stories: How many of its source's stories had it when they were last counted …
        among: … of how many.
        verdict: What it is taken for (`social.repeats.Verdict`).
        word: The operator's, which holds for ever: `allow`: it is part of the story; `deny`: it never is; or empty.
        last_seen: When a story had it last.
    """

    digest: int
    text: str
    stories: int
    among: int
    verdict: int
    word: Word
    last_seen: datetime
