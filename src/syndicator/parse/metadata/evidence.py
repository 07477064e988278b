"""A page with what was read of it, and a piece of evidence that it gives."""

from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from syndicator.model.noun import Noun, replace
from syndicator.model.social import LinkKind, LinkOwner, SocialLink
from syndicator.parse.decoding.tree import Page
from syndicator.parse.metadata import microdata
from syndicator.parse.metadata.graph import Graph, read_graph
from syndicator.parse.metadata.opengraph import Head
from syndicator.social.platforms import PRESENT, match
from syndicator.text.urls import absolute

SAME_AS, NAMED = 0.95, 0.9
"""Confidence of an address that is said to be the same thing, and of one that is only named."""
MOST = 100
"""Values of one property, or elements of one kind, that are read."""
_IDENTITY = frozenset({"rel=me", "h-card"})
"""Places whose address may be on any server of the fediverse."""


class PageMetadata(Noun, kw_only=False):
    """A page with the metadata that are read of it.

    Attributes:
        page: Its tree, and where its links start.
        head: Its head and headings.
        graph: Its JSON-LD.
        scopes: Its microdata.
        is_list: Whether it lists articles, and is none itself.
    """

    page: Page
    head: Head
    graph: Graph
    scopes: microdata.Scopes
    is_list: bool = False

    @classmethod
    def of(cls, page: Page) -> "PageMetadata":
        """A page, read."""
        return cls(page, Head(page), read_graph(page), microdata.read(page))

    @property
    def site(self) -> str:
        """The host of the page on the web, without `www.` and its like."""
        return self.head.host


def evidence_of(
    url: str, owner: LinkOwner, evidence: str, confidence: float, locator: str, kinds: Iterable[LinkKind] = PRESENT
) -> Iterator[SocialLink]:
    """What an address shows, if a platform has it and it is of one of these kinds."""
    link = match(absolute(url), fediverse=evidence in _IDENTITY) if url else None
    if link is not None and link.kind in kinds:
        yield replace(link, owner=owner, confidence=confidence, evidence=evidence, locator=locator)


def place(element: HtmlElement) -> str:
    """Where an element stands in its page, as an XPath."""
    return str(element.getroottree().getpath(element))
