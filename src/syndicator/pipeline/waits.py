"""Waits: compute when a source is due next, and why. Pure functions of its history, its hints and the time.

    wait = max(its own rhythm or the operator's interval, what feed and host say, what its failures make prudent)

Signals of feed and host only lengthen a wait, to a day at most; a host's demands (429, 503, `Retry-After`) to 30 days.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import NEVER, Debt, Hints, Pace
from syndicator.model.noun import Noun, replace
from syndicator.model.settings import Schedule
from syndicator.model.source import Source
from syndicator.model.state import SourceState
from syndicator.pipeline.rhythm import Wait, rhythm, share

LONGEST_SIGNAL = 86400.0
"""The most seconds by which a feed's or host's signal can put off a poll; a demand (`Retry-After`) can do more."""
LONGEST_DEMAND = timedelta(days=30)
"""The longest time that a host's demand (429, 503, `Retry-After`) can make us wait."""
REPEATS = 20
"""Number of equal bodies in a row without a 304 after which a server is taken never to answer 304."""
HOUR = 3600.0
"""Seconds of an hour."""
DAY = 86400.0
"""Seconds of a day."""
KEPT = 3
"""The least value of `Pace.kept` at which a hub is relied on, so that its source is polled at the longest interval."""
STALLS = 3
"""Number of readings stopped at a limit, with none that went well between, after which a source is tried once a day."""


class Due(Noun, kw_only=False):
    """When the next poll of a source is due.

    Attributes:
        at: The time of the poll.
        why: What it waits for, in words for people.
        by_schedule: Whether it waits for an interval that the operator's schedule bounds.
    """

    at: datetime
    why: str
    by_schedule: bool = False

    def noted(self, pace: Pace) -> Pace:
        """Return what is remembered of a source, with what its next poll waits for."""
        return replace(pace, why=self.why, by_schedule=self.by_schedule)


def after_success(source: Source, schedule: Schedule, pace: Pace, now: datetime, fresh_for: float = 0.0) -> Due:
    """Return when to poll next: after the longest of the waits, and up to a tenth more, so that sources drift apart.

    A WebSub hub counts before the source's own rhythm. News that a hub has announced and that are not there yet are
    looked for soon. While a hub that has proven reliable announces news, the source is polled only once in the longest
    interval, for whatever the hub misses.

    Args:
        source: The source that was polled.
        schedule: The operator's bounds.
        pace: What is remembered of the source, this poll included.
        now: The step's time.
        fresh_for: Seconds for which the answer is fresh, as its host says (RFC 9111, section 4.2).
    """
    fresh = Wait(min(fresh_for, LONGEST_SIGNAL), "its host's Cache-Control or Expires")
    if pace.expecting:
        return _settled(
            source, [Wait(schedule.min_interval, "news that its hub has announced"), fresh], pace.hints, now
        )
    waits = [rhythm(source, schedule, pace, now), *_hinted(pace.hints, now), fresh]
    if pace.told_until and pace.told_until > now and pace.kept >= KEPT and not source.interval:
        waits.append(Wait(schedule.max_interval, "its hub, which announces its news", by_schedule=True))
    if pace.repeats >= REPEATS:
        waits.append(Wait(HOUR, "its host, which never answers 304"))
    return _settled(source, waits, pace.hints, now)


def after_failure(
    source: Source,
    schedule: Schedule,
    pace: Pace,
    failure: Failure,
    failures: int,
    now: datetime,
    *,
    elsewhere: bool = False,
) -> Due:
    """Return when to try again: after the interval, doubled with each failure in a row, within the operator's bounds.

    This back-off is never longer than the time for which the source has failed plus one interval. Doubling alone comes
    to that (at the third failure the source has failed for three intervals, and waits four). The bound matters when
    somebody asks for polls in between: these do not add up to a long wait.

    The wait is never shorter than the host demands (`Retry-After`). A source that is gone for good (410) is not asked
    any more, until the operator gives it another address or asks for it.

    Args:
        source: The source that failed.
        schedule: The operator's bounds.
        pace: What is remembered of the source, this poll included.
        failure: The newest failure.
        failures: How many failures in a row there were, the newest included.
        now: The step's time.
        elsewhere: Whether the failure came from another address than the source's own, which it may leave again.
    """
    if failure.kind is FailureKind.GONE and not elsewhere:
        return Due(NEVER, "its operator: its host says that it is gone for good")
    usual = rhythm(source, schedule, pace, now).seconds
    back_off = usual * 2 ** min(failures - 1, 20)
    if pace.failing_since:
        back_off = min(back_off, usual + max((now - pace.failing_since).total_seconds(), 0.0))
    waits = [Wait(min(back_off, schedule.max_interval), "its failures")]
    if failure.kind is FailureKind.ROBOTS:  # no request for the page was sent, so no back-off is needed
        waits = [Wait(usual, "its site's robots.txt")]
    waits += _hinted(pace.hints, now)
    if pace.stalls >= STALLS:
        waits.append(Wait(DAY, "its quarantine: one try a day"))
    due = _settled(source, waits, pace.hints, now)
    demanded = now + min(timedelta(seconds=math.ceil(failure.retry_after or 0)), LONGEST_DEMAND)
    return due if due.at >= demanded else Due(demanded, "its host's Retry-After")


