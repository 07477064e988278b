"""Tell which encoding Chinese, Japanese or Korean text is in, by its pairs of bytes and its commonest characters.

Text in other 8-bit encodings does not consist of valid pairs alone: one word with an odd number of letters is enough.
But these encodings share their pairs, so a text must also have the characters that are common in the language.
"""

import codecs
import re

_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
"""Two bytes that may be a character."""
_FEWEST = 16
"""The fewest characters that decide: eight may by chance all be common in another language."""
_SAMPLE = 8_000
"""Bytes of a text that are looked at."""

_COMMON = (
    ("cp932", re.compile(rb"\x82[\x9f-\xf1]|\x83[\x40-\x96]"), 0.25),  # kana
    ("euc_jp", re.compile(rb"[\xa4\xa5][\xa1-\xf6]"), 0.25),  # kana
    ("cp949", re.compile(rb"[\xb0-\xc8][\xa1-\xfe]"), 0.75),  # syllables of Hangul
    ("big5hkscs", re.compile(rb"[\xa1-\xc6][\x40-\xfe]"), 0.9),  # signs, and frequent characters, which come first
    ("gb18030", re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]"), 0.9),  # signs, and frequent characters
)
"""Python's name of each encoding, its common pairs, and the least share of them in a text; the surest first."""


def likeliest(sample: bytes) -> str:
    """Name the encoding of text in pairs of bytes.

    Args:
        sample: The text from its first byte beyond ASCII on, or the beginning of that: the first 8,000 bytes count.

    Returns:
        Python's name of it, or empty if the text is no Chinese, Japanese or Korean, or too short to tell.
    """
    sample = sample[:_SAMPLE]
    pairs = _PAIR.findall(sample)
    for name, common, least in _COMMON:
        characters = _characters(sample, name)
        if characters >= _FEWEST and sum(map(bool, map(common.fullmatch, pairs))) >= least * characters:
            return name
    return ""


def _characters(sample: bytes, encoding: str) -> float:
    """Count the characters beyond ASCII in an encoding; infinity: not all bytes fit it."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)  # the last pair may be cut
    except UnicodeDecodeError:
        return float("inf")
    return sum(not character.isascii() for character in text)
