"""Decisions: carry out the operator's decisions to split a story or to join two, and remember them for good."""

from datetime import datetime

from syndicator.dedup import deciding, leader
from syndicator.errors import UsageError
from syndicator.model.article import Article, Copy
from syndicator.model.noun import Noun
from syndicator.model.placement import Merges
from syndicator.pipeline.settling import merge
from syndicator.store import Store
from syndicator.text.keys import url_key
from syndicator.text.urls import canonical


class Named(Noun):
    """How a story is named in a sentence about it.

    Attributes:
        number: Its number in the store.
        guid: Its public id.
        title: The title of its leading copy.
    """

    number: int
    guid: str
    title: str


def named(store: Store, number: int) -> Named:
    """Return the name of the story with this number, which must exist."""
    (story,) = store.stories([number])
    return Named(number=number, guid=story.guid, title=story.lead.title)


def the_story(store: Store, word: str) -> int:
    """Return the number of the one story that a word means: its number, its public id, or an address of a copy.

    Raises:
        UsageError: The word means no story, or several.
    """
    found = store.find(word)
    if len(found) == 1:
        return found[0]
    if not found:
        if gone := store.withdrawn(word):
            raise UsageError(f"The story “{word}” was withdrawn on {gone:%Y-%m-%d %H:%M}: its source deleted it.")
        raise UsageError(
            f"No story has the number, id or address “{word}”.",
            "`syndicator stories WORDS` finds stories; each line ends with the story's number.",
        )
    titles = "; ".join(f"{it.number} ({it.title})" for it in (named(store, number) for number in found))
    raise UsageError(f"Several stories have a copy at “{word}”: {titles}.", "Give the number of the one that you mean.")


def the_copy(story: int, held: list[tuple[Copy, Article]], word: str) -> Copy:
    """Return the one copy of a story that a word means: its number, its source's id, its guid or its address.

    Args:
        story: The story's number, for error messages.
        held: All its copies.
        word: What the operator wrote.

    Raises:
        UsageError: The word means no copy, or several.
    """
    copies = [copy for copy, _ in held]
    key = url_key(canonical(word)) if ":" in word else b""
    found = (
        [it for it in copies if str(it.number) == word]
        or [it for it in copies if it.source_id == word]
        or [it for it in copies if word in (it.url, it.canonical_url, it.guid)]
        or [copy for copy, article in held if key and article.url_key == key]
    )
    if len(found) == 1:
        return found[0]
    told = "; ".join(f"{it.number} ({it.source_id}, {it.url or it.guid or it.key})" for it in found or copies)
    if found:
        raise UsageError(f"“{word}” matches several copies of story {story}: {told}.", "Give a number.")
    raise UsageError(f"“{word}” matches no copy of story {story}. It has: {told}.", "Give a number.")


def split(store: Store, story_word: str, article_word: str, now: datetime) -> tuple[Named, Named]:
    """Make a copy a story of its own, and keep it apart from the copies of its former story for ever.

    Returns:
        The story that the copy leaves, and its own story.

    Raises:
        UsageError: The words do not mean a story and one of its copies, or the story has only this copy.
    """
    story = the_story(store, story_word)
    held = store.held(story)
    copy = the_copy(story, held, article_word)
    if len(held) == 1:
        raise UsageError(f"Story {story} has only this one copy: there is nothing to split it from.")
    with store.recording(now) as recording:
        recording.decide(deciding.split(copy.identity, [it.identity for it, _ in held], now))
        stay = [bid for bid in recording.stories.bids(story) if bid.article != copy.number]
        if recording.stories.lead_bid(story).article == copy.number:
            recording.stories.let_lead(story, leader(stay).article)
        own = recording.stories.open(copy.number)
        recording.stories.touch(story)
    return named(store, story), named(store, own)


def join(store: Store, one_word: str, other_word: str, now: datetime) -> tuple[Named, Named]:
    """Merge two stories for ever, whatever the rules say.

    Returns:
        The story that is kept, which is the older one, and the other one as it was. The public id of the other leads to
        the kept story from now on.

    Raises:
        UsageError: The words do not mean two stories.
    """
    numbers = [the_story(store, one_word), the_story(store, other_word)]
    if numbers[0] == numbers[1]:
        raise UsageError(f"“{one_word}” and “{other_word}” are one story already: {numbers[0]}.")
    stories = sorted(store.stories(numbers), key=lambda it: (it.first_seen, it.id))
    kept, absorbed = stories
    ones, others = ({copy.identity for copy, _ in store.held(it.id)} for it in stories)
    leads = (kept.lead.identity, absorbed.lead.identity)
    former = named(store, absorbed.id)
    decisions = deciding.join(leads, ones, others, store.decisions(), now)
    with store.recording(now) as recording:
        recording.decide(decisions)
        merge(recording, Merges(kept=kept.id, absorbed=absorbed.id, reason="join"))
    return named(store, kept.id), former
