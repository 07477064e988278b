"""The section of an article by the links that lead to it: «Главная / Новости / ЖКХ»."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from syndicator.parse.decoding.tree import Page, words
from syndicator.parse.metadata.schemaorg import is_home, is_section

_MOST_LINKS = 400
_HOLDERS = 4  # elements round a link that may say what it is
_NEAR = 3  # elements round a headline: what stands in them is about the article
_CRUMBS = re.compile(r"(?<![a-z])(?:bread-?crumbs?|crumbs?)(?![a-z])")
_RUBRIC = re.compile(r"(?<![a-z])(?:rubrics?|rubrika|categor(?:y|ies)|section-?(?:link|name))(?![a-z])")
_NO_SECTION = re.compile(
    r"(?:все\s+)?новости$|(?:all\s+)?news$|назад|вернуться|возврат|"
    r"читать|подробнее|показать|ещ[её](?!\w)|back(?!\w)|more(?!\w)|read(?!\w)",
    re.IGNORECASE,
)
"""Steps that say nothing of what lies behind them."""


def sections(page: Page, heading: HtmlElement) -> Iterator[str]:
    """What may be the section, the surest first.

    The last step of a path that is marked as one; a link beside the headline that is marked as a category; what a link
    above or beside the headline is called whose address the article's begins with: `/society/`.

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
        path = next((it for it in holders if _CRUMBS.search(_marks(it))), None)
        is_marked = "category" in (link.get("rel") or "").split() or any(
            _RUBRIC.search(_marks(it)) for it in holders[:2]
        )
        step = (link.get("href") or "").rstrip("/")
        is_step = len(step) > 1 and step.startswith("/") and own.startswith(f"{step}/")
        if path is None and not is_marked and not is_step:
            continue
        text = words(link)
        if not is_section(text) or is_home(text) or _NO_SECTION.match(text):
            continue
        if path is not None:
            paths[path] = text
        elif is_marked and not wide.isdisjoint(holders):
            marked.append(text)
        elif is_step and (is_above or not near.isdisjoint(holders)):
            steps.setdefault(step, text)
    yield from islice(paths.values(), 1)
    yield from marked[:1]
    yield from (steps[it] for it in sorted(steps, key=len, reverse=True)[:1])


def _marks(element: HtmlElement) -> str:
    return (element.get("class") or "")[:200].lower()
