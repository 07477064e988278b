"""What stands in one place of two like texts, and is another in each: so do the items of one form, and a correction.

Who edits a text puts words for words, and leaves its numbers and names. One of these in the place of another, between
the same two words, says more than one that only one of the texts has: it may have been left out.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from syndicator.dedup.compared import Pair, Side
from syndicator.text.likeness import count_of

MOST_REFILLED = 0.33
"""Share of the places where two texts differ that may have another number or name: a copy differs in words as well …"""
MOST_NOUNS = 0.5
"""… or noun, where these have capital letters: an editor puts nouns for nouns …"""
WORDS = 70
"""… and a form has at least one in so many words, unless nothing else differs …"""
FEWEST = 2
"""… and never fewer; but in a text of fewer words than the next, one number is enough."""
SHORT = 100
WIDEST = 8
"""Words of a place: of what is longer, nobody knows what stands for what."""

_SAME_NAME = 3  # letters at the beginning: so many are the name in another case or spelling, and all of an abbreviation

Place = tuple[str, str]
"""The words before and behind it."""


def refilled(pair: Pair, names: AbstractSet[str], most: float) -> list[tuple[str, str]]:
    """Numbers and names that stand in the place of others, if there are as many of them as in a form; else nothing.

    Args:
        pair: The two texts.
        names: Those of both, cut like the words.
        most: Share of the places that may have them.
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
    """What each of two texts has between the same two words, where the other has other words."""
    there = dict(_places(pair.long))
    for place, ours in _places(pair.short):
        if place in there:
            yield ours, there[place]


def _places(side: Side) -> Iterator[tuple[Place, Sequence[str]]]:
    """Where a text has words of its own, and these."""
    framed, flags = ["", *side.words, ""], bytes([*side.shared, True])
    end = 0
    while (start := flags.find(False, end)) >= 0:
        end = flags.find(True, start)
        if end - start <= WIDEST:
            yield (framed[start], framed[end + 1]), side.words[start:end]


def _numbers(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, str]]:
    """Those of one kind: a date for a day of the week may be the same day."""
    here, there = ([count for it in words if (count := count_of(it))] for words in (ours, theirs))
    return [(one, other) for one, other in _instead(here, there) if one.isalpha() == other.isalpha()]


def _names(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, str]]:
    here, there = ([it for it in words if len(it) > _SAME_NAME and not count_of(it)] for words in (ours, theirs))
    return [(one, other) for one, other in _instead(here, there) if one[:_SAME_NAME] != other[:_SAME_NAME]]


def _instead(here: Sequence[str], there: Sequence[str]) -> list[tuple[str, str]]:
    ours, theirs = [it for it in here if it not in there], [it for it in there if it not in here]
    return list(zip(ours, theirs, strict=False))
