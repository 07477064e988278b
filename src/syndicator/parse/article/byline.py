"""Date and authors as a reader sees them round a headline, for pages whose metadata name none.

Only words that people chose are looked at: `time`, microformats (https://microformats.org/wiki/h-entry), `rel=author`,
classes such as `byline`, and lines that hold a date. A build's hashed class names mean nothing to these rules. What
marks a date or an author is told by `date_marks` and `author_marks`, whose it is by `surroundings`.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from syndicator.model.article import Entry, Person
from syndicator.parse.article.author_marks import LINKED, TOLD, author_rank, opening
from syndicator.parse.article.date_marks import LINE, date_mark, is_changed, is_published, says_changed, says_published
from syndicator.parse.article.surroundings import LONGEST_LINE, MOST_ELEMENTS, Surroundings, is_near, is_right_above
from syndicator.parse.decoding.tree import Page, classes, tokens, words
from syndicator.parse.metadata.publishing_date import publishing_date
from syndicator.text.characters import one_line
from syndicator.text.datelines import Dated, find_dates
from syndicator.text.people import people

_LONGEST_NAMES = 120
_MOST_NAMES = 10
_MOST_TEXTS = 3
_MOST_MARKED = 20  # with more of them a page is a list
_BETWEEN = re.compile(r"\s[·•|]\s")
_CHANGE = -1  # among the ranks of dates
_LONGEST_BESIDE = 70  # characters that may stand beside a date in a line that nothing marks
_INSIDE = frozenset({"figure", "blockquote"})
_TOGETHER = 40  # elements within which the names of all authors stand


class _Seen(NamedTuple):
    """A date on the page: the surer one, then the nearer one, comes first."""

    rank: int
    distance: int
    date: Dated


def read_byline(page: Page, heading: HtmlElement | None, language: str) -> Entry:
    """Date, date of change and authors.

    Of dates, one that is marked as such comes first, then the nearest to the headline; `publishing_date` has the rest
    of the order. Where none is near, one far away counts that is marked and alone; before none at all, the date of a
    change stands in for it. «3 hours ago» is not believed: it says when the page was made.

    Args:
        page: The page.
        heading: The element with the headline, or None.
        language: The page's tag: "en-US" writes the month first.
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
    """The dates that may be the article's, each with its rank."""
    for offset, element in place.around():
        near = is_near(offset)
        mark = date_mark(element, is_near=near and element is not place.heading)
        if mark is None or _is_of_another(place, element, mark.rank, offset):
            continue
        line = mark.told or words(element)
        if len(line) > LONGEST_LINE:
            line = _loose_date(element) if mark.rank == LINE and near else ""
        is_marked_changed = mark.rank > 0 and is_changed(element)
        is_late = mark.rank > 0 and place.is_low(offset)
        for date in find_dates(line, month_first=month_first):
            before = line[: date.start]
            is_told = mark.rank == LINE and says_published(before)
            if mark.rank == LINE and not is_told and (not near or len(line) - len(date.text) > _LONGEST_BESIDE):
                continue
            is_change = is_marked_changed or says_changed(before)
            distance = offset if offset >= 0 else -2 * offset
            yield _Seen(_CHANGE if is_change else mark.rank - is_told + 2 * is_late, distance, date)


def _is_of_another(place: Surroundings, element: HtmlElement, rank: int, offset: int) -> bool:
    """Whether a date of that rank, so far from the headline, is the page's or another article's."""
    if place.is_attached(element, offset) if rank < LINE else place.is_in_own_footer(element):
        return False
    if place.is_furniture(element, aside=not is_right_above(offset)):
        return True
    return (not is_near(offset) or (rank == LINE and offset > 0)) and place.is_cards(element)


def _only_date(place: Surroundings, *, month_first: bool) -> list[Dated]:
    """What is marked as a date of publishing, if that is one and the same on all the page."""
    marked = islice(filter(is_published, place.elements), _MOST_MARKED)
    lines = [words(it) for it in marked if not place.is_furniture(it, aside=False)]
    found = [it for line in lines if len(line) <= LONGEST_LINE for it in find_dates(line, month_first=month_first)]
    dates = {it.text: it for it in found if it.whole}
    return list(dates.values()) if len(dates) == 1 else []


def _authors(place: Surroundings) -> list[str]:
    """Names beside the headline: a link to the author, else what a class calls one.

    What only ends with another's name is that one with a label before it: «АвторыИван Иванов».
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
        if len(line) > _LONGEST_NAMES or _is_of_something_inside(element):
            continue
        if names := _named(line) or (_first_named(element) if rank < LINKED else []):
            known = found.setdefault(rank, [])
            known.extend(name for name in names if name not in known)
            last[rank] = offset
    names = found[min(found)] if found else []
    return [it for it in names if not any(it != own and it.endswith(own) for own in names)][:_MOST_NAMES]


def _named(line: str) -> list[str]:
    """The names in a line; where bars stand between them and a date, a town may, too: «Name | Town | 08/01/2026»."""
    return (people(_BETWEEN.split(line)[0]) if any(map(str.isdigit, line)) else []) or people(line)


def _only_author(page: Page) -> list[str]:
    """Whom every link to an author names, if that is one and the same, wherever it stands."""
    links = islice(page.root.iter("a"), MOST_ELEMENTS)
    marked = islice((it for it in links if "author" in tokens(it, "rel")), _MOST_MARKED)
    names = {name for it in marked for name in people(words(it))}
    return list(names) if len(names) == 1 else []


def _is_of_something_inside(element: HtmlElement) -> bool:
    """Whether it names who made a picture, or said what is quoted."""
    return "quote" in classes(element) or any(it.tag in _INSIDE for it in islice(element.iterancestors(), 4))


def _first_named(element: HtmlElement) -> list[str]:
    """The names in the first of its texts that is nothing else: beside one, an office, a rubric or a time may stand."""
    texts = (one_line(part) for it in element.itertext() if it.strip() for part in _BETWEEN.split(it))
    return next(filter(None, map(people, islice(texts, _MOST_TEXTS))), [])


def _loose_date(element: HtmlElement) -> str:
    """The text with a date that stands in a big element between others: "by Duncan Bell / January 19, 2017"."""
    texts = (element.text, *(it.tail for it in islice(element, 20)))
    lines = (one_line(it) for it in texts if it and len(it) <= 2 * LONGEST_LINE)
    return next((it for it in lines if len(it) <= LONGEST_LINE and next(find_dates(it), None)), "")
