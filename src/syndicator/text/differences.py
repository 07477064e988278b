"""Where two texts differ, word by word, told in a few lines: for a person who wonders why they are held for one."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from syndicator.model.noun import Noun

WORDS = 2000
"""So many of a text are compared: the time grows with their square."""
AROUND = 4
"""So many words stand before and after what differs."""
_CLOSE = 2
_LONGEST = 12
"""So many words of what differs are shown."""


class Difference(Noun):
    """A place where two texts differ.

    Attributes:
        before: The words that both have in front of it.
        gone: What only the first has there.
        come: What only the second has there.
        after: The words that both have behind it.
    """

    before: str
    gone: str
    come: str
    after: str


class Comparison(Noun):
    """Two texts, side by side.

    Attributes:
        shared: Words that both have, in the same order.
        words: Of the longer one.
        places: Where they differ, in order; as many as were asked for.
        more: How many further places there are.
        cut: Whether only the beginning of a text was compared.
    """

    shared: int
    words: int
    places: tuple[Difference, ...]
    more: int
    cut: bool


def compare(one: str, other: str, limit: int) -> Comparison:
    """How two texts differ.

    Args:
        one: The first.
        other: The second.
        limit: Places that are shown at most.
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
    """Where they differ, in the first and in the second; what is but a word or two apart is one place."""
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
    """The word as it is compared: signs around it, capitals and «ё» do not count."""
    return word.strip(".,;:!?…«»„“”\"'()–—-").casefold().replace("ё", "е")


def _short(words: Sequence[str]) -> str:
    if len(words) <= _LONGEST:
        return " ".join(words)
    half = _LONGEST // 2
    return f"{' '.join(words[:half])} … ({len(words) - 2 * half} words) … {' '.join(words[-half:])}"
