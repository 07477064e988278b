"""Characters: remove illegal ones, make text a single line, resolve references, and drop case and accents."""

import html
import re
import unicodedata

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_PAIR_OF_REFERENCES = re.compile(
    "&#(?:x(d[89ab][0-9a-f]{2})|(55[2-9][0-9]{2}|56[0-3][0-9]{2}));"
    "&#(?:x(d[c-f][0-9a-f]{2})|(56[3-9][0-9]{2}|57[0-3][0-9]{2}));",
    re.IGNORECASE,
)
_LONG_REFERENCE = re.compile("&#(?=[0-9]{999})")
_REMOVED = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF))
_REPAIRS = (
    _REMOVED | {ord(kept): kept for kept in "\t\n\r"} | dict.fromkeys(map(ord, "\x0b\x0c\x1c\x1d\x1e\x1f\x85"), " ")
)

# Soft hyphens, zero-width spaces, byte order marks, invisible operators, and embeddings or overrides of a direction.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_DIRECTION_MARK = re.compile("[\u200e\u200f\u061c]")
CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Chinese, Japanese and Korean characters, for a set in a pattern."""
INDIC = r"\u0900-\u0dff"
"""Characters of Indian scripts, for a set in a pattern: `\\w` lacks their vowels, which are marks and no letters."""
INDOCHINESE = r"\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Lao, Burmese and Khmer characters, for a set in a pattern, for the same reason."""
_IDEOGRAPH = re.compile(rf"[{CJK}]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u0600\u0608-\u0619\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def legal(text: str) -> str:
    """The text without characters that XML 1.0, section 2.2, forbids, and without C1 controls and DEL.

    Two surrogates that belong together become the character they mean; a lone one goes. Control characters that
    separate, such as a form feed, become a space.
    """
    if text.replace("\n", "").isprintable() or not _ILLEGAL.search(text):
        return text
    return _SURROGATE_PAIR.sub(_joined, text).translate(_REPAIRS)


def unescape(text: str) -> str:
    """The text with its character references resolved, once (HTML standard, section 13.2.5.72).

    A reference of a thousand digits stays as it is written: it stands for no character, and `html.unescape` may refuse
    it.
    """
    return html.unescape(_LONG_REFERENCE.sub("&amp;#", text) if "&#" in text else text)  # noqa: TID251  # the one place


def joined_references(text: str) -> str:
    """The text with one character in place of each pair of references to its two surrogates in UTF-16."""
    return _PAIR_OF_REFERENCES.sub(_character, text)


def _character(pair: re.Match[str]) -> str:
    high, low = (int(pair[it], 16) if pair[it] else int(pair[it + 1]) for it in (1, 3))
    is_one = 0xD800 <= high < 0xDC00 <= low < 0xE000
    return chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00) if is_one else pair[0]


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def unaccented(text: str) -> str:
    """The text without case and accents."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def single_spaced(text: str) -> str:
    """The text with one space in place of all white space between two words, and none around it."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")  # this is the case for nearly every paragraph
    return " ".join(text.split())


def one_line(text: str) -> str:
    """The text as one line, for a title or a name: legal, composed (NFC), with single spaces, trimmed.

    Invisible characters are removed, except those that shape letters (ZWJ, ZWNJ) and, in a right-to-left text, the
    direction marks.
    """
    flat = text.replace("\n", " ") if "\n" in text else text
    if flat.isprintable() and "  " not in flat and unicodedata.is_normalized("NFC", flat):
        return flat.strip(" ")  # this is the case for nearly every title and name
    line = _INVISIBLE.sub("", legal(text))
    if _DIRECTION_MARK.search(line) and not _RIGHT_TO_LEFT.search(line):
        line = _DIRECTION_MARK.sub("", line)
    return unicodedata.normalize("NFC", " ".join(line.split()))


def letters(text: str) -> int:
    """The length of a text in letters; a Chinese, Japanese or Korean character counts as three."""
    return len(text) + 2 * len(_IDEOGRAPH.findall(text))
