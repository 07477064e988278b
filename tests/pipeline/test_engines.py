"""Where reading runs: a body that stalls or kills its reader costs itself alone."""

import os
import time
from concurrent.futures import Future

import pytest

from syndicator.model.outcome import Failed, Unchanged
from syndicator.model.source import FailureKind
from syndicator.pipeline import engines
from syndicator.pipeline.engines import Processes, Serial, outcome_of


def fine() -> Unchanged:
    return Unchanged()


def stall() -> None:
    time.sleep(60)


def die() -> None:
    os._exit(9)


def raise_it() -> None:
    raise RuntimeError("odd")


def test_serial_reads_at_once_and_hands_errors_over() -> None:
    engine = Serial()
    assert outcome_of(engine.submit(fine)) == Unchanged()
    failed = outcome_of(engine.submit(raise_it))
    assert isinstance(failed, Failed)
    assert failed.failure.kind == FailureKind.BUG
    assert "odd" in failed.failure.detail


def test_a_reader_that_stalls_or_dies_is_replaced_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "SECONDS", 1.0)
    engine = Processes()
    futures: dict[str, Future[object]] = {
        act.__name__: engine.submit(act) for act in (os.getpid, die, stall, raise_it, os.getppid)
    }
    deadline = time.monotonic() + 30
    while not all(future.done() for future in futures.values()) and time.monotonic() < deadline:
        time.sleep(0.01)
    for name in ("die", "stall"):
        outcome = outcome_of(futures[name])
        assert isinstance(outcome, Failed)
        assert outcome.failure.kind == FailureKind.STALLED
        assert outcome.failure.remedy
    assert outcome_of(futures["getpid"]) != os.getpid()
    engine.shutdown(cancel_futures=True)
