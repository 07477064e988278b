"""The writer's jobs, when something keeps them from their work."""

import errno

import pytest

from syndicator.daemon.ending import Ending
from syndicator.daemon.writer import Writer
from syndicator.errors import LockedError, SupervisionError


@pytest.fixture
def end() -> Ending:
    return Ending()


@pytest.fixture
def writer(end: Ending) -> Writer:
    return Writer(end)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EMFILE, "Too many open files"), "files open at once"),
        (MemoryError(), "get more memory"),
        (RuntimeError("can't start new thread"), "start more threads"),
        (FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']"), "temporary files"),
        (OSError(errno.ENOSPC, "No space left on device"), "temporary files"),
    ],
)
def test_what_the_machine_refuses_is_told_as_that_and_is_no_bug(writer: Writer, error: Exception, words: str) -> None:
    def job() -> None:
        raise error

    writer.run(job)
    assert writer.bugs == 0
    assert words in writer.complaints["job"]


def test_what_keeps_a_job_from_its_work_is_told_once_until_it_works_again(
    writer: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    errors: list[Exception | None] = [LockedError("It is locked.")] * 3 + [None, LockedError("It is locked.")]

    def job() -> None:
        if error := errors.pop():
            raise error

    for _ in range(5):
        writer.run(job)
    assert caplog.messages == ["It is locked."] * 2


def test_a_bug_is_counted_and_the_daemon_goes_on(writer: Writer, end: Ending) -> None:
    def job() -> None:
        raise ValueError("a bug")

    writer.run(job)
    assert writer.bugs == 1
    assert "A bug in syndicator" in writer.complaints["job"]
    assert not end.is_called


def test_a_server_that_dies_too_often_ends_the_daemon(writer: Writer, end: Ending) -> None:
    def job() -> None:
        raise SupervisionError("It died.")

    writer.run(job)
    assert (end.is_called, end.code) == (True, SupervisionError.exit_code)
    assert writer.complaints == {}


def test_no_job_begins_once_the_end_is_called_for(writer: Writer, end: Ending) -> None:
    done: list[str] = []
    end.call("asked to")
    writer.run(lambda: done.append("job"))
    assert done == []