def after_debt(source: Source, schedule: Schedule, pace: Pace, debt: Debt, now: datetime, *, asked: bool) -> Due:
    """Return when to poll a source whose host wants to be left alone: after that, spread over a tenth of that time.

    Args:
        source: The source that was due.
        schedule: The operator's bounds.
        pace: What is remembered of the source.
        debt: What the host demands.
        now: The step's time.
        asked: Whether a request for the source was sent just now; if not, the debt held it back.
    """
    free = debt.until + 0.1 * share(source.id, debt.until) * (debt.until - debt.since)
    free = min(free, debt.since + LONGEST_DEMAND)
    waits = [Wait((free - now).total_seconds(), "its host, which asks to be left alone")]
    if asked:
        waits += [rhythm(source, schedule, pace, now), *_hinted(pace.hints, now)]
    wait = max(waits, key=lambda it: it.seconds)
    at = _open(now + timedelta(seconds=wait.seconds), pace.hints, source)
    return Due(at, wait.why, by_schedule=wait.by_schedule)


def sooner(
    sources: Iterable[Source], states: Mapping[str, SourceState], schedule: Schedule, now: datetime
) -> list[tuple[str, datetime]]:
    """Return the sources that are due sooner because the operator has changed intervals, each with its new time.

    Sources that wait for something else than an interval or their rhythm (a signal, a host, a failure) are left out.

    Args:
        sources: The sources as they are configured now.
        states: What is remembered of them, by id.
        schedule: The operator's bounds as they are now.
        now: The step's time.
    """
    found = []
    for source in sources:
        state = states.get(source.id)
        if state and state.polled_at and not state.failure and state.pace.by_schedule:
            at = max(after_success(source, schedule, state.pace, state.polled_at).at, now)
            if at < state.due_at:
                found.append((source.id, at))
    return found


def doubts(hints: Hints) -> tuple[str, ...]:
    """Return warnings for the operator about a feed's hints; empty if they make sense."""
    if len(hints.skip_hours) == 24 or len(hints.skip_days) == 7:
        return ("The feed asks never to be polled (skipHours or skipDays name all of them); that is ignored.",)
    return ()


def _hinted(hints: Hints, now: datetime) -> list[Wait]:
    """Return the waits that a feed asks for: its `<ttl>`, and the time until its next update (`sy:updatePeriod`)."""
    update = hints.period
    if hints.period and hints.base:
        since = (now - hints.base).total_seconds()
        update = (math.floor(since / hints.period) + 1) * hints.period - since
    return [
        Wait(min(hints.ttl, LONGEST_SIGNAL), "its own <ttl>"),
        Wait(min(update, LONGEST_SIGNAL), "its own sy:updatePeriod"),
    ]


def _settled(source: Source, waits: list[Wait], hints: Hints, now: datetime) -> Due:
    """Return the first time, after the longest wait and up to a tenth more, that the feed's hints do not exclude."""
    wait = max(waits, key=lambda it: it.seconds)
    at = now + timedelta(seconds=wait.seconds * (1 + 0.1 * share(source.id, now)))
    opened = _open(at, hints, source)
    if opened != at:
        return Due(opened, "its own skipHours and skipDays")
    return Due(at, wait.why, by_schedule=wait.by_schedule)


def _open(at: datetime, hints: Hints, source: Source) -> datetime:
    """Return the first moment from `at` on that `skipHours` and `skipDays` allow.

    It is a week later at most, because hints that exclude all hours or all days are ignored.
    """
    hours = hints.skip_hours if len(hints.skip_hours) < 24 else ()
    days = hints.skip_days if len(hints.skip_days) < 7 else ()
    moment = at.astimezone(UTC)
    while moment.hour in hours or moment.weekday() in days:
        hour = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        moment = hour + timedelta(seconds=360 * share(source.id, hour))
    return moment
