"""A headline that no heading shows: the line of a page that its title begins with. Old sites print it as any other."""

import re
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import classes, words
from syndicator.text.headlines import SEPARATORS

_LINES = ("div", "p", "span", "td", "b", "strong", "font", "center")
_SHORTEST, _LONGEST = 8, 300  # characters
_MOST = 5_000
_FURNITURE = frozenset({"nav", "aside", "footer"})
_CRUMBS = re.compile("crumb|path|nav")
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff]{2}")  # Korean has spaces between words
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"})


def title_line(root: HtmlElement, title: str) -> HtmlElement | None:
    """The first line that is the title but for the site's name behind it; in no link, menu or path."""
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
    """Whether what a title goes on with is none of the line; a space ends a Chinese or Japanese one."""
    return rest.lstrip()[:1] in f"{SEPARATORS}_" or (
        rest[:1] == " " and _IDEOGRAPHS.fullmatch(line[-1] + rest[1:2]) is not None
    )


def in_furniture(element: HtmlElement) -> bool:
    """Whether it stands in a menu, a side note or a footer."""
    return any(it.tag in _FURNITURE for it in element.iterancestors())


def folded_line(text: str) -> str:
    """A line without case, with single spaces, straight quotes and hyphens, to be compared."""
    return " ".join(text.replace("\xa0", " ").translate(_QUOTES).split()).casefold()


def _marks(element: HtmlElement) -> str:
    """The classes of an element and of what holds it."""
    holder = element.getparent()
    return f"{classes(element)} {'' if holder is None else classes(holder)}"
