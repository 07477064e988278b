"""Collect the evidence on a page of who publishes it, and on which platforms: each piece is a `SocialLink`.

Declarations come first (`declared`), then the page's links by where they stand (`anchors`). Accounts that a story
quotes, embeds or tells of are never taken for its publisher's.
"""

from collections.abc import Iterable, Sequence

from syndicator.model.noun import replace
from syndicator.model.social import SocialLink
from syndicator.parse.article.region import Region
from syndicator.parse.metadata.evidence import PageMetadata, place
from syndicator.parse.publishers.anchors import Reader
from syndicator.parse.publishers.declared import declared

MOST_FINDINGS = 100
"""The most pieces of evidence of one page."""


def read_social(
    said: PageMetadata, region: Region, *, names: Iterable[str] = (), authors: Sequence[str] = ()
) -> tuple[SocialLink, ...]:
    """Find the evidence on a page, at most `MOST_FINDINGS` pieces, those of third parties last.

    Links that share the article come after the other ones of the publisher, the authors and the article.

    Args:
        said: The page, and what was read of it.
        region: Where the article's body stands.
        names: The publisher's names, beside that in the page's head.
        authors: The authors' names.

    Returns:
        The links, each with an XPath or the name of its place as locator.
    """
    own = tuple(declared(said, region.has))
    reader = Reader(
        said.page,
        region,
        site=said.site,
        names=(said.head.site_name, *names),
        authors=authors,
        declared=own,
    )
    found: dict[tuple[str, ...], SocialLink] = {}
    for link in (*own, *reader.read()):
        found.setdefault((link.evidence, link.kind, link.owner, link.url), link)
    ordered = sorted(found.values(), key=lambda it: (it.owner == "third_party", it.kind == "share"))
    return tuple(
        replace(it, locator=place(region.elements[int(it.locator)])) if it.locator.isdecimal() else it
        for it in ordered[:MOST_FINDINGS]
    )


def of_publisher(links: Iterable[SocialLink]) -> tuple[SocialLink, ...]:
    """Give the links that are the publisher's, and so belong to the source, not to one article."""
    return tuple(it for it in links if it.owner == "publisher")
