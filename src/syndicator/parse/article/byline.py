"""Read the date and authors that a page shows round its headline, for pages whose metadata name none.

The marks are `time`, microformats (https://microformats.org/wiki/h-entry), `rel=author`, classes that are words, such
as `byline`, and lines that hold a date; hashed class names of a build are ignored. `date_marks` and `author_marks` tell
what marks a date or an author, `surroundings` whether it is this article's.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from syndicator.model.article import Entry, Person
from syndicator.parse.article.author_marks import (
    LINKED,
    TOLD,
    author_rank,
    leads_to_author,
    names_photographer,
    opening,
)
from syndicator.parse.article.date_marks import (
    LINE,
    MARKED,
    PUBLISHING,
    date_mark,
    is_changed,
    is_published,
    says_changed,
    says_published,
)
from syndicator.parse.article.surroundings import LONGEST_LINE, MOST_ELEMENTS, Surroundings, is_near, is_right_above
from syndicator.parse.decoding.tree import Page, classes, tokens, words
from syndicator.parse.metadata.publishing_date import days_apart, publishing_date
from syndicator.text.characters import one_line
from syndicator.text.datelines import Dated, find_dates
from syndicator.text.people import people

_LONGEST_NAMES = 120
"""The most characters of a line with authors' names."""
_MOST_NAMES = 10
"""The most authors of an article."""
_MOST_TEXTS = 3
"""The most texts of an element in which a name is looked for."""
_MOST_MARKED = 20
"""The most marked dates, or links to authors, of the whole page that are looked at."""
_BETWEEN = re.compile(r"\s[·•|]\s")
"""What parts a name from a date or a town."""
_CHANGE = -1
"""The rank of the date of a change; other ranks are those of `date_marks`."""
_LOW = 2
"""What is added to the rank of a date below several long texts, unless it is marked as the date of publishing."""
_LONGEST_BESIDE = 70
"""The most characters beside a date in a line that nothing marks."""
_INSIDE = frozenset({"figure", "blockquote"})
"""Elements in which a name is that of a photographer or of whom is quoted."""
_TOGETHER = 40
"""The most elements between the names of an article's authors."""


class _Seen(NamedTuple):
    """A date on the page; they sort by rank, the surest first, then by distance from the headline."""

    rank: int
    distance: int
    date: Dated


def read_byline(page: Page, heading: HtmlElement | None, language: str) -> Entry:
    """Read the date of publishing, the date of the last change, and the authors.

    Of dates, the one that is marked best comes first, then the one nearest to the headline; `publishing_date` chooses
    among them. If none is near, a marked date far away counts if it is the only one; else the date of the change does.
    «3 hours ago» is not believed: it depends on when the page was made.

    Args:
        page: The page.
        heading: The element with the headline, or None.
        language: The page's language tag: "en-US" writes the month first.
    """
    place = Surroundings(page, heading)
    month_first = language.lower() == "en-us"
    dates = list(_dates(place, month_first=month_first))
    changed = min((it for it in dates if it.rank == _CHANGE), default=None)
    seen = [it.date for it in sorted(it for it in dates if it.rank != _CHANGE)]
    return Entry(
        key="",
        published=publishing_date(page, seen or _only_date(place, month_first=month_first))
        or (changed.date.text if changed else ""),
        updated=changed.date.text if changed else "",
        authors=tuple(Person(name=name) for name in _authors(place) or _only_author(page)),
    )


def _dates(place: Surroundings, *, month_first: bool) -> Iterator[_Seen]:
    """Give the dates that may be the article's, each with its rank."""
    for offset, element in place.around():
        near = is_near(offset)
        mark = date_mark(element, is_near=near and element is not place.heading)
        if mark is None or _is_of_another(place, element, mark.rank, offset):
            continue
        if _is_of_something_inside(element):
            continue
        line = _told(mark.told, words(element), month_first=month_first)
        if len(line) > LONGEST_LINE:
            line = _loose_date(element) if mark.rank == LINE and near else ""
        distance = offset if offset >= 0 else -2 * offset
        is_sure = mark.rank == PUBLISHING
        for date in find_dates(line, month_first=month_first):
            rank = _rank_in_line(line, date, is_near=near) if mark.rank == LINE else mark.rank
            if rank is None:
                continue
            if says_changed(date.before, date.after) or (not is_sure and is_changed(element)):
                rank = _CHANGE
            elif not is_sure and place.is_low(offset):
                rank += _LOW
            yield _Seen(rank, distance, date)


