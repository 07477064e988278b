"""Health: judge how a source is doing from what is remembered of it, in words for people. Pure."""

from datetime import datetime, timedelta
from itertools import pairwise

from syndicator.model.failure import Failure
from syndicator.model.manners import NEVER, Debt, Pace
from syndicator.model.noun import Noun
from syndicator.model.overview import Status
from syndicator.model.source import Source
from syndicator.model.state import KeyedBy, SourceState
from syndicator.pipeline.drift import drift
from syndicator.pipeline.waits import STALLS
from syndicator.text.moments import span

LOST = timedelta(days=7)
"""Time for which a feed was not found (404) after which it will hardly come back."""

SILENT = timedelta(days=7)
"""Least time without news for a source to be called silent, because newspapers have holidays."""
GAPS = 5
"""A source is called silent only after this many times the longest gap between its newest entries."""
HEARD = 5
"""Least number of remembered moments of a source's entries for it to be called silent."""

DISTRUST = {
    KeyedBy.LINK: "Its ids change from poll to poll: its entries are told apart by their links and words.",
    KeyedBy.CONTENT: "Its ids and links change from poll to poll: its entries are told apart by their words.",
}
"""By how a source's entries are told apart, the sentence for people that says why its ids are not trusted."""

REWRITES = 3
"""Number of polls in a row with nearly all entries changed after which `REWRITTEN` is said of a source."""
REWRITTEN = (
    "It shows nearly all its entries changed, poll after poll: its stories keep their ids, and are shown as updated."
)
"""The sentence for people about a source that rewrites its entries at each poll (see `REWRITES`)."""

BORROWS = 5
"""The value of `Pace.borrowed` from which on `BORROWED` is said of a source."""
BORROWED = "Most of its new entries have ids that are another source's: its stories get others, and stay apart."
"""The sentence for people about a source whose entries have the ids of another source (see `BORROWS`)."""


def name_of_page(url: str) -> str:
    """Return how an article page is named in a sentence for the operator; `url` is empty if its source is private."""
    return f"an article page, {url}" if url else "an article page"


def hub_sentences(hub: str, until: str, trouble: str) -> tuple[str, ...]:
    """Return sentences for the operator that say whether a source's hub announces its news; empty: nothing to say.

    Args:
        hub: The hub's address.
        until: Until when the hub announces news, in words for people; empty: it does not.
        trouble: Why the last request to the hub failed; empty: it did not.
    """
    lasts = f" until {until}" if trouble else ""
    told = (f"Its hub {hub} announces its news{lasts}.",) if until else ()
    what = "could not be asked to continue" if until else "does not announce its news"
    return (*told, f"Its hub {hub} {what}: {trouble}") if trouble else told


class Health(Noun):
    """How a source is doing.

    Attributes:
        status: `ok`, or: `new` before the first poll; `silent` while it answers, but brings no news; `drifted` while
            its articles look different from its earlier ones; `waiting` while its host wants to be left alone;
            `failing` if the last poll failed; `removed` if it is no longer configured.
        sentence: What happened, in words for people; empty: nothing that they need to know.
        remedy: What to do about it, or empty.
        next_try: When it is polled next; None: never, or not known.
    """

    status: Status
    sentence: str
    remedy: str = ""
    next_try: datetime | None = None


def health(source: Source | None, state: SourceState | None, debt: Debt | None = None) -> Health:
    """Judge a source.

    Args:
        source: The source as configured; None: it is no longer configured.
        state: What is remembered of it; None: nothing, because it was never adopted.
        debt: Its host's demand to be left alone, or None.
    """
    if source is None:
        return Health(status="removed", sentence="It is no longer in the configuration; its stories stay.")
    if state is not None and debt is not None and debt.times and state.due_at != NEVER:
        return Health(
            status="waiting",
            sentence=f"Its host asked to be left alone for a while. {debt.message}".rstrip(),
            remedy="All sources and pages of this host wait.",
            next_try=max(state.due_at, debt.until),
        )
    if state is None or state.polled_at is None:
        return Health(status="new", sentence="Not polled yet.", next_try=state.due_at if state else None)
    if state.failure is not None:
        return _failing(state, state.failure, state.polled_at)
    if oddity := drift(state.habits):
        remedy = (
            f"Check whether its site is built differently now: `syndicator preview {source.id}` shows what is read."
        )
        return Health(status="drifted", sentence=oddity, remedy=remedy, next_try=state.due_at)
    if state.pace.address:
        return Health(
            status="ok",
            sentence=f"It has moved permanently to {state.pace.address}, and is polled there now.",
            remedy=f'Please change its url, and keep its id: id = "{source.id}".',
            next_try=state.due_at,
        )
    if silence := _silence(source, state.pace, state.polled_at):
        remedy = "Check whether its site still updates it, or offers another feed now."
        return Health(status="silent", sentence=silence, remedy=remedy, next_try=state.due_at)
    return Health(status="ok", sentence="", next_try=state.due_at)


def _silence(source: Source, pace: Pace, polled_at: datetime) -> str:
    """Return a sentence about a source that has been silent for unusually long; empty: it has not been.

    The source must also have been polled for that long, because entries from before the first poll may have been
    removed from its feed.
    """
    moments = pace.moments
    if source.url.startswith("file:") or source.kind == "list" or len(moments) < HEARD:
        return ""
    gap = max(later - earlier for earlier, later in pairwise(moments))
    silence = polled_at.timestamp() - moments[-1]
    watched = (polled_at - pace.since).total_seconds() if pace.since else silence
    if min(silence, watched) < max(SILENT.total_seconds(), GAPS * gap):
        return ""
    known = f"its newest entries are {span(gap)} apart at most."
    return f"It answers, but has brought nothing new for {span(silence)}; {known}"


def _failing(state: SourceState, failure: Failure, polled_at: datetime) -> Health:
    sentence = failure.message + ("" if state.failures == 1 else f" ({state.failures} times in a row)")
    remedy, lasts = failure.remedy, polled_at - (state.pace.failing_since or polled_at)
    if state.due_at == NEVER:
        sentence += " It is no longer polled."
        remedy = f"{remedy} `syndicator once {state.source_id}` polls it once more.".lstrip()
    if state.pace.stalls >= STALLS:
        sentence += " It is in quarantine: it is tried once a day."
    if failure.status == 404 and lasts >= LOST:
        sentence += f" This has lasted for {lasts.days} days."
        remedy = "Look for its new address on the site, or remove the source."
    next_try = None if state.due_at == NEVER else state.due_at
    return Health(status="failing", sentence=sentence, remedy=remedy, next_try=next_try)
