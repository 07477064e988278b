"""Settling: merge whole stories when an article's placement shows that they are one, and choose the lead."""

from collections.abc import Collection, Sequence

from syndicator.dedup import Alike, alike, matches, merges, merges_near, takes_lead
from syndicator.model.article import Article
from syndicator.model.outcome import Shown
from syndicator.model.placement import Candidate, Joins, Known, Merges, Placement, Updates
from syndicator.pipeline.announcing import pairs
from syndicator.store import Recording


def settle(
    recording: Recording,
    article: Article,
    placement: Placement,
    candidates: Sequence[Candidate],
    shown: Shown,
    posts: Collection[int] = (),
) -> int:
    """Merge the stories of which a written article turns out to be a copy; return how many were merged into others.

    Args:
        recording: The open transaction, in which the article was written.
        article: The article as it was written.
        placement: How it was placed.
        candidates: The candidates with which it was compared; for a known article that has changed, they are looked up
            again.
        shown: What its source shows now.
        posts: Numbers of the candidates that it announces or is announced by.
    """
    match placement:
        case Joins():
            pass
        case Updates(substantive=True):
            candidates = recording.candidates(article)
            posts = pairs(recording, article, candidates)
        case _:
            return 0  # an article that opens a story is like no stored one
    own = recording.stories.of(article.identity)
    others = {it.story for it in candidates} - {own}
    if own is None or not others:
        return 0
    rulings = recording.rulings(article, others | {own})
    opened = recording.stories.opened(own)
    like = matches(article, candidates, shown, rulings, posts)
    is_itself = any(it.sure and it.candidate.story == own for it in like)
    if not is_itself and len(recording.stories.bids(own)) > 1:
        return 0  # its new words are unlike its story, so they tell nothing about the story's other copies
    return _merge_all(recording, merges(own, opened, like, rulings))


def settle_near(recording: Recording, article: Article, placement: Placement, near: Sequence[Alike]) -> int:
    """Merge the stories that a written article has joined, or might have joined, by likeness; return how many are gone.

    So the result does not depend on which copy came first.
    """
    if not isinstance(placement, Joins) or len({it.candidate.story for it in near}) < 2:
        return 0
    stories = {it.candidate.story for it in near}
    return _merge_all(recording, merges_near(article, near, recording.rulings(article, stories)))


def settle_changed(recording: Recording, article: Article, known: Known) -> int:
    """Merge the story of an article whose words have changed with those that it is like now; return how many are gone.

    This is done only for an article that is alone in its story, for example a news flash whose text has come. If its
    story has other copies, these define the story, whatever becomes of this article's words.

    Args:
        recording: The open transaction, in which the article was written.
        article: The article as it is now.
        known: What was stored of it before.
    """
    if known.sketch == article.sketch or recording.is_past(known.article):
        return 0
    own = recording.stories.of(article.identity)
    if own != known.story or len(recording.stories.bids(own)) > 1:
        return 0
    neighbours = recording.neighbours(article, recording.candidates(article))
    near = alike(article, neighbours, recording.rulings(article, ()))
    if not near:
        return 0
    rulings = recording.rulings(article, {own, *(it.candidate.story for it in near)})
    return _merge_all(recording, merges_near(article, near, rulings, known, recording.stories.opened(own)))


def _merge_all(recording: Recording, decided: Sequence[Merges]) -> int:
    for it in decided:
        merge(recording, it)
    return len(decided)


def merge(recording: Recording, decided: Merges) -> None:
    """Merge two stories; the lead of the story that is kept stays, unless the other's lead has precedence."""
    kept = recording.stories.lead_bid(decided.kept)
    absorbed = recording.stories.lead_bid(decided.absorbed)
    recording.stories.merge(decided)
    if decided.reason == "post":
        recording.events.note_posts(decided.kept)
    if takes_lead(absorbed, kept):
        recording.stories.let_lead(decided.kept, absorbed.article)
