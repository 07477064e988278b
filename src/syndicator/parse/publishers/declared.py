"""Read the accounts that a page declares in metadata: JSON-LD, microdata, `meta`, `rel=me`, h-cards, its own address.

The platform table tells what an address is. A name in a field of one platform (`twitter:site`) is an account there, by
that field's definition. Accounts that themes contain as examples are ignored.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from urllib.parse import unquote

from lxml.html import HtmlElement

from syndicator.model.noun import replace
from syndicator.model.social import LinkOwner, SocialLink
from syndicator.parse.decoding.tree import Page, class_names, tokens
from syndicator.parse.metadata.evidence import MOST, NAMED, SAME_AS, PageMetadata, evidence_of, place
from syndicator.parse.metadata.opengraph import Head
from syndicator.parse.publishers.declared_nodes import from_json_ld, from_microdata
from syndicator.social.addresses import is_public
from syndicator.social.naming import is_alike, label_of
from syndicator.social.platforms import PRESENT, TELLING
from syndicator.text.urls import absolute

_META, _SEE_ALSO, _FEDIVERSE = 0.9, 0.75, 0.7
"""Confidence, from 0 to 1, of `meta` elements: those of one platform or owner, `og:see_also`, `fediverse:creator`."""
_NAME = re.compile(r"@?([A-Za-z0-9_]{1,64})")
"""The name of an account, with or without `@`, and nothing else."""
_ACCOUNT = re.compile(r"@?([\w.-]{1,64})@((?:[a-z0-9-]+\.)+[a-z0-9-]{2,})", re.IGNORECASE)
"""An account of the fediverse: its name and its server, as in `@name@host`."""
_THEMES = frozenset(
    "wordpress wordpressdotcom wordpresscom yoast squarespace wix tilda tildacc ghost tryghost jekyllrb gohugo "
    "gohugoio drupal joomla bootstrap getbootstrap themeforest envato elegantthemes username yourusername "
    "your_username yourname yourpage yourprofile yourchannel yourtwitter example site site_username publisher_handle "
    "author_handle".split()
)
"""Handles of themes and site builders themselves, and placeholders in manuals, which pages keep by mistake."""
_CITED = frozenset({"u-comment", "h-cite", "p-comment", "u-in-reply-to"})
"""Classes of microformats2 around a page or comment of somebody else, whose h-card is not the publisher's."""
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
"""Media types of feeds."""

_OF_COMMENTS = re.compile(r"(?<![^\W_])(?:comments?|комментари\w*|replies|responses)(?![^\W_])", re.IGNORECASE)
"""A word in the title or address of a feed of comments."""
_OF_A_PART = re.compile(
    r"/(?:author|authors|tag|tags|category|categories|topic|topics)/|"
    r"[?&](?:p|page_id|post|post_id|article|article_id|id|author|tag|cat|category)=",
    re.IGNORECASE,
)
"""A part of the address of a feed of one page, author or subject, which is not the site's feed."""
_PLAIN_ENDS = frozenset({"amp", "index", "default", "print", "article"})
"""Last parts of an article's path that do not name the article; the part before them does."""
_NUMBER = re.compile(r"\d{3,}")
"""A number in an address that is long enough to be an article's own."""


def declared(said: PageMetadata, is_told: Callable[[HtmlElement], bool] = lambda _: False) -> Iterator[SocialLink]:
    """Give all declarations of a page as pieces of evidence, in a fixed order of the places where they are made.

    Args:
        said: The page, and what was read of it.
        is_told: Whether an element is part of the story, so that what it declares is not the publisher's.
    """
    links = (
        *_from_address(said.page),
        *from_json_ld(said),
        *from_microdata(said, is_told),
        *_from_rel(said.page),
        *_from_meta(said.head, said.site),
        *_from_cards(said.page, is_told),
        *_feeds(said),
    )
    return (it for it in links if not is_default(it, said.site))


def is_default(link: SocialLink, site: str) -> bool:
    """Whether an account's handle is one of `_THEMES`, unless `site`, the page's host, is called so itself."""
    return link.handle.casefold() in _THEMES and link.handle.casefold() != label_of(site)


# -- what the page is


def _from_address(page: Page) -> Iterator[SocialLink]:
    """Give the publisher's profile, or the article's post, that the page itself is, if it is on a platform."""
    url = page.canonical or page.url
    for link in evidence_of(url, "publisher", "page address", SAME_AS, "canonical", TELLING):
        yield link if link.kind in PRESENT else replace(link, owner="article")


# -- links and cards


def _from_rel(page: Page) -> Iterator[SocialLink]:
    """Give the accounts in `link rel=me` and `link rel=author`; anchors with these are judged by `anchors`."""
    for element in islice(page.root.iter("link"), 10 * MOST):
        rel = tokens(element, "rel")
        if "me" not in rel and "author" not in rel:
            continue
        url = absolute(element.get("href") or "", page.base)
        if "me" in rel:
            yield from evidence_of(url, "publisher", "rel=me", SAME_AS, place(element))
        else:
            yield from evidence_of(url, "author", "rel=author", NAMED, place(element))


