"""What the operator decided about articles, and what that means where one is placed."""

from datetime import datetime
from enum import StrEnum

from syndicator.model.noun import Noun

Identity = tuple[str, str]
"""An article's source and key: the same in every copy of the database, and when all of it is read anew."""


class Verdict(StrEnum):
    """What was decided about two articles."""

    SPLIT = "split"  # they are never one story
    JOIN = "join"  # they are one story, whatever the rules say


class Decision(Noun):
    """What holds for two articles, for ever; a later decision about the same two takes its place.

    Attributes:
        one: An article.
        other: Another one.
        verdict: What holds for them, either way round.
        decided_at: When.
    """

    one: Identity
    other: Identity
    verdict: Verdict
    decided_at: datetime


class Rulings(Noun):
    """The operator's decisions, as far as they touch an article and the stories that it may belong to.

    Attributes:
        bound: Articles that are one story with it.
        barred: Numbers of the stories with an article that never is.
        apart: Pairs of stories, the lower number first, that hold two articles which are never one story.
    """

    bound: frozenset[Identity] = frozenset()
    barred: frozenset[int] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()


class Bid(Noun):
    """What decides whether a copy leads its story.

    Attributes:
        article: Its number.
        claimed: Whether its address belongs to somebody else.
        priority: Its source's, as the operator set it.
        length: Characters of its text.
    """

    article: int
    claimed: bool
    priority: int
    length: int
