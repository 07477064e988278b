"""Find a headline that is no heading element: the line with which the page's title begins, as old sites print it."""

import re
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import classes, words
from syndicator.text.headlines import SEPARATORS

_LINES = ("div", "p", "span", "td", "b", "strong", "font", "center")
"""Elements that may hold the headline."""
_SHORTEST, _LONGEST = 8, 300
"""The fewest characters of a headline, and how many characters of an element's text are compared."""
_MOST = 5_000
"""The most elements that are looked at."""
_FURNITURE = frozenset({"nav", "aside", "footer"})
"""Elements that are a menu, a side note or a footer."""
_CRUMBS = re.compile("crumb|path|nav")
"""A part of a class that marks a breadcrumb or a menu."""
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff]{2}")
"""Two Chinese or Japanese characters, between which no space stands in a line; Korean has spaces between words."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"})
"""The straight quote or hyphen for each typographic quote or dash."""


def title_line(root: HtmlElement, title: str) -> HtmlElement | None:
    """Find the first line that is the title without the site's name behind it; in no link, menu or breadcrumb."""
    whole = folded_line(title)
    for element in islice(root.iter(*_LINES), _MOST):
        told = folded_line((element.text or "")[:_LONGEST])
        if len(told) < _SHORTEST or not whole.startswith(told) or folded_line(words(element)) != told:
            continue
        is_most = 5 * len(told) >= 2 * len(whole) and _is_apart(told, whole[len(told) :])
        is_alone = next(element.iterancestors("a", "li"), None) is None and not in_furniture(element)
        if is_most and is_alone and not _CRUMBS.search(_marks(element)):
            return element
    return None


def _is_apart(line: str, rest: str) -> bool:
    """Whether the rest of a title does not belong to the line before it: a separator stands between them.

    Between Chinese or Japanese characters, a space is one.
    """
    return rest.lstrip()[:1] in f"{SEPARATORS}_" or (
        rest[:1] == " " and _IDEOGRAPHS.fullmatch(line[-1] + rest[1:2]) is not None
    )


def in_furniture(element: HtmlElement) -> bool:
    """Whether an element stands in a menu, a side note or a footer."""
    return any(it.tag in _FURNITURE for it in element.iterancestors())


def folded_line(text: str) -> str:
    """Fold a line for comparison: lower case, single spaces, straight quotes, hyphens for dashes."""
    return " ".join(text.replace("\xa0", " ").translate(_QUOTES).split()).casefold()


def _marks(element: HtmlElement) -> str:
    """Give the classes of an element and of the element around it."""
    holder = element.getparent()
    return f"{classes(element)} {'' if holder is None else classes(holder)}"
