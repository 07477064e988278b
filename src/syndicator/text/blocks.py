"""Split a sanitised body into blocks: one walk over one tree gives each block's markup, text, links and pictures."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from lxml import etree

from syndicator.text.characters import one_line, single_spaced, unescape
from syndicator.text.elements import BLOCKS, MEDIA, PARTS, WRAPPERS
from syndicator.text.markup import folded_lines, separated, tree

_DEEPEST_WRAPPER = 100
_SEPARATE = WRAPPERS | BLOCKS | PARTS
_PLAIN_TAGS = frozenset({"p", "li", "h2", "h3"})
"""Tags that are often without attributes and children: these are written without asking libxml2."""


# The content of most sanitised bodies, as `sanitiser.clean` writes it; libxml2 would write it in the same way.
_ADDRESS = r"(?:[!#-%'-;=?-~]|&amp;)*+"
_VALUE = r'="[^"&<>]*+"'
_INLINE = rf"""</?(?:b|cite|code|em|i|q|s|small|span|strong|sub|sup|u)>|</a>|<a href="{_ADDRESS}"(?: title{_VALUE})?>"""
_SIMPLE = rf"""[^<]++|{_INLINE}|<br>|<img src="{_ADDRESS}"(?: [a-z]++{_VALUE})*+>"""
_WITHIN = {"p": "", "h[1-6]": "", "blockquote": "|</?p>", "ol|ul": "|</?li>", "figure": "|</?figcaption>"}
"""For the tag of each block (a pattern), the further tags that may stand in it and that libxml2 does not move."""
_USUAL = re.compile(
    "|".join(
        [
            *(
                rf"\s*+<(?P<t{n}>{tag})>(?P<i{n}>(?:{_SIMPLE}{more})*?)</(?P=t{n})>\s*+"
                for n, (tag, more) in enumerate(_WITHIN.items())
            ),
            rf"""\s*+</?(?P<wrapper>{"|".join(sorted(WRAPPERS))})(?: [a-z]++="[^"]*+")*+>\s*+""",
            rf"(?P<run>(?:{_SIMPLE})++)",
        ]
    )
)
_ANCHOR = re.compile(r'<a href="([^"]*)"[^>]*>((?:[^<]++|<(?!/a>))*+)</a>')
_PICTURE = re.compile('<img src="([^"]*)"')
_LINE_TAG = re.compile("</?(?:figcaption|li|p)>|<br>")
_TAG = re.compile("<[^>]*>")
_EMPTY_LINE = re.compile(r"<br>\s*<br>")
_NOTHING = "\ufdd0"
"""A noncharacter, which no text contains, as the content of an empty `li`: libxml2 would leave out its end tag."""
_OTHERWISE_QUOTED = re.compile("<[^>]*='[^>]*>")
_QUOTED = re.compile("\"[^\"]*\"|'([^']*)'")


class Block(NamedTuple):
    """A block of a body, usually a paragraph.

    Attributes:
        text: Its plain text: one line for each block inside.
        html: Its markup: a single element.
        links: Its links in order: text and absolute address.
        images: The addresses of its pictures.
    """

    text: str
    html: str = ""
    links: tuple[tuple[str, str], ...] = ()
    images: tuple[str, ...] = ()


def split_blocks(html: str) -> tuple[Block, ...]:
    """Split a sanitised body into its blocks, in order.

    Wrappers such as `div` are replaced by their content. Text between blocks is a block, and so is each part of a text
    that double line breaks separate; both become paragraphs. Blocks without text, picture or link are left out.
    """
    blocks = _usual(html)
    return _by_tree(html) if blocks is None else blocks


def join_blocks(blocks: Iterable[Block]) -> str:
    """The body that consists of these blocks."""
    return "\n".join([block.html for block in blocks])


def join_text(blocks: Iterable[Block]) -> str:
    """The plain text of the body that consists of these blocks, as `markup.plain` would give it."""
    return "\n".join([block.text for block in blocks if block.text])


def _by_tree(html: str) -> tuple[Block, ...]:
    """The blocks of any body, found in a tree."""
    splitter = _Splitter()
    if (root := tree(f"<div>{html}</div>")) is not None:  # libxml2 gives a `p` to text that stands in nothing
        splitter.open(root)
    return tuple(splitter.blocks)


def _usual(html: str) -> tuple[Block, ...] | None:
    """The blocks of a body of the usual form, found without a tree; None if the body has another form."""
    blocks: list[Block] = []
    end = 0
    for element in _USUAL.finditer(html):
        if element.start() != end:
            return None
        end, kind, last = element.end(), element.lastgroup, element.lastindex or 0
        if kind == "wrapper":
            continue
        if kind == "run":
            tag, parts = "p", _parts(element[0])
        else:
            tag, inner = element.group(last - 1, last)
            if f"<{tag}>" in inner:
                return None
            parts = _parts(inner) if tag == "p" and "<br>" in inner and _EMPTY_LINE.search(inner) else [inner]
        for part in parts:
            if "<" not in part:
                if text := single_spaced(_unescaped(part)):
                    blocks.append(Block(text, f"<{tag}>{part}</{tag}>"))
            elif not _is_whole(part):
                return None
            elif (block := _usual_block(tag, part)).text or block.links or block.images:
                blocks.append(block)
    return tuple(blocks) if end == len(html) else None


def _parts(run: str) -> list[str]:
    """The parts of inline markup that empty lines separate."""
    if "<br>" not in run:
        return [run.strip()]
    return [it.strip().removeprefix("<br>").removesuffix("<br>").strip() for it in _EMPTY_LINE.split(run)]


def _is_whole(markup: str) -> bool:
    """Whether all elements that begin in some markup end in it; a `b` may go on beyond an empty line or a block."""
    return markup.count("<") - markup.count("<br>") - markup.count("<img") == 2 * markup.count("</")


