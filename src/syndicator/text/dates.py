"""Dates as feeds and pages write them: lenient in the form, strict in the value.

One reading function after another tries a text, from the most common form to the rarest. A function that knows the form
but finds the value impossible (30 February) raises ValueError, and no other function is tried: a guess would be worse
than no date.
"""

import re
import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from datetime import timezone as fixed_zone
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from syndicator.text.characters import INDIC, INDOCHINESE, unaccented, unescape
from syndicator.text.guesses import FULL_YEAR, guess
from syndicator.text.numerals import latin
from syndicator.text.times import TimeOfDay, take_loose, take_time, zone_of

_LONGEST = 200  # the most characters of a date
_YEARS = range(1900, 2201)  # the years that are read
_FIRST_YEAR = 1990  # the first year of the web; the first that `is_date` accepts
_LAST_YEAR = 2037  # the last whole year of clocks with 32 bits; 2038, 2099 and 9999 stand for "never"
_AHEAD = timedelta(days=2)  # how far a date without a year may be in the future: other zones, slightly wrong clocks
_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_name("dates.toml").read_text(encoding="utf-8"))
MONTH_WORDS = {word: int(month) for month, words in _DATA["months"].items() for word in unaccented(words).split()}
DAY_WORDS = {word: int(days) for days, words in _DATA["days"].items() for word in unaccented(words).split()}
_UNITS = {word: int(seconds) for seconds, words in _DATA["units"].items() for word in unaccented(words).split()}
_LONG_UNITS = [word for word in _UNITS if len(word) > 1]

_YEAR_FIRST = re.compile(r"(?<![0-9])([0-9]{4})\s?([-/.])\s?([0-9]{1,2})(?:\s?[-/.]\s?([0-9]{1,2}))?(?![0-9:])")
_YEAR_LAST = re.compile(r"(?<![0-9])([0-9]{1,2})\s?([-/.])\s?([0-9]{1,2})\2\s?([0-9]{4}|[0-9]{2})(?![0-9])")
_SPACED = re.compile(r"(?<![0-9])([0-9]{1,2})( )([0-9]{1,2}) ([0-9]{4})(?![0-9])")
_NO_YEAR = re.compile(r"(?<![0-9.])([0-9]{1,2})[./] ?([0-9]{1,2})(?![0-9])")
_DOTS = re.compile(r"[0-9]{1,2}\. ?[0-9]{1,2}\.,? [0-2]?[0-9]\.[0-5][0-9]")
"""Day, month and time: `25.4. 14.05` has no year, least of all 2014 or 2005."""
_DAY_OF_YEAR = re.compile(r"([0-9]{4})-([0-9]{3})(?![0-9])")
_WEEKDAYS = "mon tue wed thu fri sat sun".split()
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})[a-z]{{0,6}}[.,]{{0,2}}\s?$")
_TOKEN = re.compile(rf"[0-9]+|(?:(?![\d_])[\w{INDIC}{INDOCHINESE}])+")
_SINCE = re.compile(rf"\b(?:{'|'.join(map(unaccented, _DATA['ago']['before']))})\s(?=[0-9]+(?!\s?годин|[0-9]))")
"""A word that says, before an amount, that it has passed.

It does not match before an amount of `години`: here these are hours (Ukrainian, which puts such a word behind the
amount), but behind such a word they are years (Bulgarian).
"""
_AGO = re.compile(rf"\b(?:{'|'.join(unaccented(_DATA['ago']['behind']).split())})\b|前|{unaccented('전')}")
_LOG = re.compile(r"([0-9]{1,2}/[a-z]{3}/[0-9]{4}):(?=[0-9])")
"""`25/Apr/2022:14:05:00 +0300`: the Common Log Format of web servers."""
_CROATIAN = re.compile(r"(?<=[0-9]\.)\s?listopada\b")
"""October in Croatian, which writes a full stop behind the day; without one, the word is the Polish November."""
_AMOUNT = re.compile(r"([0-9]{1,5}|\ban?\b|)\s*([^\W\d_]+)")

