"""Pages of entries for tests, and what is read of them."""

from typing import Any

from support.pages import opened, written
from syndicator.model.outcome import Parsed
from syndicator.model.source import Source
from syndicator.parse import parse
from syndicator.parse.metadata.opengraph import Head
from syndicator.parse.microformats import h_feed

URL = "https://indie.example/"


def source(**changes: Any) -> Source:
    return Source(**{"id": "x", "url": URL, "kind": "page"} | changes)


def read(markup: str, url: str = URL, **changes: Any) -> Parsed:
    return parse(written(markup, url), source(url=url, **changes))


def entry(path: str, inside: str = "", classes: str = "h-entry") -> str:
    link = f'<a class="u-url p-name" rel="bookmark" href="{path}">Title {path}</a>'
    return f'<article class="{classes}">{link}{inside}</article>'


def found(markup: str, url: str = URL) -> list[str]:
    """The paths of what a page's classes list; nothing: they list nothing."""
    tree = opened(markup, url)
    feed = h_feed.read(tree, Head(tree))
    return [it.url.removeprefix("https://indie.example") for it in feed.entries] if feed else []
