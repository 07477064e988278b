"""Whether two texts are nearly the same: told from the texts, once their sketches have brought them together.

What counts is how much of each text stands in the other one, word beside word. Measured on 338 texts, which are 47
pages as seven programs extracted them: of the shorter text at least 77 % in 99 pairs of 100 of one page, and at most
27 % in any pair of two pages. Between the two lie copies whose words were changed, and stories that share a quotation;
these are told apart by where it is: a copy is covered all over.

Then what speaks against it: other numbers and names inside like words, as templates have them; days between them; a
link to the other one, as comments and excerpts have it. Two stories too many are better than one too few.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from itertools import pairwise

from syndicator.dedup.slots import MOST_NOUNS, MOST_REFILLED, refilled
from syndicator.dedup.subject import elsewhere, exchanged
from syndicator.model.article import Article
from syndicator.model.noun import Noun
from syndicator.text.characters import unescape
from syndicator.text.keys import title_key
from syndicator.text.likeness import FEWEST_WORDS, counts, covered, figures, names, words
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
LONG = 100
"""Words: of so many, this share is the whole text."""
SHORT = 60
"""Words: up to so many, a text is as likely a template as a copy."""
ENOUGH_OF_SHORT = 0.85
ENOUGH_UNTITLED = 0.88
"""Likewise of one of less than `LONG` words where a headline is missing: that names what a form is filled in with."""
MOST_DIFFERENT = 0.5
"""Share of a text's numbers, or names, that may be missing in the other …"""
DAYS = timedelta(days=3)
"""… unless so much time lies between them; then …"""
MOST_LATE = 0.25
ENOUGH_OF_LATE = 0.8
CAPITALS = 0.22
"""Share of words with a capital letter inside sentences: 0.2 at most in eleven languages, in German 0.25 at least."""
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

_HREF = re.compile('<a href="([^"]*)"')
_MOST_LINKS = 50
_PARTS = 5
_FEW = 2  # numbers, or names, that only the shorter text has: they may have been changed in the other


class Said(Noun):
    """What is compared of an article.

    Attributes:
        title: Its headline.
        text: Its words, without what its source repeats in each.
        published: When; None: unknown.
        url: Its canonical address; empty: none.
        links: Addresses that it names, as written: what it is about, and links in its body.
    """

    title: str
    text: str
    published: datetime | None = None
    url: str = ""
    links: tuple[str, ...] = ()


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


def said(article: Article) -> Said:
    """What is compared of an article."""
    hrefs = _HREF.findall(article.html) if "<a" in article.html else []
    return Said(
        title=article.title,
        text=article.said,
        published=article.published,
        url=article.canonical_url,
        links=(article.external_url, *map(unescape, hrefs[:_MOST_LINKS])),
    )


def compare(one: Said, other: Said, *, same_address: bool = False) -> Likeness:
    """Tell how alike two articles' texts are, in whatever order; with one address, a teaser is enough."""
    pair = _Pair.of(one, other)
    against = (
        _too_little(pair, 1 if same_address else FEWEST_WORDS)
        or _begins_otherwise(pair)
        or _excerpt(pair)
        or _differs(pair)
        or _speaks_elsewhere(pair)
    )
    return Likeness(shorter=pair.shorter, longer=pair.longer, against=against)


def differ_at_once(one: Said, other: Said) -> bool:
    """Whether a look at their headlines and vocabularies shows that `compare` will not hold, as for most it does not.

    A tenth of its work: words that are not in the other text at all stand beside nothing in it.
    """
    if _each_own(set(figures(one.title)), set(figures(other.title))) and _headlines_differ(one, other):
        return True
    few, many = sorted((words(one.text), words(other.text)), key=len)
    return sum(map(set(many).__contains__, few)) < ENOUGH * len(few)


class _Pair(Noun, kw_only=False):
    """Two texts, the one with fewer words first, and which of their words stand in the other one."""

    short: Said
    long: Said
    few: tuple[str, ...]
    many: tuple[str, ...]
    of_short: list[bool]
    of_long: list[bool]
    shorter: float
    longer: float

    @classmethod
    def of(cls, one: Said, other: Said) -> "_Pair":
        both = ((it, words(it.text)) for it in (one, other))
        (short, few), (long, many) = sorted(both, key=lambda it: (len(it[1]), it[1]))
        of_short, of_long = covered(few, many)
        return cls(short, long, few, many, of_short, of_long, _share(of_short), _share(of_long))

    @property
    def ratio(self) -> float:
        return len(self.of_short) / len(self.of_long)


