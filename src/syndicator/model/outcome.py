"""What is read, and what a poll came to."""

from datetime import datetime

from syndicator.model.article import Article, Entry
from syndicator.model.failure import Failure
from syndicator.model.noun import Noun
from syndicator.model.source import Select, Source
from syndicator.model.state import FeedInfo, KeyedBy, SourceMemory
from syndicator.model.web import Response, Validators


class Wish(Noun):
    """An article page that a listing or a feed wishes to be asked for; the parser itself never fetches.

    Attributes:
        url: Absolute address of the page.
        entry: What the listing already says of the article; the page completes it.
        fallback: The same, normalized by the reader: recorded when the page cannot be had.
        of_feed: Whether a feed says it: its headline, dates and names count before the page's.
        elsewhere: Whether the page is on another site than its feed, and than that calls its own: it has another
            publisher.
    """

    url: str
    entry: Entry
    fallback: Article | None = None
    of_feed: bool = False
    elsewhere: bool = False


class Parsed(Noun):
    """What a body holds, before normalizing.

    Attributes:
        info: What the feed says of itself.
        entries: In document order, those whose pages are wished included.
        wishes: Pages behind a listing or a feed.
        sources: What a subscription list names.
        deleted: Ids of entries that the feed says it has deleted (RFC 6721).
        warnings: What was repaired or left out, for the operator.
        truncated: Whether the document ends in the middle of an entry.
        is_page: Whether it is a page, made for people, which an address of `kind = "auto"` may turn out to be.
        older: Address of the entries that come before these, or empty.
    """

    info: FeedInfo = FeedInfo()
    entries: tuple[Entry, ...] = ()
    wishes: tuple[Wish, ...] = ()
    sources: tuple[Source, ...] = ()
    deleted: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    truncated: bool = False
    is_page: bool = False
    older: str = ""


class Proposal(Noun):
    """Selectors that a page's shape proposes (`parse.proposal`), and what they find on it.

    Attributes:
        select: For the kind `page`.
        entries: As its list would give them, in order.
    """

    select: Select
    entries: tuple[Entry, ...]


class Reading(Noun):
    """The one argument of `pipeline.read`: a body and everything needed to read it, without a secret in it.

    Attributes:
        response: The body.
        source: Whose; its address is stripped of secrets.
        memory: What is known of the source.
        now: The step's time, for dates that name no year.
        wish: For an article page, what wished it.
        answered: Whether something could be read at the source's address before: what is known was found there.
    """

    response: Response
    source: Source
    memory: SourceMemory
    now: datetime
    wish: Wish | None = None
    answered: bool = False


class Shown(Noun):
    """What a document shows as a whole.

    Attributes:
        keys: Of all its entries, known ones included: what is not among them is gone.
        linked: Whether its links tell its entries apart: there are many, and each has one of its own.
        relinked: Whether nearly all its links are others than before, so that another link is no news.
        strange: Whether none of its ids and addresses was known, though some of its source were.
    """

    keys: frozenset[str] = frozenset()
    linked: bool = False
    relinked: bool = False
    strange: bool = False


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
        has_gap: Whether entries between these and those that are known may be missing: none of these was known.
        older: If so, where the entries are that come before these; empty: nowhere.
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
    has_gap: bool = False
    older: str = ""


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
