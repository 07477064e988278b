"""Whether a publisher's own post only announces an article, or says something of its own."""

from syndicator.model.article import Article
from syndicator.text.likeness import covered, words

LITTLE = 40
"""So many words that the article does not have are a headline in other words, a call, a row of hashtags."""
LEAD = 0.5
"""A longer post is the article's beginning, if this share of it stands in the article …"""
MOST = 60
"""… and if so many words at most do not: else it is a text of its own, which quotes the article."""


def says_little(post: Article, article: Article) -> bool:
    """Whether a post says little beside its link: the article's headline, its lead, a few words."""
    said = words(_said(post))
    flags, _ = covered(said, words(f"{_said(article)}\n{article.summary}"))
    own = flags.count(False)
    return own <= LITTLE or (own <= MOST and own <= (1 - LEAD) * len(said))


def _said(article: Article) -> str:
    """Title and text, the title once: that of a post is its first line."""
    begins = article.text.startswith(article.title.rstrip("…"))
    return article.text if begins else f"{article.title}\n{article.text}"
