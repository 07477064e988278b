"""Queues: the requests that wait for each host, one in flight at a time, with a pause between two."""

import heapq
from collections import deque
from functools import lru_cache

from syndicator.model.web import Request
from syndicator.text.urls import absolute, authority

_STEADY = 0.8
"""Weight of the former value in the moving average of a host's pace; the newest gap has the rest, 0.2."""
REMEMBERED = 200
"""How many hosts that were asked are remembered at first; with more, those whose pause is over are forgotten."""


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Return the host whose queue a request joins: name and port as browsers spell them; empty for a file."""
    host, colon, port = authority(absolute(url) or url).rpartition("@")[2].lower().partition(":")
    return f"{host.rstrip('.')}{colon}{port}"


class HostQueues:
    """The requests that wait for their host: one in flight for each host, and a pause between two.

    Requests for files need no host, so they never wait.
    """

    def __init__(self, spacing: float) -> None:
        """Args: spacing: seconds from the end of one exchange with a host to the start of the next."""
        self.spacing = spacing
        self.delays: dict[str, float] = {}
        """The pause in seconds of hosts that ask for a longer one (`Crawl-delay`); forgotten once it is over."""
        self._waiting: dict[str, deque[Request]] = {}
        self._free: list[tuple[float, str]] = []
        self._ended: dict[str, float] = {}
        self._began: dict[str, float] = {}  # by host: when its last exchange began; only while requests wait for it
        self._paces: dict[str, float] = {}  # by host: average seconds from the start of one exchange to the next
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
        """Take at most `room` requests whose hosts are free now; each host is then busy until `done`."""
        taken: list[Request] = []
        while self._free and len(taken) < room and self._free[0][0] <= monotonic:
            _, host = heapq.heappop(self._free)
            queue = self._waiting[host]
            if not queue:  # its requests have been withdrawn
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
        """Forget the pace of a host for which nothing waits: the time until its next request would not measure it."""
        for each in (self._waiting, self._began, self._paces):
            each.pop(host, None)

    def done(self, request: Request, monotonic: float) -> None:
        """Note that an exchange has ended: its host has its pause now, and then the next request may go."""
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
                self._most = REMEMBERED + 2 * len(self._ended)  # so that the walk through all hosts stays rare

    def _rested(self, host: str) -> float:
        """Return the monotonic time at which a host's pause is over; 0 for one that has not been asked."""
        return self._ended[host] + self.pause(host) if host in self._ended else 0.0

    def pause(self, host: str) -> float:
        """Return the seconds from the end of one exchange with a host to the start of the next."""
        return max(self.spacing, self.delays.get(host, 0.0))

    def pace(self, host: str) -> float:
        """Return about how many seconds pass between the starts of two exchanges with a host while requests wait."""
        return self._paces.get(host, self.pause(host))

    def waiting(self, host: str) -> int:
        """Return how many requests wait for a host."""
        return len(self._waiting.get(host, ()))

    def withdraw(self, host: str) -> list[Request]:
        """Remove and return all requests that wait for a host, in order."""
        waiting = self._waiting.get(host)
        taken = list(waiting or ())
        if waiting:
            waiting.clear()
        return taken

    def next_free(self) -> float | None:
        """Return when the next request may go, in monotonic seconds; None if none waits only for a pause to end."""
        return self._free[0][0] if self._free else None
