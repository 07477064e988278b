"""What the blocks of a group say: the selectors of their links, headlines, dates, teasers and pictures."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import picture, words
from syndicator.parse.proposing.blocks import named
from syndicator.parse.proposing.names import stable_names, words_in
from syndicator.parse.proposing.places import Link
from syndicator.text.characters import letters, unaccented
from syndicator.text.dates import MONTH_WORDS, first_date

_MOST_INSIDE = 300
"""Elements of a block that are looked at."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TAGS = frozenset(
    {*_HEADINGS, "a", "abbr", "b", "dd", "dt", "em", "font", "i", "img", "p", "small", "strong", "td", "time"}
)
_TITLED = ("headline", "heading", "name", "p-name", "subject", "title", "titel", "ttl")
_DATED = ("created", "date", "dateline", "datetime", "datum", "day", "meta", "posted", "published", "time", "updated")
_SUMMED = (
    *(
        "abstract",
        "announce",
        "anons",
        "content",
        "deck",
        "desc",
        "descr",
        "description",
        "dek",
        "excerpt",
        "intro",
        "lead",
    ),
    *("message", "preview", "standfirst", "subtitle", "summary", "teaser", "text"),
)
_LINKED = ("link", "url")
_CLOCK = re.compile(r"[0-2]?\d[:.][0-5]\d")
_WORD = re.compile(r"[^\W\d_]{3,}")
_LONGEST_DATE = 60
_LONGEST_BARE_DATE = 30
_LONGEST_TITLE = 200
_LONGEST_DATED = 200
_NEARLY_ALL = 0.8
_SHORTEST_TITLE = 8
_SHORTEST_SUMMARY = 40


class _Block:
    """A block with what its selectors would find in it."""

    def __init__(self, root: HtmlElement, links: Mapping[HtmlElement, Link]) -> None:
        self.root = root
        self.links: list[Link] = []
        self.found: dict[str, list[HtmlElement]] = defaultdict(list)
        self.inside = list(islice(root.iter(), _MOST_INSIDE))
        for element in self.inside:
            if element in links:
                self.links.append(links[element])
            for selector in _selectors(element, root):
                self.found[selector].append(element)


@dataclass(slots=True)
class Fields:
    """The selectors, and what they find.

    Attributes:
        link, title, date, summary, image: Selectors; empty: none.
        articles: The address and headline of each block that has a link.
        shares: What part of the blocks has each.
        length: The median of the headlines' letters …
        beside: … and of all others in a block.
        headed: Whether the headlines are headings.
        is_line: Whether the blocks themselves are the dates: lines that begin with one.
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
    """The selectors for these blocks; None where they have no headlines with links of their own."""
    blocks = [_Block(it, links) for it in roots]
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
    found.headed = any(name in title.split() or name in link.split() for name in _HEADINGS)
    found.shares["link"] = len(linked) / len(blocks)
    sound = [block for block, _ in linked]
    found.date, found.shares["date"] = _date(sound, title)
    if not found.date and (bare := sum(map(_opens_with_date, sound)) / len(sound)) >= _NEARLY_ALL:
        found.is_line, found.shares["date"] = True, bare
    elif not found.date:  # above the blocks it says as much of them, but no selector finds it
        found.shares["date"] = 0.7 * sum(_is_below_date(it.root) for it in sound) / len(sound)
    found.summary, found.shares["summary"] = _summary(sound, title, found.date)
    found.image, found.shares["image"] = _image(sound)
    return found


def _selectors(element: HtmlElement, root: HtmlElement) -> Iterator[str]:
    """What finds an element inside of its block, however many others it finds as well."""
    tag = str(element.tag)
    names = [named(tag, it) for it in stable_names(element)]
    yield from names
    if tag not in _TAGS:
        return
    yield tag
    if element is root:
        return
    for outer in islice(element.iterancestors(), 4):
        if outer is root:
            return
        if tag in {"a", "img", "p", "time"}:
            if outer.tag in _TAGS:
                yield f"{outer.tag} {tag}"
            yield from (f"{named(str(outer.tag), it)} {tag}" for it in stable_names(outer))


def _common(blocks: Sequence[_Block], share: float) -> Iterator[tuple[str, int]]:
    """The selectors that so many blocks know, and of how many blocks each finds something."""
    counts: dict[str, int] = defaultdict(int)
    for block in blocks:
        for selector, elements in block.found.items():
            counts[selector] += bool(elements)
    return ((selector, count) for selector, count in counts.items() if count >= share * len(blocks))


def _link(blocks: Sequence[_Block]) -> str | None:
    """What finds the link to the article: one in each block, each to another address, and the longest words."""
    best: tuple[float, str] | None = None
    for selector, count in _common(blocks, 0.7):
        if selector.split()[-1].partition(".")[0] != "a" and not selector.startswith("a."):
            continue
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
            continue
        score = weight / len(blocks) * len(firsts) / len(blocks)
        score += 10 * any(it in _HEADINGS for it in selector.split())
        score += 6 * _is_called(selector, _TITLED) + 2 * _is_called(selector, _LINKED)
        score -= len(selector.split()) + 0.01 * len(selector) + 30 * (count < len(blocks) and len(firsts) < count)
        if best is None or score > best[0]:
            best = (score, selector)
    return best and best[1]


def _is_inline(element: HtmlElement) -> bool:
    """Whether a link stands inside of a sentence, as those of an article's text do."""
    outer = element.getparent()
    if outer is None or outer.tag != "p":
        return False
    before = f"{outer.text or ''}{''.join(it.tail or '' for it in element.itersiblings(preceding=True))}"
    is_begun = letters(" ".join(before.split())) > _LONGEST_BARE_DATE
    return is_begun or (element.tail or "").lstrip()[:1].islower()


