"""Explain why a copy is in its story, and why a copy leads its story, in words for people."""

from collections.abc import Sequence
from typing import Any

from syndicator.dedup.exact import same_address, same_text
from syndicator.dedup.lead import takes_lead
from syndicator.model.article import Article, Copy
from syndicator.model.decision import Bid
from syndicator.model.noun import Noun

Held = tuple[Copy, Article]
"""A copy of a story, with its article."""


class Joined(Noun):
    """The explanation of what joined a copy to its story.

    Attributes:
        partner: The number of the copy that it matched; 0 if no copy is still as it was then.
        words: The explanation in words; `{}` stands for the partner's name.
    """

    partner: int
    words: str


_WORDS = {
    "first": "the story began with it",
    "split": "you made it a story of its own",
    "join": "you joined it by hand",
    "url": "the same address as {}",
    "text": "the same text as {}",
    "post": "a post of the publisher's own account with little beside the link: it belongs to {}",
    "near": "nearly the same text as {}",
}
_ANNOUNCED = "the publisher's own account announces it: {}"
_GONE = {
    "post": "a post of the publisher's own account, and the article that it announces: one of them has changed since",
    "url": "the same address as a copy that has changed since",
    "text": "the same text as a copy that has changed since",
    "near": "its story turned out to be this one: two copies had nearly the same text",
}


def joined(copy: Copy, article: Article, others: Sequence[Held], detail: dict[str, Any]) -> Joined:
    """Explain what joined a copy to its story.

    Args:
        copy: The copy.
        article: The copy's article.
        others: The story's other copies, in the order in which they were first seen.
        detail: What the layer measured. `with`: source and key of the copy that it was measured against. `shorter` and
            `longer`: shares of that text's words that are in the other text.
    """
    measured = tuple(detail.get("with", ()))
    partner = next((it.number for it, other in others if _is_like(copy.reason, article, other, it, measured)), 0)
    words = _WORDS.get(copy.reason, copy.reason)
    if not partner and measured:
        words = "nearly the same text as a copy that is gone"
    elif not partner:
        words = _GONE.get(copy.reason, words)
    elif copy.reason == "post" and not article.claimed:
        words = _ANNOUNCED
    elif copy.reason == "url" and article.claimed:
        words += ", which is on another site than its source's; and what it says agrees"
    if "shorter" in detail and "longer" in detail:
        words += f": {detail['shorter']:.0%} of the shorter text's words have the same neighbours in the other,"
        words += f" and {detail['longer']:.0%} of the longer one's"
    return Joined(partner=partner, words=words)


def _is_like(reason: str, article: Article, other: Article, copy: Copy, measured: tuple[object, ...]) -> bool:
    match reason:
        case "url":
            return same_address(article, other)
        case "post":
            return article.claimed != other.claimed and same_address(article, other)
        case "text":
            return same_text(article, other)
        case "near":
            return measured == (copy.source_id, copy.key)
        case _:
            return False


def leads(lead: Bid, others: Sequence[Bid]) -> str:
    """Explain why a copy leads its story.

    Args:
        lead: The leading copy.
        others: All other copies, in the order in which they were first seen.
    """
    if not others:
        return "it is the only copy"
    rivals = [it for it in others if it.claimed == lead.claimed]
    if not lead.claimed:
        if not rivals:
            return "the address is its own; the others name another site's"
        if all(it.priority < lead.priority for it in rivals):
            return f"its source has the highest priority ({lead.priority})"
        equal = [it for it in rivals if it.priority == lead.priority]
        if equal and takes_lead(lead, equal[0]):
            return f"it has far more of the text ({lead.length:,} characters against {equal[0].length:,})"
    since = (
        "it was seen first" if all(lead.article < it.article for it in others) else "it took the lead when it arrived"
    )
    if any(takes_lead(it, lead) for it in others):
        return (
            f"{since}: another copy has had a better claim only since then, and a copy takes the lead only when it"
            " arrives (`syndicator replay --apply` applies a changed priority)"
        )
    if any(it.priority > lead.priority for it in others):  # it is a claim, then
        return f"{since}, and a copy whose address is another site's never takes the lead, whatever its priority"
    return f"{since}, and no other has far more of the text or a higher priority"
