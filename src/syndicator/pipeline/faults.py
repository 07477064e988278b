"""Faults: decide which troubles begin and which are over. Pure.

A single failed poll is not worth reporting, because the next one mostly works. So a source's trouble begins when it
fails for the third time in a row, when its host wants to be left alone for the third time in a row, when it is in
quarantine, or when it will not be polled any more. It is over with the next poll that succeeds, and not already when
the source is given another address. While a source fails, it is not known whether it is still silent.
"""

from collections.abc import Collection, Mapping, Sequence

from syndicator.model.manners import NEVER, Debt
from syndicator.model.overview import Fault, FaultKind, Status, Trouble
from syndicator.model.state import SourceState
from syndicator.pipeline.health import Health
from syndicator.pipeline.waits import STALLS

OFTEN = 3
"""Number of failures, or of a host's demands, in a row from which on they are a fault."""

Findings = Mapping[tuple[FaultKind, str], Trouble | None]
"""By kind and subject, what is wrong; None: nothing of this kind is. A pair that is missing is not known just now."""


def judge(state: SourceState, health: Health, debt: Debt | None = None) -> Findings:
    """Return which troubles a source's health shows or rules out.

    Args:
        state: What is remembered of the source.
        health: Its health.
        debt: Its host's demand to be left alone, or None.
    """
    subject, message, remedy = state.source_id, health.sentence, health.remedy
    return {
        (kind, subject): Trouble(kind=kind, subject=subject, message=message, remedy=remedy) if is_so else None
        for kind, is_so in _known(state, health.status, debt).items()
    }


def _known(state: SourceState, status: Status, debt: Debt | None) -> dict[FaultKind, bool]:
    """Return which kinds of trouble a source certainly has (True), and which it certainly has not (False)."""
    match status:
        case "failing":
            lasts = state.failures >= OFTEN or state.due_at == NEVER or state.pace.stalls >= STALLS
            return {"failing": True} if lasts else {}
        case "waiting":
            return {"failing": True} if debt is not None and debt.times >= OFTEN else {}
        case _ if state.polled_at is None or state.succeeded_at is None or state.succeeded_at < state.polled_at:
            return {}  # it was not polled with success yet at the address that it has now
        case "drifted":
            return {"failing": False, "drifted": True}
        case "silent":
            return {"failing": False, "drifted": False, "moved": False, "silent": True}
        case "ok" if state.pace.address:
            return {"failing": False, "drifted": False, "moved": True}
        case "ok":
            return {"failing": False, "drifted": False, "moved": False, "silent": False}
    return {}


def changes(
    open_faults: Sequence[Fault], findings: Findings, subjects: Collection[str]
) -> tuple[list[Trouble], list[Fault]]:
    """Compare what is wrong now with the faults that are open.

    Args:
        open_faults: The faults that were not over yet.
        findings: What is wrong now, and what is not.
        subjects: All subjects that exist; the fault of another subject is over, because nothing will be known of it.

    Returns:
        The troubles that begin, and the faults that are over.
    """
    known = {_about(it.trouble) for it in open_faults}
    begun = [it for about, it in findings.items() if it is not None and about not in known]
    over = {about for about, it in findings.items() if it is None}
    ended = [it for it in open_faults if it.trouble.subject not in subjects or _about(it.trouble) in over]
    return begun, ended


def _about(trouble: Trouble) -> tuple[FaultKind, str]:
    return trouble.kind, trouble.subject
