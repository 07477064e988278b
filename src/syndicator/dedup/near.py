"""Whether two texts are nearly the same: compares whole texts whose sketches have shown that they share words.

The measure is the share of each text's words that stand in the other text beside the same neighbouring word. It was
measured on 338 texts, which seven programs extracted from 47 pages. For two texts of one page, the share of the shorter
text was at least 77 % in 99 pairs of 100; for texts of two pages it was never above 27 %. Edited copies, and stories
that share a quotation, lie between these values. What tells them apart is where the shared words are: in a copy, they
are in all parts of the text.

Then evidence against a copy is looked for: other numbers and names within the same words, as in two texts of one
template (`forms`); days between the dates; a link to the other article, as comments and excerpts have it. Two stories
too many are better than one too few.
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
"""The least share of the shorter text's words that must stand in the longer text."""
ENOUGH_OF_LONGER = 0.3
"""For like lengths and the same headline, the least share of the longer text's words that must be in the shorter."""
ENOUGH_OF_OTHER = 0.55
"""For like lengths and other headlines, the least share of the longer text's words that must be in the shorter.

It is above one half because a roundup of two stories is a copy of neither."""
ENOUGH_OF_PART = 0.3
"""The least share of shared words in each fifth of the shorter text, one fifth excepted."""
LIKE_LENGTHS = 0.5
"""A text whose number of words is below this share of the other's is taken for an excerpt, and must share more."""
ENOUGH_OF_EXCERPT = 0.85
"""The least share of an excerpt's words that must stand in the longer text."""
WHOLE = 0.95
"""A text of at least `LONG` words with this share of shared words stands as a whole inside the other text."""
ENOUGH_OF_SHORT = 0.85
"""The least share of shared words in a text of fewer than `SHORT` words; it takes the place of `ENOUGH`."""
LEAD = 10
"""Number of words at the beginning of a text that are taken for its lead, which has the news."""
ENOUGH_OF_LEAD = 0.7
"""The least share of the lead's words that stand in the other text if both have the same news."""
DATELINE = 8
"""The most words of a dateline, which may stand before the lead in only one of the texts."""
OPENING = 25
"""Number of words at the beginning of a text in which a comment on another article would be."""
ENOUGH_OF_OPENING = 0.9
"""The least share of the opening's words that stand in the other text if the opening is no comment on it."""
ENOUGH_OF_RETOLD = 0.7
"""The least share of the longer text's words that must be shared if only the shorter text's lead is."""

_PARTS = 5  # equal parts of the shorter text in which shared words are counted


class Likeness(Noun):
    """How alike two texts are.

    Attributes:
        shorter: Share of the shorter text's words that stand in the longer text beside the same neighbouring word.
        longer: Share of the longer text's words that stand in the shorter text beside the same neighbouring word.
        against: Why they are not nearly the same, in words for people; empty if they are.
    """

    shorter: float
    longer: float
    against: str = ""

    @property
    def holds(self) -> bool:
        """Whether they are nearly the same."""
        return not self.against


def compare(one: Content, other: Content, *, same_address: bool = False) -> Likeness:
    """Compare two articles' texts; the order of the two has no meaning.

    If both have the same address, a text of any length is enough, and one headline may have a site's name behind it, as
    in search engines.
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
    """Whether headlines and vocabularies alone show that `compare` will not hold, as for most pairs it does not.

    This takes a tenth of the time of `compare`. It is sure, because a word that is not in the other text at all cannot
    stand beside the same neighbour there.
    """
    if each_own(set(figures(one.title)), set(figures(other.title))) and headlines_differ(one, other):
        return True
    few, many = sorted((words(one.text), words(other.text)), key=len)
    return sum(map(set(many).__contains__, few)) < ENOUGH * len(few)


def _headed_alike(one: Content, other: Content) -> tuple[Content, Content]:
    """Give both the shorter headline if the longer one is the shorter one with a site's name behind it."""
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
    """Say why two texts that begin differently are not one; empty if nothing speaks against it.

    If both begin with words of their own, what they share may be what their sources always say. And a text that begins
    with other news may only retell the other story at its end. Similar headlines are evidence for one story. If a
    headline is missing, nothing shows that the words before a shared lead are only a dateline.
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
    """Say whether one text comments on the other, quotes it, or is only a part of it; empty if not."""
    for own, other in ((pair.short, pair.long.content.url), (pair.long, pair.short.content.url)):
        if share(own.shared[:OPENING]) < ENOUGH_OF_OPENING and other and other in map(canonical, own.content.links):
            return "one links to the other, and comments on it"
    if pair.ratio >= LIKE_LENGTHS:
        return ""
    if pair.short.share < ENOUGH_OF_EXCERPT or not (_same_title(pair) or _whole(pair)):
        return "one is much shorter, and may only quote the other"
    return ""


def _whole(pair: Pair) -> bool:
    """Whether a long text stands as a whole inside the other and a headline is missing, which could say more."""
    return pair.is_untitled and len(pair.short.words) >= LONG and pair.short.share >= WHOLE


def _like_titles(pair: Pair) -> bool:
    """Whether at least half the words of the headline with fewer words stand in the other headline."""
    here, there = (set(words(it.content.title)) for it in (pair.short, pair.long))
    return bool(here and there) and 2 * len(here & there) >= min(len(here), len(there))


def _same_title(pair: Pair) -> bool:
    key = title_key(pair.short.content.title)
    return bool(key) and key == title_key(pair.long.content.title)
