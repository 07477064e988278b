"""What a reader does with a body that exceeds a limit: it fails alone, and the reader lives on."""

import ctypes
import importlib
import io
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from contextlib import redirect_stderr, suppress
from pathlib import Path
from typing import Any

import pytest

from support.builders import MOMENT
from syndicator.model.failure import FailureKind
from syndicator.model.outcome import Failed, Fresh, Outcome, Reading, Unchanged
from syndicator.model.source import Source
from syndicator.model.state import SourceMemory
from syndicator.model.web import Response
from syndicator.pipeline import read, reader
from syndicator.pipeline.engines import CPU_SECONDS, QUICK_SECONDS, Engine
from syndicator.pipeline.reader import Read, read_all

FEED = (
    "<rss version='2.0'><channel><title>T</title><item><title>{}</title><link>http://a/{}</link></item></channel></rss>"
)
PR_GET_PDEATHSIG = 2
CATASTROPHE = "import re; re.match('(a|a)*$', 'a' * 60 + 'b')"


def reading(body: str) -> Reading:
    response = Response(url="https://a.example/feed", status=200, body=body.encode())
    return Reading(response=response, source=Source(id="a", url=response.url), memory=SourceMemory(), now=MOMENT)


def burn(_: Reading) -> Outcome:
    """A loop in C that looks up now and then, as a bad regular expression is."""
    exec(CATASTROPHE)
    raise AssertionError("it ends in some thousand years")


def devour(_: Reading) -> Outcome:
    """Takes memory, and writes nothing into it: what the machine needs to hand out pages is not what is measured."""
    held = []
    while True:
        held.append(bytes(1 << 24))


def swallow(_: Reading) -> Outcome:
    """A library in C that calls us and takes no notice of what we raise, twice."""
    for _ in range(2):
        with suppress(BaseException):
            exec(CATASTROPHE)
    return Unchanged()


def work(_: Reading) -> Outcome:
    """Takes a while, but no longer than it may."""
    end = time.process_time() + 0.12
    while time.process_time() < end:
        pass
    return Unchanged()


def manners() -> tuple[object, ...]:
    return os.nice(0), signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)


def limits() -> tuple[object, ...]:
    at_the_daemons_end = ctypes.c_int()
    assert not ctypes.CDLL(None).prctl(PR_GET_PDEATHSIG, ctypes.byref(at_the_daemons_end))
    allowed = (reader._limits.cpu_seconds, reader._limits.is_final)
    return allowed, resource.getrlimit(resource.RLIMIT_CORE), signal.Signals(at_the_daemons_end.value)


def load(_: Reading) -> Outcome:
    """Needs a module that takes longer than it may itself."""
    with tempfile.TemporaryDirectory() as folder:
        module = Path(folder) / "costly.py"
        module.write_text("import time\nend = time.process_time() + 0.5\nwhile time.process_time() < end: pass\nx = 1")
        sys.path.insert(0, folder)
        importlib.import_module("costly")
        exec(CATASTROPHE)
    raise AssertionError("it ends in some thousand years")


def is_loaded() -> bool:
    return hasattr(sys.modules.get("costly"), "x")


def kind(outcome: Outcome | None) -> FailureKind:
    assert isinstance(outcome, Failed)
    assert outcome.failure.message
    assert outcome.failure.remedy
    return outcome.failure.kind


@pytest.fixture
def processes(engine: Engine) -> Executor:
    return engine.slow


def in_time(*futures: Future[Any]) -> None:
    assert not wait(futures, timeout=100).not_done


def with_reader(act: Callable[[Reading], Outcome], cpu_seconds: float, chunk: tuple[Reading, ...]) -> Read:
    """Runs in a reader: with another way of reading, and a shorter limit."""
    reader._limits.cpu_seconds = cpu_seconds
    before, read.read = read.read, act
    try:
        return read_all(chunk)
    finally:
        read.read = before


def test_a_chunk_gives_an_outcome_for_each_body_in_order() -> None:
    chunk = tuple(reading(body) for body in (FEED.format(1, 1), "", FEED.format(2, 2)))
    first, empty, second = read_all(chunk).outcomes
    assert isinstance(first, Fresh)
    assert isinstance(second, Fresh)
    assert [first.articles[0].title, second.articles[0].title] == ["1", "2"]
    assert kind(empty) == FailureKind.EMPTY


