"""Where reading runs: a reader that stalls or dies is replaced."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, wait
from pathlib import Path
from typing import Any

import pytest

from support.killing import parts
from support.service import until
from syndicator.model.failure import FailureKind
from syndicator.model.outcome import Failed, Outcome, Unchanged
from syndicator.pipeline import engines
from syndicator.pipeline.engines import (
    ENGINES,
    QUICK_WALL_SECONDS,
    WALL_SECONDS,
    WORKERS,
    Engine,
    Serial,
    result_of,
)
from syndicator.pipeline.reader import Read


def fine() -> Read:
    return Read((Unchanged(),), 0.0)


def stall() -> None:
    time.sleep(60)


def die() -> None:
    os._exit(9)


def raise_it() -> None:
    raise RuntimeError("odd")


def kind(outcome: Outcome | None) -> FailureKind:
    assert isinstance(outcome, Failed)
    assert outcome.failure.message
    assert outcome.failure.remedy
    return outcome.failure.kind


def in_time(*futures: Future[Any]) -> None:
    assert not wait(futures, timeout=100).not_done


def test_serial_reads_at_once_and_hands_errors_over() -> None:
    engine = Serial()
    assert result_of(engine.submit(fine)).outcomes == (Unchanged(),)
    (failed,) = result_of(engine.submit(raise_it)).outcomes
    assert isinstance(failed, Failed)
    assert failed.failure.kind == FailureKind.BUG
    assert "odd" in failed.failure.detail


def test_a_reader_that_stalls_or_dies_is_replaced_and_the_others_go_on(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    processes = engine.quick
    held = processes.submit(stall)
    monkeypatch.setattr(processes, "_wall_seconds", 1.0)
    pid, dead, stalled, odd = (processes.submit(act) for act in (os.getpid, die, stall, raise_it))
    pool = processes._pool
    in_time(pid, dead, stalled, odd)
    kinds = [[kind(outcome) for outcome in result_of(future).outcomes] for future in (dead, stalled, odd)]
    assert kinds == [[FailureKind.STALLED], [FailureKind.STALLED], [FailureKind.BUG]]
    assert pid.result() != os.getpid()
    in_time(processes.submit(fine))
    assert not held.done(), "one of two may take its time"
    assert processes._pool is pool, "each was killed alone"


def test_each_lane_has_its_readers_and_they_their_time() -> None:
    made = ENGINES["processes"]()
    lanes = [(lane._workers, lane._wall_seconds) for lane in (made.quick, made.slow)]
    assert lanes == [(WORKERS, QUICK_WALL_SECONDS), (1, WALL_SECONDS)]


def test_a_reader_is_replaced_after_a_while(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_CHUNKS", 2)
    pids = [engine.slow.submit(os.getpid) for _ in range(4)]
    in_time(*pids)
    first, second, third, fourth = (it.result() for it in pids)
    assert first == second != third == fourth


def test_no_reader_outlives_its_engine_whatever_it_reads(engine: Engine) -> None:
    lanes = (engine.quick, engine.slow)
    pids = [lane.submit(os.getpid) for lane in lanes]
    in_time(*pids)
    held = [lane.submit(stall) for lane in lanes]
    engine.shutdown()
    until(lambda: not any(Path(f"/proc/{it.result()}").exists() for it in pids))
    assert all(isinstance(it.exception(timeout=0), TimeoutError) for it in held)


def measure(data: bytes) -> int:
    time.sleep(0.01)
    return len(data)


def test_nothing_waits_for_ever_when_all_that_read_is_killed_nor_is_anything_left_of_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.quick, "_wall_seconds", 1.0)  # in six of them it is known that a reading was lost
    before = threading.active_count()
    for turn in range(5):
        waiting = [engine.quick.submit(measure, b"x" * 300_000) for _ in range(4)]
        wait(waiting[:1], timeout=0.05 * turn)
        for part in parts(os.getpid())[1:]:
            if b"multiprocessing.forkserver" in Path(f"/proc/{part}/cmdline").read_bytes():
                os.kill(part, signal.SIGKILL)
        in_time(*waiting, engine.quick.submit(measure, b"y"))
        assert all(it.exception() or it.result() == 300_000 for it in waiting)
    engine.quick.shutdown(cancel_futures=True)
    until(lambda: threading.active_count() <= before)


def test_a_reading_that_a_reader_has_taken_along_unnoticed_is_lost_in_the_end(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.slow, "_wall_seconds", 0.1)
    in_time(engine.slow.submit(fine))
    monkeypatch.setattr("pebble.pool.process.TaskManager.task_start", lambda *_: None)  # as if it had told nobody
    taken = engine.slow.submit(stall)
    in_time(taken)
    assert isinstance(taken.exception(), TimeoutError)


def test_reading_goes_on_when_a_reader_that_has_nothing_to_do_is_killed(engine: Engine) -> None:
    processes = engine.slow
    for _ in range(2):
        idle = processes.submit(os.getpid)
        in_time(idle)
        os.kill(idle.result(), signal.SIGKILL)
        deadline = time.monotonic() + 10
        while processes._pool._pool.active and time.monotonic() < deadline:
            time.sleep(0.05)
        found = processes.submit(fine)
        in_time(found)
        assert found.result() == fine()


def test_a_process_that_ends_in_the_middle_of_reading_leaves_nothing_in_the_system(tmp_path: Path) -> None:
    program = """
import os, sys
from support.killing import semaphores
from syndicator.pipeline.engines import ENGINES, leave_nothing_behind

engine = ENGINES["processes"]()
ours = semaphores(engine.slow.submit(os.getpid).result(30))
leave_nothing_behind()
print(len(ours), sum(it.exists() for it in ours), file=sys.stderr, flush=True)
os._exit(0)
"""
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=True,
    ).stderr
    made, left = map(int, told.split())  # the tracker of resources would complain there, too
    assert made
    assert not left
    assert not [*tmp_path.iterdir()]
