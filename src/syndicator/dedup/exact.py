"""Exact likeness: what two articles must share to be called one, and what must differ to be called changed."""

from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.placement import Candidate
from syndicator.text.keys import digest, fold

Keyed = Article | Candidate
"""What has the keys by which articles are compared: a new one, or one that is stored."""


def substance(article: Article) -> bytes:
    """Digest of what a reader would care about: title, text, link and enclosures.

    Markup, credits, categories and dates may change without it: then the stored article changes, but `updated` stays.
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

    Their texts are equal, or their titles are and one of them has hardly a text: two texts have to be compared, since
    one may be a comment on the other.
    """
    return same_text(one, other) or (same_title(one, other) and not (one.text_key and other.text_key))


def same_substance(article: Article, known: bytes) -> bool:
    """Whether an article has this substance, whether its address begins with `http:` or `https:`."""
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
    """Whether both have the same folded title, and one at all."""
    return _equal(one.title_key, other.title_key)


def same_text_alone(one: Keyed, other: Keyed) -> bool:
    """Whether both have the same text under different titles: such two are left to the layer of equal texts."""
    return same_text(one, other) and not same_title(one, other)


def same_words(one: str, other: str) -> bool:
    """Whether two lines or texts say the same, and anything at all."""
    return one == other != "" or fold(one) == fold(other) != ""


def same_date(one: Keyed, other: Keyed) -> bool:
    """Whether both have the same date, and one at all."""
    return one.published is not None and one.published == other.published


def _equal(one: bytes, other: bytes) -> bool:
    return bool(one) and one == other
