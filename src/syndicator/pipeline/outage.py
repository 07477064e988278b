"""Whether this machine's own network is away, so that no source is to blame: pure.

By itself a source that cannot be reached looks the same either way. So what counts is whether any other was reached
since it began to fail: if none was, and hosts enough fail so, they have one trouble together. What was found out while
it lasted says nothing of a source: it is judged when it was polled again.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from syndicator.model.failure import FailureKind
from syndicator.model.overview import Fault, Trouble
from syndicator.model.state import SourceState
from syndicator.pipeline.robots import SILENT

HOSTS = 3
"""Fewer that fail together are not the network: they may well lie in one place."""
OFTEN = 3
"""Failures in a row of one of them, before which nothing is said of any."""

_REMEDY = "Look at the network of this machine, its name servers, and its proxy if it has one."


def reached(states: Iterable[SourceState], now: datetime) -> datetime | None:
    """When any of these sources gave an answer last, as far as that is known; None: never."""
    unheard = SILENT | {FailureKind.ROBOTS}  # nobody was asked
    polls = (it.polled_at for it in states if it.failure is None or it.failure.kind not in unheard)
    return max((at for at in polls if at is not None and at <= now), default=None)


def outage(hosts: Collection[tuple[str, SourceState]], last: Fault | None, now: datetime) -> Trouble | None:
    """The trouble of all sources together; None: there is none, or it is over.

    Args:
        hosts: Every source that is asked over the network, by its host.
        last: The newest of such faults, or None.
        now: When it is so.
    """
    at = reached((state for _, state in hosts), now)
    if last is not None and last.ended is None:
        return last.trouble if at is None or at <= last.began else None
    lost = [(host, state) for host, state in hosts if _is_lost(state, at, last, now)]
    if len({host for host, _ in lost}) < HOSTS or all(state.failures < OFTEN for _, state in lost):
        return None
    since = "yet" if at is None else f"since {at:%Y-%m-%d %H:%M} UTC"
    message = f"No source could be reached {since}; {len(lost)} so far fail by connection: the network of this machine?"
    return Trouble(kind="network", subject="", message=message, remedy=_REMEDY)


def is_excused(state: SourceState, last: Fault | None, now: datetime) -> bool:
    """Whether what is known of a source that cannot be reached is of a time when no source could be.

    Args:
        state: What is remembered of it.
        last: The newest of such faults, or None.
        now: When it is so.
    """
    if last is None or state.polled_at is None or state.failure is None or state.failure.kind not in SILENT:
        return False
    return last.ended is None or state.polled_at <= last.ended <= now


def _is_lost(state: SourceState, at: datetime | None, last: Fault | None, now: datetime) -> bool:
    """Whether a source cannot be reached, and none was reached since it could not, or since the last time of that."""
    began = state.pace.failing_since
    if state.failure is None or state.failure.kind not in SILENT or began is None or is_excused(state, last, now):
        return False
    if last is not None and last.ended is not None and last.ended <= now:
        began = max(began, last.ended)
    return at is None or began >= at
