"""Find an article's section by the links that lead to it, such as a breadcrumb: «Главная / Новости / ЖКХ»."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import Page, classes, words
from syndicator.parse.metadata.schemaorg import is_home, is_section

_MOST_LINKS = 400
"""The most links of one page that are looked at."""
_HOLDERS = 4
"""How many ancestors of a link may say by their class that it belongs to a breadcrumb."""
_NEAR = 3
"""How many ancestors of a headline hold only what is about its article."""
_CRUMBS = re.compile(r"(?<![a-z])(?:bread-?crumbs?|crumbs?)(?![a-z])")
"""A class that marks a breadcrumb."""
_RUBRIC = re.compile(r"(?<![a-z])(?:rubrics?|rubrika|categor(?:y|ies)|section-?(?:link|name))(?![a-z])")
"""A class that marks a link to a section."""
_NO_SECTION = re.compile(
    r"(?:все\s+)?новости$|(?:all\s+)?news$|назад|вернуться|возврат|"
    r"читать|подробнее|показать|ещ[её](?!\w)|back(?!\w)|more(?!\w)|read(?!\w)",
    re.IGNORECASE,
)
"""The beginning of a link's text that names no section."""


def sections(page: Page, heading: HtmlElement) -> Iterator[str]:
    """Give what may be the section, the most trusted first.

    1. The last link of an element whose class marks it as a breadcrumb.
    2. A link beside the headline that is marked as a category.
    3. A link above or beside the headline with whose path the article's path begins, such as `/society/`.

    Args:
        page: The page.
        heading: The element with the headline.
    """
    own = urlsplit(page.canonical or page.url).path
    around = [it for it in heading.iterancestors() if it.tag not in {"body", "html"}]
    wide, near = set(around), set(around[:_NEAR])
    paths: dict[HtmlElement, str] = {}
    marked: list[str] = []
    steps: dict[str, str] = {}
    is_above = True
    for link in islice(page.root.iter("a", heading.tag), _MOST_LINKS):
        is_above = is_above and link is not heading
        if link.tag != "a":
            continue
        holders = [link, *islice(link.iterancestors(), _HOLDERS)]
        path = next((it for it in holders if _CRUMBS.search(classes(it))), None)
        is_marked, step = _is_category(link, holders), _step(link, own)
        if (path is None and not is_marked and not step) or not _is_telling(text := words(link)):
            continue
        if path is not None:
            paths[path] = text
        elif is_marked and not wide.isdisjoint(holders):
            marked.append(text)
        elif step and (is_above or not near.isdisjoint(holders)):
            steps.setdefault(step, text)
    yield from islice(paths.values(), 1)
    yield from marked[:1]
    yield from (steps[it] for it in sorted(steps, key=len, reverse=True)[:1])


def _is_category(link: HtmlElement, holders: Sequence[HtmlElement]) -> bool:
    """Whether a link is marked as one to a category, by itself or by the element around it."""
    return "category" in (link.get("rel") or "").split() or any(_RUBRIC.search(classes(it)) for it in holders[:2])


def _step(link: HtmlElement, own: str) -> str:
    """Give the path that a link leads to, if the article's own path begins with it; else empty."""
    path = (link.get("href") or "").rstrip("/")
    return path if len(path) > 1 and path.startswith("/") and own.startswith(f"{path}/") else ""


def _is_telling(text: str) -> bool:
    """Whether the text of a link names a section, and not the front page or another thing."""
    return is_section(text) and not is_home(text) and not _NO_SECTION.match(text)
