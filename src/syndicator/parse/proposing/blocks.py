"""Blocks that repeat: elements round links, grouped by the selectors that find them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.proposing.names import parts_of, stable_id, stable_names, words_in
from syndicator.parse.proposing.places import Link

FEWEST = 3
"""Articles that make a list."""
_MOST_LINKS = 40
"""A block of more is a list, not an article of one."""
_MOST_OUTWARD = 8
_MOST_SCOPES = 4
_MOST_PATH = 6
_MOST_SELECTORS = 8
_MOST_GROUPS = 80
_OUTSIDE = frozenset({"body", "html", "main"})
_OWN = frozenset({"article"})
"""Elements that are articles by the standard of HTML, whatever they are called."""
_PLAIN = frozenset({"div", "span"})
_NEWS = (
    *("actualites", "aktuelles", "announcements", "article", "articles", "blog", "blogpost", "entries", "h-entry"),
    *("headlines", "hentry", "journal", "lenta", "meldung", "meldungen", "news", "newsitem", "newslist", "noticias"),
    *("notizie", "novosti", "post", "posts", "presse", "press", "release", "releases", "stories", "story", "topics"),
)
"""Words by which sites call their news …"""
_REPEATED = (*_NEWS, "archive", "card", "cards", "entry", "event", "feed", "item", "items", "list", "teaser", "teasers")
"""… and blocks that repeat, of whatever."""


@dataclass(slots=True)
class Group:
    """Blocks that the same selectors find.

    Attributes:
        blocks: In document order.
        selectors: Each finds them, the one that is likeliest to last first.
        is_telling: Whether they, or what they stand in, are called news.
    """

    blocks: Sequence[HtmlElement]
    selectors: Sequence[str]
    is_telling: bool = False


@dataclass(slots=True)
class _Found:
    blocks: list[HtmlElement] = field(default_factory=list)
    cost: float = 0.0


def groups_of(links: Sequence[Link]) -> list[Group]:
    """Groups of three blocks and more, none inside another of its group; those with most links first."""
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
    """A link, and the elements round it that may be its block."""
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
    """Selectors that find an element, each with what speaks against it: the less, the better."""
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
    """What an outer element may be called."""
    tag = str(element.tag)
    if tag == "main":
        return ["main"]
    if tag in {"body", "html"}:
        return []
    name = stable_id(element)
    return [*([f"#{name}"] if name else []), *(named(tag, it) for it in stable_names(element))]


def named(tag: str, name: str) -> str:
    """The selector of a class; of an element that means nothing, its tag goes without saying."""
    return f".{name}" if tag in _PLAIN else f"{tag}.{name}"


def _cost(name: str) -> float:
    return (0.6 if any(it.endswith(_REPEATED) for it in words_in(name)) else 0.9) + len(name) / 1000
