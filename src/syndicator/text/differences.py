"""Compare two texts word by word, for a person who wonders why they were taken for one story."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from syndicator.model.noun import Noun

WORDS = 2000
"""The most words of a text that are compared: the time grows with the square of their number."""
AROUND = 4
"""How many words are shown before and after a difference."""
_CLOSE = 2
"""Differences with at most so many equal words between them are shown as one."""
_LONGEST = 12
"""The most words of a difference that are shown."""


class Difference(Noun):
    """A place where two texts differ.

    Attributes:
        before: The last words of the first text before this place.
        gone: The words that only the first text has here.
        come: The words that only the second text has here.
        after: The next words of the first text behind this place.
    """

    before: str
    gone: str
    come: str
    after: str


class Comparison(Noun):
    """Two texts, side by side.

    Attributes:
        shared: The number of words that both have, in the same order.
        words: The number of words of the longer text that were compared.
        places: The places where they differ, in order, at most as many as were asked for.
        more: How many further places there are.
        cut: Whether only the beginning of a text was compared.
    """

    shared: int
    words: int
    places: tuple[Difference, ...]
    more: int
    cut: bool


def compare(one: str, other: str, limit: int) -> Comparison:
    """Tell how two texts differ.

    Args:
        one: The first text.
        other: The second text.
        limit: The most places that are given.
    """
    first, second = one.split(), other.split()
    cut = max(len(first), len(second)) > WORDS
    first, second = first[:WORDS], second[:WORDS]
    matcher = SequenceMatcher(None, [_folded(it) for it in first], [_folded(it) for it in second])
    places = list(_places(matcher, first, second))
    return Comparison(
        shared=sum(block.size for block in matcher.get_matching_blocks()),
        words=max(len(first), len(second)),
        places=tuple(places[:limit]),
        more=max(len(places) - limit, 0),
        cut=cut,
    )


def _places(matcher: "SequenceMatcher[str]", first: Sequence[str], second: Sequence[str]) -> Iterator[Difference]:
    for i1, i2, j1, j2 in _spans(matcher):
        yield Difference(
            before=" ".join(first[max(i1 - AROUND, 0) : i1]),
            gone=_short(first[i1:i2]),
            come=_short(second[j1:j2]),
            after=" ".join(first[i2 : i2 + AROUND]),
        )


def _spans(matcher: "SequenceMatcher[str]") -> list[tuple[int, int, int, int]]:
    """The start and end of each difference in the first and in the second text; close ones (`_CLOSE`) are joined."""
    spans: list[tuple[int, int, int, int]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if spans and i1 - spans[-1][1] <= _CLOSE:
            k1, _, l1, _ = spans.pop()
            spans.append((k1, i2, l1, j2))
        else:
            spans.append((i1, i2, j1, j2))
    return spans


def _folded(word: str) -> str:
    """The form in which a word is compared: without signs around it, case-folded, with «е» for «ё»."""
    return word.strip(".,;:!?…«»„“”\"'()–—-").casefold().replace("ё", "е")


def _short(words: Sequence[str]) -> str:
    if len(words) <= _LONGEST:
        return " ".join(words)
    half = _LONGEST // 2
    return f"{' '.join(words[:half])} … ({len(words) - 2 * half} words) … {' '.join(words[-half:])}"
