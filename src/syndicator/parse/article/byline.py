"""Date and authors as a reader sees them round a headline, for pages whose metadata name none.

Only words that people chose are looked at: `time`, microformats (https://microformats.org/wiki/h-entry), `rel=author`,
classes such as `byline`, and lines that hold a date. A build's hashed class names mean nothing to these rules.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from lxml.html import HtmlElement

from syndicator.model.article import Entry, Person
from syndicator.parse.article.author_marks import LINKED, TOLD, author_rank, classes, opening
from syndicator.parse.article.witness import count_words
from syndicator.parse.decoding.tree import Page, words
from syndicator.parse.metadata.publishing_date import publishing_date
from syndicator.text.characters import one_line
from syndicator.text.datelines import Dated, find_dates
from syndicator.text.people import people

_MOST_ELEMENTS = 20_000
_LONGEST_LINE = 160
_LONGEST_NAMES = 120
_MOST_TEXTS = 3
_MOST_MARKED = 20  # with more of them a page is a list
_BETWEEN = re.compile(r"\s[·•|]\s")
_FAR_ABOVE, _FAR_BELOW = 60, 400  # elements from the headline within which a marked date is the article's
_NEAR_ABOVE, _NEAR_BELOW = 14, 40  # a mere line must be nearer
_TEXT = frozenset({"p", "div", "td", "section"})
_CARD = 40  # elements of a teaser
_CHANGE, _PUBLISHING, _MARKED, _LINE = -1, 0, 1, 2  # ranks of dates, by what says that they are such
_LONGEST_BESIDE = 70  # characters that may stand beside a date in a line that nothing marks
_LONG_TEXT = 80  # characters
_FEW = 2  # long texts below the headline: what stands lower is less likely to be its date
_CREATED = frozenset(
    "dc:date dc:created dcterms:created dcterms:issued schema:datepublished datepublished schema:datecreated".split()
)
_FURNITURE_TAGS = frozenset({"aside", "footer", "form", "nav"})
_FURNITURE = re.compile(
    r"(?<![a-z])(?:comments?|commentlist|disqus|related|sidebar|recommend\w*|widget|footer|promo|popular|trending|"
    r"teasers?|newsletter|most-read|read-also)(?![a-z])"
)
_PUBLISHED_CLASS = re.compile(
    r"(?<![a-z])(?:published|pubdate|dt-published|(?:entry|post|article|publish|pub)[-_]?date)"
)
_DATE_CLASS = re.compile(r"(?<![a-z])(?:date|time|datetime|timestamp|posted(?:-on)?|dateline|datum|fecha)(?![a-z])")
_CHANGED_CLASS = re.compile(r"(?<![a-z])(?:updated?|modified|changed|lastmod)(?![a-z])")
_CHANGED = re.compile(
    r"(?:обновл\w+|изменен\w+|изменён\w+|updated?|modified|last\s+change\w*|aktualisiert|zuletzt|geändert|mis\s+à\s+jour|"
    r"modifié\w*|actualizad\w+|aggiornat\w+|atualizad\w+|更新)\W*(?:\w+\W+)?$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?<!\w)(?:опубликован\w*|размещен\w*|размещён\w*|дата\s+публикации|published|posted|veröffentlicht|publié|"
    r"publicado|pubblicato|opublikowano|发布时间|发布日期|公開日)(?!\w)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d")
_LONGEST_DATE, _MOST_ATTRIBUTES = 40, 20
_PUBLISHED = re.compile(rf"{_SAID.pattern}\W*(?:\w+\W+){{0,2}}$", re.IGNORECASE)
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
    change stands in for it. «3 hours ago» is not believed: it says when
    the page was made.

    Args:
        page: The page.
        heading: The element with the headline, or None.
        language: The page's tag: "en-US" writes the month first.
    """
    place = _Place(page, heading)
    month_first = language.lower() == "en-us"
    dates = list(place.dates(month_first=month_first))
    changed = min((it for it in dates if it.rank == _CHANGE), default=None)
    seen = [it.date for it in sorted(it for it in dates if it.rank != _CHANGE)] or place.only_date(
        month_first=month_first
    )
    return Entry(
        key="",
        published=publishing_date(page, seen) or (changed.date.text if changed else ""),
        updated=changed.date.text if changed else "",
        authors=tuple(Person(name=name) for name in place.authors()),
    )


