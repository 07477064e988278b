"""Remove parts of a page whose title says that they are not the article's: other articles, comments, tags.

Class names differ from site to site, or are hashes of a build; the words of titles are the same on many sites.
"""

import re
import tomllib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from lxml.html import HtmlElement

from syndicator.parse.article.witness import has_social, is_linked, leaves, words_of
from syndicator.parse.decoding.tree import drop, has, is_bigger, words

_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "strong", "b", "summary", "dt", "label")
"""Elements that may be the title of a part of the page."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
"""Headings, at which the teasers below a title end."""
_MOST = 10_000
"""The most elements of a page that are looked at."""
_MOST_FOLLOWING = 200
"""The most elements behind a title, and the most links of a teaser, that are looked at."""
_MOST_TITLES = 50
"""The most titles of one page."""
_MOST_INSIDE = 8
"""The most elements in a title, itself included."""
_LONGEST_TITLE = 45
"""The most characters of a title."""
_LONGEST_TEASER = 300
"""The most characters of an element with teasers, for each of its links."""
_TEASER = 150
"""The most characters of a teaser outside of its link."""
_LINKED = 0.3
"""The share of characters in links with which a block is a list of teasers."""
_NOISE = re.compile(r"[\W\d_]+")
"""Characters of a title that are no letters."""

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
"""The titles in `titled.toml`, by what they are titles of; several stand in one line, with `|` between them."""
_OTHERS, _COMMENTS = (frozenset(_DATA[name].strip().replace("\n", "|").split("|")) for name in ("others", "comments"))
"""Titles above other articles, and titles above comments, as `_called` gives them."""


def drop_titled(root: HtmlElement) -> None:
    """Remove these parts from a page.

    Of other articles, the links and teasers behind the title are removed, up to the next heading or paragraph. Of
    comments, all that follows beside their title is removed, unless it is most of the page.
    """
    for title, is_comments in list(islice(_titles(root), _MOST_TITLES)):
        block = _outermost(title)
        holder = block.getparent()
        if holder is None or root not in block.iterancestors():
            continue
        following = list(islice(block.itersiblings(), _MOST_FOLLOWING))
        gone = _comments(following, root) if is_comments else _teasers(following)
        if gone:
            drop([block, *gone])
            line = _called(title)  # links for screen readers repeat it: «Пропустить Читайте также и продолжить чтение»
            drop([it for it in holder if len(words(it)) <= 2 * _LONGEST_TITLE and line in _called(it)])


def _titles(root: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    """Give the elements that are titles, each with whether it is one of comments."""
    for element in islice(root.iter(*_TITLES), _MOST):
        if is_bigger(element, _MOST_INSIDE) or len(words(element)) > _LONGEST_TITLE:
            continue
        line = _called(element)
        if line in _OTHERS:
            yield element, False
        elif line in _COMMENTS:
            yield element, True


def _outermost(title: HtmlElement) -> HtmlElement:
    """Find the outermost element that holds the title and nothing else."""
    line = words(title)
    block = title
    for outer in islice(title.iterancestors(), 6):
        if outer.tag in {"body", "html", "main"} or words(outer) != line:
            break
        block = outer
    return block


def _teasers(following: list[HtmlElement]) -> list[HtmlElement]:
    """Give the links and teasers that come first, with what stands between them."""
    last = 0
    for position, element in enumerate(following, 1):
        if element.tag in _HEADINGS and not is_linked(element):
            break
        text = words(element)
        if _is_teaser(element, text):
            last = position
        elif len(text) > _LONGEST_TITLE or has_social(element):
            break
    return following[:last]


def _is_teaser(element: HtmlElement, text: str) -> bool:
    """Whether an element with this text is a teaser: mostly links, or links with little text beside them."""
    links = [words(it) for it in islice(element.iter("a"), _MOST_FOLLOWING)]
    linked = sum(map(len, links))
    if not text or not linked or has_social(element):
        return False
    if element.tag == "p" or element.tag in _HEADINGS or has(element, "h1"):
        return linked > 0.8 * len(text)
    beside = (len(text) - linked) / len(links)
    return linked >= _LINKED * len(text) or (beside < _TEASER and len(text) < _LONGEST_TEASER * len(links))


def _comments(following: list[HtmlElement], root: HtmlElement) -> list[HtmlElement]:
    """Give all that follows if it stands below the article, with more text before it than in it; else nothing."""
    inside = {inner for it in following for inner in it.iter()}
    after = sum(len(words_of(it)) for it in following)
    before = 0
    for element in leaves(root)[:_MOST]:
        if element in inside or before > after:
            break
        text = words(element)
        before += len(text) if len(text) > _LONGEST_TITLE and not is_linked(element) else 0
    is_below = before > after and all(_called(it) in _COMMENTS for it in inside if it.tag == "h1")
    return following if is_below else []


def _called(element: HtmlElement) -> str:
    return _NOISE.sub(" ", element.text_content()).strip().casefold().replace("ё", "е")
