"""Which copy leads a story: its words are the ones that are published.

    whose address is its own   before   whose address belongs to somebody else
    the higher priority                 as the operator set it for the source
    the far fuller text                 an excerpt gives way to the article, but two full copies never take turns
    the one that was seen first

A copy takes the lead when it comes, or when the one that led is gone: never because another comes and goes.
"""

from collections.abc import Sequence

from syndicator.model.article import Article, Copy
from syndicator.model.decision import Bid

MORE_COMPLETE = 1.25
"""A copy is far fuller when its text is longer than the other's by this factor …"""
MORE_COMPLETE_BY = 200
"""… and by this many characters."""


def bid(copy: Copy, article: Article, priority: int) -> Bid:
    """What a stored copy has to say for itself."""
    return Bid(article=copy.number, claimed=article.claimed, priority=priority, length=len(article.text))


def takes_lead(newcomer: Bid, leading: Bid) -> bool:
    """Whether a copy takes the lead from another."""
    if newcomer.claimed or leading.claimed:
        return not newcomer.claimed
    if newcomer.priority != leading.priority:
        return newcomer.priority > leading.priority
    longer = newcomer.length - leading.length
    return longer > MORE_COMPLETE_BY and newcomer.length > MORE_COMPLETE * leading.length


def leader(bids: Sequence[Bid]) -> Bid:
    """The copy that leads, had they come one after the other; at least one must be given."""
    best = bids[0]
    for bid in bids[1:]:
        if takes_lead(bid, best):
            best = bid
    return best
