"""Pages for tests: from a file of `tests/parse/data/pages`, or from a few words of markup."""

import json
from pathlib import Path

from syndicator.model.web import Response
from syndicator.parse.decoding.tree import Page, open_page

PAGES = Path(__file__).parents[1] / "parse" / "data" / "pages"
ADDRESS = "https://courier.example/city/tram"


def stored(name: str, url: str) -> Response:
    """A page from the data folder, as if `url` had given it."""
    return Response(url=url, status=200, body=(PAGES / name).read_bytes())


def written(markup: str, url: str = ADDRESS) -> Response:
    """A page with that body, and no head but what stands in the markup."""
    return Response(
        url=url,
        status=200,
        headers=(("content-type", "text/html; charset=utf-8"),),
        body=markup.encode(errors="replace"),
    )


def opened(markup: str, url: str = ADDRESS) -> Page:
    """The same as a tree."""
    return open_page(written(markup, url))


def with_json_ld(*blocks: object) -> Page:
    """A page with these JSON-LD blocks, given as data or as they are written."""
    scripts = (it if isinstance(it, str) else json.dumps(it) for it in blocks)
    return opened("".join(f'<script type="application/ld+json">{it}</script>' for it in scripts) + "<p>x")