def _first_link(block: _Block, selector: str, links: Mapping[HtmlElement, Link]) -> Link | None:
    return next((links[it] for it in block.found[selector] if it in links), None)


def _title(linked: Sequence[tuple[_Block, Link]], link: str) -> str | None:
    """What finds the headline: words that differ from block to block, and stand with the link."""
    best: tuple[float, str] | None = None
    blocks = [block for block, _ in linked]
    for selector, _ in _common(blocks, 0.9):
        texts, near, dated = list[str](), 0, 0
        for block, first in linked:
            element = next(iter(block.found[selector]), None)
            text = words(element) if element is not None else ""
            if element is None or not text or (element is block.root and element.tag != "a"):
                continue
            texts.append(text)
            near += _is_with(element, first, block)
            dated += _tells_date(element, text)
        if len(texts) < 0.9 * len(blocks) or len(set(texts)) < 0.8 * len(texts):
            continue
        length = median(map(letters, texts))
        if not _SHORTEST_TITLE <= length <= _LONGEST_TITLE or dated > 0.3 * len(texts) or near < 0.7 * len(texts):
            continue
        score = 10.0 * any(it in _HEADINGS for it in selector.split()) + 8 * _is_called(selector, _TITLED)
        score += 4 * (selector == link) + min(length, 40) / 10 - len(selector.split()) / 2 - len(selector) / 100
        score -= 6 * _is_called(selector, _SUMMED) + max(length - 120, 0) / 10
        if best is None or score > best[0]:
            best = (score, selector)
    return best and best[1]


def _is_with(element: HtmlElement, link: Link, block: _Block) -> bool:
    """Whether an element holds the link, or is held by it or by another to the same address, and no other headline."""
    inner = [it for it in block.links if it.element is element or element in it.element.iterancestors()]
    if inner:
        return {it.address for it in inner} == {link.address}
    same = {it.element for it in block.links if it.address == link.address}
    if not same.isdisjoint(element.iterancestors()):
        return True
    return element.tag in _HEADINGS


