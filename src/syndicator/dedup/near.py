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
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from itertools import pairwise

from syndicator.model.article import Article
from syndicator.text.keys import title_key
from syndicator.text.likeness import FEWEST_WORDS, covered, figures, names, words
from syndicator.text.urls import canonical

ENOUGH = 0.5
"""Share of the shorter text's words that stand in the longer one, at least …"""
ENOUGH_OF_LONGER = 0.3
"""… and of the longer one's in the shorter …"""
ENOUGH_OF_PART = 0.3
"""… and in each fifth of the shorter text but one."""
LIKE_LENGTHS = 0.5
"""A text of fewer words than this share of the other's is an excerpt, and needs more."""
ENOUGH_OF_EXCERPT = 0.85
SHORT = 60
"""Words: up to so many, a text is as likely a template as a copy."""
ENOUGH_OF_SHORT = 0.85
DAYS = timedelta(days=3)
"""Texts so far apart are the same only if all their numbers are."""
ENOUGH_OF_LATE = 0.8

_HREF = re.compile('<a href="([^"]*)"')
_MOST_LINKS = 50
_PARTS = 5
_FEW = 2  # numbers, or names, that only one of two texts has: they may have been changed in the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is compared of an article.

    Attributes:
        title: Its headline.
        text: Its words, without what its source repeats in each.
        published: When; None: unknown.
        url: Its canonical address; empty: none.
        links: Addresses that it names: what it is about, and links in its body.
    """

    title: str
    text: str
    published: datetime | None = None
    url: str = ""
    links: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
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
    named = (canonical(unescape(it)) for it in [article.external_url, *hrefs[:_MOST_LINKS]] if it)
    return Said(
        title=article.title,
        text=article.said,
        published=article.published,
        url=article.canonical_url,
        links=frozenset(named),
    )


def compare(one: Said, other: Said) -> Likeness:
    """Tell how alike two articles' texts are, in whatever order."""
    ours, theirs = words(one.text), words(other.text)
    (short, short_words), (long, long_words) = sorted(((one, ours), (other, theirs)), key=lambda it: len(it[1]))
    flags = covered(short_words, long_words)
    back = covered(long_words, short_words)
    shorter = sum(flags) / max(1, len(flags))
    longer = sum(back) / max(1, len(back))
    ratio = len(short_words) / max(1, len(long_words))
    against = (
        _too_little(flags, shorter, longer, ratio)
        or _excerpt(short, long, shorter, ratio)
        or _differs(short, long, shorter, len(short_words))
    )
    return Likeness(shorter=shorter, longer=longer, against=against)


def _too_little(flags: Sequence[bool], shorter: float, longer: float, ratio: float) -> str:
    if len(flags) < FEWEST_WORDS:
        return "one of the texts is too short"
    if shorter < (ENOUGH_OF_SHORT if len(flags) < SHORT else ENOUGH):
        return "their words differ too much"
    ends = [len(flags) * part // _PARTS for part in range(_PARTS + 1)]
    parts = sorted(sum(flags[one:other]) / (other - one) for one, other in pairwise(ends))
    if parts[1] < ENOUGH_OF_PART:
        return "they share a passage, not the whole"
    if ratio >= LIKE_LENGTHS and longer < ENOUGH_OF_LONGER:
        return "most of the longer text is its own"
    return ""


def _excerpt(short: Said, long: Said, shorter: float, ratio: float) -> str:
    """What speaks against a text that is much shorter than the other: it quotes it, or is a part of it."""
    if long.url and long.url in short.links and (ratio < LIKE_LENGTHS or shorter < ENOUGH_OF_EXCERPT):
        return "one links to the other, and comments on it"
    if ratio >= LIKE_LENGTHS:
        return ""
    if shorter < ENOUGH_OF_EXCERPT or not _same_title(short, long):
        return "one is much shorter, and may only quote the other"
    return ""


def _differs(short: Said, long: Said, shorter: float, count: int) -> str:
    """Numbers, names and dates that differ inside like words: so do two items of one template."""
    apart = abs(short.published - long.published) if short.published and long.published else timedelta()
    strict = count < SHORT or apart > DAYS
    if apart > DAYS and shorter < ENOUGH_OF_LATE:
        return "days lie between them"
    for what, found in (("numbers", figures), ("names", names)):
        here, there = found(f"{short.title} {short.text}"), found(f"{long.title} {long.text}")
        missing = here - there
        if missing and (strict or len(missing) > _FEW) and (strict or 2 * len(missing) > len(here)):
            return f"their {what} differ: {', '.join(sorted(missing)[:5])}"
    return ""


def _same_title(one: Said, other: Said) -> bool:
    key = title_key(one.title)
    return bool(key) and key == title_key(other.title)
