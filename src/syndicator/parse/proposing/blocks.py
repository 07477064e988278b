"""Find blocks that repeat: elements round links, grouped by the selectors that match them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.proposing.names import parts_of, stable_id, stable_names, words_in
from syndicator.parse.proposing.places import Link

FEWEST = 3
"""The fewest articles of a list."""
_MOST_LINKS = 40
"""The most links of a block: an element with more is a list, not one of its articles."""
_MOST_OUTWARD = 8
"""How many ancestors of a link may be its block."""
_MOST_SCOPES = 4
"""The most names of an outer element that selectors begin with."""
_MOST_PATH = 6
"""How many ancestors of a block its selectors may begin with."""
_MOST_SELECTORS = 8
"""The most selectors of a group."""
_MOST_GROUPS = 80
"""The most groups of one page."""
_OUTSIDE = frozenset({"body", "html", "main"})
"""Elements that are no block: they hold the whole page."""
_OWN = frozenset({"article"})
"""Elements that are articles by the standard of HTML, whatever their classes are."""
_PLAIN = frozenset({"div", "span"})
"""Elements without a meaning, whose tag a selector leaves out."""
_NEWS = (
    *("actualites", "aktuelles", "announcements", "article", "articles", "blog", "blogpost", "entries", "h-entry"),
    *("headlines", "hentry", "journal", "lenta", "meldung", "meldungen", "news", "newsitem", "newslist", "noticias"),
    *("notizie", "novosti", "post", "posts", "presse", "press", "release", "releases", "stories", "story", "topics"),
)
"""Words in class names by which sites call their news."""
_REPEATED = (*_NEWS, "archive", "card", "cards", "entry", "event", "feed", "item", "items", "list", "teaser", "teasers")
"""Words in class names by which sites call blocks that repeat, whatever these hold."""


@dataclass(slots=True)
class Group:
    """Blocks that the same selectors match.

    Attributes:
        blocks: The blocks, in document order.
        selectors: Selectors each of which matches exactly these; the one that is likeliest to stay valid comes first.
        is_telling: Whether the blocks, or the elements round them, are called news.
    """

    blocks: Sequence[HtmlElement]
    selectors: Sequence[str]
    is_telling: bool = False


@dataclass(slots=True)
class _Found:
    blocks: list[HtmlElement] = field(default_factory=list)
    cost: float = 0.0


def groups_of(links: Sequence[Link]) -> list[Group]:
    """Group blocks by their selectors: at least `FEWEST` in a group, none inside another one; the largest first."""
    inside: dict[HtmlElement, int] = defaultdict(int)
    for link in links:
        for element in _outward(link.element):
            inside[element] += 1
    by_selector: dict[str, _Found] = {}
    for element, count in inside.items():
        if count <= _MOST_LINKS:
            for selector, cost in _selectors(element):
                found = by_selector.setdefault(selector, _Found(cost=cost))
                found.blocks.append(element)
    alike: dict[frozenset[HtmlElement], list[tuple[float, str]]] = defaultdict(list)
    for selector, found in by_selector.items():
        if len(found.blocks) >= FEWEST:
            alike[frozenset(found.blocks)].append((found.cost, selector))
    kept = sorted(alike.items(), key=lambda it: (-len(it[0]), min(it[1])))
    order = {element: number for number, element in enumerate(inside)}
    groups = list[Group]()
    for alike_blocks, named_so in islice((it for it in kept if not _is_nested(it[0])), _MOST_GROUPS):
        blocks = sorted(alike_blocks, key=order.__getitem__)
        selectors = [selector for _, selector in sorted(named_so)[:_MOST_SELECTORS]]
        groups.append(Group(blocks=blocks, selectors=selectors, is_telling=_is_telling(blocks[0])))
    return groups


def _outward(element: HtmlElement) -> Iterator[HtmlElement]:
    """Give a link, and the elements round it that may be its block, from the inside out."""
    yield element
    for outer in islice(element.iterancestors(), _MOST_OUTWARD):
        if outer.tag in _OUTSIDE:
            return
        yield outer


def _is_nested(blocks: frozenset[HtmlElement]) -> bool:
    return any(outer in blocks for it in blocks for outer in islice(it.iterancestors(), 2 * _MOST_OUTWARD))


def _is_telling(block: HtmlElement) -> bool:
    parts = parts_of(block).union(*(parts_of(it) for it in islice(block.iterancestors(), 2)))
    return any(it.endswith(_NEWS) for it in parts)


def _selectors(element: HtmlElement) -> Iterator[tuple[str, float]]:
    """Give selectors that match an element, each with a cost: the lower, the better."""
    tag = str(element.tag)
    own = [(tag, 0.5)] if tag in _OWN else []
    own += [(named(tag, it), _cost(it)) for it in stable_names(element)]
    yield from own
    path = tag
    for number, outer in enumerate(islice(element.iterancestors(), _MOST_PATH)):
        for scope in _scopes(outer)[:_MOST_SCOPES]:
            yield f"{scope} > {path}", 2.0 + number / 2
            if number and tag in {"article", "li", "tr"}:
                yield f"{scope} {tag}", 2.0 + number / 2
            for selector, cost in own:
                yield f"{scope} {selector}", 1.0 + cost + number / 2
        if outer.tag == "body":
            yield f"body > {path}", 4.0 + number
            return
        path = f"{outer.tag} > {path}"


def _scopes(element: HtmlElement) -> list[str]:
    """Give selectors of an outer element: by its id, and by its class names."""
    tag = str(element.tag)
    if tag == "main":
        return ["main"]
    if tag in {"body", "html"}:
        return []
    name = stable_id(element)
    return [*([f"#{name}"] if name else []), *(named(tag, it) for it in stable_names(element))]


def named(tag: str, name: str) -> str:
    """Give the selector of a class, with the tag unless that has no meaning (`div`, `span`)."""
    return f".{name}" if tag in _PLAIN else f"{tag}.{name}"


def _cost(name: str) -> float:
    return (0.6 if any(it.endswith(_REPEATED) for it in words_in(name)) else 0.9) + len(name) / 1000
