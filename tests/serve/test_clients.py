"""Clients that take their time, leave, or are many; real sockets on loopback, with small limits."""

import gzip
import socket
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from support.raw import GET, ask, connect, everything, is_harmless, one_body, statuses
from syndicator.serve.answers import NOT_FOUND
from syndicator.serve.limits import Admission, Limits, State
from syndicator.serve.wire import Connection, Shared


@pytest.fixture(autouse=True)
def _home(publish):
    publish("index.html", b"<p>home")


def test_a_client_that_has_said_all_it_will_say_is_still_answered(serve):
    with connect(serve()) as connection:
        connection.sendall(GET)
        connection.shutdown(socket.SHUT_WR)
        assert statuses(everything(connection)) == [200]


def test_a_client_that_takes_its_time_is_answered_all_it_has_said(serve, publish):
    publish("feeds/all.rss", b"x" * (1 << 20))
    large = GET.replace(b"/ ", b"/feeds/all.rss ", 1)
    with connect(serve(), receive_buffer=65_536) as connection:
        connection.sendall(large)
        threading.Event().wait(0.05)
        with connection.makefile("rb") as stream:
            assert len(one_body(stream)) == 1 << 20
        connection.sendall(large * 2 + GET)
        connection.shutdown(socket.SHUT_WR)
        threading.Event().wait(0.05)
        received = everything(connection)
    assert statuses(received) == [200, 200, 200]
    assert received.count(b"x") > 2 << 20


@pytest.mark.parametrize("size", [60_000, 8 << 20], ids=["in the buffers", "beyond them"])
def test_a_reader_that_does_not_read_is_cut_off(serve, publish, size):
    publish("feeds/all.rss", b"x" * size)
    port = serve(write_seconds=0.2, idle_seconds=0.1)
    with connect(port, receive_buffer=4096) as connection:
        connection.sendall(b"GET /feeds/all.rss HTTP/1.1\r\nHost: x\r\n\r\n")
        with connect(port) as other:
            other.sendall(GET)
            assert statuses(other.recv(65536)) == [200]
        deadline = time.monotonic() + 5
        while _open(port) and time.monotonic() < deadline:
            threading.Event().wait(0.05)
        assert len(everything(connection)) < size