_MAIL = re.compile(
    r"(?:[A-Za-z]{3}, ?)?([0-9]{1,2}) ([A-Za-z]{3}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2})"
    r" (?:GMT|UTC|Z|([+-])([0-9]{2})([0-9]{2}))"
)
"""A date of RFC 5322, section 3.3, as nearly every RSS feed writes it; it is read by this pattern alone."""
_DIGITS_ONLY = re.compile(r"([0-9]{1,20})(\.[0-9]+)?")
_ASP_NET = re.compile(r"/Date\((-?[0-9]{1,14})(?:[+-][0-9]{4})?\)/")
"""A date in ASP.NET's JSON: Unix time in milliseconds; the offset is for display only."""
_MIDNIGHT = time()
_COMPACT = {4: "%Y", 6: "%Y%m", 7: "%Y%j", 8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
"""The form of a date of digits alone, by their number."""
_UNIX = {9: 1, 10: 1, 11: 1, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000}
"""The units per second of Unix time, by its number of digits."""


class _Context(NamedTuple):
    """What completes an incomplete date.

    Attributes:
        zone: The zone of a date that names none.
        now: The current moment in that zone.
    """

    zone: tzinfo
    now: datetime


_SOME_DAY = _Context(UTC, datetime(2100, 1, 1, tzinfo=UTC))  # for `is_date`, which does not depend on the day


def parse_date(text: str, *, timezone: str = "UTC", now: datetime) -> datetime | None:
    """Read a date: ISO 8601, RFC 3339, RFC 5322 and its ancestors, Unix time, and what people write.

    Numbers alone are read with the day first, as most of the world writes them, unless only the other order is
    possible. Zone names are those of `zones.toml`; the weekday is ignored. Year, month, day and time may be missing;
    they are filled in from `now`, so that the date is in the past.

    Args:
        text: The date as written.
        timezone: The IANA zone for a date that names none; an unknown one counts as UTC.
        now: The current moment, with its zone.

    Returns:
        The moment in UTC, within the years 1900 to 2200; None if the text is no date, or an impossible one. 24:00 is
        midnight of the next day (ISO 8601), but 24:05 is 0:05 of the same day: programs that count hours from 1 to 24
        mean that. A leap second is read as the second before it.
    """
    moment = _local(text, timezone, now)
    try:
        found = moment.astimezone(UTC) if moment else None
    except OverflowError:
        return None
    return found if found and found.year in _YEARS else None


def is_whole_day(text: str, *, timezone: str = "UTC", now: datetime) -> bool:
    """Whether a date names a day without a time, or with midnight, as programs write it that only know the day.

    The arguments are those of `parse_date`.
    """
    moment = _local(text, timezone, now)
    return moment is not None and moment.time() == _MIDNIGHT


def _local(text: str, timezone: str, now: datetime) -> datetime | None:
    """The date in the zone that it names, else in `timezone`; None if it is no date."""
    written = _spaced(text)
    if not written or len(written) > _LONGEST:
        return None
    zone = zone_of(timezone)
    try:
        context = _Context(zone, now.astimezone(zone))
        return _read(written, context) or guess(written, now=context.now, languages=_DATA["languages"])
    except (ValueError, OverflowError):
        return None


def first_date(texts: Sequence[str]) -> str:
    """The first text that is a date (`is_date`); if none is one, the first text; empty if there is no text.

    So a text that is no date, or a date in 1970 or 2099, does not hide a date behind it.
    """
    return next(filter(is_date, texts), texts[0]) if len(texts) > 1 else "".join(texts)


def is_date(text: str) -> bool:
    """Whether a text is a date in a form known here, in a year of the web (1990 to 2037); no language is guessed."""
    written = _spaced(text)
    try:
        found = _read(written, _SOME_DAY) if written and len(written) <= _LONGEST else None
    except (ValueError, OverflowError):
        return False
    return found is not None and _FIRST_YEAR <= found.year <= _LAST_YEAR


def _spaced(text: str) -> str:
    text = text.strip()[: 2 * _LONGEST]
    return " ".join(latin(unescape(text) if "&" in text else text).split())


def _read(written: str, context: _Context) -> datetime | None:
    """Read a date in a form known here; None if it has none of these forms."""
    if (mail := _MAIL.fullmatch(written)) and (month := MONTH_WORDS.get(mail[2].lower())):
        return _read_mail(mail, month, context)
    if match := _DIGITS_ONLY.fullmatch(written):
        return _read_digits(match[1], match[2] or "", context)
    if match := _ASP_NET.fullmatch(written):
        return datetime.fromtimestamp(int(match[1]) / 1_000, UTC)
    try:
        moment = datetime.fromisoformat(written)
        return moment if moment.tzinfo else moment.replace(tzinfo=context.zone)
    except ValueError:
        return _read_words(unaccented(written), context)


def _read_mail(match: re.Match[str], month: int, context: _Context) -> datetime | None:
    day, year, hour, minute, second = map(int, match.group(1, 3, 4, 5, 6))
    size = timedelta(hours=int(match[8]), minutes=int(match[9])) if match[7] else timedelta()
    zone = fixed_zone(-size if match[7] == "-" else size)
    return _moment(year, month, day, TimeOfDay(hour, minute, second, zone=zone), context)


def _read_digits(whole: str, fraction: str, context: _Context) -> datetime | None:
    """Read `20220425`, or Unix time in seconds, milliseconds, microseconds or nanoseconds."""
    if len(whole) in _UNIX:
        return datetime.fromtimestamp(float(whole + fraction) / _UNIX[len(whole)], UTC)
    if fraction:
        return None
    return _strptime(whole, _COMPACT.get(len(whole), "")).replace(tzinfo=context.zone)


def _strptime(text: str, form: str) -> datetime:
    moment = datetime.strptime(text, form)  # noqa: DTZ007 - the caller knows the zone
    if moment.year != int(text[:4]):
        raise ValueError(f"{text}: the year has no such day")  # strptime takes day 366 for the next 1 January
    return moment


def _read_words(folded: str, context: _Context) -> datetime | None:
    """Read a date and a time of day, wherever they stand in the text."""
    clock, rest = take_time(_CROATIAN.sub(" oktobra", _LOG.sub(r"\1 ", folded)))
    if clock is None and _DOTS.fullmatch(rest):
        clock, rest = take_loose(rest)
    if not FULL_YEAR.search(rest):
        since = _SINCE.search(rest)
        ago = _AGO.search(rest, since.end() if since else 0)
        amounts = rest[since.end() if since else 0 : ago.start() if ago else None]
        if (since or ago) and (passed := _amount(amounts)):
            return (context.now.astimezone(UTC) - passed).astimezone(context.zone)
        if ago and amounts.rstrip(" .")[-1:].isalpha():  # "3 months ago"; "3 ago" is a day in August
            return None
    tokens, months = _tokens(rest)
    if months and clock is None:  # "2 Jan 2006 15.04.05": what looks like a second date is a time
        loose, left = take_loose(rest)
        if loose and any(map(str.isdigit, left)) and (moment := _read_month(*_tokens(left), loose, context)):
            return moment
    if moment := _read_numbers(rest, clock, context):
        return moment
    return _read_month(tokens, months, clock, context) if months else _read_unsaid(rest, tokens, clock, context)


def _read_numbers(rest: str, clock: TimeOfDay | None, context: _Context) -> datetime | None:
    """Read `2022-04-25`, `25.04.2022`, `04/25/22`, `25 04 2022` or `2022-115`, whatever stands around it."""
    if match := _YEAR_FIRST.search(rest):
        clock = clock or take_loose(rest[match.end() :])[0]
        return _moment(int(match[1]), int(match[3]), int(match[4] or 1), clock, context)
    if match := _YEAR_LAST.search(rest) or _SPACED.search(rest):
        day, month = int(match[1]), int(match[3])
        if day <= 12 < month or (day != month and is_month_first(rest[: match.start()], day, month, match[4])):
            day, month = month, day
        clock = clock or take_loose(rest[match.end() :])[0]
        return _moment(_full_year(match[4]), month, day, clock, context)
    if match := _DAY_OF_YEAR.match(rest):
        date = _strptime(match[0], "%Y-%j")
        return _moment(date.year, date.month, date.day, clock, context)
    return None


def is_month_first(before: str, first: int, second: int, year: str) -> bool:
    """Whether the English weekday that ends a text is that of the date behind it only if its month goes first.

    Only English has both orders. So 04/05/2022 behind `Tue,` is the 5th of April.
    """
    named = _WEEKDAY.search(before.lower())
    if named is None or max(first, second) > 12:
        return False
    fits = [
        date(_full_year(year), *order).weekday() == _WEEKDAYS.index(named[1])
        for order in ((first, second), (second, first))
    ]
    return fits == [True, False]


def _tokens(rest: str) -> tuple[list[str], list[int]]:
    """The numbers and words of a text, and the positions of the words among them that name months."""
    tokens: list[str] = _TOKEN.findall(rest)
    return tokens, [place for place, token in enumerate(tokens) if token in MONTH_WORDS]


def _read_month(tokens: list[str], months: list[int], clock: TimeOfDay | None, context: _Context) -> datetime | None:
    """Read a date with a month's name: `25 апреля 2022`, `Apr 25, 2022`, `25-Apr-22`, `April 2022`, `25 апреля`."""
    # "mar. 25 abr" opens with a Spanish Tuesday, "Jan, April 25" with a name: the month stands beside the day.
    behind = (place for place in months if place and tokens[place - 1].isdigit())
    before = (place for place in months if "".join(tokens[place + 1 : place + 2]).isdigit())
    place = next(chain(behind, before), months[0])
    month = MONTH_WORDS[tokens[place]]
    numbers = [token for token in tokens if token.isdigit()]
    year = next((number for number in numbers if len(number) > 2), numbers[1] if len(numbers) == 2 else "")
    days = list(numbers)
    if year:
        days.remove(year)
    if not numbers or len(days) > 1 or any(len(number) > 4 for number in numbers):
        return None
    day = int(days[0]) if days else 1
    return _moment(_full_year(year), month, day, clock, context) if year else _latest(month, day, clock, context)


def _read_unsaid(rest: str, tokens: list[str], clock: TimeOfDay | None, context: _Context) -> datetime | None:
    """Read a date that leaves its year or its day open: `25.04, 14:05`, `25.4. 14.05`, `вчера в 14:05`, `14:05`."""
    now = context.now
    if clock and (match := _NO_YEAR.search(rest)):
        return _latest(int(match[2]), int(match[1]), clock, context)
    days = next((DAY_WORDS[token] for token in tokens if token in DAY_WORDS), None)
    if days is None and (tokens or not clock):
        return None
    clock = clock or take_loose(rest)[0]
    day = now - timedelta(days=days or 0)
    moment = _moment(day.year, day.month, day.day, clock, context)
    return moment - timedelta(days=1) if days is None and moment > now + timedelta(hours=1) else moment


def _amount(written: str) -> timedelta:
    """Read an amount of time: `2 часа 5 минут`, `an hour`; zero if a word of it is no unit of time."""
    amounts = _AMOUNT.findall(written)
    sizes = [
        _UNITS.get(word) or next((_UNITS[it] for it in _LONG_UNITS if word.startswith(it)), 0) for _, word in amounts
    ]
    if 0 in sizes:
        return timedelta()
    counts = [int(count) if count.isdigit() else 1 for count, _ in amounts]
    return timedelta(seconds=sum(count * size for count, size in zip(counts, sizes, strict=True)))


def _latest(month: int, day: int, clock: TimeOfDay | None, context: _Context) -> datetime:
    """The date in the newest year in which it exists and is not in the future; any eight years have a 29 February."""
    for year in range(context.now.year + 1, context.now.year - 9, -1):
        try:
            moment = _moment(year, month, day, clock, context)
        except ValueError:
            continue
        if moment <= context.now + _AHEAD:
            return moment
    raise ValueError(f"no month {month} has a day {day}")


def _moment(year: int, month: int, day: int, clock: TimeOfDay | None, context: _Context) -> datetime:
    hour, minute, second, microsecond, zone = clock or TimeOfDay()
    midnight = (hour, minute, second) == (24, 0, 0)
    moment = datetime(
        year, month, day, 0 if hour == 24 else hour, minute, 59 if second == 60 else second, microsecond,
        tzinfo=zone or context.zone,
    )  # fmt: skip
    return moment + timedelta(days=1) if midnight else moment


def _full_year(digits: str) -> int:
    """The year that digits mean; two or three digits are read as in RFC 5322, section 4.3."""
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(digits) == 3 else year
