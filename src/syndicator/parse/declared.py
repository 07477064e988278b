"""Whom a page declares in words for machines: JSON-LD, microdata, `meta`, `rel=me`, h-cards, its own address.

An address declares what the platform table knows of it; a name in a field that has one platform (`twitter:site`) is an
address by that field's definition. What a theme ships with is nobody's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from lxml.html import HtmlElement

from syndicator.model.social import LinkKind, LinkOwner, SocialLink
from syndicator.parse import microdata
from syndicator.parse.jsonld import Graph, Node, types
from syndicator.parse.microdata import Scope, Scopes
from syndicator.parse.opengraph import Head
from syndicator.parse.schemaorg import is_article, is_organization
from syndicator.parse.tree import Page, words
from syndicator.social.platforms import host_of, match
from syndicator.text.urls import absolute, identity

_MOST = 100  # values of one property, elements of one kind
_SAME_AS, _NAMED, _META, _SEE_ALSO, _FEDIVERSE = 0.95, 0.9, 0.9, 0.75, 0.7
_PRESENT = frozenset[LinkKind]({"profile", "invite", "feed"})
_NAME = re.compile(r"@?([A-Za-z0-9_]{1,64})")
_ACCOUNT = re.compile(r"@?([\w.-]{1,64})@((?:[a-z0-9-]+\.)+[a-z0-9-]{2,})", re.IGNORECASE)
_THEMES = frozenset(
    "wordpress wordpressdotcom wordpresscom yoast squarespace wix tilda tildacc ghost tryghost jekyllrb gohugo "
    "gohugoio drupal joomla bootstrap getbootstrap themeforest envato elegantthemes username yourusername "
    "your_username yourname yourpage yourprofile yourchannel yourtwitter example site site_username publisher_handle "
    "author_handle".split()
)
"""Handles that themes and manuals ship with."""
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})


@dataclass(frozen=True, slots=True)
class Said:
    """A page with all that is read of it beside its tree."""

    page: Page
    head: Head
    graph: Graph
    scopes: Scopes
    is_list: bool = False

    @property
    def site(self) -> str:
        """The host of the page on the web, without `www.` and its like."""
        return host_of(self.page.canonical or self.page.url)


def declared(said: Said) -> Iterator[SocialLink]:
    """All declarations of a page, each as a piece of evidence; the surest first."""
    links = (
        *_from_address(said.page),
        *_from_json_ld(said),
        *_from_microdata(said),
        *_from_rel(said.page),
        *_from_meta(said.head),
        *_from_cards(said.page),
        *_feeds(said.page),
    )
    label = said.site.split(".")[0]
    return (it for it in links if not is_default(it, label))


def is_default(link: SocialLink, site: str) -> bool:
    """Whether a handle is one that a theme ships with; `site`: of the theme's own site it is not."""
    return link.handle.casefold() in _THEMES and link.handle.casefold() != site


def place(element: HtmlElement) -> str:
    """Where an element stands in its page, as an XPath."""
    return str(element.getroottree().getpath(element))


def _evidence(
    url: str, owner: LinkOwner, evidence: str, confidence: float, locator: str, kinds: Iterable[LinkKind] = _PRESENT
) -> Iterator[SocialLink]:
    link = match(absolute(url)) if url else None
    if link is not None and link.kind in kinds:
        yield replace(link, owner=owner, confidence=confidence, evidence=evidence, locator=locator)


# -- what the page is


def _from_address(page: Page) -> Iterator[SocialLink]:
    """A page of a platform is somebody's profile, or a post."""
    url = page.canonical or page.url
    for link in _evidence(url, "publisher", "page address", _SAME_AS, "", _PRESENT | {"post", "discussion"}):
        yield link if link.kind in _PRESENT else replace(link, owner="article")


# -- JSON-LD


