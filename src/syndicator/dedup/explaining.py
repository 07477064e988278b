"""Why a copy is in its story, and why one leads: for a person who has not read the rules."""

from collections.abc import Sequence
from typing import Any

from syndicator.dedup.lead import takes_lead
from syndicator.model.article import Article, Copy
from syndicator.model.decision import Bid
from syndicator.model.noun import Noun

Held = tuple[Copy, Article]


class Joined(Noun):
    """What joined a copy to its story.

    Attributes:
        partner: The number of the copy that it is like; 0: none that is still as it was then.
        words: In words, without the partner's name, which stands where `{}` is.
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
    """What joined a copy to its story.

    Args:
        copy: Which.
        article: Its own.
        others: The story's other copies, by first sight.
        detail: What the layer has measured: `with`, source and key of the copy that it was measured against, and
            shares of the `shorter` and of the `longer` text's words that are in the other.
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
        words += f": {detail['shorter']:.0%} of the shorter text's words stand in the other beside the same neighbours,"
        words += f" and {detail['longer']:.0%} of the longer one's"
    return Joined(partner=partner, words=words)


def _is_like(reason: str, article: Article, other: Article, copy: Copy, measured: tuple[object, ...]) -> bool:
    match reason:
        case "url":
            return bool(article.url_key) and article.url_key == other.url_key
        case "post":
            return article.claimed != other.claimed and bool(article.url_key) and article.url_key == other.url_key
        case "text":
            return bool(article.text_key) and article.text_key == other.text_key
        case "near":
            return measured == (copy.source_id, copy.key)
        case _:
            return False


def leads(lead: Bid, others: Sequence[Bid]) -> str:
    """Why a copy leads its story.

    Args:
        lead: That copy.
        others: All others, by first sight.
    """
    if not others:
        return "it is the only copy"
    first = others[0]
    if all(it.claimed for it in others) and not lead.claimed:
        return "the address is its own; the others name another site's"
    if all(it.priority < lead.priority for it in others):
        return f"its source has the highest priority ({lead.priority})"
    if takes_lead(lead, first):
        return f"it has far more of the text ({lead.length:,} characters against {first.length:,})"
    if any(it.claimed and it.priority > lead.priority for it in others):
        return (
            "it was seen first, and a copy whose address is another site's never takes the lead, whatever its priority"
        )
    return "it was seen first, and no other has far more of the text or a higher priority"
