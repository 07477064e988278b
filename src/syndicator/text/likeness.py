"""Nearly equal texts: a text's words, and a sketch by which texts with many common words are found among a million.

The sketch is Broder's bottom-k ("On the resemblance and containment of documents", 1997): of the hashes of all pairs of
neighbouring words the smallest few. Two texts share about as large a part of it as they share pairs, and a text that
stands whole inside a longer one still shares some, which signatures of several rows a band do not see.
"""

import re
import tomllib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise
from operator import or_
from pathlib import Path
from struct import pack, unpack
from zlib import crc32

from syndicator.text.keys import folded

SKETCH_VERSION = 1
"""The version of the algorithm of `sketch`; part of every sketch, so that sketches of two versions never match."""
SKETCH_SIZE = 12
"""The number of hashes in a sketch; each has 4 bytes."""
MOST_WORDS = 3_000
"""The most words of a text that are looked at: the longest news article known to us has half as many."""
FEWEST_WORDS = 20
"""The fewest words of a text that has a sketch; shorter ones, often teasers or templates, are compared exactly."""

_MOST_CHARACTERS = 40_000  # the most characters of a text that are looked at
_SAMPLE = 500  # the bytes of a text by which its script is recognized
_MOST_BYTES = 2 * _MOST_CHARACTERS  # the most bytes of a folded text that are looked at
_STEM = 6  # the letters of a word that are compared: what follows is mostly the ending of a case or a plural
_LONGER_STEM = 8  # the letters that are compared of a word with an ambiguous stem
_AMBIGUOUS = ("четвер", "czwart")
"""Stems shared by the words for four, fourth, quarter and Thursday, in Russian and Ukrainian, and in Polish."""
_STEM_BYTES = 12  # six letters of Cyrillic or Greek, twelve of English, which has few endings
_ASCII = bytes(range(0x80))
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003134f])"
)
"""Letters of scripts without spaces between words: each counts as a word."""
_BELOW_UNSPACED = bytes(range(0xE0))  # all bytes of UTF-8 except the first of a character of three bytes or more
_HIDDEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_FIGURE = re.compile(r"\d(?:[.,]?\d)*")
"""Digits, with at most one sign between two of them; this pattern takes half the time of one with `\\d+`."""
_TABLES = tomllib.loads(Path(__file__).with_name("counts.toml").read_text(encoding="utf-8"))
_COUNTS = {word: value for table in _TABLES.values() for value, words in table.items() for word in words.split()}
_NAME = re.compile(r"[^\W\d_a-zа-яё](?:(?<=[\w,;:»”)] .)|(?<=[\w,] [«“\"].))[\w’'-]*")
"""A word with a capital letter behind another word of the same sentence; the rarest condition is tried first."""


def words(text: str) -> tuple[str, ...]:
    """The text's first 3,000 words, folded (`text.keys.fold`) and cut to stems of six letters."""
    return _words(text[:_MOST_CHARACTERS])


@lru_cache(maxsize=16)
def _words(text: str) -> tuple[str, ...]:
    said = _spaced(folded(text)).decode("utf-8", "surrogatepass")
    each = said.split()[:MOST_WORDS]
    if any(it in said for it in _AMBIGUOUS):
        return tuple([word[: _LONGER_STEM if word.startswith(_AMBIGUOUS) else _STEM] for word in each])
    return tuple([word[:_STEM] for word in each])


def sketch(text: str | bytes) -> bytes:
    """The sketch of a text: its version, and its smallest hashes in order; empty for a text with few words.

    Args:
        text: The text itself, or the bytes that `text.keys.folded` gave for it.
    """
    said = (folded(text) if isinstance(text, str) else text)[:_MOST_BYTES]
    spaced = _spaced(said)
    each = spaced.split()
    if len(each) < FEWEST_WORDS:
        return b""
    least = _least(said) if spaced is said else 0
    telling = [word[:_STEM_BYTES] for word in each[:MOST_WORDS] if len(word) > least]
    pairs = _smallest(list(map(crc32, telling[1:], map(crc32, telling))))  # a word's hash, continued with the next word
    return bytes([SKETCH_VERSION]) + pack(f">{len(pairs)}I", *pairs)


def _smallest(hashed: Sequence[int]) -> list[int]:
    """The smallest of some hashes, in order, each once; of many, only those that are small enough are sorted."""
    few = 4 * SKETCH_SIZE
    if len(hashed) > few:
        most = (few << 31) // len(hashed)  # half of `few` are below it, give or take a handful
        if len(below := {it for it in hashed if it < most}) >= SKETCH_SIZE:
            return sorted(below)[:SKETCH_SIZE]
    return sorted(set(hashed))[:SKETCH_SIZE]


def _least(said: bytes) -> int:
    """The number of bytes of a word of four letters in a folded text's script; such a word says little by itself."""
    sample = said[:_SAMPLE]
    return 8 if 2 * len(sample.translate(None, _ASCII)) > len(sample) else 4


def _spaced(said: bytes) -> bytes:
    """A folded text with spaces around each letter of a script without spaces between words."""
    sample = said[:_SAMPLE]
    # The first check passes nearly every European text, the second one those that contain another foreign sign.
    if not sample.translate(None, _BELOW_UNSPACED) or not _UNSPACED.search(sample.decode("utf-8", "replace")):
        return said
    return " ".join(_UNSPACED.split(said.decode("utf-8", "replace"))).encode("utf-8", "surrogatepass")


def hashes(sketched: bytes) -> tuple[int, ...]:
    """The hashes in a sketch; none if the sketch is of another version."""
    if sketched[:1] != bytes([SKETCH_VERSION]):
        return ()
    return unpack(f">{len(sketched) // 4}I", sketched[1:])


def figures(text: str) -> list[str]:
    """The numbers in a text, with repetitions, as written except for the sign before their fractions."""
    return [it.replace(",", ".") for it in _FIGURE.findall(_seen(text))]


def count_of(word: str) -> str:
    """The number or day of the week that a word, as `words` gives it, means; empty if it means none."""
    return _COUNTS.get(word, "") if word.isalpha() else "".join(filter(str.isdigit, word))


@lru_cache(maxsize=16)
def counts(text: str) -> frozenset[str]:
    """The numbers in a text, also those written in words, and the days of the week."""
    return frozenset([*figures(text), *(_COUNTS[it] for it in words(text) if it in _COUNTS)])


def names(text: str) -> list[str]:
    """The words with a capital letter inside a sentence (mostly names), folded and cut to stems."""
    found = _NAME.findall(_seen(text))
    return [it.casefold().replace("ё", "е")[:_STEM] for it in found if it[0].isupper()]


@lru_cache(maxsize=4)
def _seen(text: str) -> str:
    """The part of a text that is looked at, without invisible characters, such as a soft hyphen inside a word."""
    shown = text[:_MOST_CHARACTERS]
    return shown if shown.replace("\n", "").isprintable() else _HIDDEN.sub("", shown)


def covered(one: Sequence[str], other: Sequence[str]) -> tuple[list[bool], list[bool]]:
    """For each word of two texts, whether the other text has it beside the same neighbour, before or behind it."""
    here, there = list(pairwise(one)), list(pairwise(other))
    both = set(here).intersection(there)
    return _beside(here, both)[: len(one)], _beside(there, both)[: len(other)]


def _beside(pairs: Sequence[tuple[str, str]], shared: AbstractSet[tuple[str, str]]) -> list[bool]:
    found = list(map(shared.__contains__, pairs))
    return list(map(or_, [False, *found], [*found, False]))
