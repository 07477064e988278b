"""What the operator's word means for each two articles: all that `split` and `join` leave behind, for good."""

from collections.abc import Collection, Iterable
from datetime import datetime

from syndicator.model.decision import Decision, Identity, Verdict
from syndicator.model.noun import replace


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


def inherited(
    gone: Identity, lead: Identity, others: Iterable[Identity], decided: Collection[Decision]
) -> list[Decision]:
    """The decisions about a copy that is about to be deleted, as decisions about the copy that leads its story then.

    So the story stays apart from others, or one with them. Decisions about its other copies themselves are not touched.

    Args:
        gone: The copy.
        lead: The one that leads its story from now on.
        others: All others: if the operator had joined the copy, it may be all that made them one with the lead.
        decided: What was decided before.
    """
    said = {frozenset((it.one, it.other)) for it in decided}
    about = [(it, it.other if it.one == gone else it.one) for it in decided if gone in (it.one, it.other)]
    joined = [it for it, _ in about if it.verdict is Verdict.JOIN][-1:]
    about += [(it, other) for it in joined for other in others]
    held = {other: it for it, other in reversed(about) if other != lead and frozenset((lead, other)) not in said}
    return [replace(it, one=lead, other=other) for other, it in held.items()]
