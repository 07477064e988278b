"""Placing an article: purely, in layers, the surest first.

    same key in its source     →  Repeats | Updates     the key is its guid; `moved` finds it under another one
    same canonical address     →  Joins "url"
    same text                  →  Joins "text"
    nearly the same text       →  Joins "near"          asked only when nothing else held
    nothing                    →  Opens

What must hold beside the likeness is written at each layer. Where they pull apart, two stories too many are better than
one too few: a wrong merge hides news, a missed one only repeats it.
"""

from collections.abc import Sequence
from dataclasses import replace

from syndicator.dedup.exact import agree, same_address, same_date, same_substance, same_text, same_title, same_words
from syndicator.dedup.near import compare, said
from syndicator.model.article import Article
from syndicator.model.outcome import Candidate, Joins, Known, Neighbour, Opens, Placement, Repeats, Shown, Updates
from syndicator.text import keys

MORE_COMPLETE = 1.25
"""A copy takes the lead when its text is longer than the leading one's by this factor …"""
MORE_COMPLETE_BY = 200
"""… and by this many characters: an excerpt gives way to the article, but two full copies never take turns."""

_NOTHING = Shown()


def moved(article: Article, candidates: Sequence[Candidate], shown: Shown) -> Candidate | None:
    """The article itself, stored under a key that its source has given up; None: it is new there.

    Args:
        article: One whose key is not known.
        candidates: Stored articles that share its address or its text, oldest story first.
        shown: What its source shows now.
    """
    own = [it for it in candidates if it.source_id == article.source_id]
    gone = [it for it in own if it.key not in shown.keys]
    here = [it for it in gone if same_address(article, it) and _same_entry(article, it, linked=shown.linked)]
    if any(it.key in shown.keys and same_address(article, it) for it in own):
        here = [it for it in here if _same_words(article, it)]  # the address is a page of several entries
    elsewhere = [it for it in gone if same_text(article, it) and _same_head(article, it)]
    if here:
        return here[0]
    return elsewhere[0] if len({it.story for it in elsewhere}) == 1 else None


def is_another(article: Article, known: Known, title: str, text: str) -> bool:
    """Whether an article without an id is another than the one that is stored under its link, not an edit of it.

    It is when neither title nor text have stayed; a missing one never has.

    Args:
        article: The newcomer, of a source whose links are not known to tell its entries apart.
        known: What is stored under its source and link …
        title: … with its title …
        text: … and text.
    """
    if keys.said(known.found_hash) == keys.said(article.found_hash):
        return False
    return not (same_words(article.title, title) or same_words(article.text, text))


def place(article: Article, known: Known | None, candidates: Sequence[Candidate], shown: Shown = _NOTHING) -> Placement:
    """Decide what becomes of an article.

    Args:
        article: The newcomer.
        known: What is stored under its own source and key, or None.
        candidates: Stored articles that share its address or its text, other than `known`, oldest story first.
        shown: What its source shows now, as far as that is known.
    """
    if known is not None:
        same_words = keys.said(known.found_hash) == keys.said(article.found_hash)
        substantive = not (same_substance(article, known.substance) or (shown.relinked and same_words))
        if not substantive and known.found_hash == article.found_hash:
            return Repeats(article=known.article)
        return Updates(article=known.article, substantive=substantive)
    by_address = [it for it in candidates if same_address(article, it) and _address_holds(article, it, shown)]
    if by_address:
        return _join(article, by_address[0], "url")
    by_text = [it for it in candidates if same_text(article, it)]
    if by_text and _text_holds(article, by_text):
        return _join(article, by_text[0], "text")
    return Opens()


def place_near(article: Article, neighbours: Sequence[Neighbour]) -> Joins | Opens:
    """Decide what becomes of an article that nothing else has placed: nearly equal texts are one story.

    Two of one source never are: it knows what it publishes twice, and what it fills the same form with.

    Args:
        article: The newcomer.
        neighbours: Stored articles whose texts share words with its own.
    """
    ours = said(article)
    alike = []
    for it in neighbours:
        if article.source_id not in it.sources:
            likeness = compare(ours, said(it.article), same_address=same_address(article, it.candidate))
            if likeness.holds:
                alike.append((likeness.shorter + likeness.longer, -it.candidate.story, it.candidate, likeness))
    if not alike:
        return Opens()
    _, _, candidate, likeness = max(alike, key=lambda it: it[:2])
    return replace(_join(article, candidate, "near"), figures=(likeness.shorter, likeness.longer))


def _address_holds(article: Article, candidate: Candidate, shown: Shown) -> bool:
    """Whether one address means one story here.

    Between two sources it does, when the address is each one's own. A claim, to an address of another domain, needs
    agreement: anybody can name anybody's address. One source's second entry needs more, since some sources link every
    entry to one page, or each of a live report to the whole; most of all when it shows both, under ids of their own.
    """
    if candidate.source_id != article.source_id:
        return not (article.claimed or candidate.claimed) or agree(article, candidate)
    if shown.keys:  # `moved` has judged what is gone
        return candidate.key in shown.keys and _same_words(article, candidate)
    return _same_entry(article, candidate, linked=False)


def _same_entry(article: Article, candidate: Candidate, *, linked: bool) -> bool:
    """Whether two entries of one source, under one address, are one.

    They are when two of title, text and date are the same; or one of the first two where no date speaks against it and
    the source's links are known to tell its entries apart.
    """
    alike = sum(same(article, candidate) for same in (same_title, same_text))
    return alike + same_date(article, candidate) >= 2 or (
        bool(alike) and linked and article.published == candidate.published
    )


def _same_words(article: Article, candidate: Candidate) -> bool:
    """Whether title and text are the same."""
    return same_title(article, candidate) and same_text(article, candidate)


def _same_head(article: Article, candidate: Candidate) -> bool:
    """Whether title and date are the same, or the same is missing."""
    return same_title(article, candidate) and article.published == candidate.published


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
        if candidate.source_id == article.source_id and not _same_head(article, candidate):
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
