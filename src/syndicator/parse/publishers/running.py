"""The line of running text that a link stands in."""

from itertools import islice, takewhile

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import words
from syndicator.social.labels import tidy

_INLINE = frozenset(
    "a abbr amp-img b bdi cite code em font i img ins mark noscript picture q s small source span strong sub sup svg "
    "time u use wbr".split()
)
_MOST_SIBLINGS = 60
_LONGEST = 1_000  # characters


def line_of(element: HtmlElement) -> tuple[str, list[HtmlElement]]:
    """The line of running text that an element stands in, and its elements: up to a block or a line break."""
    *_, branch = element, *takewhile(_is_inline, element.iterancestors())
    parent = branch.getparent()
    opening = (parent.text or "") if parent is not None else ""
    before: list[HtmlElement] = []
    for it in islice(branch.itersiblings(preceding=True), _MOST_SIBLINGS):
        if not _is_inline(it):
            opening = it.tail or ""
            break
        before.append(it)
    inline = [*reversed(before), branch, *takewhile(_is_inline, islice(branch.itersiblings(), _MOST_SIBLINGS))]
    text = tidy("".join([opening, *(f"{words(it)}{it.tail or ' '}" for it in inline)])[:_LONGEST])
    return text, inline


def _is_inline(element: HtmlElement) -> bool:
    return element.tag in _INLINE
