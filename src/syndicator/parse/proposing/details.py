"""Find the selectors of the dates, teasers and pictures in a group's blocks."""

import re
from collections.abc import Callable, Sequence
from itertools import islice
from statistics import median

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import picture, words
from syndicator.parse.proposing.inside import Block, common, holds, is_called
from syndicator.text.characters import letters, unaccented
from syndicator.text.dates import MONTH_WORDS, is_date

_DATED = ("created", "date", "dateline", "datetime", "datum", "day", "meta", "posted", "published", "time", "updated")
"""Words with which a word in the class of a date ends (`is_called`)."""
_SUMMED = (
    *("abstract", "announce", "anons", "content", "deck", "desc", "descr", "description", "dek", "excerpt", "intro"),
    *("lead", "message", "preview", "standfirst", "subtitle", "summary", "teaser", "text"),
)
"""Words with which a word in the class of a teaser ends."""
_CLOCK = re.compile(r"[0-2]?\d[:.][0-5]\d")
"""A time of day."""
_WORD = re.compile(r"[^\W\d_]{3,}")
"""A word of three letters or more, which may be a month."""
_LONGEST_DATE = 60
"""The most characters of an element with a date whose class calls it one."""
_LONGEST_BARE_DATE = 30
"""The most characters of an element with a date whose class does not call it one."""
_LONGEST_LINE = 200
"""The most characters of a block that is a line beginning with a date."""
_SHORTEST_SUMMARY = 40
"""The fewest letters of a teaser."""


def date_of(blocks: Sequence[Block], title: str) -> tuple[str, float]:
    """Find the selector that matches the dates and little else, and the share of blocks in which it finds one."""
    return _best(blocks, lambda selector: _rated_as_date(blocks, selector, title))


def _best(blocks: Sequence[Block], rate: Callable[[str], tuple[float, float]]) -> tuple[str, float]:
    """Find the selector with the highest rating, and the share of blocks that it fits; empty: none is rated above 0."""
    rated = ((selector, *rate(selector)) for selector, _ in common(blocks, 0.5))
    selector, score, share = max(rated, key=lambda it: it[1], default=("", 0.0, 0.0))
    return (selector, share) if score > 0 else ("", 0.0)


def _rated_as_date(blocks: Sequence[Block], selector: str, title: str) -> tuple[float, float]:
    """How likely a selector is the date's, and the share of blocks in which it finds one."""
    if selector == title:
        return 0.0, 0.0
    is_time, is_named = selector.rpartition(" ")[2].startswith("time"), is_called(selector, _DATED)
    most = _LONGEST_DATE if is_named else _LONGEST_BARE_DATE
    lengths, behind = list[int](), 0
    for block in blocks:
        heads = block.found[title][:1]
        dates = (it for it in block.found[selector] if it is not block.root and it not in heads)
        texts = (words(it) for it in dates if tells_date(it, words(it), most) and not holds(it, heads))
        lengths += [len(it) for it in islice(texts, 1)]
        behind += not any(tells_date(it, words(it), most) for it in block.found[selector][:1])
    share = len(lengths) / len(blocks)
    if share < 0.5:
        return 0.0, share
    score = share + 0.4 * is_time + 0.2 * is_named - 0.002 * len(selector) - 0.01 * median(lengths)
    return score - 0.1 * behind / len(blocks) - 0.05 * ("." not in selector and not is_time), share


def tells_date(element: HtmlElement, text: str, most: int = _LONGEST_BARE_DATE) -> bool:
    """Whether an element is a date, and hardly more."""
    if element.tag == "time" and element.get("datetime"):
        return True
    return 3 < len(text) <= most and any(map(str.isdigit, text)) and _is_date(text)


def is_below_date(root: HtmlElement) -> bool:
    """Whether a block stands below its date, as a `dd` below its `dt`."""
    before = root.getprevious()
    return before is not None and before.tag != root.tag and tells_date(before, words(before))


def opens_with_date(block: Block) -> bool:
    """Whether a block is a line that begins with a date: «12.03.2026 — …»."""
    text, line = (block.root.text or "").strip(" \n\t—–-|:"), words(block.root)
    return 3 < len(text) <= _LONGEST_BARE_DATE and len(line) <= _LONGEST_LINE and _is_date(text) and _is_date(line)


def _is_date(text: str) -> bool:
    """Whether a text is a date, even one without its year («12 марта») or its day («18:40»)."""
    return bool(is_date(text) or _CLOCK.fullmatch(text)) or not MONTH_WORDS.keys().isdisjoint(
        _WORD.findall(unaccented(text))
    )


def summary_of(blocks: Sequence[Block], title: str, date: str) -> tuple[str, float]:
    """Find the selector of the teasers, which stand beside the headlines, and the share of blocks that have one."""
    return _best(blocks, lambda selector: _rated_as_summary(blocks, selector, title, date))


def _rated_as_summary(blocks: Sequence[Block], selector: str, title: str, date: str) -> tuple[float, float]:
    """How likely a selector is the teaser's, and the share of blocks in which it finds one."""
    last = selector.rpartition(" ")[2]
    if selector in {title, date} or last == "a" or selector.startswith("a."):
        return 0.0, 0.0
    texts = [text for block in blocks if (text := _told(block, selector, title, date))]
    share = len(texts) / len(blocks)
    if share < 0.5 or len(set(texts)) < 0.8 * len(texts):
        return 0.0, share
    return share + 0.4 * is_called(selector, _SUMMED) + 0.3 * (last == "p") - 0.004 * len(selector), share


def _told(block: Block, selector: str, title: str, date: str) -> str:
    """Give the text of a selector's element, if it is more than the date, and apart from the headline; or empty."""
    element = next(iter(block.found[selector]), None)
    heads = block.found[title][:1]
    if element is None or element in heads or holds(element, heads) or any(holds(it, [element]) for it in heads):
        return ""
    text = words(element)
    dated = sum(letters(words(it)) for it in block.found[date] if it is element or holds(element, [it]))
    return text if letters(text) - dated >= _SHORTEST_SUMMARY else ""


def image_of(blocks: Sequence[Block]) -> tuple[str, float]:
    """Find the selector of the pictures, and the share of blocks that have one of their own."""
    pictures = [picture(it) for block in blocks for it in block.found["img"][:1]]
    share = len({it for it in pictures if it}) / len(blocks)
    return ("img", share) if share >= 0.5 else ("", 0.0)
