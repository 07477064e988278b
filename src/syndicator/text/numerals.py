"""Rewrite dates of other scripts in digits and marks of ours.

`2022年4月25日 下午2時05分` becomes `2022-4-25 pm 2:05`.
"""

import re

from syndicator.text.calendars import iso_days

_DIGIT = re.compile(r"(?![0-9])\d")
_DAY = re.compile(r"(?<![0-9])([0-9]{4})\s?[年년]\s?([0-9]{1,2})\s?[月월]\s?([0-9]{1,2})\s?[日일号號]?")
_SHORT_DAY = re.compile(
    r"(?:(?<![^\W_])(?<![^\W_]\s)([0-9]{2})\s?[年년]\s?|(?<![0-9年년])(?<![年년]\s))"
    r"([0-9]{1,2})\s?[月월]\s?([0-9]{1,2})\s?[日일号號]"
)
"""A day without a year, or with one of two digits: `3月8日`, `22年4月25日`.

Behind a word, the digits are a year of an era (`令和4年`), and do not match.
"""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_TIME = re.compile(
    r"(?<![0-9])([0-9]{1,2})\s?[時时点點시](?![間间간])\s?"
    r"(?:([0-9]{1,2})\s?[分분]\s?(?:([0-9]{1,2})\s?[秒초])?|([0-9]{2})(?![0-9]))?"
)
_BEFORE = re.compile(
    r"(?P<a>上午|午前|오전|凌晨|清晨|早上|早(?=\s?[0-9]))|(?P<p>下午|午後|오후|中午|傍晚|晚上|晚(?=\s?[0-9]))"
)
_BEHIND = re.compile(
    r"(?<=[0-9]:[0-9][0-9])\s?(?:(?P<a>ص|صباح\w*|π\.?\s?μ\.?)|(?P<p>م|مساء\w*|μ\.?\s?μ\.?))(?![^\W\d_])"
)
"""Words for morning and evening in Arabic and Greek; only behind a time, because `م` behind a year means AD."""


def latin(written: str) -> str:
    """The text with decimal digits of any script as 0 to 9, and with `-`, `:`, `am` and `pm` for foreign signs.

    These are the signs of Chinese, Japanese and Korean for parts of a date, and the Arabic and Greek words for the
    halves of the day. Days as Thai, Persian and Vietnamese write them become ISO 8601. Years of other eras are not
    converted.
    """
    if written.isascii():
        return written
    text = _DAY.sub(r"\1-\2-\3 ", iso_days(latin_digits(written)))
    text = _TIME.sub(_time, _SHORT_DAY.sub(_short_day, text))
    for halves in (_BEFORE, _BEHIND):
        text = halves.sub(lambda half: f" {half.lastgroup}m ", text)
    return text


def latin_digits(written: str) -> str:
    """The text with decimal digits of any script as 0 to 9; it keeps its length."""
    return written if written.isascii() else _DIGIT.sub(lambda digit: str(int(digit[0])), written)


def _short_day(match: re.Match[str]) -> str:
    year, month, day = match.groups("")
    return f" {day} {_MONTHS[int(month) - 1]} {year} " if 1 <= int(month) <= 12 else match[0]


def _time(match: re.Match[str]) -> str:
    hour, minute, second, bare = match.groups()
    return f" {hour}:{int(minute or bare or 0):02}" + (f":{int(second):02}" if second else "")
