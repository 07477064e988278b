"""Convert markup to text and text to markup; what would harm the parsers is taken out of the markup first.

lxml builds the only tree (`blocks` splits bodies with it); `sanitiser` makes markup safe to publish.
"""

import re
from html import escape

from lxml import etree

from syndicator.text.characters import joined_references, legal, single_spaced, unescape
from syndicator.text.elements import ATTRIBUTE_NAMES, BLOCKS, DISCARDED, PARTS, RENAMED, TAGS, WRAPPERS
from syndicator.text.taming import tame

_LONGEST = 2_000_000  # the most characters of markup that are read
_LINES = WRAPPERS | BLOCKS | PARTS | {"br"}
_CELLS = frozenset({"td", "th"})
_BREAKING = _LINES | _CELLS
_HIDING = DISCARDED - {"embed"}  # `embed` is a void element, though lxml does not know it
_FRAMES = "|".join(sorted(_HIDING - {"script", "style"}))

_REFERENCE = re.compile("&#(?:(x)0*+([0-9a-f]{0,6})(?![0-9a-f])|0*+([0-9]{0,7})(?![0-9]));?", re.IGNORECASE)
_TAG_NAME = re.compile(r"</?([a-zA-Z][^\s/<>]*+)(?!<)")
_OLD_NAME = re.compile(f"(</?)({'|'.join(RENAMED)})(?![^\\s/>])", re.IGNORECASE)
_CLOSED_FRAME = re.compile(f"<(?:script|{_FRAMES})(?:\\s[^<>]*)?/>", re.IGNORECASE)
_FRAME = re.compile(f"<(/?)({_FRAMES})(?:[\\s/][^<>]*)?>", re.IGNORECASE)
_COMMENT = re.compile("<!--(?:-?>|.*?--!?>)", re.DOTALL)
_MATHS = re.compile(
    r"<annotation(?:\s[^<>]*)?>[^<]*+</annotation>|</?(?:math|semantics|m(?:action|enclose|error|fenced|frac|i|multiscripts|"
    r"n|o|over|padded|phantom|prescripts|root|row|s|space|sqrt|style|sub|subsup|sup|table|td|text|tr|under|underover))"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_SCRIPT = re.compile("<(script|style)(?:\\s[^<>]*)?>[^<]*+</\\1\\s*>", re.IGNORECASE)
_OPEN_SCRIPT = re.compile("<(?:script|style)[\\s>]", re.IGNORECASE)
_ITS_TAGS = re.compile(
    r"</?(?:p|br|div|a|b|i|em|strong|span|ul|ol|li|h[1-6]|blockquote|figure|img)\b[^<>]{0,2000}>", re.IGNORECASE
)
# The tags in most teasers and headlines, in the usual spelling: they change no text, except for line breaks.
_USUAL_LINE = re.compile(r'</?(?:blockquote|br|div|h[1-6]|li|ol|p|ul)(?: [a-z-]+="[^"<>]*")*+ ?/?>')
_USUAL_INLINE = re.compile(r'</?(?:a|b|em|i|small|span|strong|u)(?: [a-z-]+="[^"<>]*")*+>')
_UNUSUAL = re.compile("<|&(?!(?:amp|gt|lt|nbsp|quot);)")
# A dot ends a sentence only after a word of three letters or more: "т. е." and "В. Путин" end none.
_SENTENCE_END = re.compile(r"(?:(?<=[^\W\d_]{3})[»”\"')\]]?[.…]|[!?])[.!?…]*[»”\"')\]]*(?=\s)")

_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)


def plain(html: str) -> str:
    """The text of markup: one line for each block, white space folded, no empty lines, entities resolved."""
    if "<" not in html and "&" not in html:
        return single_spaced(legal(html))
    markup, _ = prepared(html.replace("\r", " "))
    words = _USUAL_INLINE.sub("", _USUAL_LINE.sub("\n", markup.replace("\n", " ")))
    if not _UNUSUAL.search(words):
        return folded_lines(unescape(words) if "&" in words else words)
    root = tree(markup)
    if root is None:
        return ""
    for element in list(root.iter(*_HIDING)):
        element.text = None
        del element[:]
    return folded_lines(separated(root))


def is_markup(text: str) -> bool:
    """Whether a text that may be plain or markup is markup: it contains a tag that articles have."""
    return _ITS_TAGS.search(text) is not None


