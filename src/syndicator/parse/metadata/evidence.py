"""A page with all the metadata that were read of it, and the social links that its addresses are evidence of."""

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
"""Confidence of an address that is declared to be the same thing (`sameAs`), and of one that is only named."""
MOST = 100
"""The most values of one property, or elements of one kind, that are read."""
_IDENTITY = frozenset({"rel=me", "h-card"})
"""Kinds of evidence whose address may be an account on any server of the fediverse."""


class PageMetadata(Noun, kw_only=False):
    """A page with the metadata that were read of it.

    Attributes:
        page: The page's tree, and the base of its links.
        head: What its head and headings say.
        graph: Its JSON-LD.
        scopes: Its microdata.
        is_list: Whether it is a list of articles, and not an article.
    """

    page: Page
    head: Head
    graph: Graph
    scopes: microdata.Scopes
    is_list: bool = False

    @classmethod
    def of(cls, page: Page) -> "PageMetadata":
        """Read a page's metadata."""
        return cls(page, Head(page), read_graph(page), microdata.read(page))

    @property
    def site(self) -> str:
        """The page's host on the web, without `www.` and its like."""
        return self.head.host


def evidence_of(
    url: str, owner: LinkOwner, evidence: str, confidence: float, locator: str, kinds: Iterable[LinkKind] = PRESENT
) -> Iterator[SocialLink]:
    """Give the social link that an address is, if it is on a known platform and of one of these kinds.

    Args:
        url: The address, as written.
        owner: Whose link it is.
        evidence: The kind of evidence that it is found by.
        confidence: How sure that evidence is, from 0 to 1.
        locator: Where on the page it stands.
        kinds: The kinds of links that count.
    """
    link = match(absolute(url), fediverse=evidence in _IDENTITY) if url else None
    if link is not None and link.kind in kinds:
        yield replace(link, owner=owner, confidence=confidence, evidence=evidence, locator=locator)


def place(element: HtmlElement) -> str:
    """Give the place of an element in its page, as an XPath."""
    return str(element.getroottree().getpath(element))
