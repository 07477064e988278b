"""What is compared of two articles, and their texts beside each other."""

import re
from collections.abc import Sequence
from datetime import datetime

from syndicator.model.article import Article
from syndicator.model.noun import Noun
from syndicator.text.characters import unescape
from syndicator.text.likeness import covered, words

LONG = 100
"""Words: from so many on, a text tells by itself what it is about."""
SHORT = 60
"""Words: up to so many, a text is as likely a template as a copy."""

_HREF = re.compile('<a href="([^"]*)"')
_MOST_LINKS = 50


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


class Pair(Noun, kw_only=False):
    """Two texts, the one with fewer words first, and which of their words stand in the other one.

    Attributes:
        short: The one with fewer words.
        long: The other.
        few: The words of the first …
        many: … and of the second.
        of_short: For each of the first's, whether it stands in the second beside the same neighbour …
        of_long: … and likewise.
        shorter: The share of those in the first …
        longer: … and in the second.
    """

    short: Said
    long: Said
    few: tuple[str, ...]
    many: tuple[str, ...]
    of_short: list[bool]
    of_long: list[bool]
    shorter: float
    longer: float

    @classmethod
    def of(cls, one: Said, other: Said) -> "Pair":
        """Put two texts in order, and beside each other."""
        both = ((it, words(it.text)) for it in (one, other))
        (short, few), (long, many) = sorted(both, key=lambda it: (len(it[1]), it[1]))
        of_short, of_long = covered(few, many)
        return cls(short, long, few, many, of_short, of_long, share(of_short), share(of_long))

    @property
    def ratio(self) -> float:
        """How long the one is, of the other's length."""
        return len(self.of_short) / len(self.of_long)

    @property
    def is_untitled(self) -> bool:
        """Whether a headline is missing."""
        return not (self.short.title and self.long.title)


def share(flags: Sequence[bool]) -> float:
    """How many of them are true, as a share."""
    return flags.count(True) / max(1, len(flags))
