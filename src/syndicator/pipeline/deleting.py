"""Deleting: remove copies that their source has deleted, because its feed says so or their page is gone.

An entry that is no longer in its feed is not deleted.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from syndicator.dedup import deciding, leader
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.outcome import Wish
from syndicator.store import Recording

TWICE = 2
"""Number of times that a page must be missing (404), without being found between, before its article is deleted.

A page that is gone (410) needs one time only."""
PAUSE = timedelta(days=1)
"""Time after which a page that was missing for the first time is requested again."""
AGAIN = timedelta(days=30)
"""Time after which the page of a deleted article is requested again.

Until then the wish remains, so that a listing that still shows the article does not bring it back."""
MOST_ASKED = 12
"""Number of requests in vain after which the page of a deleted article is not requested any more."""


def delete(recording: Recording, source_id: str, keys: Collection[str]) -> int:
    """Delete a source's copies with these keys, and the stories that have no other copy; return how many there were."""
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
    """Delete an article whose page is missing, if this has been seen often enough.

    Args:
        recording: The open transaction.
        source_id: The article's source.
        wish: The wish for the page.
        failure: Why the page could not be fetched.
        now: The step's time.

    Returns:
        How many copies were deleted; the wish has been dealt with then. None: the failure does not mean that the page
        is missing, or there is no article to delete, and the caller handles the wish as after any other failure.
    """
    key, gone = wish.entry.key, failure.kind is FailureKind.GONE
    if recording.stories.placed((source_id, key)) is None:
        if not recording.wishes.missed(source_id, key):
            return None  # the article was never recorded
        if recording.wishes.missing(source_id, key, now + AGAIN) >= MOST_ASKED:
            recording.wishes.granted(source_id, key)
        return 0
    if not gone and failure.status != 404:
        return None
    deleted = gone or recording.wishes.missed(source_id, key) + 1 >= TWICE
    recording.wishes.missing(source_id, key, now + (AGAIN if deleted else PAUSE))
    return delete(recording, source_id, [key]) if deleted else 0
