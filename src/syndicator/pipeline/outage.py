"""Whether this machine's own network is away, so that no source is to blame: pure. `recovery` makes up for it.

By itself a source that cannot be reached looks the same either way. So what counts is whether any other was reached
since it began to fail: if none was, and hosts enough fail so, they have one trouble together. What was found out while
it lasted says nothing of a source: it is judged when it was polled again.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from syndicator.model.failure import Failure, FailureKind
from syndicator.model.overview import Fault, Trouble
from syndicator.model.state import SourceState
from syndicator.pipeline.robots import UNREACHED
from syndicator.text.hosts import is_local

HOSTS = 3
"""Fewer that fail together are not the network: they may well lie in one place."""
OFTEN = 3
"""Failures in a row of one of them, before which nothing is said of any."""

_REMEDY = "Check this machine's network, its name servers, and its proxy if it has one."


def shows_network(host: str, failure: Failure | None) -> bool | None:
    """Whether a poll shows that the network is there (or, False, that it is not); None: it tells nothing of it.

    Args:
        host: That was to be asked, with its port; empty: a file.
        failure: What the poll failed for; None: it did not.
    """
    if is_local(host) or (failure is not None and failure.kind is FailureKind.ROBOTS):  # for that none was asked
        return None
    return failure is None or failure.kind not in UNREACHED


def last_reached(hosts: Iterable[tuple[str, SourceState]], now: datetime) -> datetime | None:
    """When any of these sources, each by its host, was reached last, as far as that is known; None: never."""
    polls = (state.polled_at for host, state in hosts if shows_network(host, state.failure))
    return max((at for at in polls if at is not None and at <= now), default=None)


def outage(hosts: Collection[tuple[str, SourceState]], last: Fault | None, now: datetime) -> Trouble | None:
    """The trouble of all sources together; None: there is none, or it is over.

    Args:
        hosts: Every source that is asked over the network, by its host.
        last: The newest of such faults, or None.
        now: When it is so.
    """
    at = last_reached(hosts, now)
    if last is not None and last.ended is None:
        return last.trouble if at is None or at <= last.began else None
    lost = [(host, state) for host, state in hosts if _is_lost(host, state, at, last, now)]
    if len({host for host, _ in lost}) < HOSTS or all(state.failures < OFTEN for _, state in lost):
        return None
    since = "yet" if at is None else f"since {at:%Y-%m-%d %H:%M} UTC"
    message = (
        f"No source could be reached {since}, and connecting to {len(lost)} of them has failed so far. This machine's"
        " network may be down."
    )
    return Trouble(kind="network", subject="", message=message, remedy=_REMEDY)


def is_excused(state: SourceState, last: Fault | None, now: datetime) -> bool:
    """Whether what is known of a source that cannot be reached is of a time when no source could be.

    Args:
        state: What is remembered of it.
        last: The newest of such faults, or None.
        now: When it is so.
    """
    if last is None or state.polled_at is None or state.failure is None or state.failure.kind not in UNREACHED:
        return False
    return last.ended is None or state.polled_at <= last.ended <= now


def _is_lost(host: str, state: SourceState, at: datetime | None, last: Fault | None, now: datetime) -> bool:
    """Whether a source cannot be reached, and none was reached since it could not, or since the last time of that."""
    began = state.pace.failing_since
    if shows_network(host, state.failure) is not False or began is None or is_excused(state, last, now):
        return False
    if last is not None and last.ended is not None and last.ended <= now:
        began = max(began, last.ended)
    return at is None or began >= at
