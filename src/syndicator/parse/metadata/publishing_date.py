"""Find a page's date of publishing among the dates round its headline, or in its address, title and scripts."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice

from syndicator.parse.decoding.tree import Page
from syndicator.text.datelines import Dated, find_dates
from syndicator.text.dates import MONTH_WORDS, parse_date

_MOST_SCRIPT = 2_000_000
"""The most characters of a script in which dates are looked for."""
_SOME_DAY = datetime(2100, 1, 1, tzinfo=UTC)
"""A time that is passed as `now` for reading dates with a year, which do not depend on it."""
_OTHER_DAY = datetime(2098, 7, 9, 7, 7, tzinfo=UTC)
"""Another such time: a text that gives another date with it depends on the day of reading."""
_FIRST_YEAR = 1990
"""The earliest year of a date that is believed: about when the web began."""
_IN_ADDRESS = (
    re.compile(r"/(?P<y>(?:19|20)\d\d)([/-]?)(?P<m>0[1-9]|1[0-2])\2(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"),
    re.compile(
        r"/(?P<y>(?:19|20)\d\d)/(?:[a-z]+/)?(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12]\d|3[01])(?=/)", re.IGNORECASE
    ),
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>[a-z]{3})/(?P<d>0[1-9]|[12]\d|3[01])(?=/)"),
    re.compile(r"/(?P<d>0[1-9]|[12]\d|3[01])/(?P<m>0[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d)(?=/)"),
)
"""Forms of a day in an address, the most trusted first; the groups `y`, `m` and `d` are year, month and day."""
_PARTS = re.compile(r"\s[|–—-]\s|,\s")
"""What parts a title into the headline, the site's name and perhaps a date."""
_LONGEST_TITLE = 500
"""The most characters of a title in which a date is looked for."""
_IN_STATE = re.compile(
    r'\\?"(?:datePublished|publishedAt|published_at|publishDate|publish_date|published_date|publishedDate|pubDate|'
    r'published_dt|publish_dt|date_published|publicationTime|publishDateTime|firstPublished(?:At|Date)?|publicationDate|published_time|publishTime)\\?"\s*:\s*\\?"([^"\\]{8,40})\\?"'
)
"""A date of publishing in the state of an application, as JSON in a script, or as JSON in a string of JSON."""


def publishing_date(page: Page, seen: Sequence[Dated]) -> str:
    """Give the date of publishing as written, or empty.

    If the page's address tells a day, or its title behind the headline, the date is the first of those seen that is at
    most a day from it, else that day, with a time that the page shows. Otherwise it is the first date seen, else the
    only one in the page's scripts, else one that depends on today («Сегодня, 14:05»), unless the page is a saved file.

    Args:
        page: The page.
        seen: The dates round the page's headline, the most trusted first.
    """
    whole = [it.text for it in seen if it.whole and _is_likely(it.text)]
    told = _in_address(page) or _in_title(page)
    if told:
        near = (it for it in whole if days_apart(it, told) <= 1)
        return next(near, "") or next(filter(None, (_timed(it.text, told) for it in seen if not it.whole)), told)
    relative = "" if page.local else next((it.text for it in seen if not it.whole), "")
    return next(iter(whole), "") or _in_state(page) or relative


def _timed(text: str, day: str) -> str:
    """Join a known day with the time in a text without year («7 ноября, 13:05»); empty: the text is of another day."""
    end = parse_date(f"{day} 23:59", now=_SOME_DAY)
    moment = parse_date(text, now=end) if end and text[:1].isdigit() else None
    return f"{moment:%Y-%m-%dT%H:%M}" if moment and f"{moment:%Y-%m-%d}" == day else ""


def is_whole(text: str) -> bool:
    """Whether a text is a date that does not depend on the day of reading; "10:05" and "3 hours ago" do."""
    moment = parse_date(text, now=_SOME_DAY)
    return moment is not None and moment == parse_date(text, now=_OTHER_DAY)


def _is_likely(text: str) -> bool:
    """Whether a text is a date of 1990 or later."""
    moment = parse_date(text, now=_SOME_DAY)
    return moment is not None and moment.year >= _FIRST_YEAR


def _in_address(page: Page) -> str:
    """Give the day in the page's canonical address, else in that which it was read from, as in ISO 8601; or empty."""
    for url in (page.canonical, page.url):
        for form in _IN_ADDRESS:
            if (hit := form.search(url)) and (month := hit["m"] if hit["m"].isdigit() else MONTH_WORDS.get(hit["m"])):
                return f"{hit['y']}-{int(month):02}-{int(hit['d']):02}"
    return ""


def _in_title(page: Page) -> str:
    """Give the day that a title has behind the headline («Заголовок - РИА Новости, 25.04.2022»), or empty."""
    titles = page.root.xpath("//head/title/text() | //head/meta[@property='og:title']/@content")
    for title in islice(titles, 3):
        for part in _PARTS.split(str(title)[:_LONGEST_TITLE])[:0:-1]:
            found = next(find_dates(part), None)
            if found is not None and found.whole and not found.before and len(found.after.strip()) <= 3:
                moment = parse_date(found.text, now=_SOME_DAY)
                return f"{moment:%Y-%m-%d}" if moment else ""
    return ""


def _in_state(page: Page) -> str:
    """Give the date of publishing in the page's scripts, as an application's state has it.

    It is empty if there is none, or if there are dates of several days.
    """
    found: list[str] = []
    for script in page.root.iter("script"):
        text = script.text or ""
        if len(text) <= _MOST_SCRIPT:
            found.extend(islice((hit[1] for hit in _IN_STATE.finditer(text)), 10))
    return found[0] if found and all(days_apart(it, found[0]) < 1 for it in found) else ""


def days_apart(one: str, other: str) -> float:
    """Count the days between two dates; a very large number if one of them cannot be read."""
    first, second = parse_date(one, now=_SOME_DAY), parse_date(other, now=_SOME_DAY)
    return abs((first - second).total_seconds()) / 86_400 if first and second else 9e9
