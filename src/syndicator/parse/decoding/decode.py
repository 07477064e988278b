"""Bytes to text: what the body itself shows goes before what anybody says about it.

The order is: byte order mark; UTF-16 and UTF-32 by their zero bytes; valid UTF-8, once or twice; the declared
encodings (HTTP, then the document's own); the likeliest reading. A declaration is believed unless the bytes speak
plainly against it: no Russian text in an 8-bit encoding is valid UTF-8 by chance, and letters have their frequencies.
"""

import codecs
import re
from collections.abc import Iterator
from itertools import chain

from syndicator.parse.decoding import cyrillic, east_asian
from syndicator.parse.decoding.charsets import LATIN, codec
from syndicator.parse.decoding.vendors import decoded

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
EBCDIC = "<?xm".encode("cp037")
"""How an XML declaration begins in EBCDIC, whichever it is (XML 1.0, appendix F.1)."""

_CHARSET = re.compile(r"""(?<![\w-])charset\s*=\s*["']?\s*([^\s"';,]{1,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']\s*([^\s"'>]{1,40})""", re.IGNORECASE)
_META = re.compile(rb"""<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([^\s"'/>;]{1,40})""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_HEAD = 1024  # WHATWG HTML, "prescan a byte stream to determine its encoding"
_LENIENT_HEAD = 16 * 1024
_WINDOW = 32 * 1024
_FEW = 6  # letters that say nothing against a label
_ASCII = bytes(range(128))
_HIGH = re.compile(rb"[\x80-\xff]")
_RUN = re.compile(rb"[\x80-\xff]{3,}")
_BEYOND = re.compile(r"[^\0-\x7f]+")
_TO_BYTES = {ord(bytes([byte]).decode("cp1252", "ignore") or chr(byte)): byte for byte in range(0x80, 0xA0)}
_RARE = re.compile(r"[\x80-\x9f\u0180-\u02ff]")
"""Controls, and letters that hardly any text has: what «É» and a sign behind it would come to."""


def decode_xml(body: bytes, content_type: str) -> str:
    """Decode an XML or JSON document, or a plain list.

    Args:
        body: As received.
        content_type: The media type with its parameters, or empty.

    Returns:
        Text without byte order mark. Bytes that mean nothing become U+FFFD; a character cut at the end is dropped.
    """
    if body.startswith(EBCDIC):
        declared = _XML_DECLARATION.search(body[:_HEAD].decode("cp037").encode("latin-1"))
        return body.decode((declared and codec(declared[1].decode("latin-1"))) or "cp037", "replace")
    declared = _XML_DECLARATION.search(body, 0, _HEAD)
    return _decode(body, _CHARSET.search(content_type), declared)


def decode_html(body: bytes, content_type: str) -> str:
    """Decode an HTML page (WHATWG Encoding and HTML standards, but for labels that the bytes disprove).

    Args:
        body: As received.
        content_type: The media type with its parameters, or empty.

    Returns:
        Text without byte order mark. Bytes that mean nothing become U+FFFD; a character cut at the end is dropped.
    """
    head = _COMMENT.sub(b"", body[:_LENIENT_HEAD])
    marks = chain(_META.finditer(head, 0, _HEAD), _XML_DECLARATION.finditer(head, 0, _HEAD), _META.finditer(head))
    declared = next((mark for mark in marks if codec(mark[1].decode("latin-1"))), None)  # others say nothing
    return _decode(body, _CHARSET.search(content_type), declared)


def _decode(body: bytes, by_server: re.Match[str] | None, by_document: re.Match[bytes] | None) -> str:
    labels = [by_server[1] if by_server else "", by_document[1].decode("latin-1") if by_document else ""]
    declared = [name for name in map(codec, labels) if name]
    for encoding, text in _readings(body, declared):
        if text is not None:
            return text.lstrip("\ufeff")
        declared = [name for name in declared if name != encoding]
    return decoded(body, _likeliest(body, declared)).rstrip("\ufffd")


def _readings(body: bytes, declared: list[str]) -> Iterator[tuple[str, str | None]]:
    """Each encoding that is certain when it fits, with the text, or None where it does not fit."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            yield encoding, _utf8(body) if encoding == "utf-8" else _wide(body[len(mark) :], encoding)
            break
    if zeros := _by_zeros(body[:_HEAD]):
        yield zeros, _wide(body, zeros)
    if "iso2022_jp" in declared and b"\x1b" in body:  # seven bits, and so valid UTF-8, too
        yield "iso2022_jp", _mostly(body, "iso2022_jp")
    yield "utf-8", _utf8(body)
    for encoding in declared:
        if encoding not in cyrillic.ENCODINGS and encoding not in LATIN:
            yield encoding, _mostly(body, encoding)


def _strictly(body: bytes, encoding: str, errors: str = "strict") -> str | None:
    """The text, less a last character that is cut; None if the bytes are not all of that encoding."""
    try:
        return codecs.getincrementaldecoder(encoding)(errors).decode(body)
    except UnicodeDecodeError:
        return None


def _mostly(body: bytes, encoding: str) -> str | None:
    """The text with damage here and there; None if too much of it makes no sense in that encoding."""
    text = decoded(body, encoding)
    # Those of seven bits show in their characters, two bytes each, how much there is.
    beyond = len(body.translate(None, _ASCII)) or 2 * sum(map(len, _BEYOND.findall(text)))
    return text.rstrip("\ufffd") if text.count("\ufffd") * 50 <= beyond else None


def _wide(body: bytes, encoding: str) -> str:
    unit = 4 if "32" in encoding else 2
    return body[: len(body) - len(body) % unit].decode(encoding, "replace")


def _by_zeros(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: every ASCII character, so all markup, has its zero bytes in fixed places."""
    head = head[: len(head) - len(head) % 4]
    if head.count(0) * 10 < len(head) or not head:
        return ""
    quarter = len(head) / 4
    first, second, third, fourth = (head[place::4].count(0) / quarter for place in range(4))
    if third > 0.9 and fourth > 0.9 and first < 0.5:
        return "utf-32-le"
    if first > 0.9 and second > 0.9 and fourth < 0.5:
        return "utf-32-be"
    even, odd = first + third, second + fourth
    if odd > 8 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 8 * odd else ""


def _utf8(body: bytes) -> str | None:
    """The text if the body is UTF-8, or UTF-8 with damage here and there; else None."""
    if (text := _strictly(body, "utf-8")) is not None:
        return _once(text)
    if (text := _strictly(body, "utf-8", "surrogatepass")) is not None:  # CESU-8, as databases write emoji
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    good = len(body.decode("utf-8", "ignore").encode())
    letters = good - (len(body) - len(body.translate(None, _ASCII)))
    return body.decode("utf-8", "replace").rstrip("\ufffd") if letters > 3 * (len(body) - good) else None


def _once(text: str) -> str:
    """The text as it was meant, where a program has taken its UTF-8 for windows-1252, and encoded all of it again."""
    first = _BEYOND.search(text)
    if not first or len(first[0]) < 2 or not "\xc2" <= first[0][0] <= "\xf4":
        return text
    try:
        meant = text.translate(_TO_BYTES).encode("latin-1").decode()
    except UnicodeError:
        return text
    return text if _RARE.search(meant) else meant


def _likeliest(body: bytes, declared: list[str]) -> str:
    """Which encoding a body is written in that is not UTF-8, nor what it says.

    Latin letters beyond ASCII stand alone among others, all others in runs.
    """
    start = found.start() if (found := _HIGH.search(body)) else 0
    window = body[start : start + _WINDOW]
    running = sum(map(len, _RUN.findall(window)))
    letters = len(window.translate(None, _ASCII))
    latin = next((name for name in declared if name in LATIN), "")
    fallback = declared[0] if declared else "cp1252"
    if running * 2 < letters or (latin and running < 4):
        return latin or fallback
    if letters < _FEW and fallback in cyrillic.ENCODINGS:
        return fallback
    return cyrillic.likeliest(window, declared) or east_asian.likeliest(window) or latin or fallback
