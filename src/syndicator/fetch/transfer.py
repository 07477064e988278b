"""Transfer: the transport over the network; requests go in and answers come out, and no call has to wait."""

import threading
from collections import deque
from pathlib import Path

from syndicator.fetch.loop import Loop
from syndicator.model.outcome import Failed
from syndicator.model.settings import FetchSettings
from syndicator.model.web import Request, Response

_PAUSE = 1.0
"""Seconds to wait after a bug in the loop, which may come back at once and must not keep the CPU busy."""


class Transfer:
    """The requests that are under way, in a daemon thread of their own.

    One request is one exchange. A redirect is returned as an answer (see `syndicator.fetch.redirects`), and status
    codes are not judged (see `syndicator.fetch.caching`). Every method may be called from any thread.

    Args:
        settings: The limits. The caller has to keep to `host_spacing` and `concurrency`; a request beyond the latter
            waits for a connection while its time runs.
        files_root: The folder below which `file:` addresses must be.
        user_agent: Who we are, for the `User-Agent` field.
    """

    def __init__(self, settings: FetchSettings, *, files_root: Path, user_agent: str) -> None:
        self._lock = threading.Lock()
        self._submitted: deque[Request] = deque()
        self._finished: list[tuple[Request, Response | Failed]] = []
        self._in_flight = 0
        self._ready = threading.Event()
        self._stopping = threading.Event()
        self._loop = Loop(settings, files_root=files_root, user_agent=user_agent, deliver=self._deliver)
        threading.Thread(target=self._run, name="transfer", daemon=True).start()

    @property
    def in_flight(self) -> int:
        """How many requests were submitted whose answers `finished` has not returned yet."""
        return self._in_flight

    def submit(self, request: Request) -> None:
        """Send a request; never waits. `finished` returns its answer exactly once, unless `stop` is called before."""
        with self._lock:
            self._in_flight += 1
        self._submitted.append(request)
        self._loop.ring()

    def finished(self) -> list[tuple[Request, Response | Failed]]:
        """Return the requests that ended since the last call, in that order, with their answers; never waits."""
        with self._lock:
            taken, self._finished = self._finished, []
            self._in_flight -= len(taken)
            self._ready.clear()
        return taken

    def wait(self, seconds: float) -> bool:
        """Wait until `finished` has something to return, or until `wake`; return False if the time was over before."""
        return self._ready.wait(seconds)

    def wake(self) -> None:
        """End the present `wait`, or the next one, because something else has happened."""
        self._ready.set()

    def stop(self) -> None:
        """Tell the loop to end; never waits. Requests under way are dropped."""
        self._stopping.set()
        self._loop.ring()

    def _deliver(self, request: Request, answer: Response | Failed) -> None:
        with self._lock:
            self._finished.append((request, answer))
            self._ready.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                while self._submitted:
                    self._loop.begin(self._submitted.popleft())
                self._loop.step()
            except Exception as error:  # noqa: BLE001  # a bug must not leave requests without an answer
                self._loop.abandon(error)
                self._stopping.wait(_PAUSE)
        self._loop.close()
