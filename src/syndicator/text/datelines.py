"""Dates inside a line of text: «Опубликовано: 25 апреля 2022, 14:05 | Москва» holds «25 апреля 2022, 14:05»."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from syndicator.text.characters import INDIC, unaccented
from syndicator.text.dates import DAY_WORDS, MONTH_WORDS
from syndicator.text.numerals import latin_digits

_LONGEST = 200
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_WORD = rf"(?P<{{}}>(?:(?![\d_])[\w{INDIC}]){{{{2,12}}}})\.?"
_ORDINAL = r"(?:st|nd|rd|th|er|re|º|ª|\.)?"
_CLOCK = (
    r"[012]?\d(?:[:.h]|\sh\s)[0-5]\d(?::[0-5]\d)?(?:\s?[ap](?:\.\s?)?m\b\.?(?:\s?\(?[ecmp]t\b\)?)?)?"
    r"(?:\s?(?:uhr\b|\(?(?:utc|gmt|msk|мск|bst|cest|cet|e[sd]t|p[sd]t|[cm][sd]t)\b\)?|\(?(?-i:[ECMP]T)(?=\s?(?:[^\w\s]|\Z|on\b))\)?)?(?:\s?[+-]\d\d?(?::?\d\d)?)?)"
)
_BETWEEN = r"\s?(?:[,;|/·•@–—-]|\b(?:в|at|um|à|o|u|ob|у|a\s+las|alle|ore|o\s+godz|kl)\b\.?){0,2}\s?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s)?"
_DATE = re.compile(
    rf"""(?<![\w.:/-])(?:(?P<before>{_CLOCK}){_BETWEEN}{_WEEKDAY})?
    (?P<date>
        (?P<iso>{_YEAR}-{_MONTH}-{_DAY}(?:T[012]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)
      | (?P<y1>{_YEAR})\s?(?:[./]\s?|[年년]\s?)(?P<m1>{_MONTH})\s?(?:[./]\s?|[月월]\s?)(?P<d1>{_DAY})(?:\s?[日일]|\.)?
      | (?P<a>{_DAY}|{_MONTH})(?P<point>[./-])(?P<b>{_DAY})(?P=point)(?P<y2>{_YEAR}|\d\d(?=\D|\Z))
      | {_DAY}{_ORDINAL}[\s-](?:de\s|of\s)?{_WORD.format("w1")}(?:,?[\s-]|\sde[l]?\s){_YEAR}(?:\s?(?:г\.|года|р\.))?
      | {_WORD.format("w2")}\s{_DAY}{_ORDINAL},?\s{_YEAR}
      | {_YEAR}\.?\s{_WORD.format("w4")}\s{_DAY}(?!\d)\.?
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
        start: The position in the line where it begins.
        text: The date in a form that `syndicator.text.dates.parse_date` reads, with the time of day beside it.
        whole: Whether it names day, month and year; otherwise its meaning depends on when it is read.
    """

    start: int
    text: str
    whole: bool


def find_dates(line: str, *, month_first: bool = False) -> Iterator[Dated]:
    """The dates in a line, in order; a time of day right before or after a date belongs to it.

    Args:
        line: The line; only its first 200 characters are looked at.
        month_first: Whether 04/05/2022 is a day in April (en-US), which `parse_date` cannot know.
    """
    line = latin_digits(_SPACE.sub(" ", line[:_LONGEST]))
    position = 0
    while (hit := _DATE.search(line, position)) is not None:
        today = hit["today"]
        months = [unaccented(word) for name in ("w1", "w2", "w3", "w4") if (word := hit[name])]
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
        yield Dated(hit.start(), f"{_written(hit, month_first=month_first)} {clock}".strip(), whole)


def _written(hit: re.Match[str], *, month_first: bool) -> str:
    if hit["y1"]:
        return f"{hit['y1']}-{int(hit['m1']):02}-{int(hit['d1']):02}"
    if hit["y2"] and month_first and hit["point"] == "/" and int(hit["a"]) <= 12:
        year = hit["y2"] if len(hit["y2"]) == 4 else f"20{hit['y2']}"
        return f"{year}-{int(hit['a']):02}-{int(hit['b']):02}"
    return re.sub(r"(?<=\d)(?:st|nd|rd|th|er|º|ª)\b", "", hit["date"])
