"""Bodies go to the readers together; a laborious one holds nobody up, and only a guilty one fails."""

import itertools
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import pytest

from support.builders import MOMENT
from syndicator.model.article import Entry
from syndicator.model.failure import FailureKind
from syndicator.model.outcome import Failed, Outcome, Reading, Unchanged, Wish
from syndicator.model.source import Source
from syndicator.model.state import SourceMemory
from syndicator.model.web import Response
from syndicator.pipeline.engines import QUICK_SECONDS, WORKERS, Engine
from syndicator.pipeline.reader import Read
from syndicator.pipeline.reader_queue import AHEAD, CROWD, MOST_BODIES, MOST_BYTES, ReaderQueue

KILLER = b"kills its reader"
LABORIOUS = b"laborious"
BIG = b"x" * (MOST_BYTES + 1)


def reading(body: bytes, source: str = "a", wish: Wish | None = None) -> Reading:
    response = Response(url="https://a.example/", status=200, body=body)
    return Reading(response=response, source=Source(id=source, url=""), memory=SourceMemory(), now=MOMENT, wish=wish)


class Readers(Executor):
    """Readers that begin when they are told to; a killer takes its chunk along."""

    def __init__(self, *, quick: bool) -> None:
        self.chunks: list[list[bytes]] = []
        self.quick = quick
        self.most = MOST_BODIES
        self.error: Exception = TimeoutError()
        self._begun: list[tuple[Future[Any], list[bytes]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.chunks.append([it.response.body for it in args[0]])
        self._begun.append((future, self.chunks[-1]))
        return future

    def work(self) -> None:
        begun, self._begun = self._begun, []
        for future, bodies in begun:
            if KILLER in bodies:
                future.set_exception(self.error)
            else:
                future.set_result(self._read(bodies[: self.most]))

    def _read(self, bodies: list[bytes]) -> Read:
        outcomes = tuple(None if self.quick and body == LABORIOUS else Unchanged() for body in bodies)
        return Read(outcomes, 5.0 if LABORIOUS in bodies else QUICK_SECONDS / 2)


class Both:
    """A queue with both lanes."""

    def __init__(self) -> None:
        self.quick, self.slow = Readers(quick=True), Readers(quick=False)
        self.woken = 0
        self.reader_queue = ReaderQueue[int](Engine(self.quick, self.slow), self._wake)
        self._tickets = itertools.count()

    def _wake(self) -> None:
        self.woken += 1

    def fill(self, *bodies: bytes, source: str = "a") -> None:
        for body in bodies:
            self.reader_queue.put(next(self._tickets), reading(body, source))

    def round(self) -> dict[int, Outcome]:
        """Hand over, let all readers work, collect."""
        self.reader_queue.hand_over()
        self.quick.work()
        self.slow.work()
        return dict(self.reader_queue.collect())

    def read_everything(self) -> dict[int, Outcome]:
        found: dict[int, Outcome] = {}
        for _ in range(200):
            news = self.round()
            assert not news.keys() & found.keys()
            found |= news
        return found


@pytest.fixture
def both() -> Both:
    return Both()


def test_what_waits_goes_together_within_bounds(both: Both) -> None:
    half = b"x" * (MOST_BYTES // 2)
    both.fill(*[b"s"] * (MOST_BODIES + 1), half, half, half, b"s")
    assert sorted(both.read_everything()) == list(range(MOST_BODIES + 5))
    assert [len(chunk) for chunk in both.quick.chunks] == [MOST_BODIES, 2, 2, 1]
    assert not both.slow.chunks, "its readers are started when they are needed"


def test_no_more_than_the_readers_have_room_for(both: Both) -> None:
    both.fill(*[b"x" * MOST_BYTES] * 50)
    both.reader_queue.hand_over()
    assert len(both.quick.chunks) == AHEAD * WORKERS
    assert len(both.read_everything()) == 50


def test_big_bodies_never_hold_all_readers(both: Both) -> None:
    both.fill(BIG, BIG, BIG, b"s", b"s")
    both.reader_queue.hand_over()
    assert both.quick.chunks == [[b"s", b"s"], [BIG]]
    assert len(both.read_everything()) == 5
    assert both.quick.chunks == [[b"s", b"s"], [BIG], [BIG], [BIG]]


def test_what_a_reader_had_no_time_for_is_read_next_in_order(both: Both) -> None:
    both.quick.most = 2
    both.fill(b"1", b"2", b"3", b"4", b"5")
    assert sorted(both.round()) == [0, 1]
    both.fill(b"6")
    assert len(both.read_everything()) == 4
    assert both.quick.chunks == [
        [b"1", b"2", b"3", b"4", b"5"],
        [b"3", b"4", b"5", b"6"],
        [b"5", b"6"],
    ]


def test_what_takes_long_is_read_aside_one_by_one_and_holds_nobody_up(both: Both) -> None:
    both.fill(b"1", LABORIOUS, b"2", LABORIOUS)
    assert sorted(both.round()) == [0, 2]
    both.fill(b"3")
    assert sorted(both.round()) == [1, 4]
    assert sorted(both.round()) == [3]
    assert both.slow.chunks == [[LABORIOUS], [LABORIOUS]]


def test_whose_body_was_laborious_is_read_aside_until_one_is_not(both: Both) -> None:
    both.fill(LABORIOUS)
    both.read_everything()
    both.fill(LABORIOUS, b"quick")
    both.fill(b"of another", source="b")
    both.reader_queue.put(99, reading(b"page", wish=Wish(url="https://a.example/1", entry=Entry(key="1"))))
    both.read_everything()
    assert both.quick.chunks == [[LABORIOUS], [b"of another", b"page"]]
    assert both.slow.chunks == [[LABORIOUS], [LABORIOUS], [b"quick"]]
    both.fill(b"quick again")
    both.read_everything()
    assert both.quick.chunks[-1] == [b"quick again"]


def test_who_is_laborious_is_told_to_come_later_when_many_are_set_aside(both: Both) -> None:
    both.fill(LABORIOUS)
    both.read_everything()
    both.fill(*[LABORIOUS] * CROWD)
    assert both.reader_queue.delay("a", page=False) == CROWD * 5.0
    assert both.reader_queue.delay("a", page=True) == both.reader_queue.delay("b", page=False) == 0
    both.round()
    assert both.reader_queue.delay("a", page=False) == 0


@pytest.mark.parametrize("error", [TimeoutError(), RuntimeError(), MemoryError()], ids=lambda it: type(it).__name__)
def test_of_a_lost_chunk_the_guilty_body_alone_fails(both: Both, error: Exception) -> None:
    both.quick.error = error
    both.fill(b"a", b"b")
    both.fill(KILLER, source="guilty")
    both.fill(b"c", *[b"d"] * 40)
    found = both.read_everything()
    assert len(found) == 44
    failed = {ticket: it.failure.kind for ticket, it in found.items() if isinstance(it, Failed)}
    assert failed == {2: FailureKind.STALLED}
    assert [chunk for chunk in both.slow.chunks if KILLER in chunk] == [[KILLER]]
    both.fill(KILLER, source="guilty")
    both.read_everything()
    assert sum(KILLER in chunk for chunk in both.quick.chunks) == 1, "no quick reader is killed twice by one source"


@pytest.mark.parametrize("bodies", [[b"a", b"b", b"c"], [BIG]])
def test_bodies_that_could_not_be_handed_over_wait_on(
    both: Both, bodies: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    both.fill(*bodies)
    with monkeypatch.context() as broken:
        broken.setattr(both.quick, "submit", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            both.reader_queue.hand_over()
    assert sorted(both.read_everything()) == list(range(len(bodies)))
    assert both.quick.chunks == [bodies]


def test_who_waits_is_woken_and_who_does_not_is_not_held(both: Both) -> None:
    both.fill(b"a", KILLER)
    both.reader_queue.hand_over()
    assert not both.woken
    assert both.reader_queue.collect() == []
    both.quick.work()
    assert both.woken
    assert len(both.read_everything()) == 2


def test_who_is_removed_is_forgotten(both: Both) -> None:
    for source in ("a", "b"):
        both.fill(LABORIOUS, source=source)
    both.read_everything()
    both.reader_queue.keep({"a"})
    both.fill(b"1", source="a")
    both.fill(b"2", source="b")
    both.reader_queue.hand_over()
    assert (both.slow.chunks[-1], both.quick.chunks[-1]) == ([b"1"], [b"2"])
