"""Read what a page declares about its use: robots directives, TDMRep, a licence. Other modules obey them.

Robots directives stand in `meta name=robots` and `X-Robots-Tag`, for every robot or for ours by name; those of both
places hold together, as search engines do it. TDMRep (the W3C community group's protocol) stands in a `meta`, else in a
header field; only 0 and 1 are values, any other is ignored.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, islice

from syndicator.model.rights import Rights
from syndicator.model.web import Response
from syndicator.parse.decoding.link_fields import links_in
from syndicator.parse.decoding.tree import Page

AGENT = "syndicator"
"""Our robot's name in directives."""

_VALUED = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
"""Directives that have a value behind a colon."""
_KNOWN = _VALUED | frozenset(
    "all none index noindex follow nofollow noarchive nocache nosnippet noimageindex notranslate noodp noydir "
    "indexifembedded nositelinkssearchbox noimageai noai".split()
)
"""All directives that are known; others are ignored."""
_RESERVATION = "tdm-reservation"
"""The name of TDMRep's `meta` and header field."""
_GAP = re.compile(r"(?<=[a-z])[\s;]+(?=[a-z])")
"""What stands between two directives without the comma that should: "noindex nofollow"."""
_ANY = datetime(2000, 1, 1, tzinfo=UTC)
"""A time that is passed as `now` for reading dates with a year, which do not depend on it."""
_MOST = 100
"""The most elements or header fields of one kind that are read."""
_BESIDE = ("figure", "figcaption", "blockquote", "aside", "li")
"""Elements in which a link to a licence is about something else than the page."""


def read_rights(page: Page, response: Response) -> Rights:
    """Read a page's terms of use.

    Args:
        page: The page.
        response: The answer that the page came in, whose header fields count, too.
    """
    said = [*_robots(page), *_header_robots(response)]
    numbers = (value for name, value in said if name == "max-snippet" and value.isascii() and value.isdecimal())
    limits = [int(it[:9]) for it in numbers]  # a number of more than 64 bits is not read back from the store
    headers = (value for name, value in response.headers if name == _RESERVATION)
    reserved = next(filter(_is_valid, (*_metas(page, _RESERVATION), *headers)), None)
    return Rights(
        robots=tuple(
            dict.fromkeys(name for name, value in said if not value and name not in {"all", "index", "follow"})
        ),
        max_snippet=min(limits, default=None),
        unavailable_after=_earliest([value for name, value in said if name == "unavailable_after"]),
        tdm=None if reserved is None else reserved.strip() == "1",
        license=_license(page, response),
    )


def _earliest(dates: Sequence[str]) -> str:
    """Give the earliest date as written; if none can be read, the first one; empty: there is none."""
    if len(dates) < 2:
        return "".join(dates)
    from syndicator.text.dates import parse_date  # noqa: PLC0415  # it takes long to load, and few pages have two dates

    read = [(moment, it) for it in dates if (moment := parse_date(it, now=_ANY))]
    return min(read)[1] if read else dates[0]


def _is_valid(value: str) -> bool:
    return value.strip() in {"0", "1"}


def _metas(page: Page, *names: str) -> list[str]:
    """Give the contents of `meta` elements with one of these names."""
    found = page.root.xpath("//meta[@content][@name or @property]")
    return [
        it.get("content")
        for it in islice(found, 10 * _MOST)
        if (it.get("name") or it.get("property") or "").strip().lower() in names
    ]


def _robots(page: Page) -> Iterator[tuple[str, str]]:
    """Give the directives in `meta` elements for all robots and for ours, as pairs of name and value."""
    for value in _metas(page, "robots", AGENT)[:_MOST]:
        yield from _directives(value)


def _header_robots(response: Response) -> Iterator[tuple[str, str]]:
    """Give the directives in the header field `X-Robots-Tag`, as pairs of name and value."""
    for name, value in response.headers[:_MOST]:
        if name == "x-robots-tag":
            yield from _directives(value)


def _directives(text: str) -> Iterator[tuple[str, str]]:
    """Give the directives for every robot or for ours, as name and value: "otherbot: noindex, nofollow" is for neither.

    A date may hold commas, so all that follows `unavailable_after` belongs to its date until the next directive.
    """
    speaks = True
    date: list[str] = []
    for part in [*text[:2_000].split(","), ""]:
        name, value = _pair(part)
        if date and part and name not in _KNOWN:
            date.append(part.strip())
            continue
        if date:
            yield "unavailable_after", ", ".join(date)
            date = []
        if ":" in part and name not in _VALUED:
            speaks = name in {AGENT, "*"}
            name, value = _pair(value.lower())
        if not speaks or not name:
            continue
        if name == "unavailable_after":
            date = [value]
        elif name == "none":
            yield from (("noindex", ""), ("nofollow", ""))
        elif name in _KNOWN:
            yield name, value
        elif _GAP.search(name):  # "noindex nofollow"
            yield from _directives(_GAP.sub(",", name))


def _pair(text: str) -> tuple[str, str]:
    """Part a directive at its first colon into a name, in lower case, and a value, which may be empty."""
    name, _, value = text.partition(":")
    return name.strip().lower(), value.strip()


def _license(page: Page, response: Response) -> str:
    """Give the licence's address: in the head, else in a header field, else the only one that the page links to.

    Links in figures, quotes, side notes and list items do not count.
    """
    rel = "contains(concat(' ', normalize-space(@rel), ' '), ' license ')"
    heads = (it.get("href") for it in page.root.xpath(f"//link[@href][{rel}]")[:_MOST])
    fields = (address for relation, address in links_in(response) if relation == "license")
    if found := next(filter(None, map(page.asset, chain(heads, fields))), ""):
        return found
    shown = page.root.xpath(f"//a[@href][{rel}]")[:_MOST]
    urls = {page.asset(it.get("href")) for it in shown if next(it.iterancestors(*_BESIDE), None) is None} - {""}
    return urls.pop() if len(urls) == 1 else ""
