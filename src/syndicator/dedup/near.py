"""Whether two texts are nearly the same: told from the texts, once their sketches have brought them together.

What counts is how much of each text stands in the other one, word beside word. Measured on 338 texts, which are 47
pages as seven programs extracted them: of the shorter text at least 77 % in 99 pairs of 100 of one page, and at most
27 % in any pair of two pages. Between the two lie copies whose words were changed, and stories that share a quotation;
these are told apart by where it is: a copy is covered all over.

Then what speaks against it: other numbers and names inside like words, as forms have them (`forms`); days between them;
a link to the other one, as comments and excerpts have it. Two stories too many are better than one too few.
"""

from collections.abc import Sequence
from itertools import pairwise

from syndicator.dedup.compared import LONG, SHORT, Content, Pair, share
from syndicator.dedup.forms import differs, each_own, headlines_differ, speaks_elsewhere
from syndicator.dedup.subject import SENTENCE, speaks_of_its_own
from syndicator.model.noun import Noun, replace
from syndicator.text.headlines import SEPARATORS
from syndicator.text.keys import title_key
from syndicator.text.likeness import FEWEST_WORDS, figures, words
from syndicator.text.urls import canonical

ENOUGH = 0.5
"""Share of the shorter text's words that stand in the longer one, at least …"""
ENOUGH_OF_LONGER = 0.3
"""… and of the longer one's in the shorter, under one headline …"""
ENOUGH_OF_OTHER = 0.55
"""… and under another: a roundup of two stories is neither …"""
ENOUGH_OF_PART = 0.3
"""… and in each fifth of the shorter text but one."""
LIKE_LENGTHS = 0.5
"""A text of fewer words than this share of the other's is an excerpt, and needs more."""
ENOUGH_OF_EXCERPT = 0.85
WHOLE = 0.95
"""Of `LONG` words, this share is the whole text."""
ENOUGH_OF_SHORT = 0.85
LEAD = 10
"""Words at the beginning, where the news is …"""
ENOUGH_OF_LEAD = 0.7
"""… and the share of them that stands in the other text if that has the same news."""
DATELINE = 8
"""Words before it, which only one of the texts may have."""
OPENING = 25
"""Words at the beginning, where a comment stands …"""
ENOUGH_OF_OPENING = 0.9
"""… and the share of them that stands in the other text if it is none."""
ENOUGH_OF_RETOLD = 0.7

_PARTS = 5


class Likeness(Noun):
    """How alike two texts are.

    Attributes:
        shorter: Share of the shorter text's words that stand in the longer one beside the same neighbour.
        longer: Of the longer text's words, likewise.
        against: What speaks against their being one, for a person; empty: nothing.
    """

    shorter: float
    longer: float
    against: str = ""

    @property
    def holds(self) -> bool:
        """Whether they are nearly the same."""
        return not self.against


def compare(one: Content, other: Content, *, same_address: bool = False) -> Likeness:
    """Tell how alike two articles' texts are, in whatever order.

    With one address a teaser is enough, and so is a headline with something behind it, as search engines have it.
    """
    pair = Pair.of(*(_headed_alike(one, other) if same_address else (one, other)))
    against = (
        _too_little(pair, 1 if same_address else FEWEST_WORDS)
        or _begins_otherwise(pair)
        or _excerpt(pair)
        or differs(pair)
        or speaks_elsewhere(pair)
    )
    return Likeness(shorter=pair.short.share, longer=pair.long.share, against=against)


def differ_at_once(one: Content, other: Content) -> bool:
    """Whether a look at their headlines and vocabularies shows that `compare` will not hold, as for most it does not.

    A tenth of its work: words that are not in the other text at all stand beside nothing in it.
    """
    if each_own(set(figures(one.title)), set(figures(other.title))) and headlines_differ(one, other):
        return True
    few, many = sorted((words(one.text), words(other.text)), key=len)
    return sum(map(set(many).__contains__, few)) < ENOUGH * len(few)


def _headed_alike(one: Content, other: Content) -> tuple[Content, Content]:
    """The two with the shorter headline, where the longer one is that with a site's name behind it."""
    short, long = sorted((one.title, other.title), key=len)
    tail = long[len(short) :]
    if short and long.startswith(short) and tail[:1].isspace() and tail.strip()[:1] in SEPARATORS:
        return replace(one, title=short), replace(other, title=short)
    return one, other


def _too_little(pair: Pair, fewest: int) -> str:
    flags = pair.short.shared
    if len(flags) < fewest:
        return "one of the texts is too short"
    if pair.short.share < (ENOUGH_OF_SHORT if len(flags) < SHORT else ENOUGH):
        return "their words differ too much"
    ends = [len(flags) * part // _PARTS for part in range(_PARTS + 1)]
    parts = sorted(share(flags[start:end]) for start, end in pairwise(ends))
    if parts[1] < ENOUGH_OF_PART:
        return "they share a passage, not the whole"
    enough = ENOUGH_OF_LONGER if _same_title(pair) else ENOUGH_OF_OTHER
    if pair.ratio >= LIKE_LENGTHS and pair.long.share < enough:
        return "most of the longer text is its own"
    return ""


def _begins_otherwise(pair: Pair) -> str:
    """What speaks against texts that begin with words of their own: the rest may be what their sources always say.

    A story that tells another one once more at its end begins with news, too. A like headline speaks for them. Without
    one, nothing shows that what both have before it are datelines.
    """
    if _like_titles(pair) or _whole(pair):
        return ""
    if pair.is_untitled and not any(True in it.shared[:SENTENCE] for it in (pair.short, pair.long)):
        return "they begin with different news"
    short, long = (_opens_alike(it.shared) for it in (pair.short, pair.long))
    has_news = any(not opens and speaks_of_its_own(it) for opens, it in ((short, pair.short), (long, pair.long)))
    if not has_news and (long or (short and pair.long.share >= ENOUGH_OF_RETOLD)):
        return ""
    return "one only repeats the other's news" if short or long else "they begin with different news"


def _opens_alike(flags: Sequence[bool]) -> bool:
    start = flags.index(True) if True in flags[:DATELINE] else 0
    return max(share(flags[:LEAD]), share(flags[start : start + LEAD])) >= ENOUGH_OF_LEAD


def _excerpt(pair: Pair) -> str:
    """What speaks against a text that comments on the other, quotes it, or is a part of it."""
    for own, other in ((pair.short, pair.long.content.url), (pair.long, pair.short.content.url)):
        if share(own.shared[:OPENING]) < ENOUGH_OF_OPENING and other and other in map(canonical, own.content.links):
            return "one links to the other, and comments on it"
    if pair.ratio >= LIKE_LENGTHS:
        return ""
    if pair.short.share < ENOUGH_OF_EXCERPT or not (_same_title(pair) or _whole(pair)):
        return "one is much shorter, and may only quote the other"
    return ""


def _whole(pair: Pair) -> bool:
    """Whether a text stands whole inside the other where a headline is missing that could say more."""
    return pair.is_untitled and len(pair.short.words) >= LONG and pair.short.share >= WHOLE


def _like_titles(pair: Pair) -> bool:
    """Whether half the words of one headline stand in the other."""
    here, there = (set(words(it.content.title)) for it in (pair.short, pair.long))
    return bool(here and there) and 2 * len(here & there) >= min(len(here), len(there))


def _same_title(pair: Pair) -> bool:
    key = title_key(pair.short.content.title)
    return bool(key) and key == title_key(pair.long.content.title)
