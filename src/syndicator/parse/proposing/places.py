"""Find the links of a page that may belong to its list: none in menus, side columns, footers, tags, popular news."""

import re
from dataclasses import dataclass

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from syndicator.model.noun import Noun
from syndicator.parse.decoding.tree import UNSEEN, Page
from syndicator.parse.proposing.names import parts_of
from syndicator.text.urls import identity

MOST_ELEMENTS = 60_000
"""The most elements of a page with a list; a bigger page is not searched."""
MOST_LINKS = 3_000
"""The most links of a page with a list: a page with more is not made for people."""
_UNSEEN = UNSEEN | {"head"}
"""Elements in which no link of a list is looked for."""
_ASIDE = frozenset({"aside", "dialog", "footer", "nav"})
"""Elements that are not the page's main part."""
_ROLES = frozenset({"banner", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation", "search"})
"""Values of `role` (WAI-ARIA) of elements that are not the page's main part."""
_SECTIONS = frozenset({"article", "li", "main", "section"})
"""Elements whose `header` is their own, and not the page's."""
_MAIN = frozenset({"article", "h1", "main"})
"""Elements that mark the page's main part."""
_NAMES = frozenset(
    "ad ads adv advert advertisement banner banners breadcrumb breadcrumbs comments cookie footer lang languages "
    "login menu mostread nav navbar navigation newsletter pager pagination partner partners popular recommended "
    "related share sharing sidebar similar social sponsor sponsored sponsors subscribe tagcloud tags "
    "topbar trending".split()
)
"""Words in a class or id of elements that are not the page's main part."""
_LESS = re.compile(
    r"most[- ](?:read|viewed|popular|shared)|popular|trending|related|популярн|читаем|обсуждаем|рекоменд|meistgelesen"
    r"|beliebt|plus lus|más leíd|mais lid|più lett|人気|ランキング|关注|热门|الأكثر|anzeige|advert|реклам",
    re.IGNORECASE,
)
"""A title above links that are not the newest articles: the most read ones, related ones, advertisements."""
_LONGEST_TITLE = 45
"""The most characters of a title above links that are not the newest articles."""
_NEARLY_ALL = 0.9
"""The share of a page's links from which a part that seems to stand aside is not ignored: it is the page itself."""
_FEWEST = 3
"""The fewest links below such a title for which its part of the page is ignored."""
_FILES = re.compile(r"\.(?:avi|docx?|gif|jpe?g|mp[34]|pdf|png|pptx?|rar|svg|webp|xlsx?|zip)(?:[?#]|$)", re.IGNORECASE)
"""The end of an address that leads to a file, and to no article."""
_RELATIONS = frozenset({"author", "category", "sponsored", "nofollow"})
"""Values of `rel` of links that are no article's."""


class Link(Noun, kw_only=False):
    """A link that may be an article's.

    Attributes:
        element: The link's element.
        url: The absolute address.
        address: The identity of the address, by which links are compared.
    """

    element: HtmlElement
    url: str
    address: str


@dataclass(slots=True)
class _Place:
    """An element that is open in the walk over the page.

    Attributes:
        links: The number of links before it.
        mains: The number of elements before it that mark the page's main part.
        is_aside: Whether its tag, role or name says that it is not in the main part.
        is_less: Whether a title in it says that it lists the most read articles or the like.
    """

    links: int
    mains: int
    is_aside: bool
    is_less: bool = False


def links_of(page: Page) -> list[Link]:
    """Give the links of a page that may be those of a list, in order; none if the page is too big."""
    found, spans = _walk(page.root)
    off = bytearray(len(found))
    for first, last, holds_main in spans:
        if not holds_main and last - first < _NEARLY_ALL * len(found):
            off[first:last] = b"\x01" * (last - first)
    own = identity(page.url) or page.url
    links: list[Link] = []
    for number, element in enumerate(found):
        href = element.get("href") or ""
        if off[number] or _FILES.search(href[-300:]) or _RELATIONS.intersection((element.get("rel") or "").split()):
            continue
        url = page.link(href)
        address = identity(url.partition("#")[0]) if url else ""
        if address and address != own and not href.startswith("#"):
            links.append(Link(element, url, address))
        if len(links) > MOST_LINKS:
            return []
    return links


def _walk(root: HtmlElement) -> tuple[list[HtmlElement], list[tuple[int, int, bool]]]:
    """Give all links, and the spans of them that stand aside, each with whether it holds the page's main part."""
    found: list[HtmlElement] = []
    spans: list[tuple[int, int, bool]] = []
    mains = sections = linked = count = 0
    path: list[_Place] = []
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if element.tag in _UNSEEN:
            walk.skip_subtree()
            continue
        if event == "start":
            count += 1
            if count > MOST_ELEMENTS:
                return [], []
            path.append(_Place(len(found), mains, _is_aside(element, sections)))
            mains += element.tag in _MAIN
            sections += element.tag in _SECTIONS
            linked += element.tag == "a"
            if element.tag == "a" and element.get("href"):
                found.append(element)
            continue
        place = path.pop()
        sections -= element.tag in _SECTIONS
        linked -= element.tag == "a"
        if place.is_aside or (place.is_less and len(found) - place.links >= _FEWEST):
            is_tag = element.tag in _ASIDE or element.tag == "header"
            spans.append((place.links, len(found), mains > place.mains and not is_tag))
        elif path and not linked and (place.is_less or _is_title_of_less(element)) and len(found) == place.links:
            path[-1].is_less = True
    return found, spans


def _is_aside(element: HtmlElement, sections: int) -> bool:
    if element.tag in {"html", "body", "main"}:
        return False
    if element.tag in _ASIDE or (element.tag == "header" and not sections):
        return True
    return (element.get("role") or "") in _ROLES or not _NAMES.isdisjoint(parts_of(element))


def _is_title_of_less(element: HtmlElement) -> bool:
    text = element.text
    if not text or len(element) or element.tag in {"a", "option", "title"} or len(text) > _LONGEST_TITLE:
        return False
    return bool(_LESS.match(text.strip()) if element.tag in {"p", "span"} else _LESS.search(text))
