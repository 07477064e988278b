"""A source's health, for people: from its own past, pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from syndicator.model.source import KeyedBy, Source, SourceState

Verdict = Literal["ok", "new", "failing", "removed"]

DISTRUST = {
    KeyedBy.LINK: "Its ids change from poll to poll: its entries are told apart by their links and words.",
    KeyedBy.CONTENT: "Its ids and links change from poll to poll: its entries are told apart by their words.",
}
"""Why a source's ids are not believed, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source is doing.

    Attributes:
        verdict: `new` before the first poll; `failing` while the last poll failed; `removed` when no longer configured.
        sentence: What happened, for people.
        remedy: What to do, or empty.
        next_try: When it is polled next; None: never.
    """

    verdict: Verdict
    sentence: str
    remedy: str = ""
    next_try: datetime | None = None


def health(source: Source | None, state: SourceState | None) -> Health:
    """Judge a source.

    Args:
        source: As configured, or None when it no longer is.
        state: What is remembered of it, or None before the first run.
    """
    if source is None:
        return Health(verdict="removed", sentence="It is no longer in the configuration; its stories stay.")
    if state is None or state.polled_at is None:
        return Health(verdict="new", sentence="Not polled yet.", next_try=state.due_at if state else None)
    if state.failure is not None:
        times = "" if state.failures == 1 else f" ({state.failures} times in a row)"
        return Health(
            verdict="failing",
            sentence=f"{state.failure.message}{times}",
            remedy=state.failure.remedy,
            next_try=state.due_at,
        )
    return Health(verdict="ok", sentence="", next_try=state.due_at)
