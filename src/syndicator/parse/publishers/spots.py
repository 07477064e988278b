"""The links of a page that lead to platforms, each with the place where it stands; and what the page embeds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from syndicator.model.noun import Noun, replace
from syndicator.model.social import LinkOwner, SocialLink
from syndicator.parse.decoding.tree import Page, tokens, words
from syndicator.social.addresses import is_within
from syndicator.social.labels import tidy
from syndicator.social.platforms import TELLING, match
from syndicator.text.urls import absolute

MOST_ASKED = 2_000
"""The most links of a page that are looked up in the platform table: half of them the first, half the last."""
MOST_SPOTS = 400
"""The most links to platforms that are judged: half of them the first of the page, half the last."""
MOST_EMBEDS = 400
"""The most embeds of a page that are read."""

OTHERS = 0.5
"""Confidence, from 0 to 1, of a link that is somebody else's."""
_FRAMES = frozenset({"iframe", "amp-iframe", "embed", "blockquote"})
"""Elements that may embed something, whatever their attributes."""
_EMBEDDING = {"div": "data-href", "script": "data-telegram-post"}
"""Elements that may embed something if they have this attribute: a platform's script turns them into a frame."""
_NAMED = ("data-telegram-post", "data-instgrm-permalink", "data-href", "data-url", "src", "cite")
"""Attributes with the address of what is embedded; the first that leads to a platform counts."""
_ADDRESS_OF = {"data-telegram-post": "https://t.me/{}"}
"""How an address is made of an attribute's value that is none, but only its last part."""
_WIDGET = 0.75
"""Confidence, from 0 to 1, of a profile that a platform's widget shows beside the article."""


class Spot(Noun, kw_only=False):
    """A link to a platform, where it stands.

    Attributes:
        element: Its element.
        number: The number of that element in document order.
        link: What its address leads to; owner and evidence are not known yet.
    """

    element: HtmlElement
    number: int
    link: SocialLink


def spots(page: Page, anchors: Sequence[tuple[int, HtmlElement]], site: str) -> list[Spot]:
    """Find the links to platforms, in document order, at most `MOST_SPOTS`.

    Args:
        page: The page.
        anchors: Its anchors, each with its number in document order.
        site: The page's host; links to it are not looked up.
    """
    asked: list[tuple[int, HtmlElement, str]] = []
    for number, element in anchors:
        href = (element.get("href") or "").strip()
        if ("//" in href or ":" in href[:8]) and not _is_own(href, site):
            asked.append((number, element, href))
    if len(asked) > MOST_ASKED:
        asked = asked[: MOST_ASKED // 2] + asked[-MOST_ASKED // 2 :]
    known: dict[tuple[str, bool], SocialLink | None] = {}
    found = []
    here = page.canonical or page.url
    for number, element, href in asked:
        is_me = "me" in tokens(element, "rel")
        if (href, is_me) not in known:
            known[href, is_me] = match(absolute(href, page.base) or href, page_url=here, fediverse=is_me)
        link = known[href, is_me]
        if link is not None and link.kind != "other" and link.url.startswith("http"):
            found.append(Spot(element, number, link))
    return found if len(found) <= MOST_SPOTS else found[: MOST_SPOTS // 2] + found[-MOST_SPOTS // 2 :]


def _is_own(href: str, site: str) -> bool:
    """Whether an address is on the page's own host, judged without parsing it."""
    host = href.partition("//")[2].partition("/")[0].lower()
    return is_within(host.removeprefix("www."), site)


def called(spot: Spot) -> str:
    """Give a link's label: its words, else what it tells those who do not see its icon; or an empty string."""
    element = spot.element
    if text := tidy(words(element)):
        return text
    told = [element.get("aria-label"), element.get("title")]
    told += [it.get("alt") or it.get("aria-label") for it in islice(element.iter("img", "svg"), 3)]
    return next((tidy(it) for it in told if it and it.strip()), "")


def is_syndication(element: HtmlElement) -> bool:
    """Whether a link says that this very article stands there, too (microformats2: `u-syndication`)."""
    return not {"u-syndication", "syndication"}.isdisjoint((*tokens(element, "class"), *tokens(element, "rel")))


def shown(spot: Spot, owner: LinkOwner, evidence: str, confidence: float) -> SocialLink:
    """Give a link as a piece of evidence; its locator is for now the number of its element, because paths take time.

    Args:
        spot: The link.
        owner: Whose link it is.
        evidence: The kind of place where it stands.
        confidence: How sure that is, from 0 to 1.
    """
    return replace(spot.link, owner=owner, confidence=confidence, evidence=evidence, locator=str(spot.number))


def third(spot: Spot, evidence: str) -> SocialLink:
    """Give a link as a piece of evidence of somebody else's presence."""
    return shown(spot, "third_party", evidence, OTHERS)


def interesting(
    elements: Sequence[HtmlElement],
) -> tuple[list[tuple[int, HtmlElement]], list[tuple[int, HtmlElement]]]:
    """Give the anchors, and the elements that may embed something, each with its number in document order."""
    anchors, embeds = [], []
    for number, element in enumerate(elements):
        tag = element.tag
        if tag in {"a", "area"}:
            anchors.append((number, element))
        elif tag in _FRAMES or (tag in _EMBEDDING and element.get(_EMBEDDING[tag])):
            embeds.append((number, element))
    return anchors, embeds


def embedded(
    elements: Iterable[tuple[int, HtmlElement]], is_open: Callable[[int, HtmlElement, SocialLink], bool], base: str
) -> Iterator[SocialLink]:
    """Give what elements embed from platforms, as pieces of evidence.

    Args:
        elements: Frames, and what the platforms' scripts turn into one, each with its number in document order.
        is_open: Whether a profile that an element shows may be the publisher's, as in a page plugin beside the article.
        base: The base of relative addresses.
    """
    for number, element in islice(elements, MOST_EMBEDS):
        links = (_match(name, element.get(name) or "", base) for name in _NAMED)
        link = next((it for it in links if it is not None), None)
        if link is None:
            continue
        where = str(number)  # an element's number for now, as in `shown`
        if link.kind == "profile" and is_open(number, element, link):
            yield replace(link, owner="publisher", evidence="widget", confidence=_WIDGET, locator=where)
        else:
            yield replace(link, owner="third_party", evidence="embed", confidence=OTHERS, locator=where)


def _match(name: str, value: str, base: str) -> SocialLink | None:
    """Give the link that an attribute of an embed holds; None: none that shows a presence or a post."""
    if not value:
        return None
    link = match(absolute(_ADDRESS_OF.get(name, "{}").format(value.strip()), base))
    return None if link is None or link.kind not in TELLING else link
