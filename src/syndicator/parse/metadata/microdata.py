"""Read articles and lists of articles in microdata (https://html.spec.whatwg.org/multipage/microdata.html)."""

from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml.html import HtmlElement

from syndicator.model.article import Entry, Text
from syndicator.model.noun import Noun, field, replace
from syndicator.parse.decoding.tree import MAX_ITEMS, Page, drop, inner_html, moment, outer_html, picture, tokens, words
from syndicator.parse.metadata.merge import merged
from syndicator.parse.metadata.schemaorg import is_article, is_listed, keywords, persons, publisher_profiles, type_name

MAX_ELEMENTS = 20_000
"""The most elements with microdata that are read of one page."""

_MOST_VALUES = 20
"""The most values of one property that are read."""
_PAGES = frozenset({"", "webpage", "itempage", "creativework", "videoobject", "recipe"})
"""Types of items that describe the page itself without calling it an article; empty: no type, or no item."""
_MEMBER = "itemlistelement"
"""The property that holds a member of a list."""
_ABOUT_THE_ARTICLE = frozenset({"headline", "articlesection", "datepublished", "datemodified", "publisher"})
"""Properties whose elements are no part of the body, even inside its element."""


class Scope(Noun, kw_only=False):
    """An item: an `itemscope` element with its properties, or the page with the properties outside of such elements.

    Attributes:
        element: The element; None: the page, because publishers write `itemprop` without `itemscope`, too.
        kind: The bare name of the item's type, in lower case; empty: it has none.
        properties: The elements with each `itemprop`, in document order, by its name in lower case.
    """

    element: HtmlElement | None
    kind: str = ""
    properties: dict[str, list[HtmlElement]] = field(default_factory=dict)

    def first(self, *names: str) -> HtmlElement | None:
        """Give the first element of the first of these properties that the item has; None: it has none."""
        return next((elements[0] for name in names if (elements := self.properties.get(name))), None)

    def told(self, read: Callable[[HtmlElement], str], *names: str) -> str:
        """Read the element that `first` gives; empty: there is none."""
        element = self.first(*names)
        return read(element) if element is not None else ""


Scopes = dict[HtmlElement | None, Scope]
"""The items of a page by their element; None: the page itself."""


def read(page: Page) -> Scopes:
    """Read all items of a page, the page itself first, then in document order."""
    found: Scopes = {None: Scope(None)}
    for element in page.root.xpath("//*[@itemscope or @itemprop]")[:MAX_ELEMENTS]:
        owner = found[next((it for it in element.iterancestors() if it in found), None)]
        for name in tokens(element, "itemprop"):
            owner.properties.setdefault(name, []).append(element)
        if element.get("itemscope") is not None:
            kinds = (element.get("itemtype") or "").split() or [""]
            found[element] = Scope(element, type_name(kinds[0]))
    return found


def article(page: Page, items: Scopes) -> Entry | None:
    """Read the only article in a page's microdata; None: there is none, or there are several.

    It is the item with an `articleBody`, else the item whose type is an article. Properties outside of any item
    complete it: publishers put the picture into the head.
    """
    main = [it for it in items.values() if "articlebody" in it.properties]
    main = main or [it for it in items.values() if is_article(it.kind)]
    return merged(_article(page, items, main[0]), _article(page, items, items[None])) if len(main) == 1 else None


def about(page: Page, items: Scopes) -> Entry | None:
    """Read what the microdata say of the page itself; None: nothing. It does not prove that the page is an article."""
    found = [it for it in items.values() if it.kind in _PAGES and not _within(it, items)]
    shown = [replace(_article(page, items, it), content=None, url="", images=()) for it in found[:_MOST_VALUES]]
    return merged(*shown) if shown else None


def listed(page: Page, items: Scopes) -> tuple[Entry, ...]:
    """Read the articles that stand side by side, if there are several, else the members of item lists."""
    found = [it for it in items.values() if is_article(it.kind) and it.element is not None and not _within(it, items)]
    if len(found) < 2:
        members = (it for each in items.values() if each.kind == "itemlist" for it in each.properties.get(_MEMBER, ()))
        found = [_member(items, element) for element in members]
    return tuple(_article(page, items, it) for it in found[:MAX_ITEMS] if is_listed(it.kind))


def _member(items: Scopes, element: HtmlElement) -> Scope:
    """Give the item of a list's member, which may be an article, a `ListItem` round one, or a mere link."""
    scope = items.get(element, Scope(element))
    inner = scope.first("item")
    if inner is not None and inner in items:
        return items[inner]
    return Scope(element, "" if scope.kind == "listitem" else scope.kind, scope.properties)


