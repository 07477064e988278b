"""What is asked when: due times, and one queue for each host. Pure; politeness is planned here, not locked."""

import heapq
import math
from collections import deque
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from syndicator.model.settings import Schedule
from syndicator.model.source import Failure, FailureKind, Source
from syndicator.model.web import Request
from syndicator.text.keys import digest
from syndicator.text.urls import authority

AT_ONCE = 50
"""So many new sources are polled at once; more are spread over their interval."""
LONGEST_DEBT = timedelta(days=30)
"""The longest that a host can make us wait, and how long a source that is gone (410) rests."""


def share(*parts: object) -> float:
    """A number in [0, 1) that follows from the parts alone: spread and jitter that can be replayed."""
    return int.from_bytes(digest("\0".join(map(str, parts)))[:6]) / 2**48


def interval_of(source: Source, schedule: Schedule) -> float:
    """Seconds between two polls of a source that has no trouble, within the operator's bounds."""
    return min(max(source.interval or schedule.interval, schedule.min_interval), schedule.max_interval)


def after_success(source: Source, schedule: Schedule, now: datetime, fresh_for: float = 0.0) -> datetime:
    """When to poll next: the interval, and up to a tenth more, so that sources drift apart.

    Args:
        source: Which.
        schedule: The operator's bounds.
        now: The step's time.
        fresh_for: Seconds that the host itself says nothing will change for (RFC 9111, section 4.2); it lengthens the
            interval, up to the longest that the operator wants.
    """
    wait = max(interval_of(source, schedule), min(fresh_for, schedule.max_interval))
    return now + timedelta(seconds=wait * (1 + 0.1 * share(source.id, now)))


def after_failure(source: Source, schedule: Schedule, failure: Failure, failures: int, now: datetime) -> datetime:
    """When to try again: the interval, doubled with each failure in a row, a tenth more or less, a day at most.

    What the host itself demands (`Retry-After`) is never undercut. A source that is gone for good rests.

    Args:
        source: Which.
        schedule: The operator's bounds.
        failure: The newest.
        failures: How many in a row, the newest included.
        now: The step's time.
    """
    if failure.kind is FailureKind.GONE:
        return now + LONGEST_DEBT
    doubled = min(interval_of(source, schedule) * 2 ** min(failures - 1, 20), schedule.max_interval)
    wait = timedelta(seconds=doubled * (0.9 + 0.2 * share(source.id, failures, now)))
    demanded = timedelta(seconds=math.ceil(failure.retry_after or 0))
    return now + max(wait, min(demanded, LONGEST_DEBT))


def subscriptions(configured: Iterable[Source], listed: Iterable[Source]) -> list[Source]:
    """All sources: the configuration's, and what its lists name, but for an id or address that it has already."""
    found = list(configured)
    parents, ids, urls = ({source.id for source in found}, {it.id for it in found}, {it.url for it in found})
    for source in listed:
        if source.parent in parents and source.id not in ids and source.url not in urls:
            found.append(source)
            ids.add(source.id)
            urls.add(source.url)
    return found


def first_dues(
    sources: Iterable[Source], known: Collection[str], schedule: Schedule, now: datetime, *, spread: bool
) -> dict[str, datetime]:
    """When each source would be polled first: at once, or, for many new ones, spread over their interval."""
    everything = list(sources)
    new = [source for source in everything if source.id not in known]
    dues = {source.id: now for source in everything}
    if spread and len(new) > AT_ONCE:
        for source in new:
            dues[source.id] = now + timedelta(seconds=interval_of(source, schedule) * share(source.id))
    return dues


def host_of(url: str) -> str:
    """Whom a request burdens: host and port; empty for a file."""
    return authority(url).rpartition("@")[2].lower()


class HostQueues:
    """Requests waiting for their host: one in flight at a time, a pause between two. Files wait for nobody."""

    def __init__(self, spacing: float) -> None:
        """Args: spacing: seconds from the end of one exchange with a host to the start of the next."""
        self.spacing = spacing
        self._waiting: dict[str, deque[Request]] = {}
        self._free: list[tuple[float, str]] = []
        self._rests_until: dict[str, float] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def put(self, request: Request) -> None:
        """Queue a request."""
        host = host_of(request.url)
        self._count += 1
        if host in self._waiting:
            self._waiting[host].append(request)
            return
        self._waiting[host] = deque([request])
        heapq.heappush(self._free, (self._rests_until.get(host, 0.0), host))

    def take(self, room: int, monotonic: float) -> list[Request]:
        """At most `room` requests whose hosts are free now; each host is busy until `done`."""
        taken: list[Request] = []
        while self._free and len(taken) < room and self._free[0][0] <= monotonic:
            _, host = heapq.heappop(self._free)
            queue = self._waiting[host]
            taken.append(queue.popleft())
            if not host and queue:
                heapq.heappush(self._free, (0.0, host))
            if not host and not queue:
                del self._waiting[host]
        self._count -= len(taken)
        return taken

    def done(self, request: Request, monotonic: float) -> None:
        """An exchange has ended: the host rests, then the next may go."""
        host = host_of(request.url)
        if not host:
            return
        self._rests_until[host] = monotonic + self.spacing
        if self._waiting.get(host):
            heapq.heappush(self._free, (self._rests_until[host], host))
        else:
            self._waiting.pop(host, None)
            if len(self._rests_until) > 4 * AT_ONCE:
                self._rests_until = {it: until for it, until in self._rests_until.items() if until > monotonic}

    def next_free(self) -> float | None:
        """When the next request may go, in monotonic seconds; None: none waits for time alone."""
        return self._free[0][0] if self._free else None
