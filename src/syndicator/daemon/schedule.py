"""Short ticks by APScheduler, all on one thread: the writer's. Due times are not here, but a column in the database."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

Result = TypeVar("Result")

_APART = timedelta(seconds=5)
"""A tick that is due so much earlier, or later, than now was planned before the clock was set, or the machine slept."""

_LONGEST = 1.0
"""Seconds between two looks at what is due."""


class _Jobs(MemoryJobStore):  # type: ignore[misc]  # it has no types
    """Ticks that keep to the time that passes.

    APScheduler plans each by the machine's clock: set back by an hour, none would come for that hour; set ahead by a
    month, each that was leapt over would be counted first, and they are millions.
    """

    def get_due_jobs(self, now: datetime) -> Any:
        """The jobs that are due; what was planned by another clock is due now."""
        for job in self.get_all_jobs():
            if abs(job.next_run_time - now) > _APART:
                job.modify(next_run_time=now)
        return super().get_due_jobs(now)


class _Scheduler(BackgroundScheduler):  # type: ignore[misc]  # it has no types
    """One that never waits for long: set back between its looks at it, the clock would have it wait for hours."""

    def _process_jobs(self) -> Any:
        seconds = super()._process_jobs()
        return seconds if seconds is None else min(seconds, _LONGEST)


class Schedule:
    """Runs jobs again and again, one at a time; a job that comes late is run once, not dropped."""

    def __init__(self) -> None:
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # a skipped tick is no news
        self._scheduler: Any = _Scheduler(
            jobstores={"default": _Jobs()},
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

    def every(self, seconds: float, job: Callable[[], None]) -> None:
        """Run a job again and again, each few seconds at least: a later tick would be taken for another clock's."""
        self._scheduler.add_job(job, "interval", seconds=seconds)

    def soon(self, job: Callable[[], Result]) -> "Future[Result]":
        """Run a job once, between two ticks, and hand over what it gives or raises."""
        future: Future[Result] = Future()

        def run() -> None:
            try:
                future.set_result(job())
            except Exception as error:  # noqa: BLE001  # whoever asked gets it
                future.set_exception(error)

        self._scheduler.add_job(run)
        return future

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    def stop(self) -> None:
        """Begin no further job; one that runs is not waited for."""
        self._scheduler.shutdown(wait=False)
