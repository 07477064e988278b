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
    """What JSON-LD declares of the publisher, the authors and the article's discussion."""
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
    """Where an article is discussed, and the posts that share it."""
    for name in ("discussionUrl", "sharedContent"):
        for url in graph.strings(article.get(name), "url", "@id"):
            where = f"{graph.place(article)}/{name}"
            for link in evidence_of(url, "article", f"JSON-LD {name}", NAMED, where, DISCUSSED):
                yield replace(link, kind="discussion") if name == "discussionUrl" else link


def _own_articles(said: PageMetadata) -> list[Node]:
    """The nodes of the page's article: those that name it, else the only one; none on a list."""
    if said.is_list:
        return []
    graph, page = said.graph, said.page
    nodes = graph.articles
    here = {identity(page.url), identity(page.canonical)} - {""}
    own = [it for it in nodes if identity(page.link(graph.address(it))) in here]
    return own or (nodes if len(nodes) == 1 else [it for it in nodes if not graph.address(it)][:1])


def _called(node: Node) -> str:
    name = node.get("@id") or node.get("name")
    return name.strip() if isinstance(name, str) else ""


def _is_own_organization(said: PageMetadata, node: Node, publishers: set[str]) -> bool:
    """Whether a node that stands on its own is who publishes the page: it is called so, or is on the page's host."""
    kinds = types(node)
    if not any(map(is_organization, kinds)) and not ("person" in kinds and said.is_list):
        return False
    if publishers:
        return _called(node) in publishers or "website" in kinds or _is_own(said, _home(said.graph, node))
    url = _home(said.graph, node)
    return _is_own(said, url) if url else "website" in kinds or _is_called(said, node.get("name"))


def _is_called(said: PageMetadata, name: object) -> bool:
    """Whether a name is the site's, by what the page calls that or by its host."""
    return isinstance(name, str) and bool(name.strip()) and naming((said.head.site_name,), said.site).is_own(name)


def _home(graph: Graph, node: Node) -> str:
    """Give a node's own address: its `url`, else its `@id` if that is absolute; or empty."""
    named = graph.string(node.get("@id"))
    return graph.string(node.get("url"), "@id") or (named if "://" in named else "")


def _is_own(said: PageMetadata, url: str) -> bool:
    host = host_of(absolute(url, said.page.base))
    return is_within(host, said.site) or is_within(said.site, host)


def _of_node(graph: Graph, node: Node, owner: LinkOwner, where: str) -> Iterator[SocialLink]:
    for name, confidence in (("sameAs", SAME_AS), ("url", NAMED)):
        value = node.get(name)
        for number, url in enumerate(graph.strings(value, "@id", "url")[:MOST]):
            locator = f"{where}/{name}/{number}" if isinstance(value, list) else f"{where}/{name}"
            yield from evidence_of(url, owner, f"JSON-LD {name}", confidence, locator)


# -- microdata


def from_microdata(said: PageMetadata, is_told: Callable[[HtmlElement], bool]) -> Iterator[SocialLink]:
    """Read what microdata declare; an organization inside the story (`is_told`) is not the publisher."""
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
    """Publishers and authors: an article's properties, and organizations on the page's host that stand on their own."""
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
