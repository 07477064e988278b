"""Read dates in wordings and languages that `dates` does not know, with dateparser: a thousand times slower."""

import re
from collections.abc import Sequence
from datetime import datetime

_LONGEST = 100  # the most characters that dateparser is given, because its patterns are slow
_UNREADABLE: set[str] = set()
"""Texts that could not be read before: a feed often has such a date in every entry, and each attempt costs 10 ms."""
_MOST_UNREADABLE = 1000
"""The most texts that are remembered as unreadable; then all are forgotten."""
_MAIL_DAY = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ")
"""The opening of an English date (RFC 5322): if `dates` could not read it, no other language helps."""
FULL_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


def guess(written: str, *, now: datetime, languages: Sequence[str]) -> datetime | None:
    """Read a text that may be a date; None if it is none.

    Args:
        written: The text, on one line.
        now: The current moment, in the zone that a date without a zone is meant in.
        languages: The codes of the languages in which it may be written.
    """
    if (
        _MAIL_DAY.match(written)
        or len(written) > _LONGEST
        or written in _UNREADABLE
        or not any(c.isalnum() for c in written)
    ):
        return None
    from dateparser.date import DateDataParser  # noqa: PLC0415 - loading takes 0.1 s, and few need it

    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "past",
        "REQUIRE_PARTS": ["day", "month"],
        # Without a full year only: dateparser reads "25 sem 2022" as 25 weeks ago.
        "PARSERS": ["absolute-time"] if FULL_YEAR.search(written) else ["relative-time", "absolute-time"],
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "TIMEZONE": "UTC",  # not the machine's zone; a result without a zone gets the one of `now` below
    }
    found: datetime | None = DateDataParser(languages=languages, settings=settings).get_date_data(written).date_obj
    if found is None:
        if len(_UNREADABLE) >= _MOST_UNREADABLE:
            _UNREADABLE.clear()
        _UNREADABLE.add(written)
        return None
    return found.replace(tzinfo=found.tzinfo or now.tzinfo)
