"""The operator's decisions about articles, and what they mean when an article is placed into a story."""

from datetime import datetime
from enum import StrEnum

from syndicator.model.noun import Noun

Identity = tuple[str, str]
"""An article's source id and key: the same in every copy of the database, and after all entries are read anew."""


class Verdict(StrEnum):
    """The operator's decision about two articles."""

    SPLIT = "split"  # they are never one story
    JOIN = "join"  # they are one story, whatever the rules say


class Decision(Noun):
    """A decision about two articles, which holds until a later decision about the same two replaces it.

    Attributes:
        one: One article.
        other: The other article; the order of the two has no meaning.
        verdict: What was decided about them.
        decided_at: When it was decided.
    """

    one: Identity
    other: Identity
    verdict: Verdict
    decided_at: datetime


class Rulings(Noun):
    """The operator's decisions that concern an article and the stories that it may belong to.

    Attributes:
        bound: Articles that are one story with it.
        barred: Numbers of the stories that hold an article which must never be one story with it.
        apart: Pairs of numbers of stories, the lower one first, that hold two articles which must never be one story.
    """

    bound: frozenset[Identity] = frozenset()
    barred: frozenset[int] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()


class Bid(Noun):
    """What decides whether a copy leads its story (`dedup.lead`).

    Attributes:
        article: The article's number in the store.
        claimed: Whether its address belongs to somebody else (`Article.claimed`).
        priority: Its source's priority, as the operator set it.
        length: Number of characters of its text.
    """

    article: int
    claimed: bool
    priority: int
    length: int
