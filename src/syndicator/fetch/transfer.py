"""The door itself: requests go in, answers come out, and nobody waits who does not want to."""

import threading
from collections import deque
from pathlib import Path

from syndicator.fetch.loop import Loop
from syndicator.model.outcome import Failed
from syndicator.model.settings import FetchSettings
from syndicator.model.web import Request, Response

_PAUSE = 1.0  # seconds after a bug of the loop: it may well come back, and must not spin


class Transfer:
    """Requests under way, in a daemon thread of their own.

    One request is one exchange: a redirect comes back as the answer it is (`syndicator.fetch.redirects`), a status is
    not judged (`syndicator.fetch.caching`). Every method may be called from any thread.

    Args:
        settings: Limits. The caller keeps `host_spacing`, and `concurrency`: a request beyond it waits for a
            connection while its time runs.
        files_root: The folder that `file:` addresses must lie below.
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
        """Requests submitted whose answers `finished` has not yet handed out."""
        return self._in_flight

    def submit(self, request: Request) -> None:
        """Ask; never waits. The answer comes through `finished`, exactly once, unless `stop` comes first."""
        with self._lock:
            self._in_flight += 1
        self._submitted.append(request)
        self._loop.ring()

    def finished(self) -> list[tuple[Request, Response | Failed]]:
        """Take what is done since the last call, in the order in which it was done; never waits."""
        with self._lock:
            taken, self._finished = self._finished, []
            self._in_flight -= len(taken)
            self._ready.clear()
        return taken

    def wait(self, seconds: float) -> bool:
        """Wait until `finished` has something to give, or until `wake`; returns False if the time was over before."""
        return self._ready.wait(seconds)

    def wake(self) -> None:
        """End a `wait` that goes on, or the next one: something else has happened."""
        self._ready.set()

    def stop(self) -> None:
        """Tell the loop to end; never waits. What is on its way is dropped."""
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
            except Exception as error:  # noqa: BLE001  # a bug must not leave everybody waiting
                self._loop.abandon(error)
                self._stopping.wait(_PAUSE)
        self._loop.close()
