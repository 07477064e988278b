"""Placing an article: purely, in layers, the surest first.

    same guid in its source    →  Repeats | Updates
    same canonical address     →  Joins "url"
    same text                  →  Joins "text"
    nothing                    →  Opens

What must hold beside the likeness is written at each layer. Where they pull apart, two stories too many are better than
one too few: a wrong merge hides news, a missed one only repeats it.
"""

from collections.abc import Sequence

from syndicator.dedup.exact import agree, same_address, same_text, same_title, substance
from syndicator.model.article import Article
from syndicator.model.outcome import Candidate, Joins, Known, Opens, Placement, Repeats, Updates

MORE_COMPLETE = 1.25
"""A copy takes the lead when its text is longer than the leading one's by this factor …"""
MORE_COMPLETE_BY = 200
"""… and by this many characters: an excerpt gives way to the article, but two full copies never take turns."""


def place(article: Article, known: Known | None, candidates: Sequence[Candidate]) -> Placement:
    """Decide what becomes of an article.

    Args:
        article: The newcomer.
        known: What is stored under its own source and key, or None.
        candidates: Stored articles that share its address or its text, other than `known`, oldest story first.
    """
    if known is not None:
        substantive = known.substance != substance(article)
        if not substantive and known.found_hash == article.found_hash:
            return Repeats(article=known.article)
        return Updates(article=known.article, substantive=substantive)
    by_address = [it for it in candidates if same_address(article, it) and _address_holds(article, it)]
    if by_address:
        return _join(article, by_address[0], "url")
    by_text = [it for it in candidates if same_text(article, it)]
    if by_text and _text_holds(article, by_text):
        return _join(article, by_text[0], "text")
    return Opens()


def _address_holds(article: Article, candidate: Candidate) -> bool:
    """Whether one address means one story here.

    Between two sources it does, when the address is each one's own. A claim, to an address of another domain, needs
    agreement: anybody can name anybody's address. So does a second entry of one source, since some sources link every
    entry to one page, and only an entry whose guid has changed says the same under it again.
    """
    own = not article.claimed and not candidate.claimed
    if own and candidate.source_id != article.source_id:
        return True
    return agree(article, candidate)


def _text_holds(article: Article, candidates: Sequence[Candidate]) -> bool:
    """Whether one text means one story here.

    A text that one source has under two stories identifies neither: it is a notice or a template. Neither does a text
    that the article's own source has published before, unless title and date say that it is that very entry under a
    new guid.
    """
    stories: dict[str, int] = {}
    for candidate in candidates:
        if stories.setdefault(candidate.source_id, candidate.story) != candidate.story:
            return False
        if candidate.source_id == article.source_id and not (
            same_title(article, candidate) and article.published == candidate.published
        ):
            return False
    return True


def _join(article: Article, candidate: Candidate, reason: str) -> Joins:
    return Joins(story=candidate.story, reason=reason, leads=_leads(article, candidate))


def _leads(article: Article, candidate: Candidate) -> bool:
    """Whether the newcomer takes the lead: a claim never does; its owner does; else only one that is far fuller."""
    if article.claimed:
        return False
    if candidate.lead_claimed:
        return True
    longer = len(article.text) - candidate.lead_length
    return longer > MORE_COMPLETE_BY and len(article.text) > MORE_COMPLETE * candidate.lead_length
