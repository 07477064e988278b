"""The public names of sources and articles, and the addresses where a reader finds them."""

from urllib.parse import quote

from syndicator.model.article import Article, Origin
from syndicator.model.noun import replace
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.publish import border
from syndicator.text.iris import is_iri
from syndicator.text.markup import excerpt
from syndicator.text.urls import authority, canonical, registrable_domain

TITLE = 100
"""The most characters of a title that had to be made from the text."""
_FEEDS = frozenset({"auto", "feed"})
_PAGES = frozenset({"page", "telegram"})


def is_feed(source: Source) -> bool:
    """Whether the source's address is a feed that readers can subscribe to."""
    return source.kind in _FEEDS


def title_of(source: Source, info: FeedInfo) -> str:
    """A source's name on one line: the operator's, else its feed's, else its site's (or the id of a private one)."""
    if title := border.line(source.title) or border.line(info.title):  # an outline of OPML without a text is none
        return title
    if source.private:
        return source.id
    return (
        f"@{source.url.rpartition('/')[2]}"
        if source.kind == "telegram"
        else registrable_domain(source.url) or source.id
    )


def urn_of(source: Source) -> str:
    """The URN that identifies a source in public if it has no public address."""
    return f"urn:x-syndicator:source:{source.id}"


def named_by(source: Source, info: FeedInfo) -> tuple[object, ...]:
    """All values that `publisher` and `title_of` depend on, unprocessed, since it is called often for many sources."""
    configured = source.id, source.url, source.kind, source.title, source.private
    return *configured, info.title, info.site_url, info.id, info.rights


def publisher(source: Source, info: FeedInfo) -> Origin:
    """A source as it may be named in public: a private one by its title only, a file without its address."""
    title = title_of(source, info)
    name = urn_of(source)
    if source.private:
        return Origin(id=name, title=title, rights=info.rights)
    feed_url = border.address(source.url)
    own = info.id if is_iri(info.id) else ""
    return Origin(
        id=own or feed_url or name,
        title=title,
        feed_url=feed_url,
        is_feed=is_feed(source),
        site_url=border.address(info.site_url) or (feed_url if source.kind in _PAGES else ""),
        rights=info.rights,
    )


def origin_of(article: Article, source: Source, info: FeedInfo) -> Origin:
    """Who published an article: its source, or the publisher the source took it from (RFC 4287, section 4.2.11)."""
    taken = article.origin
    if taken is None:
        return publisher(source, info)
    named = taken.id if is_iri(taken.id) and "@" not in authority(taken.id) else ""
    named = named or border.address(taken.feed_url) or border.address(taken.site_url)
    return replace(taken, id=named or f"urn:x-syndicator:origin:{quote(taken.title, safe='')}")


def headline(article: Article, most: int = TITLE) -> str:
    """An article's title, or one of at most `most` characters made from its text; empty if it has neither."""
    return article.title or (excerpt(article.text, most) if most else "")


def permalink(article: Article) -> str:
    """The article's own address, never one that it only claims (`canonical`); empty if readers cannot open it.

    For a link blog's post without an address of its own, it is the address of the page that the post is about.
    """
    own = "" if article.claimed else article.canonical_url
    return border.address(own or canonical(article.url) or article.canonical_url or article.external_url)
