"""What two like texts are about, by their headlines: what both share, or what each has for itself.

A crude extractor takes a whole page for an article: menus, lists of other stories, notices and all. Two stories of one
site share these, and each has its own in the middle; one story at two sites is what both share, and each has its site's
own round it. In their words the two cases are alike. What a headline speaks of is not: it is in what the one story is
told with.

And a form may be filled in with plain words: the same cake with pears for apples, the same post for a cook and a nurse.
So does an editor change words; but what a form is filled in with stands in its headline, too.
"""

from collections.abc import Sequence
from itertools import compress, groupby
from operator import not_

from syndicator.dedup.compared import Pair, Side
from syndicator.dedup.slots import WIDEST, places_of
from syndicator.text.likeness import FEWEST_WORDS, words

TWICE = 2
"""Places: a form names what it is filled in with more than once …"""
MOST = 0.5
"""… and differs in little else: who edits a text and its headline changes other words as well."""
SENTENCE = 4
"""Words: so many in a row that only one of the texts has are said, not edited."""
_ROOT = 4  # letters at the beginning: a headline has a word in another case than the text


def elsewhere(pair: Pair) -> bool:
    """Whether two headlines do not speak of what their texts share.

    If each has a text for itself, a headline that says nothing of the text, or none, is enough: nothing shows that what
    they share is more than furniture. If it is only a sentence that each has, both headlines must speak of that.
    """
    sides = pair.short, pair.long
    runs = [_own_runs(it.shared) for it in sides]
    if any(max(it, default=0) < SENTENCE for it in runs):  # as in most copies
        return False
    spoken = list(map(_speaks, sides))
    texts = [sum(run for run in it if run > WIDEST) for it in runs]
    return max(spoken) < 0 or (sum(spoken) <= 0 and min(texts) >= FEWEST_WORDS)


def speaks_of_its_own(side: Side) -> bool:
    """Whether a text's headline speaks rather of what only this text has."""
    return _speaks(side) < 0


def exchanged(pair: Pair, *, once: bool = False) -> tuple[str, str] | None:
    """A word of each headline, if one has the place of the other in the texts, in half of all places where they differ.

    Neither is in the other's text or headline.

    Args:
        pair: The two texts.
        once: Whether one place is enough, however many others there are.
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
    """Whether a headline is a text's first words, and so no evidence beside these; its last word may be cut off."""
    return title[:-1] == text[: len(title) - 1]


def _rooted(said: Sequence[str], roots: set[str]) -> list[str]:
    return [word for word in said if word[:_ROOT] in roots]


def _roots(said: Sequence[str]) -> set[str]:
    return {word[:_ROOT] for word in said}


def _own_runs(shared: Sequence[bool]) -> list[int]:
    """Words of each of a text's own passages."""
    return [len(list(run)) for is_shared, run in groupby(shared) if not is_shared]


def _speaks(side: Side) -> int:
    """How much more of a headline stands in what is shared than in what is not; what is in both says nothing.

    In letters: a short word says little.
    """
    here, own = set(compress(side.words, side.shared)), set(compress(side.words, map(not_, side.shared)))
    named = set(words(side.content.title))
    return sum(map(len, named & here - own)) - sum(map(len, named & own - here))
