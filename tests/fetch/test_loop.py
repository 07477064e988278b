"""The loop's own thread: what happens beside the exchanges."""

import gc
import socket
from collections.abc import Callable

import pytest

from support.door import SETTINGS, Door
from support.origin import HANG, Origin
from syndicator.fetch import lookup, transfer
from syndicator.fetch.exchange import Exchange
from syndicator.model.outcome import Failed
from syndicator.model.web import Request


@pytest.fixture
def steps(door: Door, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each of the loop's."""
    counted: list[int] = []
    end_exchanges = door.transfer._loop._end_exchanges
    monkeypatch.setattr(door.transfer._loop, "_end_exchanges", lambda: counted.append(1) or end_exchanges())
    return counted


def test_a_look_up_that_hangs_ends_with_the_connect_limit(
    door: Door, steps: list[int], silent_names: Callable[[], None]
) -> None:
    assert door.failure("http://silent.example/") == "dns"
    assert 0.95 * SETTINGS.connect_timeout < door.seconds < 0.95 * SETTINGS.timeout
    assert len(steps) < 30, "the loop rests meanwhile"
    silent_names()  # the answer that comes too late is dropped
    assert not door.transfer.wait(0.1)


def test_nobody_is_asked_when_the_hops_before_took_all_the_time(door: Door, origin: Origin) -> None:
    assert door.failure(origin.serve("/", b"ok"), spent=SETTINGS.timeout - 0.01) == "timeout"
    assert origin.connections == 0


def test_sixty_silent_name_servers_hold_up_nobody_else(
    door: Door, origin: Origin, silent_names: Callable[[], None]
) -> None:
    for number in range(60):
        door.transfer.submit(Request(source_id="silent", url=f"http://silent{number}.example/"))
    door.transfer.submit(Request(source_id="good", url=origin.serve("/", b"ok").replace("127.0.0.1", "good.example")))
    assert door.transfer.wait(0.8 * SETTINGS.connect_timeout)
    ((request, answer),) = door.transfer.finished()
    assert (request.source_id, answer.body) == ("good", b"ok")
    silent_names()


def test_a_handle_serves_again_and_keeps_nothing_of_the_exchange_before(door: Door, origin: Origin) -> None:
    url = origin.serve("/feed", b"ok")
    handles = []
    for _ in range(3):
        assert door.body(url) == b"ok"
        handles += door.transfer._loop._spare
    assert len(handles) == 3
    assert len(set(handles)) == 1
    door.ask("file:///none")  # the loop is past what it does after an answer
    gc.collect()
    assert not [it for it in gc.get_objects() if isinstance(it, Exchange) and it.request.url == url]


def test_a_loop_with_nothing_to_do_rests(door: Door, origin: Origin, steps: list[int]) -> None:
    assert door.body(origin.script("/", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) == b"ok"
    assert not door.transfer.wait(0.2), "the host closes the connection that nobody uses"
    assert len(steps) < 30


@pytest.mark.parametrize(("addresses", "words"), [([], "name is unknown"), (None, "No name server")])
def test_an_unknown_name_is_told_apart(
    door: Door, monkeypatch: pytest.MonkeyPatch, addresses: list[str] | None, words: str
) -> None:
    monkeypatch.setattr(lookup, "_addresses", lambda _: addresses)
    found = door.ask("http://unknown.example/")
    assert isinstance(found, Failed)
    assert found.failure.kind == "dns"
    assert words in found.failure.message
    assert door.seconds < 0.8 * SETTINGS.connect_timeout


@pytest.mark.parametrize("method", ["configure", "repeat", "answer"])
def test_a_bug_in_one_exchange_is_its_answer_and_nobody_elses(
    door: Door, origin: Origin, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    url = origin.serve("/feed", b"ok")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        door.transfer.submit(Request(source_id="other", url=f"http://127.0.0.1:{silent.getsockname()[1]}/"))
        connection, _ = silent.accept()
        with connection:
            with monkeypatch.context() as patched:
                patched.setattr(Exchange, "is_to_be_repeated", lambda *_: method == "repeat")
                patched.setattr(Exchange, method, lambda *_: 1 / 0)
                assert door.failure(url) == "bug"
            assert door.transfer.wait(5)
            ((request, found),) = door.transfer.finished()
    assert isinstance(found, Failed)
    assert (request.source_id, found.failure.kind) == ("other", "timeout")


def test_a_bug_in_the_loop_answers_everybody_once_and_the_loop_lives_on(
    door: Door, origin: Origin, monkeypatch: pytest.MonkeyPatch, silent_names: Callable[[], None]
) -> None:
    monkeypatch.setattr(transfer, "_PAUSE", 0.05)
    hanging = origin.script("/hang", HANG)
    for _ in range(3):
        door.transfer.submit(Request(source_id="s", url=hanging))
    door.transfer.submit(Request(source_id="s", url="http://silent.example/"))
    with monkeypatch.context() as patched:
        patched.setattr(door.transfer._loop, "_end_lookups", lambda: 1 / 0)
        door.transfer._loop.ring()
        while door.transfer.in_flight:
            assert door.transfer.wait(5)
            assert {answer.failure.kind for _, answer in door.transfer.finished()} == {"bug"}
    assert door.body(origin.serve("/feed", b"ok")) == b"ok"
    silent_names()
    assert not door.transfer.wait(SETTINGS.timeout)
    assert door.transfer.in_flight == 0
