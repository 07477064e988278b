"""A source's health, for people: from its own past, pure."""

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
"""A feed that was not found for so long will hardly come back."""

SILENT = timedelta(days=7)
"""The least that a source must have brought nothing for, to be called silent: papers have holidays …"""
GAPS = 5
"""… and so many times the longest gap between its newest entries …"""
HEARD = 5
"""… of which there must be so many."""

DISTRUST = {
    KeyedBy.LINK: "Its ids change from poll to poll: its entries are told apart by their links and words.",
    KeyedBy.CONTENT: "Its ids and links change from poll to poll: its entries are told apart by their words.",
}
"""Why a source's ids are not believed, for people."""

REWRITES = 3
REWRITTEN = (
    "It shows nearly all its entries changed, poll after poll: its stories keep their ids, and are shown as updated."
)
"""Said of a source of which that is so this many times in a row."""

BORROWS = 5
BORROWED = "Most of its new entries have ids that are another source's: its stories get others, and stay apart."
"""Said of a source of which that is so by so many."""


def name_of_page(url: str) -> str:
    """An article page, in a sentence for the operator; of a private source's there is no address."""
    return f"an article page, {url}" if url else "an article page"


def hub_sentences(hub: str, until: str, trouble: str) -> tuple[str, ...]:
    """Whether a source's hub tells of its news, in sentences for the operator.

    Args:
        hub: Its address.
        until: How long it tells, for people; empty: it does not.
        trouble: What came of asking it, if that was nothing; else empty.
    """
    lasts = f" until {until}" if trouble else ""
    told = (f"Its hub {hub} announces its news{lasts}.",) if until else ()
    what = "could not be asked to continue" if until else "does not announce its news"
    return (*told, f"Its hub {hub} {what}: {trouble}") if trouble else told


class Health(Noun):
    """How a source is doing.

    Attributes:
        status: `new` before the first poll; `silent` while it answers, but brings nothing; `drifted` while what it
            brings looks otherwise than it did; `waiting` while its host wants to be left alone; `failing` while the
            last poll failed; `removed` when no longer configured.
        sentence: What happened, for people.
        remedy: What to do, or empty.
        next_try: When it is polled next; None: never.
    """

    status: Status
    sentence: str
    remedy: str = ""
    next_try: datetime | None = None


def health(source: Source | None, state: SourceState | None, debt: Debt | None = None) -> Health:
    """Judge a source.

    Args:
        source: As configured, or None when it no longer is.
        state: What is remembered of it, or None before the first run.
        debt: What its host demands, or None.
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
    """How long it has brought nothing, against the pauses of late; empty: no longer than these make likely.

    Nobody knows what it has brought, and taken away, before it was polled: so it must have been polled for as long.
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
