"""The server process: started again when it dies, not for ever, and gone when the daemon is."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from syndicator.daemon import supervise
from syndicator.daemon.supervise import BUDGET, SETTLING, WINDOW, Child
from syndicator.errors import ExitCode, SupervisionError


def wait_for(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Child:
    """A child that runs a line of Python in place of our own program."""

    def popen(words: list[str], **options: object) -> "subprocess.Popen[bytes]":
        return real([sys.executable, "-c", words[-1]], **options)

    real = subprocess.Popen
    monkeypatch.setattr(supervise.subprocess, "Popen", popen)
    return Child(["import time; time.sleep(60)"])


def dead(child: Child) -> bool:
    return child._process is not None and child._process.poll() is not None


def test_one_that_dies_is_started_again_until_it_dies_too_often(child: Child, caplog: pytest.LogCaptureFixture) -> None:
    child._words = ["raise SystemExit(1)"]
    child.start(0.0)
    for start in range(1, BUDGET):
        wait_for(lambda: dead(child))
        assert child.look(float(start)) is None
    assert caplog.messages == ["the server process ended (exit code 1) and is started again"] * (BUDGET - 1)
    wait_for(lambda: dead(child))
    with pytest.raises(SupervisionError, match="died 5 times"):
        child.look(10.0)
    assert child.look(100.0) is None, "a minute later there is a new budget"
    child.stop(0)


def test_a_program_that_was_removed_while_it_ran_is_no_bug(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(supervise.sys, "executable", str(tmp_path / "python"))
    with pytest.raises(SupervisionError, match=r"/python was removed .* restart the service"):
        Child(["serve"]).start(0.0)


def test_one_that_says_why_it_cannot_serve_is_not_started_again_before_a_minute_is_over(child: Child) -> None:
    child._words = ["raise SystemExit(2)"]
    child.start(0.0)
    wait_for(lambda: dead(child))
    assert child.look(1.0) == ExitCode.USAGE
    assert child.look(WINDOW - 1) == ExitCode.USAGE
    child._words = ["import time; time.sleep(60)"]
    assert child.look(WINDOW + 1) is None, "what it has said may have passed: a port is given back"
    assert not dead(child)
    child.stop(0)


def test_one_that_lives_is_left_alone_and_stopped_at_the_end(child: Child) -> None:
    child.start(0.0)
    assert child.look(1.0) is None
    child.stop(5.0)
    assert child._process is not None
    assert child._process.returncode == -signal.SIGTERM


def test_one_that_does_not_end_when_it_is_asked_to_is_ended(child: Child, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    stubborn = f"signal.signal(signal.SIGTERM, signal.SIG_IGN); pathlib.Path({str(ready)!r}).touch(); time.sleep(60)"
    child._words = [f"import pathlib, signal, time; {stubborn}"]
    child.start(0.0)
    wait_for(ready.exists)
    child.stop(0.1)
    assert child._process is not None
    assert child._process.returncode == -signal.SIGKILL


def test_one_that_is_to_serve_something_else_is_told_so_and_has_a_new_budget(
    child: Child, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told = tmp_path / "told"
    child._words = [f"import sys, time; open({str(told)!r}, 'a').write(sys.stdin.read(1)); time.sleep(60)"]
    for start in range(1, BUDGET + 1):
        child.restart(float(start), b"x")
        wait_for(lambda start=start: told.exists() and len(told.read_text()) == start)
    assert child._process is not None
    child._process.kill()
    wait_for(lambda: dead(child))
    assert child.look(float(BUDGET)) is None
    assert caplog.messages == ["the server process ended (Killed) and is started again"]
    child.stop(1.0)


def test_one_that_was_started_a_moment_ago_may_not_answer_yet(child: Child) -> None:
    child.start(0.0)
    assert [child.has_settled(it) for it in (1.0, SETTLING)] == [False, True]
    child.restart(60.0, b"")
    assert [child.has_settled(it) for it in (61.0, 60.0 + SETTLING)] == [False, True]
    child.stop(0)


def test_a_file_where_it_is_started_is_not_taken_for_a_part_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "orjson.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    child = Child(["check", "--config", "nowhere"])
    child.start(0.0)
    wait_for(lambda: dead(child))
    assert child.look(WINDOW - 1) == ExitCode.USAGE
    child.stop(0)