def _usual_block(tag: str, inner: str) -> Block:
    anchors = _ANCHOR.findall(inner) if "<a" in inner else ()
    links = tuple([(one_line(_lines(words)), unescape(href)) for href, words in anchors])
    images = tuple(map(unescape, _PICTURE.findall(inner))) if "<img" in inner else ()
    return Block(_lines(inner), f"<{tag}>{inner}</{tag}>", links, images)


def _lines(markup: str) -> str:
    """The text of markup: one line for each part that tags put on a line of its own."""
    lines = [single_spaced(_unescaped(_TAG.sub("", it))) for it in _LINE_TAG.split(markup)]
    return "\n".join(filter(None, lines))


def _unescaped(text: str) -> str:
    """The text that stands between tags, without the escapes that `sanitiser.clean` writes."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if "&" in text else text


class _Splitter:
    """Collects blocks; the inline content between two blocks (a run) is gathered until the next block opens."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._run: list[str] = []  # the markup of the run
        self._elements: list[etree._Element] = []  # the elements in the run
        self._words: list[str] = []  # the text of the run
        self._run_says = False  # whether the run has text, a link or a picture
        self._breaks: list[str] = []  # line breaks that may end the run, and the white space behind them

    def open(self, element: etree._Element, depth: int = 0) -> None:
        """Split the content of a wrapper, or of a paragraph, into blocks."""
        self._text(element.text)
        for child in element:
            self._child(child, depth)
            self._text(child.tail)
        self._close()

    def _child(self, child: etree._Element, depth: int) -> None:
        tag = child.tag
        if tag == "br":
            self._breaks.append("<br>")
        elif depth < _DEEPEST_WRAPPER and _opens(child):
            self._close()
            self.open(child, depth + 1)
        elif tag in _SEPARATE or _holds_block(child):
            self._close()
            text = folded_lines(separated(child))
            if text or tag == "hr" or _shows(child):
                elements = (child,) if len(child) else ()
                self.blocks.append(_block(_serialized(child), text, elements))
        else:
            words = separated(child)
            self._inline(_serialized(child), words, says=bool(words.strip()) or _shows(child), element=child)

    def _text(self, text: str | None) -> None:
        if text and not text.isspace():
            self._inline(escape(text, quote=False), " ".join(text.split("\n")), says=True)
        elif text and self._breaks:
            self._breaks.append(text)
        elif text and self._run:
            self._run.append(text)
            self._words.append(" ")

    def _inline(self, markup: str, words: str, *, says: bool, element: etree._Element | None = None) -> None:
        if self._breaks.count("<br>") > 1:
            self._close()
        elif self._breaks and self._run:
            self._run += self._breaks
            self._words.append("\n")
        self._breaks = []
        self._run.append(markup)
        self._words.append(words)
        if element is not None:
            self._elements.append(element)
        self._run_says = self._run_says or says

    def _close(self) -> None:
        if self._run_says:
            text = folded_lines("".join(self._words))
            self.blocks.append(_block(f"<p>{''.join(self._run).strip()}</p>", text, self._elements))
        self._run, self._elements, self._words, self._run_says, self._breaks = [], [], [], False, []


def _block(html: str, text: str, elements: Sequence[etree._Element]) -> Block:
    links: tuple[tuple[str, str], ...] = ()
    images: tuple[str, ...] = ()
    if elements and "<a " in html:
        anchors = [it for element in elements for it in element.iter("a")]
        links = tuple((one_line(separated(it)), href) for it in anchors if (href := it.get("href")) is not None)
    if elements and "<img" in html:
        images = tuple(src for element in elements for it in element.iter("img") if (src := it.get("src")))
    return Block(html=html, text=text, links=links, images=images)


def _opens(element: etree._Element) -> bool:
    """Whether to split an element's content: a wrapper, a paragraph with an empty line, or bold around paragraphs."""
    tag = element.tag
    if tag == "p":
        if not len(element):
            return False
        breaks = [one for one in element.iterchildren("br") if not (one.tail or "").strip()]
        return any((following := one.getnext()) is not None and following.tag == "br" for one in breaks)
    if tag in WRAPPERS:
        return True
    return tag not in _SEPARATE and tag not in {"a", "audio", "video"} and (tag == "body" or _holds_block(element))


def _holds_block(element: etree._Element) -> bool:
    return len(element) > 0 and next(element.iterdescendants(*_SEPARATE), None) is not None


def _shows(element: etree._Element) -> bool:
    """Whether an element shows something even without text: a link, a picture, audio or video."""
    return next(element.iter("a", *MEDIA), None) is not None


def _serialized(element: etree._Element) -> str:
    """An element as `sanitiser.clean` writes it, without its tail."""
    if not len(element) and element.tag in _PLAIN_TAGS and not element.attrib:
        return f"<{element.tag}>{escape(element.text or '', quote=False)}</{element.tag}>"
    empty = [it for it in element.iter("li") if not len(it) and not it.text]
    for item in empty:
        item.text = _NOTHING
    markup = etree.tostring(element, method="html", encoding="unicode", with_tail=False)
    for item in empty:
        item.text = None
    if "='" in markup:
        markup = _OTHERWISE_QUOTED.sub(lambda tag: _QUOTED.sub(_quoted, tag[0]), markup)
    return markup.replace(_NOTHING, "").replace("</source>", "")  # lxml does not know that `source` is void


def _quoted(value: re.Match[str]) -> str:
    """An attribute's value in double quotes; libxml2 writes single quotes around a value that contains a double one."""
    return value[0] if value[1] is None else f'"{value[1].replace(chr(34), "&quot;")}"'
