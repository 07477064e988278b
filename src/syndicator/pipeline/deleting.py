"""Copies that their source has deleted: its feed says so, or their page is gone. Leaving a feed is no deletion."""

from collections.abc import Collection
from datetime import datetime, timedelta

from syndicator.dedup import deciding, leader
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.outcome import Wish
from syndicator.store import Recording

TWICE = 2
"""So often in a row a page must be missing (404) for its article to count as deleted; one that is gone (410), once."""
PAUSE = timedelta(days=1)
"""From the first time to the second."""
AGAIN = timedelta(days=30)
"""After this a page that was deleted is asked for once more: until then the listing, which may go on to show it, does
not bring it back."""
MOST_ASKED = 12
"""… and after so many times no more."""


def delete(recording: Recording, source_id: str, keys: Collection[str]) -> int:
    """Take a source's copies away, and the stories that have no other; returns how many there were."""
    found = [it for key in keys if (it := recording.stories.placed((source_id, key)))]
    for article, story in found:
        stay = [bid for bid in recording.stories.bids(story) if bid.article != article]
        if not stay:
            recording.stories.withdraw(story)
            continue
        if recording.stories.lead_bid(story).article == article:
            recording.stories.let_lead(story, leader(stay).article)
        if said := recording.decisions.made:
            lead = recording.stories.lead_bid(story).article
            gone, heir, *others = map(recording.stories.identity, (article, lead, *(bid.article for bid in stay)))
            recording.decide(deciding.inherited(gone, heir, others, said))
        recording.stories.drop(article)
    return len(found)


def page_is_missing(recording: Recording, source_id: str, wish: Wish, failure: Failure, now: datetime) -> int | None:
    """Delete an article whose page cannot be had, if that is to be believed of it; returns how many copies are gone.

    None: it means nothing of the kind, and the wish is to be dealt with as after any other failure; else it has been.

    Args:
        recording: Where the wish stands.
        source_id: Whose.
        wish: For the page.
        failure: Why it could not be had.
        now: The step's time.
    """
    key, gone = wish.entry.key, failure.kind is FailureKind.GONE
    if recording.stories.placed((source_id, key)) is None:
        if not recording.wishes.missed(source_id, key):
            return None  # it never was
        if recording.wishes.missing(source_id, key, now + AGAIN) >= MOST_ASKED:
            recording.wishes.granted(source_id, key)
        return 0
    if not gone and failure.status != 404:
        return None
    deleted = gone or recording.wishes.missed(source_id, key) + 1 >= TWICE
    recording.wishes.missing(source_id, key, now + (AGAIN if deleted else PAUSE))
    return delete(recording, source_id, [key]) if deleted else 0
