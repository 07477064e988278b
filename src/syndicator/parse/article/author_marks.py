"""Which elements name an article's author: by a machine's mark, by a class, by where a link leads, or in a line."""

import re
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import classes, tokens, words
from syndicator.text.characters import one_line

LINKED, TOLD = 2, 3
"""Ranks of authors: whom a link leads to that is an author's by its address; whom a line names."""
_AUTHOR_CLASS = re.compile(
    r"(?<![a-z])(?:p-author|bylines?(?:__?\w+)?|by-?author|(?:(?:article|post|entry|news)[-_]+)?"
    r"(?:author(?:s|[-_]*names?)?|(?:writer|reporter|journalist|auteur|autor|autore|avtor)(?:[-_]*name)?)|"
    r"submitted(?:-by)?)(?![a-z])"
)
_NAMES = ("id", "data-testid", "data-component", "data-qa")
"""Where a build has put hashes into the classes, an element is still called something for scripts and tests."""
_CALLED = frozenset(_NAMES)
_AUTHOR_PATH = re.compile(
    r"/(?:by|authors?|autor(?:es|en|i)?|auteurs?|avtory?|journalist(?:e?s)?|writers?|reporters?|contributors?|columnists?|"
    r"redakteure|staff|editors|users?)/[^/?#]",
    re.IGNORECASE,
)
_SMALL = "by|von|par|por"
BY = re.compile(rf"\W*(?:written\s+|words\s+)?(?:{_SMALL})\s", re.IGNORECASE)
"""How a line opens that names the author without a label."""
_LONGEST_BY = 70
_LONGEST_NAME = 200  # characters of such attributes
_LABEL = (
    r"авторы?(?:\s+(?:текста|статьи|материала))?|текст|подготовил[аи]?(?:\s+материал)?|"
    r"автори?(?:\s+тексту)?|authors?|autor(?:in|en|es)?|autore|auteurs?|verfasser(?:in)?|作者|记者|記者|撰文"
)
_LABELLED = re.compile(rf"\W*(?:{_LABEL})\s*[:：]", re.IGNORECASE)
SIGNED = re.compile(rf"\W*(?:{_LABEL}|{_SMALL})?\W*", re.IGNORECASE)
"""All that stands beside an author's name in a signature: «Текст: …»."""


def author_rank(element: HtmlElement, *, is_near: bool) -> int | None:
    """How sure an element names the author: 0 the surest; None: not at all.

    Args:
        element: Its words are for others to read.
        is_near: Whether it stands near the headline: elsewhere mere links and lines may be anybody's.
    """
    has = element.keys()  # most have nothing, or a class
    if any(name in has and "author" in tokens(element, name) for name in ("rel", "itemprop")):
        return 0
    if element.tag == "author" or ("class" in has and _AUTHOR_CLASS.search(classes(element))):
        return 1
    if not _CALLED.isdisjoint(has) and _is_called(element):
        return 1
    if is_near and element.tag == "a" and _AUTHOR_PATH.search(element.get("href") or ""):
        return LINKED
    line = element.text or ""
    is_by = is_near and BY.match(line) and len(words(element)) <= _LONGEST_BY
    return TOLD if is_by or _LABELLED.match(line) else None


def _is_called(element: HtmlElement) -> bool:
    """Whether an attribute that names the element calls it an author's: `id="author-name"`."""
    named = " ".join(filter(None, map(element.get, _NAMES)))
    return _AUTHOR_CLASS.search(named[:_LONGEST_NAME].lower()) is not None


def opening(element: HtmlElement) -> str:
    """The line that an element begins with, up to a line break."""
    line = element.text or ""
    for it in islice(element, 3):
        if it.tag == "br":
            break
        line += words(it) + (it.tail or "")
    return one_line(line)