def _too_little(pair: _Pair, fewest: int) -> str:
    flags = pair.of_short
    if len(flags) < fewest:
        return "one of the texts is too short"
    if pair.shorter < (ENOUGH_OF_SHORT if len(flags) < SHORT else ENOUGH):
        return "their words differ too much"
    ends = [len(flags) * part // _PARTS for part in range(_PARTS + 1)]
    parts = sorted(_share(flags[start:end]) for start, end in pairwise(ends))
    if parts[1] < ENOUGH_OF_PART:
        return "they share a passage, not the whole"
    enough = ENOUGH_OF_LONGER if _same_title(pair.short, pair.long) else ENOUGH_OF_OTHER
    if pair.ratio >= LIKE_LENGTHS and pair.longer < enough:
        return "most of the longer text is its own"
    return ""


def _begins_otherwise(pair: _Pair) -> str:
    """What speaks against texts that begin with words of their own: the rest may be what their sources always say.

    A story that tells another one once more at its end begins with news, too. A like headline speaks for them.
    """
    short, long = map(_opens_alike, (pair.of_short, pair.of_long))
    if long or (short and pair.longer >= ENOUGH_OF_RETOLD) or _like_titles(pair.short, pair.long) or _whole(pair):
        return ""
    return "one only tells the other once more" if short else "they begin with different news"


def _opens_alike(flags: Sequence[bool]) -> bool:
    start = flags.index(True) if True in flags[:DATELINE] else 0
    return max(_share(flags[:LEAD]), _share(flags[start : start + LEAD])) >= ENOUGH_OF_LEAD


def _excerpt(pair: _Pair) -> str:
    """What speaks against a text that comments on the other, quotes it, or is a part of it."""
    for own, flags, other in ((pair.short, pair.of_short, pair.long), (pair.long, pair.of_long, pair.short)):
        if _share(flags[:OPENING]) < ENOUGH_OF_OPENING and other.url and other.url in map(canonical, own.links):
            return "one links to the other, and comments on it"
    if pair.ratio >= LIKE_LENGTHS:
        return ""
    if pair.shorter < ENOUGH_OF_EXCERPT or not (_same_title(pair.short, pair.long) or _whole(pair)):
        return "one is much shorter, and may only quote the other"
    return ""


def _differs(pair: _Pair) -> str:
    """Numbers, names and dates that differ inside like words: so do two items of one template."""
    short, long = pair.short, pair.long
    apart = abs(short.published - long.published) if short.published and long.published else timedelta()
    if apart > DAYS and pair.shorter < ENOUGH_OF_LATE:
        return f"{apart.days} days lie between them, and their words are not the same"
    if counted := _headlines_differ(short, long):
        return f"their headlines' numbers differ: {_some(sorted(counted[0]))} here, {_some(sorted(counted[1]))} there"
    known, nouns = set[str](), False
    for what, found in (("numbers", figures), ("names", names)):
        titles, texts = [found(it.title) for it in (short, long)], [found(it.text) for it in (short, long)]
        nouns = found is names and _are_nouns(texts, (pair.few, pair.many))
        few, most = (0, MOST_LATE) if apart > DAYS else (_FEW, MOST_DIFFERENT)
        if len(pair.of_short) < SHORT and not nouns:
            few, most = 0, 0.0
        here, there = (title + text for title, text in zip(titles, texts, strict=True))
        ours, theirs = _missing(here, there), _missing(there, here)
        if len(ours) > max(few, most * len(here)) and len(theirs) > max(few, most * len(there)):
            return f"their {what} differ: {_some(ours)} here, {_some(theirs)} there"
        known.update(*texts)
    enough = MOST_NOUNS if nouns else MOST_REFILLED
    if changed := refilled(pair.few, pair.of_short, pair.many, pair.of_long, known, enough):
        return f"where they differ, they have other numbers and names: {_some([' or '.join(it) for it in changed])}"
    return ""


def _are_nouns(found: Sequence[Sequence[str]], texts: Sequence[Sequence[str]]) -> bool:
    """Whether what two texts write with a capital letter is so much that it is their nouns, as in German, not names."""
    return all(len(large) > CAPITALS * len(said) for large, said in zip(found, texts, strict=True))


def _speaks_elsewhere(pair: _Pair) -> str:
    """Headlines about what the texts do not share: a form's, or those between menus, lists and notices of one site.

    Where one is missing, a form that is filled in with plain words is like a copy that was edited.
    """
    if _untitled(pair) and len(pair.few) < LONG and pair.shorter < ENOUGH_UNTITLED:
        return "without headlines, their words differ too much"
    sides = (pair.short.title, pair.few, pair.of_short), (pair.long.title, pair.many, pair.of_long)
    if changed := exchanged(*sides):
        return f"where their headlines differ, so do their texts: {' or '.join(changed)}"
    return "their headlines speak of what only one of them has" if elsewhere(*sides) else ""


def _headlines_differ(one: Said, other: Said) -> tuple[AbstractSet[str], AbstractSet[str]] | None:
    """The numbers and days that only one of two headlines has, if each has some, and not all of them are in both texts.

    The first text is asked first: it is the newcomer's, whose numbers are known after the first of its neighbours.
    """
    here, there = counts(one.title), counts(other.title)
    if not _each_own(here, there):
        return None
    ours, theirs = here - there, there - here
    return None if theirs <= counts(one.text) and ours <= counts(other.text) else (ours, theirs)


def _each_own(here: AbstractSet[str], there: AbstractSet[str]) -> bool:
    """Whether both have something that the other has not."""
    return not (here <= there or there <= here)


def _missing(here: Sequence[str], there: Sequence[str]) -> list[str]:
    known = set(there)
    return [it for it in here if it not in known]


def _some(found: Sequence[str]) -> str:
    return ", ".join(list(dict.fromkeys(found))[:3])


def _whole(pair: _Pair) -> bool:
    """Whether a text stands whole inside the other where a headline is missing that could say more."""
    return _untitled(pair) and len(pair.few) >= LONG and pair.shorter >= WHOLE


def _untitled(pair: _Pair) -> bool:
    return not (pair.short.title and pair.long.title)


def _share(flags: Sequence[bool]) -> float:
    return flags.count(True) / max(1, len(flags))


def _like_titles(one: Said, other: Said) -> bool:
    """Whether half the words of one headline stand in the other."""
    here, there = (set(words(it.title)) for it in (one, other))
    return bool(here and there) and 2 * len(here & there) >= min(len(here), len(there))


def _same_title(one: Said, other: Said) -> bool:
    key = title_key(one.title)
    return bool(key) and key == title_key(other.title)