def _from_json_ld(said: Said) -> Iterator[SocialLink]:
    graph = said.graph
    own = own_articles(said)
    publishers = [it for article in own for it in graph.nodes(article.get("publisher"))]
    authors = [
        it for article in own for it in (*graph.nodes(article.get("author")), *graph.nodes(article.get("creator")))
    ]
    named = {_called(it) for it in publishers} - {""}
    heads = list(islice((it for it in graph.top if _is_own_organization(said, it, named)), _MOST))
    done = set[str]()
    for node, owner in (
        *((it, "publisher") for it in (*publishers, *heads)),
        *((it, "publisher" if _called(it) in named else "author") for it in authors),
    ):
        where = graph.place(node)
        if where not in done:
            done.add(where)
            yield from _of_node(graph, node, owner, where)  # type: ignore[arg-type]  # one of two words
    for article in own:
        for name in ("discussionUrl", "sharedContent"):
            for url in graph.strings(article.get(name), "url", "@id"):
                where = f"{graph.place(article)}/{name}"
                for link in _evidence(url, "article", f"JSON-LD {name}", _NAMED, where, ("discussion", "post")):
                    yield replace(link, kind="discussion") if name == "discussionUrl" else link


def own_articles(said: Said) -> list[Node]:
    """The nodes of the page's article: those that name it, else the only one; none on a list."""
    if said.is_list:
        return []
    graph, page = said.graph, said.page
    inner = (it for node in graph.top for it in graph.nodes(node.get("mainEntity")))
    nodes = [it for it in (*graph.top, *inner) if any(map(is_article, types(it)))]
    here = {identity(page.url), identity(page.canonical)} - {""}
    own = [it for it in nodes if identity(page.link(_address(graph, it))) in here]
    return own or (nodes if len(nodes) == 1 else [it for it in nodes if not _address(graph, it)][:1])


def _address(graph: Graph, node: Node) -> str:
    return graph.string(node.get("url"), "@id") or graph.string(node.get("mainEntityOfPage"), "url", "@id")


def _called(node: Node) -> str:
    name = node.get("@id") or node.get("name")
    return name.strip() if isinstance(name, str) else ""


def _is_own_organization(said: Said, node: Node, publishers: set[str]) -> bool:
    """Whether a node that stands on its own is who publishes the page: it is called so, or is on the page's host."""
    kinds = types(node)
    if not any(map(is_organization, kinds)) and not ("person" in kinds and said.is_list):
        return False
    if publishers:
        return _called(node) in publishers or "website" in kinds or _is_own(said, _home(said.graph, node))
    url = _home(said.graph, node)
    return _is_own(said, url) if url else True


def _home(graph: Graph, node: Node) -> str:
    return graph.string(node.get("url"), "@id") or graph.string(node.get("@id"))


def _is_own(said: Said, url: str) -> bool:
    host, site = host_of(absolute(url, said.page.base)), said.site
    return bool(host) and (host == site or site.endswith("." + host) or host.endswith("." + site))


def _of_node(graph: Graph, node: Node, owner: LinkOwner, where: str) -> Iterator[SocialLink]:
    for name, confidence in (("sameAs", _SAME_AS), ("url", _NAMED)):
        value = node.get(name)
        for number, url in enumerate(graph.strings(value, "@id", "url")[:_MOST]):
            locator = f"{where}/{name}/{number}" if isinstance(value, list) else f"{where}/{name}"
            yield from _evidence(url, owner, f"JSON-LD {name}", confidence, locator)


# -- microdata


def _from_microdata(said: Said) -> Iterator[SocialLink]:
    scopes = said.scopes
    done = set[HtmlElement]()
    for owner, scope in _owners(said):
        for name, confidence in (("sameas", _SAME_AS), ("url", _NAMED)):
            for element in scope.properties.get(name, ())[:_MOST]:
                if element not in done:
                    done.add(element)
                    url = microdata.address_of(element) or words(element)
                    label = "sameAs" if name == "sameas" else name
                    yield from _evidence(url, owner, f"microdata {label}", confidence, place(element))
    for scope in scopes.values():
        if is_article(scope.kind) and not said.is_list:
            for element in scope.properties.get("discussionurl", ())[:_MOST]:
                url = microdata.address_of(element)
                for link in _evidence(
                    url, "article", "microdata discussionUrl", _NAMED, place(element), ("discussion", "post")
                ):
                    yield replace(link, kind="discussion")


