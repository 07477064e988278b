"""Announcing: find social posts that only announce an article of their publisher, so that they join its story."""

from collections.abc import Sequence

from syndicator.dedup import says_little
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.placement import Candidate
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.social import posts
from syndicator.social.platforms import key
from syndicator.store import Recording
from syndicator.text.keys import url_key
from syndicator.text.urls import registrable_domain


def claiming(recording: Recording, source: Source, info: FeedInfo, articles: Sequence[Article]) -> Sequence[Article]:
    """Return a poll's articles; if the source is a publisher's account, posts that link to its own pages claim those.

    Args:
        recording: Where it is looked up whose account the source is.
        source: The articles' source.
        info: What the source says about itself.
        articles: The articles as they were read.
    """
    account = posts.account(source.url) if articles and not source.private else None
    if account is None:
        return articles
    known = recording.publishers(key(account))
    domains = {registrable_domain(url) for place in known for url in place}
    home = registrable_domain(source.url)
    own = (domains | {posts.domain_named(info.description, account.handle)}) - {"", home}
    return [_claiming(article, own) for article in articles] if own else articles


def _claiming(article: Article, domains: set[str]) -> Article:
    about = posts.page(article)
    if registrable_domain(about) not in domains:
        return article
    return replace(posts.announcing(article, about), url_key=url_key(about))


def pairs(recording: Recording, article: Article, candidates: Sequence[Candidate]) -> frozenset[int]:
    """Return the numbers of the candidates that an article announces or is announced by."""
    is_post = _is_post(article)
    if not is_post and article.claimed:
        return frozenset()
    found = set()
    for candidate in candidates:
        if candidate.claimed is is_post or candidate.url_key != article.url_key:
            continue
        other = recording.article(candidate.article)
        if other is None or _is_post(other) is is_post:
            continue
        if says_little(article, other) if is_post else says_little(other, article):
            found.add(candidate.article)
    return frozenset(found)


def _is_post(article: Article) -> bool:
    return article.claimed and posts.announces(article.url, article.canonical_url) is not None
