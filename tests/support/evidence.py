"""Small pages, and who publishes them by what is shown there."""

from syndicator.model.article import Text
from syndicator.model.social import SocialLink
from syndicator.model.web import Response
from syndicator.parse.article.region import Region, find_region
from syndicator.parse.decoding.tree import open_page
from syndicator.parse.metadata.evidence import PageMetadata
from syndicator.parse.metadata.structured import describe
from syndicator.parse.publishers.social import read_social

URL = "https://paper.example/a/1"
STORY = (
    "<p>The council voted late on Tuesday to keep the market hall open for another year.</p>"
    "<p>Engineers inspected every bridge in the county this spring and were content.</p>"
)


def said(body: str = "", head: str = "", url: str = URL) -> PageMetadata:
    """A page, read."""
    html = f"<html><head><title>T</title>{head}</head><body>{body}</body></html>"
    return describe(open_page(Response(url=url, status=200, body=html.encode()))).said


def region(page: PageMetadata, story: str = STORY) -> Region:
    """Where the story stands on it."""
    return find_region(page.page, Text(value=story) if story else None)


def shown(
    body: str = "", head: str = "", *, story: str = STORY, authors: tuple[str, ...] = (), url: str = URL
) -> tuple[SocialLink, ...]:
    """All evidence on a page."""
    page = said(body, head, url)
    return read_social(page, region(page, story), authors=authors)


def brief(links: tuple[SocialLink, ...]) -> list[tuple[str, str, str]]:
    """Owner, handle (else the address) and place of evidence of each link."""
    return [(it.owner, it.handle or it.url, it.evidence) for it in links]
