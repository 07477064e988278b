"""Everything placed anew by the rules of today: on paper first, then, if the operator wants it, in the store."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

from syndicator.dedup import (
    alike,
    bid,
    compare,
    content,
    leader,
    matches,
    merges,
    merges_near,
    place,
    place_near,
    takes_lead,
)
from syndicator.model.article import Copy
from syndicator.model.outcome import Shown
from syndicator.model.placement import Candidate, Joins, Merges
from syndicator.store import Arrival, Change, Decisions, Paper, Recording, Store
from syndicator.store.replaying import NEW
from syndicator.store.stories import OPENERS

Progress = Callable[[int, int], None]
"""Told how many articles have been placed, of how many."""
_STEP = 500
EXACT = ("join", "url", "text")
"""Layers that a look at the stored keys decides. What another has joined stays, unless that is refuted."""


@contextmanager
def replayed(store: Store, progress: Progress) -> Iterator[Paper]:
    """Where every article would be by the rules of today; nothing is changed."""
    with closing(store.paper()) as paper:
        with store.snapshot():
            decisions = Decisions(store.decisions())
            total = paper.total()
            for count, arrival in enumerate(paper.arrivals()):
                if count % _STEP == 0:
                    progress(count, total)
                _place(paper, decisions, arrival)
        progress(total, total)
        yield paper


def _place(paper: Paper, decisions: Decisions, arrival: Arrival) -> None:
    article = arrival.article
    candidates = paper.candidates(article, decisions.bound(article.identity))
    shown = _shown(paper, arrival, candidates)
    rulings = decisions.rulings(article.identity, {it.story for it in candidates}, paper.story_of)
    placement = place(article, None, candidates, shown, rulings)
    if isinstance(placement, Joins):
        paper.put(arrival, placement.story, placement.reason)
        stories = {it.story for it in candidates}
        if len(stories) > 1:
            rulings = decisions.rulings(article.identity, stories, paper.story_of)
            found = matches(article, candidates, shown, rulings)
            for it in merges(placement.story, paper.opened(placement.story), found, rulings):
                paper.merge(it)
        return
    like = alike(article, paper.neighbours(arrival, candidates), rulings)
    like.sort(key=lambda it: paper.was(it.candidate.article) != arrival.story)  # where it is, it stays
    placement = place_near(article, like)
    if isinstance(placement, Joins):
        paper.put(arrival, placement.story, placement.reason, placement.measured)
        stories = {it.candidate.story for it in like}
        for it in merges_near(article, like, decisions.rulings(article.identity, stories, paper.story_of)):
            paper.merge(it)
        return
    first = paper.first_of(arrival.story)
    may_stay = arrival.reason not in (*EXACT, *OPENERS) and not _is_refuted(paper, arrival)
    stays = paper.place_of(first) if may_stay else None
    if first == arrival.number:
        paper.put(arrival, arrival.story, arrival.reason)
    elif stays is not None and stays not in rulings.barred:
        paper.put(arrival, stays, arrival.reason, arrival.measured)
    else:
        paper.put(arrival, NEW + arrival.number, "first")


def _is_refuted(paper: Paper, arrival: Arrival) -> bool:
    """Whether what joined an article by its text would not today, though the texts are those that were compared then.

    Where they have been changed since, nobody can tell any more, and it stays.
    """
    measured = arrival.measured
    partner = paper.partner(measured) if measured else None
    if measured is None or partner is None:
        return False
    found = compare(content(arrival.article), content(partner))
    then, now = ((round(it.shorter, 4), round(it.longer, 4)) for it in (measured, found))
    return not found.holds and then == now


def _shown(paper: Paper, arrival: Arrival, candidates: list[Candidate]) -> Shown:
    """What the article's source is taken to have shown: what was told apart when it came, it showed side by side."""
    own = [it for it in candidates if it.source_id == arrival.article.source_id]
    if all(paper.was(it.article) == arrival.story for it in own):
        return Shown()
    return Shown(keys=frozenset(it.key for it in own))


def led_anew(store: Store, priorities: Mapping[str, int]) -> Iterator[tuple[int, Copy]]:
    """Stories that would get another lead, as their sources' priorities want it, each with the copy that would lead.

    Args:
        store: To look at.
        priorities: Of all sources, as they are configured.
    """
    for story in store.outranked(priorities):
        held = store.held(story)
        best = leader([bid(copy, article, priorities.get(copy.source_id, 0)) for copy, article in held])
        yield story, next(copy for copy, _ in held if copy.number == best.article)


@dataclass(slots=True, kw_only=True)
class Done:
    """What a replay has changed.

    Attributes:
        merged: Stories that are part of others now.
        opened: Stories that are new.
        moved: Articles that are in another story.
        led: Stories that have another lead, as their sources' priorities want it.
        left: Articles that something else had moved meanwhile, and that stay there.
    """

    merged: int = 0
    opened: int = 0
    moved: int = 0
    led: int = 0
    left: int = 0


def carry_out(store: Store, paper: Paper, now: datetime) -> Done:
    """Make it so, in one transaction."""
    done = Done()
    with store.recording(now) as recording:
        changes = [it for it in paper.changes() if _is_as_it_was(recording, it, done)]
        numbers = _open(recording, paper, changes, done)
        moves = [(it, numbers.get(it.into, it.into)) for it in changes if it.into < NEW or it.into in numbers]
        for change, target in moves:
            if change.whole:
                _merge(recording, paper, change, target)
                done.merged += 1
        for change, target in moves:
            if not change.whole:
                for article in change.articles:
                    if NEW + article != change.into:  # which has opened the story
                        recording.stories.move(article, target, paper.reason(article), paper.measured(article))
            done.moved += len(change.articles)
        for story in dict.fromkeys(it for change, target in moves for it in (change.story, target)):
            if recording.stories.exists(story):
                _lead(recording, story)
        recording.rekey(paper.rekeyed())
        for story in store.outranked():
            recording.stories.let_lead(story, leader(recording.stories.bids(story)).article)
            done.led += 1
    return done


def _is_as_it_was(recording: Recording, change: Change, done: Done) -> bool:
    """Whether nothing else has moved these articles since they were looked at."""
    if recording.stories.holds(change.story, change.articles) and (
        change.into >= NEW or recording.stories.exists(change.into)
    ):
        return True
    done.left += len(change.articles)
    return False


def _open(recording: Recording, paper: Paper, changes: list[Change], done: Done) -> dict[int, int]:
    """Give a number to each story that is new."""
    numbers = dict[int, int]()
    for change in changes:
        opener = change.into - NEW
        if opener in change.articles:
            numbers[change.into] = recording.stories.open(opener, paper.reason(opener))
            done.opened += 1
    return numbers


def _merge(recording: Recording, paper: Paper, change: Change, target: int) -> None:
    """Let a story be part of another as a whole, which it leads from now on if its lead is the better one."""
    first, lead = change.articles[0], recording.stories.lead_bid(change.story)
    reason, measured = paper.reason(first), paper.measured(first)
    reason = "url" if reason in OPENERS else reason
    recording.stories.merge(Merges(kept=target, absorbed=change.story, reason=reason, article=first, measured=measured))
    if takes_lead(lead, recording.stories.lead_bid(target)):
        recording.stories.let_lead(target, lead.article)


def _lead(recording: Recording, story: int) -> None:
    """Give a story a lead of its own, where that has left it."""
    bids = recording.stories.bids(story)
    current = recording.stories.lead_bid(story)
    if current.article not in {bid.article for bid in bids}:
        recording.stories.let_lead(story, leader(bids).article)
    else:
        recording.stories.touch(story)
