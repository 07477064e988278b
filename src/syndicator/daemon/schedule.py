"""Periodic jobs by APScheduler, all on one thread: the writer's. Due times of sources are in the database, not here."""

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
"""If a job's next run is farther from now than this, the clock has been set or the machine was suspended."""

_LONGEST = 1.0
"""The most seconds between two looks for jobs that are due."""


class _Jobs(MemoryJobStore):  # type: ignore[misc]  # it has no types
    """Jobs whose times do not depend on changes of the machine's clock.

    APScheduler plans each run by the machine's clock. If the clock were set back by an hour, no job would run for an
    hour; if it were set ahead by a month, APScheduler would first go through the millions of runs that were skipped.
    """

    def get_due_jobs(self, now: datetime) -> Any:
        """Return the jobs that are due; a job that was planned before the clock changed is due now."""
        for job in self.get_all_jobs():
            if abs(job.next_run_time - now) > _APART:
                job.modify(next_run_time=now)
        return super().get_due_jobs(now)


class _Scheduler(BackgroundScheduler):  # type: ignore[misc]  # it has no types
    """A scheduler that never waits for long, because the clock may be set back by hours between two of its looks."""

    def _process_jobs(self) -> Any:
        seconds = super()._process_jobs()
        return seconds if seconds is None else min(seconds, _LONGEST)


class Schedule:
    """Runs periodic jobs, one at a time; a job that is late runs once, and is not dropped."""

    def __init__(self) -> None:
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # its warnings about skipped runs are no news
        self._scheduler: Any = _Scheduler(
            jobstores={"default": _Jobs()},
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

    def every(self, seconds: float, job: Callable[[], None]) -> None:
        """Run a job periodically; `seconds` must be below `_APART`, else each run would look like a clock change."""
        self._scheduler.add_job(job, "interval", seconds=seconds)

    def soon(self, job: Callable[[], Result]) -> "Future[Result]":
        """Run a job once, between two others; the future gets what it returns or raises."""
        future: Future[Result] = Future()

        def run() -> None:
            try:
                future.set_result(job())
            except Exception as error:  # noqa: BLE001  # the future's owner gets it
                future.set_exception(error)

        self._scheduler.add_job(run)
        return future

    def start(self) -> None:
        """Start running jobs."""
        self._scheduler.start()

    def stop(self) -> None:
        """Begin no further job; do not wait for one that runs."""
        self._scheduler.shutdown(wait=False)
