"""Decode bytes to text: what the bytes themselves show goes before declared encodings.

The order is: the byte order mark; UTF-16 and UTF-32 by their zero bytes; valid UTF-8, encoded once or twice; the
declared encodings (HTTP's, then the document's own); the likeliest encoding. A declaration is believed unless the bytes
clearly contradict it: no Russian text in an 8-bit encoding is valid UTF-8 by chance, and letters have frequencies.
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
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and their encodings."""
EBCDIC = "<?xm".encode("cp037")
"""How an XML declaration begins in any variant of EBCDIC (XML 1.0, appendix F.1)."""

_CHARSET = re.compile(r"""(?<![\w-])charset\s*=\s*["']?\s*([^\s"';,]{1,40})""", re.IGNORECASE)
"""The label of an encoding in a media type."""
_XML_DECLARATION = re.compile(rb"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']\s*([^\s"'>]{1,40})""", re.IGNORECASE)
"""The label of an encoding in an XML declaration."""
_META = re.compile(rb"""<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([^\s"'/>;]{1,40})""", re.IGNORECASE)
"""The label of an encoding in a `meta` element, in either of its forms."""
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
"""A comment of HTML, in which a declaration does not count."""
_HEAD = 1024
"""Bytes in which a declaration counts first (WHATWG HTML, "prescan a byte stream to determine its encoding")."""
_LENIENT_HEAD = 16 * 1024
"""Bytes of a page in which a `meta` counts if there is no declaration in the first `_HEAD`."""
_WINDOW = 32 * 1024
"""Bytes from the first one beyond ASCII on by which the likeliest encoding is found."""
_FEW = 6
"""Bytes beyond ASCII, fewer than which say nothing against a label."""
_ASCII = bytes(range(128))
"""All bytes of ASCII."""
_HIGH = re.compile(rb"[\x80-\xff]")
"""A byte beyond ASCII."""
_RUN = re.compile(rb"[\x80-\xff]{3,}")
"""A run of bytes beyond ASCII, as letters of other alphabets than Latin form."""
_BEYOND = re.compile(r"[^\0-\x7f]+")
"""A run of characters beyond ASCII."""
_TO_BYTES = {ord(bytes([byte]).decode("cp1252", "ignore") or chr(byte)): byte for byte in range(0x80, 0xA0)}
"""For each character that windows-1252 has at 0x80 to 0x9F, that byte."""
_RARE = re.compile(r"[\x80-\x9f\u0180-\u02ff]")
"""Control characters, and letters that hardly any text has.

Decoding «É» and the sign behind it as UTF-8 would give one, so a text that comes to one was not encoded twice.
"""


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
    declared = next((mark for mark in marks if codec(mark[1].decode("latin-1"))), None)  # unknown labels do not count
    return _decode(body, _CHARSET.search(content_type), declared)


def _decode(body: bytes, by_server: re.Match[str] | None, by_document: re.Match[bytes] | None) -> str:
    """Decode a body by the first of its `_readings` that its bytes do not disprove, else in the likeliest encoding.

    Args:
        body: The bytes.
        by_server: The label in the header; None: there is none.
        by_document: The label in the document itself; None: there is none.
    """
    labels = [by_server[1] if by_server else "", by_document[1].decode("latin-1") if by_document else ""]
    declared = [name for name in map(codec, labels) if name]
    for encoding, text in _readings(body, declared):
        if text is not None:
            return text.lstrip("\ufeff")
        declared = [name for name in declared if name != encoding]
    return decoded(body, _likeliest(body, declared)).rstrip("\ufffd")


def _readings(body: bytes, declared: list[str]) -> Iterator[tuple[str, str | None]]:
    """Try the encodings that are certain if they fit: give each with the text, or None where it does not fit."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            yield encoding, _utf8(body) if encoding == "utf-8" else _wide(body[len(mark) :], encoding)
            break
    if zeros := _by_zeros(body[:_HEAD]):
        yield zeros, _wide(body, zeros)
    if "iso2022_jp" in declared and b"\x1b" in body:  # before UTF-8: it has seven bits, so it is valid UTF-8, too
        yield "iso2022_jp", _mostly(body, "iso2022_jp")
    yield "utf-8", _utf8(body)
    for encoding in declared:
        if encoding not in cyrillic.ENCODINGS and encoding not in LATIN:
            yield encoding, _mostly(body, encoding)


def _strictly(body: bytes, encoding: str, errors: str = "strict") -> str | None:
    """Decode without errors, a last character that is cut off left out; None: not all bytes fit the encoding."""
    try:
        return codecs.getincrementaldecoder(encoding)(errors).decode(body)
    except UnicodeDecodeError:
        return None


def _mostly(body: bytes, encoding: str) -> str | None:
    """Decode with few errors; None: more than 2 % of the bytes beyond ASCII do not fit the encoding."""
    text = decoded(body, encoding)
    # In an encoding of seven bits no byte is beyond ASCII: characters beyond it count instead, two bytes each.
    beyond = len(body.translate(None, _ASCII)) or 2 * sum(map(len, _BEYOND.findall(text)))
    return text.rstrip("\ufffd") if text.count("\ufffd") * 50 <= beyond else None


def _wide(body: bytes, encoding: str) -> str:
    unit = 4 if "32" in encoding else 2
    return body[: len(body) - len(body) % unit].decode(encoding, "replace")


def _by_zeros(head: bytes) -> str:
    """Recognise UTF-16 or UTF-32 without a mark: each ASCII character, so all markup, has zero bytes in fixed places.

    Returns:
        The encoding, or empty.
    """
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
    """Decode UTF-8, even with damage here and there; None: too much of the body is not UTF-8."""
    if (text := _strictly(body, "utf-8")) is not None:
        return _once(text)
    if (text := _strictly(body, "utf-8", "surrogatepass")) is not None:  # CESU-8, as databases write emoji
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    good = len(body.decode("utf-8", "ignore").encode())
    letters = good - (len(body) - len(body.translate(None, _ASCII)))
    return body.decode("utf-8", "replace").rstrip("\ufffd") if letters > 3 * (len(body) - good) else None


def _once(text: str) -> str:
    """Decode a second time where a program has taken UTF-8 for windows-1252, and encoded all of it as UTF-8 again."""
    first = None if text.isascii() else _BEYOND.search(text)
    if not first or len(first[0]) < 2 or not "\xc2" <= first[0][0] <= "\xf4":
        return text
    try:
        meant = text.translate(_TO_BYTES).encode("latin-1").decode()
    except UnicodeError:
        return text
    return text if _RARE.search(meant) else meant


def _likeliest(body: bytes, declared: list[str]) -> str:
    """Tell the likeliest encoding of a body that is neither UTF-8 nor one that is certain.

    Latin letters beyond ASCII stand alone among ASCII ones; letters of other alphabets stand in runs.
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
