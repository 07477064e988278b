"""The kind `page`: an HTML page that is one article, or that lists articles."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from syndicator.model.article import Entry, Text
from syndicator.model.failure import FailureKind
from syndicator.model.noun import replace
from syndicator.model.outcome import Parsed
from syndicator.model.source import Select, Source
from syndicator.model.web import Response
from syndicator.parse.article.body_edges import without_headline
from syndicator.parse.article.region import find_region
from syndicator.parse.article_page import read_article, reads_as_article
from syndicator.parse.decoding.packed import unpacked
from syndicator.parse.decoding.tree import Page, open_page
from syndicator.parse.discover import offered
from syndicator.parse.failures import Unreadable
from syndicator.parse.feeds.entries import distinct
from syndicator.parse.listing import by_selectors, collapsed, wishes
from syndicator.parse.metadata.evidence import PageMetadata
from syndicator.parse.metadata.merge import merged
from syndicator.parse.metadata.rights import read_rights
from syndicator.parse.metadata.schemaorg import is_article, type_name
from syndicator.parse.metadata.structured import Structured, describe
from syndicator.parse.microformats import h_feed
from syndicator.parse.microformats.h_feed import HFeed
from syndicator.parse.publishers.social import of_publisher, read_social
from syndicator.social.links import conflicts
from syndicator.text.characters import letters
from syndicator.text.keys import fold
from syndicator.text.markup import plain
from syndicator.text.urls import identity

SHORTEST_BODY = 250
"""The fewest characters of a body's markup with which a page that does not call itself an article is read as one.

A page with fewer is an error page or a login. Characters are counted as by `letters`.
"""

SHORTEST_LISTED = 80
"""The fewest characters of a body's markup if a heading of the page is the headline by which the page was listed."""

_OF_PAGE = frozenset({"noindex", "none"})
"""Robots directives that hold for the page itself, and not for the entries that it lists."""

_STEM = 4
"""Letters at the start of a word that its grammatical endings mostly leave unchanged; shorter words are ignored."""

_LONGEST_HEADLINE = 1_000
"""Characters of a headline whose words are looked for on a page."""


def parse(response: Response, source: Source) -> Parsed:
    """Read a page as a list of articles, or as one article.

    With `select.item`, it is the list that the selectors find; without, it is what the page says of itself.

    Raises:
        Unreadable: The page is neither, or the selectors do not fit.
    """
    page = open_page(response)
    select = source.select or Select()
    if select.item:
        return _listing(PageMetadata.of(page), source, *by_selectors(page, select))
    described = describe(page)
    said = described.said
    is_described = described.json_ld is not None or described.microdata is not None
    if described.is_article and is_described:
        return _article(said, source, _lone(described, source, response))
    if described.listed:
        return _listing(said, source, described.listed, said.graph.warnings)
    feed = h_feed.read(page, said.head)
    if feed is not None and source.kind != "page" and offered(response):
        feed = None  # kind "auto": the feed that the page offers is better, as the site itself makes it
    if feed is not None and not described.is_article and not feed.has_text:
        return _as_feed(said, source, response, feed)
    lone = _lone(described, source, response)
    is_article = described.is_article or reads_as_article(said, lone)
    if is_article and (feed is None or not feed.tells(_elements(page, lone))):
        return _article(said, source, lone)
    if feed is not None:
        return _as_feed(said, source, response, feed)
    raise Unreadable(
        FailureKind.NO_FEED,
        "The page is neither an article nor a list of articles: its JSON-LD, microdata, microformats and og:type "
        "declare neither, and it does not read like an article.",
        'If it lists articles, say where with select = { item = "…", link = "…" }; '
        "`syndicator preview` of its address proposes that line if it recognises the list.",
    )


def parse_article(response: Response, source: Source, wished: Entry, *, of_feed: bool = False) -> Parsed:
    """Read the page that completes an entry.

    The entry keeps the `key`, `guid`, `url` and summary with which it was listed; every other field is the page's, if
    the page has it. The fields of a feed's entry (`of_feed`) are kept, except pictures, and a text that is shorter than
    the page's.

    Raises:
        Unreadable: There is no article on the page, or another one than was listed.
    """
    response = unpacked(response)
    page = open_page(response)
    described = describe(page)
    found = read_article(described, (source.title,))
    characters = letters(found.content.value) if found.content else 0
    headline = plain(wished.title.value) if wished.title else ""
    is_article = described.is_article or (characters and _is_typed(page))
    is_listed = bool(headline) and described.said.head.shows(headline)
    if characters < (1 if is_article else SHORTEST_LISTED if is_listed else SHORTEST_BODY):
        raise Unreadable(FailureKind.EMPTY, "The page holds no article.", "Open the address in a browser.")
    if _is_led_home(response, source, wished) or not (is_article or is_listed or _says(found, headline)):
        raise Unreadable(FailureKind.EMPTY, "The page is about something else.", "Open the address in a browser.")
    terms = read_rights(page, response)
    kept = replace(found, key=wished.key, guid=wished.guid, url=wished.url, raw=response.body, terms=terms)
    if of_feed:
        entry = _completed(wished, kept)
    else:
        entry = merged(replace(kept, summary=wished.summary or found.summary), wished)
    return Parsed(entries=(entry,), warnings=(*described.said.graph.warnings, *conflicts(entry.social)))


