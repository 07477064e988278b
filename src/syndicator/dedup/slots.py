"""The places where two similar texts have different words, as texts of one template and corrections have.

An editor replaces words with words, and leaves numbers and names. A number or name that stands in the place of another,
between the same two words, is stronger evidence than one that only one of the texts has, for that may have been left
out of the other.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from syndicator.dedup.compared import Pair, Side
from syndicator.text.likeness import count_of

MOST_REFILLED = 0.33
"""The largest share of the places where two copies differ that may have another number or name.

A copy differs in other words as well."""
MOST_NOUNS = 0.5
"""The value that takes the place of `MOST_REFILLED` where nouns have capital letters and count as names.

It is higher because an editor replaces nouns with nouns."""
WORDS = 70
"""Two texts of one template differ in at least one number or name per so many words, unless nothing else differs."""
FEWEST = 2
"""The least numbers and names in which two texts of one template differ, whatever their length."""
SHORT = 100
"""In a text of fewer words than this, a single number that differs is enough for a template."""
WIDEST = 8
"""The most words of a place; in a longer one, nobody can tell which word replaces which."""

_SAME_NAME = 3  # first letters that are the same in a name's other cases and spellings; shorter words are abbreviations

Place = tuple[str, str]
"""The words before and after a place."""


def refilled(pair: Pair, names: AbstractSet[str], most: float) -> list[tuple[str, str]]:
    """Find numbers and names that stand in the place of others, if there are as many as in two texts of one template.

    Args:
        pair: The two texts.
        names: The numbers and names of both texts, cut as the words are.
        most: The largest share of the places that may have them in a copy.

    Returns:
        Pairs of what stands in the one text and in the other; empty if there are too few.
    """
    numbers, named = set[tuple[str, str]](), set[tuple[str, str]]()
    places = changed = 0
    for ours, theirs in places_of(pair):
        places += 1
        if here := [it for it in ours if it in names or count_of(it)]:
            there = [it for it in theirs if it in names or count_of(it)]
            in_numbers, in_names = _numbers(here, there), _names(here, there)
            numbers.update(in_numbers)
            named.update(in_names)
            changed += bool(in_numbers or in_names)
    enough = FEWEST if changed == places else max(FEWEST, len(pair.short.words) / WORDS)
    found = sorted(numbers) + sorted(named)
    is_form = len(found) >= enough or (numbers and len(pair.short.words) < SHORT)
    return found if is_form and changed > most * places else []


def places_of(pair: Pair) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """For each place where two texts differ between the same two words, give the words of the one and of the other."""
    there = dict(_places(pair.long))
    for place, ours in _places(pair.short):
        if place in there:
            yield ours, there[place]


def _places(side: Side) -> Iterator[tuple[Place, Sequence[str]]]:
    """The places where a text has words of its own, each with these words."""
    framed, flags = ["", *side.words, ""], bytes([*side.shared, True])
    end = 0
    while (start := flags.find(False, end)) >= 0:
        end = flags.find(True, start)
        if end - start <= WIDEST:
            yield (framed[start], framed[end + 1]), side.words[start:end]


def _numbers(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of numbers of one kind; a date in the place of a day of the week may be the same day."""
    here, there = ([count for it in words if (count := count_of(it))] for words in (ours, theirs))
    return [(one, other) for one, other in _instead(here, there) if one.isalpha() == other.isalpha()]


def _names(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, str]]:
    here, there = ([it for it in words if len(it) > _SAME_NAME and not count_of(it)] for words in (ours, theirs))
    return [(one, other) for one, other in _instead(here, there) if one[:_SAME_NAME] != other[:_SAME_NAME]]


def _instead(here: Sequence[str], there: Sequence[str]) -> list[tuple[str, str]]:
    ours, theirs = [it for it in here if it not in there], [it for it in there if it not in here]
    return list(zip(ours, theirs, strict=False))
