"""When a page was published: which of the dates round its headline it was, or what its address and scripts tell."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice

from syndicator.parse.decoding.tree import Page
from syndicator.text.datelines import Dated, find_dates
from syndicator.text.dates import MONTH_WORDS, parse_date

_MOST_SCRIPT = 2_000_000  # characters
_SOME_DAY = datetime(2100, 1, 1, tzinfo=UTC)  # whole dates do not depend on it
_OTHER_DAY = datetime(2098, 7, 9, 7, 7, tzinfo=UTC)
_FIRST_YEAR = 1990
_IN_ADDRESS = (
    re.compile(r"/(?P<y>(?:19|20)\d\d)([/-]?)(?P<m>0[1-9]|1[0-2])\2(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"),
    re.compile(
        r"/(?P<y>(?:19|20)\d\d)/(?:[a-z]+/)?(?P<m>0[1-9]|1[0-2])/(?P<d>0[1-9]|[12]\d|3[01])(?=/)", re.IGNORECASE
    ),
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>[a-z]{3})/(?P<d>0[1-9]|[12]\d|3[01])(?=/)"),
    re.compile(r"/(?P<d>0[1-9]|[12]\d|3[01])/(?P<m>0[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d)(?=/)"),
)
_PARTS = re.compile(r"\s[|–—-]\s|,\s")
_LONGEST_TITLE = 500
_IN_STATE = re.compile(
    r'\\?"(?:datePublished|publishedAt|published_at|publishDate|publish_date|published_date|publishedDate|pubDate|'
    r'published_dt|publish_dt|date_published|publicationTime|publishDateTime|firstPublished(?:At|Date)?|publicationDate|published_time|publishTime)\\?"\s*:\s*\\?"([^"\\]{8,40})\\?"'
)


def publishing_date(page: Page, seen: Sequence[Dated]) -> str:
    """The date as it is written, or empty.

    The order: the first of those seen that agrees with the date in the page's address, or behind the headline in its
    title; that date; the first one; the only one in the page's scripts; and at last one that depends on today
    («Сегодня, 14:05»), unless the page is a saved file.

    Args:
        page: The page.
        seen: The dates that it shows round its headline, the surest first.
    """
    whole = [it.text for it in seen if it.whole and _is_likely(it.text)]
    told = _in_address(page) or _in_title(page)
    if told:
        near = (it for it in whole if _days_apart(it, told) <= 1)
        return next(near, "") or next(filter(None, (_timed(it.text, told) for it in seen if not it.whole)), told)
    relative = "" if page.local else next((it.text for it in seen if not it.whole), "")
    return next(iter(whole), "") or _in_state(page) or relative


def _timed(text: str, day: str) -> str:
    """The day that an address tells, with the time that a page shows with it: «7 ноября, 13:05»; empty: of another."""
    end = parse_date(f"{day} 23:59", now=_SOME_DAY)
    moment = parse_date(text, now=end) if end and text[:1].isdigit() else None
    return f"{moment:%Y-%m-%dT%H:%M}" if moment and f"{moment:%Y-%m-%d}" == day else ""


def is_whole(text: str) -> bool:
    """Whether a text is a date that does not depend on the day of reading, as "10:05" and "3 hours ago" do."""
    moment = parse_date(text, now=_SOME_DAY)
    return moment is not None and moment == parse_date(text, now=_OTHER_DAY)


def _is_likely(text: str) -> bool:
    """Whether it is a date, and no older than the web."""
    moment = parse_date(text, now=_SOME_DAY)
    return moment is not None and moment.year >= _FIRST_YEAR


def _in_address(page: Page) -> str:
    for url in (page.canonical, page.url):
        for form in _IN_ADDRESS:
            if (hit := form.search(url)) and (month := hit["m"] if hit["m"].isdigit() else MONTH_WORDS.get(hit["m"])):
                return f"{hit['y']}-{int(month):02}-{hit['d']}"
    return ""


def _in_title(page: Page) -> str:
    """The day that a title tells behind the headline: «Заголовок - РИА Новости, 25.04.2022»."""
    titles = page.root.xpath("//head/title/text() | //head/meta[@property='og:title']/@content")
    for title in islice(titles, 3):
        for part in _PARTS.split(str(title)[:_LONGEST_TITLE])[:0:-1]:
            found = next(find_dates(part), None)
            if found is not None and found.whole and not found.start and len(part.strip()) <= len(found.text) + 3:
                moment = parse_date(found.text, now=_SOME_DAY)
                return f"{moment:%Y-%m-%d}" if moment else ""
    return ""


def _in_state(page: Page) -> str:
    """The one day that the page's scripts call the date of publishing, as in the state of an application."""
    found: list[str] = []
    for script in page.root.iter("script"):
        text = script.text or ""
        if len(text) <= _MOST_SCRIPT:
            found.extend(islice((hit[1] for hit in _IN_STATE.finditer(text)), 10))
    return found[0] if found and all(_days_apart(it, found[0]) < 1 for it in found) else ""


def _days_apart(one: str, other: str) -> float:
    first, second = parse_date(one, now=_SOME_DAY), parse_date(other, now=_SOME_DAY)
    return abs((first - second).total_seconds()) / 86_400 if first and second else 9e9