@pytest.mark.parametrize(("act", "cpu_seconds"), [(burn, 0.3), (devour, 10.0)])
def test_a_body_that_exceeds_a_limit_leaves_its_reader_alive(
    processes: Executor, act: Callable[[Reading], Outcome], cpu_seconds: float
) -> None:
    before = processes.submit(os.getpid)
    in_time(before)
    exceeds = processes.submit(with_reader, act, cpu_seconds, (reading(""),))
    in_time(exceeds)
    assert [kind(outcome) for outcome in exceeds.result().outcomes] == [FailureKind.STALLED]
    after = processes.submit(read_all, (reading(FEED.format(1, 1)),))
    in_time(after)
    assert isinstance(after.result().outcomes[0], Fresh)


@pytest.mark.parametrize(("act", "cpu_seconds"), [(burn, 0.2), (swallow, 0.2), (devour, 10.0)])
def test_a_quick_reader_gives_up_what_is_too_much_and_begins_nothing_more(
    engine: Engine, act: Callable[[Reading], Outcome], cpu_seconds: float
) -> None:
    before = engine.quick.submit(os.getpid)
    given_up = engine.quick.submit(with_reader, act, cpu_seconds, (reading(""), reading("")))
    in_time(before, given_up)
    assert given_up.result().outcomes == (None,)
    assert given_up.result().seconds < 1.0


def test_a_quick_reader_begins_nothing_more_when_all_it_has_read_took_long(engine: Engine) -> None:
    read_on = engine.quick.submit(with_reader, work, 0.2, (reading(""),) * 4)
    in_time(read_on)
    assert read_on.result().outcomes == (Unchanged(), Unchanged())


def test_a_reader_steps_back_behind_the_daemon_and_leaves_signals_of_the_terminal_to_it(processes: Executor) -> None:
    asked = processes.submit(manners)
    in_time(asked)
    assert asked.result() == (min(os.nice(0) + 10, 19), signal.SIG_IGN, signal.SIG_DFL)


def test_each_lane_has_its_limits_and_nothing_outlives_the_daemon(engine: Engine) -> None:
    quick, slow = engine.quick.submit(limits), engine.slow.submit(limits)
    in_time(quick, slow)
    assert quick.result() == ((QUICK_SECONDS, False), (0, 0), signal.SIGKILL)
    assert slow.result() == ((CPU_SECONDS, True), (0, 0), signal.SIGKILL)


def test_what_a_library_swallowed_is_no_outcome(engine: Engine) -> None:
    swallowed = engine.slow.submit(with_reader, swallow, 0.2, (reading(""),))
    in_time(swallowed)
    assert [kind(outcome) for outcome in swallowed.result().outcomes] == [FailureKind.STALLED]


def test_no_module_is_left_half_loaded(engine: Engine) -> None:
    given_up = engine.slow.submit(with_reader, load, 0.1, (reading(""),))
    loaded = engine.slow.submit(is_loaded)
    in_time(given_up, loaded)
    assert [kind(outcome) for outcome in given_up.result().outcomes] == [FailureKind.STALLED]
    assert loaded.result()


class Dying:
    """What Python swallows of an object that goes, and tells on the terminal."""

    def __init__(self, last_words: str) -> None:
        self.last_words = last_words

    def __del__(self) -> None:
        exec(self.last_words)


def lose(_: Reading) -> Outcome:
    for last_words in (CATASTROPHE, "1 / 0"):
        Dying(last_words)
    return Unchanged()


def told() -> str:
    """Runs in a reader: what it says of a body on which its time is over, and which has a fault of its own."""
    with redirect_stderr(io.StringIO()) as terminal:
        with_reader(lose, 0.2, (reading(""),))
    return terminal.getvalue()


def test_a_reader_tells_what_went_wrong_but_not_that_a_time_is_over(engine: Engine) -> None:
    terminal = engine.slow.submit(told)
    in_time(terminal)
    assert "ZeroDivisionError" in terminal.result()
    assert "OutOfTime" not in terminal.result()


def linger() -> float:
    """Runs in a reader: what is no reading any more may take as long as it likes."""
    with_reader(lambda _: Unchanged(), 0.05, (reading(""),))
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass
    return end


def test_a_time_that_was_for_one_body_ends_with_it(engine: Engine) -> None:
    lingered = engine.slow.submit(linger)
    in_time(lingered)
    assert lingered.result()
