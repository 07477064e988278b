"""Tell which part of a page an element stands in: header, footer, comments, a quotation, an author's box.

By tags, roles, vocabularies and the platforms' own marks; class names count only where they are words.
"""

import re
from collections.abc import Collection
from enum import Enum
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import has, is_bigger, marks, words

_WORD = re.compile(r"[a-z]+|[а-яё]+")
"""A word in an element's classes and id, which `marks` gives in lower case: `PostFooter` has `post` and `footer`."""
_COMMENTS = frozenset({"comment", "comments", "commentlist", "respond", "replies", "disqus", "комментарии"})
"""Words in a class or id that mark readers' comments."""
_AUTHOR = frozenset({"author", "authors", "byline", "bio", "contributor", "contributors", "columnist", "автор"})
"""Words in a class or id that mark a box about an author."""
_QUOTES = frozenset({"quote", "quotes", "blockquote", "pullquote", "testimonial", "цитата"})
"""Words in a class or id that mark a quotation."""
_HEADER = frozenset({"header", "masthead", "topbar", "nav", "navbar", "navigation", "menu"})
"""Words in a class or id that mark the page's header or menu."""
_FOOTER = frozenset({"footer", "colophon", "bottombar"})
"""Words in a class or id that mark the page's footer."""
_OF_AN_ARTICLE = frozenset(
    {"entry", "post", "article", "story", "card", "teaser", "item", "widget", "section", "content"}
)
"""Words in a class or id with which a header or footer is an article's or a box's, and not the page's."""
_SHOWN = ("img", "figcaption", "iframe", "blockquote", "script", "video", "picture", "amp-img")
"""Elements without which a figure shows nothing."""
_EMBEDS = frozenset({"blockquote", "q", "cite", "figure", "figcaption", "pre"})
"""Elements whose content is somebody else's: a quotation, or a picture with its caption."""
_EMBED_MARKS = (
    *("twitter-tweet", "twitter-video", "instagram-media", "fb-post", "fb-video", "tiktok-embed", "text-post-media"),
    *("bluesky-embed", "mastodon-embed", "reddit-embed-bq", "reddit-card", "telegram-post", "tgme_widget_message"),
)
"""Parts of the classes that platforms give to a post embedded in another page."""
_WIDE = frozenset({"body", "main", "article"})
"""Elements that are too wide to be a box about an author."""
_BIG = 80
"""The most elements of a box about an author, or of a quotation."""
_MOST_NAMES = 50
"""The most authors whose names are looked for."""
_NOTE = 150
"""The most characters of a line that is a note about an author."""
_LONG = 1_200
"""The most characters of a box about an author, or of a quotation."""


class Zone(Enum):
    """A part of a page: a quotation or embed, comments, an author's box, header or menu, footer, side column."""

    QUOTED = "quoted"
    COMMENTS = "comments"
    AUTHOR = "author"
    HEADER = "header"
    FOOTER = "footer"
    ASIDE = "aside"


_WHOLE = frozenset({Zone.QUOTED, Zone.COMMENTS, Zone.AUTHOR})
"""Zones that have no zones inside them: the footer of a quotation is not the page's footer."""


class Zones:
    """The zones of a page; each element is looked at once.

    Args:
        around: The elements that hold the article's body, which open no zone except a quotation.
        names: The authors' names; those of three characters or fewer are not looked for.
    """

    def __init__(self, around: Collection[HtmlElement], names: Collection[str]) -> None:
        self._around = around
        self._names = [it for it in islice(names, _MOST_NAMES) if len(it) > 3]
        self._known: dict[HtmlElement, Zone | None] = {}
        self._boxes: dict[HtmlElement, bool | None] = {}  # None: too big to tell

    def of(self, element: HtmlElement) -> Zone | None:
        """Give the innermost zone that an element stands in; None if it stands in none.

        Inside a zone of `_WHOLE` it is that one, and not one that is nested in it.
        """
        path: list[HtmlElement] = []
        found: Zone | None = None
        for each in (element, *element.iterancestors()):
            if each in self._known:
                found = self._known[each]
                break
            path.append(each)
        for each in reversed(path):
            found = self._known[each] = found if found in _WHOLE else self._own(each) or found
        return found

    def is_by_author(self, element: HtmlElement) -> bool:
        """Whether a small box round an element names an author of the article.

        At most four ancestors are looked at, up to the first that is too big, or holds the body.
        """
        if not self._names:
            return False
        for box in islice(element.iterancestors(), 4):
            if box in self._around or box.tag in _WIDE:
                return False
            if box not in self._boxes:
                self._boxes[box] = None if _is_big(box) else self._names_any(words(box))
            if self._boxes[box] is not False:
                return bool(self._boxes[box])
        return False

    def names_author(self, line: str) -> bool:
        """Whether a line, short enough to be a note about its writer, names an author of the article."""
        return len(line) <= _NOTE and self._names_any(line)

    def _names_any(self, text: str) -> bool:
        """Whether a text has an author's name in it, as written."""
        return any(name in text for name in self._names)

    def _own(self, element: HtmlElement) -> Zone | None:
        """Give the zone that an element itself opens; None if it opens none."""
        tag = element.tag
        classes = element.get("class") or ""
        if tag in _EMBEDS or (classes and any(mark in classes for mark in _EMBED_MARKS)):
            return None if tag == "figure" and _is_wrapper(element) else Zone.QUOTED
        if element in self._around or tag in {"html", "body", "a"}:
            return None
        return self._marked(element)

    def _marked(self, element: HtmlElement) -> Zone | None:
        """Give the zone that an element opens by tag, role, microdata, or the words in its classes and id; or None."""
        prop, kind, rel, role = (element.get(name) or "" for name in ("itemprop", "itemtype", "rel", "role"))
        said = set(_WORD.findall(marks(element)))
        if _QUOTES & said and not _is_big(element):
            return Zone.QUOTED
        if _COMMENTS & said or "comment" in prop or kind.endswith("/Comment"):
            return Zone.COMMENTS
        if (_AUTHOR & said or "author" in prop.split() or "author" in rel) and not _is_big(element):
            return Zone.AUTHOR
        if element.tag == "aside" or role == "complementary":
            return Zone.ASIDE
        if _OF_AN_ARTICLE & said or next(element.iterancestors("article"), None) is not None:
            return None  # the header or footer of an article
        if element.tag == "footer" or role == "contentinfo" or _FOOTER & said:
            return Zone.FOOTER
        if element.tag in {"header", "nav"} or role in {"banner", "navigation"} or _HEADER & said:
            return Zone.HEADER
        return None


def _is_wrapper(figure: HtmlElement) -> bool:
    """Whether a figure shows nothing and holds running text: some editors wrap each paragraph so."""
    return not has(figure, *_SHOWN) and has(figure, "p")


def _is_big(element: HtmlElement) -> bool:
    """Whether an element has too many elements or characters for a quotation, or for a box about an author."""
    return is_bigger(element, _BIG) or len(words(element)) > _LONG
