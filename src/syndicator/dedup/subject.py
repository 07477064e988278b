"""Whether the headlines of two similar texts name what both texts share, or what each text has alone.

A crude extractor takes a whole page for an article: menus, lists of other stories and notices included. Two stories of
one site then share all that, and each has its own text in the middle. One story at two sites is the shared part, and
each page has its own site's text around it. The texts alone do not tell these two cases apart. The headlines do: they
name what is in the text of the story.

A template may also be filled in with plain words: the same cake with pears for apples, the same post for a cook and a
nurse. An editor changes words, too, but what a template is filled in with stands in the headline as well.
"""

from collections.abc import Sequence
from itertools import compress, groupby
from operator import not_

from syndicator.dedup.compared import Pair, Side
from syndicator.dedup.slots import WIDEST, places_of
from syndicator.text.likeness import FEWEST_WORDS, words

TWICE = 2
"""The least places in which a template names what it is filled in with."""
MOST = 0.5
"""The least share of the places where two texts of one template differ that have these words.

Whoever edits a text and its headline changes other words as well."""
SENTENCE = 4
"""So many words in a row that only one of the texts has are a statement of its own, not the trace of an edit."""
_ROOT = 4  # first letters by which words are compared: a headline may have a word in another case than the text


def elsewhere(pair: Pair) -> bool:
    """Whether two headlines name something else than what their texts share.

    If each text has a long passage of its own, headlines that do not name the shared part more than the rest, or
    missing headlines, are enough: nothing shows that the shared part is more than menus and notices. If each has only a
    sentence of its own, both headlines must name that sentence.
    """
    sides = pair.short, pair.long
    runs = [_own_runs(it.shared) for it in sides]
    if any(max(it, default=0) < SENTENCE for it in runs):  # true of most copies
        return False
    spoken = list(map(_speaks, sides))
    texts = [sum(run for run in it if run > WIDEST) for it in runs]
    return max(spoken) < 0 or (sum(spoken) <= 0 and min(texts) >= FEWEST_WORDS)


def speaks_of_its_own(side: Side) -> bool:
    """Whether a text's headline names what only this text has rather than what is shared."""
    return _speaks(side) < 0


def exchanged(pair: Pair, *, once: bool = False) -> tuple[str, str] | None:
    """Find a word of each headline, where one replaces the other in half of the places in which the texts differ.

    Neither word is in the other article's text or headline.

    Args:
        pair: The two texts.
        once: Whether one such place is enough, however many other places there are.

    Returns:
        The word of the shorter text's headline and the word that replaces it; None if there are none.
    """
    text, other_text = pair.short.words, pair.long.words
    named, other_named = words(pair.short.content.title), words(pair.long.content.title)
    here, there = _roots(named), _roots(other_named)
    if here <= there or there <= here or _opens(named, text) or _opens(other_named, other_text):  # as in most copies
        return None
    ours, theirs = here - there - _roots(other_text), there - here - _roots(text)
    if ours and theirs:
        places = list(places_of(pair))
        found = [
            (mine[0], its[0])
            for said, instead in places
            if (mine := _rooted(said, ours)) and (its := _rooted(instead, theirs))
        ]
        if found and (once or (len(found) >= TWICE and len(found) >= MOST * len(places))):
            return found[0]
    return None


def _opens(title: Sequence[str], text: Sequence[str]) -> bool:
    """Whether a headline repeats its text's first words, and so adds no evidence; its last word may be cut off."""
    return title[:-1] == text[: len(title) - 1]


def _rooted(said: Sequence[str], roots: set[str]) -> list[str]:
    return [word for word in said if word[:_ROOT] in roots]


def _roots(said: Sequence[str]) -> set[str]:
    return {word[:_ROOT] for word in said}


def _own_runs(shared: Sequence[bool]) -> list[int]:
    """The number of words of each passage that only this text has."""
    return [len(list(run)) for is_shared, run in groupby(shared) if not is_shared]


def _speaks(side: Side) -> int:
    """Measure how much more a headline names the shared part of its text than the rest.

    The result is a number of letters, because a short word says little; negative means that the headline names the rest
    more. Words that are in both parts do not count.
    """
    here, own = set(compress(side.words, side.shared)), set(compress(side.words, map(not_, side.shared)))
    named = set(words(side.content.title))
    return sum(map(len, named & here - own)) - sum(map(len, named & own - here))
