"""Text that stands between blocks, made paragraphs: extractors take it for nobody's, and lose it."""

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import UNSEEN, linked, marks, words

HOLDERS = ("div", "section", "article", "main", "td", "center")
"""Elements that hold blocks, and often text beside them."""
_BLOCKS = frozenset(
    {"article", "aside", "blockquote", "div", "dl", "figure", "footer", "form", "header", "hr", "nav", "ol", "p", "pre"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "section", "table", "ul"}
)
_BESIDE = frozenset({"aside", "nav", "footer", "form"})
_SIDE = re.compile(r"(?<![a-z])(?:sidebar|widget|footer|comments?)(?![a-z])")
_DEEPEST = 5
_ENDS = '.!?…»”":;。」।؟'
_LONG_LINE, _MOST_CHILDREN = 40, 1_000
_LONG_TEXT = 200  # characters that no caption and no label has
_SHORTEST_SENTENCE, _WORDS = 20, 2  # characters; spaces between its words
_GROUPS = frozenset({"tbody", "thead", "tfoot"})
_MOST_HOLDERS = 20_000


def wrap_loose_text(root: HtmlElement, *, shortest: int = 40) -> None:
    """Make a paragraph of each text that stands between paragraphs, or between empty lines.

    Args:
        root: Changed in place.
        shortest: Characters of a text that is worth it.
    """
    for holder in islice(root.iter(*HOLDERS), _MOST_HOLDERS):
        has_breaks = any(map(_is_break, islice(holder.iterchildren("br"), 100)))
        is_loose = not has_breaks and next(holder.iterchildren("p"), None) is None
        if is_loose and not _is_mixed(holder):
            continue
        least = 1 if is_loose else shortest
        if _is_beside(holder):
            continue
        for loose in list(_between(holder)):
            said = loose.text()
            if len(said) >= least or is_sentence(said) or loose.is_labelled():
                loose.wrap()


class _Loose(NamedTuple):
    """What stands between two blocks, or between a block and an end of what holds it.

    Attributes:
        holder: What holds it.
        previous: The block, or empty line, before it; None: there is none.
        opening: The text that it begins with.
        run: The elements behind that, each with the text behind it.
    """

    holder: HtmlElement
    previous: HtmlElement | None
    opening: str
    run: list[HtmlElement]

    def text(self) -> str:
        """What a reader sees of it."""
        parts = ((it.text_content() if it.tag not in UNSEEN else "") + (it.tail or "") for it in self.run)
        return (self.opening + "".join(parts)).strip()

    def is_labelled(self) -> bool:
        """Whether it is a link with what it is called before it: «Мой телеграм: t.me/name»."""
        before = self.opening
        for it in self.run:
            if it.tag == "a":
                return before.rstrip()[-1:] in {":", "—", "–"}
            before += it.tail or ""
        return False

    def wrap(self) -> None:
        """Make a paragraph of it."""
        paragraph = self.holder.makeelement("p")
        paragraph.text = self.opening
        if self.previous is None:
            self.holder.text = None
            self.holder.insert(0, paragraph)
        else:
            self.previous.tail = None
            self.previous.addnext(paragraph)
        paragraph.extend(self.run)


def _between(holder: HtmlElement) -> Iterator[_Loose]:
    """All that stands between the blocks in an element."""
    previous, opening, run = None, holder.text or "", list[HtmlElement]()
    for child in holder:
        if child.tag in _BLOCKS or (child.tag == "br" and _is_break(child)):
            yield _Loose(holder, previous, opening, run)
            previous, opening, run = child, child.tail or "", []
        else:
            run.append(child)
    yield _Loose(holder, previous, opening, run)


def open_tables(root: HtmlElement) -> None:
    """Make plain blocks of the cells of tables with one in a row: old engines lay pages out so, a row for each line.

    Args:
        root: Changed in place.
    """
    for table in list(islice(root.iter("table"), _MOST_CHILDREN)):
        parts = [it for child in table for it in (child, *(child if child.tag in _GROUPS else ()))]
        rows = [list(islice(it, 2)) for it in parts if it.tag == "tr"]
        if table is root or not rows or any(len(it) != 1 or it[0].tag != "td" for it in rows):
            continue
        for (cell,) in rows:
            cell.tag, cell.tail = "div", None
            table.addprevious(cell)
        table.drop_tree()


def name_paragraphs(root: HtmlElement) -> list[HtmlElement]:
    """Make paragraphs of the elements that a page writes in their place: side by side, with two sentences at least.

    Args:
        root: Changed in place.

    Returns:
        What was a `div` or a `section` before.
    """
    named: list[HtmlElement] = []
    for holder in islice(root.iter(*HOLDERS), _MOST_HOLDERS):
        told = [it for it in islice(holder.iterchildren("div", "section"), _MOST_CHILDREN) if _is_told(it)]
        sentences = sum(words(it)[-1:] in _ENDS for it in told)
        if sentences > 1 and not _is_beside(holder):
            named += told
            for element in told:
                element.tag = "p"
    return named


def _is_told(element: HtmlElement) -> bool:
    """Whether an element without blocks in it holds a line of a text, and that is no link."""
    if next(element.iterdescendants(*_BLOCKS, "img", "iframe", "button", "input"), None) is not None:
        return False
    text = words(element)
    is_long = len(text) >= _LONG_LINE or (text[-1:] in {"。", "」", "）"} and 3 * len(text) >= _LONG_LINE)
    return is_long and 2 * linked(element) < len(text) and not _is_beside(element)


def _is_mixed(holder: HtmlElement) -> bool:
    """Whether a long text stands in it beside blocks: one that a page shows right below its byline, say."""
    if not any(child.tag in _BLOCKS for child in holder):
        return False
    return any(len((text or "").strip()) >= _LONG_TEXT for text in (holder.text, *(child.tail for child in holder)))


def is_sentence(text: str) -> bool:
    """Whether a short text is a sentence all the same."""
    return len(text) >= _SHORTEST_SENTENCE and text[0].isupper() and text[-1] in ".!?…»" and text.count(" ") >= _WORDS


def _is_beside(holder: HtmlElement) -> bool:
    """Whether it stands in a side column: nothing there is to look more like an article than it does."""
    return any(
        it.tag in _BESIDE or _SIDE.search(marks(it))
        for it in islice(chain((holder,), holder.iterancestors()), _DEEPEST)
    )


def _is_break(line_break: HtmlElement) -> bool:
    """Whether it is one of two: an empty line, as old pages separate paragraphs."""
    following = line_break.getnext()
    return not (line_break.tail or "").strip() and following is not None and following.tag == "br"
