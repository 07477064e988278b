"""Dates inside a line of text: «Опубликовано: 25 апреля 2022, 14:05 | Москва» holds «25 апреля 2022, 14:05»."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from syndicator.text.calendars import iso_days
from syndicator.text.characters import INDIC, INDOCHINESE, unaccented
from syndicator.text.dates import DAY_WORDS, MONTH_WORDS, is_month_first
from syndicator.text.numerals import latin_digits

_LONGEST = 200
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_WORD = rf"(?P<{{}}>(?:(?![\d_])[\w{INDIC}{INDOCHINESE}]){{{{2,15}}}})[.׳]?"
_ORDINAL = r"(?:st|nd|rd|th|er|re|º|ª|\.)?"
_OF_YEAR = r"(?:\s?(?:m|ж|թ)\.|-ж\.,|\.\sgada|\sжылғы)"
"""The word for a year behind one that stands first, as in Lithuanian, Latvian or Kazakh."""
_CLOCK = (
    r"[012]?\d(?:[:.h]|\sh\s)[0-5]\d(?::[0-5]\d)?(?:\s?[ap](?:\.\s?)?m\b\.?(?:\s?\(?[ecmp]t\b\)?)?)?"
    r"(?:\s?(?:uhr\b|\(?(?:utc|gmt|msk|мск|bst|cest|cet|e[sd]t|p[sd]t|[cm][sd]t)\b\)?|\(?(?-i:[A-Z]{1,3}S?T|WIB|WITA)\b\)?|\(?(?-i:[ECMP]T)(?=\s?(?:[^\w\s]|\Z|on\b))\)?)?(?:\s?[+-]\d\d?(?::?\d\d)?)?)"
)
_AT = r"в|у|at|um|om|à|a\s+las|alle|o|u|ob|ve?|la|ora|ore|o\s+godz|klo?|lúc|pukul|jam|saat|ساعت|เวลา"
_BETWEEN = rf"(?:\s?(?:[,;|/·•@–—-]|\b(?:{_AT})\b\.?)){{0,2}}\s?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s)?"
_DATE = re.compile(
    rf"""(?<![\w.:/-])(?:(?P<before>{_CLOCK}){_BETWEEN}{_WEEKDAY})?
    (?P<date>
        (?P<iso>{_YEAR}-{_MONTH}-{_DAY}(?:T[012]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)
      | (?P<y1>{_YEAR})\s?(?:[./]\s?|[年년]\s?)(?P<m1>{_MONTH})\s?(?:[./]\s?|[月월]\s?)(?P<d1>{_DAY})(?:\s?[日일]|\.)?
      | (?P<a>{_DAY}|{_MONTH})(?P<point>\.\s|[./-])(?P<b>{_DAY})(?P=point)(?P<y2>{_YEAR}|(?<!\s)\d\d(?=\D|\Z))
      | {_DAY}{_ORDINAL}[\s-](?:de\s|of\s|d['’])?{_WORD.format("w1")}(?:[,،]?[\s-]|\sdel?\s){_YEAR}
        (?:\s?(?:г\.|года|р\.))?
      | {_WORD.format("w2")}\s{_DAY}{_ORDINAL},?\s{_YEAR}
      | {_YEAR}{_OF_YEAR}\s{_DAY}\.?[\s-]{_WORD.format("w5")}
      | {_YEAR}(?:\.|{_OF_YEAR})?\s{_WORD.format("w4")}\s{_DAY}(?!\d)(?:\s?d\b)?\.?
      | \A{_DAY}[\s-]{_WORD.format("w6")}[\s-]\d\d(?=\Z|,?\s\d\d?:\d)
      | {_DAY}\s{_WORD.format("w3")}(?=.{{0,6}}\d[:.]\d\d)
      | {_WORD.format("today")}(?=.{{0,6}}\d[:.]\d\d)
    )(?![\d-])
    (?:\.?{_BETWEEN}(?P<after>{_CLOCK}))?""",
    re.IGNORECASE | re.VERBOSE,
)
_SPACE = re.compile(r"\s+")


class Dated(NamedTuple):
    """A date in a line.

    Attributes:
        before: What stands before it in the line.
        text: The date in a form that `syndicator.text.dates.parse_date` reads, with the time of day beside it.
        after: What stands behind it in the line.
        whole: Whether it names day, month and year; otherwise its meaning depends on when it is read.
    """

    before: str
    text: str
    after: str
    whole: bool


def find_dates(line: str, *, month_first: bool = False) -> Iterator[Dated]:
    """The dates in a line, in order; a time of day right before or after a date belongs to it.

    Args:
        line: The line; only its first 200 characters are looked at.
        month_first: Whether 04/05/2022 is a day in April (en-US), which `parse_date` cannot know.
    """
    line = iso_days(latin_digits(_SPACE.sub(" ", line[:_LONGEST].replace("\u200f", ""))))
    position = 0
    while (hit := _DATE.search(line, position)) is not None:
        today = hit["today"]
        months = [unaccented(word) for name in ("w1", "w2", "w3", "w4", "w5", "w6") if (word := hit[name])]
        if any(word not in MONTH_WORDS for word in months) or (today and unaccented(today) not in DAY_WORDS):
            position = hit.start("date") + 1  # a date may begin inside a match that is none
            continue
        position = hit.end()
        clock = (hit["before"] or hit["after"] or "").replace("Uhr", "").replace("uhr", "").strip()
        if len(clock) > 2 and clock[-3] == "." and ":" not in clock:
            clock = clock.replace(".", ":")
        whole = not (hit["w3"] or today)
        if not whole and not clock:
            continue
        is_american = month_first or _tells_weekday(line, hit)
        date = f"{_written(hit, month_first=is_american)} {clock}".strip()
        yield Dated(line[: hit.start()], date, line[hit.end() :], whole)


def _tells_weekday(line: str, hit: re.Match[str]) -> bool:
    """Whether the weekday before a date such as 04/05/2022 says that it is a day in April."""
    if hit["point"] != "/":
        return False
    return is_month_first(
        line[max(0, hit.start("date") - 12) : hit.start("date")], int(hit["a"]), int(hit["b"]), hit["y2"]
    )


def _written(hit: re.Match[str], *, month_first: bool) -> str:
    if hit["y1"]:
        return f"{hit['y1']}-{int(hit['m1']):02}-{int(hit['d1']):02}"
    if hit["y2"] and month_first and hit["point"] == "/" and int(hit["a"]) <= 12:
        year = hit["y2"] if len(hit["y2"]) == 4 else f"20{hit['y2']}"
        return f"{year}-{int(hit['a']):02}-{int(hit['b']):02}"
    return re.sub(r"(?<=\d)(?:st|nd|rd|th|er|º|ª)\b", "", hit["date"])
