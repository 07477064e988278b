import asyncio
from types import SimpleNamespace

import pytest

from syndicator.serve.alarm import Alarm


class Loop:
    """A virtual clock; timers ring when it passes them."""

    def __init__(self):
        self.now = 0.0
        self.timers = []
        self.made = 0

    def time(self):
        return self.now

    def call_at(self, at, ring):
        self.made += 1
        timer = SimpleNamespace(at=at, ring=ring)
        timer.cancel = lambda: self.timers.remove(timer)
        self.timers.append(timer)
        return timer

    def let_pass(self, seconds):
        end = self.now + seconds
        while due := [timer for timer in self.timers if timer.at <= end]:
            timer = min(due, key=lambda it: it.at)
            self.timers.remove(timer)
            self.now = timer.at
            timer.ring()
        self.now = end


@pytest.fixture
def loop():
    return Loop()


def test_it_calls_what_was_set_last_when_that_is_due(loop):
    called = []
    alarm = Alarm(loop)
    alarm.set(5, lambda: called.append(("first", loop.now)))
    loop.let_pass(4)
    alarm.set(5, lambda: called.append(("later", loop.now)))
    loop.let_pass(4.9)
    assert called == []
    loop.let_pass(10)
    assert called == [("later", 9.0)]


def test_a_sooner_deadline_replaces_a_later_one(loop):
    called = []
    alarm = Alarm(loop)
    alarm.set(10, lambda: called.append("late"))
    alarm.set(2, lambda: called.append(loop.now))
    assert len(loop.timers) == 1
    loop.let_pass(60)
    assert called == [2.0]


@pytest.mark.parametrize("end", [Alarm.stop, Alarm.cancel])
def test_it_calls_nothing_once_stopped(loop, end):
    alarm = Alarm(loop)
    alarm.set(1, lambda: pytest.fail("it was stopped"))
    end(alarm)
    loop.let_pass(60)
    assert not loop.timers
    called = []
    if end is Alarm.stop:
        alarm.set(1, lambda: called.append(loop.now))
        loop.let_pass(2)
        assert called == [61.0]


def test_who_is_gone_leaves_no_timer_behind(loop):
    alarm = Alarm(loop)
    alarm.cancel()
    alarm.set(60, lambda: pytest.fail("it was stopped"))
    alarm.cancel()
    assert not loop.timers


def test_a_thousand_requests_cost_no_thousand_timers(loop):
    alarm = Alarm(loop)
    for _ in range(1000):
        loop.let_pass(0.01)
        alarm.stop()
        alarm.set(5, lambda: pytest.fail("it is not due"))
    assert loop.made <= 3


def test_it_rings_on_a_real_loop():
    async def wait():
        rung = asyncio.Event()
        Alarm(asyncio.get_running_loop()).set(0.001, rung.set)
        await asyncio.wait_for(rung.wait(), 10)

    asyncio.run(wait())
