"""An article page as an entry: JSON-LD first, then microdata, then Open Graph; the body as the page's own markup."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from itertools import islice

from lxml.etree import strip_elements

from syndicator.model.article import Entry, Text
from syndicator.parse.merge import merged
from syndicator.parse.opengraph import without_site
from syndicator.parse.structured import Structured
from syndicator.parse.tree import Page
from syndicator.text.markup import plain

_MOST_ELEMENTS = 50_000
"""Above this, looking for the body by its shape takes seconds; a long article's page has a tenth of it."""


def read_article(page: Page, described: Structured, site_names: Iterable[str] = ()) -> Entry:
    """Everything the page says of its article; `key` and `guid` are the caller's to give.

    Args:
        page: The page.
        described: What `describe` found in it.
        site_names: Names of the site, beside its own, that may trail behind the headline.
    """
    json_ld, marked, visible = described.json_ld, described.microdata, described.head.article()
    found = merged(json_ld, marked, visible)
    headline = merged(marked, json_ld, visible).title
    if headline is not None:
        names = (described.head.site_name, *site_names)
        headline = replace(headline, value=without_site(headline.value, names))
    return replace(
        found,
        url=page.canonical if page.local else page.url,
        canonical=page.canonical,
        title=headline,
        content=_body(page, json_ld.content if json_ld else None, marked.content if marked else None),
    )


def _body(page: Page, told: Text | None, marked: Text | None) -> Text | None:
    """The body: the marked element, else what looks like one; the words of JSON-LD only where those are far shorter."""
    plain_text = told or (marked if marked and not marked.html else None)
    markup = marked if marked and marked.html else _extracted(page)
    if markup and (not plain_text or 2 * len(plain(markup.value)) >= len(plain_text.value)):
        return markup
    return plain_text or markup


def _extracted(page: Page) -> Text | None:
    """The body by the shape of the page."""
    from trafilatura import extract  # noqa: PLC0415 - costs 0.3 s, and few pages need it

    if next(islice(page.root.iter(), _MOST_ELEMENTS, None), None) is not None:
        return None
    root = deepcopy(page.root)
    strip_elements(root, "script", with_tail=False)  # else it finds the plain text of JSON-LD there
    try:
        markup = extract(
            root, output_format="html", fast=True, include_comments=False, include_images=True, include_links=True
        )
    except Exception:  # noqa: BLE001 - a stranger's code on a stranger's page: the article is kept without its body
        return None
    body = (markup or "").partition("<body>")[2].rpartition("</body>")[0].strip()
    return Text(value=body, base=page.public_base) if body else None