def _date(blocks: Sequence[_Block], title: str) -> tuple[str, float]:
    """What finds the date, the nearest to nothing else, and in what part of the blocks it does."""
    best = (0.0, "", 0.0)
    for selector, _ in _common(blocks, 0.5):
        if selector == title:
            continue
        is_time, is_named = selector.split()[-1].startswith("time"), _is_called(selector, _DATED)
        most = _LONGEST_DATE if is_named else _LONGEST_BARE_DATE
        lengths, behind = list[int](), 0
        for block in blocks:
            heads = block.found[title][:1]
            dates = (it for it in block.found[selector] if it is not block.root and it not in heads)
            texts = (words(it) for it in dates if _tells_date(it, words(it), most) and not _holds(it, heads))
            lengths += [len(it) for it in islice(texts, 1)]
            behind += not any(_tells_date(it, words(it), most) for it in block.found[selector][:1])
        share = len(lengths) / len(blocks)
        if share < 0.5:
            continue
        score = share + 0.4 * is_time + 0.2 * is_named - 0.002 * len(selector) - 0.01 * median(lengths)
        score -= 0.1 * behind / len(blocks)
        if score > best[0]:
            best = (score, selector, share)
    return best[1], best[2]


def _holds(element: HtmlElement, inner: Sequence[HtmlElement]) -> bool:
    return any(element in it.iterancestors() for it in inner)


def _tells_date(element: HtmlElement, text: str, most: int = _LONGEST_BARE_DATE) -> bool:
    """Whether an element is a date, and hardly more."""
    if element.tag == "time" and element.get("datetime"):
        return True
    return 3 < len(text) <= most and any(map(str.isdigit, text)) and _is_date(text)


def _is_below_date(root: HtmlElement) -> bool:
    before = root.getprevious()
    return before is not None and before.tag != root.tag and _tells_date(before, words(before))


def _opens_with_date(block: _Block) -> bool:
    """Whether a block is a line that begins with a date: «12.03.2026 — …»."""
    text, line = (block.root.text or "").strip(" \n\t—–-|:"), words(block.root)
    return 3 < len(text) <= _LONGEST_BARE_DATE and len(line) <= _LONGEST_DATED and _is_date(text) and _is_date(line)


def _is_date(text: str) -> bool:
    """Whether a text is a date, without its year («12 марта») or its day («18:40») if need be."""
    return bool(first_date(("", text)) or _CLOCK.fullmatch(text)) or not MONTH_WORDS.keys().isdisjoint(
        _WORD.findall(unaccented(text))
    )


def _summary(blocks: Sequence[_Block], title: str, date: str) -> tuple[str, float]:
    """What finds the teaser: a sentence or more beside the headline, and in what part of the blocks it does."""
    best = (0.0, "", 0.0)
    for selector, _ in _common(blocks, 0.5):
        if selector in {title, date} or selector.split()[-1] == "a" or selector.startswith("a."):
            continue
        texts = [text for block in blocks if (text := _told(block, selector, title, date))]
        share = len(texts) / len(blocks)
        if share < 0.5 or len(set(texts)) < 0.8 * len(texts):
            continue
        score = (
            share + 0.4 * _is_called(selector, _SUMMED) + 0.3 * (selector.split()[-1] == "p") - 0.004 * len(selector)
        )
        if score > best[0]:
            best = (score, selector, share)
    return best[1], best[2]


def _told(block: _Block, selector: str, title: str, date: str) -> str:
    """What a selector's element says, if that is more than the date, and has nothing to do with the headline."""
    element = next(iter(block.found[selector]), None)
    heads = block.found[title][:1]
    if element is None or element in heads or _holds(element, heads) or any(_holds(it, [element]) for it in heads):
        return ""
    text = words(element)
    dated = sum(letters(words(it)) for it in block.found[date] if it is element or _holds(element, [it]))
    return text if letters(text) - dated >= _SHORTEST_SUMMARY else ""


def _image(blocks: Sequence[_Block]) -> tuple[str, float]:
    pictures = [picture(it) for block in blocks for it in block.found["img"][:1]]
    share = len({it for it in pictures if it}) / len(blocks)
    return ("img", share) if share >= 0.5 else ("", 0.0)


def _is_called(selector: str, by: tuple[str, ...]) -> bool:
    """Whether the classes in a selector have such a word, or one that ends so: `newsdate` is a date."""
    names = (name for part in selector.split() for name in part.split(".")[1:])
    return any(it.endswith(by) for name in names for it in (name, *words_in(name)))
