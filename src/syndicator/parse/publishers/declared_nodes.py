"""Read what JSON-LD and microdata declare: `sameAs` and `url` of a page's publisher and authors, its discussion."""

from collections.abc import Callable, Iterator
from itertools import islice

from lxml.html import HtmlElement

from syndicator.model.noun import replace
from syndicator.model.social import LinkOwner, SocialLink
from syndicator.parse.decoding.tree import words
from syndicator.parse.metadata import microdata
from syndicator.parse.metadata.evidence import MOST, NAMED, SAME_AS, PageMetadata, evidence_of, place
from syndicator.parse.metadata.graph import Graph, Node, types
from syndicator.parse.metadata.microdata import Scope
from syndicator.parse.metadata.schemaorg import is_article, is_organization
from syndicator.social.addresses import is_within
from syndicator.social.naming import naming
from syndicator.social.platforms import DISCUSSED, host_of, match
from syndicator.text.urls import absolute, identity


def from_json_ld(said: PageMetadata) -> Iterator[SocialLink]:
    """Give what JSON-LD declares of the publisher, the authors and the article's discussion, as pieces of evidence.

    An author who is called like the publisher (`_called`) counts as the publisher.
    """
    graph = said.graph
    own = _own_articles(said)
    publishers = [it for article in own for it in graph.nodes(article.get("publisher"))]
    authors = [it for article in own for name in ("author", "creator") for it in graph.nodes(article.get(name))]
    named = {_called(it) for it in publishers} - {""}
    heads = list(islice((it for it in graph.top if _is_own_organization(said, it, named)), MOST))
    owners: list[tuple[Node, LinkOwner]] = [(it, "publisher") for it in (*publishers, *heads)]
    owners += [(it, "publisher" if _called(it) in named else "author") for it in authors]
    done = set[str]()
    for node, owner in owners:
        where = graph.place(node)
        if where not in done:
            done.add(where)
            yield from _of_node(graph, node, owner, where)
    for article in own:
        yield from _discussions(graph, article)


def _discussions(graph: Graph, article: Node) -> Iterator[SocialLink]:
    """Give the addresses at which an article is discussed, and the posts that it shares (`sharedContent`)."""
    for name in ("discussionUrl", "sharedContent"):
        for url in graph.strings(article.get(name), "url", "@id"):
            where = f"{graph.place(article)}/{name}"
            for link in evidence_of(url, "article", f"JSON-LD {name}", NAMED, where, DISCUSSED):
                yield replace(link, kind="discussion") if name == "discussionUrl" else link


def _own_articles(said: PageMetadata) -> list[Node]:
    """Give the nodes of the page's article; none on a list.

    They are those with the page's address, else the only one, else the first without an address.
    """
    if said.is_list:
        return []
    graph, page = said.graph, said.page
    nodes = graph.articles
    here = {identity(page.url), identity(page.canonical)} - {""}
    own = [it for it in nodes if identity(page.link(graph.address(it))) in here]
    return own or (nodes if len(nodes) == 1 else [it for it in nodes if not graph.address(it)][:1])


def _called(node: Node) -> str:
    """Give what identifies a node in other places of the graph: its `@id`, else its name; or an empty string."""
    name = node.get("@id") or node.get("name")
    return name.strip() if isinstance(name, str) else ""


def _is_own_organization(said: PageMetadata, node: Node, publishers: set[str]) -> bool:
    """Whether a node that stands on its own is the page's publisher: it is called so, or is on the page's host.

    Args:
        said: The page; if it is a list, such as a blog's front page, the publisher may be a person.
        node: The node.
        publishers: How the publishers of the page's article are called; empty: the article names none.
    """
    kinds = types(node)
    if not any(map(is_organization, kinds)) and not ("person" in kinds and said.is_list):
        return False
    if publishers:
        return _called(node) in publishers or "website" in kinds or _is_own(said, _home(said.graph, node))
    url = _home(said.graph, node)
    return _is_own(said, url) if url else "website" in kinds or _is_called(said, node.get("name"))


