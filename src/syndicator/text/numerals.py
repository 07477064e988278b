"""Dates of other scripts in digits and marks of ours: `2022年4月25日 下午2時05分` is `2022-4-25 pm 2:05`."""

import re

_DIGIT = re.compile(r"(?![0-9])\d")
_DAY = re.compile(r"(?<![0-9])([0-9]{4})\s?[年년]\s?([0-9]{1,2})\s?[月월]\s?([0-9]{1,2})\s?[日일号號]?")
_TIME = re.compile(
    r"(?<![0-9])([0-9]{1,2})\s?[時时点點시](?![間间간])\s?(?:([0-9]{1,2})\s?[分분]\s?(?:([0-9]{1,2})\s?[秒초])?)?"
)
_BEFORE = re.compile(r"(?P<a>上午|午前|오전)|(?P<p>下午|午後|오후)")
_BEHIND = re.compile(
    r"(?<=[0-9]:[0-9][0-9])\s?(?:(?P<a>ص|صباح\w*|π\.?\s?μ\.?)|(?P<p>م|مساء\w*|μ\.?\s?μ\.?))(?![^\W\d_])"
)
"""Morning and evening, in Arabic and Greek: only behind a time, as `م` behind a year means our era."""


def latin(written: str) -> str:
    """The text with decimal digits of any script as 0 to 9, and with `-`, `:`, `am` and `pm` for what others write.

    Those are the signs of Chinese, Japanese and Korean, and Arabic and Greek halves of the day. A year of another
    calendar stays what it is.
    """
    if written.isascii():
        return written
    text = _TIME.sub(_time, _DAY.sub(r"\1-\2-\3 ", latin_digits(written)))
    for halves in (_BEFORE, _BEHIND):
        text = halves.sub(lambda half: f" {half.lastgroup}m ", text)
    return text


def latin_digits(written: str) -> str:
    """The text with decimal digits of any script as 0 to 9; it keeps its length."""
    return written if written.isascii() else _DIGIT.sub(lambda digit: str(int(digit[0])), written)


def _time(match: re.Match[str]) -> str:
    hour, minute, second = match.groups()
    return f" {hour}:{int(minute or 0):02}" + (f":{int(second):02}" if second else "")
