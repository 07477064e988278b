"""Parse text to an XML tree: strictly if it is well-formed, else after repair.

Nothing outside the document is ever read: the DOCTYPE is cut off before the parser sees it, so there are no external
subsets, and its entities do not expand. libxml2's own limits stay on (depth 256, ten million characters a text).
"""

import re

from lxml import etree

from syndicator.model.failure import FailureKind
from syndicator.model.noun import Noun
from syndicator.parse.decoding.doctype import without_doctype
from syndicator.parse.decoding.repair import repair
from syndicator.parse.failures import Unreadable
from syndicator.text.characters import joined_references, unescape

_DECLARATION = re.compile(r"<\?xml\s[^>]{0,400}>")
"""The XML declaration."""
_WINDOWS_REFERENCE = re.compile(r"&#226;&#128;&#(1[2-9][0-9]);|&#(?:0{0,5}1[2-5][0-9]|[xX]0{0,5}[89][0-9a-fA-F]);")
"""A reference to a C1 control character, or three to the bytes of one character in UTF-8."""
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
"""A C1 control character, in UTF-8."""


class Tree(Noun, kw_only=False):
    """A document that was read.

    Attributes:
        root: Its root element, without comments and processing instructions; CDATA sections are text.
        warnings: What was repaired, and which entities were not expanded; empty: neither.
        cut: Names of the elements that were open where it ends too early, the outermost first; empty: it is complete.
    """

    root: etree._Element
    warnings: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()


def tree(text: str) -> Tree:
    """Read an XML document, repaired where it is not well-formed.

    Args:
        text: The decoded document; an encoding in its declaration is ignored.

    Raises:
        Unreadable: No element of the document could be read.
        MemoryError: The document needs more memory than there is.
    """
    text = text.lstrip()
    if "&#" in text:
        text = _WINDOWS_REFERENCE.sub(_meant, joined_references(text))
    declaration = _DECLARATION.match(text)
    text, warnings = without_doctype(text[declaration.end() :] if declaration else text)
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
            FailureKind.MALFORMED,
            f"The document is not XML and could not be repaired: {reason}.",
            "Report it to the publisher.",
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
    body = text.encode("utf-8", "replace")
    if b"\xc2" in body:
        body = _C1.sub(lambda control: _WINDOWS[control[0][1] - 0x80], body)
    try:
        root = etree.fromstring(body, parser)
    finally:  # a parser that recovers takes the lack of memory for the document's end
        if parser.error_log.filter_types(etree.ErrorTypes.ERR_NO_MEMORY):
            raise MemoryError
    if root is None:  # lxml gives None if recovery leaves nothing of the document
        raise etree.ParserError("there is no element in it")
    return root


def _meant(reference: re.Match[str]) -> str:
    """Give what a reference to a C1 control character means; three of them may be the bytes of one character."""
    return bytes((226, 128, int(reference[1]))).decode("utf-8", "ignore") if reference[1] else unescape(reference[0])


_WINDOWS = [bytes((byte,)).decode("cp1252", "ignore").encode() for byte in range(0x80, 0xA0)]
"""What each C1 control character means, in UTF-8: it stands for that byte of windows-1252, as HTML reads it."""
