"""Patterns for lines that are not part of the story, in further languages, from `phrases.toml`, loaded once."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

NOTHING = "(?!)"
"""A pattern that matches nothing."""
_SPACED = r"(?-i:[\0-\u2fff])"
START, END = rf"(?<!(?={_SPACED})\w)", rf"(?!(?={_SPACED})\w)"
"""Patterns for the beginning and the end of a word.

They match anywhere beside Chinese, Japanese and Korean characters, which are written without spaces between words. A
set of all those would take milliseconds to compile, and so a set of what comes before them in Unicode stands here.
"""
_START, _END = re.compile(START), re.compile(END)
LAST = 4
"""The number of letters at the end of a phrase that the quick check of a line's end compares."""
_FIRST = 9  # the most letters of a phrase that the quick check of a line's beginning compares
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


def unnamed(text: str, names: Iterable[str]) -> str:
    """The text with a space in place of each of some names, in any letter case, that stands there as whole words.

    Names are many, and with `START` and `END` a pattern for one would take ten times as long to compile.
    """
    for name in sorted(filter(None, names), key=len, reverse=True):
        if name.casefold() in text.casefold():  # compiling a pattern takes longer than all the rest
            text = re.sub(re.escape(name), _blanked, text, flags=re.IGNORECASE)
    return text


def _blanked(hit: re.Match[str]) -> str:
    is_whole = _START.match(hit.string, hit.start()) and _END.match(hit.string, hit.end())
    return " " if is_whole else hit[0]


def beginnings() -> tuple[str, ...]:
    """The first letters, up to `_FIRST`, of all phrases that may open such a line, folded."""
    kinds = "call me lead hint related share typo newsletter button photographer illustrator video".split()
    written = [fold(text).partition("*")[0][:_FIRST] for text in phrases(*kinds)]
    return tuple(dict.fromkeys(_APOSTROPHE.sub(sign, it) for it in written for sign in "'’"))


def closings() -> frozenset[str]:
    """The last `LAST` letters, without the spaces between them, of all phrases that may close such a line."""
    return frozenset(fold(text).replace(" ", "")[-LAST:] for text in phrases("closing"))


def fold(text: str) -> str:
    """The text in the letter case in which beginnings and ends are compared; «İ» and «ı» become «i», as for `re`."""
    return text.casefold().replace("\u0307", "").replace("ı", "i")


def _escaped(text: str) -> str:
    words = (re.escape(it).replace(r"\*", r"\w*") for it in _SPACE.split(text))
    return _APOSTROPHE.sub("['’]", r"\s+".join(words))
