"""An article page as an entry: JSON-LD first, then microdata, then Open Graph; the body as the page's own markup."""

from collections.abc import Iterable
from dataclasses import replace

from syndicator.model.article import Entry, Text
from syndicator.parse.article_body import find_body
from syndicator.parse.byline import read_byline
from syndicator.parse.merge import merged
from syndicator.parse.opengraph import Head, without_site
from syndicator.parse.structured import Structured
from syndicator.parse.tree import Page
from syndicator.text.markup import plain


def read_article(page: Page, described: Structured, site_names: Iterable[str] = ()) -> Entry:
    """Everything the page says of its article; `key` and `guid` are the caller's to give.

    Args:
        page: The page.
        described: What `describe` found in it.
        site_names: Names of the site, beside its own, that may trail behind the headline.
    """
    head, json_ld, marked = described.head, described.json_ld, described.microdata
    visible = head.article()
    found = merged(json_ld, marked, visible, described.about)
    if not (found.published and found.authors):
        seen = read_byline(page, head.heading, found.language)
        found = merged(found, seen if not found.published else replace(seen, updated=""))
    content, captioned = find_body(
        page,
        json_ld.content if json_ld else None,
        marked.content if marked else None,
        [it.name for it in found.authors],
    )
    return replace(
        found,
        url=page.canonical if page.local else page.url,
        canonical=page.canonical,
        title=_headline(head, (marked, json_ld, visible), site_names),
        content=content,
        credits=(*found.credits, *captioned),
    )


def _headline(head: Head, told: Iterable[Entry | None], site_names: Iterable[str]) -> Text | None:
    """What the metadata say, unless the page shows no such heading, but another one that agrees with its title."""
    headline = merged(*told).title
    if head.headline and head.is_titled(head.headline) and not (headline and head.shows(plain(headline.value))):
        headline = Text(value=head.headline, html=False)
    return headline and replace(headline, value=without_site(headline.value, (head.site_name, *site_names)))
