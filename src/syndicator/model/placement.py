"""The placement of an article into a story, and what it is decided by."""

from datetime import UTC, datetime

from syndicator.model.article import Article
from syndicator.model.noun import Noun

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""A moment before anything was seen."""


class Opens(Noun):
    """The article opens a story of its own."""


class Measured(Noun):
    """How alike the texts of an article and a stored one are.

    Attributes:
        source_id: The id of the stored article's source.
        key: What identifies the stored article inside its source.
        shorter: Share of the shorter text's words that stand in the longer text beside the same neighbouring word.
        longer: Share of the longer text's words that stand in the shorter text beside the same neighbouring word.
    """

    source_id: str
    key: str
    shorter: float
    longer: float


class Joins(Noun):
    """The article is a copy of a stored story.

    Attributes:
        story: The story's number.
        reason: The layer that decided: "join" (the operator's decision), "url", "post", "text" or "near"; "first" if
            the article has opened the story.
        leads: Whether it becomes the leading copy in place of the present one.
        measured: For "near", the stored article it was compared with, and how alike their texts are; else None.
    """

    story: int
    reason: str
    leads: bool = False
    measured: Measured | None = None


class Updates(Noun):
    """The source changed a stored article.

    Attributes:
        article: The article's number in the store.
        substantive: Whether title, text, link or enclosures differ, so that the change matters to readers.
    """

    article: int
    substantive: bool


class Repeats(Noun):
    """The source shows a stored article again, unchanged.

    Attributes:
        article: The article's number in the store.
    """

    article: int


class Merges(Noun):
    """Two stories turn out to be one.

    Attributes:
        kept: The number of the older story.
        absorbed: The number of the other story, whose public id leads to the older one from now on.
        reason: The layer that showed it: "join" (the operator's decision), "url", "post", "text" or "near".
        article: For "near", the number of the copy in the absorbed story that was measured; else 0.
        measured: For "near", the article that it was measured against, and how alike their texts are; else None.
    """

    kept: int
    absorbed: int
    reason: str
    article: int = 0
    measured: Measured | None = None


Placement = Opens | Joins | Updates | Repeats | Merges
"""What becomes of an article, or of two stories."""


class Known(Noun):
    """What is stored under an article's own source and key.

    Attributes:
        article: The stored article's number.
        story: The number of its story.
        found_hash: The `found_hash` of the entry that it was made from.
        substance: Digest of what matters to readers (`dedup.exact.substance`).
        sketch: Sketch of its text.
    """

    article: int
    story: int
    found_hash: bytes
    substance: bytes
    sketch: bytes = b""


class Candidate(Noun):
    """A stored article of which a new one may be a copy.

    Attributes:
        article: Its number in the store.
        story: The number of its story.
        source_id: The id of its source.
        key: What identifies it inside that source.
        url_key: Digest of what identifies its canonical address.
        text_key: Digest of its folded text.
        title_key: Digest of its folded title.
        claimed: Whether its address belongs to somebody else (`Article.claimed`).
        published: The date that it names, or None.
        lead_claimed: Whether the leading copy of its story has an address that belongs to somebody else.
        lead_length: Number of characters of the leading copy's text.
        lead_priority: Priority of the leading copy's source.
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
    """A stored article whose text shares words with a new article's text.

    Attributes:
        candidate: Its keys and numbers.
        article: The article itself.
        sources: Ids of the sources that have a copy of its story.
    """

    candidate: Candidate
    article: Article
    sources: frozenset[str]
