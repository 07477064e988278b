"""Parts of a page that say by their title that they are none of the article: other articles, comments, tags.

Class names differ from site to site, or are a build's hashes; what a reader is told does not.
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
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_MOST = 10_000
_MOST_FOLLOWING = 200
_MOST_TITLES = 50
_MOST_INSIDE = 8  # elements in a title
_LONGEST_TITLE = 45  # characters
_LONGEST_TEASER = 300
_TEASER = 150  # characters of a teaser's text beside its link
_LINKED = 0.3  # of a list of teasers
_NOISE = re.compile(r"[\W\d_]+")

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_OTHERS, _COMMENTS = (frozenset(_DATA[name].strip().replace("\n", "|").split("|")) for name in ("others", "comments"))


def drop_titled(root: HtmlElement) -> None:
    """Take these parts out of a page.

    Of other articles what goes are the links and teasers after the title, up to the next heading or paragraph; of
    comments all that follows beside their title, as long as it is not most of the page.
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
            line = _called(title)  # «Пропустить Читайте также и продолжить чтение»: to whom the page is read out
            drop([it for it in holder if len(words(it)) <= 2 * _LONGEST_TITLE and line in _called(it)])


def _titles(root: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    for element in islice(root.iter(*_TITLES), _MOST):
        if is_bigger(element, _MOST_INSIDE) or len(words(element)) > _LONGEST_TITLE:
            continue
        line = _called(element)
        if line in _OTHERS:
            yield element, False
        elif line in _COMMENTS:
            yield element, True


def _outermost(title: HtmlElement) -> HtmlElement:
    """The element that holds the title and nothing else."""
    line = words(title)
    block = title
    for outer in islice(title.iterancestors(), 6):
        if outer.tag in {"body", "html", "main"} or words(outer) != line:
            break
        block = outer
    return block


def _teasers(following: list[HtmlElement]) -> list[HtmlElement]:
    """The links and teasers that come first; what stands between them goes along."""
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
    links = [words(it) for it in islice(element.iter("a"), _MOST_FOLLOWING)]
    linked = sum(map(len, links))
    if not text or not linked or has_social(element):
        return False
    if element.tag == "p" or element.tag in _HEADINGS or has(element, "h1"):
        return linked > 0.8 * len(text)
    beside = (len(text) - linked) / len(links)
    return linked >= _LINKED * len(text) or (beside < _TEASER and len(text) < _LONGEST_TEASER * len(links))


def _comments(following: list[HtmlElement], root: HtmlElement) -> list[HtmlElement]:
    """All that follows, if that stands below the article: there is more text before it than in it."""
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
