"""Text to an XML tree: strictly where the document allows it, else after repair.

Nothing outside the document is ever read: the DOCTYPE is cut off before the parser sees it, so there are no external
subsets, and its entities do not expand. libxml2's own limits stay on (depth 256, ten million characters a text).
"""

import html
import re
from dataclasses import dataclass

from lxml import etree

from syndicator.model.source import FailureKind
from syndicator.parse.failures import Unreadable
from syndicator.parse.repair import repair

_DECLARATION = re.compile(r"<\?xml\s[^>]{0,400}>")
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_WINDOWS_REFERENCE = re.compile(r"&#(?:0{0,5}1[2-5][0-9]|[xX]0{0,5}[89][0-9a-fA-F]);")
_DOCTYPE_HEAD = 64 * 1024
_DOCTYPE_LIMIT = 256 * 1024
_DOCTYPE_PART = re.compile(r"""[\[\]>]|"[^"]*+"|'[^']*+'|<!--""")


@dataclass(frozen=True, slots=True)
class Tree:
    """A document that was read.

    Attributes:
        root: Its element; comments and processing instructions are gone, CDATA is text.
        warnings: What was repaired; none: it is well-formed.
        cut: Names of the elements that were open where it ends too early, the outermost first.
    """

    root: etree._Element
    warnings: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()


def tree(text: str) -> Tree:
    """Read an XML document, repaired where it is not well-formed.

    Args:
        text: Decoded; an encoding in its declaration is ignored.

    Raises:
        Unreadable: There is no element in it that could be read.
    """
    text = text.lstrip()
    if "&#" in text:  # &#150; and its like are C1 controls in XML, but nobody means these: HTML reads windows-1252
        text = _WINDOWS_REFERENCE.sub(lambda reference: html.unescape(reference[0]), text)
    declaration = _DECLARATION.match(text)
    text, warnings = _without_doctype(text[declaration.end() :] if declaration else text)
    try:
        return Tree(_parse(text, recover=False), warnings)
    except etree.XMLSyntaxError as error:
        reason = str(error.msg).partition("\n")[0].strip()
    text, repairs, cut = repair(text)
    warnings += (f"The document is not well-formed: {reason}.",)
    try:
        return Tree(_parse(text, recover=True), warnings + repairs, cut)
    except (etree.XMLSyntaxError, etree.ParserError):
        raise Unreadable(
            FailureKind.MALFORMED, f"The document is no XML and could not be repaired: {reason}.", "Tell its publisher."
        ) from None


def _parse(text: str, *, recover: bool) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:  # what lxml gives for a document that recovering left nothing of
        raise etree.ParserError("there is no element in it")
    return root


def _without_doctype(text: str) -> tuple[str, tuple[str, ...]]:
    """Cut the DOCTYPE off, internal subset and all; it stands before the root or is no DOCTYPE."""
    found = _DOCTYPE.search(text, 0, _DOCTYPE_HEAD)
    if not found or re.search(r"<[A-Za-z_]", text[: found.start()]):
        return text, ()
    position, brackets, limit = found.end(), 0, found.end() + _DOCTYPE_LIMIT
    while part := _DOCTYPE_PART.search(text, position, limit):
        position = part.end()
        match part[0]:
            case "[":
                brackets += 1
            case "]":
                brackets -= 1
            case "<!--":
                position = max(text.find("-->", position), position)
            case ">" if brackets <= 0:
                break
    else:
        position = found.end()
    warnings = ("Entities that the document declares were not expanded.",) if "<!ENTITY" in text[:position] else ()
    return text[: found.start()] + text[position:], warnings
