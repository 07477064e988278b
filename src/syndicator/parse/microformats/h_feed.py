"""Read a page that is a feed by its classes: an h-feed, or entries that stand side by side (microformats2, hAtom).

See https://microformats.org/wiki/h-feed and h-entry. An article's page has the same classes: it is an entry, and so are
the teasers of others below it. So a page is a feed only if none of its entries is the page itself, and several of
them, or those of an h-feed, have addresses of their own.

Likes, reposts and attendances are left out: they are only somebody else's address (the types like, repost and rsvp of
https://www.w3.org/TR/post-type-discovery/). Replies and bookmarks are kept: these say something of their own.
"""

from collections.abc import Iterable, Iterator, Mapping

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from syndicator.model.article import Entry
from syndicator.model.noun import Noun
from syndicator.parse.article.witness import count_words
from syndicator.parse.decoding.tree import MAX_ITEMS, UNSEEN, Page, own_text
from syndicator.parse.metadata.opengraph import Head
from syndicator.parse.microformats import values
from syndicator.parse.microformats.h_entry import LONGEST_NAME, people_of, read_entry, url_of
from syndicator.parse.microformats.items import Item, Items
from syndicator.parse.microformats.items import read as read_items
from syndicator.text.urls import identity

_REACTIONS = ("like-of", "repost-of", "follow-of")
"""Properties of an entry that only points at somebody else's page."""
_RUNNING = 5
"""The fewest words of a piece of running text."""
_ARTICLE = 100
"""The fewest words of running text that an article has, as `article_page` counts them."""
_UNSEEN = UNSEEN | {"a", "button", "head"}
"""Elements whose words are no running text."""


class HFeed(Noun):
    """A page's list of entries.

    Attributes:
        name: What it is called; empty: it does not say.
        entries: In document order, each with an address that is not the page's.
        elements: All entries of the page.
        warnings: What was left out.
        has_text: Whether as much text stands beside the entries as an article has.
    """

    name: str
    entries: tuple[Entry, ...]
    elements: frozenset[HtmlElement]
    warnings: tuple[str, ...]
    has_text: bool

    def tells(self, elements: Iterable[HtmlElement]) -> bool:
        """Whether most of what some elements of the page say stands in the entries."""
        inside = {it for entry in self.elements for it in entry.iter()}
        told = {True: 0, False: 0}
        for it in elements:
            told[it in inside] += len(own_text(it))
        return told[True] > told[False]


def read(page: Page, head: Head) -> HFeed | None:
    """The page's feed, if its classes say that it is one.

    Args:
        page: The page.
        head: Its head and headings.
    """
    items = read_items(page)
    entries = [it for it in items.values() if _is_listed(it)]
    urls = {it.element: url_of(page, items, it) for it in entries}
    if {identity(page.url), identity(page.canonical)} & {*map(identity, urls.values())} - {""}:
        return None
    holder, addresses = _fullest(entries, urls)
    feed = items[holder] if holder is not None and items[holder].kind == "feed" else None
    if addresses < (1 if feed and not feed.is_old else 2):
        return None
    if any(_is_the_page(head, it, bool(urls[it.element]), holder) for it in entries):
        return None
    listed = [it for it in entries if _holder(it) is holder]
    told = [it for it in listed if not _is_reaction(it)]
    authors = people_of(page, items, feed.all("author")) if feed else ()
    found = tuple(filter(None, (read_entry(page, items, it, authors) for it in told[:MAX_ITEMS])))
    if not found:
        return None
    name = feed.first("name") if feed else None
    return HFeed(
        name=values.text(name)[:LONGEST_NAME] if name is not None else "",
        entries=found,
        elements=frozenset(it.element for it in entries),
        warnings=tuple(_warnings(len(told), len(found))),
        has_text=_has_text(page, items),
    )


def _warnings(listed: int, found: int) -> Iterator[str]:
    """Say how many of the feed's entries are left out, and why.

    Args:
        listed: The number of its entries.
        found: The number of those that were read.
    """
    if listed > MAX_ITEMS:
        yield f"only the first {MAX_ITEMS} of {listed} entries are read"
    if missing := min(listed, MAX_ITEMS) - found:
        yield f"{missing} of {listed} entries have no address of their own, and are left out"


def _fullest(entries: Iterable[Item], urls: Mapping[HtmlElement, str]) -> tuple[HtmlElement | None, int]:
    """Find the element that lists most entries with different addresses, and give their number."""
    groups: dict[HtmlElement | None, set[str]] = {}
    for it in entries:
        if url := urls[it.element]:
            groups.setdefault(_holder(it), set()).add(identity(url) or url)
    holder = max(groups, key=lambda each: len(groups[each]), default=None)
    return holder, len(groups.get(holder, ()))


def _is_listed(item: Item) -> bool:
    """Whether an item is an entry of a list: it is no answer, and stands in no item but a feed or a card."""
    return item.kind == "entry" and not item.is_answer and (item.outer is None or item.outer.kind in {"feed", "card"})


def _holder(item: Item) -> HtmlElement | None:
    """Give the element of the item that an entry stands in; None: it stands in none."""
    return item.outer.element if item.outer else None


def _is_reaction(item: Item) -> bool:
    """Whether an entry only points at somebody else's page (a like, a repost), or says who attends an event."""
    return bool(item.all("rsvp")) or (any(map(item.all, _REACTIONS)) and not item.all("in-reply-to"))


def _is_the_page(head: Head, item: Item, has_address: bool, holder: HtmlElement | None) -> bool:
    """Whether an entry is what the page is about, by its headline, or as a text without an address beside the list."""
    if head.heading is not None and item.element in head.heading.iterancestors():
        return not has_address or head.is_titled(head.headline)
    return not has_address and _holder(item) is not holder and bool(item.all("content"))


def _has_text(page: Page, items: Items) -> bool:
    """Whether a hundred words of running text stand outside of entries, cards and links."""
    holders = {it.outer.element for it in items.values() if it.kind == "entry" and it.outer}
    shut = {it.element for it in items.values() if it.kind in {"entry", "card"}} - holders
    count = 0
    walk = iterwalk(page.root, events=("start", "end"))
    for event, element in walk:
        is_shut = element.tag in _UNSEEN or element in shut
        if event == "start":
            piece = "" if is_shut else element.text or ""
            if is_shut:
                walk.skip_subtree()
        else:
            piece = element.tail or ""
        if piece and (told := count_words(piece)) >= _RUNNING:
            count += told
        if count >= _ARTICLE:
            return True
    return False
