"""Tell whether what stands round a headline belongs to that article, or to the page and other articles."""

import re
from collections.abc import Iterator
from itertools import chain, islice

from lxml.html import HtmlElement

from syndicator.parse.article.witness import count_words
from syndicator.parse.decoding.tree import Page, classes, has, is_bigger, marks, own_text, words

MOST_ELEMENTS = 20_000
"""The most elements of a page that are looked at."""
LONGEST_LINE = 160
"""The most characters of a line with a date, of a small aside, or of a teaser with its date."""
_FAR_ABOVE, _FAR_BELOW = 60, 400
"""How many elements before and behind the headline are looked at for a marked date or author."""
_NEAR_ABOVE, _NEAR_BELOW = 14, 40
"""How many elements before and behind the headline an unmarked line with a date or author may stand."""
_TEXT = frozenset({"p", "div", "td", "section"})
"""Elements that may directly hold a long text."""
_CARD = 40
"""The most elements of a teaser."""
_LONG_TEXT = 80
"""Characters of a text; a longer one is a paragraph rather than a line."""
_FEW = 2
"""The number of long texts below the headline behind which a date is less likely to be the article's."""
_FURNITURE_TAGS = frozenset({"aside", "footer", "form", "nav"})
"""Elements in which a date or name belongs to the page or to other articles."""
_FURNITURE = re.compile(
    r"(?<![a-z])(?:comments?|commentlist|disqus|related|sidebar|recommend\w*|widget|promo|popular|trending|teasers?|"
    r"(?<!article[-_])(?<!entry[-_])(?<!post[-_])footer|newsletter|most-read|read-also)(?![a-z])"
)
"""A word in a class or id that marks comments, a side column, other articles, a footer or an offer.

`post-footer` is the article's own, with its date and author.
"""


class Surroundings:
    """The elements of a page in document order, with their distance from the headline.

    The offset of an element is the number of elements from the headline to it; before the headline it is negative.

    Attributes:
        elements: The page's elements in document order, at most `MOST_ELEMENTS`.
        heading: The element with the headline; None: the first long text takes its place. A name that it has itself,
            such as `comment` for an opinion, says nothing of other elements.
    """

    def __init__(self, page: Page, heading: HtmlElement | None) -> None:
        body = page.root.find("body")
        self.elements: list[HtmlElement] = list(islice((page.root if body is None else body).iter(), MOST_ELEMENTS))
        self.heading = heading
        texts = [at for at, it in enumerate(self.elements) if it.tag in _TEXT and _is_long(own_text(it))]
        anchor = heading
        if heading is not None and heading in self.elements:
            self._start = self.elements.index(heading)
        else:
            self._start = next(iter(texts), 0)
            anchor = self.elements[self._start] if texts else None
        lower = [at for at in texts if at > self._start]
        self._below = lower[_FEW] if len(lower) > _FEW else len(self.elements)
        self._outer = set(heading.iterancestors()) if heading is not None else set()
        around = anchor.iterancestors("article") if anchor is not None else ()
        behind = (it for it in self.elements[self._start :] if it.tag == "article")
        self._home = next(chain(around, behind), None)  # a headline often stands above its article
        self._own = frozenset() if heading is None else frozenset(_FURNITURE.findall(marks(heading)))
        self._furniture: dict[HtmlElement, bool] = {}

    def around(self) -> Iterator[tuple[int, HtmlElement]]:
        """Give the elements round the headline, far ones included, each with its offset."""
        first = max(0, self._start - _FAR_ABOVE)
        return enumerate(self.elements[first : self._start + _FAR_BELOW + 1], first - self._start)

    def is_low(self, offset: int) -> bool:
        """Whether more than `_FEW` long texts stand between the headline and the element with that offset."""
        return self._start + offset > self._below

    def is_attached(self, element: HtmlElement, offset: int) -> bool:
        """Whether an element stands in a footer or an aside that belongs to the headline."""
        if offset > _NEAR_BELOW:
            return False
        return self._is_little_aside(element, offset) or (offset > 0 and self._is_heads_footer(element))

    def is_in_own_footer(self, element: HtmlElement) -> bool:
        """Whether an element stands in the footer of the headline's article, however long that article is."""
        footer = _nearest(element, "footer")
        return footer is not None and self._home is not None and self._home in footer.iterancestors()

    def is_furniture(self, element: HtmlElement, *, aside: bool = True) -> bool:
        """Whether an element stands in a side column, a comment, or another article.

        Args:
            element: The element.
            aside: Whether an `aside` close round it counts; right above a headline it does not.
        """
        if not aside and any(it.tag == "aside" for it in islice(element.iterancestors(), 3)):
            return False
        trail = []
        result = False
        for ancestor in (element, *element.iterancestors()):
            if ancestor in self._furniture:
                result = self._furniture[ancestor]
                break
            trail.append(ancestor)
            if ancestor in self._outer:
                break
            foreign = ancestor.tag == "article" and ancestor is not self._home
            if (
                ancestor.tag in _FURNITURE_TAGS
                or foreign
                or not self._own.issuperset(_FURNITURE.findall(marks(ancestor)))
            ):
                result = True
                break
        self._furniture.update(dict.fromkeys(trail, result))
        return result

    def is_cards(self, element: HtmlElement) -> bool:
        """Whether a date stands beside a linked heading, so that it is the linked article's."""
        for holder in islice(element.iterancestors(), 3):
            is_big = holder in self._outer or is_bigger(holder, _CARD)
            if is_big or len(words(holder)) > LONGEST_LINE:
                return False
            headings = islice(holder.iter("h2", "h3", "h4"), 5)
            if any(has(it, "a") or it.getparent().tag == "a" for it in headings):
                return True
        return False

    def _is_heads_footer(self, element: HtmlElement) -> bool:
        """Whether an element stands in a footer beside the headline, where Drupal's themes put date and author."""
        footer = _nearest(element, "footer")
        return footer is not None and footer.getparent() in self._outer

    def _is_little_aside(self, element: HtmlElement, offset: int) -> bool:
        """Whether an element stands in a small aside above the headline or in its article, with date and name."""
        aside = _nearest(element, "aside")
        if aside is None or _FURNITURE.search(classes(aside)) or len(words(aside)) > LONGEST_LINE:
            return False
        return offset < 0 or (self._home is not None and self._home in aside.iterancestors())


def _nearest(element: HtmlElement, tag: str) -> HtmlElement | None:
    """Give the nearest ancestor with a tag, at most four levels up; None: there is none."""
    return next((it for it in islice(element.iterancestors(), 4) if it.tag == tag), None)


def is_near(offset: int) -> bool:
    """Whether an element stands so near the headline that an unmarked line in it may be the article's."""
    return -_NEAR_ABOVE <= offset <= _NEAR_BELOW


def is_right_above(offset: int) -> bool:
    """Whether an element stands right above the headline, or is the headline."""
    return -_NEAR_ABOVE <= offset <= 0


def _is_long(text: str) -> bool:
    """Whether a text is a paragraph rather than a line; a Chinese character says as much as three letters."""
    return len(text) > _LONG_TEXT or (3 * len(text) > _LONG_TEXT and 3 * count_words(text) > _LONG_TEXT)