def _rank_in_line(line: str, date: Dated, *, is_near: bool) -> int | None:
    """Rank a date in an unmarked line by what stands beside it; None: the line is about something else.

    Args:
        line: The line.
        date: The date in it.
        is_near: Whether the line stands near the headline.
    """
    if says_published(date.before):
        return MARKED
    is_short = len(line) - len(date.text) <= _LONGEST_BESIDE
    return LINE if is_near and is_short else None


def _told(attribute: str, shown: str, *, month_first: bool) -> str:
    """Choose between a date in an attribute and the text shown: the attribute, unless the text speaks of another day.

    Some themes show the date of publishing, and put that of a change into `datetime`.
    """
    if not attribute:
        return shown
    date = next(find_dates(shown, month_first=month_first), None)
    is_said = date is not None and date.whole and says_published(date.before)
    return shown if is_said and date is not None and days_apart(date.text, attribute) > 1 else attribute


def _is_of_another(place: Surroundings, element: HtmlElement, rank: int, offset: int) -> bool:
    """Whether a date with that rank, and that offset from the headline, is the page's or another article's."""
    if place.is_attached(element, offset) if rank < LINE else place.is_in_own_footer(element):
        return False
    if place.is_furniture(element, aside=not is_right_above(offset)):
        return True
    return (not is_near(offset) or (rank == LINE and offset > 0)) and place.is_cards(element)


def _only_date(place: Surroundings, *, month_first: bool) -> list[Dated]:
    """Give the date that is marked as that of publishing, if all such marks on the page have the same date."""
    marked = islice(filter(is_published, place.elements), _MOST_MARKED)
    lines = [words(it) for it in marked if not place.is_furniture(it, aside=False)]
    found = [it for line in lines if len(line) <= LONGEST_LINE for it in find_dates(line, month_first=month_first)]
    dates = {it.text: it for it in found if it.whole}
    return list(dates.values()) if len(dates) == 1 else []


def _authors(place: Surroundings) -> list[str]:
    """Give the names beside the headline from the elements with the best rank.

    A name that ends or begins with another one is that with a label («АвторыИван Иванов»), and is left out.
    """
    found: dict[int, list[str]] = {}
    last: dict[int, int] = {}
    for offset, element in place.around():
        rank = author_rank(element, is_near=is_near(offset))
        if rank is None or offset - last.get(rank, offset) > _TOGETHER:
            continue
        if not (rank < LINKED and place.is_attached(element, offset)) and place.is_furniture(element):
            continue
        line = opening(element) if rank == TOLD else words(element)
        if len(line) > _LONGEST_NAMES or names_photographer(line) or _is_of_something_inside(element):
            continue
        if names := _named(line) or (_first_named(element) if rank < LINKED else []):
            known = found.setdefault(rank, [])
            known.extend(name for name in names if name not in known)
            last[rank] = offset
    names = found[min(found)] if found else []
    labelled = {it for it in names for own in names if it != own and (it.endswith(own) or it.startswith(f"{own} "))}
    return [it for it in names if it not in labelled][:_MOST_NAMES]


def _named(line: str) -> list[str]:
    """Read the names in a line; of one with parts and a date («Name | Town | 08/01/2026»), those in the first part."""
    return (people(_BETWEEN.split(line)[0]) if any(map(str.isdigit, line)) else []) or people(line)


def _only_author(page: Page) -> list[str]:
    """Give the author whom all links to authors name, by `rel` or by their address, if it is one and the same."""
    links = islice(page.root.iter("a"), MOST_ELEMENTS)
    marked = islice((it for it in links if "author" in tokens(it, "rel") or leads_to_author(it)), _MOST_MARKED)
    names = {name for it in marked for name in people(words(it))}
    return list(names) if len(names) == 1 else []


def _is_of_something_inside(element: HtmlElement) -> bool:
    """Whether an element names the maker of a picture, or whom a quotation is from."""
    return "quote" in classes(element) or any(it.tag in _INSIDE for it in islice(element.iterancestors(), 4))


def _first_named(element: HtmlElement) -> list[str]:
    """Read the names in the first text of an element that is only names; an office, rubric or time may follow."""
    texts = (one_line(part) for it in element.itertext() if it.strip() for part in _BETWEEN.split(it))
    return next(filter(None, map(people, islice(texts, _MOST_TEXTS))), [])


def _loose_date(element: HtmlElement) -> str:
    """Give the text with a date that stands directly in a big element: "by Duncan Bell / January 19, 2017"."""
    texts = (element.text, *(it.tail for it in islice(element, 20)))
    lines = (one_line(it) for it in texts if it and len(it) <= 2 * LONGEST_LINE)
    return next((it for it in lines if len(it) <= LONGEST_LINE and next(find_dates(it), None)), "")
