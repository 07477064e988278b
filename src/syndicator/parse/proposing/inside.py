"""Find what each selector would match inside a block."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.proposing.blocks import named
from syndicator.parse.proposing.names import stable_names, words_in
from syndicator.parse.proposing.places import Link

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
"""Elements that are headings."""
_MOST_INSIDE = 300
"""The most elements of a block that are looked at."""
_MOST_OUTWARD = 4
"""How many ancestors of an element its selectors may name."""
_TAGS = frozenset(
    {*HEADINGS, "a", "abbr", "b", "dd", "dt", "em", "font", "i", "img", "p", "small", "strong", "td", "time"}
)
"""Elements that may be selected by their tag alone."""
_INNER = frozenset({"a", "img", "p", "time"})
"""Elements that may be selected by their tag inside an outer element."""


class Block:
    """A block, with the links in it that may be articles', and the elements that each selector would match.

    Args:
        root: The block's element.
        links: All links of the page that may be articles'.
    """

    def __init__(self, root: HtmlElement, links: Mapping[HtmlElement, Link]) -> None:
        self.root = root
        self.links: list[Link] = []
        self.found: dict[str, list[HtmlElement]] = defaultdict(list)
        for element in islice(root.iter(), _MOST_INSIDE):
            if element in links:
                self.links.append(links[element])
            for selector in _selectors(element, root):
                self.found[selector].append(element)


def _selectors(element: HtmlElement, root: HtmlElement) -> Iterator[str]:
    """Give selectors that match an element inside its block; they may match others, too."""
    tag = str(element.tag)
    names = [named(tag, it) for it in stable_names(element)]
    yield from names
    if tag not in _TAGS:
        return
    yield tag
    if element is root:
        return
    for outer in islice(element.iterancestors(), _MOST_OUTWARD):
        if outer is root:
            return
        if tag in _INNER:
            if outer.tag in _TAGS:
                yield f"{outer.tag} {tag}"
            yield from (f"{named(str(outer.tag), it)} {tag}" for it in stable_names(outer))


def common(blocks: Sequence[Block], share: float) -> Iterator[tuple[str, int]]:
    """Give the selectors that match something in at least that share of the blocks, each with the number of these."""
    counts: dict[str, int] = defaultdict(int)
    for block in blocks:
        for selector, elements in block.found.items():
            counts[selector] += bool(elements)
    return ((selector, count) for selector, count in counts.items() if count >= share * len(blocks))


def is_called(selector: str, by: tuple[str, ...]) -> bool:
    """Whether a word in a selector's classes is, or ends with, one of these words: `newsdate` ends with `date`."""
    names = (name for part in selector.split() for name in part.split(".")[1:])
    return any(it.endswith(by) for name in names for it in (name, *words_in(name)))


def holds(element: HtmlElement, inner: Sequence[HtmlElement]) -> bool:
    """Whether one of these stands inside of an element."""
    return any(element in it.iterancestors() for it in inner)
