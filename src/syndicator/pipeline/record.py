"""Record: write the outcomes of a step, those of polls and of article pages, to the store.

Nothing else writes outcomes, and only the one writer (the daemon, or a command that holds its lock) calls it.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from syndicator.errors import StoreError
from syndicator.model.article import Article
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import Pace
from syndicator.model.noun import replace
from syndicator.model.outcome import Failed, Fresh, Unchanged, Wish
from syndicator.model.settings import Schedule
from syndicator.model.source import Source
from syndicator.pipeline.deleting import delete, page_is_missing
from syndicator.pipeline.errand import Errand
from syndicator.pipeline.landed import PART, Landed, Report
from syndicator.pipeline.lessons import after_answer, after_trouble, borrowed, rewrites
from syndicator.pipeline.placing import apart, learned, place_article, place_articles, recognized
from syndicator.pipeline.reader import bug
from syndicator.pipeline.redaction import scrubbed
from syndicator.pipeline.robots import FORBIDDEN
from syndicator.pipeline.roster import same_ids
from syndicator.pipeline.waits import after_debt, after_failure, after_success
from syndicator.store import Recording, Store
from syndicator.store.polls import WARNINGS

WISH_ATTEMPTS = 3
"""The most requests for an article page, after which what the feed or listing says is final."""
WISH_PAUSES = (timedelta(hours=1), timedelta(days=1))
"""The pauses after the first, and after each further request for an article page that failed."""


def record_part(store: Store, landed: Landed, now: datetime) -> Landed:
    """Write the first articles of a body that has many, in one transaction; return what is left to write.

    The body's validators are written with its last part. If we end before, the body is read again, and these articles
    are known.

    Raises:
        StoreError: Nothing was written; the same call may be tried again.
    """
    fresh = landed.outcome
    if not isinstance(fresh, Fresh):
        return landed
    report = landed.begun()
    part, rest = (replace(fresh, articles=it) for it in (fresh.articles[:PART], fresh.articles[PART:]))
    try:
        with store.recording(now) as recording:
            recording.expect(part.articles)
            published = place_articles(recording, landed.errand.source, part, report, now)
            recording.polls.read_in_part(landed.errand.source.id)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001  # a bug that these articles trigger fails their source only
        return _failed(landed, error)
    return replace(landed, outcome=rest, report=report, published=(*landed.published, *published))


def record(store: Store, landed: Sequence[Landed], schedule: Schedule, now: datetime) -> list[Report]:
    """Write outcomes in one transaction, and return their reports.

    If a bug of ours prevents that, each is written in a transaction of its own, so that only the source that triggers
    the bug fails.

    Raises:
        StoreError: Nothing was written; the same call may be tried again.
    """
    try:
        return _record(store, landed, schedule, now)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001  # the other sources must not be harmed
        if len(landed) == 1:
            return _record(store, [_failed(landed[0], error)], schedule, now)
        return [report for one in landed for report in record(store, [one], schedule, now)]


def _failed(landed: Landed, error: Exception) -> Landed:
    """Turn an outcome that could not be written into a failure.

    The wish's fallback (what the listing says of the page) is dropped, because it may be what cannot be written.
    """
    errand = landed.errand
    wish = errand.wish and replace(errand.wish, fallback=None)
    outcome = scrubbed(Failed(failure=bug(error)), errand.source)
    return replace(landed, errand=dataclasses.replace(errand, wish=wish), outcome=outcome)


def _record(store: Store, landed: Sequence[Landed], schedule: Schedule, now: datetime) -> list[Report]:
    known = store.paces([it.errand.source.id for it in landed])
    with store.recording(now) as recording:
        recording.expect([article for it in landed if isinstance(it.outcome, Fresh) for article in it.outcome.articles])
        return [
            _record_poll(recording, it, schedule, *known.get(it.errand.source.id, (0, Pace())), now)
            if it.errand.wish is None
            else _record_page(recording, it, it.errand.wish, now)
            for it in landed
        ]


def _record_poll(
    recording: Recording, landed: Landed, schedule: Schedule, failures: int, pace: Pace, now: datetime
) -> Report:
    source, answer = landed.errand.source, landed.errand.answer
    report = landed.begun()
    published = [*landed.published]
    if isinstance(landed.outcome, Fresh):
        published += _record_fresh(recording, source, landed.outcome, report, now)
    match landed.outcome:
        case Failed(failure=failure) if answer.debt:
            report.failure = failure
            due = after_debt(source, schedule, pace, answer.debt, now, asked=bool(answer.url))
            recording.polls.rests(source.id, due.at, due.noted(pace))
        case Failed(failure=Failure() as failure) | Fresh(failure=Failure() as failure):
            failure = replace(failure, warnings=report.warnings[:WARNINGS])
            report.failure = failure
            elsewhere = answer.url not in {source.url, answer.moved_to}
            pace = after_trouble(pace, failure, failures + 1, now)
            due = after_failure(source, schedule, pace, failure, failures + 1, now, elsewhere=elsewhere)
            recording.polls.failed(source.id, failure, due.at, due.noted(pace))
            if isinstance(landed.outcome, Fresh):
                recording.polls.read_in_part(source.id)
        case Fresh() | Unchanged() as good:
            pace = after_answer(pace, source, good, answer, published, now)
            if isinstance(good, Fresh):
                pace = replace(
                    pace,
                    rewrites=pace.rewrites + 1 if rewrites(good, report.updated) else 0,
                    borrowed=borrowed(pace.borrowed, report.new + report.joined, report.borrowed),
                    lookback=landed.errand.looked_back(good),
                )
                recording.habits.showed(source.id, len(good.shown.keys) if good.shown else 0)
            due = after_success(source, schedule, pace, now, answer.fresh_for)
            recording.polls.succeeded(source.id, good, due.at, due.noted(pace))
    return report


def _record_fresh(
    recording: Recording, source: Source, fresh: Fresh, report: Report, now: datetime
) -> list[datetime | None]:
    """Write what a body holds; return the dates of its new entries, None for each without a date."""
    published = place_articles(recording, source, fresh, report, now)
    recording.profiles.note_feed(source.id, fresh.info.social)
    report.deleted += delete(recording, source.id, fresh.deleted)
    if recording.polls.keyed_by(source.id, fresh.keyed_by, fresh.churn):
        report.keyed_by = fresh.keyed_by
    published += [it for wish in fresh.wishes for it in _record_wish(recording, source, wish, fresh, report)]
    if source.kind == "list":
        before, there = recording.polls.named(source.id), {it.url for it in fresh.sources}
        # Sources that are missing only because the list was cut off have not gone.
        cut_off = [it for it in before if it.url not in there] if fresh.failure else []
        recording.polls.listed(source.id, same_ids([*fresh.sources, *cut_off], before))
    report.wished, report.warnings = len(fresh.wishes), fresh.warnings
    return published


def _record_wish(
    recording: Recording, source: Source, wish: Wish, fresh: Fresh, report: Report
) -> Iterator[datetime | None]:
    """Store the wish for an article page; yield the date of its entry if that is new.

    A feed's entry is looked for under other keys, as if it were recorded at once. An entry whose link another entry had
    is recorded at once without its page, because the page at that address is not the entry's own.
    """
    article = wish.fallback
    if article is not None and wish.of_feed:
        article = apart(recording, article, dict(fresh.doubtful))
        if article.key != wish.entry.key:
            if place_article(recording, source, article, report, shown=fresh.shown):
                yield article.published
            return
        recognized(recording, article, fresh.shown)
    identity = (source.id, wish.entry.key)
    if recording.known(*identity) is None and recording.wishes.since(*identity) is None:
        yield article.published if article is not None else None
    recording.wishes.add(source.id, wish)


def _record_page(recording: Recording, landed: Landed, wish: Wish, now: datetime) -> Report:
    """Complete an entry by its article page; if the page could not be fetched, record what the listing said at once."""
    errand, key = landed.errand, wish.entry.key
    source = errand.source
    report = landed.begun()
    first_seen = recording.wishes.since(source.id, key)
    if first_seen is None:
        return report  # the entry got another key since the request; its wish has the new key, and still stands
    match landed.outcome:
        case Fresh() as fresh:
            for article in learned(recording, source, fresh, now):
                place_article(recording, source, article, report, first_seen)
            report.warnings = fresh.warnings
            if fresh.warnings:
                recording.polls.warned(source.id, fresh.warnings, report.url)
            recording.wishes.granted(source.id, key)
        case Unchanged():
            if wish.fallback is not None:
                place_article(recording, source, _without_page(recording, wish.fallback)[0], report, first_seen)
            recording.wishes.granted(source.id, key)
        case Failed(failure=failure):
            report.failure = _of_page(failure)
            missing = None if wish.of_feed else page_is_missing(recording, source.id, wish, failure, now)
            if missing is None:
                _record_attempt(recording, errand, wish, failure, report, first_seen, now)
            else:
                report.deleted += missing
    return report


def _record_attempt(
    recording: Recording,
    errand: Errand,
    wish: Wish,
    failure: Failure,
    report: Report,
    first_seen: datetime,
    now: datetime,
) -> None:
    """Record the fallback for an article page that could not be fetched, and request the page again or give it up."""
    source = errand.source
    is_counted, is_last = _attempt(errand, failure)
    if wish.fallback is not None:
        fallback, is_less = _without_page(recording, wish.fallback)
        if is_last if is_less else errand.attempts == 0:
            place_article(recording, source, fallback, report, first_seen)
    if is_last:
        recording.wishes.granted(source.id, wish.entry.key)
    else:
        recording.wishes.postponed(source.id, wish.entry.key, _again(errand, now), tried=is_counted)


def _of_page(failure: Failure) -> Failure:
    """Return the failure of an article page, with a remedy for a page where the usual one is for a source."""
    is_refused = failure.kind in {FailureKind.STATUS, FailureKind.GONE}
    return replace(failure, remedy="Open the address in a browser.") if is_refused else failure


def _attempt(errand: Errand, failure: Failure) -> tuple[bool, bool]:
    """Return whether an attempt to fetch an article page counts, and whether it is the last.

    An attempt does not count if no request was sent because the host wants to be left alone. But the first attempt
    always counts, because the fallback is written after it, and must not be written again.
    """
    is_counted = errand.attempts == 0 or errand.answer.debt is None or bool(errand.answer.url)
    is_final = failure.kind is FailureKind.GONE or failure.status == 404 or failure == FORBIDDEN
    return is_counted, is_final or (is_counted and errand.attempts + 1 >= WISH_ATTEMPTS)


def _again(errand: Errand, now: datetime) -> datetime:
    """Return when an article page that could not be fetched is requested again."""
    at, debt = now + WISH_PAUSES[min(errand.attempts, len(WISH_PAUSES) - 1)], errand.answer.debt
    return max(at, debt.until) if debt else at


def _without_page(recording: Recording, fallback: Article) -> tuple[Article, bool]:
    """Return what a feed or listing says of an article, and whether the article that is stored has a longer text.

    If an article is stored already, for example from its page, its terms of use are kept. If its text is longer, then
    the caller does not replace it by a teaser while the page may still come again.
    """
    known = recording.known(fallback.source_id, fallback.key)
    before = recording.article(known.article) if known is not None else None
    if before is None:
        return fallback, False
    terms = replace(before.terms, license=fallback.terms.license or before.terms.license)
    return replace(fallback, terms=terms), len(before.text) > len(fallback.text)
