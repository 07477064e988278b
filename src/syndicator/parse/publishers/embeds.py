"""Posts and players that a page embeds, by the platforms' own marks; others', but for the publisher's widget."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from lxml.html import HtmlElement

from syndicator.model.noun import replace
from syndicator.model.social import SocialLink
from syndicator.parse.publishers.spots import OTHERS
from syndicator.social.platforms import match
from syndicator.text.urls import absolute

MOST = 400
_WIDGET = 0.75
_NAMED = ("data-telegram-post", "data-instgrm-permalink", "data-href", "data-url", "src", "cite")
_ADDRESS_OF = {"data-telegram-post": "https://t.me/{}"}


def embedded(
    elements: Iterable[tuple[int, HtmlElement]], is_open: Callable[[int, HtmlElement, SocialLink], bool], base: str
) -> Iterator[SocialLink]:
    """What these elements embed.

    Args:
        elements: Frames, and what the platforms' scripts turn into one, by their number in document order.
        is_open: Whether a profile there is the publisher's, as in a page plugin beside the article.
        base: Where relative addresses start.
    """
    for number, element in islice(elements, MOST):
        links = (_match(name, element.get(name) or "", base) for name in _NAMED)
        link = next((it for it in links if it is not None), None)
        if link is None:
            continue
        where = str(number)  # as in `spots.shown`
        if link.kind == "profile" and is_open(number, element, link):
            yield replace(link, owner="publisher", evidence="widget", confidence=_WIDGET, locator=where)
        else:
            yield replace(link, owner="third_party", evidence="embed", confidence=OTHERS, locator=where)


def _match(name: str, value: str, base: str) -> SocialLink | None:
    if not value:
        return None
    link = match(absolute(_ADDRESS_OF.get(name, "{}").format(value.strip()), base))
    return None if link is None or link.kind in {"share", "other"} else link
