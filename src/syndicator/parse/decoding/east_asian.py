"""Which encoding Chinese, Japanese or Korean text is in, by how its bytes pair, and by its commonest characters.

No other text consists of valid pairs alone: one word of an odd number of letters ends that. These encodings share their
pairs, though, so each must show what is common in its language.
"""

import codecs
import re

_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_FEWEST = 16  # characters: eight may all be of what another language has most
_SAMPLE = 8_000

_COMMON = (
    ("cp932", re.compile(rb"\x82[\x9f-\xf1]|\x83[\x40-\x96]"), 0.25),  # kana
    ("euc_jp", re.compile(rb"[\xa4\xa5][\xa1-\xf6]"), 0.25),  # likewise
    ("cp949", re.compile(rb"[\xb0-\xc8][\xa1-\xfe]"), 0.75),  # syllables of Hangul
    ("big5hkscs", re.compile(rb"[\xa1-\xc6][\x40-\xfe]"), 0.9),  # signs, and what the standard has first, as frequent
    ("gb18030", re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]"), 0.9),  # likewise
)
"""Python's names, the pairs that are common in each, and the least part of all that they are; the surest first."""


def likeliest(sample: bytes) -> str:
    """Name the encoding of text in pairs of bytes.

    Args:
        sample: The text from its first byte beyond ASCII on, or enough of it: the first 8,000 bytes count.

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
    """How many characters beyond ASCII these are in an encoding; infinitely many if they are not all of it."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)  # the last pair may be cut
    except UnicodeDecodeError:
        return float("inf")
    return sum(not character.isascii() for character in text)
