"""Find the selectors of the links and headlines in a group's blocks, and of what stands beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import words
from syndicator.parse.proposing.details import date_of, image_of, is_below_date, opens_with_date, summary_of, tells_date
from syndicator.parse.proposing.inside import HEADINGS, Block, common, is_called
from syndicator.parse.proposing.places import Link
from syndicator.text.characters import letters

_TITLED = ("headline", "heading", "name", "p-name", "subject", "title", "titel", "ttl")
"""Words with which a word in the class of a headline ends (`is_called`)."""
_TOLD = ("content", "descr", "description", "excerpt", "intro", "lead", "summary", "teaser", "text")
"""Words with which a word in the class of a teaser or text ends, which is no headline."""
_LINKED = ("link", "url")
"""Words with which a word in the class of a link ends."""
_LONGEST_TITLE = 200
"""The greatest median length of headlines, in letters."""
_SHORTEST_TITLE = 8
"""The least median length of headlines, in letters."""
_SENTENCE = 30
"""Letters before a link in its paragraph: with more, it stands inside a sentence."""
_NEARLY_ALL = 0.8
"""The least share of blocks that begin with a date, if the blocks themselves are the dates."""


@dataclass(slots=True)
class Fields:
    """The selectors of the fields of a group's blocks, and what they find.

    Attributes:
        link, title, date, summary, image: Selectors; empty: there is none.
        articles: The link and the headline of each block that has a link.
        shares: For date, summary and image, the share of blocks that have one.
        length: The median length of the headlines, in letters.
        beside: The median length of the blocks less that of the headlines, in letters.
        headed: Whether the headlines are heading elements.
        is_line: Whether the blocks themselves match as dates: they are lines that begin with one.
    """

    link: str = ""
    title: str = ""
    date: str = ""
    summary: str = ""
    image: str = ""
    articles: list[tuple[Link, str]] = field(default_factory=list)
    shares: dict[str, float] = field(default_factory=dict)
    length: float = 0.0
    beside: float = 0.0
    headed: bool = False
    is_line: bool = False


def fields_of(roots: Sequence[HtmlElement], links: Mapping[HtmlElement, Link]) -> Fields | None:
    """Find the selectors for these blocks; None: they have no headlines with links of their own."""
    blocks = [Block(it, links) for it in roots]
    link = _link(blocks)
    if link is None:
        return None
    linked = [(block, first) for block in blocks if (first := _first_link(block, link, links))]
    title = _title(linked, link)
    if title is None:
        return None
    found = Fields(link=link, title=title)
    found.articles = [(first, words(block.found[title][0]) if block.found[title] else "") for block, first in linked]
    found.length = median(letters(text) for _, text in found.articles)
    found.beside = median(letters(words(block.root)) for block, _ in linked) - found.length
    found.headed = any(name in title.split() or name in link.split() for name in HEADINGS)
    sound = [block for block, _ in linked]
    found.date, found.shares["date"] = date_of(sound, title)
    if not found.date and (bare := sum(map(opens_with_date, sound)) / len(sound)) >= _NEARLY_ALL:
        found.is_line, found.shares["date"] = True, bare
    elif not found.date:  # a date above a block shows as well that it is news, but no selector in the block finds it
        found.shares["date"] = 0.7 * sum(is_below_date(it.root) for it in sound) / len(sound)
    found.summary, found.shares["summary"] = summary_of(sound, title, found.date)
    found.image, found.shares["image"] = image_of(sound)
    return found


def _link(blocks: Sequence[Block]) -> str | None:
    """Find the selector of the links to articles: one in each block, to different addresses, with the longest text."""
    best: tuple[float, str] | None = None
    for selector, count in common(blocks, 0.7):
        score = _rated_as_link(blocks, selector, count) if selector.split()[-1].partition(".")[0] == "a" else None
        if score is not None and (best is None or score > best[0]):
            best = (score, selector)
    return best and best[1]


def _rated_as_link(blocks: Sequence[Block], selector: str, count: int) -> float | None:
    """Rate a selector of links by how likely these lead to the blocks' articles; None: they do not.

    Args:
        blocks: The blocks.
        selector: The selector.
        count: The number of blocks in which it matches something.
    """
    firsts, crowded, inline, weight = set[str](), 0, 0, 0.0
    for block in blocks:
        elements = set(block.found[selector])
        own = [it for it in block.links if it.element in elements]
        if not own or own[0].element is not block.found[selector][0]:
            continue
        firsts.add(own[0].address)
        texts = {it.address: letters(words(it.element)) for it in own}
        crowded += sum(length >= texts[own[0].address] / 2 for length in texts.values()) > 1
        inline += _is_inline(own[0].element)
        weight += min(max(letters(words(it.element)) for it in own if it.address == own[0].address), 80)
    if len(firsts) < 0.7 * len(blocks) or max(crowded, inline) > 0.2 * len(blocks):
        return None
    score = weight / len(blocks) * len(firsts) / len(blocks)
    score += 10 * any(it in HEADINGS for it in selector.split())
    score += 6 * is_called(selector, _TITLED) + 2 * is_called(selector, _LINKED)
    return score - (len(selector.split()) + 0.01 * len(selector) + 30 * (count < len(blocks) and len(firsts) < count))


def _is_inline(element: HtmlElement) -> bool:
    """Whether a link stands inside a sentence, as links in an article's text do."""
    outer = element.getparent()
    if outer is None or outer.tag != "p":
        return False
    before = f"{outer.text or ''}{''.join(it.tail or '' for it in element.itersiblings(preceding=True))}"
    is_begun = letters(" ".join(before.split())) > _SENTENCE
    return is_begun or (element.tail or "").lstrip()[:1].islower()


def _first_link(block: Block, selector: str, links: Mapping[HtmlElement, Link]) -> Link | None:
    return next((links[it] for it in block.found[selector] if it in links), None)


def _title(linked: Sequence[tuple[Block, Link]], link: str) -> str | None:
    """Find the selector of the headlines: texts that differ from block to block, and stand with the link."""
    best: tuple[float, str] | None = None
    blocks = [block for block, _ in linked]
    for selector, _ in common(blocks, 0.9):
        texts, near, dated = list[str](), 0, 0
        for block, first in linked:
            element = next(iter(block.found[selector]), None)
            text = words(element) if element is not None else ""
            if element is None or not text or (element is block.root and element.tag != "a"):
                continue
            texts.append(text)
            near += _is_with(element, first, block)
            dated += tells_date(element, text)
        if len(texts) < 0.9 * len(blocks) or len(set(texts)) < 0.8 * len(texts):
            continue
        length = median(map(letters, texts))
        if not _SHORTEST_TITLE <= length <= _LONGEST_TITLE or dated > 0.3 * len(texts) or near < 0.7 * len(texts):
            continue
        score = 10.0 * any(it in HEADINGS for it in selector.split()) + 8 * is_called(selector, _TITLED)
        score += 4 * (selector == link) + min(length, 40) / 10 - len(selector.split()) / 2 - len(selector) / 100
        score -= 6 * is_called(selector, _TOLD) + max(length - 120, 0) / 10
        if best is None or score > best[0]:
            best = (score, selector)
    return best and best[1]


def _is_with(element: HtmlElement, link: Link, block: Block) -> bool:
    """Whether an element belongs to the link: it holds only links to that address, stands in one, or is a heading."""
    inner = [it for it in block.links if it.element is element or element in it.element.iterancestors()]
    if inner:
        return {it.address for it in inner} == {link.address}
    same = {it.element for it in block.links if it.address == link.address}
    if not same.isdisjoint(element.iterancestors()):
        return True
    return element.tag in HEADINGS
