"""Outage: find out whether this machine's own network is down, so that no source is at fault. Pure.

A single source that cannot be reached does not show whether its host or our network is down. So what counts is whether
any other source was reached since it began to fail. If none was, and enough hosts fail like that, there is one fault of
the network, and none of each source. A source that failed during an outage is judged after its next poll. `recovery`
lets these sources be polled again soon.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from syndicator.model.failure import Failure, FailureKind
from syndicator.model.overview import Fault, Trouble
from syndicator.model.state import SourceState
from syndicator.pipeline.robots import UNREACHED
from syndicator.text.hosts import is_local

HOSTS = 3
"""Least number of hosts that fail together for an outage; fewer may well be in one place, which is down."""
OFTEN = 3
"""Number of failures in a row that one of these sources must have before an outage is reported."""

_REMEDY = "Check this machine's network, its name servers, and its proxy if it has one."


def shows_network(host: str, failure: Failure | None) -> bool | None:
    """Tell what a poll shows about the network.

    Args:
        host: The host to be requested, with its port; empty: a file.
        failure: Why the poll failed; None: it did not.

    Returns:
        True: the network works. False: it may be down. None: the poll tells nothing about it.
    """
    # If robots.txt forbids a page, no request for it was sent.
    if is_local(host) or (failure is not None and failure.kind is FailureKind.ROBOTS):
        return None
    return failure is None or failure.kind not in UNREACHED


def last_reached(hosts: Iterable[tuple[str, SourceState]], now: datetime) -> datetime | None:
    """Return when any of these sources, each with its host, was last reached, as far as is known; None: never."""
    polls = (state.polled_at for host, state in hosts if shows_network(host, state.failure))
    return max((at for at in polls if at is not None and at <= now), default=None)


def outage(hosts: Collection[tuple[str, SourceState]], last: Fault | None, now: datetime) -> Trouble | None:
    """Return the trouble with the network; None: there is none, or it is over.

    Args:
        hosts: Every source that is polled over the network, with its host.
        last: The newest fault of the network, or None.
        now: The time of this check.
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
    """Whether a source's last poll failed during an outage, so that its failure says nothing about the source.

    Args:
        state: What is remembered of the source.
        last: The newest fault of the network, or None.
        now: The time of this check.
    """
    if last is None or state.polled_at is None or state.failure is None or state.failure.kind not in UNREACHED:
        return False
    return last.ended is None or state.polled_at <= last.ended <= now


def _is_lost(host: str, state: SourceState, at: datetime | None, last: Fault | None, now: datetime) -> bool:
    """Whether a source cannot be reached, and no source was reached since it began to fail.

    Args:
        host: Its host.
        state: What is remembered of it.
        at: When any source was last reached; None: never.
        last: The newest fault of the network; failures from before its end do not count. None: there was none.
        now: The time of this check.
    """
    began = state.pace.failing_since
    if shows_network(host, state.failure) is not False or began is None or is_excused(state, last, now):
        return False
    if last is not None and last.ended is not None and last.ended <= now:
        began = max(began, last.ended)
    return at is None or began >= at
