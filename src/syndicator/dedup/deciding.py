"""The decisions about pairs of articles that the operator's commands `split` and `join` lead to; they are permanent."""

from collections.abc import Collection, Iterable
from datetime import datetime

from syndicator.model.decision import Decision, Identity, Verdict
from syndicator.model.noun import replace


def split(article: Identity, others: Iterable[Identity], now: datetime) -> list[Decision]:
    """Decide that an article is never one story with the other copies of its former story."""
    return [Decision(one=article, other=it, verdict=Verdict.SPLIT, decided_at=now) for it in others if it != article]


def join(
    leads: tuple[Identity, Identity],
    ones: Collection[Identity],
    others: Collection[Identity],
    decided: Iterable[Decision],
    now: datetime,
) -> list[Decision]:
    """Decide that two stories are one: their leading copies, and all their copies that were split from each other.

    Args:
        leads: The leading copy of each story.
        ones: All copies of the one story.
        others: All copies of the other story.
        decided: The decisions made before.
        now: The time of this decision.
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
    """Turn the decisions about a copy that is about to be deleted into decisions about its story's next leading copy.

    So the story stays apart from other stories, or one with them. Decisions about its other copies stay as they are.

    Args:
        gone: The copy that is about to be deleted.
        lead: The copy that leads its story from now on.
        others: All other copies; if the operator had joined the deleted copy, nothing else may connect them with the
            lead.
        decided: The decisions made before.
    """
    said = {frozenset((it.one, it.other)) for it in decided}
    about = [(it, it.other if it.one == gone else it.one) for it in decided if gone in (it.one, it.other)]
    joined = [it for it, _ in about if it.verdict is Verdict.JOIN][-1:]
    about += [(it, other) for it in joined for other in others]
    held = {other: it for it, other in reversed(about) if other != lead and frozenset((lead, other)) not in said}
    return [replace(it, one=lead, other=other) for other, it in held.items()]
