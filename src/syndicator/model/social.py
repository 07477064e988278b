"""Social links, credits and removed paragraphs of an article."""

from datetime import datetime
from typing import Literal

from syndicator.model.noun import Noun

LinkKind = Literal["profile", "post", "discussion", "share", "invite", "feed", "other"]
"""What an address on a platform leads to; `share` is a button that shares the page."""
LinkOwner = Literal["publisher", "author", "article", "third_party"]
"""Whose an address is; `article` for a post or discussion of the article itself."""
LinkStatus = Literal["active", "label_only", "changed", "gone", "rejected"]
"""The status of a link or profile; `presence.Profile` says what each means."""
CreditRole = Literal["photographer", "illustrator", "video", "agency"]
"""What somebody who is credited did, or is."""
Word = Literal["", "allow", "deny"]
"""The operator's decision on a paragraph or a profile, as given by command; empty if there is none."""


class SocialLink(Noun, uncompared=("seen",)):
    """A profile, post or similar address of a publisher, an author or an article, as one piece of evidence shows it.

    An article has one link for each piece of evidence; code that needs it combines several links to the same place.

    Attributes:
        platform: An id from `platforms.toml`; `site` for the publisher's own pages; `unknown` for a bare label that
            several platforms share.
        kind: What the address is.
        owner: Whose it is.
        label: The name that the page uses for it («Дзен»).
        handle: The account's name on the platform, or empty.
        url: Canonical address; empty if only a label is known, since an address is never invented from a name.
        confidence: How sure the evidence is, from 0 to 1.
        status: `label_only` if there is no address.
        evidence: The kind of place in which it was found ("subscription line").
        locator: The position in that place: an XPath, a JSON pointer, a name of an element, "line 7"; or empty.
        seen: Its address as it was written, if that differs from `url`; links that differ only in this are equal.
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
    """A paragraph that was cut from the body; its text is not lost, but kept here.

    Attributes:
        position: Its number among the body's blocks, counted from 0.
        line_class: The class of line that it is: "subscribe", "credit", …
        text: Its text.
        rule: The rule that cut it.
    """

    position: int
    line_class: str
    text: str
    rule: str


class Repeated(Noun):
    """A paragraph that a source repeats, or on which the operator has decided.

    Attributes:
        digest: The digest that identifies it (`social.repeats.digest`).
        text: Its first characters.
        stories: How many of its source's stories had it when they were last counted.
        among: How many stories were counted then.
        verdict: What it is taken for (`social.repeats.Verdict`).
        word: The operator's decision, which holds for ever. `allow`: it is part of the story. `deny`: it never is.
            Empty: there is none.
        last_seen: When a story last had it.
    """

    digest: int
    text: str
    stories: int
    among: int
    verdict: int
    word: Word
    last_seen: datetime
