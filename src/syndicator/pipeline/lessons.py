"""Lessons: what a poll tells about its source (when its entries come, whether it has moved, how it answers). Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from syndicator.model.article import Article
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import Debt, Move, Pace
from syndicator.model.noun import Noun, replace
from syndicator.model.outcome import Fresh, Unchanged
from syndicator.model.source import Source
from syndicator.pipeline.rhythm import appeared
from syndicator.text.keys import digest
from syndicator.text.secrets import looks_private
from syndicator.text.urls import authority, registrable_domain

PROOFS = 3
"""Number of polls in a row whose permanent redirects must name one address before it replaces the source's own."""
PROVEN_FOR = timedelta(days=1)
"""Least time from the first to the last of these polls before the new address replaces the source's own."""
FEWEST_REWRITTEN = 5
"""Least number of entries in a document that can count as rewritten; all entries of a shorter one may well be news."""
MOST_REWRITTEN = 0.8
"""Share of changed entries in a document from which on it counts as rewritten."""
MOST_BORROWED = 20
"""The most that `Pace.borrowed` counts, so that it soon falls to 0 when a source begins to use ids of its own."""
MOST_KEPT = 6
"""The most that `Pace.kept` counts, so that a hub that stops announcing news soon loses its credit."""
DEAD = 3
"""Number of failures in a row after which a source that has moved is requested at its own address again."""


class Answer(Noun, unshown=("url", "moved_to")):
    """What the last exchange of a poll said, apart from its body.

    Attributes:
        url: The address that gave the answer; empty: there was no answer.
        status: The status code of the answer, or 0.
        fresh_for: Seconds for which the answer claims to be fresh.
        moved_to: The address to which permanent redirects led, or empty.
        debt: The host's demand to be left alone, or None.
    """

    url: str = ""
    status: int = 0
    fresh_for: float = 0.0
    moved_to: str = ""
    debt: Debt | None = None


def address_mark(url: str) -> str:
    """Return a digest, in hexadecimal digits, that stands for an address where that must not be stored."""
    return digest(url).hex()


def after_answer(
    pace: Pace,
    source: Source,
    outcome: Fresh | Unchanged,
    answer: Answer,
    published: Collection[datetime | None],
    now: datetime,
) -> Pace:
    """Return what is remembered of a source after a poll that gave a body, or said that nothing is new.

    Args:
        pace: What was remembered before.
        source: The source that was polled.
        outcome: The poll's outcome.
        answer: What its last exchange said.
        published: The dates of its new entries; None for each entry without a date.
        now: The step's time.
    """
    fresh, file = isinstance(outcome, Fresh), source.url.startswith("file:")
    has_news = isinstance(outcome, Fresh) and bool(outcome.articles or published)
    expecting, kept = _heeded(pace, now, has_news=has_news)
    move = witnessed(pace.move, source, answer.moved_to, now)
    proven = is_proven(move, now)
    return replace(
        pace,
        since=pace.since or (None if pace.moments else now),
        moments=appeared(pace, published, now),
        hints=outcome.info.hints if isinstance(outcome, Fresh) else pace.hints,
        is_page=outcome.is_page if isinstance(outcome, Fresh) else pace.is_page,
        repeats=0 if answer.status == 304 else pace.repeats + (not fresh and not file),
        stalls=0,
        failing_since=None,
        answered=address_mark(answer.url),
        move=None if proven else move,
        address=move.url if proven and move else pace.address,
        expecting=expecting,
        kept=kept,
    )


def _heeded(pace: Pace, now: datetime, *, has_news: bool) -> tuple[int, int]:
    """Return the new values of `Pace.expecting` and `Pace.kept`.

    They tell whether there were news when the hub announced some, and none when it did not.
    """
    if pace.expecting:
        return (0, min(pace.kept + 1, MOST_KEPT)) if has_news else (pace.expecting - 1, pace.kept)
    missed = has_news and pace.told_until is not None and pace.told_until > now
    return 0, max(pace.kept - missed, 0)


def after_trouble(pace: Pace, failure: Failure, failures: int, now: datetime) -> Pace:
    """Return what is remembered of a source after a poll that failed.

    Args:
        pace: What was remembered before.
        failure: Why the poll failed.
        failures: How many failures in a row there were, this one included.
        now: The step's time.
    """
    dead = failures >= DEAD or failure.kind is FailureKind.GONE or failure.status == 404
    return replace(
        pace,
        stalls=pace.stalls + (failure.kind is FailureKind.STALLED),
        failing_since=pace.failing_since or now,
        address="" if dead else pace.address,
    )


def witnessed(move: Move | None, source: Source, target: str, now: datetime) -> Move | None:
    """Return what is remembered of a source's new address after another poll that succeeded.

    An address that may hold a secret is not stored: its redirects are followed at each poll.

    Args:
        move: What was remembered before.
        source: The source that was polled.
        target: The address to which permanent redirects led this time; empty: there were none.
        now: The step's time.
    """
    if not target or target == source.url or source.private or looks_private(target):
        return None
    if move is None or move.url != target:
        return Move(url=target, since=now)
    return replace(move, times=move.times + 1)


def is_proven(move: Move | None, now: datetime) -> bool:
    """Whether redirects have named a new address often and long enough for it to replace the old one."""
    return move is not None and move.times >= PROOFS and now - move.since >= PROVEN_FOR


def rewrites(fresh: Fresh, changed: int) -> bool:
    """Whether so many of a document's entries have changed that the source must have rewritten them.

    Args:
        fresh: What was read of the document.
        changed: How many entries are different from the entries that are stored under their ids.
    """
    shown = len(fresh.shown.keys) if fresh.shown else 0
    return shown >= FEWEST_REWRITTEN and changed >= MOST_REWRITTEN * shown


def has_foreign_id(article: Article, source: Source, site_url: str) -> bool:
    """Whether an article's id is an address, or a tag (RFC 4151), of a site that is not the article's or source's own.

    Args:
        article: The article with the id.
        source: Its source.
        site_url: The address of the source's site, as the source names it; empty: it names none.
    """
    place = _place_of(article.guid)
    if not place or place == authority(article.canonical_url):
        return False  # the usual case, checked first because it is cheap
    own = {registrable_domain(it) for it in (article.canonical_url, article.url, source.url, site_url)}
    return registrable_domain(f"https://{place}/") not in own


def _place_of(guid: str) -> str:
    """Return the host that an id names, as it is written there; empty: it names none."""
    if guid.startswith("tag:"):
        return guid[4:].partition(":")[0].partition(",")[0].rpartition("@")[2]
    return authority(guid) if guid.startswith("http") else ""


def borrowed(before: int, new: int, foreign: int) -> int:
    """Return the new value of `Pace.borrowed`.

    Args:
        before: Its value before this poll.
        new: How many new entries this poll has found.
        foreign: How many of these have ids of another site.
    """
    return min(max(before + 2 * foreign - new, 0), MOST_BORROWED)
