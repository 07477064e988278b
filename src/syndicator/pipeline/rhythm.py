"""Rhythm: how often a source has news, and how often it is polled when no hint, host or failure counts. Pure."""

from collections.abc import Collection, Sequence
from datetime import datetime

from syndicator.model.manners import Pace
from syndicator.model.noun import Noun
from syndicator.model.settings import Schedule
from syndicator.model.source import Source
from syndicator.text.keys import digest
from syndicator.text.moments import span

MOMENTS = 10
"""The most moments, of a source's newest entries, that are kept to compute its rhythm."""
FEWEST = 3
"""The fewest moments from which a rhythm is computed; with fewer, the usual interval is used."""
APART = 300
"""Seconds within which entries that appear count as one, because one poll finds them all."""
POLLS_PER_ENTRY = 2
"""How often a source is polled in the average time between two of its entries."""


class Wait(Noun, kw_only=False):
    """A time for which a source is not polled.

    Attributes:
        seconds: How long it is.
        why: What the source waits for, in words for people.
        by_schedule: Whether it is an interval that the operator's schedule bounds, so that another schedule changes it.
    """

    seconds: float
    why: str
    by_schedule: bool = False


def share(*parts: object) -> float:
    """Return a number in [0, 1) that depends on the parts alone, for spread and jitter that can be reproduced."""
    return int.from_bytes(digest("\0".join(map(str, parts)))[:6]) / 2**48


def interval_of(source: Source, schedule: Schedule) -> float:
    """Return the seconds between two polls of a source whose rhythm is not known, within the operator's bounds."""
    return _within(source.interval or schedule.interval, schedule)


def rhythm(source: Source, schedule: Schedule, pace: Pace, now: datetime) -> Wait:
    """Return the time between two polls of a source without failures and hints, within the operator's bounds.

    The time since its last entry counts as well: a source that falls silent is polled less and less often.
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
    """Return the moments at which a source's newest entries appeared, in seconds since 1970, oldest first.

    Args:
        pace: What is remembered of the source.
        published: The new entries' own dates; a date that is missing or in the future counts as now.
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
    """Return the moments without those in the future, which were noted while the clock was ahead."""
    return [it for it in moments if it <= now.timestamp()]


def _within(seconds: float, schedule: Schedule) -> float:
    return min(max(seconds, schedule.min_interval), schedule.max_interval)
