"""Tell by a page's JSON-LD, microdata and Open Graph whether it is one article or a list, and read what they say."""

from collections.abc import Iterable

from syndicator.model.article import Entry
from syndicator.model.noun import Noun
from syndicator.parse.decoding.tree import Page
from syndicator.parse.metadata import jsonld, microdata
from syndicator.parse.metadata.evidence import PageMetadata
from syndicator.parse.metadata.merge import merged
from syndicator.parse.metadata.opengraph import Head
from syndicator.text.urls import identity


class Structured(Noun):
    """A page's own description.

    Attributes:
        said: The page with all the metadata that were read of it.
        json_ld: The page's article by JSON-LD; None: there is none.
        microdata: The page's article by microdata; None: there is none.
        about: What both say of the page itself, without calling it an article; None: nothing.
        listed: The articles with an address that the page lists, by JSON-LD, else by microdata.
        is_article: Whether the page is one article, rather than a list.
    """

    said: PageMetadata
    json_ld: Entry | None
    microdata: Entry | None
    about: Entry | None
    listed: tuple[Entry, ...]
    is_article: bool


def describe(page: Page) -> Structured:
    """Read all three vocabularies and tell an article from a list.

    An article may list related ones, and the page of a list may call itself an article. So a description with this
    page's address or headline, or a marked body, counts first; then a list; then a description that is the only one.
    """
    said = PageMetadata.of(page)
    head, graph, scopes = said.head, said.graph, said.scopes
    articles = jsonld.articles(page, graph)
    own = next((it for it in articles if _same_page(it.url, page)), None) or _headlined(articles, head)
    marked = microdata.article(page, scopes)
    listed = _with_address(jsonld.listed(page, graph))
    if own is None and len(articles) > 1 and not listed:
        listed = _with_address(articles)
    listed = listed or _with_address(microdata.listed(page, scopes))
    lone = articles[0] if len(articles) == 1 else None
    is_lone = lone is not None and (not lone.url or head.is_article or not listed)
    is_own = own is not None or (marked is not None and marked.content is not None)
    return Structured(
        said=said,
        json_ld=own or lone,
        microdata=marked,
        about=_about(jsonld.about(page, graph), microdata.about(page, scopes)),
        listed=listed,
        is_article=is_own or is_lone or (not listed and (marked is not None or head.is_article)),
    )


def _headlined(articles: Iterable[Entry], head: Head) -> Entry | None:
    """Find the article without an address whose headline is the page's.

    Some pages describe their article without its address, beside others.
    """
    titled = [(it, it.title.value.strip()) for it in articles if not it.url and it.title]
    return next((it for it, title in titled if title and title == head.headline), None)  # `headline` is slow: only now


def _about(*found: Entry | None) -> Entry | None:
    told = [it for it in found if it is not None]
    return merged(*told) if told else None


def _same_page(url: str, page: Page) -> bool:
    return bool(identity(url)) and identity(url) in {identity(page.url), identity(page.canonical)}


def _with_address(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(it for it in entries if it.url)
