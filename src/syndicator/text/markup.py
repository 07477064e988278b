"""Markup: articles sanitised, text taken from them, bodies cut into blocks.

lxml builds the one tree; nh3 (ammonia, an HTML5 parser) is the one sanitiser. `legal` and `one_line`, for text that
is no markup, are offered here too.
"""

import re
from functools import lru_cache, partial
from html import escape, unescape

import nh3
from lxml import etree

from syndicator.text.characters import legal, one_line
from syndicator.text.elements import (
    ADDRESSES,
    ATTRIBUTE_NAMES,
    ATTRIBUTES,
    BLOCKS,
    DISCARDED,
    LAZY,
    MEDIA,
    NUMBERS,
    PARTS,
    TAGS,
    WRAPPERS,
)
from syndicator.text.taming import tame
from syndicator.text.urls import absolute

__all__ = [
    "clean",
    "excerpt",
    "join_blocks",
    "legal",
    "legal_html",
    "one_line",
    "plain",
    "split_blocks",
    "text_to_html",
]

_LONGEST = 2_000_000
_PASSES = 8
_DEEPEST_WRAPPER = 100
_OTHER_LINKS = ("mailto:", "tel:")
_SEPARATE = WRAPPERS | BLOCKS | PARTS

_REFERENCE = re.compile("&#(?:(x)0*+([0-9a-f]{0,6})(?![0-9a-f])|0*+([0-9]{0,7})(?![0-9]));?", re.IGNORECASE)
_EMBEDDED = re.compile('<(img|source)((?: [a-z-]+="[^"]*")*)>')
_NAME = re.compile(r"</?([^\s/>]*)")
_PAIR = re.compile(' ([a-z-]+)="([^"]*)"')
_PRE_NEWLINE = re.compile("(<pre[^>]*>)\n")
_TAG_OR_ENTITY = re.compile("[<&]")
# After a word of three letters at least: "т. е." and "В. Путин" end no sentence.
_SENTENCE_END = re.compile(r"(?:(?<=[^\W\d_]{3})[»”\"')\]]?[.…]|[!?])[.!?…]*[»”\"')\]]*(?=\s)")

_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)


def clean(html: str, base: str = "") -> str:
    """An article's markup, safe to publish: an allow-list of tags and attributes, every address absolute.

    Scripts, styles, forms' fields and frames go with their content; other unknown tags go, their content stays. Links
    lead to http, https, mailto and tel only. Pictures that nobody sees (1×1) and pictures without an address go; one
    that a script would load late is given its address.

    Args:
        html: Any markup; what exceeds 2,000,000 characters is cut off.
        base: Where relative addresses start from; without it they go.

    Returns:
        A fragment that the same call leaves as it is.
    """
    cleaner = _cleaner(base)
    markup = _prepared(html)
    result = _sanitised(markup, cleaner)
    if result.count("<") == markup.count("<") and "<table" not in result and _names(markup) <= TAGS:
        return result
    # Tags were taken out or put in, and the tree may be one that no parser would build, such as a heading inside a
    # heading. Parsed once more it takes another shape, and nearly always keeps it.
    for _ in range(_PASSES):
        again = _sanitised(result, cleaner)
        if again == result:
            return result
        result = again
    return text_to_html(plain(result))


def plain(html: str) -> str:
    """The text of markup: a line for each block, white space folded, no empty lines, entities resolved."""
    if not _TAG_OR_ENTITY.search(html):
        return " ".join(legal(html).split())
    root = _tree(html.replace("\n", " ").replace("\r", " "))
    if root is None:
        return ""
    for element in list(root.iter(*DISCARDED)):
        element.text = None
        del element[:]
    for element in root.iter(*_SEPARATE, "br"):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    for element in root.iter("td", "th"):
        element.tail = f" {element.tail or ''}"
    text = etree.tostring(root, method="text", encoding="unicode")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "\n".join([line for line in lines if line])


def text_to_html(text: str) -> str:
    """Plain text as markup: blank lines separate paragraphs, other line breaks stay."""
    lines = escape(legal(text), quote=False).replace("\r\n", "\n").replace("\r", "\n").strip()
    paragraphs = re.split(r"\n\s*\n", lines) if lines else []
    return "\n".join(f"<p>{paragraph.strip().replace(chr(10), '<br>')}</p>" for paragraph in paragraphs)


def excerpt(text: str, limit: int = 300) -> str:
    """The beginning of a text as one line of at most `limit` characters.

    Cut after a sentence when one ends in the second half of the limit, else after a word, with an ellipsis.
    """
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    ends = (match.end() for match in _SENTENCE_END.finditer(line[: limit + 1]))
    # "5 млн. рублей" goes on in lower case.
    end = max((end for end in ends if not line[end : end + 5].lstrip(" «„“\"'(—–-")[:1].islower()), default=0)
    if 2 * end > limit:
        return line[:end]
    words = line[:limit].rpartition(" ")[0] or line[: limit - 1]
    return f"{words.rstrip(' ,;:—–-')}…"


def split_blocks(html: str) -> tuple[str, ...]:
    """A sanitised body as its blocks, in order, each an element of its own.

    Wrappers such as `div` are opened up. Text between blocks is a block, and so is each part of a text that double
    line breaks separate; both become paragraphs. Blocks without text, picture or link are left out.
    """
    root = _tree(html)
    splitter = _Splitter()
    if root is not None:
        splitter.open(root)
    return tuple(splitter.blocks)


def join_blocks(blocks: tuple[str, ...]) -> str:
    """The body that `split_blocks` took apart, or what is left of it."""
    return "\n".join(blocks)


