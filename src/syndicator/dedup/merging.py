"""Merge stories that turn out to be one: an article is a sure copy of both, or the operator says so.

Which stories are merged does not depend on the order of arrival: all articles that sure matches connect become one
story when the last connecting article arrives, as if that had arrived first. A story never falls apart by itself, so
nothing goes back and forth.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from syndicator.dedup.near import ENOUGH_OF_OTHER
from syndicator.dedup.place import Alike, Match, pair
from syndicator.model.article import Article
from syndicator.model.decision import Rulings
from syndicator.model.noun import replace
from syndicator.model.placement import BEGINNING, Known, Merges


def merges(story: int, opened: datetime, matches: Sequence[Match], rulings: Rulings) -> list[Merges]:
    """Decide which stories are merged with the story that an article is in.

    Args:
        story: The number of the article's own story.
        opened: When that story was first seen.
        matches: What the article matches (`place.matches`).
        rulings: The operator's decisions about it, and about all these stories.
    """
    ages = {story: opened}
    reasons: dict[int, str] = {}
    for match in matches:
        other = match.candidate.story
        if match.sure and other not in ages and not any(pair(other, it) in rulings.apart for it in ages):
            ages[other] = match.candidate.opened
            reasons[other] = match.reason
    return _merged(ages, reasons)


def merges_near(
    article: Article, found: Sequence[Alike], rulings: Rulings, own: Known | None = None, opened: datetime = BEGINNING
) -> list[Merges]:
    """Decide which stories are merged with an article's story because the article's text is nearly the same as theirs.

    Stories that have copies from one source are not merged, because that source itself has published them as two.

    Args:
        article: A new or changed article.
        found: Stored articles with nearly the same text (`place.alike`), the most alike first; the article belongs to
            the story of the first.
        rulings: The operator's decisions about it, and about all these stories.
        own: What is stored of the article, if it was stored before and is alone in its story; else None.
        opened: When that story was first seen.
    """
    best = found[0]
    like = {best.candidate.story: best}
    ages = {best.candidate.story: best.candidate.opened}
    if own is not None:
        ages[own.story] = opened
    sources = best.sources
    for alike in found:
        other = alike.candidate.story
        is_part = alike.likeness.longer < ENOUGH_OF_OTHER  # a roundup has parts of several stories, and is none of them
        is_apart = bool(alike.sources & sources) or any(pair(other, age) in rulings.apart for age in ages)
        if other not in ages and not is_part and not is_apart:
            like[other] = alike
            ages[other] = alike.candidate.opened
            sources |= alike.sources
    merged = _merged(ages, dict.fromkeys(ages, "near"))
    return [
        replace(it, article=own.article, measured=best.measured)
        if own is not None and it.absorbed == own.story
        else _measured(it, like[it.absorbed], article)
        for it in merged
    ]


def _measured(merge: Merges, absorbed: Alike, article: Article) -> Merges:
    """Add the evidence to a merge: how alike the article and the copy in the absorbed story are."""
    measured = replace(absorbed.measured, source_id=article.source_id, key=article.key)
    return replace(merge, article=absorbed.candidate.article, measured=measured)


def _merged(ages: Mapping[int, datetime], reasons: Mapping[int, str]) -> list[Merges]:
    oldest, *others = sorted(ages, key=lambda number: (ages[number], number))
    own = next(iter(reasons.values()), "")
    return [Merges(kept=oldest, absorbed=other, reason=reasons.get(other, own)) for other in others]
