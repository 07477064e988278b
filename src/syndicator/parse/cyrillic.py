"""Which of six 8-bit encodings Russian text is written in, by the habits of its letters."""

import math
import re
from collections import Counter
from itertools import pairwise

ENCODINGS = {"cp1251": 2.0, "koi8_r": 1.0, "koi8_u": 0.5, "mac_cyrillic": 0.0, "cp866": -2.0, "iso8859_5": -2.0}
"""Python's names, with how likely each is before anything is seen, as a logarithm."""

_FREQUENCIES = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёієїґў",
        (
            *(109, 84, 80, 73, 67, 62, 54, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12),
            *(10, 9, 7, 6, 5, 4, 3, 3, 1, 2, 4, 1, 1, 0.1, 0.1),
        ),
        strict=True,
    )
)
"""Letters of Russian by the thousand, with the Ukrainian and Belarusian ones behind."""

_COMMON_PAIRS = """
    ст но то на ен ко ра ов ро ни по пр ре ос ер не ет ли од во ор ал от го та ка ел ан ть ес ва ол ле ла ны те ом ло
    де ит ин он ве ог об ри ие ск ми ат ис ия ии ой нн ль тр ча бы мо ме за до ед ви ди ки ее ав ил ар ам да же св ас
    се ся ый ых ем их со сь ма из ти сл ег жи чт ши ев ак ик ке ну ру му ду вы ус аз ог гр др кр бо бе ве же ча ще щи
    ци ла лю ля ня мя нт нд ют ят ут ую ая яя ое ее рт рс вс сп пе па пи ки ха хо ше эт юд ав аю ью ье ъе ым ом
"""
_PAIRS = frozenset(_COMMON_PAIRS.split())
"""Pairs of letters that make up more than half of all pairs in Russian."""

_CHANCE = -4.0
"""Log-likelihood of a byte below which a text is no Russian; Russian has about -3, other languages below -4."""

_NARROW = re.compile(rb"[\x00-\x7f]+")
_SAMPLE = 2000


def likeliest(sample: bytes, declared: list[str]) -> str:
    """Name the Cyrillic encoding of 8-bit text.

    Args:
        sample: The text, or enough of it: the first 2,000 bytes beyond ASCII count.
        declared: Encodings that somebody says it is in; the first is given most credit, a few words can outweigh it.

    Returns:
        A name from `ENCODINGS`, or empty if the text reads as Russian in none.
    """
    squeezed = b" " + _NARROW.sub(b" ", sample)[:_SAMPLE] + b" "
    tally = Counter(pairwise(squeezed))
    scores = {name: _score(tally, table) + ENCODINGS[name] for name, table in _TABLES.items()}
    for credit, name in zip((5.0, 2.5), declared, strict=False):
        if name in scores:
            scores[name] += credit
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] / len(squeezed) > _CHANCE else ""


def _score(tally: Counter[tuple[int, int]], table: str) -> float:
    return sum(times * _weigh(table[first], table[second]) for (first, second), times in tally.items())


def _weigh(before: str, letter: str) -> float:
    """The logarithm of how likely a character is after another."""
    if letter == " ":
        return 0.0
    low = letter.lower()
    if low not in _FREQUENCIES:
        return -4.5 if letter in "«»—–…“”„№\u00a0’‘©°§•" else -12.0
    score = math.log(_FREQUENCIES[low] / 1000)
    if letter != low:  # capitals begin words, or make up whole ones
        score -= 4.0 if before.islower() else 0.4
    if before.lower() in _FREQUENCIES:
        return score + (0.5 if before.lower() + low in _PAIRS else -0.7)
    return score - 4.0 if low in "ъьы" else score


_TABLES = {name: bytes(range(256)).decode(name, "replace") for name in ENCODINGS}