def _within(scope: Scope, items: Scopes) -> bool:
    """Whether an item stands inside another article, as a related one does."""
    ancestors = scope.element.iterancestors() if scope.element is not None else ()
    return any(is_article(items[it].kind) for it in ancestors if it in items)


def _article(page: Page, items: Scopes, scope: Scope) -> Entry:
    """Read an article's item as an entry without a key."""
    sections = [_words(it) for it in scope.properties.get("articlesection", ())[:_MOST_VALUES]]
    publishers = (items[it] for it in scope.properties.get("publisher", ()) if it in items)
    same_as = [
        address_of(it) or _words(it) for publisher in publishers for it in publisher.properties.get("sameas", ())
    ]
    return Entry(
        key="",
        url=page.link(_address(scope)),
        title=Text.plain(scope.told(_words, "headline") or scope.told(_words, "name")),
        summary=Text.plain(scope.told(_words, "description")),
        content=_body(page, scope.properties.get("articlebody", [])),
        published=scope.told(moment, "datepublished") or scope.told(moment, "datecreated"),
        updated=scope.told(moment, "datemodified"),
        authors=persons(_named(page, items, scope.properties.get("author", []))),
        categories=keywords(map(_words, scope.properties.get("keywords", ())[:_MOST_VALUES])),
        section=next(filter(None, sections), ""),
        language=scope.told(_words, "inlanguage"),
        images=tuple(filter(None, (page.asset(it) for it in _pictures(items, scope)))),
        comments=page.asset(scope.told(address_of, "discussionurl")),
        rights=scope.told(_words, "copyrightnotice"),
        social=tuple(publisher_profiles(same_as, "microdata sameAs")),
    )


def _address(scope: Scope) -> str:
    """Give an article's address as written: its property, else its own link, else the first link in it; or empty."""
    element = scope.first("url", "mainentityofpage")
    if element is not None:
        return address_of(element) or element.get("itemid") or ""
    if scope.element is None:
        return ""
    if scope.element.tag == "a":
        return scope.element.get("href") or ""
    return next((str(it) for it in scope.element.xpath(".//a[@href]/@href")), "")


def _body(page: Page, elements: list[HtmlElement]) -> Text | None:
    """Read the body: the inside of its element, or all elements if several have parts of it."""
    bodies = set(elements)
    outermost = [it for it in elements if bodies.isdisjoint(it.iterancestors())]
    if len(outermost) == 1 and outermost[0].tag == "meta":
        value = outermost[0].get("content") or ""
        return Text(value=value, html=False) if value.strip() else None
    copies = [_without_metadata(it) for it in outermost]
    markup = inner_html(copies[0]) if len(copies) == 1 else "".join(outer_html(it) for it in copies)
    return Text(value=markup, base=page.public_base) if markup.strip() else None


def _without_metadata(body: HtmlElement) -> HtmlElement:
    """Copy the body without elements that are metadata of the article, such as its date and publisher."""
    body = deepcopy(body)
    marked = body.xpath(".//*[@itemprop]")
    drop(it for it in marked if not _ABOUT_THE_ARTICLE.isdisjoint(tokens(it, "itemprop")))
    return body


def _pictures(items: Scopes, scope: Scope) -> Iterator[str]:
    """Give the addresses of an article's pictures, as written."""
    for element in (*scope.properties.get("image", ()), *scope.properties.get("thumbnailurl", ())):
        inner = items[element].first("url", "contenturl") if element in items else None
        yield picture(element if inner is None else inner)


def _named(page: Page, items: Scopes, elements: list[HtmlElement]) -> Iterator[tuple[str, str]]:
    """Give the names of people, each with an address, or an empty one; names may repeat above and below an article."""
    for element in elements[:_MOST_VALUES]:
        scope = items.get(element, Scope(element))
        name, url = scope.first("name"), scope.first("url")
        yield _words(element if name is None else name), page.asset(address_of(element if url is None else url))


def _words(element: HtmlElement) -> str:
    """Give a property's value as text; `content` counts on any element, because publishers write it on any."""
    content = (element.get("content") or "").strip()
    return content or words(element)


def address_of(element: HtmlElement) -> str:
    """Give a property's value that is an address, as written, or an empty string."""
    return next((value for name in ("href", "content", "src", "data") if (value := element.get(name))), "")
