"""Read an entry of a page's feed (https://microformats.org/wiki/h-entry, hAtom)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from syndicator.model.article import Enclosure, Entry, Person, Text
from syndicator.model.noun import replace
from syndicator.model.social import SocialLink
from syndicator.parse.decoding.tree import Page, inner_html, outer_html, picture, tokens, words
from syndicator.parse.feeds.authors import person
from syndicator.parse.feeds.entries import files, people, text_or_none
from syndicator.parse.feeds.nodes import unique
from syndicator.parse.metadata.evidence import SAME_AS, evidence_of
from syndicator.parse.microformats import values
from syndicator.parse.microformats.items import MOST_VALUES, Item, Items
from syndicator.text.characters import letters, one_line
from syndicator.text.dates import first_date
from syndicator.text.keys import fold

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements that are headings."""
_NEAR = 4
"""How many elements, outwards and inwards, are looked at for a heading, and inwards for an author's card."""
LONGEST_NAME = 1_000
"""The most characters of a name."""


def read_entry(page: Page, items: Items, item: Item, authors: Sequence[Person]) -> Entry | None:
    """Read an entry; None: it has no address of its own."""
    url = url_of(page, items, item)
    if not url:
        return None
    title, note = _title(items, item)
    contents = item.all("content")
    html = inner_html(contents[0]) if len(contents) == 1 else "".join(map(outer_html, contents))
    updated = _date(item, "updated")
    own = people_of(page, items, item.all("author")) or tuple(authors)
    marked = [picture(it) or values.address(it) for name in ("featured", "photo") for it in item.all(name)]
    about = item.first("bookmark-of")
    return Entry(
        key="",
        guid=_uid(page, item),
        url=url,
        external_url=page.asset(_address(items, about)) if about is not None else "",
        title=text_or_none(title, html=False),
        summary=_summary(page, item),
        content=text_or_none(html, page.public_base, html=True) or text_or_none(note, html=False),
        published=_date(item, "published") or updated,  # hAtom: without `published`, `updated` is that, too
        updated=updated,
        authors=own,
        categories=unique(_categories(items, item)),
        language=item.element.get("lang") or "",
        images=unique(map(page.asset, marked)),
        enclosures=files(_files(page, item)),
        social=unique(_social(page, item, own)),
        raw=outer_html(item.element).encode(errors="replace"),
    )


def url_of(page: Page, items: Items, item: Item) -> str:
    """Give the entry's address: its `url`, else the link in its heading, else the only link in it; or empty."""
    link = _link(items, item)
    return page.link(_address(items, link)) if link is not None else ""


def _link(items: Items, item: Item) -> HtmlElement | None:
    """Find the link with the entry's address: its `url`, itself, the link in its heading, or the only one; or None."""
    named = next((it for it in item.all("url") if values.address(it)), None)
    if named is not None:
        return named
    if item.element.tag in {"a", "area"}:
        return item.element
    links = [it for it in item.links if it not in items and "author" not in tokens(it, "rel")]
    headed = next((it for it in links if _in_heading(it)), None)
    return headed if headed is not None else links[0] if len({it.get("href") for it in links}) == 1 else None


def _title(items: Items, item: Item) -> tuple[str, str]:
    """Give the headline, and the text if no element is marked as a text; either may be empty.

    A note has no headline: its name is its text, or the beginning of that. If an entry has no name, the text of its
    link is the headline, if that stands in a heading, or is at least half of what the entry says.
    """
    name, link = item.first("name"), _link(items, item)
    told = [*item.all("content"), *item.all("summary")]
    if name is not None:
        title = values.text(name)
        if _in_heading(name) or not told:
            return title, ""
        return ("" if _begins(told[0], title) else title), ""
    same = (it for it in item.links if link is not None and it.get("href") == link.get("href"))
    if headline := next((line for it in same if _in_heading(it) and (line := words(it))), ""):
        return headline, ""
    if told:
        return "", ""
    line = words(link) if link is not None else ""
    said = words(item.element)
    for moment in filter(None, map(words, (*item.all("published"), *item.all("updated")))):
        line, said = line.replace(moment, " "), said.replace(moment, " ")
    is_line = letters(line) > 0 and 2 * letters(line) >= letters(said)
    return (one_line(line), "") if is_line else ("", one_line(said))


def _begins(element: HtmlElement, name: str) -> bool:
    """Whether a text begins with a name, which may be cut off."""
    return fold(words(element)[: 2 * LONGEST_NAME]).startswith(fold(name[:LONGEST_NAME]))


def _in_heading(element: HtmlElement) -> bool:
    """Whether an element stands near a heading: it is one, or one stands round it or in it."""
    near = (element, *islice(element.iterancestors(), _NEAR), *islice(element.iterdescendants(), _NEAR))
    return any(it.tag in _HEADINGS for it in near)


def _uid(page: Page, item: Item) -> str:
    """Give the entry's `uid`, made absolute if it is an address on the web; empty: it has none."""
    uid = item.first("uid")
    told = values.address(uid) if uid is not None else ""
    return page.asset(told) or told


def _summary(page: Page, item: Item) -> Text | None:
    """Give the entry's summary as markup, or as text if only an attribute has it; None: there is none."""
    summary = item.first("summary")
    if summary is None:
        return None
    markup = text_or_none(inner_html(summary), page.public_base, html=True)
    return markup or text_or_none(values.text(summary), html=False)


def _date(item: Item, name: str) -> str:
    return first_date([told for it in item.all(name) if (told := values.date(it))])


def people_of(page: Page, items: Items, elements: Iterable[HtmlElement]) -> tuple[Person, ...]:
    """Read the authors: an element may be an h-card, hold one, or be only a name."""
    found = []
    for element in elements:
        inside = (items[it] for it in islice(element.iter(), _NEAR) if it in items)
        card = next((it for it in inside if it.kind == "card"), None)
        named = element if card is None else card.first("name")
        name = values.text(element if named is None else named)
        href = (element.get("href") or "") if card is None else _address(items, card.element)
        if said := person(name[:LONGEST_NAME]):
            found.append(replace(said, url=page.asset(href) or said.url))
    return people(found)


def _address(items: Items, element: HtmlElement) -> str:
    """Give the address of an element; if it is an item without one, that of its `url` or first link."""
    item = items.get(element)
    if item is None or element.get("href"):
        return values.address(element)
    link = next(iter((*item.all("url"), *item.links)), None)
    return values.address(link) if link is not None else ""


def _categories(items: Items, item: Item) -> Iterator[str]:
    """Give the entry's categories; people who are tagged (h-cards) are left out."""
    return (values.text(it).lstrip("#") for it in item.all("category") if it not in items)


def _files(page: Page, item: Item) -> Iterator[Enclosure]:
    """Give the entry's films and recordings."""
    for name in ("video", "audio"):
        for element in item.all(name):
            kind = next((told for it in (element, *element.iter("source")) if (told := it.get("type"))), "")
            if url := page.asset(values.address(element)):
                yield Enclosure(url=url, type=kind)


def _social(page: Page, item: Item, authors: Iterable[Person]) -> Iterator[SocialLink]:
    """Give the article's copies on platforms, and its authors' profiles there."""
    for element in item.all("syndication"):
        url = page.asset(values.address(element))
        yield from evidence_of(url, "article", "syndication", SAME_AS, "u-syndication", {"post"})
    for author in islice(authors, MOST_VALUES):
        yield from evidence_of(author.url, "author", "h-card", SAME_AS, "h-card", {"profile"})