class _Place:
    """The page as a line of elements, with the headline somewhere on it."""

    def __init__(self, page: Page, heading: HtmlElement | None) -> None:
        body = page.root.find("body")
        elements = islice((page.root if body is None else body).iter(), _MOST_ELEMENTS)
        self._root = page.root
        self._elements: list[HtmlElement] = [it for it in elements if isinstance(it.tag, str)]
        self._heading = heading
        texts = [at for at, it in enumerate(self._elements) if it.tag in _TEXT and _is_long(_own_text(it))]
        anchor = heading
        if heading is not None and heading in self._elements:
            self._start = self._elements.index(heading)
        else:
            self._start = next(iter(texts), 0)
            anchor = self._elements[self._start] if texts else None
        lower = [at for at in texts if at > self._start]
        self._below = lower[_FEW] if len(lower) > _FEW else len(self._elements)
        self._outer = set(heading.iterancestors()) if heading is not None else set()
        around = anchor.iterancestors("article") if anchor is not None else ()
        behind = (it for it in self._elements[self._start :] if it.tag == "article")
        self._home = next(chain(around, behind), None)  # a headline often stands above its article
        self._furniture: dict[HtmlElement, bool] = {}

    def dates(self, *, month_first: bool) -> Iterator[_Seen]:
        """The dates that may be the article's, each with its rank."""
        first = max(0, self._start - _FAR_ABOVE)
        for position, element in enumerate(self._elements[first : self._start + _FAR_BELOW + 1], first):
            offset = position - self._start
            rank, told = self._rank(element, offset)
            if rank is None or self._is_of_another(element, rank, offset):
                continue
            is_far = _is_far(offset)
            line = told or words(element)
            if len(line) > _LONGEST_LINE:
                line = _loose_date(element) if rank == _LINE and not is_far else ""
            is_changed = rank > 0 and _CHANGED_CLASS.search(classes(element)) is not None
            is_late = rank > 0 and position > self._below
            for date in find_dates(line, month_first=month_first):
                before = line[: date.start]
                is_told = rank == _LINE and _PUBLISHED.search(before) is not None
                if rank == _LINE and not is_told and (is_far or len(line) - len(date.text) > _LONGEST_BESIDE):
                    continue
                is_change = is_changed or _CHANGED.search(before) is not None
                distance = offset if offset >= 0 else -2 * offset
                yield _Seen(_CHANGE if is_change else rank - is_told + 2 * is_late, distance, date)

    def _is_of_another(self, element: HtmlElement, rank: int, offset: int) -> bool:
        """Whether a date of that rank, so far from the headline, is the page's or another article's."""
        is_marked = rank < _LINE and offset <= _NEAR_BELOW
        if is_marked and (self._is_little_aside(element, offset) or (offset > 0 and self._is_heads_footer(element))):
            return False
        if self._is_furniture(element, aside=not -_NEAR_ABOVE <= offset <= 0):
            return True
        return (_is_far(offset) or (rank == _LINE and offset > 0)) and self._is_cards(element)

    def only_date(self, *, month_first: bool) -> list[Dated]:
        """What is marked as a date of publishing, if that is one and the same on all the page."""
        marked = (it for it in self._elements if _PUBLISHED_CLASS.search(classes(it)) or it.get("pubdate") is not None)
        lines = [words(it) for it in islice(marked, _MOST_MARKED) if not self._is_furniture(it, aside=False)]
        found = [it for line in lines if len(line) <= _LONGEST_LINE for it in find_dates(line, month_first=month_first)]
        dates = {it.text: it for it in found if it.whole}
        return list(dates.values()) if len(dates) == 1 else []

    def _rank(self, element: HtmlElement, offset: int) -> tuple[int | None, str]:
        """How sure a date in this element would be, and its machine's form."""
        named = classes(element)
        told = (element.get("datetime") or element.get("content") or _in_data(element)).strip()
        if element.tag == "time":
            is_published = element.get("pubdate") is not None or _PUBLISHED_CLASS.search(named)
            return (_PUBLISHING if is_published else _MARKED), told
        if _CREATED & set((element.get("property") or "").lower().split()):
            return _PUBLISHING, told
        if "datepublished" in (element.get("itemprop") or "").lower():
            return _PUBLISHING, told
        if element.tag == "abbr" and element.get("title") and _PUBLISHED_CLASS.search(named):
            return _PUBLISHING, element.get("title") or ""
        if _PUBLISHED_CLASS.search(named) or _DATE_CLASS.search(named):
            inner = None if told else next(element.iter("time"), None)
            return _MARKED, told if inner is None else (inner.get("datetime") or "").strip()
        if not _is_far(offset) and element is not self._heading and _says(element):
            return _LINE, ""
        return (_LINE if _SAID.search(_own_text(element)) else None), ""

    def authors(self) -> list[str]:
        """Names beside the headline: a link to the author, else what a class calls one.

        What only ends with another's name is that one with a label before it: «АвторыИван Иванов».
        """
        found: dict[int, list[str]] = {}
        last: dict[int, int] = {}
        first = max(0, self._start - _FAR_ABOVE)
        for position, element in enumerate(self._elements[first : self._start + _FAR_BELOW], first):
            rank = author_rank(element, is_near=not _is_far(position - self._start))
            if rank is None or position - last.get(rank, position) > _TOGETHER:
                continue
            offset = position - self._start
            beside = rank < LINKED and (
                (0 < offset <= _NEAR_BELOW and self._is_heads_footer(element))
                or (offset <= _NEAR_BELOW and self._is_little_aside(element, offset))
            )
            if not beside and self._is_furniture(element):
                continue
            line = opening(element) if rank == TOLD else words(element)
            if len(line) > _LONGEST_NAMES or _is_of_something_inside(element):
                continue
            if names := people(line) or (_first_named(element) if rank < LINKED else []):
                known = found.setdefault(rank, [])
                known.extend(name for name in names if name not in known)
                last[rank] = position
        names = next((found[rank] for rank in sorted(found)), []) or self._only_author()
        return [it for it in names if not any(it != own and it.endswith(own) for own in names)][:10]

    def _only_author(self) -> list[str]:
        """Whom every link to an author names, if that is one and the same, wherever it stands."""
        links = islice(self._root.iter("a"), _MOST_ELEMENTS)
        marked = islice((it for it in links if "author" in (it.get("rel") or "").lower().split()), _MOST_MARKED)
        names = {name for it in marked for name in people(words(it))}
        return list(names) if len(names) == 1 else []

    def _is_heads_footer(self, element: HtmlElement) -> bool:
        """Whether it stands in a footer right below the headline: Drupal's themes put date and author there."""
        footer = next((it for it in islice(element.iterancestors(), 4) if it.tag == "footer"), None)
        return footer is not None and footer.getparent() in self._outer

    def _is_little_aside(self, element: HtmlElement, offset: int) -> bool:
        """Whether it stands above the headline, or in its article, in an aside with hardly more than date and name."""
        aside = next((it for it in islice(element.iterancestors(), 4) if it.tag == "aside"), None)
        if aside is None or _FURNITURE.search(classes(aside)) or len(words(aside)) > _LONGEST_LINE:
            return False
        return offset < 0 or (self._home is not None and self._home in aside.iterancestors())

    def _is_cards(self, element: HtmlElement) -> bool:
        """Whether a date stands beside a link with a heading in it: it is that article's."""
        for holder in islice(element.iterancestors(), 3):
            is_big = holder in self._outer or next(islice(holder.iter(), _CARD, None), None) is not None
            if is_big or len(words(holder)) > _LONGEST_LINE:
                return False
            headings = islice(holder.iter("h2", "h3", "h4"), 5)
            if any(next(it.iter("a"), None) is not None or it.getparent().tag == "a" for it in headings):
                return True
        return False

    def _is_furniture(self, element: HtmlElement, *, aside: bool = True) -> bool:
        """Whether it stands in a side line, a comment, or another article; right above a headline an aside is none."""
        if not aside and any(it.tag == "aside" for it in islice(element.iterancestors(), 3)):
            return False
        trail = []
        result = False
        for ancestor in (element, *element.iterancestors()):
            if ancestor in self._furniture:
                result = self._furniture[ancestor]
                break
            trail.append(ancestor)
            if ancestor in self._outer:
                break
            own = f"{classes(ancestor)} {(ancestor.get('id') or '').lower()}"
            foreign = ancestor.tag == "article" and ancestor is not self._home
            if ancestor.tag in _FURNITURE_TAGS or foreign or _FURNITURE.search(own):
                result = True
                break
        self._furniture.update(dict.fromkeys(trail, result))
        return result


