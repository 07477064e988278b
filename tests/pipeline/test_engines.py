"""Where reading runs: a body that stalls or kills its reader costs itself alone."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from typing import Any

import pytest

from support.builders import MOMENT
from syndicator.model.outcome import Failed, Fresh, Outcome, Reading, Unchanged
from syndicator.model.source import FailureKind, Source, SourceMemory
from syndicator.model.web import Response
from syndicator.pipeline import engines, read
from syndicator.pipeline.engines import Processes, Serial, lost, outcome_of, read_all

FEED = (
    "<rss version='2.0'><channel><title>T</title><item><title>{}</title><link>http://a/{}</link></item></channel></rss>"
)
CATASTROPHE = "import re; re.match('(a|a)*$', 'a' * 60 + 'b')"


def reading(body: str) -> Reading:
    response = Response(url="https://a.example/feed", status=200, body=body.encode())
    return Reading(response=response, source=Source(id="a", url=response.url), memory=SourceMemory(), now=MOMENT)


def fine() -> tuple[Outcome, ...]:
    return (Unchanged(),)


def stall() -> None:
    time.sleep(60)


def die() -> None:
    os._exit(9)


def raise_it() -> None:
    raise RuntimeError("odd")


def burn(_: Reading) -> Outcome:
    """A loop in C that looks up now and then, as a bad regular expression is."""
    exec(CATASTROPHE)
    raise AssertionError("it ends in some thousand years")


def devour(_: Reading) -> Outcome:
    held = []
    while True:
        held.append(bytearray(1 << 24))


def kind(outcome: Outcome) -> FailureKind:
    assert isinstance(outcome, Failed)
    assert outcome.failure.message
    assert outcome.failure.remedy
    return outcome.failure.kind


@pytest.fixture
def processes() -> Iterator[Processes]:
    engine = Processes()
    yield engine
    engine.shutdown(cancel_futures=True)


def in_time(*futures: Future[Any]) -> None:
    assert not wait(futures, timeout=30).not_done


def with_reader(
    act: Callable[[Reading], Outcome], cpu_seconds: float, chunk: tuple[Reading, ...]
) -> tuple[Outcome, ...]:
    """Runs in a reader: with another way of reading, and a shorter limit."""
    engines._limits.cpu_seconds = cpu_seconds
    before, read.read = read.read, act
    try:
        return read_all(chunk)
    finally:
        read.read = before


def test_serial_reads_at_once_and_hands_errors_over() -> None:
    engine = Serial()
    assert outcome_of(engine.submit(fine), 1) == (Unchanged(),)
    (failed,) = outcome_of(engine.submit(raise_it), 1)
    assert isinstance(failed, Failed)
    assert failed.failure.kind == FailureKind.BUG
    assert "odd" in failed.failure.detail


def test_a_chunk_gives_an_outcome_for_each_body_in_order() -> None:
    chunk = tuple(reading(body) for body in (FEED.format(1, 1), "", FEED.format(2, 2)))
    first, empty, second = outcome_of(Serial().submit(read_all, chunk), 3)
    assert isinstance(first, Fresh)
    assert isinstance(second, Fresh)
    assert [first.articles[0].title, second.articles[0].title] == ["1", "2"]
    assert kind(empty) == FailureKind.EMPTY


def test_a_reader_that_stalls_or_dies_is_replaced_and_the_others_go_on(
    processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "SECONDS", 1.0)
    pid, dead, stalled, odd = (processes.submit(act) for act in (os.getpid, die, stall, raise_it))
    parent = processes.submit(os.getppid)
    in_time(pid, dead, stalled, odd, parent)
    for future in (dead, stalled):
        assert lost(future)
        assert [kind(outcome) for outcome in outcome_of(future, 2)] == [FailureKind.STALLED] * 2
    assert not lost(odd)
    assert not lost(pid)
    assert pid.result() != os.getpid()


def test_reading_goes_on_when_a_reader_that_has_nothing_to_do_is_killed(processes: Processes) -> None:
    for _ in range(2):
        idle = processes.submit(os.getpid)
        in_time(idle)
        os.kill(idle.result(), signal.SIGKILL)
        deadline = time.monotonic() + 10
        while processes._pool.active and time.monotonic() < deadline:
            time.sleep(0.05)
        found = processes.submit(read_all, (reading(FEED.format(1, 1)),))
        in_time(found)
        assert isinstance(found.result()[0], Fresh)


@pytest.mark.parametrize(("act", "cpu_seconds"), [(burn, 0.3), (devour, 10.0)])
def test_a_body_that_exceeds_a_limit_leaves_its_reader_alive(
    processes: Processes, act: Callable[[Reading], Outcome], cpu_seconds: float
) -> None:
    before = processes.submit(os.getpid)
    in_time(before)
    exceeds = processes.submit(with_reader, act, cpu_seconds, (reading(""), reading("")))
    in_time(exceeds)
    assert not lost(exceeds)
    assert [kind(outcome) for outcome in exceeds.result()] == [FailureKind.STALLED] * 2
    after = processes.submit(read_all, (reading(FEED.format(1, 1)),))
    in_time(after)
    assert isinstance(after.result()[0], Fresh)
