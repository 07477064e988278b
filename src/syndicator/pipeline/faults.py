"""Which troubles begin, and which are over: pure.

A single failed poll is no news to anybody: the next one mostly works. So a source's trouble begins when it fails for
the third time in a row, when its host wants to be left alone for the third time in a row, or when it will not be asked
any more; and it is over with the next poll that works, so not yet when it is given another address. A source that fails
does not say whether it is silent still.
"""

from collections.abc import Collection, Mapping, Sequence

from syndicator.model.manners import NEVER, Debt
from syndicator.model.overview import Fault, FaultKind, Status, Trouble
from syndicator.model.state import SourceState
from syndicator.pipeline.health import Health
from syndicator.pipeline.waits import STALLS

OFTEN = 3
"""Failures, or a host's demands, in a row that are no accident."""

Findings = Mapping[tuple[FaultKind, str], Trouble | None]
"""By kind and subject: what is wrong, or None, it is not so. Of one that is not there nothing can be said just now."""


def judge(state: SourceState, health: Health, debt: Debt | None = None) -> Findings:
    """What a source's health means to the operator.

    Args:
        state: What is remembered of it.
        health: Its own.
        debt: What its host demands, or None.
    """
    subject, message, remedy = state.source_id, health.sentence, health.remedy
    return {
        (kind, subject): Trouble(kind=kind, subject=subject, message=message, remedy=remedy) if is_so else None
        for kind, is_so in _known(state, health.status, debt).items()
    }


def _known(state: SourceState, status: Status, debt: Debt | None) -> dict[FaultKind, bool]:
    """Which troubles a source surely has, and which it surely has not."""
    match status:
        case "failing":
            lasts = state.failures >= OFTEN or state.due_at == NEVER or state.pace.stalls >= STALLS
            return {"failing": True} if lasts else {}
        case "waiting":
            return {"failing": True} if debt is not None and debt.times >= OFTEN else {}
        case _ if state.polled_at is None or state.succeeded_at is None or state.succeeded_at < state.polled_at:
            return {}  # it was not polled yet, at the address that it has now
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
    """Which troubles begin, and which faults are over.

    Args:
        open_faults: The faults that were not over yet.
        findings: What is wrong now, and what is not.
        subjects: All that there are: the fault of another one is over, since nobody will hear of it again.

    Returns:
        Troubles that begin, and faults that are over.
    """
    known = {_about(it.trouble) for it in open_faults}
    begun = [it for about, it in findings.items() if it is not None and about not in known]
    over = {about for about, it in findings.items() if it is None}
    ended = [it for it in open_faults if it.trouble.subject not in subjects or _about(it.trouble) in over]
    return begun, ended


def _about(trouble: Trouble) -> tuple[FaultKind, str]:
    return trouble.kind, trouble.subject