def _is_far(offset: int) -> bool:
    """Whether an element stands too far from the headline for a mere line in it to be the article's."""
    return not -_NEAR_ABOVE <= offset <= _NEAR_BELOW


def _is_of_something_inside(element: HtmlElement) -> bool:
    """Whether it names who made a picture, or said what is quoted."""
    return "quote" in classes(element) or any(it.tag in _INSIDE for it in islice(element.iterancestors(), 4))


def _first_named(element: HtmlElement) -> list[str]:
    """The names in the first of its texts that is nothing else: beside one, an office, a rubric or a time may stand."""
    texts = (one_line(part) for it in element.itertext() if it.strip() for part in _BETWEEN.split(it))
    return next(filter(None, map(people, islice(texts, _MOST_TEXTS))), [])


def _in_data(element: HtmlElement) -> str:
    """A date that an element without the attribute for it has in one of its own: `data-published`."""
    if len(element.attrib) < 1 or len(element.attrib) > _MOST_ATTRIBUTES:
        return ""
    data = (str(value) for name, value in element.attrib.items() if str(name).startswith("data-"))
    return next((it for it in data if _ISO.match(it) and len(it) <= _LONGEST_DATE), "")


def _loose_date(element: HtmlElement) -> str:
    """The text with a date that stands in a big element between others: "by Duncan Bell / January 19, 2017"."""
    texts = (element.text, *(it.tail for it in islice(element, 20)))
    lines = (one_line(it) for it in texts if it and len(it) <= 2 * _LONGEST_LINE)
    return next((it for it in lines if len(it) <= _LONGEST_LINE and next(find_dates(it), None)), "")


def _own_text(element: HtmlElement) -> str:
    """The text that stands in it, less what its elements hold."""
    return " ".join(text[:_LONGEST_LINE] for text in (element.text, *(it.tail for it in islice(element, 20))) if text)


def _is_long(text: str) -> bool:
    """Whether it is a paragraph rather than a line; a Chinese character says as much as three letters."""
    return len(text) > _LONG_TEXT or (3 * len(text) > _LONG_TEXT and 3 * count_words(text) > _LONG_TEXT)


def _says(element: HtmlElement) -> bool:
    """Whether digits stand in it, rather than in an element inside it."""
    return any(map(str.isdigit, _own_text(element)))
