"""Tell which elements name an article's author: by markup, by a class, by a link's address, or by a line's words."""

import re
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import classes, tokens, words
from syndicator.text.characters import one_line
from syndicator.text.people import OTHER_LABELS

LINKED, TOLD = 2, 3
"""Ranks of elements that name authors: a link to an author's page by its address, and a line that names one."""
_AUTHOR_CLASS = re.compile(
    r"(?<![a-z])(?:p-author|bylines?(?:__?\w+)?|by-?author|(?:(?:article|post|entry|news)[-_]+)?"
    r"(?:author(?:s|[-_]*names?)?|(?:writer|reporter|journalist|auteur|autor|autore|avtor)(?:[-_]*name)?)|"
    r"submitted(?:-by)?)(?![a-z])"
)
"""A class that marks an author."""
_NAMES = ("id", "data-testid", "data-component", "data-qa")
"""Attributes with an element's name for scripts and tests, which stays readable where a build hashes the classes."""
_CALLED = frozenset(_NAMES)
"""The attributes of `_NAMES`, as a set."""
_AUTHORS = (
    r"authors?|autor(?:es|en|i)?|auteurs?|avtory?|journalist(?:e?s)?|writers?|reporters?|contributors?|columnists?|"
    r"redakteure"
)
"""Folders that contain the pages of authors, and nobody else's, as a part of a pattern."""
_AUTHOR_PATH = re.compile(rf"/(?:{_AUTHORS}|by|staff|editors|users?)/[^/?#]", re.IGNORECASE)
"""The beginning of the path of an author's page, with the first character of the author's own part."""
_SURE_PATH = re.compile(rf"/(?:{_AUTHORS})/[^/?#]", re.IGNORECASE)
"""The beginning of a path that is certainly an author's page."""
_PICTURED = re.compile(
    r"\W*(?:(?:ph|f)oto(?:s|gra\w*)?|(?:illustrat|bild|grafi)\w*|images?|pictures?|video|фото(?:граф\w*)?|"
    r"иллюстрац\w*|写真|图片|撮影)(?!\w)",
    re.IGNORECASE,
)
"""The beginning of a line that names the maker of a picture."""
_SMALL = "by|von|par|por|di|door|av|af"
"""Words right before an author's name, as a part of a pattern."""
BY = re.compile(rf"\W*(?:written\s+|words\s+)?(?:{_SMALL})\s", re.IGNORECASE)
"""The beginning of a line that names the author without a label."""
_LONGEST_BY = 70
"""The most characters of a line that begins as `BY` says."""
_LONGEST_NAME = 200
"""Characters of the attributes in `_NAMES` that are read."""
_LABEL = (
    r"авторы?(?:\s+(?:текста|статьи|материала))?|текст|подготовил[аи]?(?:\s+материал)?|"
    r"автори?(?:\s+тексту)?|authors?|autor(?:in|en|es)?|autore|auteurs?|verfasser(?:in)?|作者|记者|記者|撰文|"
    rf"{OTHER_LABELS}"
)
"""Labels before an author's name, as a part of a pattern."""
_LABELLED = re.compile(rf"\W*(?:{_LABEL})\s*[:：]", re.IGNORECASE)
"""The beginning of a line that names the author behind a label and a colon."""
SIGNED = re.compile(rf"\W*+(?:{_LABEL}|{_SMALL})?\W*+", re.IGNORECASE)
"""What may stand beside an author's name in a signature: «Текст: …»."""


def author_rank(element: HtmlElement, *, is_near: bool) -> int | None:
    """Rank how sure it is that an element names the author: 0 is the surest; None: it does not.

    Args:
        element: The element; the names in it are not read.
        is_near: Whether it stands near the headline: elsewhere links to authors and lines may be another article's.
    """
    has = element.keys()  # a quick check: most elements have no attribute, or only a class
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


def names_photographer(line: str) -> bool:
    """Whether a line names the maker of a picture: "Photograph by Anna Roe"."""
    return _PICTURED.match(line) is not None


def leads_to_author(link: HtmlElement) -> bool:
    """Whether a link's address is surely that of an author's page, wherever the link stands."""
    return _SURE_PATH.search(link.get("href") or "") is not None


def _is_called(element: HtmlElement) -> bool:
    """Whether an attribute with the element's name calls it an author's: `id="author-name"`."""
    named = " ".join(filter(None, map(element.get, _NAMES)))
    return _AUTHOR_CLASS.search(named[:_LONGEST_NAME].lower()) is not None


def opening(element: HtmlElement) -> str:
    """Give the line with which an element begins, up to a line break."""
    line = element.text or ""
    for it in islice(element, 3):
        if it.tag == "br":
            break
        line += words(it) + (it.tail or "")
    return one_line(line)
