"""Recording: what the step's outcomes become in the store. The only writer's only hand."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from syndicator.dedup import alike, is_another, moved, place, place_near, substance
from syndicator.errors import StoreError
from syndicator.model.article import Article
from syndicator.model.manners import Pace
from syndicator.model.noun import Noun, replace
from syndicator.model.outcome import Failed, Fresh, Joins, Opens, Outcome, Shown, Unchanged, Updates, Wish
from syndicator.model.settings import Schedule
from syndicator.model.source import Failure, FailureKind, KeyedBy, Source
from syndicator.pipeline.announcing import claiming, pairs
from syndicator.pipeline.deleting import delete, page_is_missing
from syndicator.pipeline.learning import learn
from syndicator.pipeline.lessons import Answer, after_answer, after_trouble, borrowed, has_foreign_id, rewrites
from syndicator.pipeline.rhythm import after_debt, after_failure, after_success
from syndicator.pipeline.robots import FORBIDDEN
from syndicator.pipeline.settling import settle, settle_changed, settle_near
from syndicator.pipeline.veil import scrubbed
from syndicator.store import Recording, Store

PART = 100
"""Articles of one body that are written in one transaction, so that nobody waits for thousands."""
WARNINGS = 20
"""So many are kept of a body that was not whole."""
WISH_ATTEMPTS = 3
"""So often an article page is asked for, before what the listing says is all there is."""
WISH_PAUSES = (timedelta(hours=1), timedelta(days=1))


class Landed(Noun):
    """An exchange that is over and read.

    Attributes:
        source: On whose behalf.
        outcome: What it came to.
        wish: For an article page, what wished it.
        attempts: How often that page was asked for before.
        answer: What the last exchange said, beside its body.
        report: What its first articles brought, if they are written already …
        published: … and the dates of those that were new.
    """

    source: Source
    outcome: Outcome
    wish: Wish | None = None
    attempts: int = 0
    answer: Answer = Answer()
    report: "Report | None" = None
    published: tuple[datetime | None, ...] = ()

    @property
    def name(self) -> tuple[str, str]:
        """What tells it from others under way: source, and entry for an article page."""
        return (self.source.id, self.wish.entry.key if self.wish else "")

    @property
    def is_long(self) -> bool:
        """Whether it has so many articles that they are written in parts."""
        return isinstance(self.outcome, Fresh) and len(self.outcome.articles) > PART


@dataclass(slots=True, kw_only=True)
class Report:
    """What one exchange brought, for logs and progress.

    Attributes:
        source_id: On whose behalf.
        page: Whether it was an article page.
        url: The address of the page, or of the source; empty where that is private.
        new: Stories opened.
        joined: Copies of stories that were known.
        updated: Articles changed so that a reader should care.
        deleted: Copies that their source has deleted.
        merged: Stories that turned out to be one that was known.
        borrowed: New articles with ids of another site that another source has given its own.
        wished: Article pages to be asked for.
        keyed_by: What tells the source's entries apart from now on, if that has changed.
        failure: Why it gave nothing, or None.
        warnings: What the reader repaired or left out.
    """

    source_id: str
    page: bool = False
    url: str = ""
    new: int = 0
    joined: int = 0
    updated: int = 0
    deleted: int = 0
    merged: int = 0
    borrowed: int = 0
    wished: int = 0
    keyed_by: KeyedBy | None = None
    failure: Failure | None = None
    warnings: tuple[str, ...] = ()


def _report_of(source: Source, wish: Wish | None = None) -> Report:
    url = source.url if wish is None else wish.url
    return Report(source_id=source.id, page=wish is not None, url="" if source.private else url)


def record_part(store: Store, landed: Landed, now: datetime) -> Landed:
    """Write down the first articles of a body that has many; returns what is left.

    Its validators come with its last part: should we end before, it is read again, and these articles are known.

    Raises:
        StoreError: Nothing was written; the same may be tried again.
    """
    fresh = landed.outcome
    if not isinstance(fresh, Fresh):
        return landed
    report = copy(landed.report or _report_of(landed.source))
    part, rest = (replace(fresh, articles=it) for it in (fresh.articles[:PART], fresh.articles[PART:]))
    try:
        with store.recording(now) as recording:
            recording.expect(part.articles)
            published = _record_articles(recording, landed.source, part, report, now)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001  # as below
        return _failed(landed, error)
    return replace(landed, outcome=rest, report=report, published=(*landed.published, *published))


def record(store: Store, landed: Sequence[Landed], schedule: Schedule, now: datetime) -> list[Report]:
    """Write everything down, in one transaction; what cannot be written, for a bug of ours, costs its source alone.

    Raises:
        StoreError: Nothing was written; the same may be tried again.
    """
    try:
        return _record(store, landed, schedule, now)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001  # whosever fault it is, the others are not to suffer
        if len(landed) == 1:
            return _record(store, [_failed(landed[0], error)], schedule, now)
        return [report for one in landed for report in record(store, [one], schedule, now)]


def _failed(landed: Landed, error: Exception) -> Landed:
    from syndicator.pipeline.read import bug  # noqa: PLC0415  # what it loads is for readers

    return replace(landed, outcome=scrubbed(Failed(failure=bug(error)), landed.source))


def _record(store: Store, landed: Sequence[Landed], schedule: Schedule, now: datetime) -> list[Report]:
    known = store.paces([it.source.id for it in landed])
    with store.recording(now) as recording:
        recording.expect([article for it in landed if isinstance(it.outcome, Fresh) for article in it.outcome.articles])
        return [
            _record_poll(recording, it, schedule, *known.get(it.source.id, (0, Pace())), now)
            if it.wish is None
            else _record_page(recording, it, it.wish, now)
            for it in landed
        ]


def _record_poll(
    recording: Recording, landed: Landed, schedule: Schedule, failures: int, pace: Pace, now: datetime
) -> Report:
    source, answer = landed.source, landed.answer
    report = copy(landed.report or _report_of(source))
    published = [*landed.published]
    if isinstance(landed.outcome, Fresh):
        published += _record_fresh(recording, source, landed.outcome, report, now)
    match landed.outcome:
        case Failed(failure=failure) if answer.debt:
            report.failure = failure
            due = after_debt(source, schedule, pace, answer.debt, now, asked=bool(answer.url))
            recording.polls.rests(source.id, due.at, replace(pace, why=due.why))
        case Failed(failure=Failure() as failure) | Fresh(failure=Failure() as failure):
            failure = replace(failure, warnings=report.warnings[:WARNINGS])
            report.failure = failure
            elsewhere = answer.url not in {source.url, answer.moved_to}
            pace = after_trouble(pace, failure, failures + 1, now)
            due = after_failure(source, schedule, pace, failure, failures + 1, now, elsewhere=elsewhere)
            recording.polls.failed(source.id, failure, due.at, replace(pace, why=due.why))
        case Fresh() | Unchanged() as good:
            pace = after_answer(pace, source, good, answer, published, now)
            if isinstance(good, Fresh):
                pace = replace(
                    pace,
                    rewrites=pace.rewrites + 1 if rewrites(good, report.updated) else 0,
                    borrowed=borrowed(pace.borrowed, report.new + report.joined, report.borrowed),
                )
            due = after_success(source, schedule, pace, now, answer.fresh_for)
            recording.polls.succeeded(source.id, good, due.at, replace(pace, why=due.why))
    return report


def _record_fresh(
    recording: Recording, source: Source, fresh: Fresh, report: Report, now: datetime
) -> list[datetime | None]:
    """Write down what a body holds; gives the dates of its new entries."""
    published = _record_articles(recording, source, fresh, report, now)
    recording.profiles.note_feed(source.id, fresh.info.social)
    report.deleted += delete(recording, source.id, fresh.deleted)
    if recording.polls.keyed_by(source.id, fresh.keyed_by, fresh.churn):
        report.keyed_by = fresh.keyed_by
    for wish in fresh.wishes:
        recording.wishes.add(source.id, wish)
        published.append(wish.fallback.published if wish.fallback else None)
    if source.kind == "list":
        recording.polls.listed(source.id, fresh.sources)
    report.wished, report.warnings = len(fresh.wishes), fresh.warnings
    return published


def _record_articles(
    recording: Recording, source: Source, fresh: Fresh, report: Report, now: datetime
) -> list[datetime | None]:
    recording.renamed(source.id, fresh.renamed)
    apart = dict(fresh.doubtful)
    published = []
    for found in claiming(recording, source, fresh.info, _learned(recording, source, fresh, now)):
        article = _apart(recording, found, apart)
        foreign = has_foreign_id(article, source, fresh.info.site_url) and recording.stories.is_taken(
            article.guid, (article.source_id, article.key)
        )
        if _record_article(recording, source, article, report, shown=fresh.shown):
            report.borrowed += foreign
            published.append(article.published)
    return published


def _apart(recording: Recording, article: Article, own: Mapping[str, str]) -> Article:
    """The article, under a key of its own if the one that it came with, a link, is another's."""
    known = recording.known(article.source_id, article.key) if article.key in own else None
    if known is None or not is_another(article, known, *recording.words(known.article)):
        return article
    return replace(article, key=own[article.key])


