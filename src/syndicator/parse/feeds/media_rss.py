"""Read Media RSS 1.5.1 (https://www.rssboard.org/media-rss): an entry's pictures, videos, files and credits."""

from collections.abc import Collection, Iterable
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from lxml import etree

from syndicator.model.article import Enclosure, Text
from syndicator.model.social import Credit, CreditRole
from syndicator.parse.feeds import constructs, nodes
from syndicator.parse.feeds.authors import CREATORS
from syndicator.parse.feeds.constructs import rich
from syndicator.parse.feeds.entries import Fields
from syndicator.parse.feeds.nodes import Found
from syndicator.social.captions import credit_of
from syndicator.text.characters import unescape

_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp"})
"""Endings of pictures' addresses."""
_ROLES: dict[str, CreditRole] = {
    "photographer": "photographer",
    "photo": "photographer",
    "illustrator": "illustrator",
    "graphic designer": "illustrator",
    "graphic artist": "illustrator",
    "video": "video",
    "videographer": "video",
    "camera operator": "video",
    "cameraman": "video",
    "agency": "agency",
}
"""Our role for each role of a `media:credit` that is about pictures."""
_FILES = ("media:content", "media:peerlink")
"""Elements that are a file."""


def media(found: Found, base: str) -> Fields:
    """Read the elements of Media RSS in an entry, in its groups and in its files."""
    groups = [nodes.children(group) for group in found.get("media:group", ())]
    grouped = [each for level in groups for each in nodes.elements(level, *_FILES)]
    contents = [*nodes.elements(found, *_FILES), *grouped]
    levels = [found, *groups, *map(nodes.children, contents)]
    told = [found, *groups, *map(nodes.children, grouped)]  # a text in a file outside of groups is its caption

    def everywhere(name: str) -> list[etree._Element]:
        return [element for level in levels for element in level.get(name, ())]

    makers = set(map(nodes.line, nodes.elements(found, *CREATORS, "author")))
    pictures, attached = _files(contents, base, makers)
    pictures += [nodes.web(nodes.attribute(each, "url"), base) for each in everywhere("media:thumbnail")]
    return {
        "title": next(filter(None, (rich(level, base, "media:title") for level in told)), None),
        "summary": next(filter(None, (_described(level, base) for level in told)), None),
        "categories": nodes.unique(
            [
                *(nodes.attribute(each, "label") or nodes.line(each) for each in everywhere("media:category")),
                *nodes.keywords(everywhere("media:keywords")),
            ]
        ),
        "images": nodes.unique(pictures),
        "enclosures": tuple(attached),
        "rights": next((value for each in everywhere("media:copyright") if (value := nodes.line(each))), ""),
        "credits": tuple(dict.fromkeys(_credits(everywhere("media:credit")))),
    }


def player(found: Found, base: str) -> str:
    """Give the address of the page that plays a video, which is the entry's link if it has no other; or empty."""
    levels = [found, *map(nodes.children, found.get("media:group", ()))]
    levels += [nodes.children(each) for level in levels for each in nodes.elements(level, *_FILES)]
    players = (each for level in levels for each in level.get("media:player", ()))
    return next(filter(None, (nodes.web(nodes.attribute(each, "url"), base) for each in players)), "")


def _files(contents: Iterable[etree._Element], base: str, makers: Collection[str]) -> tuple[list[str], list[Enclosure]]:
    """Give the addresses of the pictures among files, and the other files.

    A picture whose title is the name of one of the entry's `makers` is an author's portrait, and is left out.
    """
    pictures, attached = [], []
    for content in contents:
        url = nodes.web(nodes.attribute(content, "url") or nodes.attribute(content, "href"), base)
        title = nodes.first(nodes.children(content), "media:title") if len(content) else ""
        if _is_picture(content, url):
            if title not in makers:
                pictures.append(url)
        elif url:
            size = constructs.length(nodes.attribute(content, "fileSize"))
            attached.append(Enclosure(url=url, type=nodes.attribute(content, "type").lower(), length=size, title=title))
    return pictures, attached


def _is_picture(content: etree._Element, url: str) -> bool:
    """Whether a `media:content` is a picture: by its type or medium, or, if it has neither, by its address' ending."""
    kind, medium = nodes.attribute(content, "type").lower(), nodes.attribute(content, "medium").lower()
    if medium or kind:
        return medium == "image" or kind.startswith("image/")
    return PurePosixPath(urlsplit(url).path).suffix.lower() in _PICTURES


def _described(found: Found, base: str) -> Text | None:
    """Read a description: it is plain text if it has line breaks and no tags, and does not say that it is HTML."""
    text = rich(found, base, "media:description")
    is_html = any(nodes.attribute(each, "type").lower() == "html" for each in found.get("media:description", ()))
    if text is None or is_html or "<" in text.value or "\n" not in text.value:
        return text
    return Text(value=unescape(text.value), html=False)


def _credits(elements: Iterable[etree._Element]) -> Iterable[Credit]:
    """Read credits with a role of the EBU's list (`scheme="urn:ebu"`) that is about pictures.

    A credit without a role counts if it stands in a picture.
    """
    for element in elements:
        role, name = nodes.attribute(element, "role").lower(), nodes.line(element)
        if name and role in _ROLES:
            yield Credit(role=_ROLES[role], name=name)
        elif name and not role and _shows_picture(element):
            yield from (" " in name and credit_of(name)) or (Credit(role="photographer", name=name),)


def _shows_picture(element: etree._Element) -> bool:
    """Whether an element stands in a `media:content` that is a picture."""
    parent = element.getparent()
    is_file = parent is not None and nodes.name(parent.tag) in _FILES
    return parent is not None and is_file and _is_picture(parent, nodes.attribute(parent, "url"))
