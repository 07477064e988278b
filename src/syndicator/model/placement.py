"""What becomes of an article, and what that is decided by."""

from datetime import UTC, datetime

from syndicator.model.article import Article
from syndicator.model.noun import Noun

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anything was seen."""


class Opens(Noun):
    """The article opens a story of its own."""


class Measured(Noun):
    """How alike an article is to a stored one.

    Attributes:
        source_id: That one's source.
        key: What identifies it inside that.
        shorter: Share of the shorter text's words that stand in the longer one beside the same neighbour.
        longer: Of the longer text's words, likewise.
    """

    source_id: str
    key: str
    shorter: float
    longer: float


class Joins(Noun):
    """The article is a copy of a story we have.

    Attributes:
        story: Its number.
        reason: The layer: "join" (the operator's word), "url", "post", "text" or "near"; "first": it has opened it.
        leads: Whether it becomes the leading copy, the one before it having had less right to lead.
        measured: For "near", what was compared, and how much they have in common.
    """

    story: int
    reason: str
    leads: bool = False
    measured: Measured | None = None


class Updates(Noun):
    """The source changed an article that we have.

    Attributes:
        article: Its number in the store.
        substantive: Whether title, text, link or enclosures differ, so that a reader should care.
    """

    article: int
    substantive: bool


class Repeats(Noun):
    """The source shows an article again, as it was.

    Attributes:
        article: Its number in the store.
    """

    article: int


class Merges(Noun):
    """Two stories turn out to be one.

    Attributes:
        kept: The older one's number.
        absorbed: The other's: its id leads to the older one from now on.
        reason: The layer that showed it: "join" (the operator's word), "url", "post", "text" or "near".
        article: For "near", the number of the copy in the absorbed one that was measured …
        measured: … and against which of the other's, with how much in common.
    """

    kept: int
    absorbed: int
    reason: str
    article: int = 0
    measured: Measured | None = None


Placement = Opens | Joins | Updates | Repeats | Merges


class Known(Noun):
    """What the store has under an article's own source and key.

    Attributes:
        article: Its number.
        story: Its story's number.
        found_hash: Of the entry it was made from.
        substance: Digest of what a reader would care about.
        sketch: Of its text.
    """

    article: int
    story: int
    found_hash: bytes
    substance: bytes
    sketch: bytes = b""


class Candidate(Noun):
    """A stored article that a new one may be the same as.

    Attributes:
        article: Its number in the store.
        story: Its story's number.
        source_id: Whose.
        key: What identifies it inside that source.
        url_key: Digest of its canonical address's identity.
        text_key: Digest of its folded body.
        title_key: Digest of its folded title.
        claimed: Whether its address belongs to somebody else.
        published: Its own date, or None.
        lead_claimed: Whether the copy that leads its story has a claimed address.
        lead_length: Characters of the leading copy's text.
        lead_priority: Of the leading copy's source.
        opened: When its story was first seen.
    """

    article: int
    story: int
    source_id: str
    key: str
    url_key: bytes
    text_key: bytes
    title_key: bytes
    claimed: bool
    published: datetime | None
    lead_claimed: bool
    lead_length: int
    lead_priority: int = 0
    opened: datetime = BEGINNING


class Neighbour(Noun):
    """A stored article whose text shares words with a new one's.

    Attributes:
        candidate: What is told of it at a glance.
        article: The article itself.
        sources: Who has a copy of its story.
    """

    candidate: Candidate
    article: Article
    sources: frozenset[str]
