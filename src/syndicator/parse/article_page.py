"""Read an article's page as an entry: JSON-LD first, then microdata, then Open Graph; the body from the markup."""

from collections.abc import Iterable

from lxml.html import HtmlElement

from syndicator.model.article import Entry, Text
from syndicator.model.noun import replace
from syndicator.model.social import Credit
from syndicator.parse.article.article_body import find_body
from syndicator.parse.article.byline import read_byline
from syndicator.parse.article.region import find_region
from syndicator.parse.article.witness import count_words, is_linked
from syndicator.parse.decoding.tree import fragment, linked, words
from syndicator.parse.metadata.evidence import PageMetadata
from syndicator.parse.metadata.merge import merged
from syndicator.parse.metadata.opengraph import Head
from syndicator.parse.metadata.publishing_date import is_whole
from syndicator.parse.metadata.structured import Structured
from syndicator.parse.publishers.picture_credits import picture_credits
from syndicator.parse.publishers.social import read_social
from syndicator.social.naming import is_alike
from syndicator.text.headlines import without_site
from syndicator.text.markup import plain
from syndicator.text.slugs import slug

_HEADINGS = frozenset({"h2", "h3", "h4"})
"""Elements that may be the headlines of a list."""
_PARAGRAPH = 15
"""The fewest words of a paragraph that counts as running text."""
_HEADLINE = 4
"""The fewest words of a link that may be a headline: a button has fewer."""
_FEWEST = 3
"""The fewest paragraphs of an article without a date, and the fewest linked headlines of a list."""
_TEXT = 100
"""The fewest words, in paragraphs, of an article that nothing on the page calls one."""
_NEWS = 25
"""The fewest words, in paragraphs, of such an article if a date stands with its headline."""


def read_article(described: Structured, site_names: Iterable[str] = ()) -> Entry:
    """Read everything that the page says of its article; the caller sets `key` and `guid`.

    Args:
        described: The page, with what `describe` found in it.
        site_names: Names of the site, beyond those that the page gives, which may stand behind the headline.
    """
    said, json_ld, marked = described.said, described.json_ld, described.microdata
    page, head = said.page, said.head
    visible = head.article()
    found = merged(*map(_dated, (json_ld, marked, visible, described.about)))
    declared = [it.name for it in found.authors]
    is_sites = all(it.name == head.site_name or is_alike(slug(it.name), said.site) for it in found.authors)
    if is_sites or not found.published:
        seen = read_byline(page, head.heading, found.language)
        if is_sites and seen.authors:
            found = replace(found, authors=())  # a site that calls itself the author, and shows a person
        found = merged(found, seen if not found.published else replace(seen, updated=""))
    title = _headline(head, (marked, json_ld, visible), site_names)
    authors = [it.name for it in found.authors]
    content, captioned = find_body(
        page,
        json_ld.content if json_ld else None,
        marked.content if marked else None,
        [*authors, *declared],
        [head.headline, plain(title.value) if title else "", *head.all("og:title", "twitter:title")],
    )
    region = find_region(page, content)
    return replace(
        found,
        url=page.canonical if page.local else page.url,
        canonical=page.canonical,
        title=title,
        content=content,
        social=read_social(said, region, names=site_names, authors=authors),
        credits=_credited((*found.credits, *captioned, *picture_credits(region)), said.site),
    )


def _credited(found: Iterable[Credit], site: str) -> tuple[Credit, ...]:
    """Give each credit once; the site's name is left out beside a person's: «Photo by Tom Field, Valley Echo»."""
    told = tuple(dict.fromkeys(found))
    people = tuple(it for it in told if not is_alike(slug(it.name), site))
    return people or told


def _dated(entry: Entry | None) -> Entry | None:
    """Remove an entry's dates that cannot be read or name no day ("10:05"), so that another description's count."""
    if entry is None:
        return None
    published, updated = (it if is_whole(it) else "" for it in (entry.published, entry.updated))
    return replace(entry, published=published, updated=updated)


def reads_as_article(said: PageMetadata, entry: Entry) -> bool:
    """Whether a page that does not call itself an article is one: a headline that fits its title, over running text.

    With a date, a short text is enough. A page whose headlines are links, between texts or with little else, is a list.
    """
    if entry.content is None or not entry.content.html or not said.head.is_titled(said.head.headline):
        return False
    root = fragment(entry.content.value)
    counts = [count_words(words(it)) for it in root.iter("p") if not is_linked(it)]
    told = [it for it in counts if it >= _PARAGRAPH]
    is_told = sum(told) >= _NEWS if entry.published else len(told) >= _FEWEST and sum(told) >= _TEXT
    linked_words = sum(count_words(words(it)) for it in root.iter("a"))
    if not is_told or 5 * linked_words >= sum(told) or sum(map(is_linked, root.iter("li"))) >= _FEWEST:
        return False
    region = find_region(said.page, entry.content)
    between = region.elements[region.first : region.last + 1]
    return bool(between) and sum(map(_is_headline, between)) < max(_FEWEST, len(told) // 2)


def _is_headline(element: HtmlElement) -> bool:
    """Whether an element is a linked headline: a heading that is mostly link, or a long link alone in its parent."""
    if element.tag in _HEADINGS:
        return 2 * linked(element) > len(words(element))
    if element.tag != "a" or (parent := element.getparent()) is None or parent.tag in _HEADINGS:
        return False
    return count_words(told := words(element)) >= _HEADLINE and told == words(parent)


def _headline(head: Head, told: Iterable[Entry | None], site_names: Iterable[str]) -> Text | None:
    """Give the metadata's title, unless no heading shows it and the page's headline agrees with the page's `title`."""
    headline = merged(*told).title
    if head.headline and head.is_titled(head.headline) and not (headline and head.shows(plain(headline.value))):
        headline = Text(value=head.headline, html=False)
    names = (head.site_name, *site_names, head.host, head.host.rpartition(".")[0])
    return headline and replace(headline, value=without_site(headline.value, names))
