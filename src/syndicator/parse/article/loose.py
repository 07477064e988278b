"""Make paragraphs of text that stands directly between blocks, because extractors lose it."""

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
"""Elements between which the text of an element is loose."""
_BESIDE = frozenset({"aside", "nav", "footer", "form"})
"""Elements that are a side column, menu, footer or form."""
_SIDE = re.compile(r"(?<![a-z])(?:sidebar|widget|footer|comments?)(?![a-z])")
"""A word in a class or id that marks a side column, a footer or comments."""
_DEEPEST = 5
"""How many elements, from one outwards, are looked at to tell whether it stands in a side column."""
_ENDS = '.!?…»”":;。」।؟'
"""Signs with one of which a sentence or paragraph ends."""
_LONG_LINE, _MOST_CHILDREN = 40, 1_000
"""The fewest characters of a line that is a paragraph, and the most children of an element that are looked at."""
_LONG_TEXT = 200
"""The fewest characters of a text that is neither a caption nor a label."""
_SHORTEST_SENTENCE, _WORDS = 20, 2
"""The fewest characters of a sentence, and the fewest spaces between its words."""
_GROUPS = frozenset({"tbody", "thead", "tfoot"})
"""Parts of a table that hold its rows."""
_MOST_HOLDERS = 20_000
"""The most elements of a page that are looked at for loose text."""


def wrap_loose_text(root: HtmlElement, *, shortest: int = 40) -> None:
    """Make a paragraph of each text that stands between paragraphs, or between empty lines.

    Args:
        root: Changed in place.
        shortest: The fewest characters of a text between paragraphs that becomes one; a sentence may be shorter.
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
    """Text that stands between two blocks, or between a block and the beginning or end of the element around it.

    Attributes:
        holder: The element around it.
        previous: The block, or empty line, before it; None: there is none.
        opening: The text with which it begins.
        run: The inline elements behind that, each with the text behind it.
    """

    holder: HtmlElement
    previous: HtmlElement | None
    opening: str
    run: list[HtmlElement]

    def text(self) -> str:
        """Give the text that a reader sees."""
        parts = ((it.text_content() if it.tag not in UNSEEN else "") + (it.tail or "") for it in self.run)
        return (self.opening + "".join(parts)).strip()

    def is_labelled(self) -> bool:
        """Whether it is a link with a label before it: «Мой телеграм: t.me/name»."""
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
    """Give all runs of text between the blocks in an element."""
    previous, opening, run = None, holder.text or "", list[HtmlElement]()
    for child in holder:
        if child.tag in _BLOCKS or (child.tag == "br" and _is_break(child)):
            yield _Loose(holder, previous, opening, run)
            previous, opening, run = child, child.tail or "", []
        else:
            run.append(child)
    yield _Loose(holder, previous, opening, run)


def open_tables(root: HtmlElement) -> None:
    """Make plain blocks of the cells of tables with one cell in each row, in which old engines lay pages out.

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
    """Make paragraphs of elements that a page writes in place of them: side by side, two of them with sentences.

    Args:
        root: Changed in place.

    Returns:
        The new paragraphs, which were a `div` or a `section` before.
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
    """Whether an element without blocks in it holds a line of text that is not mostly link."""
    if next(element.iterdescendants(*_BLOCKS, "img", "iframe", "button", "input"), None) is not None:
        return False
    text = words(element)
    is_long = len(text) >= _LONG_LINE or (text[-1:] in {"。", "」", "）"} and 3 * len(text) >= _LONG_LINE)
    return is_long and 2 * linked(element) < len(text) and not _is_beside(element)


def _is_mixed(holder: HtmlElement) -> bool:
    """Whether a long text stands in an element beside blocks, for example right below a byline."""
    if not any(child.tag in _BLOCKS for child in holder):
        return False
    return any(len((text or "").strip()) >= _LONG_TEXT for text in (holder.text, *(child.tail for child in holder)))


def is_sentence(text: str) -> bool:
    """Whether a text is a sentence, even if it is short."""
    return len(text) >= _SHORTEST_SENTENCE and text[0].isupper() and text[-1] in ".!?…»" and text.count(" ") >= _WORDS


def _is_beside(holder: HtmlElement) -> bool:
    """Whether an element stands in a side column, which must not be made to look more like an article."""
    return any(
        it.tag in _BESIDE or _SIDE.search(marks(it))
        for it in islice(chain((holder,), holder.iterancestors()), _DEEPEST)
    )


def _is_break(line_break: HtmlElement) -> bool:
    """Whether a line break is followed by another one: two are an empty line, which parts paragraphs on old pages."""
    following = line_break.getnext()
    return not (line_break.tail or "").strip() and following is not None and following.tag == "br"
