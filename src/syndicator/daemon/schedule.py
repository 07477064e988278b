"""Short ticks by APScheduler, all on one thread: the writer's. Due times are not here, but a column in the database."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC
from typing import Any, TypeVar

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

Result = TypeVar("Result")


class Schedule:
    """Runs jobs again and again, one at a time; a job that comes late is run once, not dropped."""

    def __init__(self) -> None:
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # a skipped tick is no news
        self._scheduler: Any = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )

    def every(self, seconds: float, job: Callable[[], None]) -> None:
        """Run a job again and again."""
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
