"""What an article's placement means for whole stories: two that it shows to be one are merged, and get one lead."""

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
    """Merge the stories that a written article turns out to be copies of; returns how many are gone.

    Args:
        recording: That it was written with.
        article: As it was written.
        placement: As decided.
        candidates: Where that was decided from them.
        shown: What its source shows now.
        posts: Numbers of the candidates that it announces, or is announced by.
    """
    match placement:
        case Joins():
            pass
        case Updates(substantive=True):
            candidates = recording.candidates(article)
            posts = pairs(recording, article, candidates)
        case _:
            return 0  # one that opens a story is like nothing that is stored
    own = recording.stories.of(article.identity)
    others = {it.story for it in candidates} - {own}
    if own is None or not others:
        return 0
    rulings = recording.rulings(article, others | {own})
    opened = recording.stories.opened(own)
    like = matches(article, candidates, shown, rulings, posts)
    is_itself = any(it.sure and it.candidate.story == own for it in like)
    if not is_itself and len(recording.stories.bids(own)) > 1:
        return 0  # its words have left its story: what they are like now is not what the story is
    return _merge_all(recording, merges(own, opened, like, rulings))


def settle_near(recording: Recording, article: Article, placement: Placement, near: Sequence[Alike]) -> int:
    """Merge the stories that a written article has joined, or might have, by likeness; returns how many are gone.

    So what is one story does not depend on which copy came first.
    """
    if not isinstance(placement, Joins) or len({it.candidate.story for it in near}) < 2:
        return 0
    stories = {it.candidate.story for it in near}
    return _merge_all(recording, merges_near(article, near, recording.rulings(article, stories)))


def settle_changed(recording: Recording, article: Article, known: Known) -> int:
    """Merge the story of an article whose words have changed with those that it is like now; returns how many are gone.

    Only one that is alone in its story is asked about: a flash, say, whose text has come. Where it has company, that
    is what its story is, whatever becomes of its words.

    Args:
        recording: That it was written with.
        article: As it is now.
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
    """Make two stories one; the older one's lead stays, unless the other's has more right to it."""
    kept = recording.stories.lead_bid(decided.kept)
    absorbed = recording.stories.lead_bid(decided.absorbed)
    recording.stories.merge(decided)
    if decided.reason == "post":
        recording.events.note_posts(decided.kept)
    if takes_lead(absorbed, kept):
        recording.stories.let_lead(decided.kept, absorbed.article)
