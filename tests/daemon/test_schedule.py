"""Ticks: one thread, one job at a time, nothing dropped."""

import logging
import threading
from datetime import datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers.interval import IntervalTrigger

from syndicator.daemon.schedule import Schedule


def test_jobs_run_again_and_again_on_one_thread() -> None:
    schedule, ran, enough = Schedule(), [], threading.Event()

    def job() -> None:
        ran.append(threading.get_ident())
        if len(ran) >= 3:
            enough.set()

    schedule.every(0.01, job)
    schedule.start()
    assert enough.wait(10)
    assert schedule.soon(threading.get_ident).result(10) == ran[0]
    assert len(set(ran)) == 1
    schedule.stop()


def test_who_asks_gets_what_the_job_gives_or_raises() -> None:
    schedule = Schedule()
    schedule.start()
    assert schedule.soon(lambda: 42).result(10) == 42
    with pytest.raises(ZeroDivisionError):
        schedule.soon(lambda: 1 // 0).result(10)
    schedule.stop()


def test_each_job_keeps_its_own_pace() -> None:
    schedule, quick, slow = Schedule(), threading.Semaphore(0), threading.Event()
    schedule.every(4, slow.set)
    schedule.every(0.01, quick.release)
    schedule.start()
    for _ in range(5):
        assert quick.acquire(timeout=10)
    assert schedule.soon(slow.is_set).result(10) is False
    schedule.stop()


def test_a_job_that_runs_does_not_hold_up_the_end() -> None:
    schedule, begun, ended = Schedule(), threading.Event(), threading.Event()
    in_time: list[bool] = []

    def job() -> None:
        begun.set()
        in_time.append(ended.wait(10))

    schedule.every(0.01, job)
    schedule.start()
    assert begun.wait(10)
    schedule.stop()
    assert in_time == []
    ended.set()


def test_a_tick_that_is_skipped_is_no_news() -> None:
    log = logging.getLogger("apscheduler")
    log.setLevel(logging.NOTSET)
    Schedule()
    assert not log.isEnabledFor(logging.ERROR)


class Clock(datetime):
    """The clock that APScheduler looks at, ahead of the machine's by as much as a test has set it."""

    ahead = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "Clock":
        return super().now(tz) + cls.ahead


@pytest.mark.parametrize(
    "jump", [timedelta(hours=-3), timedelta(days=1), timedelta(days=36_500)], ids=["back", "ahead", "a century ahead"]
)
def test_jobs_go_on_when_the_clock_is_set_and_what_it_leapt_over_is_not_gone_through(
    monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    schedule, ticks, counted = Schedule(), threading.Semaphore(0), []
    steps = IntervalTrigger.get_next_fire_time
    monkeypatch.setattr(base, "datetime", Clock)
    monkeypatch.setattr(Clock, "ahead", timedelta())

    def get_next_fire_time(*args: object) -> object:
        counted.append(args)
        assert len(counted) < 10_000, "it counts what would have been"
        return steps(*args)

    monkeypatch.setattr(IntervalTrigger, "get_next_fire_time", get_next_fire_time)
    schedule.every(0.02, ticks.release)
    schedule.start()
    assert ticks.acquire(timeout=10)
    monkeypatch.setattr(Clock, "ahead", jump)
    for _ in range(5):
        assert ticks.acquire(timeout=5)
    assert schedule.soon(lambda: 42).result(5) == 42
    schedule.stop()


def test_a_clock_that_is_set_back_while_it_is_looked_at_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    schedule, ticks, began = Schedule(), threading.Semaphore(0), threading.Event()
    steps = IntervalTrigger.get_next_fire_time
    monkeypatch.setattr(base, "datetime", Clock)
    monkeypatch.setattr(Clock, "ahead", timedelta())

    def get_next_fire_time(*args: object) -> object:
        if began.is_set():
            Clock.ahead = timedelta(hours=-3)  # between the looks that say what is due and how long to wait
        return steps(*args)

    monkeypatch.setattr(IntervalTrigger, "get_next_fire_time", get_next_fire_time)
    schedule.every(0.02, ticks.release)
    schedule.start()
    assert ticks.acquire(timeout=10)
    began.set()
    for _ in range(5):
        assert ticks.acquire(timeout=5)
    schedule.stop()