def _open(port):
    """Whether the server still has a connection open, as the kernel counts."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(row[1].endswith(f":{port:04X}") and row[3] == "01" for row in rows)


def test_a_reader_that_takes_something_is_waited_for():
    left = [100_000]
    aborted = []
    timers = []
    clock = [0.0]

    def call_at(at, ring):
        timers.append((at, ring))
        return SimpleNamespace(cancel=lambda: None)

    transport = SimpleNamespace(
        get_write_buffer_size=lambda: left[0],
        abort=lambda: aborted.append(1),
        set_write_buffer_limits=lambda **_: None,
        get_extra_info=lambda _: None,
        pause_reading=lambda: None,
    )
    loop = SimpleNamespace(time=lambda: clock[0], call_at=call_at)
    limits = Limits(write_progress=10_000, head_seconds=99, write_seconds=5)
    app = SimpleNamespace(receive=None)
    connection = Connection(Shared(app=app, limits=limits, admission=Admission(limits), date_line=None), loop)

    def wait():
        """Let the next timer ring."""
        clock[0], ring = timers.pop()  # the one set last is the soonest
        ring()

    connection.connection_made(transport)
    connection.pause_writing()
    for taken in (10_000, 50_000):
        left[0] -= taken
        wait()
        assert not aborted
    left[0] -= 9_999
    wait()
    assert aborted


def test_no_further_answer_is_made_while_one_is_not_taken():
    sent, asked = [], []

    def write(data):
        sent.append(data)
        connection.pause_writing()

    transport = SimpleNamespace(
        set_write_buffer_limits=lambda **_: None,
        get_extra_info={"peername": ("8.8.8.8", 1)}.get,
        get_write_buffer_size=lambda: 1,
        is_closing=lambda: False,
        close=lambda: None,
        pause_reading=lambda: None,
        resume_reading=lambda: None,
        writelines=write,
    )
    loop = SimpleNamespace(time=lambda: 0.0, call_at=lambda *_: SimpleNamespace(cancel=lambda: None))
    limits = Limits()

    def answer(request):
        asked.append(request)
        return NOT_FOUND

    app = SimpleNamespace(answer=answer, receive=lambda _: None)
    connection = Connection(Shared(app, limits, Admission(limits), SimpleNamespace(line=lambda: b"")), loop)
    connection.connection_made(transport)
    connection.data_received(GET * 3)
    for number in (1, 2, 3, 3):
        assert len(sent) == number
        connection.resume_writing()
    assert {it.peer for it in asked} == {"8.8.8.8"}


def test_what_a_connection_is_doing_is_known():
    ready = []
    transport = SimpleNamespace(
        set_write_buffer_limits=lambda **_: None,
        get_extra_info=lambda _: None,
        get_write_buffer_size=lambda: 1,
        is_closing=lambda: False,
        close=lambda: None,
        pause_reading=lambda: None,
        resume_reading=lambda: None,
        write=lambda _: None,
        writelines=lambda _: None,
    )
    loop = SimpleNamespace(
        time=lambda: 0.0,
        call_at=lambda *_: SimpleNamespace(cancel=lambda: None),
        run_in_executor=lambda *_: SimpleNamespace(add_done_callback=ready.append),
    )
    limits = Limits()
    app = SimpleNamespace(
        answer=lambda request: NOT_FOUND if request.path == "/" else lambda: NOT_FOUND, receive=lambda _: None
    )
    shared = Shared(app=app, limits=limits, admission=Admission(limits), date_line=SimpleNamespace(line=lambda: b""))
    connection = Connection(shared, loop)
    connection.connection_made(transport)
    assert connection.state is State.SILENT
    connection.data_received(GET[:5])
    assert connection.state is State.SILENT
    connection.data_received(GET[5:])
    assert connection.state is State.IDLE
    connection.pause_writing()
    assert connection.state is State.STALLED
    connection.resume_writing()
    assert connection.state is State.IDLE
    connection.data_received(GET.replace(b"/ ", b"/later ", 1))
    assert connection.state is State.BUSY
    ready.pop()(SimpleNamespace(result=lambda: NOT_FOUND))
    assert connection.state is State.IDLE

    another = Connection(shared, loop)
    another.connection_made(transport)
    connection.connection_lost(None)
    assert connection._alarm.calls is None
    assert list(shared.admission._admitted) == list(shared.open) == [another]
    assert not shared.empty.is_set()
    another.connection_lost(None)
    assert not shared.admission._admitted
    assert shared.empty.is_set()


def test_silent_connections_make_room_for_one_that_asks(serve):
    port = serve(connections=8, per_client=8, head_seconds=60)
    silent = [connect(port) for _ in range(30)]
    try:
        for _ in range(20):
            with connect(port) as connection:
                connection.sendall(GET)
                assert statuses(connection.recv(65536)) == [200]
        assert [everything(connection) for connection in silent[:22]] == [b""] * 22
    finally:
        for connection in silent:
            connection.close()


def test_clients_are_told_apart_by_their_addresses(serve):
    port = serve(per_client=1)
    with connect(port) as first, socket.create_connection(("127.0.0.1", port), 10, ("127.0.0.2", 0)) as second:
        for connection in (second, first):
            connection.sendall(GET)
            assert statuses(connection.recv(65536)) == [200]


def test_when_all_are_busy_a_new_one_is_told_so(serve, publish, monkeypatch):
    publish("feeds/all.rss", b"x" * 1000)
    going = threading.Event()
    asked = threading.Event()

    def slowly(representation):
        asked.set()
        going.wait(10)
        return representation.whole(next(iter(representation.etags)))

    monkeypatch.setattr("syndicator.serve.representation.Representation.compressed", slowly)
    port = serve(connections=1, idle_seconds=0.1)
    with connect(port) as busy:
        busy.sendall(b"GET /feeds/all.rss HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
        assert asked.wait(10)
        received = ask(port, b"")
        going.set()
        assert statuses(received) == [503]
        assert is_harmless(received)
        assert statuses(everything(busy)) == [200]


def test_fifty_clients_at_once_are_all_answered(serve, publish):
    body = b"<rss/>" * 10_000
    publish("feeds/all.rss", body)
    port = serve(idle_seconds=2)
    connections = [connect(port) for _ in range(50)]
    streams = [connection.makefile("rb") for connection in connections]
    try:
        for _ in range(3):
            for connection in connections:
                connection.sendall(b"GET /feeds/all.rss HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
            assert {gzip.decompress(one_body(stream)) for stream in streams} == {body}
    finally:
        for opened in (*streams, *connections):
            opened.close()


def test_no_answer_is_torn_or_older_than_the_one_before_while_a_file_is_replaced(serve, publish):
    def version(number):
        return b"%06d" % number * 2000

    publish("feeds/all.rss", version(0))
    port = serve()
    done = threading.Event()
    wrong = []

    def read(field):
        last, finished = -1, False
        with connect(port) as connection, connection.makefile("rb") as stream:
            while not finished:
                finished = done.is_set()
                connection.sendall(b"GET /feeds/all.rss HTTP/1.1\r\nHost: x\r\n" + field + b"\r\n")
                body = one_body(stream)
                if b"gzip" in field:
                    body = gzip.decompress(body)
                number = int(body[:6])
                if body != version(number) or number < last:
                    wrong.append((last, number))
                last = number
        if last != 500:
            wrong.append(("the last one was not seen", last))

    readers = [threading.Thread(target=read, args=(field,)) for field in (b"", b"Accept-Encoding: gzip\r\n", b"")]
    for reader in readers:
        reader.start()
    for number in range(1, 501):
        publish("feeds/all.rss", version(number))
    done.set()
    for reader in readers:
        reader.join(30)
    assert not wrong