def _from_cards(page: Page, is_told: Callable[[HtmlElement], bool]) -> Iterator[SocialLink]:
    """Give the accounts in h-cards (microformats2): inside an entry the author's, else the publisher's.

    Cards in the story, and in what the page cites, do not count.
    """
    links = (it for it in page.root.iter("a", "link") if it.get("href"))
    for element in islice((it for it in links if not {"u-url", "u-uid"}.isdisjoint(class_names(it))), MOST):
        path = [set(class_names(it)) for it in (element, *element.iterancestors())]
        card = next((number for number, it in enumerate(path) if "h-card" in it), None)
        if card is None or any(_CITED & it for it in path) or is_told(element):
            continue
        inside = any("h-entry" in it for it in path[card + 1 :])
        url = absolute(element.get("href"), page.base)
        yield from evidence_of(url, "author" if inside else "publisher", "h-card", SAME_AS, place(element))


def _feeds(said: PageMetadata) -> Iterator[SocialLink]:
    """Give the site's own feeds (`link rel=alternate`), those which are the same on each of its pages.

    Feeds of comments are left out; and, unless the page is a list, those of an author or subject, and those whose
    address has a part of the page's own.
    """
    page = said.page
    marks = set[str]() if said.is_list else {*_marks(page.url), *_marks(page.canonical)}
    for element in islice(page.root.iter("link"), 10 * MOST):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if kind not in _FEEDS or "alternate" not in tokens(element, "rel"):
            continue
        url, title = page.asset(element.get("href") or ""), (element.get("title") or "").strip()
        if not url or _OF_COMMENTS.search(title) or _OF_COMMENTS.search(url):
            continue
        if not said.is_list and (not marks.isdisjoint(chain(*_parts(url))) or _OF_A_PART.search(url)):
            continue
        yield SocialLink(
            platform="site",
            kind="feed",
            label=title,
            url=url,
            confidence=NAMED,
            evidence="head link",
            locator=place(element),
        )


def _marks(url: str) -> Iterator[str]:
    """Give what only one article's address has: the last part of the path, long numbers in it, numbers in the query."""
    path, values = _parts(url)
    own = [it for it in path if it not in _PLAIN_ENDS][-1:]
    yield from own
    yield from (number for it in own for number in _NUMBER.findall(it))
    yield from filter(str.isdecimal, values)


def _parts(url: str) -> tuple[list[str], list[str]]:
    """Give the parts of an address's path, without file extensions, and the values of its query."""
    path, _, query = unquote(url).casefold().partition("#")[0].partition("?")
    path = path.partition("://")[2].partition("/")[2]
    words = [it.rpartition(".")[0] or it for it in path.split("/") if it]
    return words, [value for it in query.split("&") if (value := it.partition("=")[2])]


# -- meta


def _from_meta(head: Head, site: str) -> Iterator[SocialLink]:
    """Give the accounts in `meta` elements.

    An author's account that is also named as the publisher's is left out; one that is called like the site is the
    publisher's.

    Args:
        head: The page's head.
        site: The page's host.
    """
    publisher = [*_addresses(head, "publisher", _META, "article:publisher", "og:article:publisher")]
    publisher += _names(head, "publisher", "twitter:site", "https://x.com/")
    publisher += _names(head, "publisher", "telegram:channel", "https://t.me/")
    publisher += _addresses(head, "publisher", _SEE_ALSO, "og:see_also")
    yield from publisher
    known = {it.url for it in publisher}
    author = [*_addresses(head, "author", _META, "article:author", "og:article:author")]
    author += _names(head, "author", "twitter:creator", "https://x.com/")
    for link in author:
        if link.url not in known:
            yield replace(link, owner="publisher") if is_alike(link.handle, site) else link
    for value in head.all("fediverse:creator")[:MOST]:
        if (found := _ACCOUNT.fullmatch(value)) and is_public(found[2].lower()):
            name, host = found[1], found[2].lower()
            yield SocialLink(
                platform="fediverse",
                owner="author",
                label="Fediverse",
                handle=f"{name}@{host}",
                url=f"https://{host}/@{name}",
                confidence=_FEDIVERSE,
                evidence="meta",
                locator="fediverse:creator",
            )


def _addresses(head: Head, owner: LinkOwner, confidence: float, *names: str) -> Iterator[SocialLink]:
    """Give the accounts whose addresses are the values of `meta` elements with these names."""
    for name in names:
        for value in head.all(name)[:MOST]:
            yield from evidence_of(value, owner, "meta", confidence, name)


def _names(head: Head, owner: LinkOwner, name: str, prefix: str) -> Sequence[SocialLink]:
    """Give the accounts in `meta` elements that belong to one platform: names there, or addresses, which some write.

    Args:
        head: The page's head.
        owner: Whose accounts they are.
        name: The name of the `meta` elements.
        prefix: The beginning of an account's address on that platform.
    """
    found: list[SocialLink] = []
    for value in head.all(name)[:MOST]:
        bare = _NAME.fullmatch(value)
        found += evidence_of(prefix + bare[1] if bare else value, owner, "meta", _META, name)
    return found