def _record_page(recording: Recording, landed: Landed, wish: Wish, now: datetime) -> Report:
    """An article page completes its entry; when it cannot be had, what the listing said is recorded at once."""
    source, key = landed.source, wish.entry.key
    report = _report_of(source, wish)
    first_seen = recording.wishes.since(source.id, key)
    match landed.outcome:
        case Fresh() as fresh:
            for article in _learned(recording, source, fresh, now):
                _record_article(recording, source, article, report, first_seen)
            report.warnings = fresh.warnings
            if fresh.warnings:
                recording.polls.warned(source.id, fresh.warnings, report.url)
            recording.wishes.granted(source.id, key)
        case Unchanged():
            recording.wishes.granted(source.id, key)
        case Failed(failure=failure):
            report.failure = failure
            missing = page_is_missing(recording, source.id, wish, failure, now)
            if missing is not None:
                report.deleted += missing
                return report
            if landed.attempts == 0 and wish.fallback is not None:
                _record_article(recording, source, wish.fallback, report, first_seen)
            debt, first = landed.answer.debt, landed.attempts == 0
            tried = debt is None or bool(landed.answer.url)
            final = failure.kind is FailureKind.GONE or failure.status == 404 or failure == FORBIDDEN
            if final or (tried and landed.attempts + 1 >= WISH_ATTEMPTS):
                recording.wishes.granted(source.id, key)
            else:
                due_at = now + WISH_PAUSES[min(landed.attempts, len(WISH_PAUSES) - 1)]
                due_at = max(due_at, debt.until) if debt else due_at
                recording.wishes.postponed(source.id, key, due_at, tried=tried or first)
    return report


