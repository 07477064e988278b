"""The door: everything submitted comes back once, and nobody is made to wait."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.door import SETTINGS, Door
from support.origin import HANG, RESET, Asked, Origin, Step, answer
from syndicator.fetch.redirects import follow
from syndicator.fetch.transfer import Transfer
from syndicator.model.outcome import Failed
from syndicator.model.web import Request, Response


def drain(transfer: Transfer, seconds: float = 10.0) -> list[tuple[Request, Response | Failed]]:
    deadline = time.monotonic() + seconds
    found: list[tuple[Request, Response | Failed]] = []
    while transfer.in_flight and time.monotonic() < deadline:
        transfer.wait(0.5)
        found += transfer.finished()
    return found


def test_a_hundred_are_asked_at_once(door: Door, origin: Origin) -> None:
    def when_all_have_asked(_: Asked) -> Iterator[Step]:
        while len(origin.requests("/slow")) < 100:
            yield 0.01
        yield from answer(b"ok")

    url = origin.on("/slow", when_all_have_asked)
    for number in range(100):
        door.transfer.submit(Request(source_id=str(number), url=url))
    assert door.transfer.in_flight == 100
    found = drain(door.transfer)
    assert Counter(request.source_id for request, _ in found) == Counter(str(number) for number in range(100))
    assert all(isinstance(end, Response) and end.body == b"ok" for _, end in found)
    assert door.transfer.in_flight == 0
    assert door.transfer.finished() == []


def test_bad_hosts_hold_up_nobody_else(open_door: Callable[..., Door], origin: Origin) -> None:
    door = open_door(timeout=2.0, connect_timeout=1.5)
    bad = [origin.script("/hang", HANG), origin.script("/reset", RESET), origin.script("/cut", b"HTTP/1.1 200 OK\r\n")]
    good = origin.serve("/good", b"ok")
    for number in range(60):
        door.transfer.submit(Request(source_id="bad", url=bad[number % 3]))
        door.transfer.submit(Request(source_id="good", url=good))
    ended = drain(door.transfer)
    timeouts = [
        place for place, (_, end) in enumerate(ended) if isinstance(end, Failed) and end.failure.kind == "timeout"
    ]
    goods = [place for place, (request, _) in enumerate(ended) if request.source_id == "good"]
    assert (len(ended), len(timeouts), len(goods)) == (120, 20, 60)
    assert goods[-1] < timeouts[0]


def test_more_than_the_connections_allow_wait_their_turn(open_door: Callable[..., Door], origin: Origin) -> None:
    door = open_door(concurrency=4, timeout=5.0)
    url = origin.script("/feed", 0.01, *answer(b"ok"))
    for number in range(40):
        door.transfer.submit(Request(source_id=str(number), url=url))
    assert all(isinstance(end, Response) for _, end in drain(door.transfer))
    assert origin.connections <= 4


def test_a_connection_is_used_again_and_its_loss_in_between_is_no_failure(door: Door, origin: Origin) -> None:
    steady = origin.serve("/steady", b"ok")
    for _ in range(5):
        assert door.body(steady) == b"ok"
    assert origin.connections == 1
    closing = origin.script("/closing", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    for _ in range(5):
        assert door.body(closing) == b"ok"


@pytest.mark.parametrize("loss", [[RESET], []], ids=["reset", "closed"])
def test_a_connection_that_is_lost_when_it_is_used_again_is_no_failure(
    door: Door, origin: Origin, loss: list[Step]
) -> None:
    scripts = iter([answer(b"ok"), loss, answer(b"ok"), loss, loss])
    url = origin.on("/feed", lambda _: next(scripts))
    assert door.body(url) == b"ok"
    assert door.body(url) == b"ok"
    assert origin.connections == 2
    assert door.failure(url) == "connect", "asked once more, and no oftener"
    assert len(origin.asked) == 5


def test_an_answer_that_breaks_off_is_a_failure_also_on_a_connection_that_is_used_again(
    door: Door, origin: Origin
) -> None:
    scripts = iter([answer(b"ok"), [b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", 0.05, RESET]])
    url = origin.on("/feed", lambda _: next(scripts))
    assert door.body(url) == b"ok"
    assert door.failure(url) == "truncated"
    assert (origin.connections, len(origin.asked)) == (1, 2)


def test_threads_may_share_the_door(door: Door, origin: Origin) -> None:
    url = origin.serve("/feed", b"ok")

    def submit() -> None:
        for _ in range(25):
            door.transfer.submit(Request(source_id="s", url=url))

    threads = [threading.Thread(target=submit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drain(door.transfer)) == 100


def test_files_come_through_the_same_door(door: Door, tmp_path: Path) -> None:
    (tmp_path / "лента.xml").write_bytes(b"<rss/>")
    assert door.body(f"file://{tmp_path}/лента.xml") == b"<rss/>"
    assert door.ask("file:///etc/passwd").failure.kind == "file"


def test_waiting_ends_with_its_time(door: Door) -> None:
    start = time.monotonic()
    assert door.transfer.wait(0.05) is False
    assert 0.04 < time.monotonic() - start < 0.5


def test_who_has_other_news_ends_the_wait(door: Door) -> None:
    door.transfer.wake()
    assert door.transfer.wait(10)
    assert door.transfer.finished() == []
    assert not door.transfer.wait(0.01), "once"


def test_a_bug_that_comes_back_at_once_does_not_spin(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("syndicator.fetch.transfer._PAUSE", 60)
    steps = []

    def step() -> None:
        steps.append(1)
        raise ZeroDivisionError

    monkeypatch.setattr(door.transfer._loop, "step", step)
    door.transfer.submit(Request(source_id="s", url="file:///none"))
    assert door.transfer.wait(10)
    door.transfer.finished()
    assert not door.transfer.wait(0.1)
    assert len(steps) <= 1


def test_stopping_waits_for_nothing(tmp_path: Path, origin: Origin) -> None:
    threads = set(threading.enumerate())
    transfer = Transfer(SETTINGS, files_root=tmp_path, user_agent="x")
    (loop,) = set(threading.enumerate()) - threads
    assert loop.daemon
    transfer.submit(Request(source_id="s", url=origin.script("/hang", HANG)))
    transfer.wait(0.1)
    start = time.monotonic()
    transfer.stop()
    assert time.monotonic() - start < SETTINGS.timeout / 3, "what the host keeps waiting is no reason"
    loop.join(5)
    assert not loop.is_alive()
    transfer.submit(Request(source_id="s", url=origin.url("/late")))  # harmless, and never answered
    transfer.stop()


@pytest.mark.usefixtures("silent_names")
def test_doors_leave_no_threads_behind(tmp_path: Path, origin: Origin) -> None:
    before = set(threading.enumerate())
    transfer = Transfer(SETTINGS, files_root=tmp_path, user_agent="x")
    origin.serve("/feed", b"ok")
    assert Door(transfer).body(origin.url("/feed", host="a.example")) == b"ok"
    transfer.stop()
    for thread in set(threading.enumerate()) - before:
        thread.join(5)
        assert not thread.is_alive(), thread.name


def test_doors_leave_no_descriptors_behind(tmp_path: Path, origin: Origin) -> None:
    url = origin.serve("/feed", b"ok")

    def open_and_close() -> None:
        threads = set(threading.enumerate())
        transfer = Transfer(SETTINGS, files_root=tmp_path, user_agent="x")
        (loop,) = set(threading.enumerate()) - threads
        door = Door(transfer)
        door.body(url)
        door.ask("http://127.0.0.1:1/")
        door.ask(f"file://{tmp_path}/none")
        transfer.stop()
        loop.join(5)

    open_and_close()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        open_and_close()
    deadline = time.monotonic() + 5
    while len(list(Path("/proc/self/fd").iterdir())) > before:  # until the origin has seen the ends, too
        assert time.monotonic() < deadline


def test_a_bug_in_one_request_is_an_answer(door: Door, origin: Origin) -> None:
    broken = door.ask(origin.url("/feed"), validators=None)
    assert isinstance(broken, Failed)
    assert broken.failure.kind == "bug"
    assert "loop.py" in broken.failure.detail
    assert door.body(origin.serve("/next", b"ok")) == b"ok"


@pytest.mark.parametrize("user_agent", ["syndicator/1 (+https://пример.рф/)", "я"])
def test_a_contact_in_cyrillic_stops_nothing(tmp_path: Path, origin: Origin, user_agent: str) -> None:
    transfer = Transfer(SETTINGS, files_root=tmp_path, user_agent=user_agent)
    assert Door(transfer).body(origin.serve("/feed", b"ok")) == b"ok"
    assert origin.asked[0].field("user-agent").encode("latin-1").decode() == user_agent
    transfer.stop()


def test_the_time_of_a_poll_is_one_for_all_its_hops(door: Door, origin: Origin) -> None:
    slow = origin.script("/slow", 1.2, *answer(b"", "Location: /end", status="302 Found"))
    end = origin.script("/end", HANG)
    hop = door.ask(slow)
    assert isinstance(hop, Response)
    assert 1.2 <= hop.seconds < SETTINGS.timeout
    following = follow(Request(source_id="source", url=slow), hop)
    assert isinstance(following, Request)
    assert (following.url, following.spent) == (end, hop.seconds)
    assert door.failure(end, spent=following.spent) == "timeout"
    assert door.seconds < SETTINGS.timeout - 0.2
