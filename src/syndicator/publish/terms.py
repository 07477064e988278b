"""What of an article may be shown: its source's setting, and what its page declares. The one place that decides it.

    setting ─┐
             ├─► the strictest of them ─► Showing ─► every output
    terms ───┘

The operator's setting says how much is wanted, a page's declarations how much is allowed: between them, and between the
mechanisms of a page, any "no" holds. No declaration gives leave for more than the setting, but one: with `licensed`, an
open licence stands for the publisher's word.
"""

import re
from datetime import datetime

from syndicator.model.article import Article
from syndicator.model.document import Mode
from syndicator.model.noun import Noun
from syndicator.model.rights import Rights
from syndicator.model.source import Republish

EXCERPT = 300
"""Characters of a summary at most."""

_ORDER: tuple[Mode, ...] = ("nothing", "headline", "excerpt", "full")
_OPEN = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses/(?:by|by-sa)/[1-4]\.[05]|publicdomain/(?:zero|mark)/1\.0)(?:/.*)?"
)
"""Licences that let anybody republish, changed and for money, too: we leave lines out, and know no purpose."""
_NOTHING = ("noindex", "none")


class Showing(Noun):
    """How much of an article may be shown.

    Attributes:
        mode: Nothing at all; title, link and names; an excerpt beside them; or everything.
        excerpt: Characters of the excerpt at most.
        image: Whether its pictures may be shown.
        until: When it is to disappear; None: never.
        tdm: Whether its text is reserved from mining: so must be what holds it; None: nothing is said.
        sponsored: Whether it is an advertisement, and says so.
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
        article: With what its page declares.
        republish: What its source is set to.
        now: What is to disappear by then is not shown.
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
    """Why nothing of an article may be published, for the operator; empty: something may be."""
    terms = article.terms
    if words := [it for it in terms.robots if it in _NOTHING]:
        return f"its page says “{words[0]}” to robots"
    until = _until(terms, now)
    if until is not None and until <= now:
        return f"its page asked for it to disappear at {until:%Y-%m-%d %H:%M} (unavailable_after)"
    return ""


def _until(terms: Rights, now: datetime) -> datetime | None:
    """When it is to disappear; None: it does not say."""
    if not terms.unavailable_after:
        return None
    from syndicator.text.dates import parse_date  # noqa: PLC0415  # much to load, and few pages say so

    return parse_date(terms.unavailable_after, now=now)


def is_open(licence: str) -> bool:
    """Whether a licence, named by its address, lets anybody republish: CC0, public domain, CC BY, CC BY-SA."""
    return _OPEN.fullmatch(licence) is not None


def _wanted(republish: Republish, licence: str) -> Mode:
    if republish == "licensed":
        return "full" if is_open(licence) else "excerpt"
    return republish
