"""Exact comparison: which keys two articles must share to be one story, and what must differ for a change."""

from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.placement import Candidate
from syndicator.text.keys import digest, fold

Keyed = Article | Candidate
"""A new article or a stored one; both have the keys by which articles are compared."""


def substance(article: Article) -> bytes:
    """Return a digest of what matters to readers: title, text, link and enclosures.

    Markup, credits, categories and dates are not part of it: if only they change, the stored article changes, but the
    story's `updated` stays.
    """
    parts = (
        article.title,
        article.text,
        article.canonical_url,
        *sorted(enclosure.url for enclosure in article.enclosures),
    )
    return digest("\0".join(parts))


def agree(one: Keyed, other: Keyed) -> bool:
    """Whether two articles say the same: the second evidence that a claimed address needs.

    They do if their texts are equal, or if their titles are and at least one text is too short for a key. Titles alone
    are not enough for two longer texts, since one may be a comment on the other.
    """
    return same_text(one, other) or (same_title(one, other) and not (one.text_key and other.text_key))


def same_substance(article: Article, known: bytes) -> bool:
    """Whether an article has the substance `known`; `http:` and `https:` in its address make no difference."""
    if known == substance(article):
        return True
    scheme, colon, rest = article.canonical_url.partition(":")
    other = {"http": "https", "https": "http"}.get(scheme)
    return bool(other) and known == substance(replace(article, canonical_url=f"{other}{colon}{rest}"))


def same_address(one: Keyed, other: Keyed) -> bool:
    """Whether both have the same canonical address, and it identifies an article."""
    return _equal(one.url_key, other.url_key)


def same_text(one: Keyed, other: Keyed) -> bool:
    """Whether both have the same folded text, and it is long enough to identify an article."""
    return _equal(one.text_key, other.text_key)


def same_title(one: Keyed, other: Keyed) -> bool:
    """Whether both have a title, and it is the same when folded."""
    return _equal(one.title_key, other.title_key)


def same_text_alone(one: Keyed, other: Keyed) -> bool:
    """Whether both have the same text, but different titles; then the layer "text" decides, and "near" does not."""
    return same_text(one, other) and not same_title(one, other)


def same_words(one: str, other: str) -> bool:
    """Whether two lines or texts are the same when folded, and not empty."""
    return one == other != "" or fold(one) == fold(other) != ""


def same_date(one: Keyed, other: Keyed) -> bool:
    """Whether both have a date, and it is the same."""
    return one.published is not None and one.published == other.published


def _equal(one: bytes, other: bytes) -> bool:
    return bool(one) and one == other
