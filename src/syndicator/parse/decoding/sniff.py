"""Tell what a body is by a bounded look at its beginning; the header's media type is ignored: it is too often wrong."""

import re
from enum import Enum, auto
from typing import NamedTuple

from syndicator.parse.decoding.decode import EBCDIC

_HEAD = 64 * 1024
"""Bytes of a body that are looked at, white space, comments and declarations included."""
_LOOK = 4096
"""Bytes behind white space, comments and declarations in which the outermost element is looked for."""
_BLANK = b" \t\r\n\f\v\0"
"""Bytes that are white space, in UTF-16 and UTF-32, too."""
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""Byte order marks."""
_FEED_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?(rss|feed|rdf|opml)(?=[\s>/])", re.IGNORECASE)
"""The start tag of a feed or subscription list, with any prefix."""
_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,60})")
"""The start tag of any element; the group is its local name."""
_HTML_DOCTYPE = re.compile(rb"<!doctype\s+html", re.IGNORECASE)
"""The beginning of HTML's document type."""
_FEEDS = frozenset({"rss", "feed", "rdf", "channel", "entry"})
"""Local names of the roots of feeds."""
_HTML_NAMES = """
    html head body title meta link base style script noscript div p span a b i br hr img h1 h2 h3 h4 table tr td ul ol
    li main article section header footer nav form center font iframe pre
"""
"""The names of `_HTML`, in lower case."""
_HTML = frozenset(_HTML_NAMES.split())
"""Elements one of which a page begins with."""


class Shape(Enum):
    """Kinds of bodies."""

    BLANK = auto()
    XML_FEED = auto()
    JSON = auto()
    OPML = auto()
    HTML = auto()
    OTHER_XML = auto()
    OTHER = auto()


class Sniffed(NamedTuple):
    """What a body looks like.

    Attributes:
        shape: Its kind.
        root: The local name of its outermost element, in lower case; empty: it has none.
    """

    shape: Shape
    root: str = ""


def sniff(body: bytes) -> Sniffed:
    """Tell a body's kind by the first 4 KiB behind byte order marks, white space, comments and a document type."""
    for mark in _MARKS:
        body = body.removeprefix(mark)
    if not (head := body[:_HEAD].lstrip(_BLANK)):
        head = body.lstrip(_BLANK)[:_HEAD]
        if not head:
            return Sniffed(Shape.BLANK)
    if head.startswith(EBCDIC):
        head = head.decode("cp037").encode("latin-1")
    head = head.replace(b"\0", b"")  # UTF-16 and UTF-32 are read by their ASCII characters
    if head[:1] in {b"{", b"["}:
        return Sniffed(Shape.JSON)
    rest, declared = _behind_prolog(head)
    look = rest[:_LOOK]
    root = _ROOT.search(look)
    name = root[1].lower().decode("ascii") if root else ""
    if _HTML_DOCTYPE.match(rest) and name not in _FEEDS:  # some software puts this doctype above feeds, too
        return Sniffed(Shape.HTML, "html")
    if name not in _FEEDS and name != "html" and (feed := _FEED_ROOT.search(look)):
        name = feed[1].lower().decode("ascii")  # behind a server's error message, for example
    if name == "opml":
        return Sniffed(Shape.OPML, name)
    if name in _FEEDS:
        return Sniffed(Shape.XML_FEED, name)
    if name in _HTML:
        return Sniffed(Shape.HTML, name)
    is_xml = bool(name) and (declared or look.startswith(b"<"))
    return Sniffed(Shape.OTHER_XML if is_xml else Shape.OTHER, name)


def _behind_prolog(head: bytes) -> tuple[bytes, bool]:
    """Give the head from an HTML doctype or the first element on, and whether an XML declaration came before."""
    position, declared = 0, False
    while True:
        while head[position : position + 1] in {b" ", b"\t", b"\r", b"\n"}:
            position += 1
        if head.startswith(b"<?", position):
            declared = declared or head.startswith(b"<?xml", position)
            end, skip = head.find(b"?>", position), 2
        elif head.startswith(b"<!--", position):
            end, skip = head.find(b"-->", position), 3
        elif head[position : position + 9].lower() == b"<!doctype" and not _HTML_DOCTYPE.match(head, position):
            end, skip = head.find(b">", position), 1
        else:
            return head[position:], declared
        if end < 0:
            return head[position:], declared
        position = end + skip
