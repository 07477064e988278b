"""What a poll came to, and what becomes of each article."""

from datetime import UTC, datetime

from syndicator.model.article import Article, Entry
from syndicator.model.noun import Noun
from syndicator.model.source import Failure, FeedInfo, KeyedBy, Source, SourceMemory
from syndicator.model.web import Response, Validators

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anything was seen."""


class Wish(Noun):
    """An article page that a listing wishes to be asked for; the parser itself never fetches.

    Attributes:
        url: Absolute address of the page.
        entry: What the listing already says of the article; the page completes it.
        fallback: The same, normalized by the reader: recorded when the page cannot be had.
    """

    url: str
    entry: Entry
    fallback: Article | None = None


class Parsed(Noun):
    """What a body holds, before normalizing.

    Attributes:
        info: What the feed says of itself.
        entries: In document order, those whose pages are wished included.
        wishes: Pages behind a listing.
        sources: What a subscription list names.
        deleted: Ids of entries that the feed says it has deleted (RFC 6721).
        warnings: What was repaired or left out, for the operator.
        truncated: Whether the document ends in the middle of an entry.
        is_page: Whether it is a page, made for people, which an address of `kind = "auto"` may turn out to be.
    """

    info: FeedInfo = FeedInfo()
    entries: tuple[Entry, ...] = ()
    wishes: tuple[Wish, ...] = ()
    sources: tuple[Source, ...] = ()
    deleted: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    truncated: bool = False
    is_page: bool = False


class Reading(Noun):
    """The one argument of `pipeline.read`: a body and everything needed to read it, without a secret in it.

    Attributes:
        response: The body.
        source: Whose; its address is stripped of secrets.
        memory: What is known of the source.
        now: The step's time, for dates that name no year.
        wish: For an article page, what wished it.
    """

    response: Response
    source: Source
    memory: SourceMemory
    now: datetime
    wish: Wish | None = None


class Shown(Noun):
    """What a document shows as a whole.

    Attributes:
        keys: Of all its entries, known ones included: what is not among them is gone.
        linked: Whether its links tell its entries apart: there are many, and each has one of its own.
        relinked: Whether nearly all its links are others than before, so that another link is no news.
    """

    keys: frozenset[str] = frozenset()
    linked: bool = False
    relinked: bool = False


class Fresh(Noun):
    """A body was read.

    Attributes:
        articles: New or changed ones, normalized.
        wishes: Pages to ask for.
        sources: From a subscription list.
        deleted: Keys of entries that the feed says it has deleted.
        info: What the feed says of itself.
        validators: For the next request, to be stored in the transaction of the articles.
        body_hash: Of the body.
        warnings: For the operator.
        shown: What the document shows; None: it is not whole, so that nothing can be missed in it.
        renamed: Entries that are known under another key: that one, and the one they have now.
        doubtful: Entries whose key is a link that may be another entry's, too: that key, and their own if it is.
        keyed_by: What tells the source's entries apart from now on.
        churn: How much there is against that already.
        failure: Why it was not whole: what could be read is recorded, and the poll counts as failed all the same.
        is_page: Whether it is a page, as `Parsed` has it.
    """

    articles: tuple[Article, ...] = ()
    wishes: tuple[Wish, ...] = ()
    sources: tuple[Source, ...] = ()
    deleted: tuple[str, ...] = ()
    info: FeedInfo = FeedInfo()
    validators: Validators = Validators()
    body_hash: bytes = b""
    warnings: tuple[str, ...] = ()
    shown: Shown | None = None
    renamed: tuple[tuple[str, str], ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()
    keyed_by: KeyedBy = KeyedBy.GUID
    churn: int = 0
    failure: Failure | None = None
    is_page: bool = False


class Unchanged(Noun):
    """304, or the same bytes as last time.

    Attributes:
        validators: The newest ones, where a 200 with equal bytes brought some.
    """

    validators: Validators = Validators()


class Failed(Noun):
    """The poll gave nothing."""

    failure: Failure


Outcome = Fresh | Unchanged | Failed


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
        reason: The layer: "join" (the operator's word), "url", "post", "text" or "near".
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
