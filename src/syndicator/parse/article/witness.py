"""Witness: a known text by which an article's place on its page is found, and foreign blocks of a body are removed.

A publisher's `articleBody` in JSON-LD is the right text without its paragraphs, links and pictures; the page has these,
among other things. They are matched by runs of three words.
"""

import re
from collections import defaultdict
from copy import deepcopy
from itertools import islice

from lxml.html import HtmlElement

from syndicator.parse.article.loose import wrap_loose_text
from syndicator.parse.decoding.tree import depth, drop, has, linked, words
from syndicator.social.credits import is_credit
from syndicator.social.labels import names_platform, tidy
from syndicator.text.characters import CJK

_RUN = 3
"""Words of a run."""
_MOST_BLOCKS = 10_000
"""The most blocks of a page that are looked at."""
_WORD = re.compile(rf"[{CJK}]|[^\W{CJK}]+")
"""A word; a character of Chinese, Japanese or Korean is one."""
_BLOCKS = (
    *("p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "td", "th", "dt", "dd"),
    *("div", "section", "center"),
)
"""Elements that are blocks of text if they hold no other such element."""
_KEPT = ("img", "picture", "video", "audio", "iframe", "table", "pre", "blockquote")
"""Elements with something to see, hear or quote; a block with one is kept whatever its words."""
_HEADINGS = frozenset({"h2", "h3", "h4"})
"""Headings inside a body, which are kept whatever their words."""
_SHORT = 200
"""Characters of a block that may be furniture without links in it; a longer one is not."""
_KNOWN = 0.5
"""The least share of a block's runs in a text with which the text knows the block."""
_NEARLY_ALL = 0.98
"""The share of the known words that the larger place on a page must hold, if the smaller one does not fit."""
_SAME = 0.97
"""The least share of a text's runs in another with which the other has all of it."""
_MOST_BEFORE = 3
"""The most blocks of a lead before the place with the rest of a text."""
_WHOLE = 0.75
"""The least share of a text that a place must hold; with less, it is not about the same."""
_ENDS = ".!?…»”\"':;。！？」"
"""Signs with one of which a paragraph ends."""
_LINKED = 0.5
"""The share of a block's characters in links above which it looks like furniture."""


class Witness:
    """A trusted text with which other texts are compared.

    Args:
        text: Plain text.
    """

    def __init__(self, text: str) -> None:
        found = _words(text)
        self._runs = set(_runs(found))
        self._line = f" {' '.join(found)} "
        self.length = len(found)

    def knows(self, text: str) -> float:
        """Give the share of a text that the trusted one has, from 0 to 1; of less than three words it is 0 or 1."""
        found = _words(text)
        if len(found) < _RUN:
            return float(f" {' '.join(found)} " in self._line)
        runs = _runs(found)
        return sum(run in self._runs for run in runs) / len(runs)

    def knows_all(self, text: str) -> bool:
        """Whether the trusted text has all of a text, except for a few words."""
        return self.knows(text) >= _SAME

    def places(self, root: HtmlElement) -> list[HtmlElement]:
        """Find where the page shows the text: blocks of a lead, then the innermost element with the rest; or none."""
        found: dict[HtmlElement, int] = defaultdict(int)
        blocks: dict[str, HtmlElement] = {}
        total = 0
        for block in islice(leaves(root), _MOST_BLOCKS):
            text = words(block)
            count = len(_words(text))
            if count < _RUN or text in blocks or self.knows(text) < _KNOWN:
                continue
            blocks[text] = block
            total += count
            for ancestor in block.iterancestors():
                found[ancestor] += count
        if total < _WHOLE * self.length or not found:
            return []
        for share in (_WHOLE, _NEARLY_ALL):
            place = min((it for it in found if found[it] >= share * total), key=lambda it: (found[it], -depth(it)))
            within = set(place.iter())
            inside = Witness(words_of(place))
            others = {text: it for text, it in blocks.items() if it not in within}
            lead = [it for text, it in others.items() if inside.knows(text) < _KNOWN]
            if len(lead) <= _MOST_BEFORE and all(_is_before(it, place) for it in lead):
                return [*lead, place]
        return [place]

    def prune(self, body: HtmlElement, *, strict: bool) -> HtmlElement | None:
        """Copy a body without the blocks that the trusted text does not have; None: the two are different texts.

        Pictures, tables, quotations, lines about social networks and credits stay: other modules decide on them.

        Args:
            body: The element.
            strict: Whether all unknown blocks are removed; else only those that look like furniture, too: short ones,
                or mostly links.
        """
        copied = deepcopy(body)
        copied.tail = None
        wrap_loose_text(copied)
        known = unknown = 0
        doubtful = []
        for block in islice(leaves(copied), _MOST_BLOCKS):
            text = words(block)
            if self.knows(text) >= _KNOWN:
                known += len(text)
                continue
            unknown += 0 if is_linked(block) else len(text)
            if text and not _is_kept(block) and (strict or _is_furniture(block, text)):
                doubtful.append(block)
        if known < _WHOLE * (known + unknown):
            return None
        drop(doubtful)
        return copied

    def only_known(self, body: HtmlElement) -> HtmlElement:
        """Remove from a body all blocks that the trusted text does not have; pictures stay."""
        wrap_loose_text(body, shortest=1)
        for block in leaves(body)[:_MOST_BLOCKS]:
            text = words(block)
            if text and self.knows(text) < _KNOWN and block.getparent() is not None:
                pictures = [it for it in block.iter("img") if it is not block]
                for it in pictures:
                    it.tail = None
                    block.addprevious(it)
                block.drop_tree()
        return body


def words_of(element: HtmlElement) -> str:
    """Give the whole text of an element; `words` gives only the beginning of a big one's."""
    return "\n".join(map(words, islice(leaves(element), _MOST_BLOCKS))) or words(element)


def count_words(text: str) -> int:
    """Count the words of a text; a character of Chinese, Japanese or Korean is one."""
    return len(_words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _runs(found: list[str]) -> list[tuple[str, ...]]:
    return [tuple(found[at : at + _RUN]) for at in range(len(found) - _RUN + 1)]


def leaves(root: HtmlElement) -> list[HtmlElement]:
    """Give the blocks that hold no other block, in document order."""
    return [it for it in root.iter(*_BLOCKS) if next(it.iterdescendants(*_BLOCKS), None) is None]


def _is_before(element: HtmlElement, place: HtmlElement) -> bool:
    """Whether an element comes before a place in the document."""
    outer = {place, *place.iterancestors()}
    branch = next((it for it in (element, *element.iterancestors()) if it.getparent() in outer), element)
    return not outer.isdisjoint(branch.itersiblings())


def _is_kept(block: HtmlElement) -> bool:
    """Whether a block stays though the text lacks it: a heading, picture, table, quotation, credit, or a platform."""
    if block.tag in _HEADINGS or has(block, *_KEPT):
        return True
    if any(it.tag in {"blockquote", "table", "figure"} for it in islice(block.iterancestors(), 20)):
        return True
    return has_social(block)


def has_social(block: HtmlElement) -> bool:
    """Whether a block names a social network or credits somebody; other modules decide what such a line means."""
    line = tidy(words(block))
    return names_platform(line) or is_credit(line)


def is_linked(block: HtmlElement) -> bool:
    """Whether a block is nearly all links, and has no heading, picture, social network or the like."""
    text = words(block)
    return bool(text) and linked(block) > 0.8 * len(text) and not _is_kept(block)


def _is_furniture(block: HtmlElement, text: str) -> bool:
    """Whether a block with this text looks like furniture: more than half is links, or it is short and no sentence."""
    return linked(block) > _LINKED * len(text) or (len(text) < _SHORT and text[-1] not in _ENDS)
