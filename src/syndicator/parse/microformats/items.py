"""Read the items that a page's classes mark: microformats2, and the older hAtom and hCard.

See https://microformats.org/wiki/microformats2-parsing. Only the parts of lists of entries are read: entries, feeds and
cards, with properties of known names. Other names are ignored, because style sheets have classes such as `h-full`,
`p-px` and `e-con`, too. An item has the properties that stand in it and in no item inside it. The newer vocabulary goes
before the older one, because themes write both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import UNSEEN, Page, class_names, tokens

Kind = Literal["feed", "entry", "card", "other"]
"""What an item is; other: it is none of the kinds that are read, but has properties of its own."""

MOST_VALUES = 20
"""The most values of one property, and the most links of an item, that are read."""

_LINKS = frozenset({"a", "area"})
"""Elements that are links."""
_OF_LINKS = frozenset({"name", "published", "updated", "url"})
"""Properties that a link may hold, and be one of its item's `links` nevertheless."""
_ROOTS: dict[str, Kind] = {"h-feed": "feed", "h-entry": "entry", "h-card": "card"}
"""The kind of an item by its class in microformats2."""
_OLD_ROOTS: dict[str, Kind] = {"hfeed": "feed", "hentry": "entry", "vcard": "card"}
"""The kind of an item by its class in hAtom or hCard."""
_OTHERS = frozenset(
    "h-adr h-app h-cite h-event h-geo h-item h-listing h-org h-product h-recipe h-resume h-review h-review-aggregate "
    "h-x-app".split()
)
"""Classes of microformats2 whose items are not read."""
_NAMES = (
    *("author", "bookmark-of", "category", "content", "featured", "follow-of", "in-reply-to", "like-of", "name"),
    *("audio", "photo", "published", "repost-of", "rsvp", "summary", "syndication", "uid", "updated", "url", "video"),
)
"""Names of properties that are read."""
_PROPERTIES = {f"{prefix}-{name}": name for prefix in ("p", "u", "dt", "e") for name in _NAMES}
"""The name of a property by its class in microformats2."""
_OLD_PROPERTIES: dict[Kind, dict[str, str]] = {
    "entry": {
        "author": "author",
        "category": "category",
        "entry-content": "content",
        "entry-date": "published",  # not in hAtom, but in WordPress' themes since 2010
        "entry-summary": "summary",
        "entry-title": "name",
        "published": "published",
        "updated": "updated",
    },
    "card": {"fn": "name", "url": "url"},
}
"""The name of a property by its class in hAtom or hCard, for each kind of item."""
_OLD_RELATIONS = {"bookmark": "url", "tag": "category"}
"""The name of a property of an entry by its `rel` in hAtom."""
_ANSWERS = ("bookmark-of", "comment", "in-reply-to", "like", "like-of", "mention", "quotation-of", "reply", "repost")
"""Names of properties that hold somebody else's entry, or what an entry answers."""
_OF_ANOTHER = frozenset(f"{prefix}-{name}" for prefix in ("p", "u") for name in (*_ANSWERS, "repost-of"))
"""Classes of such properties: an item with one of them is no entry of the page's own list."""


@dataclass(slots=True, eq=False)
class Item:
    """An item: an element whose classes say what it is, with its properties.

    Attributes:
        element: The element.
        kind: What the item is.
        outer: The item that it stands in; None: it stands in none.
        is_old: Whether only the older vocabulary marks it.
        is_answer: Whether another item answers it, or it answers that: a comment, a quoted page.
        links: Its links in document order, without those in its content and those that are another property.
        values: The elements with each property in microformats2, in document order.
        old: The elements with each property in the older vocabulary, in document order, by the newer names.
    """

    element: HtmlElement
    kind: Kind
    outer: "Item | None"
    is_old: bool
    is_answer: bool
    links: list[HtmlElement] = field(default_factory=list)
    values: dict[str, list[HtmlElement]] = field(default_factory=dict)
    old: dict[str, list[HtmlElement]] = field(default_factory=dict)

    def all(self, name: str) -> list[HtmlElement]:
        """Give the elements with a property: those of the newer vocabulary, else those of the older one."""
        return self.values.get(name) or self.old.get(name) or []

    def first(self, name: str) -> HtmlElement | None:
        """Give the first element with a property; None: there is none."""
        return next(iter(self.all(name)), None)


Items = dict[HtmlElement, Item]
"""The items of a page by their elements, in document order."""


def read(page: Page) -> Items:
    """Read all items of a page by their element, in document order; none if no class on the page names an entry."""
    found: Items = {}
    if not page.root.xpath("boolean(//*[contains(@class, 'entry')])"):
        return found
    open_items: list[Item] = []
    open_content: list[HtmlElement] = []
    walk = iterwalk(page.root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if open_items and open_items[-1].element is element:
                open_items.pop()
            if open_content and open_content[-1] is element:
                open_content.pop()
            continue
        if element.tag in UNSEEN:
            walk.skip_subtree()
            continue
        classes = class_names(element)
        if not classes and element.tag not in _LINKS and element.get("rel") is None:
            continue  # most elements mark nothing
        owner = open_items[-1] if open_items else None
        if owner is not None and _note(owner, element, classes, is_inside=bool(open_content)):
            open_content.append(element)
        new = [_ROOTS[it] for it in classes if it in _ROOTS] or ["other" for it in classes if it in _OTHERS]
        kind = next(iter(new or [_OLD_ROOTS[it] for it in classes if it in _OLD_ROOTS]), None)
        if kind is not None:
            item = Item(element, kind, owner, is_old=not new, is_answer=not _OF_ANOTHER.isdisjoint(classes))
            found[element] = item
            open_items.append(item)
    return found


def _note(owner: Item, element: HtmlElement, classes: Sequence[str], *, is_inside: bool) -> bool:
    """Add an element's properties to the item that it stands in.

    Args:
        owner: The item.
        element: The element.
        classes: Its classes.
        is_inside: Whether it stands inside the item's content.

    Returns:
        Whether the element is a content, and stands in no other one.
    """
    relations = tokens(element, "rel") if owner.kind == "entry" else ()
    old_names = _OLD_PROPERTIES.get(owner.kind, {})
    new = {_PROPERTIES[it] for it in classes if it in _PROPERTIES}
    old = {old_names[it] for it in classes if it in old_names}
    old |= {_OLD_RELATIONS[it] for it in relations if it in _OLD_RELATIONS}
    is_content = "content" in new | old
    for values, names in ((owner.values, new), (owner.old, old)):
        for name in names - {"content"} if is_inside else names:
            elements = values.setdefault(name, [])
            if len(elements) < MOST_VALUES:
                elements.append(element)
    is_link = element.tag in _LINKS and bool(element.get("href")) and new | old <= _OF_LINKS
    if is_link and not is_inside and len(owner.links) < MOST_VALUES:
        owner.links.append(element)
    return is_content and not is_inside