def _learned(recording: Recording, source: Source, fresh: Fresh, now: datetime) -> Sequence[Article]:
    """A body's articles, and what its source repeats learned from them."""
    names = [name for name in (source.title, fresh.info.title) if name]
    return learn(recording, source, fresh.articles, names, now)


def _record_article(
    recording: Recording,
    source: Source,
    article: Article,
    report: Report,
    first_seen: datetime | None = None,
    shown: Shown | None = None,
) -> bool:
    """Place and write an article; tells whether its source had not shown it before."""
    known = recording.known(article.source_id, article.key)
    candidates = [] if known is not None else recording.candidates(article)
    if candidates and shown is not None and (former := moved(article, candidates, shown)):
        recording.renamed(article.source_id, [(former.key, article.key)])
        known = recording.known(article.source_id, article.key)
    rulings = recording.rulings(article, {it.story for it in candidates})
    posts = pairs(recording, article, candidates)
    placement = place(article, known, candidates, shown or Shown(), rulings, source.priority, posts)
    near = alike(article, recording.neighbours(article, candidates), rulings) if placement == Opens() else []
    if near:
        placement = place_near(article, near, source.priority)
    recording.write(article, placement, substance(article), first_seen=first_seen)
    report.merged += settle(recording, article, placement, candidates, shown or Shown(), posts)
    report.merged += settle_near(recording, article, placement, near)
    if known is not None and isinstance(placement, Updates):
        report.merged += settle_changed(recording, article, known)
    if posts and (placed := recording.stories.placed((article.source_id, article.key))):
        recording.profiles.note_posts(placed[1])
    match placement:
        case Opens():
            report.new += 1
        case Joins():
            report.joined += 1
        case Updates(substantive=True):
            report.updated += 1
    return known is None
