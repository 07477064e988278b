"""Which troubles begin, and which are over: pure.

A single failed poll is no news to anybody: the next one mostly works. So a source's trouble begins when it fails for
the third time in a row, or will not be asked any more; and it is over with the first poll that works.
"""

from collections.abc import Collection, Mapping, Sequence

from syndicator.model.manners import NEVER
from syndicator.model.overview import Fault, FaultKind, Trouble
from syndicator.model.source import SourceState
from syndicator.pipeline.health import Health
from syndicator.pipeline.rhythm import STALLS

OFTEN = 3
"""Failures in a row that are no accident."""

Findings = Mapping[str, Trouble | None]
"""By subject: what is wrong, or None, it is well. Of a subject that is not there nothing can be said just now."""


def judge(state: SourceState, health: Health) -> Findings:
    """What a source's health means to the operator; at most one finding."""
    kind: FaultKind
    match health.verdict:
        case "failing" if state.failures >= OFTEN or state.due_at == NEVER or state.pace.stalls >= STALLS:
            kind = "failing"
        case "drifted" | "silent" as kind:
            pass
        case "ok" if state.pace.address:
            kind = "moved"
        case "ok":
            return {state.source_id: None}
        case _:
            return {}  # it has just begun to fail, or waits, or was never polled
    subject = state.source_id
    return {subject: Trouble(kind=kind, subject=subject, message=health.sentence, remedy=health.remedy)}


def changes(
    open_faults: Sequence[Fault], findings: Findings, subjects: Collection[str]
) -> tuple[list[Trouble], list[Fault]]:
    """What is new in the findings, against the faults that were not over yet.

    Args:
        open_faults: Those.
        findings: Of now.
        subjects: All that there are: the fault of another one is over, since nobody will hear of it again.

    Returns:
        Troubles that begin, and faults that are over.
    """
    known = {(it.trouble.kind, it.trouble.subject) for it in open_faults}
    begun = [it for it in findings.values() if it is not None and (it.kind, it.subject) not in known]
    ended = [it for it in open_faults if it.trouble.subject not in subjects or _is_over(it, findings)]
    return begun, ended


def _is_over(fault: Fault, findings: Findings) -> bool:
    subject = fault.trouble.subject
    if subject not in findings:
        return False
    found = findings[subject]
    return found is None or found.kind != fault.trouble.kind
