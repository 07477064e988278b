"""What the operator's word means for each two articles: all that `split` and `join` leave behind."""

from collections.abc import Collection, Iterable
from datetime import datetime

from syndicator.model.decision import Decision, Identity, Verdict


def split(article: Identity, others: Iterable[Identity], now: datetime) -> list[Decision]:
    """An article is never one story with any of those that were copies of its story."""
    return [Decision(one=article, other=it, verdict=Verdict.SPLIT, decided_at=now) for it in others if it != article]


def join(
    leads: tuple[Identity, Identity],
    ones: Collection[Identity],
    others: Collection[Identity],
    decided: Iterable[Decision],
    now: datetime,
) -> list[Decision]:
    """Two stories are one: so are their leading copies, and whichever of their copies had been split from each other.

    Args:
        leads: The leading copy of each.
        ones: All copies of the one.
        others: All copies of the other.
        decided: What was decided before.
        now: When this is.
    """
    apart = [
        (it.one, it.other)
        for it in decided
        if it.verdict is Verdict.SPLIT
        and ((it.one in ones and it.other in others) or (it.one in others and it.other in ones))
    ]
    return [
        Decision(one=one, other=other, verdict=Verdict.JOIN, decided_at=now)
        for one, other in dict.fromkeys([leads, *apart])
    ]
