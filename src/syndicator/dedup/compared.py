"""The content by which two articles are compared, and which words of their texts are shared."""

from collections.abc import Sequence
from datetime import datetime

from syndicator.model.article import Article
from syndicator.model.noun import Noun
from syndicator.text.elements import links_in
from syndicator.text.likeness import covered, words

LONG = 100
"""The least words of a text that shows what it is about even without a headline."""
SHORT = 60
"""A text of fewer words than this is as likely to be made from a template as to be a copy."""


class Content(Noun):
    """The content of an article that is compared.

    Attributes:
        title: Its headline, or empty.
        text: Its text without what its source repeats (`Article.said`).
        published: When it was published; None if unknown.
        url: Its canonical address, or empty.
        links: Addresses that it names, as written: the page that it is about, and the links in its body.
    """

    title: str
    text: str
    published: datetime | None = None
    url: str = ""
    links: tuple[str, ...] = ()


def content(article: Article) -> Content:
    """Return the content of an article that is compared with another's."""
    return Content(
        title=article.title,
        text=article.said,
        published=article.published,
        url=article.canonical_url,
        links=(article.external_url, *links_in(article.html)),
    )


class Side(Noun, kw_only=False):
    """One of two texts that are compared.

    Attributes:
        content: The content of its article.
        words: The words of the text.
        shared: For each of these words, whether it stands in the other text beside the same neighbouring word.
        share: The share of the words that do, from 0 to 1.
    """

    content: Content
    words: tuple[str, ...]
    shared: list[bool]
    share: float


class Pair(Noun, kw_only=False):
    """Two texts that are compared, the one with fewer words first."""

    short: Side
    long: Side

    @classmethod
    def of(cls, one: Content, other: Content) -> "Pair":
        """Order two texts, and find the words that they share."""
        both = ((it, words(it.text)) for it in (one, other))
        (short, few), (long, many) = sorted(both, key=lambda it: (len(it[1]), it[1]))
        of_short, of_long = covered(few, many)
        return cls(Side(short, few, of_short, share(of_short)), Side(long, many, of_long, share(of_long)))

    @property
    def ratio(self) -> float:
        """The shorter text's number of words, divided by the longer text's."""
        return len(self.short.words) / len(self.long.words)

    @property
    def is_untitled(self) -> bool:
        """Whether at least one of the headlines is missing."""
        return not (self.short.content.title and self.long.content.title)


def share(flags: Sequence[bool]) -> float:
    """Return the share of flags that are true, from 0 to 1."""
    return flags.count(True) / max(1, len(flags))
