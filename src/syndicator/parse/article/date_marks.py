"""Tell which elements hold an article's date, by markup, a class or a line; and whether it is that of a change."""

import re
from typing import NamedTuple

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import classes, own_text, tokens

PUBLISHING, MARKED, LINE = 0, 1, 2
"""Ranks of dates: marked as the date of publishing, marked as a date, standing in an unmarked line."""
_CREATED = frozenset(
    "dc:date dc:created dcterms:created dcterms:issued schema:datepublished datepublished schema:datecreated".split()
)
"""Values of `property` (RDFa), in lower case, that mark the date of publishing."""
_PUBLISHED_CLASS = re.compile(
    r"(?<![a-z])(?:published|pubdate|dt-published|(?:entry|post|article|publish|pub)[-_]?date)"
)
"""The beginning of a word in a class that marks the date of publishing."""
_DATE_CLASS = re.compile(
    r"(?<![a-z])(?:date|time|datetime|timestamp|posted(?:-on)?|submitted|dateline|datum|fecha)(?![a-z])"
)
"""A whole word in a class that marks a date."""
_CHANGED_CLASS = re.compile(r"(?<![a-z])(?:updated?|modified|changed|lastmod)(?![a-z])")
"""A whole word in a class that marks the date of a change."""
_CHANGED = re.compile(
    r"(?:обновл\w+|изменен\w+|изменён\w+|оновлен\w+|абноўл\w+|обновен\w+|ажуриран\w+|updated?|modified|last\s+change\w*|"
    r"aktuali[sz]ier\w+|zuletzt|geändert|mise?\s+à\s+jour|modifié\w*|actualizad\w+|actualitzat|aggiorna\w+|atualiza\w+|"
    r"(?:za)?aktualiz\w+|ažurir\w+|posodobljen\w*|bijgewerkt|gewijzigd|uppdatera\w+|oppdatert|opdateret|päivitetty|"
    r"muokattu|frissít\w+|módosít\w+|actualizat\w*|modificat\w*|güncelle\w+|atnaujint\w+|atjaunin\w+|uuendatud|"
    r"ενημερώ\w+|diperbarui|עודכן|تحديث|به‌?روزرسانی|更新|수정)\W*(?:\w+\W+)?$",
    re.IGNORECASE,
)
"""Words for a change right before a date, with at most one word between them."""
_CHANGED_BEHIND = re.compile(
    r"\s(?:aktualisiert|geändert|überarbeitet|ergänzt|bijgewerkt|gewijzigd)(?=[.!)]|\Z)", re.IGNORECASE
)
"""The verb of a sentence on a change, behind its date: «Der Artikel wurde am 25.04.2022 aktualisiert.»"""
_SAID = re.compile(
    r"(?<!\w)(?:опубликован\w*|размещен\w*|размещён\w*|дата\s+публикации|опубліковано|апублікавана|публикуван\w*|"
    r"објављено|published|posted|veröffentlicht|(?:artikel|beitrag|eintrag)\s+wurde|publiée?|publicad[oa]|publicat|"
    r"pubblicat[oa]|opublikowano|publikováno|zveřejněno|vydáno|publikované|zverejnené|objavljeno|gepubliceerd|geplaatst|"
    r"publicerad|publisert|publiceret|offentliggjort|julkaistu|megjelent|közzétéve|yayın(?:lanma|landı)?|paskelbta|"
    r"publicēts|avaldatud|δημοσιεύ\w+|dipublikasikan|diterbitkan|פורסם|نشر|منتشر|发布时间|发布日期|發布時間|公開日|등록|입력)(?!\w)",
    re.IGNORECASE,
)
"""Words for publishing in a line."""
_ISO = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d")
"""The beginning of a date as ISO 8601 writes it, from 1900 to 2099."""
_LONGEST_DATE, _MOST_ATTRIBUTES = 40, 20
"""The most characters of a date in a `data-` attribute, and the most attributes of an element that may have one."""
_PUBLISHED = re.compile(rf"{_SAID.pattern}\W*(?:\w+\W+){{0,2}}$", re.IGNORECASE)
"""Words for publishing before a date, with at most two words between them."""


class Mark(NamedTuple):
    """How sure it is that an element holds the article's date.

    Attributes:
        rank: `PUBLISHING`, `MARKED` or `LINE`.
        told: The date in an attribute of the element, or empty.
    """

    rank: int
    told: str = ""


def date_mark(element: HtmlElement, *, is_near: bool) -> Mark | None:
    """Rank how sure it is that a date in an element is the article's; None: nothing says that it has one.

    Args:
        element: The element; its words are not read for a date.
        is_near: Whether it stands near the headline: elsewhere an unmarked line must speak of publishing.
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
    """Whether an element is marked as the date of publishing."""
    return element.get("pubdate") is not None or _PUBLISHED_CLASS.search(classes(element)) is not None


def is_changed(element: HtmlElement) -> bool:
    """Whether an element's class calls it the date of a change."""
    return _CHANGED_CLASS.search(classes(element)) is not None


def says_published(before: str) -> bool:
    """Whether the text before a date says that it is the date of publishing."""
    return _PUBLISHED.search(before) is not None


def says_changed(before: str, after: str = "") -> bool:
    """Whether the text before a date, or the verb behind it, says that it is the date of a change."""
    return _CHANGED.search(before) is not None or _CHANGED_BEHIND.match(after) is not None


def _in_data(element: HtmlElement) -> str:
    """Give a date in one of an element's `data-` attributes, such as `data-published`; or empty."""
    if len(element.attrib) < 1 or len(element.attrib) > _MOST_ATTRIBUTES:
        return ""
    data = (str(value) for name, value in element.attrib.items() if str(name).startswith("data-"))
    return next((it for it in data if _ISO.match(it) and len(it) <= _LONGEST_DATE), "")
