"""One queue for each host: politeness is planned here, not locked."""

import heapq
from collections import deque
from functools import lru_cache

from syndicator.model.web import Request
from syndicator.text.urls import absolute, authority

_STEADY = 0.8
"""How much of a host's pace stays what it was, with each exchange."""
REMEMBERED = 200
"""Hosts that have been asked, after which those that have rested are forgotten."""


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Whom a request burdens: host and port, in the one spelling that browsers have; empty for a file."""
    host, colon, port = authority(absolute(url) or url).rpartition("@")[2].lower().partition(":")
    return f"{host.rstrip('.')}{colon}{port}"


class HostQueues:
    """Requests waiting for their host: one in flight at a time, a pause between two. Files wait for nobody."""

    def __init__(self, spacing: float) -> None:
        """Args: spacing: seconds from the end of one exchange with a host to the start of the next."""
        self.spacing = spacing
        self.delays: dict[str, float] = {}
        """Hosts that want a longer pause (`Crawl-delay`), in seconds; forgotten when they have rested."""
        self._waiting: dict[str, deque[Request]] = {}
        self._free: list[tuple[float, str]] = []
        self._ended: dict[str, float] = {}
        self._began: dict[str, float] = {}  # of hosts that others wait for since: when the last exchange did …
        self._paces: dict[str, float] = {}  # … and seconds from one to the next
        self._most = REMEMBERED

    def put(self, request: Request) -> None:
        """Queue a request."""
        host = host_of(request.url)
        if host in self._waiting:
            self._waiting[host].append(request)
            return
        self._waiting[host] = deque([request])
        heapq.heappush(self._free, (self._rested(host), host))

    def take(self, room: int, monotonic: float) -> list[Request]:
        """At most `room` requests whose hosts are free now; each host is busy until `done`."""
        taken: list[Request] = []
        while self._free and len(taken) < room and self._free[0][0] <= monotonic:
            _, host = heapq.heappop(self._free)
            queue = self._waiting[host]
            if not queue:  # it has been withdrawn
                self._idle(host)
                continue
            taken.append(queue.popleft())
            if host in self._began:
                gap = monotonic - self._began[host]
                self._paces[host] = gap + (self._paces.get(host, gap) - gap) * _STEADY
            self._began[host] = monotonic
            if not host and queue:
                heapq.heappush(self._free, (0.0, host))
            if not host and not queue:
                self._idle(host)
        return taken

    def _idle(self, host: str) -> None:
        """Nothing waits for a host: when it is asked again tells nothing of its pace."""
        for each in (self._waiting, self._began, self._paces):
            each.pop(host, None)

    def done(self, request: Request, monotonic: float) -> None:
        """An exchange has ended: the host rests, then the next may go."""
        host = host_of(request.url)
        if not host:
            return
        self._ended[host] = monotonic
        if self._waiting.get(host):
            heapq.heappush(self._free, (self._rested(host), host))
        else:
            self._idle(host)
            if len(self._ended) > self._most:
                self._ended = {it: ended for it, ended in self._ended.items() if self._rested(it) > monotonic}
                self.delays = {it: each for it, each in self.delays.items() if it in self._ended or it in self._waiting}
                self._most = REMEMBERED + 2 * len(self._ended)  # looked through seldom, however many there are

    def _rested(self, host: str) -> float:
        """When a host has had its pause; a host that was never asked needs none."""
        return self._ended[host] + self.pause(host) if host in self._ended else 0.0

    def pause(self, host: str) -> float:
        """Seconds from the end of one exchange with a host to the start of the next."""
        return max(self.spacing, self.delays.get(host, 0.0))

    def pace(self, host: str) -> float:
        """Seconds from the start of one exchange with a host to the next, as it goes while others wait: about."""
        return self._paces.get(host, self.pause(host))

    def waiting(self, host: str) -> int:
        """How many requests wait for a host."""
        return len(self._waiting.get(host, ()))

    def withdraw(self, host: str) -> list[Request]:
        """Take back what waits for a host, in order."""
        waiting = self._waiting.get(host)
        taken = list(waiting or ())
        if waiting:
            waiting.clear()
        return taken

    def next_free(self) -> float | None:
        """When the next request may go, in monotonic seconds; None: none waits for time alone."""
        return self._free[0][0] if self._free else None