def _is_called(said: PageMetadata, name: object) -> bool:
    """Whether a name is the site's: like the one that the page's head gives, or like its host."""
    return isinstance(name, str) and bool(name.strip()) and naming((said.head.site_name,), said.site).is_own(name)


def _home(graph: Graph, node: Node) -> str:
    """Give a node's own address: its `url`, else its `@id` if that is absolute, else an empty string."""
    named = graph.string(node.get("@id"))
    return graph.string(node.get("url"), "@id") or (named if "://" in named else "")


def _is_own(said: PageMetadata, url: str) -> bool:
    """Whether an address is on the page's host, on a subdomain of it, or on a domain above it."""
    host = host_of(absolute(url, said.page.base))
    return is_within(host, said.site) or is_within(said.site, host)


def _of_node(graph: Graph, node: Node, owner: LinkOwner, where: str) -> Iterator[SocialLink]:
    """Give the accounts in a node's `sameAs` and `url`; `where` is the node's place in the graph."""
    for name, confidence in (("sameAs", SAME_AS), ("url", NAMED)):
        value = node.get(name)
        for number, url in enumerate(graph.strings(value, "@id", "url")[:MOST]):
            locator = f"{where}/{name}/{number}" if isinstance(value, list) else f"{where}/{name}"
            yield from evidence_of(url, owner, f"JSON-LD {name}", confidence, locator)


# -- microdata


def from_microdata(said: PageMetadata, is_told: Callable[[HtmlElement], bool]) -> Iterator[SocialLink]:
    """Give what microdata declare of the publisher, the authors and the article's discussion, as pieces of evidence.

    Args:
        said: The page, and what was read of it.
        is_told: Whether an element is part of the story: an organization there is not the publisher.
    """
    scopes = said.scopes
    done = set[HtmlElement]()
    for owner, scope in _owners(said, is_told):
        for name, confidence in (("sameas", SAME_AS), ("url", NAMED)):
            for element in scope.properties.get(name, ())[:MOST]:
                if element not in done:
                    done.add(element)
                    url = microdata.address_of(element) or words(element)
                    label = "sameAs" if name == "sameas" else name
                    yield from evidence_of(url, owner, f"microdata {label}", confidence, place(element))
    for scope in scopes.values():
        if is_article(scope.kind) and not said.is_list:
            for element in scope.properties.get("discussionurl", ())[:MOST]:
                url = microdata.address_of(element)
                found = evidence_of(url, "article", "microdata discussionUrl", NAMED, place(element), DISCUSSED)
                yield from (replace(link, kind="discussion") for link in found)


def _owners(said: PageMetadata, is_told: Callable[[HtmlElement], bool]) -> Iterator[tuple[LinkOwner, Scope]]:
    """Give publishers and authors, each with the scope that describes it.

    They are properties of an article or of the page itself, unless the page has several articles or is a list; and
    organizations that stand on their own, if they have no address, one on the page's host, or one on a platform.
    """
    scopes = said.scopes
    articles = [it for it in scopes.values() if is_article(it.kind) and it.element is not None]
    if not said.is_list and len(articles) <= 1:
        owners: tuple[tuple[LinkOwner, str], ...] = (("publisher", "publisher"), ("author", "author"))
        for owner, name in owners:
            for scope in (*articles, scopes[None]):
                found = (scopes[it] for it in scope.properties.get(name, ())[:MOST] if it in scopes)
                yield from ((owner, it) for it in found)
    for element, scope in islice(scopes.items(), 1_000):
        if element is None or element.get("itemprop") or not is_organization(scope.kind):
            continue
        if is_told(element):
            continue
        home = scope.first("url")
        if home is None or _is_own(said, microdata.address_of(home)) or match(microdata.address_of(home)):
            yield "publisher", scope
