"""A publisher's own posts: which account a source is, which page a post is about, and whether that page is its own.

A post on a platform counts as the publisher's own only if something shows that the account is the publisher's: the
publisher's pages or the operator name it, or the account's description names the publisher's site and no other. If
somebody else posts a link to an article, he has something to say about it, and his post stays a story of its own.
"""

import re
from collections.abc import Iterable

from syndicator.model.article import Article, Copy
from syndicator.model.noun import replace
from syndicator.model.social import SocialLink
from syndicator.social.platforms import match
from syndicator.text.elements import MOST_LINKS, links_in
from syndicator.text.urls import canonical, identity, registrable_domain

EVIDENCE = "channel post"
"""The kind of place that a publisher's own post is, as evidence."""
CONFIDENCE = 0.95
"""The confidence (0 to 1) that a post found in a publisher's own account belongs to the article that it links to."""

_WRITTEN = re.compile(r"https?://[^\s<>\"«»]+")
_FEED = re.compile(r"(?:/feed)?[./](?:rss|atom|feed)$")
_HOST = re.compile(r"(?<![\w.-])(?:https?://|www\.)?((?:[\w-]{1,63}\.)+[^\W\d_]{2,24})(?![\w-])(/\S*)?", re.IGNORECASE)
_MOST_WORDS = 4_000  # the most characters of a description that are read


def account(source_url: str) -> SocialLink | None:
    """The account on a platform whose feed or page a source is, as a profile; None if it is no account's."""
    found = match(source_url)
    if found and found.kind == "feed":
        found = match(_FEED.sub("", found.url).replace("/feeds/videos.xml?channel_id=", "/channel/"))
    return found if found and found.kind == "profile" and found.handle else None


def page(article: Article) -> str:
    """The canonical address of the only page outside its platform that a post links to; empty if none or several."""
    home = registrable_domain(article.url)
    written = [it.rstrip(".,;:!?)»”") for it in _WRITTEN.findall(article.text)]
    links = [
        it
        for it in links_in(article.html) or written[:MOST_LINKS]
        if it.startswith("http") and match(it) is None and registrable_domain(it) != home
    ]
    pages = {identity(it) or it: it for it in links or [article.external_url]}
    found = next(iter(pages.values()))
    return canonical(found) if len(pages) == 1 and identity(found) else ""


def domain_named(description: str, handle: str = "") -> str:
    """The site that an account claims to belong to: the only one in its description, or its handle, as on Bluesky."""
    hosts = ((it[1], f"https://{it[1]}{it[2] or ''}") for it in _HOST.finditer(description[:_MOST_WORDS]))
    named = {registrable_domain(url) for _, url in hosts if match(url) is None} - {""}
    if len(named) == 1:
        return named.pop()
    return registrable_domain(f"https://{handle}/") if "." in handle and not named else ""


def announcing(post: Article, about: str) -> Article:
    """A post that is known to be the publisher's own, in the form in which it is stored: with the article's address."""
    return replace(post, canonical_url=about, claimed=True, external_url="")


def announces(url: str, canonical_url: str) -> SocialLink | None:
    """The post that a copy is if it announces an article at another address; None if it does not."""
    found = match(url) if url and url != canonical_url else None
    if found is None or found.kind != "post" or match(canonical_url) is not None:
        return None
    return replace(found, owner="article", confidence=CONFIDENCE, evidence=EVIDENCE)


def announcements(copies: Iterable[Copy]) -> tuple[SocialLink, ...]:
    """The publisher's own posts among a story's copies, each with the source in which it was found."""
    found = ((it, announces(it.url, it.canonical_url)) for it in copies)
    return tuple(replace(link, locator=copy.source_id) for copy, link in found if link is not None)
