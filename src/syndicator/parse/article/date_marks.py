"""Which elements hold an article's date: by a mark, by a class, or by a line; and what says which date it is."""

import re
from typing import NamedTuple

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import classes, own_text, tokens

PUBLISHING, MARKED, LINE = 0, 1, 2
"""Ranks of dates: marked as that of publishing; marked as a date; in a mere line."""
_CREATED = frozenset(
    "dc:date dc:created dcterms:created dcterms:issued schema:datepublished datepublished schema:datecreated".split()
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


class Mark(NamedTuple):
    """What makes an element hold a date: how sure that is, and the date in the machine's form, or nothing."""

    rank: int
    told: str = ""


def date_mark(element: HtmlElement, *, is_near: bool) -> Mark | None:
    """How sure a date in this element would be the article's; None: nothing says that one is there.

    Args:
        element: Its words are for others to read.
        is_near: Whether it stands near the headline: elsewhere a mere line must say that it tells of publishing.
    """
    told = (element.get("datetime") or element.get("content") or _in_data(element)).strip()
    if element.tag == "time":
        return Mark(PUBLISHING if is_published(element) else MARKED, told)
    is_created = not _CREATED.isdisjoint(tokens(element, "property"))
    if is_created or "datepublished" in (element.get("itemprop") or "").lower():
        return Mark(PUBLISHING, told)
    named = classes(element)
    is_published_class = _PUBLISHED_CLASS.search(named) is not None
    if element.tag == "abbr" and element.get("title") and is_published_class:
        return Mark(PUBLISHING, element.get("title") or "")
    if is_published_class or _DATE_CLASS.search(named):
        inner = None if told else next(element.iter("time"), None)
        return Mark(MARKED, told if inner is None else (inner.get("datetime") or "").strip())
    line = own_text(element)
    if is_near and any(map(str.isdigit, line)):
        return Mark(LINE)
    return Mark(LINE) if _SAID.search(line) else None


def is_published(element: HtmlElement) -> bool:
    """Whether it is marked as the date of publishing."""
    return element.get("pubdate") is not None or _PUBLISHED_CLASS.search(classes(element)) is not None


def is_changed(element: HtmlElement) -> bool:
    """Whether a class calls it the date of a change."""
    return _CHANGED_CLASS.search(classes(element)) is not None


def says_published(before: str) -> bool:
    """Whether what stands before a date says that it is that of publishing."""
    return _PUBLISHED.search(before) is not None


def says_changed(before: str) -> bool:
    """Whether what stands before a date says that it is that of a change."""
    return _CHANGED.search(before) is not None


def _in_data(element: HtmlElement) -> str:
    """A date that an element without the attribute for it has in one of its own: `data-published`."""
    if len(element.attrib) < 1 or len(element.attrib) > _MOST_ATTRIBUTES:
        return ""
    data = (str(value) for name, value in element.attrib.items() if str(name).startswith("data-"))
    return next((it for it in data if _ISO.match(it) and len(it) <= _LONGEST_DATE), "")
