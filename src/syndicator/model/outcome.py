"""What a reader is given to read, and the outcome of a poll."""

from datetime import datetime

from syndicator.model.article import Article, Entry
from syndicator.model.failure import Failure
from syndicator.model.noun import Noun
from syndicator.model.source import Select, Source
from syndicator.model.state import FeedInfo, KeyedBy, SourceMemory
from syndicator.model.web import Response, Validators


class Wish(Noun):
    """A parser's wish for an article page behind a listing or a feed, since a parser itself never fetches.

    Attributes:
        url: Absolute address of the page.
        entry: What the listing or feed already says of the article; the page completes it.
        fallback: The article made from `entry` by the reader, recorded when the page cannot be had; None before that.
        of_feed: Whether `entry` is from a feed, whose headline, dates and names take precedence over the page's.
        elsewhere: Whether the page is on another site than its feed and than the site that the feed calls its own; it
            then has another publisher.
    """

    url: str
    entry: Entry
    fallback: Article | None = None
    of_feed: bool = False
    elsewhere: bool = False


class Parsed(Noun):
    """What a parser found in a body, before it is normalized.

    Attributes:
        info: What the feed says of itself.
        entries: The entries in document order, including those whose pages are wished for.
        wishes: Wishes for article pages behind a listing or a feed.
        sources: The sources that a subscription list names.
        deleted: Ids of entries that the feed says it has deleted (RFC 6721).
        warnings: What was repaired or left out, for the operator.
        truncated: Whether the document ends in the middle of an entry.
        is_page: Whether it is a web page for people, which an address of `kind = "auto"` may turn out to be.
        older: Address of the document with older entries (RFC 5005), or empty.
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
    """Selectors that are proposed for a page because of its structure (`parse.proposal`), and what they find on it.

    Attributes:
        select: The selectors, as options of the kind `page`.
        entries: The entries that they find on the page, in order.
    """

    select: Select
    entries: tuple[Entry, ...]


class Reading(Noun):
    """The one argument of `pipeline.read`: a body and everything that is needed to read it, without any secret.

    Attributes:
        response: The response with the body.
        source: The source, with secrets removed from its address.
        memory: What is known of the source.
        now: The time of the pump's step, for dates that name no year.
        wish: For an article page, the wish for it; else None.
        answered: Whether a body was read from the source before, so that what is known of it was found there.
    """

    response: Response
    source: Source
    memory: SourceMemory
    now: datetime
    wish: Wish | None = None
    answered: bool = False


class Shown(Noun):
    """What a whole document shows.

    Attributes:
        keys: Keys of all its entries, known ones included; an entry whose key is missing has gone from the document.
        linked: Whether links tell its entries apart: there are at least ten entries, and each has a link of its own.
        relinked: Whether its source's links are no evidence, because nearly all have changed, so that a changed link is
            no change of an article.
        strange: Whether none of its ids and addresses was known, though some of its source's were.
    """

    keys: frozenset[str] = frozenset()
    linked: bool = False
    relinked: bool = False
    strange: bool = False


class Fresh(Noun):
    """The outcome of a poll whose body was read.

    Attributes:
        articles: New or changed articles, normalized.
        wishes: Wishes for article pages.
        sources: The sources that a subscription list names.
        deleted: Keys of entries that the feed says it has deleted.
        info: What the feed says of itself.
        validators: Validators for the next request; they are stored in the same transaction as the articles.
        body_hash: Hash of the body; empty if the body must be read again although it is the same.
        warnings: What was repaired or left out, for the operator.
        shown: What the document shows; None if it is not whole, so that no entry can be said to be missing from it.
        renamed: Pairs of keys of known entries: the key under which the entry is known, and the key that it has now.
        doubtful: For entries whose key is a link that may be another entry's, too: that key, and the key to use if it
            is.
        keyed_by: What the keys of the source's entries are made from, from now on.
        churn: The evidence so far that `keyed_by` must be trusted less.
        failure: Why the document was not whole, or None; what could be read is recorded, but the poll counts as failed.
        is_page: Whether it is a web page for people (`Parsed.is_page`).
        has_gap: Whether entries between these and the known ones may be missing, because none of these was known.
        older: If so, the address of the document with older entries; empty if there is none.
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
    """The outcome of a poll that was answered with 304, or with the same bytes as last time.

    Attributes:
        validators: The new validators, if a 200 with equal bytes brought some.
    """

    validators: Validators = Validators()


class Failed(Noun):
    """The outcome of a poll that failed."""

    failure: Failure


Outcome = Fresh | Unchanged | Failed
"""What a poll, or a request for an article page, leads to."""
