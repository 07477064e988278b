"""Tell which of six 8-bit encodings Russian text is in, by how often each letter follows each other one."""

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from syndicator.parse.decoding.charsets import LATIN

ENCODINGS = {"cp1251": 2.0, "koi8_r": 1.0, "koi8_u": 0.5, "mac_cyrillic": -2.0, "cp866": -2.0, "iso8859_5": -2.0}
"""Python's names of the encodings, with a bonus for how common each is, as a logarithm."""

_LETTERS = " абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
"""The letters, the space first, in the order of the rows and columns of `_FOLLOWING`."""
_FOLLOWING = """
o865867h876h57656575679ab7bgkjk8da
3f86877d87c76665f9765cc9a8a7oooh86
86d9ge4fed5n86b73m59g4mafig894cdd7
34ic7b4dmb5o97c74c8698mefe9el69lla
65ffg54gik5ma5c82m5fe7hjibfmkjkidm
64e8fa3bae5o96c64b68c6leadcmg88he9
3c96777c99b77664ba555eeab99aoookdd
3ic8abgga9iea753ib683ig9ie8diiiiii
75afg52bej4m9dd49idbj9lmj6lmlmbgfm
5296968fde7m98645m8dg6miidfme6aie9
3b97986gb6957665ba765gc7879boooia7
1ifbf9bmmfhja6a7eie57mgfddaimmmmkd
43h7hf8lae5oe7ga3l6876lgbjdolngehk
64efbd4a9g4o99f94fmac6eklbijo84h55
34c9fl4blg5oc99749dai5ejgfmho6cff7
63egc94egd4oaik64nc787cgbch8m58fd8
3g65668f88977566c8655ddba89coooeca
85lljm5hnk6nc7ka2a3ca7jmddejn9biib
63c9a94d9e4oac983cd985baddagm7aic8
57d7gb6cgi6o558857a738gbeaclf98hd5
45f6id5fli5o9be83d66e8hhgdifj84ifa
3988657k58ca5868e6765hc9d678nnnc6c
62ijgj4gjh4je7dd4j6c858jjjfjjbdhdi
15f8gf9lih7lg9c93h7ba7ihjgflilfeli
53j8fe2kkb3k8fii7ajej8kkckbkk6kkik
94kfmm29gm3m7ci5cmel47mmmh8mmm9fmm
85kbll3all3l66d77baf979jfkllll4lfl
c5lill18ll2lllkaglell8llllllll8lll
7aeeee17eeeeeeee9eeeeeeeeeeeeeeec3
2k95ba5ne9f4865an8976il5g98fnlnnlf
1kacba8di6cn6n95egl58ndlcd7fnnlm78
7jcaabjjhaia6697i8791i9bfj8jjjjgjf
2f4ea6eleafbbcaaid993lhdc6d4llle9h
1jd8b87nb8eb9a88nac95bl9cbf9nnnn8c
""".split()
"""How rare each letter is after each other one, in the order of `_LETTERS`, where the blank is the end of a word.

A row is for the first letter, a digit in it for the second: twice the negative logarithm of the second's share among
the letters that follow, in base 36. Counted over five million characters of Russian prose and manuals.
"""

_NEIGHBOURS = {"і": "и", "ї": "й", "є": "е", "ґ": "г", "ў": "у"}
"""For each letter that only Ukrainian or Belarusian has, a Russian one that stands in similar places."""

_SIGNS = {"«": 3.0, "»": 3.0, "—": 3.0, "\u00a0": 4.0} | dict.fromkeys("–…“”„’", 4.5) | dict.fromkeys("№‘©°§•", 7.0)
"""How rare signs are: the negative logarithm of each one's share where a word ends; of any other sign it is 12."""
_BEFORE_SPACE = frozenset("—–…”»’‘№©°§•")
"""Signs directly behind which no word begins."""

_CHANCE = -3.9
"""The mean log-likelihood of a byte below which a text is not Russian.

Russian has about -2.5, other alphabets have less than -4.
"""

_CHANCE_OF_FEW = -3.0
"""The mean log-likelihood that a few letters must have if a label says that they are Latin.

«åäö ÅÄÖ» would have -3.1 as Russian.
"""

_NARROW = re.compile(rb"[\x00-\x7f]+")
"""A run of ASCII, which counts as one blank."""
_SAMPLE = 2000
"""The most bytes of a text that are looked at, after runs of ASCII have become blanks."""
_FEW = 24
"""The number of bytes below which a text has only a few letters."""


def likeliest(sample: bytes, declared: list[str]) -> str:
    """Name the Cyrillic encoding of 8-bit text.

    Args:
        sample: The text, or the beginning of it: the first 2,000 bytes count, a run of ASCII as one.
        declared: Encodings that labels name; the first one gets the greatest bonus, which a few words can outweigh.

    Returns:
        A name from `ENCODINGS`, or empty if the text reads as Russian in none.
    """
    squeezed = b" " + _NARROW.sub(b" ", sample)[:_SAMPLE].strip() + b" "
    tally = Counter(pairwise(squeezed))
    scores = {name: _score(tally, table) + ENCODINGS[name] for name, table in _TABLES.items()}
    for credit, name in zip((6.0, 3.0), declared, strict=False):
        if name in scores:
            scores[name] += credit
    best = max(scores, key=lambda name: scores[name])
    doubtful = len(squeezed) < _FEW and not LATIN.isdisjoint(declared)
    return best if scores[best] / len(squeezed) > (_CHANCE_OF_FEW if doubtful else _CHANCE) else ""


def _score(tally: Counter[tuple[int, int]], table: str) -> float:
    return sum(times * _weigh(table[first], table[second]) for (first, second), times in tally.items())


@lru_cache(maxsize=65_536)
def _weigh(before: str, letter: str) -> float:
    """Give the logarithm of how likely the character `letter` is after the character `before`."""
    previous = _PLACES.get(before.lower(), 0)
    place = _PLACES.get(letter.lower())
    if place is None:
        return -_RARITY[previous][0] - _SIGNS.get(letter, 12.0)
    if letter == " " and not previous:
        return 0.0
    score = -_RARITY[previous][place]
    low = letter.lower()
    if low in _NEIGHBOURS:
        score -= 3.0
    if letter != low:  # capitals begin words, or make up whole ones
        return score - (7.0 if before.islower() else 0.4)
    return score - (5.0 if before in _BEFORE_SPACE else 0.0)


_PLACES = {letter: place for place, letter in enumerate(_LETTERS)}
_PLACES |= {letter: _PLACES[russian] for letter, russian in _NEIGHBOURS.items()}
_RARITY = [[int(digit, 36) / 2 for digit in row] for row in _FOLLOWING]
_TABLES = {name: bytes(range(256)).decode(name, "replace") for name in ENCODINGS}
"""The character of each byte, by the encoding's name."""