def text_to_html(text: str) -> str:
    """Plain text as markup: blank lines separate paragraphs, other line breaks stay."""
    lines = escape(legal(text), quote=False).replace("\r\n", "\n").replace("\r", "\n").strip()
    paragraphs = re.split(r"\n\s*\n", lines) if lines else []
    return "\n".join(f"<p>{paragraph.strip().replace(chr(10), '<br>')}</p>" for paragraph in paragraphs)


def excerpt(text: str, limit: int = 300) -> str:
    """The beginning of a text as one line of at most `limit` characters.

    It is cut after a sentence if one ends in the second half of the limit, else after a word, with an ellipsis.
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


def tree(html: str) -> etree._Element | None:
    """Parse a sanitised fragment and return its `html` element; None for a fragment without content."""
    return etree.fromstring(html.encode(), _PARSER)


def separated(element: etree._Element) -> str:
    """The text in an element, not yet folded, with a line break wherever an element begins or ends its own line."""
    if not len(element):
        return " ".join((element.text or "").split("\n"))
    if next(element.iterdescendants(*_BREAKING), None) is None:
        return " ".join("".join(map(str, element.itertext())).split("\n"))
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if node.tag in _LINES:
            parts.append("\n")
        if event == "start":
            parts.append(" ".join((node.text or "").split("\n")))
        else:
            if node.tag in _CELLS:
                parts.append(" ")
            if node is not element:
                parts.append(" ".join((node.tail or "").split("\n")))
    return "".join(parts)


def folded_lines(text: str) -> str:
    """The lines of a text that are not empty, with their white space folded."""
    if "\n" not in text:
        return single_spaced(text)
    return "\n".join([line for line in map(single_spaced, text.split("\n")) if line])


def prepared(html: str) -> tuple[str, list[str]]:
    """Prepare markup for a parser: bounded in size, with legal characters and current element names.

    CDATA sections, which HTML takes for comments, are replaced by their content. So are formulas, which nh3 would drop
    with their text.

    Returns:
        The markup, and the names in its tags.
    """
    markup = legal_html(html[:_LONGEST])
    if "<![CDATA[" in markup:
        markup = markup.replace("<![CDATA[", "").replace("]]>", "")
    names = _TAG_NAME.findall(markup)
    if not RENAMED.keys().isdisjoint(map(str.lower, names)):
        markup = _OLD_NAME.sub(lambda tag: tag[1] + RENAMED[tag[2].lower()], markup)
        names = _TAG_NAME.findall(markup)
    kept = markup if _HIDING.isdisjoint(map(str.lower, names)) else _without_frames(markup)
    if "math" in names:
        kept = _MATHS.sub("", kept)
    kept = tame(kept, TAGS, ATTRIBUTE_NAMES)
    return kept, names if kept is markup else _TAG_NAME.findall(kept)


def _without_frames(markup: str) -> str:
    """The markup without scripts (those in an article's body only count readers), and without frames never closed.

    HTML takes everything behind such a frame for its content: behind an empty one as XHTML writes it, and behind one
    after the last end tag of its name. A comment may contain half of a script, so comments are removed first.
    """
    end = markup.rfind("-->") + 3
    kept = markup if end < 3 else _COMMENT.sub("", markup[:end]) + markup[end:]
    scripts = _SCRIPT.sub("", kept)
    if _OPEN_SCRIPT.search(scripts):  # the text of one may contain tags of another, at which it seems to end
        scripts = _SCRIPT.sub("</\\1>", kept)
    kept = _CLOSED_FRAME.sub("", scripts)
    ends = {tag[2].lower(): tag.start() for tag in _FRAME.finditer(kept) if tag[1]}
    return _FRAME.sub(lambda tag: tag[0] if tag[1] or tag.start() < ends.get(tag[2].lower(), 0) else "", kept)


def legal_html(html: str) -> str:
    """Markup without characters or references that `legal` would remove: lxml refuses to set a text with one."""
    markup = legal(html)
    return _REFERENCE.sub(_legal_reference, joined_references(markup)) if "&#" in markup else markup


def _legal_reference(reference: re.Match[str]) -> str:
    """The reference itself, or a space if it stands for a character that `legal` would remove."""
    character = unescape(f"&#{reference[1] or ''}{reference[2] or reference[3] or 0};")
    return reference[0] if character and legal(character) == character else " "
