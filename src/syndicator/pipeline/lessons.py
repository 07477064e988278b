"""What a poll teaches of its source: when its entries come, whether it has moved, how it answers. Pure."""

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
PROVEN_FOR = timedelta(days=1)
"""So often, and over so long, permanent redirects name one address before it takes the place of the source's own."""
FEWEST_REWRITTEN = 5
"""Entries: a document with fewer may well have news in all of them."""
MOST_REWRITTEN = 0.8
MOST_BORROWED = 20
"""What is counted of borrowed ids: so soon they are forgotten when a source has ids of its own."""
MOST_KEPT = 6
"""What is counted of a hub's words that were kept: so soon its silence shows."""
DEAD = 3
"""Failures in a row, after which a source is asked for at its own address again."""


class Answer(Noun, unshown=("url", "moved_to")):
    """What the last exchange of a poll said, beside its body.

    Attributes:
        url: The address that gave it; empty: there was none.
        status: Of the answer, or 0.
        fresh_for: Seconds that it claims to be fresh for.
        moved_to: Where permanent redirects led, or empty.
        debt: What the host demands, or None.
    """

    url: str = ""
    status: int = 0
    fresh_for: float = 0.0
    moved_to: str = ""
    debt: Debt | None = None


def address_mark(url: str) -> str:
    """What stands for an address where it must not be written down."""
    return digest(url).hex()


def after_answer(
    pace: Pace,
    source: Source,
    outcome: Fresh | Unchanged,
    answer: Answer,
    published: Collection[datetime | None],
    now: datetime,
) -> Pace:
    """What is known after a poll that gave a body, or said that there is nothing new.

    Args:
        pace: What was known.
        source: Whose.
        outcome: What the poll came to.
        answer: Of its last exchange.
        published: The dates of its new entries, as far as they have any.
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
    """What becomes of `Pace.expecting` and `Pace.kept`: whether there were news when the hub said so, and only then."""
    if pace.expecting:
        return (0, min(pace.kept + 1, MOST_KEPT)) if has_news else (pace.expecting - 1, pace.kept)
    missed = has_news and pace.told_until is not None and pace.told_until > now
    return 0, max(pace.kept - missed, 0)


def after_trouble(pace: Pace, failure: Failure, failures: int, now: datetime) -> Pace:
    """What is known after a poll that gave nothing.

    Args:
        pace: What was known.
        failure: Why.
        failures: How many in a row, this one included.
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
    """What is known of a source's new address after another poll that came to its end.

    An address that may hold a secret is not written down: its redirects are walked each time.

    Args:
        move: What was known before.
        source: Whose.
        target: Where permanent redirects led this time; empty: there were none.
        now: The step's time.
    """
    if not target or target == source.url or source.private or looks_private(target):
        return None
    if move is None or move.url != target:
        return Move(url=target, since=now)
    return replace(move, times=move.times + 1)


def is_proven(move: Move | None, now: datetime) -> bool:
    """Whether a new address may take the place of the old one."""
    return move is not None and move.times >= PROOFS and now - move.since >= PROVEN_FOR


def rewrites(fresh: Fresh, changed: int) -> bool:
    """Whether a document shows nearly all its entries changed: so many that its source, not its news, is the reason.

    Args:
        fresh: What was read of it.
        changed: How many entries are others than are stored under their ids.
    """
    shown = len(fresh.shown.keys) if fresh.shown else 0
    return shown >= FEWEST_REWRITTEN and changed >= MOST_REWRITTEN * shown


def has_foreign_id(article: Article, source: Source, site_url: str) -> bool:
    """Whether an article's id is an address, or a tag (RFC 4151), of another site than all that is its own.

    Args:
        article: Whose.
        source: Its source.
        site_url: Where that says that its site is; empty: nowhere.
    """
    place = _place_of(article.guid)
    if not place or place == authority(article.canonical_url):
        return False  # as nearly always
    own = {registrable_domain(it) for it in (article.canonical_url, article.url, source.url, site_url)}
    return registrable_domain(f"https://{place}/") not in own


def _place_of(guid: str) -> str:
    """The host that an id names, as it is written; empty: none."""
    if guid.startswith("tag:"):
        return guid[4:].partition(":")[0].partition(",")[0].rpartition("@")[2]
    return authority(guid) if guid.startswith("http") else ""


def borrowed(before: int, new: int, foreign: int) -> int:
    """What `Pace.borrowed` becomes with a poll that showed so many new entries, so many of them with others' ids."""
    return min(max(before + 2 * foreign - new, 0), MOST_BORROWED)
