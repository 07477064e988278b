"""Lists of articles: find them by the operator's selectors, and make of any list one entry for each address."""

from collections.abc import Callable, Iterable
from itertools import chain, islice
from typing import cast

from cssselect import HTMLTranslator, SelectorError, parse
from lxml.etree import XPath
from lxml.html import HtmlElement

from syndicator.model.article import Entry, Text
from syndicator.model.failure import FailureKind
from syndicator.model.noun import replace
from syndicator.model.outcome import Wish
from syndicator.model.source import Select
from syndicator.parse.decoding.tree import MAX_ITEMS, Page, is_bigger, moment, outer_html, picture, words
from syndicator.parse.failures import Unreadable
from syndicator.parse.metadata.merge import merged
from syndicator.text.counting import counted
from syndicator.text.dates import first_date
from syndicator.text.urls import identity, registrable_domain

_MOST_ON_PAGE = 20_000
"""The most elements of a page that are looked at for one selector."""
_MOST_MATCHES = 50
"""The most matches of one selector, or links, that are looked at in one item."""
_MOST_ELEMENTS = 1_000
"""The most elements of an item whose markup is kept as the entry's `raw`."""
_Finder = Callable[[HtmlElement], list[HtmlElement]]
"""A function that gives the elements below a root that a selector matches."""


def by_selectors(page: Page, select: Select) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Find the articles by the selectors.

    Returns:
        The entries, and warnings about optional selectors that match nothing, and about items that were left out.

    Raises:
        Unreadable: A selector is no CSS, or `item`, `link` or `title` matches nothing.
    """
    selectors = {name: getattr(select, name) for name in ("item", "link", "title", "date", "summary", "image")}
    finders = {name: _finder(name, selector) for name, selector in selectors.items() if selector}
    items = finders.pop("item")(page.root)
    found = {name: _inside(items[:MAX_ITEMS], finder(page.root)) for name, finder in finders.items()}
    counts = {"item": len(items)} | {name: len({*chain(*each.values())}) for name, each in found.items()}
    report = ", ".join(
        f'{name} = "{selectors[name]}" matches {counted(count, "element")}' for name, count in counts.items()
    )
    if any(counts.get(name) == 0 for name in ("item", "link", "title")):
        raise Unreadable(
            FailureKind.NO_FEED,
            f"The selectors do not fit this page: {report}.",
            "Compare them with the page as it is now; `syndicator preview` proposes new ones if it recognises the"
            " list.",
        )
    links = found.pop("link", None) or _inside(items[:MAX_ITEMS], page.root.iter("a"))
    entries = [_entry(page, item, links[item], {name: each[item] for name, each in found.items()}) for item in links]
    linked = tuple(it for it in entries if it is not None)
    if not linked:
        raise Unreadable(
            FailureKind.NO_FEED,
            f"No selected element has a link to an article: {report}.",
            'Name the link with "link".',
        )
    warnings = [f'{name} = "{selectors[name]}" matches no element' for name, count in counts.items() if count == 0]
    if len(linked) < len(entries):
        warnings.append(f"{len(entries) - len(linked)} of {len(entries)} selected elements have no link to an article")
    if len(entries) < len(items):
        warnings.append(f"only the first {len(entries)} of {len(items)} selected elements are read")
    return linked, tuple(warnings)


def collapsed(page: Page, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Make one entry for each address, in order; a repetition fills in what the first lacks.

    Links to the page itself are left out. An entry's key is its guid, else its address.
    """
    by_address: dict[str, Entry] = {}
    own = identity(page.url) or page.url
    for entry in islice(entries, MAX_ITEMS):
        address = identity(entry.url) or entry.url
        if address != own:
            by_address[address] = merged(by_address.get(address), replace(entry, key=entry.guid or page.key(entry.url)))
    return tuple(by_address.values())


def wishes(page: Page, entries: Iterable[Entry], *, of_feed: bool = False) -> tuple[Wish, ...]:
    """Make wishes for the pages of the entries: a file may lead to files only, a web page to web pages only.

    Args:
        page: The page with the list.
        entries: What it lists.
        of_feed: Whether the list is a feed, whose fields go before those of the entries' pages.
    """
    home = registrable_domain(page.url)
    return tuple(
        Wish(url=it.url, entry=it, of_feed=of_feed, elsewhere=of_feed and registrable_domain(it.url) != home)
        for it in entries
        if it.url.startswith("file:") == page.local
    )


def _finder(name: str, selector: str) -> _Finder:
    """Make the function that finds a selector's elements in document order.

    The parts of a selector list are looked for one by one: XPath's union takes quadratic time.
    """
    translator = HTMLTranslator()
    try:
        paths = [XPath(translator.selector_to_xpath(it, translate_pseudo_elements=True)) for it in parse(selector)]
    except SelectorError as error:
        raise Unreadable(
            FailureKind.NO_FEED, f'{name} = "{selector}" is not a CSS selector: {error}.', "Correct it in the source."
        ) from None

    def find(root: HtmlElement) -> list[HtmlElement]:
        found = {it for path in paths for it in cast("list[HtmlElement]", path(root))}
        return [it for it in root.iter() if it in found]

    return find


def _inside(items: Iterable[HtmlElement], matches: Iterable[HtmlElement]) -> dict[HtmlElement, list[HtmlElement]]:
    """Give for each item the matches that it is or holds, up to `_MOST_MATCHES`."""
    inside: dict[HtmlElement, list[HtmlElement]] = {item: [] for item in items}
    for match in islice(matches, _MOST_ON_PAGE):
        for element in chain((match,), match.iterancestors()):
            if element in inside and len(inside[element]) < _MOST_MATCHES:
                inside[element].append(match)
    return inside


def _entry(
    page: Page, item: HtmlElement, places: list[HtmlElement], found: dict[str, list[HtmlElement]]
) -> Entry | None:
    """Read the entry of one selected element.

    Args:
        page: The page.
        item: The element.
        places: Elements that are the link to the article, or hold it.
        found: For the name of each other setting, the elements in the item that its selector matches.

    Returns:
        The entry; None: the element links to no article.
    """
    anchors = islice((it for place in places for it in place.iter("a", "area", "link")), _MOST_MATCHES)
    links = [(it, url) for it in anchors if (url := page.link(it.get("href") or ""))]
    if not links:
        return None
    url = links[0][1]
    title = _first(words, found["title"]) if "title" in found else _title(item, [it for it, to in links if to == url])
    dates = [text for it in found.get("date", []) for text in (moment(it), words(it)) if text]
    image = page.asset(_first(picture, found.get("image", [])))
    return Entry(
        key="",
        url=url,
        title=Text.plain(title),
        summary=Text.plain(_first(words, found.get("summary", []))),
        published=first_date(dates),
        images=(image,) if image else (),
        # a huge element is the wrapper of a whole list, not one item: the list would be stored with each of these
        raw=b"" if is_bigger(item, _MOST_ELEMENTS) else outer_html(item).encode(errors="replace"),
    )


def _title(item: HtmlElement, links: list[HtmlElement]) -> str:
    """Give the text of the article's links; if these are only pictures, the item's heading or a picture's `alt`."""
    headings = item.xpath(".//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6")
    described = (text for it in item.xpath(".//img[@alt]/@alt") if (text := str(it).strip()))
    return _first(words, links) or _first(words, headings) or next(described, "")


def _first(read: Callable[[HtmlElement], str], elements: Iterable[HtmlElement]) -> str:
    return next((text for it in elements if (text := read(it))), "")
