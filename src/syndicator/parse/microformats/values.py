"""Read the value of a property's element as a text, an address or a date.

See https://microformats.org/wiki/microformats2-parsing, and https://microformats.org/wiki/value-class-pattern.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import class_names, moment, words
from syndicator.text.characters import one_line

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{4}-\d{3}")
"""A day: year, month and day, or year and day of the year (ISO 8601)."""
_TIME = re.compile(r"\d{1,2}(?::\d{2}){1,2}|\d{1,2}(?=\s?[ap]\.?m)", re.IGNORECASE)
"""A time of day, of 24 or of 12 hours."""
_MOST_INSIDE = 100
"""The most elements inside a property that are looked at for parts of its value."""


def text(element: HtmlElement) -> str:
    """A property's value on one line (`p-`): by the value class pattern, by an attribute made for it, or its words."""
    parts = [_part(it) for it in _parts(element)] or [_part(element)]
    return one_line("".join(parts) or next((it.get("alt") or "" for it in element.iter("img")), ""))


def address(element: HtmlElement) -> str:
    """A property's value as an address, as written (`u-`), or an empty string."""
    for name in ("href", "src", "data"):
        if value := (element.get(name) or "").strip():
            return value
    if element.tag in {"audio", "video"}:
        return next((value for it in element.iter("source") if (value := it.get("src") or "")), "")
    return text(element)


def date(element: HtmlElement) -> str:
    """A property's value as a date, as written (`dt-`); day and time may stand apart (value class pattern)."""
    parts = [moment(it) if it.get("datetime") else _part(it) for it in _parts(element)]
    if parts:
        days = [it for it in parts if _DATE.match(it)]
        times = [it for it in parts if it not in days]
        times.sort(key=lambda it: _TIME.match(it) is None)  # the zone comes last
        return " ".join((*days[:1], *times))
    inner = next(element.iter("time"), None) if not element.get("datetime") else None
    return _attribute(element) or moment(element if inner is None else inner)


def _parts(element: HtmlElement) -> Iterator[HtmlElement]:
    """Give the elements that hold the parts of a property's value (value class pattern); none: it has no such parts."""
    inside = islice(element.iterdescendants(), _MOST_INSIDE) if len(element) else ()
    return (it for it in inside if not {"value", "value-title"}.isdisjoint(class_names(it)))


def _part(element: HtmlElement) -> str:
    is_title = "value-title" in class_names(element)
    return ((element.get("title") or "") if is_title else _attribute(element)).strip() or words(element)


def _attribute(element: HtmlElement) -> str:
    """Give the value that an element has in an attribute made for it; empty: it has its value as text."""
    match element.tag:
        case "abbr" | "link":
            return (element.get("title") or "").strip()
        case "data" | "input":
            return (element.get("value") or "").strip()
        case "img" | "area":
            return (element.get("alt") or "").strip()
        case _:
            return ""
