"""Ticks: one thread, one job at a time, nothing dropped."""

import threading

import pytest

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
