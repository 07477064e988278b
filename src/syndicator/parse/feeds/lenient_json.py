"""Load JSON, valid or not: read it strictly, else leniently, else item by item."""

import json
import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson

from syndicator.model.failure import FailureKind
from syndicator.parse.failures import Unreadable
from syndicator.parse.feeds.entries import MAX_ENTRIES

_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]++|\\.)*+"?|,(?=\s*+[}\]])', re.DOTALL)
"""A string, or a comma before a closing bracket, which JSON does not allow."""
_LIST = re.compile(r"\s*+\[")
"""The beginning of a document that is a list."""
_ITEM = re.compile(r"[\s,]*+\{")
"""The beginning of the next item, an object."""
_BETWEEN = re.compile(r"\}\s*+,\s*+\{")
"""The end of an item and the beginning of the next."""
_END = re.compile(r"[\s,]*+\]")
"""The end of a list."""
_MOST_LOST = 100
"""The most items that are skipped because they cannot be read; with more, the rest of the document is left out."""
_SURROGATES = re.compile("[\ud800-\udfff]")
"""A lone surrogate, which UTF-8 cannot hold."""
_LENIENT = json.JSONDecoder(
    strict=False,
    parse_int=lambda digits: int(digits) if len(digits) < 19 else digits,
    parse_float=lambda digits: float(digits) if math.isfinite(float(digits)) else digits,
    parse_constant=lambda _: None,
)
"""The lenient reader: numbers of 19 signs and more, or beyond a float's range, stay text; `NaN` becomes `null`."""


class Loaded(NamedTuple):
    """A JSON document that was loaded.

    Attributes:
        document: Its value.
        warnings: What was repaired or left out.
        truncated: Whether it ends too early.
    """

    document: Any
    warnings: tuple[str, ...] = ()
    truncated: bool = False


def load(text: str, items: Sequence[str] = ("items",)) -> Loaded:
    """Parse strictly, else leniently, else item by item.

    The lenient parser accepts control characters in strings, lone surrogates, numbers out of range, commas before a
    closing bracket, and text behind the document. If that fails, too, the items that can be read are kept.

    Args:
        text: The document.
        items: Names of the members that lead to the list of items; none: the document is that list.

    Raises:
        Unreadable: The text is not JSON, and no item can be read.
    """
    try:
        return Loaded(orjson.loads(text))
    except orjson.JSONDecodeError as error:
        reason = error.msg
    warning = f"The document is not valid JSON: {reason}."
    text = _STRING_OR_COMMA.sub(lambda found: found[0] if found[0] != "," else "", text.lstrip())
    try:
        try:
            return Loaded(_decoded(text)[0], (warning,))
        except ValueError:
            return _salvaged(text, warning, items)
    except (ValueError, RecursionError):
        raise Unreadable(FailureKind.MALFORMED, warning, "Report it to the publisher.") from None


def dumped(item: object) -> bytes:
    """Write an item as bytes; empty: it is nested too deeply (orjson's limit)."""
    try:
        return orjson.dumps(item)
    except orjson.JSONEncodeError:
        return b""


def _decoded(text: str, start: int = 0) -> tuple[Any, int]:
    """Decode the value that begins at `start`, lone surrogates replaced; returns it, and where it ends."""
    value, end = _LENIENT.raw_decode(text, start)
    return orjson.loads(_SURROGATES.sub("\ufffd", json.dumps(value, ensure_ascii=False))), end


def _salvaged(text: str, warning: str, names: Sequence[str]) -> Loaded:
    """Load what stands before the items, and every item that can be read.

    Raises:
        ValueError: There is no list of items, or no item can be read.
    """
    list_of_items = re.compile(rf'"{re.escape(names[-1])}"\s*+:\s*+\[').search(text) if names else _LIST.match(text)
    if not list_of_items:
        raise ValueError("no items")
    document, items = _opened(text[: list_of_items.start()], names)
    lost, position = 0, list_of_items.end()
    while (begin := _ITEM.match(text, position)) and len(items) <= MAX_ENTRIES:
        try:
            item, position = _decoded(text, begin.end() - 1)
            items.append(item)
        except ValueError:
            lost += 1
            following = _BETWEEN.search(text, begin.end())
            if not following or lost > _MOST_LOST:
                break
            position = following.end() - 1
    if not items:
        raise ValueError("no item could be read")
    truncated = not _END.match(text, position) and (not lost or not text.rstrip().endswith("}" if names else "]"))
    return Loaded(document, (warning, f"Items that could not be read were left out: {lost}."), truncated)


def _opened(head: str, names: Sequence[str]) -> tuple[Any, list[Any]]:
    """Load the document up to its items, as if it ended there.

    Args:
        head: The text before the list of items.
        names: The members that lead to that list.

    Returns:
        The document, and the empty list in it to which the items belong.

    Raises:
        ValueError: The list stands elsewhere.
    """
    if not names:
        items: list[Any] = []
        return items, items
    document, _ = _decoded(f"{head}{json.dumps(names[-1])}: []{'}' * len(names)}")
    inner = document
    for name in names:
        inner = inner.get(name) if isinstance(inner, dict) else None
    if inner != []:
        raise ValueError("another list")
    return document, inner
