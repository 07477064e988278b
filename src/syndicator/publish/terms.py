"""How much of an article may be shown, by its source's setting and its page's declarations; decided only here.

    setting ─┐
             ├─► the strictest of them ─► Showing ─► every output
    terms ───┘

The operator's setting says how much is wanted, a page's declarations how much is allowed. Any "no" counts, whether it
comes from the setting or from one of a page's declarations. No declaration permits more than the setting, with one
exception: with the setting `licensed`, an open licence counts as the publisher's permission.
"""

import re
from datetime import datetime

from syndicator.model.article import Article
from syndicator.model.document import Mode
from syndicator.model.noun import Noun
from syndicator.model.rights import Rights
from syndicator.model.source import Republish

EXCERPT = 300
"""The most characters of an excerpt."""

_ORDER: tuple[Mode, ...] = ("nothing", "headline", "excerpt", "full")
_OPEN = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses/(?:by|by-sa)/[1-4]\.[05]|publicdomain/(?:zero|mark)/1\.0)(?:/.*)?"
)
"""The addresses of licences that let anybody republish a text, also changed and commercially.

Both are needed: lines are left out of texts here, and the operator's purpose is not known.
"""
_NOTHING = ("noindex", "none")


class Showing(Noun):
    """How much of an article may be shown.

    Attributes:
        mode: How much: nothing at all; title, link and names; an excerpt beside them; or everything.
        excerpt: The most characters of the excerpt.
        image: Whether its pictures may be shown.
        until: When the article is to disappear; None if never.
        tdm: Whether its text is reserved from text and data mining, so that files with it must be reserved, too; None
            if the page says nothing about it.
        sponsored: Whether it is a declared advertisement.
    """

    mode: Mode = "excerpt"
    excerpt: int = EXCERPT
    image: bool = True
    until: datetime | None = None
    tdm: bool | None = None
    sponsored: bool = False


def showing(article: Article, republish: Republish, now: datetime) -> Showing:
    """Decide how much of an article may be shown.

    Args:
        article: The article, with its page's declarations.
        republish: The setting of its source.
        now: The current moment; an article that was to disappear by then is not shown.
    """
    terms = article.terms
    quoted = terms.max_snippet
    allowed: list[Mode] = [_wanted(republish, terms.license)]
    if withheld(article, now):
        allowed.append("nothing")
    if "nosnippet" in terms.robots or quoted == 0:
        allowed.append("headline")
    if terms.tdm or (quoted is not None and quoted > 0):
        allowed.append("excerpt")
    return Showing(
        mode=min(allowed, key=_ORDER.index),
        excerpt=EXCERPT if quoted is None or quoted < 0 else min(quoted, EXCERPT),
        image="noimageindex" not in terms.robots,
        until=_until(terms, now),
        tdm=terms.tdm,
        sponsored=article.sponsored,
    )


def withheld(article: Article, now: datetime) -> str:
    """The reason why nothing of an article may be published, for the operator; empty if something may be."""
    terms = article.terms
    if words := [it for it in terms.robots if it in _NOTHING]:
        return f"its page says “{words[0]}” to robots"
    until = _until(terms, now)
    if until is not None and until <= now:
        return f"its page asked for it to disappear at {until:%Y-%m-%d %H:%M} (unavailable_after)"
    return ""


def _until(terms: Rights, now: datetime) -> datetime | None:
    """When an article is to disappear; None if its page does not say."""
    if not terms.unavailable_after:
        return None
    from syndicator.text.dates import parse_date  # noqa: PLC0415  # slow to load, and few pages declare this

    return parse_date(terms.unavailable_after, now=now)


def is_open(licence: str) -> bool:
    """Whether a licence, named by its address, lets anybody republish: CC0, public domain, CC BY, CC BY-SA."""
    return _OPEN.fullmatch(licence) is not None


def _wanted(republish: Republish, licence: str) -> Mode:
    if republish == "licensed":
        return "full" if is_open(licence) else "excerpt"
    return republish
