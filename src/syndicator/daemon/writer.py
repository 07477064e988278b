"""The writer: runs the daemon's periodic jobs one at a time, and logs each problem of a job once."""

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from syndicator.daemon.ending import Ending
from syndicator.daemon.schedule import Schedule
from syndicator.daemon.supervise import GIVEN_UP
from syndicator.daemon.telling import bug_report
from syndicator.errors import PublishError, StoreError, SupervisionError, shortage

log = logging.getLogger("syndicator")

Result = TypeVar("Result")


class Writer:
    """Runs everything that changes the store or the published files.

    Args:
        end: Once it is called for, no job begins; the writer calls for it when the daemon cannot go on.

    Attributes:
        complaints: What keeps jobs from their work, as sentences by the jobs' names.
        bugs: Number of unexpected exceptions.
    """

    def __init__(self, end: Ending) -> None:
        self.complaints: dict[str, str] = {}
        self.bugs = 0
        self._end = end
        self._schedule = Schedule()
        self._writing = threading.Lock()

    def every(self, seconds: float, job: Callable[[], None]) -> None:
        """Run a job periodically, every so many seconds."""
        self._schedule.every(seconds, lambda: self.run(job))

    def start(self) -> None:
        """Start running jobs."""
        self._schedule.start()

    def run(self, job: Callable[[], None]) -> None:
        """Run a job, never at the same time as another; an error that it repeats is logged only once."""
        name = job.__name__
        with self._writing:
            if self._end.is_called:
                return
            try:
                job()
                self.complaints.pop(name, None)
            except (StoreError, PublishError) as error:
                self.complain(name, str(error))
            except SupervisionError as error:
                log.critical("%s", error)
                self._end.call(GIVEN_UP, error.exit_code)
            except Exception as error:  # noqa: BLE001  # the daemon goes on
                refused = shortage(error)
                self.bugs += not refused
                self.complain(name, str(refused or bug_report(error)))

    def complain(self, name: str, text: str) -> None:
        """Log what keeps a job from its work, unless that is already its complaint."""
        if self.complaints.get(name) != text:
            self.complaints[name] = text
            log.error("%s", text)

    def ask(self, act: Callable[[], Result]) -> Result:
        """Do something between two jobs for another thread, which waits for the result."""

        def locked() -> Result:
            with self._writing:
                return act()

        return self._schedule.soon(locked).result()

    def stop(self, seconds: float) -> bool:
        """Begin no further job; return whether the one that runs, if any, has ended within `seconds`."""
        self._schedule.stop()
        return self._writing.acquire(timeout=seconds)
