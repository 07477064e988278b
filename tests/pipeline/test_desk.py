"""Bodies go to the readers together, and only a guilty one fails."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import pytest

from support.builders import MOMENT
from syndicator.model.outcome import Failed, Outcome, Reading, Unchanged
from syndicator.model.source import FailureKind, Source, SourceMemory
from syndicator.model.web import Response
from syndicator.pipeline.desk import AHEAD, MOST_BODIES, MOST_BYTES, Desk
from syndicator.pipeline.engines import WORKERS

KILLER = b"kills its reader"


def reading(body: bytes) -> Reading:
    response = Response(url="https://a.example/", status=200, body=body)
    return Reading(response=response, source=Source(id="a", url=""), memory=SourceMemory(), now=MOMENT)


class Readers(Executor):
    """Readers that begin when they are told to; a killer takes its chunk along."""

    def __init__(self) -> None:
        self.chunks: list[list[bytes]] = []
        self._begun: list[tuple[Future[Any], tuple[Reading, ...]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.chunks.append([it.response.body for it in args[0]])
        self._begun.append((future, args[0]))
        return future

    def work(self) -> None:
        begun, self._begun = self._begun, []
        for future, chunk in begun:
            bodies = [it.response.body for it in chunk]
            if KILLER in bodies:
                future.set_exception(TimeoutError())
            else:
                future.set_result(tuple(Unchanged() for _ in chunk))


@pytest.fixture
def readers() -> Readers:
    return Readers()


def read_everything(desk: Desk[int], readers: Readers) -> dict[int, Outcome]:
    found: dict[int, Outcome] = {}
    for _ in range(200):
        desk.hand_over()
        readers.work()
        for ticket, outcome in desk.collect():
            assert ticket not in found
            found[ticket] = outcome
    return found


def fill(desk: Desk[int], *bodies: bytes) -> None:
    for ticket, body in enumerate(bodies):
        desk.put(ticket, reading(body))


def test_what_waits_goes_together_within_bounds(readers: Readers) -> None:
    desk = Desk[int](readers, lambda: None)
    big = b"x" * (MOST_BYTES // 2)
    fill(desk, *[b"s"] * (MOST_BODIES + 1), big, big, big, b"x" * 10 * MOST_BYTES, b"s")
    found = read_everything(desk, readers)
    assert sorted(found) == list(range(MOST_BODIES + 6))
    assert [len(chunk) for chunk in readers.chunks] == [MOST_BODIES, 2, 2, 1, 1]


def test_no_more_than_the_readers_have_room_for(readers: Readers) -> None:
    desk = Desk[int](readers, lambda: None)
    fill(desk, *[b"x" * MOST_BYTES] * 50)
    desk.hand_over()
    assert len(readers.chunks) == AHEAD * WORKERS
    assert len(read_everything(desk, readers)) == 50


def test_of_a_lost_chunk_the_guilty_body_alone_fails(readers: Readers) -> None:
    desk = Desk[int](readers, lambda: None)
    fill(desk, b"a", b"b", KILLER, b"c", *[b"d"] * 40)
    found = read_everything(desk, readers)
    assert len(found) == 44
    failed = {ticket: it.failure.kind for ticket, it in found.items() if isinstance(it, Failed)}
    assert failed == {2: FailureKind.STALLED}
    assert readers.chunks.count([KILLER]) == 1


def test_bodies_that_could_not_be_handed_over_wait_on(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk[int](readers, lambda: None)
    fill(desk, b"a", b"b", b"c")
    with monkeypatch.context() as broken:
        broken.setattr(readers, "submit", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.hand_over()
    assert sorted(read_everything(desk, readers)) == [0, 1, 2]
    assert readers.chunks == [[b"a", b"b", b"c"]]


def test_who_waits_is_woken(readers: Readers) -> None:
    woken: list[bool] = []
    desk = Desk[int](readers, lambda: woken.append(True))
    fill(desk, b"a")
    desk.hand_over()
    assert not woken
    readers.work()
    assert woken
