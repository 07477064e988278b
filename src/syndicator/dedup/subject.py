"""Whether what two like texts share is their story, or what their sites write round every story: by their headlines.

A crude extractor takes a whole page for an article: menus, lists of other stories, notices and all. Two stories of one
site share these, and each has its own in the middle; one story at two sites is what both share, and each has its site's
own round it. In their words the two cases are alike. What a headline speaks of is not: it is in what the one story is
told with.
"""

from collections.abc import Sequence
from itertools import compress, groupby
from operator import not_

from syndicator.dedup.slots import WIDEST
from syndicator.text.likeness import FEWEST_WORDS, words

Told = tuple[str, Sequence[str], Sequence[bool]]
"""A headline; its text's words; and for each whether it stands in the other text beside the same neighbour."""


def elsewhere(one: Told, other: Told) -> bool:
    """Whether two texts have a text each for themselves, and their headlines do not speak of what they share.

    Without a headline, or with one that says nothing of the text, nothing shows that it is more than furniture.
    """
    return all(_own(shared) >= FEWEST_WORDS for _, _, shared in (one, other)) and _speaks(*one) + _speaks(*other) <= 0


def _own(shared: Sequence[bool]) -> int:
    """Words of a text's own passages: what is no longer than a place of `slots` is an edited one."""
    lengths = (len(list(run)) for is_shared, run in groupby(shared) if not is_shared)
    return sum(length for length in lengths if length > WIDEST)


def _speaks(title: str, text: Sequence[str], shared: Sequence[bool]) -> int:
    """How many more of a headline's words stand in what is shared than in what is not; what is in both says nothing."""
    here, own = set(compress(text, shared)), set(compress(text, map(not_, shared)))
    named = set(words(title))
    return len(named & here - own) - len(named & own - here)
