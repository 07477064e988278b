"""Dates in other wordings and languages than `dates` knows, by dateparser: a thousand times slower, so asked last."""

import re
from collections.abc import Sequence
from datetime import datetime

_LONGEST = 100  # its patterns are costly: it sees short texts only
_UNREADABLE: set[str] = set()
"""What nobody could read before: a feed with such a date has it in every entry, and each look costs 10 ms."""
_MOST_UNREADABLE = 1000
_MAIL_DAY = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ")
"""So opens a date in English, and nobody's who knows other languages."""
FULL_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


def guess(written: str, *, now: datetime, languages: Sequence[str]) -> datetime | None:
    """Read a date, or what may be one.

    Args:
        written: In one line.
        now: The current moment, in the zone of a date that names none.
        languages: In which it may be.
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
        # It reads "25 sem 2022" as 25 weeks ago.
        "PARSERS": ["absolute-time"] if FULL_YEAR.search(written) else ["relative-time", "absolute-time"],
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "TIMEZONE": "UTC",  # not the machine's; a result without a zone is given the source's below
    }
    found: datetime | None = DateDataParser(languages=languages, settings=settings).get_date_data(written).date_obj
    if found is None:
        if len(_UNREADABLE) >= _MOST_UNREADABLE:
            _UNREADABLE.clear()
        _UNREADABLE.add(written)
        return None
    return found.replace(tzinfo=found.tzinfo or now.tzinfo)
