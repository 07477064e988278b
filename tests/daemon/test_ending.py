"""The end is called for by handlers of signals, which may interrupt the wait for it anywhere."""

import subprocess
import sys
import threading

from syndicator.daemon.ending import Ending

MOMENTS = """
import signal, sys
from syndicator.daemon.ending import Ending

def waits_while_a_signal_comes(moment):
    ending, left = Ending(), moment
    signal.signal(signal.SIGALRM, lambda *_: ending.call())

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


def test_what_was_called_for_before_is_not_waited_for() -> None:
    ending = Ending()
    assert not ending.is_called
    ending.call()
    ending.call()
    ending.wait()
    assert ending.is_called


def test_another_thread_can_call_for_it() -> None:
    ending = Ending()
    caller = threading.Thread(target=ending.call)
    caller.start()
    ending.wait()
    caller.join()
