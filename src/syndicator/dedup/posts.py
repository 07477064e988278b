"""Whether a publisher's own social post only announces an article, or says something of its own."""

from syndicator.model.article import Article
from syndicator.text.likeness import covered, words

LITTLE = 40
"""A post with at most so many words that the article does not have announces it.

Such words are a headline in other words, a call to action, hashtags."""
LEAD = 0.5
"""A post with more words of its own, up to `MOST`, announces the article if at least this share of it is there."""
MOST = 60
"""A post with more words of its own than this is a text that quotes the article."""


def says_little(post: Article, article: Article) -> bool:
    """Whether a post says little beside its link: the article's headline, its lead, a few other words."""
    said = words(_said(post))
    flags, _ = covered(said, words(f"{_said(article)}\n{article.summary}"))
    own = flags.count(False)
    return own <= LITTLE or (own <= MOST and own <= (1 - LEAD) * len(said))


def _said(article: Article) -> str:
    """Title and text, without repeating the title if the text begins with it, as in posts."""
    begins = article.text.startswith(article.title.rstrip("…"))
    return article.text if begins else f"{article.title}\n{article.text}"