class _Splitter:
    """Collects blocks; what stands between two of them is gathered until the next one opens."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self._run: list[str] = []
        self._run_says = False
        self._breaks = 0

    def open(self, element: etree._Element, depth: int = 0) -> None:
        """Take the content of a wrapper, or of a paragraph, as blocks of its own."""
        self._text(element.text)
        for child in element:
            self._child(child, depth)
            self._text(child.tail)
        self._close()

    def _child(self, child: etree._Element, depth: int) -> None:
        tag = child.tag
        if tag == "br":
            self._breaks += 1
        elif depth < _DEEPEST_WRAPPER and _opens(child):
            self._close()
            self.open(child, depth + 1)
        elif tag in _SEPARATE or _holds_block(child):
            self._close()
            if _says(child):
                self.blocks.append(_serialized(child))
        else:
            self._inline(_serialized(child), says=_says(child))

    def _text(self, text: str | None) -> None:
        if text and (self._run or not text.isspace()):
            if text.isspace():
                self._run.append(text)
            else:
                self._inline(escape(text, quote=False), says=True)

    def _inline(self, markup: str, *, says: bool) -> None:
        if self._breaks > 1:
            self._close()
        elif self._breaks and self._run:
            self._run.append("<br>")
        self._breaks = 0
        self._run.append(markup)
        self._run_says = self._run_says or says

    def _close(self) -> None:
        if self._run_says:
            self.blocks.append(f"<p>{''.join(self._run).strip()}</p>")
        self._run, self._run_says, self._breaks = [], False, 0


def _opens(element: etree._Element) -> bool:
    """Whether to split what is inside: a wrapper, a paragraph with an empty line in it, or bold around paragraphs."""
    tag = element.tag
    if tag == "p":
        breaks = [one for one in element.iterchildren("br") if not (one.tail or "").strip()]
        return any((following := one.getnext()) is not None and following.tag == "br" for one in breaks)
    if tag in WRAPPERS:
        return True
    return tag not in _SEPARATE and tag not in {"a", "audio", "video"} and (tag == "body" or _holds_block(element))


def _holds_block(element: etree._Element) -> bool:
    return next(element.iterdescendants(*_SEPARATE), None) is not None


def _says(element: etree._Element) -> bool:
    """Whether a reader would miss it."""
    if element.tag == "hr" or next(element.iter("a", *MEDIA), None) is not None:
        return True
    return bool(etree.tostring(element, method="text", encoding="unicode", with_tail=False).strip())


def _serialized(element: etree._Element) -> str:
    markup = etree.tostring(element, method="html", encoding="unicode", with_tail=False)
    return markup.replace("</source>", "")  # younger than lxml's idea of which elements are void


def _tree(html: str) -> etree._Element | None:
    return etree.fromstring(_prepared(html).encode(), _PARSER)


def _prepared(html: str) -> str:
    """Within limits, legal, and with CDATA opened, which HTML takes for a comment."""
    markup = legal_html(html[:_LONGEST])
    if "<![CDATA[" in markup:
        markup = markup.replace("<![CDATA[", "").replace("]]>", "")
    return tame(markup, TAGS, ATTRIBUTE_NAMES)


def legal_html(html: str) -> str:
    """Markup that stands for no character that `legal` would take out: lxml refuses to set a text with one."""
    markup = legal(html)
    return _REFERENCE.sub(_legal_reference, markup) if "&#" in markup else markup


def _legal_reference(reference: re.Match[str]) -> str:
    """The reference itself, or a space where it stands for a character that `legal` would take out."""
    character = unescape(f"&#{reference[1] or ''}{reference[2] or reference[3] or 0};")
    return reference[0] if character and legal(character) == character else " "


@lru_cache(maxsize=64)
def _cleaner(base: str) -> nh3.Cleaner:
    """One for each base, since entries share theirs."""
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(DISCARDED),
        attributes=ATTRIBUTES,
        attribute_filter=partial(_attribute, base),
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def _attribute(base: str, _tag: str, name: str, value: str) -> str | None:
    """The value as it may stand, or None: the attribute goes."""
    if name in ADDRESSES:
        address = absolute(value, base)
        if address.startswith("http"):
            return address
        value = value.strip()
        return value if name == "href" and value.startswith(_OTHER_LINKS) else None
    if name == "srcset":
        return _attribute(base, "img", "src", next(iter(value.split()), "").rstrip(","))
    if name in NUMBERS:
        return value if value.isascii() and value.isdigit() and len(value) <= 5 else None
    return value


def _names(markup: str) -> set[str]:
    return {name.lower() for name in _NAME.findall(markup)}


def _sanitised(markup: str, cleaner: nh3.Cleaner) -> str:
    result = cleaner.clean(markup).replace("&nbsp;", "\xa0")
    if "\r" in result:
        result = result.replace("\r\n", "\n").replace("\r", "\n")
    if "<img" in result or "<source" in result:
        result = _EMBEDDED.sub(_embedded, result)
    if "<pre" in result:
        result = _PRE_NEWLINE.sub("\\1\n\n", result)  # the first one is the tag's, says the parser
    return result


def _embedded(element: re.Match[str]) -> str:
    """A picture or a medium's source as nh3 wrote it; empty when there is nothing to see."""
    tag = element[1]
    pairs: dict[str, str] = dict(_PAIR.findall(element[2]))
    addresses = [pairs.pop(name, "") for name in (*LAZY, "src", "srcset")]
    address = next(filter(None, addresses), "")
    if not address or {pairs.get("width"), pairs.get("height")} & {"0", "1"}:
        return ""
    others = "".join([f' {name}="{value}"' for name, value in pairs.items()])
    return f'<{tag} src="{address}"{others}>'