def _owners(said: Said) -> Iterator[tuple[LinkOwner, Scope]]:
    """Publishers and authors: an article's properties, and organizations on the page's host that stand on their own."""
    scopes = said.scopes
    articles = [it for it in scopes.values() if is_article(it.kind) and it.element is not None]
    if not said.is_list and len(articles) <= 1:
        owners: tuple[tuple[LinkOwner, str], ...] = (("publisher", "publisher"), ("author", "author"))
        for owner, name in owners:
            for scope in (*articles, scopes[None]):
                found = (scopes[it] for it in scope.properties.get(name, ())[:_MOST] if it in scopes)
                yield from ((owner, it) for it in found)
    for element, scope in islice(scopes.items(), 1_000):
        if element is None or element.get("itemprop") or not is_organization(scope.kind):
            continue
        home = scope.first("url")
        if home is None or _is_own(said, microdata.address_of(home)) or match(microdata.address_of(home)):
            yield "publisher", scope


# -- links and cards


def _from_rel(page: Page) -> Iterator[SocialLink]:
    """`link rel=me` and `link rel=author` in the head; those in the text are read where they stand."""
    for element in page.root.xpath("//link[@href][@rel]")[: 10 * _MOST]:
        rel = element.get("rel").lower().split()
        url = absolute(element.get("href"), page.base)
        if "me" in rel:
            yield from _evidence(url, "publisher", "rel=me", _SAME_AS, place(element))
        elif "author" in rel:
            yield from _evidence(url, "author", "rel=author", _NAMED, place(element))


def _from_cards(page: Page) -> Iterator[SocialLink]:
    """Addresses in h-cards (microformats2): of the author inside an entry, else of who publishes the page."""
    for card in page.root.xpath("//*[contains(concat(' ', normalize-space(@class), ' '), ' h-card ')]")[:_MOST]:
        outer = [set((it.get("class") or "").split()) for it in card.iterancestors()]
        own = set((card.get("class") or "").split())
        if any({"u-comment", "h-cite", "p-comment", "u-in-reply-to"} & it for it in (own, *outer)):
            continue
        inside = any("h-entry" in it for it in outer) and "p-publisher" not in own
        for element in islice(card.iter("a", "link"), _MOST):
            if {"u-url", "u-uid"} & set((element.get("class") or "").split()) and element.get("href"):
                url = absolute(element.get("href"), page.base)
                yield from _evidence(url, "author" if inside else "publisher", "h-card", _SAME_AS, place(element))


def _feeds(page: Page) -> Iterator[SocialLink]:
    """The site's own feeds (`rel=alternate`)."""
    for element in page.root.xpath("//link[@href][@type][contains(@rel, 'alternate')]")[:_MOST]:
        url = page.asset(element.get("href"))
        if element.get("type").partition(";")[0].strip().lower() in _FEEDS and url:
            yield SocialLink(
                platform="site",
                kind="feed",
                label=(element.get("title") or "").strip(),
                url=url,
                confidence=_NAMED,
                evidence="head link",
                locator=place(element),
            )


# -- meta


def _from_meta(head: Head) -> Iterator[SocialLink]:
    publisher = [*_addresses(head, "publisher", _META, "article:publisher", "og:article:publisher")]
    publisher += _names(head, "publisher", "twitter:site", "https://x.com/")
    publisher += _names(head, "publisher", "telegram:channel", "https://t.me/")
    publisher += _addresses(head, "publisher", _SEE_ALSO, "og:see_also")
    yield from publisher
    known = {it.url for it in publisher}
    author = [*_addresses(head, "author", _META, "article:author", "og:article:author")]
    author += _names(head, "author", "twitter:creator", "https://x.com/")
    yield from (it for it in author if it.url not in known)
    for value in head.all("fediverse:creator")[:_MOST]:
        if found := _ACCOUNT.fullmatch(value):
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
    for name in names:
        for value in head.all(name)[:_MOST]:
            yield from _evidence(value, owner, "meta", confidence, name)


def _names(head: Head, owner: LinkOwner, name: str, prefix: str) -> Sequence[SocialLink]:
    """Names in a field that belongs to one platform; some write the address."""
    found: list[SocialLink] = []
    for value in head.all(name)[:_MOST]:
        bare = _NAME.fullmatch(value)
        found += _evidence(prefix + bare[1] if bare else value, owner, "meta", _META, name)
    return found
