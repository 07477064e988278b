"""When a source is due next, and why: a function of what it did, what it says, and the time. Pure.

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
"""Seconds by which a feed or its host can put off a poll with anything but a demand."""
LONGEST_DEMAND = timedelta(days=30)
"""The longest that a host can make us wait."""
REPEATS = 20
"""After so many equal bodies and no 304, a server is held to give none."""
HOUR = 3600.0
DAY = 86400.0
KEPT = 3
"""So often in all, a hub must have told of news before its word is enough between two polls."""
STALLS = 3
"""So many killed readers in a row are a quarantine: one try a day."""


class Due(Noun, kw_only=False):
    """The next poll.

    Attributes:
        at: When.
        why: What it waits for, for people.
        by_schedule: Whether that is an interval which the operator's schedule bounds.
    """

    at: datetime
    why: str
    by_schedule: bool = False

    def noted(self, pace: Pace) -> Pace:
        """What is known of a source, with what its next poll waits for."""
        return replace(pace, why=self.why, by_schedule=self.by_schedule)


def after_success(source: Source, schedule: Schedule, pace: Pace, now: datetime, fresh_for: float = 0.0) -> Due:
    """When to poll next: after the longest of the waits, and up to a tenth more, so that sources drift apart.

    A hub's word counts before its own rhythm: what that has told of and is not there yet is looked for soon; and while
    a hub tells that has proven itself, the rest is seen to once in the longest interval.

    Args:
        source: Which.
        schedule: The operator's bounds.
        pace: What is known of it, this poll included.
        now: The step's time.
        fresh_for: Seconds that the host itself says nothing will change for (RFC 9111, section 4.2).
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
    """When to try again: the interval, doubled with each failure in a row, within the operator's bounds.

    The wait is never longer than the source has failed for, and one interval: by itself the schedule comes to that (at
    the third failure it has failed for three intervals, and waits four), and so polls that somebody asks for in between
    do not add up to a long wait.

    What the host itself demands (`Retry-After`) is never undercut. A source that is gone for good (410) is not asked
    any more, until the operator gives it another address, or asks for it.

    Args:
        source: Which.
        schedule: The operator's bounds.
        pace: What is known of it, this poll included.
        failure: The newest.
        failures: How many in a row, the newest included.
        now: The step's time.
        elsewhere: Whether another address than its own failed, one that it need not have for good.
    """
    if failure.kind is FailureKind.GONE and not elsewhere:
        return Due(NEVER, "its operator: its host says that it is gone for good")
    usual = rhythm(source, schedule, pace, now).seconds
    back_off = usual * 2 ** min(failures - 1, 20)
    if pace.failing_since:
        back_off = min(back_off, usual + max((now - pace.failing_since).total_seconds(), 0.0))
    waits = [Wait(min(back_off, schedule.max_interval), "its failures")]
    if failure.kind is FailureKind.ROBOTS:  # nobody was asked, so nobody has to be spared
        waits = [Wait(usual, "its site's robots.txt")]
    waits += _hinted(pace.hints, now)
    if pace.stalls >= STALLS:
        waits.append(Wait(DAY, "its quarantine: one try a day"))
    due = _settled(source, waits, pace.hints, now)
    demanded = now + min(timedelta(seconds=math.ceil(failure.retry_after or 0)), LONGEST_DEMAND)
    return due if due.at >= demanded else Due(demanded, "its host's Retry-After")


def after_debt(source: Source, schedule: Schedule, pace: Pace, debt: Debt, now: datetime, *, asked: bool) -> Due:
    """When to poll a source whose host wants to be left alone: after that, spread over a tenth of the time.

    Args:
        source: Which.
        schedule: The operator's bounds.
        pace: What is known of it.
        debt: What the host demands.
        now: The step's time.
        asked: Whether the source was asked just now; else it was its turn, and it was not.
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
    """The sources that are due sooner now that the operator has set other intervals, each with its new time.

    Who waits for anything but an interval or its rhythm (a signal, a host, a failure) waits on.

    Args:
        sources: As configured now.
        states: What is remembered of them.
        schedule: The operator's bounds now.
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
    """What is wrong with a feed's hints, for the operator."""
    if len(hints.skip_hours) == 24 or len(hints.skip_days) == 7:
        return ("The feed asks never to be polled (skipHours or skipDays name all of them); that is ignored.",)
    return ()


def _hinted(hints: Hints, now: datetime) -> list[Wait]:
    """The waits that a feed asks for itself."""
    update = hints.period
    if hints.period and hints.base:
        since = (now - hints.base).total_seconds()
        update = (math.floor(since / hints.period) + 1) * hints.period - since
    return [
        Wait(min(hints.ttl, LONGEST_SIGNAL), "its own <ttl>"),
        Wait(min(update, LONGEST_SIGNAL), "its own sy:updatePeriod"),
    ]


def _settled(source: Source, waits: list[Wait], hints: Hints, now: datetime) -> Due:
    """The next poll: after the longest of the waits and up to a tenth more, as soon as the feed may be asked then."""
    wait = max(waits, key=lambda it: it.seconds)
    at = now + timedelta(seconds=wait.seconds * (1 + 0.1 * share(source.id, now)))
    opened = _open(at, hints, source)
    if opened != at:
        return Due(opened, "its own skipHours and skipDays")
    return Due(at, wait.why, by_schedule=wait.by_schedule)


def _open(at: datetime, hints: Hints, source: Source) -> datetime:
    """The first moment from `at` on that the feed does not exclude; a week at most, for not all hours can be."""
    hours = hints.skip_hours if len(hints.skip_hours) < 24 else ()
    days = hints.skip_days if len(hints.skip_days) < 7 else ()
    moment = at.astimezone(UTC)
    while moment.hour in hours or moment.weekday() in days:
        hour = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        moment = hour + timedelta(seconds=360 * share(source.id, hour))
    return moment
