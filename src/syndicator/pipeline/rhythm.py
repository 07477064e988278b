"""How often a source has news, as far as anybody knows, and how often it is asked where nothing else counts. Pure."""

from collections.abc import Collection, Sequence
from datetime import datetime

from syndicator.model.manners import Pace
from syndicator.model.noun import Noun
from syndicator.model.settings import Schedule
from syndicator.model.source import Source
from syndicator.text.keys import digest
from syndicator.text.moments import span

MOMENTS = 10
"""So many of the newest entries make a rhythm …"""
FEWEST = 3
"""… and fewer than these do not."""
APART = 300
"""Entries that appear within so many seconds count as one: nobody asks for each of them."""
POLLS_PER_ENTRY = 2
"""How often a source is asked between two entries."""


class Wait(Noun, kw_only=False):
    """A time for which a source is left alone.

    Attributes:
        seconds: How long.
        why: For what it waits, for people.
        by_schedule: Whether that is an interval which the operator's schedule bounds: with another schedule, another.
    """

    seconds: float
    why: str
    by_schedule: bool = False


def share(*parts: object) -> float:
    """A number in [0, 1) that follows from the parts alone: spread and jitter that can be replayed."""
    return int.from_bytes(digest("\0".join(map(str, parts)))[:6]) / 2**48


def interval_of(source: Source, schedule: Schedule) -> float:
    """Seconds between two polls of a source of which nothing is known yet, within the operator's bounds."""
    return _within(source.interval or schedule.interval, schedule)


def rhythm(source: Source, schedule: Schedule, pace: Pace, now: datetime) -> Wait:
    """The time between two polls of a source that has no trouble and gives no hint, within the operator's bounds.

    The silence since its last entry counts as well: a source that falls silent is asked less and less often.
    """
    if source.interval:
        return Wait(interval_of(source, schedule), "the interval that is set for it", by_schedule=True)
    if source.url.startswith("file:"):
        usual = "the usual interval: a file is nobody's burden"
        return Wait(interval_of(source, schedule), usual, by_schedule=True)
    moments = _past(pace.moments, now)
    if len(moments) < FEWEST:
        usual = "the usual interval, until its rhythm is known"
        return Wait(interval_of(source, schedule), usual, by_schedule=True)
    apart = (now.timestamp() - moments[0]) / len(moments)
    why = f"its rhythm: lately an entry every {span(apart)}"
    return Wait(_within(apart / POLLS_PER_ENTRY, schedule), why, by_schedule=True)


def appeared(pace: Pace, published: Collection[datetime | None], now: datetime) -> tuple[int, ...]:
    """The moments when a source's newest entries appeared, new ones included.

    Args:
        pace: What is known of it.
        published: The new entries' own dates: one that is missing or to come counts as now.
        now: The step's time.
    """
    latest = int(now.timestamp())
    new = {latest if date is None else min(int(date.timestamp()), latest) for date in published}
    kept: list[int] = []
    for moment in sorted(new.union(_past(pace.moments, now)), reverse=True):
        if len(kept) < MOMENTS and (not kept or kept[-1] - moment >= APART):
            kept.append(moment)
    return tuple(reversed(kept))


def _past(moments: Sequence[int], now: datetime) -> Sequence[int]:
    """The moments, but for those that were noted while the clock was ahead."""
    return [it for it in moments if it <= now.timestamp()]


def _within(seconds: float, schedule: Schedule) -> float:
    return min(max(seconds, schedule.min_interval), schedule.max_interval)
