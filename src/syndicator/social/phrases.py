"""Patterns for lines that are not part of the story, in further languages, from `phrases.toml`, loaded once."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from syndicator.text.characters import CJK

NOTHING = "(?!)"
"""A pattern that matches nothing."""
START, END = rf"(?-i:(?<![^\W{CJK}]))", rf"(?-i:(?![^\W{CJK}]))"
"""Patterns for the beginning and the end of a word.

They match anywhere beside Chinese, Japanese and Korean characters, which are written without spaces between words.
"""
AFTER = " '’.:："
"""The characters that may stand behind a word of two letters that opens a line."""
LAST = 4
"""The number of letters at the end of a phrase that the quick check of a line's end compares."""
_FIRST = 9  # the number of letters that the quick check compares of a phrase that begins with a short word
_SPACE, _APOSTROPHE = re.compile(r"\s+"), re.compile("['’]")


@cache
def _data() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))


def phrases(*kinds: str) -> tuple[str, ...]:
    """All phrases of these kinds, of every language, each once."""
    return tuple(dict.fromkeys(it for language in _data().values() for kind in kinds for it in language.get(kind, ())))


def pattern(*kinds: str) -> str:
    """A pattern for any phrase of these kinds, longest first, for `re.IGNORECASE`; `END` should follow it."""
    return alternatives(phrases(*kinds))


def alternatives(texts: Iterable[str]) -> str:
    """A pattern for any of some phrases, longest first, whatever white space stands between their words."""
    ordered = sorted(texts, key=lambda it: (-len(it), it))
    return "|".join(_escaped(it) for it in ordered) or NOTHING


def starts() -> dict[str, tuple[str, ...]]:
    """The beginnings of all phrases that may open such a line, by their first three letters.

    A beginning is three letters long; it is longer where the phrase begins with a short word.
    """
    kinds = "call me lead hint related share typo newsletter button photographer illustrator video".split()
    found: dict[str, tuple[str, ...]] = {}
    written = map(str.casefold, phrases(*kinds))
    for text in dict.fromkeys(_APOSTROPHE.sub(sign, it) for it in written for sign in "'’"):
        start = text[:3].rstrip(AFTER)
        found[start] = (*found.get(start, ()), text[: _FIRST if _SPACE.search(text[:4]) else 3])
    return found


def closings() -> frozenset[str]:
    """The last `LAST` letters of all phrases that may close such a line."""
    return frozenset(text.casefold()[-LAST:] for text in phrases("closing"))


def _escaped(text: str) -> str:
    words = (re.escape(it).replace(r"\*", r"\w*") for it in _SPACE.split(text))
    return _APOSTROPHE.sub("['’]", r"\s+".join(words))
