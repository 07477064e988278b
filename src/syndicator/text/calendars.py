"""Rewrite days that no month of ours names as ISO 8601: those of Thai, Persian and Vietnamese.

`25 เม.ย. 2565`, `۵ اردیبهشت ۱۴۰۱` and `25 tháng 4 năm 2022` become `2022-04-25`.
"""

import re
from datetime import date, timedelta

_THAI = (
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม "
    "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค."
).split()
_PERSIAN = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
_VIETNAMESE = ["một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"]
_MARK = re.compile(r"[มกพสตธ]|tháng|[\u0620-\u06ff،]\s1[34]", re.IGNORECASE)
"""What each of the days has: without it, no text is looked at closely."""
_THAI_DAY = re.compile(
    rf"(?<![0-9])(?:([0-9]{{1,2}})\s?)?({'|'.join(map(re.escape, _THAI))})(?:\s([0-9]{{1,2}}),)?"
    r"\s?(?:(?:พ\.ศ\.|ค\.ศ\.)\s?)?([0-9]{4}|[0-9]{2}(?![:.]))(?![0-9])"
)
_PERSIAN_DAY = re.compile(
    rf"(?<![0-9])([0-9]{{1,2}})\s({'|'.join(name.replace('ی', '[یي]') for name in _PERSIAN)})"
    r"(?:\s?ماه)?،?\s(1[34][0-9]{2})(?![0-9])"
)
_NUMBER = rf"([0-9]{{1,2}}|{'|'.join(reversed(_VIETNAMESE))})"
_VIETNAMESE_DAY = re.compile(
    rf"(?<![0-9])(?:([0-9]{{1,2}})\stháng\s{_NUMBER}|tháng\s{_NUMBER}\s([0-9]{{1,2}}))"
    r"(?:,|,?\snăm)?\s([0-9]{4})(?![0-9])",
    re.IGNORECASE,
)
_BUDDHIST = 543
"""How many years the Buddhist era, by which Thailand counts, is ahead of ours."""
_NOWRUZ, _NOWRUZ_YEAR = date(2022, 3, 21), 1401
"""The first day of a year of the Persian calendar."""


def iso_days(written: str) -> str:
    """The text with Thai, Persian and Vietnamese days in it as ISO 8601 writes them; digits must be those of ASCII.

    Years of the Buddhist era and of the Persian calendar become ours. A day that does not exist is no day in the
    result either.
    """
    if written.isascii() or not _MARK.search(written):
        return written
    text = _THAI_DAY.sub(_thai, written)
    text = _PERSIAN_DAY.sub(_persian, text)
    return _VIETNAMESE_DAY.sub(_vietnamese, text)


def _thai(match: re.Match[str]) -> str:
    """A year of two digits is Buddhist, too, unless that were before the web: `65` is 2022."""
    day, year = match[1] or match[3], int(match[4])
    if not day:
        return match[0]
    if year < 100:
        year += 2500 if year > 32 else 2000
    if year > 2400:
        year -= _BUDDHIST
    return f"{year}-{_THAI.index(match[2]) % 12 + 1:02}-{int(day):02}"


def _persian(match: re.Match[str]) -> str:
    """Six months have 31 days, then five 30; a cycle of 33 years has 8 leap years."""
    day, year, month = int(match[1]), int(match[3]), _PERSIAN.index(match[2].replace("ي", "ی"))
    found = _first(year) + timedelta(days=30 * month + min(month, 6) + day - 1)
    return str(found) if 1 <= day <= (31 if month < 6 else 30) and found < _first(year + 1) else match[0]


def _first(year: int) -> date:
    """The first day of a year of the Persian calendar."""
    leaps = (8 * year + 21) // 33 - (8 * _NOWRUZ_YEAR + 21) // 33
    return _NOWRUZ + timedelta(days=365 * (year - _NOWRUZ_YEAR) + leaps)


def _vietnamese(match: re.Match[str]) -> str:
    name = (match[2] or match[3]).lower()
    month = int(name) if name.isdigit() else _VIETNAMESE.index(name) + 1
    return f"{match[5]}-{month:02}-{int(match[1] or match[4]):02}"
