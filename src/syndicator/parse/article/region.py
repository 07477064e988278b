"""Find the place on its page from which an extracted body came; extraction gives only markup."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from syndicator.model.article import Text
from syndicator.model.noun import Noun
from syndicator.parse.decoding.tree import Page, depth, fragment

_SHORTEST = 20
"""The fewest characters of a piece of text that is looked for."""
_LONGEST = 48
"""The first characters of a piece, without white space, by which it is compared."""
_MOST_PIECES = 5_000
"""The most pieces, and the most links, of a body that are looked for."""
_MOST_ELEMENTS = 300_000
"""The most elements of a page that are looked at."""
_NEARLY_ALL = 0.8
"""The least share of the text's characters that the holder of a body has."""
_UNSEEN = frozenset({"script", "style", "template", "title"})
"""Elements whose text is not shown on the page."""


@dataclass(slots=True)
class Region:
    """The elements from a body's first piece of text to its last, by their number in document order.

    Attributes:
        elements: All elements of the page, in document order.
        first: The number of the element in which, or behind which, the first piece stands.
        last: The number of the last element of the body; less than `first`: there is no body.
        last_text: The number of the last element that was found by its words, and not only by a link's address.
        holder: The innermost element with nearly all of the text; None: there is no body.
        around: The holder and its ancestors.
    """

    elements: Sequence[HtmlElement]
    first: int = 0
    last: int = -1
    last_text: int = -1
    holder: HtmlElement | None = None
    around: frozenset[HtmlElement] = field(default_factory=frozenset)
    _inside: frozenset[HtmlElement] | None = None

    def holds(self, number: int) -> bool:
        """Whether the element of that number stands in the body."""
        return self.first <= number <= self.last

    def has(self, element: HtmlElement) -> bool:
        """Whether an element whose number is not known stands in the body."""
        if self.holder is None or self.holder not in element.iterancestors():
            return False
        if self._inside is None:
            self._inside = frozenset(self.elements[self.first : self.last + 1])
        return element in self._inside


class _Piece(Noun, kw_only=False):
    """A piece of the body's text on the page.

    Attributes:
        number: The number of its element in document order.
        element: The element that begins with it, or behind which it stands.
        key: The text by which it is compared.
        length: Its characters.
        is_tail: Whether it stands behind the element.
    """

    number: int
    element: HtmlElement
    key: str
    length: int
    is_tail: bool


def find_region(page: Page, content: Text | None) -> Region:
    """Find the body.

    The page is searched for the pieces of its text, each of which stands between two tags. Pieces that the page repeats
    elsewhere, for example in a teaser, are ignored there, because nearly all of the text is not in that place. Links at
    the end of the body are found by their addresses, because their words are too short.

    Args:
        page: The page.
        content: The extracted body; None: there is none.
    """
    elements = list(islice(page.root.iter(), _MOST_ELEMENTS))
    pieces, links = _pieces(content)
    found = _found(elements, pieces)
    if not found:
        return Region(elements)
    holder = _holder(found)
    around = frozenset((holder, *holder.iterancestors()))
    inside = [it for it in found if it.element is holder or holder in it.element.iterancestors()]
    first, last_text = inside[0].number, max(map(_end, inside[-3:]))
    last = last_text
    if links:
        start = elements.index(holder)
        for number, element in enumerate(islice(holder.iter(), 1, None), start + 1):
            if number > last and element.tag == "a" and (element.get("href") or "", _key(element.text or "")) in links:
                last = number
    return Region(elements, first=first, last=last, last_text=last_text, holder=holder, around=around)


def _holder(found: Sequence[_Piece]) -> HtmlElement:
    """Find the innermost element with nearly all of the text; a piece that the page shows twice counts once."""
    weights: dict[HtmlElement, int] = defaultdict(int)
    for it in found:
        for ancestor in it.element.iterancestors():
            weights[ancestor] += it.length
        if not it.is_tail:
            weights[it.element] += it.length
    enough = _NEARLY_ALL * sum({it.key: it.length for it in found}.values())
    return max((it for it in weights if weights[it] >= enough), key=depth)


def _pieces(content: Text | None) -> tuple[set[str], set[tuple[str, str]]]:
    """Give the body's pieces of text, as keys, and its links by address and words."""
    if content is None:
        return set(), set()
    if not content.html:
        return _keys(content.value.split("\n")), set()
    root = fragment(content.value)
    links = {(it.get("href") or "", _key(it.text or "")) for it in islice(root.iter("a"), _MOST_PIECES)}
    return _keys(islice(root.itertext(), _MOST_PIECES)), links


def _keys(texts: Iterable[str | bytes]) -> set[str]:
    return {_key(str(it)) for it in texts if len(it) >= _SHORTEST}


def _key(text: str) -> str:
    return "".join(text[: 2 * _LONGEST].split())[:_LONGEST]


def _end(found: _Piece) -> int:
    """Give the number of the last element before a piece's end: a tail comes after all that its element holds."""
    return found.number + (sum(1 for _ in found.element.iterdescendants()) if found.is_tail else 0)


def _found(elements: Sequence[HtmlElement], pieces: set[str]) -> list[_Piece]:
    """Find where pieces of text stand, in document order."""
    found = []
    for number, element in enumerate(elements):
        text, tail = element.text, element.tail
        if text is not None and len(text) >= _SHORTEST and (key := _key(text)) in pieces and element.tag not in _UNSEEN:
            found.append(_Piece(number, element, key, len(text), is_tail=False))
        if tail is not None and len(tail) >= _SHORTEST and (key := _key(tail)) in pieces:
            found.append(_Piece(number, element, key, len(tail), is_tail=True))
    return found
