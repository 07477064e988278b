"""What rows of links stand below: «Мы в соцсетях:», «Музыкант в соцсетях», «Наши друзья»."""

import re
from collections.abc import Collection

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import is_bigger, words
from syndicator.social.headings import as_heading
from syndicator.social.labels import tidy

_ANCESTORS = 6
_MOST_STEPS = 60
_MOST_INSIDE = 150  # elements
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 b strong dt legend caption summary label".split())
_MATES = frozenset("a span i svg img br li p div dd td b strong".split())  # what stands beside a link in its row
_LETTER = re.compile(r"[^\W\d_]")
_END = "end"


class RowHeadings:
    """The headings of one page's rows, each element looked at once.

    Args:
        holders: The elements that hold links to platforms.
    """

    def __init__(self, holders: Collection[HtmlElement]) -> None:
        self._holders = holders
        self._known: dict[HtmlElement, str] = {}

    def above(self, element: HtmlElement) -> str:
        """The heading, or the short line, that the row of a link has; empty: none."""
        path: list[HtmlElement] = []
        found, up = "", 0
        while len(path) < _MOST_STEPS and up <= _ANCESTORS:
            if element in self._known:
                found = self._known[element]
                break
            path.append(element)
            before = element.getprevious()
            if before is None:
                parent, up = element.getparent(), up + 1
                if parent is None or parent.tag in {"body", "html"}:
                    break
                element = parent
                text, tag = element.text or "", ""
            else:
                element = before
                text, tag = self._told(before)
            if _LETTER.search(text):
                found = as_heading(tidy(text), is_marked=tag in _HEADINGS)
                break
            if tag == _END:
                break
        self._known |= dict.fromkeys(path, found)
        return found

    def _told(self, element: HtmlElement) -> tuple[str, str]:
        """The words between an element before a link and what comes next, with its tag; none: it is of the same row."""
        if _LETTER.search(element.tail or ""):
            return element.tail or "", ""
        if not isinstance(element.tag, str):
            return "", ""
        if element.tag == "a" or element in self._holders:
            return "", "" if element.tag in _MATES else _END
        if is_bigger(element, _MOST_INSIDE):
            return "", _END
        return words(element), element.tag
