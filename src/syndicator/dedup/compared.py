"""What is compared of two articles, and their texts beside each other."""

from collections.abc import Sequence
from datetime import datetime

from syndicator.model.article import Article
from syndicator.model.noun import Noun
from syndicator.text.elements import links_in
from syndicator.text.likeness import covered, words

LONG = 100
"""Words: from so many on, a text tells by itself what it is about."""
SHORT = 60
"""Words: up to so many, a text is as likely a template as a copy."""


class Content(Noun):
    """What of an article is compared.

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


def content(article: Article) -> Content:
    """The content of an article, to be compared with another's."""
    return Content(
        title=article.title,
        text=article.said,
        published=article.published,
        url=article.canonical_url,
        links=(article.external_url, *links_in(article.html)),
    )


class Side(Noun, kw_only=False):
    """One of two texts that are beside each other.

    Attributes:
        content: Of the article that the text is of.
        words: Those of the text.
        shared: For each of them, whether it stands in the other text beside the same neighbour.
        share: How many of them do, as a share.
    """

    content: Content
    words: tuple[str, ...]
    shared: list[bool]
    share: float


class Pair(Noun, kw_only=False):
    """Two texts beside each other, the one with fewer words first."""

    short: Side
    long: Side

    @classmethod
    def of(cls, one: Content, other: Content) -> "Pair":
        """Put two texts in order, and beside each other."""
        both = ((it, words(it.text)) for it in (one, other))
        (short, few), (long, many) = sorted(both, key=lambda it: (len(it[1]), it[1]))
        of_short, of_long = covered(few, many)
        return cls(Side(short, few, of_short, share(of_short)), Side(long, many, of_long, share(of_long)))

    @property
    def ratio(self) -> float:
        """How long the one is, of the other's length."""
        return len(self.short.words) / len(self.long.words)

    @property
    def is_untitled(self) -> bool:
        """Whether a headline is missing."""
        return not (self.short.content.title and self.long.content.title)


def share(flags: Sequence[bool]) -> float:
    """How many of them are true, as a share."""
    return flags.count(True) / max(1, len(flags))
