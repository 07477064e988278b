"""Read a feed's hints on how often to poll it: `ttl`, `skipHours`, `skipDays` (RSS 2.0), the Syndication module."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from syndicator.model.manners import Hints
from syndicator.parse.feeds import nodes
from syndicator.parse.feeds.nodes import Found

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Days by the names that `skipDays` has, in lower case, Monday first."""
_PERIODS: Final = {"hourly": 3600.0, "daily": 86400.0, "weekly": 604800.0, "monthly": 2592000.0, "yearly": 31536000.0}
"""Seconds of each period of `sy:updatePeriod`."""
_MOST: Final = 400
"""The most elements that are looked at in one list; a valid one has at most 24 hours or 7 days."""


def read_hints(found: Found) -> Hints:
    """Read the hints of a channel or feed; values that make no sense are ignored.

    Args:
        found: The children of the channel or feed.
    """
    period = _PERIODS.get(nodes.first(found, "sy:updateperiod").lower(), 0.0)
    return Hints(
        ttl=60.0 * _number(nodes.first(found, "ttl")),
        period=period / max(_number(nodes.first(found, "sy:updatefrequency")), 1),
        base=_moment(nodes.first(found, "sy:updatebase")) if period else None,
        skip_hours=_sorted({hour % 24 for text in _listed(found, "skiphours", "hour") if (hour := _hour(text)) <= 24}),
        skip_days=_sorted({_DAYS.index(day) for day in _listed(found, "skipdays", "day") if day in _DAYS}),
    )


def _listed(found: Found, name: str, each: str) -> Iterator[str]:
    for element in found.get(name, ()):
        for child in islice(element, _MOST):
            if nodes.name(child.tag) == each:
                yield nodes.text(child).lower()


def _sorted(numbers: set[int]) -> tuple[int, ...]:
    return tuple(sorted(numbers))


def _number(text: str) -> int:
    """Read a whole number of up to nine digits; anything else is 0."""
    return int(text) if _is_number(text) else 0


def _hour(text: str) -> int:
    """Read an hour; 99: it is none. RSS 0.91 counts from 1 to 24, later versions from 0 to 23; 24 is midnight."""
    return int(text) if _is_number(text) else 99


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