def _completed(entry: Entry, page: Entry) -> Entry:
    """Complete a feed's entry: the page gives the fields that it lacks, pictures, and the text where that is longer.

    `raw` stays the feed's: a page has a hundred times as many bytes.
    """
    told = max(_characters(it) for it in (entry.content, entry.summary))
    if page.content is not None and _characters(page.content) > told:
        headline = plain(page.title.value) if page.title else ""
        content = without_headline(page.content, [headline], is_title=False)  # the feed's title stands above the text
        entry = replace(entry, content=content, summary=entry.summary or entry.content)
    elif told:
        page = replace(page, content=None)
    terms = replace(page.terms, license=page.terms.license or entry.terms.license)
    both = merged(replace(entry, images=page.images or entry.images), page)
    return replace(both, terms=terms)


def _is_led_home(response: Response, source: Source, wished: Entry) -> bool:
    """Whether a redirect led from an article to a front page, which may show its headline, too.

    Of a private source this is not known, because its addresses are replaced before reading.
    """
    return not source.private and bool(identity(wished.url)) and not identity(response.url)


def _characters(text: Text | None) -> int:
    return len(plain(text.value)) if text else 0


def _says(page: Entry, headline: str) -> bool:
    """Whether a page has half of a headline's words, compared by their first letters.

    A front page or a consent form has fewer.
    """
    told = {it[:_STEM] for it in fold(headline[:_LONGEST_HEADLINE]).split() if len(it) >= _STEM}
    text = fold(" ".join(plain(it.value) for it in (page.title, page.content) if it))
    return 2 * sum(it in text for it in told) >= len(told)


def _is_typed(page: Page) -> bool:
    """Whether the page's only `article` with a `typeof` (RDFa) is typed as an article."""
    typed = page.root.xpath("//article/@typeof")
    return len(typed) == 1 and any(is_article(type_name(it)) for it in str(typed[0]).split())


def _lone(described: Structured, source: Source, response: Response) -> Entry:
    """Read the entry of a source that is one article."""
    page = described.said.page
    entry = read_article(described, (source.title,))
    url = page.canonical if source.private else entry.url
    key = page.key(page.canonical or source.url)
    return replace(entry, key=key, url=url, raw=response.body, terms=read_rights(page, response))


def _elements(page: Page, entry: Entry) -> Sequence[HtmlElement]:
    """Give the elements of the page in which the entry's text stands."""
    region = find_region(page, entry.content)
    return region.elements[region.first : region.last + 1]


def _article(said: PageMetadata, source: Source, entry: Entry) -> Parsed:
    """Give the result for a source that is one article; the publisher's accounts on it are the source's, too."""
    info = said.head.info(private=source.private)
    return Parsed(
        info=replace(info, social=of_publisher(entry.social)),
        entries=(entry,),
        warnings=(*said.graph.warnings, *conflicts(entry.social)),
    )


def _as_feed(said: PageMetadata, source: Source, response: Response, feed: HFeed) -> Parsed:
    """Give the result for a page that is a feed: its entries' fields go before those of their own pages, as any feed's.

    The page's terms hold for the texts that it shows. Only `noindex` and `unavailable_after` do not: they are about the
    page itself.
    """
    terms = read_rights(said.page, response)
    terms = replace(terms, robots=tuple(it for it in terms.robots if it not in _OF_PAGE), unavailable_after="")
    entries = tuple(replace(it, terms=terms) for it in feed.entries)
    parsed = _listing(said, source, entries, (*said.graph.warnings, *feed.warnings), of_feed=True)
    return replace(parsed, info=replace(parsed.info, title=feed.name or parsed.info.title))


def _listing(
    said: PageMetadata, source: Source, found: tuple[Entry, ...], warnings: tuple[str, ...], *, of_feed: bool = False
) -> Parsed:
    page, head = said.page, said.head
    said = replace(said, is_list=True)
    social = of_publisher(read_social(said, find_region(page, None), names=(source.title,)))
    warnings += conflicts(social)
    entries = tuple(replace(it, language=it.language or head.language) for it in collapsed(page, found))
    if not entries:
        raise Unreadable(FailureKind.NO_FEED, "The page lists only itself.", "Open the address in a browser.")
    if of_feed:
        entries, doubts = distinct(entries)
        warnings += doubts
    wished = wishes(page, entries, of_feed=of_feed) if source.follows else ()
    if source.follows and len(wished) < len(entries):
        left = len(entries) - len(wished)
        warnings += (f"{left} of {len(entries)} listed pages are not followed: a file source may lead only to files",)
    info = replace(head.info(private=source.private), social=social)
    return Parsed(info=info, entries=entries, wishes=wished, warnings=warnings)
