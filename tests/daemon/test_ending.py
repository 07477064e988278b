"""The end is called for by handlers of signals, which may interrupt the wait for it anywhere."""

import os
import select
import signal
import subprocess
import sys
import threading

import pytest

from syndicator.daemon.ending import TOGETHER, Ending, Requests

MOMENTS = """
import signal, sys
from syndicator.daemon.ending import Ending

def waits_while_a_signal_comes(moment):
    ending, left = Ending(), moment
    signal.signal(signal.SIGALRM, lambda *_: ending.call('asked to'))

    def trace(*_):
        nonlocal left
        left -= 1
        if left == 0:
            signal.raise_signal(signal.SIGALRM)
        return trace

    signal.setitimer(signal.ITIMER_REAL, 0.02)  # where the wait has fewer moments
    sys.settrace(trace)
    ending.wait()
    sys.settrace(None)
    signal.setitimer(signal.ITIMER_REAL, 0)

for moment in range(1, 60):
    waits_while_a_signal_comes(moment)
"""
"""Signals before each line of Python that the wait goes through."""


def test_a_signal_at_any_moment_of_the_wait_ends_it() -> None:
    done = subprocess.run([sys.executable, "-c", MOMENTS], timeout=30, check=False)
    assert done.returncode == 0


ELSEWHERE = """
import os, signal, threading, time
from syndicator.daemon.ending import Ending

ending, main = Ending(), f"/proc/self/task/{os.getpid()}/stat"
signal.signal(signal.SIGTERM, lambda *_: ending.call('asked to'))

def sleeps():
    with open(main) as stat:
        return stat.read().rpartition(")")[2].split()[0] == "S"

def strike():
    while not sleeps():
        time.sleep(0.001)
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)

threading.Thread(target=strike).start()
ending.wait()
"""
"""The kernel may give a signal to any thread: the one that waits is not interrupted."""


def test_a_signal_that_another_thread_was_given_ends_the_wait() -> None:
    done = subprocess.run([sys.executable, "-c", ELSEWHERE], timeout=30, check=False)
    assert done.returncode == 0


def test_a_signal_that_came_before_the_wait_is_not_forgotten() -> None:
    before = signal.getsignal(signal.SIGUSR1)
    ending = Ending()
    signal.signal(signal.SIGUSR1, lambda *_: ending.call("asked to"))
    try:
        signal.raise_signal(signal.SIGUSR1)
        ending.wait()
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert ending.is_called


def test_calls_that_fill_the_pipe_never_wait() -> None:
    ending = Ending()
    for _ in range(100_000):
        ending.call("asked to")
    ending.wait()


def test_what_was_called_for_before_is_not_waited_for() -> None:
    ending = Ending()
    assert not ending.is_called
    ending.call("asked to")
    ending.call("asked to")
    ending.wait()
    assert ending.is_called


def test_another_thread_can_call_for_it_in_the_middle_of_the_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    ending, read = Ending(), os.read
    caller = threading.Thread(target=ending.call, args=("asked to",))

    def read_when_there_is_something(end: int, size: int) -> bytes:
        caller.start()
        caller.join()
        assert select.select([end], [], [], 10)[0] == [end], "nobody wakes it"
        return read(end, size)

    monkeypatch.setattr(os, "read", read_when_there_is_something)
    ending.wait()
    assert not caller.is_alive()
    assert caller.ident is not None
    assert signal.set_wakeup_fd(-1) == -1, "signals are nobody's affair any more"


def test_signals_that_come_together_are_one_request() -> None:
    requests = Requests()
    assert [requests.is_new(it) for it in (10.0, 10.0, 10.0 + TOGETHER * 0.9)] == [True, False, False]
    assert [requests.is_new(it) for it in (10.0 + TOGETHER, 10.1 + TOGETHER)] == [True, False]
