"""Replay: place all stored articles anew by today's rules, first in a trial, then in the store if the operator wants.

The trial's result is a `store.Paper`, which changes nothing in the store.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
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
"""A function that is told how many articles have been placed, and how many there are in all."""
_STEP = 500
"""Number of articles from one report of progress to the next."""
EXACT = ("join", "url", "text")
"""Reasons for joining a story that follow from the stored keys alone.

An article that joined for another reason stays in its story, unless that reason is refuted."""


@contextmanager
def replayed(store: Store, progress: Progress) -> Iterator[Paper]:
    """Compute where every article would be by today's rules; nothing is changed.

    Args:
        store: The database.
        progress: Told how far it is.

    Yields:
        The result, which is closed afterwards.
    """
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
    like.sort(key=lambda it: paper.was(it.candidate.article) != arrival.story)  # its present story comes first
    placement = place_near(article, like)
    if isinstance(placement, Joins):
        paper.put(arrival, placement.story, placement.reason, placement.measured)
        stories = {it.candidate.story for it in like}
        for it in merges_near(article, like, decisions.rulings(article.identity, stories, paper.story_of)):
            paper.merge(it)
        return
    _place_alone(paper, arrival, rulings.barred)


def _place_alone(paper: Paper, arrival: Arrival, barred: Collection[int]) -> None:
    """Put an article that joins no story today: into its present story if it opened that or may stay, else a new one.

    Args:
        paper: The trial.
        arrival: The article.
        barred: The stories that it must not join by the operator's decisions.
    """
    first = paper.first_of(arrival.story)
    may_stay = arrival.reason not in (*EXACT, *OPENERS) and not _is_refuted(paper, arrival)
    stays = paper.place_of(first) if may_stay else None
    if first == arrival.number:
        paper.put(arrival, arrival.story, arrival.reason)
    elif stays is not None and stays not in barred:
        paper.put(arrival, stays, arrival.reason, arrival.measured)
    else:
        paper.put(arrival, NEW + arrival.number, "first")


def _is_refuted(paper: Paper, arrival: Arrival) -> bool:
    """Whether an article that joined its story by likeness would not join it today, though the texts are unchanged.

    If the texts have changed since, this cannot be told any more, and the article stays.
    """
    measured = arrival.measured
    partner = paper.partner(measured) if measured else None
    if measured is None or partner is None:
        return False
    found = compare(content(arrival.article), content(partner))
    then, now = ((round(it.shorter, 4), round(it.longer, 4)) for it in (measured, found))
    return not found.holds and then == now


def _shown(paper: Paper, arrival: Arrival, candidates: list[Candidate]) -> Shown:
    """Return what the article's source is assumed to have shown when the article came.

    Candidates of the same source that were placed into other stories then are assumed to have been shown beside it.
    """
    own = [it for it in candidates if it.source_id == arrival.article.source_id]
    if all(paper.was(it.article) == arrival.story for it in own):
        return Shown()
    return Shown(keys=frozenset(it.key for it in own))


def led_anew(store: Store, priorities: Mapping[str, int]) -> Iterator[tuple[int, Copy]]:
    """Find stories that would get another lead because of their sources' priorities, each with the copy to lead it.

    Args:
        store: The database.
        priorities: The configured priority of each source, by its id.
    """
    for story in store.outranked(priorities):
        held = store.held(story)
        best = leader([bid(copy, article, priorities.get(copy.source_id, 0)) for copy, article in held])
        yield story, next(copy for copy, _ in held if copy.number == best.article)


@dataclass(slots=True, kw_only=True)
class Done:
    """What a replay has changed.

    Attributes:
        merged: Number of stories that were merged into others.
        opened: Number of stories that are new.
        moved: Number of articles that are in another story now.
        led: Number of stories that have another lead because of their sources' priorities.
        left: Number of articles that were left where they are, because they or their new story had changed meanwhile.
    """

    merged: int = 0
    opened: int = 0
    moved: int = 0
    led: int = 0
    left: int = 0


def carry_out(store: Store, paper: Paper, now: datetime) -> Done:
    """Carry out a trial's changes in the store, in one transaction."""
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
                _move(recording, paper, change, target)
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
    """Whether the articles of a change are still where they were in the trial, and their new story still exists."""
    if recording.stories.holds(change.story, change.articles) and (
        change.into >= NEW or recording.stories.exists(change.into)
    ):
        return True
    done.left += len(change.articles)
    return False


def _open(recording: Recording, paper: Paper, changes: list[Change], done: Done) -> dict[int, int]:
    """Open each story that is new; return its number in the store, by its number in the trial."""
    numbers = dict[int, int]()
    for change in changes:
        opener = change.into - NEW
        if opener in change.articles:
            numbers[change.into] = recording.stories.open(opener, paper.reason(opener))
            done.opened += 1
    return numbers


def _merge(recording: Recording, paper: Paper, change: Change, target: int) -> None:
    """Merge a whole story into another; its lead becomes the lead of both if it has precedence."""
    first, lead = change.articles[0], recording.stories.lead_bid(change.story)
    reason, measured = paper.reason(first), paper.measured(first)
    reason = "url" if reason in OPENERS else reason
    recording.stories.merge(Merges(kept=target, absorbed=change.story, reason=reason, article=first, measured=measured))
    if takes_lead(lead, recording.stories.lead_bid(target)):
        recording.stories.let_lead(target, lead.article)


def _move(recording: Recording, paper: Paper, change: Change, target: int) -> None:
    """Move some articles of a story into another."""
    for article in change.articles:
        if NEW + article != change.into:  # the one that has opened the story is there already
            recording.stories.move(article, target, paper.reason(article), paper.measured(article))


def _lead(recording: Recording, story: int) -> None:
    """Give a story a new lead if the former one has left it; otherwise only note that the story has changed."""
    bids = recording.stories.bids(story)
    current = recording.stories.lead_bid(story)
    if current.article not in {bid.article for bid in bids}:
        recording.stories.let_lead(story, leader(bids).article)
    else:
        recording.stories.touch(story)
