"""Which copy leads a story: the leading copy's words are published.

    A copy leads before another, by the first of these rules that tells them apart:

    its address is its own              the other's address belongs to somebody else
    its source has the higher priority  as the operator set it
    its text is much longer             an article replaces an excerpt, but two full copies never take turns
    it was seen first

A copy takes the lead only when it arrives, or when the leading copy is gone.
"""

from collections.abc import Sequence

from syndicator.model.article import Article, Copy
from syndicator.model.decision import Bid

MORE_COMPLETE = 1.25
"""A text is much longer than another only if it is longer by more than this factor."""
MORE_COMPLETE_BY = 200
"""A text is much longer than another only if it is longer by more than this many characters, too."""


def bid(copy: Copy, article: Article, priority: int) -> Bid:
    """Return what decides whether a stored copy leads its story."""
    return Bid(article=copy.number, claimed=article.claimed, priority=priority, length=len(article.text))


def takes_lead(newcomer: Bid, leading: Bid) -> bool:
    """Whether a new copy takes the lead from the leading one."""
    if newcomer.claimed or leading.claimed:
        return not newcomer.claimed
    if newcomer.priority != leading.priority:
        return newcomer.priority > leading.priority
    longer = newcomer.length - leading.length
    return longer > MORE_COMPLETE_BY and newcomer.length > MORE_COMPLETE * leading.length


def leader(bids: Sequence[Bid]) -> Bid:
    """Return the copy that leads if they arrive in this order; at least one must be given."""
    best = bids[0]
    for bid in bids[1:]:
        if takes_lead(bid, best):
            best = bid
    return best
