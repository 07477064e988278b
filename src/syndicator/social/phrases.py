"""How lines that are not the story are worded in further languages, as patterns; from `phrases.toml`. Loaded once."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from syndicator.text.characters import CJK

NOTHING = "(?!)"
"""The pattern of no words at all."""
START, END = rf"(?-i:(?<![^\W{CJK}]))", rf"(?-i:(?![^\W{CJK}]))"
"""Where a word begins and ends; scripts that leave no space between words do not show it."""
AFTER = " '’.:："
"""What may stand behind a word of two letters that opens a line."""
LAST = 4
"""Letters of a phrase that closes a line, by which it is told at a quick look."""
_FIRST = 9  # letters, of a phrase that begins with a short word
_SPACE, _APOSTROPHE = re.compile(r"\s+"), re.compile("['’]")


@cache
def _data() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))


def phrases(*kinds: str) -> tuple[str, ...]:
    """All phrases of these kinds, of every language, each once."""
    return tuple(dict.fromkeys(it for language in _data().values() for kind in kinds for it in language.get(kind, ())))


def pattern(*kinds: str) -> str:
    """Any phrase of these kinds, longest first, for `re.IGNORECASE`; to be followed by the end of a word."""
    return alternatives(phrases(*kinds))


def alternatives(texts: Iterable[str]) -> str:
    """Any of some phrases, in whatever spacing."""
    ordered = sorted(texts, key=lambda it: (-len(it), it))
    return "|".join(_escaped(it) for it in ordered) or NOTHING


def starts() -> dict[str, tuple[str, ...]]:
    """The first three letters of all phrases that may open such a line, and a few more where these are a word."""
    kinds = "call me lead hint related share typo newsletter button photographer illustrator video".split()
    found: dict[str, tuple[str, ...]] = {}
    written = map(str.casefold, phrases(*kinds))
    for text in dict.fromkeys(_APOSTROPHE.sub(sign, it) for it in written for sign in "'’"):
        start = text[:3].rstrip(AFTER)
        found[start] = (*found.get(start, ()), text[: _FIRST if _SPACE.search(text[:4]) else 3])
    return found


def closings() -> frozenset[str]:
    """The last letters of all phrases that may close such a line."""
    return frozenset(text.casefold()[-LAST:] for text in phrases("closing"))


def _escaped(text: str) -> str:
    words = (re.escape(it).replace(r"\*", r"\w*") for it in _SPACE.split(text))
    return _APOSTROPHE.sub("['’]", r"\s+".join(words))
