"""Real sockets on loopback; the limits are small, so that the tests are quick."""

import contextlib
import socket
import struct
import threading
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from support.raw import GET, ask, connect, everything, is_harmless, statuses
from syndicator.serve.representation import Representation
from syndicator.serve.wire import DateLine


@pytest.fixture(autouse=True)
def _home(publish):
    publish("index.html", b"<p>home")


def test_a_head_that_never_ends_is_cut_off_in_time(serve):
    port = serve(head_seconds=0.3)
    began = time.monotonic()
    received = ask(port, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    assert statuses(received) == [408]
    assert is_harmless(received)
    assert time.monotonic() - began < 2


def test_dripping_bytes_do_not_buy_more_time_but_do_not_cost_the_answer(serve):
    with connect(serve(head_seconds=0.4)) as connection:
        began = time.monotonic()
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        connection.settimeout(0.05)
        received = b""
        while not received and time.monotonic() < began + 5:
            connection.sendall(b"a")
            with contextlib.suppress(TimeoutError):
                received = connection.recv(65536)
        assert time.monotonic() - began < 2
        assert statuses(received) == [408]
        for _ in range(5):  # what was on its way; a reset in return could overtake the answer
            connection.sendall(b"a")
            threading.Event().wait(0.01)
        assert everything(connection) == b""


def test_a_connection_that_says_nothing_is_closed_without_a_word(serve):
    assert ask(serve(head_seconds=0.2), b"") == b""
    assert statuses(ask(serve(head_seconds=0.2), b"\r\n\r\n")) == [408]


def test_between_two_requests_a_client_is_waited_for_only_so_long(serve):
    assert statuses(ask(serve(idle_seconds=0.2, head_seconds=60), GET)) == [200]


@pytest.mark.parametrize("begun", [b"G", b"\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_a_second_request_that_never_ends_is_cut_off_like_the_first(serve, begun):
    with connect(serve(idle_seconds=60, head_seconds=0.2)) as connection:
        connection.sendall(GET)
        assert statuses(connection.recv(65536)) == [200]
        connection.sendall(begun)
        assert statuses(everything(connection)) == [408]


LARGE = b"a" * 17 * 1024


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + LARGE + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 3200 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + LARGE, 431),
        (b"GET / HTTP/1.1\r\n" + LARGE, 431),
        (b"GET /" + b"a" * 1024 + b" HTTP/1.1\r\nHost: x\r\nX-Large: " + LARGE, 431),
        (b"GET /" + LARGE + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET /" + LARGE + b" HTTP/1.0\r\n\r\n", 414),
        (b"GET /" + LARGE, 414),
        (b"GET /?" + LARGE + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    ],
    ids=["field", "many fields", "unfinished", "name", "both", "path", "path of 1.0", "unfinished path", "query"],
)
def test_a_head_of_seventeen_kilobytes_is_refused(serve, request_, status):
    received = ask(serve(), request_)
    assert statuses(received) == [status]
    assert is_harmless(received)


def test_a_head_that_begins_behind_a_whole_one_has_the_same_limits(serve):
    assert statuses(ask(serve(), GET + b"GET /" + LARGE)) == [200, 414]
    with connect(serve(idle_seconds=60, head_seconds=0.2)) as connection:
        connection.sendall(GET + b"GET /")
        assert statuses(everything(connection)) == [200, 408]


def test_a_head_of_megabytes_is_refused_before_it_has_arrived(serve):
    port = serve()
    with connect(port) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Large: ")
        sent = 0
        try:
            while sent < 1 << 26:
                sent += connection.send(b"a" * 65536)
        except OSError:
            pass
        assert sent < 1 << 24


def test_a_head_of_fifteen_kilobytes_is_taken(serve):
    port = serve(idle_seconds=0.2)
    assert statuses(ask(port, GET[:-2] + b"X-Large: " + b"a" * 15 * 1024 + b"\r\n\r\n")) == [200]


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x00" * 100,
        b"GARBAGE\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nBad\x00: y\r\n\r\n",
        b"GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /\xd1\x91 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_and_the_server_lives(serve, garbage, capfd):
    port = serve(idle_seconds=0.2)
    received = ask(port, garbage)
    assert statuses(received) in ([400], [405])
    assert is_harmless(received) or statuses(received) == [405]
    assert statuses(ask(port, GET)) == [200]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("target", [b"*", b"/", b"/feeds/all.rss", b"http://x/feeds/all.rss"])
def test_options_are_told_without_a_body_or_its_length(serve, publish, target):
    publish("feeds/all.rss", b"<rss/>")
    received = ask(serve(idle_seconds=0.2), b"OPTIONS %b HTTP/1.1\r\nHost: x\r\n\r\n" % target + GET)
    assert statuses(received) == [204, 200]
    head = received.partition(b"\r\n\r\n")[0].lower()
    assert b"\r\nallow: get, head, options\r\n" in head
    assert b"content-length" not in head, "RFC 9110, section 8.6"


def test_garbage_after_a_request_does_not_cost_that_request_its_answer(serve):
    received = ask(serve(), GET + GET + b"\x00garbage\r\n\r\n" + GET)
    assert statuses(received) == [200, 200, 400]


@pytest.mark.parametrize("last", [b"\x00garbage\r\n\r\n", GET[:-2] + b"Connection: close\r\n\r\n"])
def test_the_last_answer_alone_says_that_it_is(serve, last):
    with connect(serve(idle_seconds=60)) as connection:
        connection.sendall(GET)
        received = connection.recv(65536)
        connection.sendall(GET * 2 + last)
        received += everything(connection)
    closes = [b"\r\nconnection: close\r\n" in it for it in received.split(b"HTTP/1.1 ")[1:]]
    assert closes == [False, False, False, True]


def test_requests_sent_ahead_are_answered_in_order_up_to_a_number(serve, publish):
    for number in range(8):
        publish(f"{number}.css", b"[%d]" % number)
    asked = [b"GET /%d.css HTTP/1.1\r\nHost: x\r\n\r\n" % number for number in range(8)]
    port = serve(pipelined=8, idle_seconds=0.2)
    received = ask(port, b"".join(asked))
    assert [part[:1] for part in received.split(b"[")[1:]] == [b"%d" % number for number in range(8)]
    flood = statuses(ask(port, GET * 5000))
    assert flood.pop() == 429
    assert set(flood) == {200}
    assert len(flood) < 50


@pytest.fixture
def slow(monkeypatch):
    """Compressing begins, and does not end before it may."""
    asked, may_end = threading.Event(), threading.Event()
    compressed = Representation.compressed

    def slowly(representation):
        asked.set()
        may_end.wait(10)
        return compressed(representation)

    monkeypatch.setattr(Representation, "compressed", slowly)
    yield asked, may_end
    may_end.set()


def test_requests_behind_one_that_takes_a_moment_are_answered_after_it(serve, slow):
    asked, may_end = slow
    with connect(serve(idle_seconds=0.2)) as connection:
        connection.sendall(GET[:-2] + b"Accept-Encoding: gzip\r\n\r\n" + GET)
        assert asked.wait(10)
        connection.sendall(GET[:-2] + b"If-None-Match: *\r\n\r\n")
        may_end.set()
        received = everything(connection)
    assert statuses(received) == [200, 200, 304]
    assert received.count(b"content-encoding: gzip") == 1
    assert b"gzip" in received.split(b"HTTP/1.1")[1]


def test_a_client_that_says_no_more_while_its_answer_is_made_gets_it(serve, slow):
    asked, may_end = slow
    with connect(serve()) as connection:
        connection.sendall(GET[:-2] + b"Accept-Encoding: gzip\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        assert asked.wait(10)
        may_end.set()
        assert statuses(everything(connection)) == [200]


def test_an_answer_may_take_longer_to_make_than_a_client_may_take_to_ask(serve, slow):
    asked, may_end = slow
    with connect(serve(head_seconds=0.1, idle_seconds=0.1)) as connection:
        connection.sendall(GET[:-2] + b"Accept-Encoding: gzip\r\n\r\n")
        assert asked.wait(10)
        may_end.wait(0.3)
        may_end.set()
        assert statuses(everything(connection)) == [200]


def test_an_answer_that_is_being_made_when_the_server_ends_is_the_last(serve, servers, slow):
    asked, may_end = slow
    port = serve()
    with connect(port) as connection:
        connection.sendall(GET[:-2] + b"Accept-Encoding: gzip\r\n\r\n")
        assert asked.wait(10)
        server, thread = servers[-1]
        server.stop()
        with contextlib.suppress(ConnectionError):
            while True:
                socket.create_connection(("127.0.0.1", port), timeout=10).close()
        may_end.set()
        received = everything(connection)
        thread.join(10)
    assert statuses(received) == [200]
    assert b"\r\nconnection: close\r\n" in received


def test_a_client_that_leaves_while_its_answer_is_made_harms_nobody(serve, slow, capfd):
    asked, may_end = slow
    port = serve(idle_seconds=0.2)
    with connect(port) as connection:
        connection.sendall(GET[:-2] + b"Accept-Encoding: gzip\r\n\r\n")
        assert asked.wait(10)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close with a reset
    may_end.set()
    assert statuses(ask(port, GET)) == [200]
    assert capfd.readouterr() == ("", "")


def test_the_head_alone_is_sent_to_who_asks_for_it(serve):
    received = ask(serve(idle_seconds=0.2), b"HEAD" + GET[3:] + GET)
    head, _, rest = received.partition(b"\r\n\r\n")
    assert b"content-length: 7" in head
    assert rest.startswith(b"HTTP/1.1 200 OK\r\n")
    assert received.endswith(b"\r\n\r\n<p>home")


def test_the_answer_is_dated_to_the_second():
    clock = SimpleNamespace(passed=0.7)
    clock.now = lambda: datetime(2026, 3, 1, 12, 0, tzinfo=UTC) + timedelta(seconds=clock.passed)
    clock.monotonic = lambda: 1000 + clock.passed
    date_line = DateLine(clock)
    for passed, second in [(0.7, 0), (0.99, 0), (1.01, 1), (1.9, 1), (62.5, 62)]:
        clock.passed = passed
        assert date_line.line() == b"date: Sun, 01 Mar 2026 12:%02d:%02d GMT\r\n" % divmod(second, 60)


@pytest.mark.parametrize(
    "request_",
    [
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000000\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n",
    ],
)
def test_a_body_is_not_waited_for(serve, request_):
    assert statuses(ask(serve(idle_seconds=60, head_seconds=60), request_)) == [405]


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 800000\r\n\r\n" + b"x" * 800_000, [405]),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 800_000, [431]),
        (GET * 30_000, [200] * 128 + [429]),
    ],
    ids=["body", "head", "requests"],
)
def test_who_sends_more_than_is_read_still_gets_the_answer(serve, sent, answered):
    with connect(serve(idle_seconds=60, head_seconds=60), receive_buffer=16_384) as connection:
        for start in range(0, len(sent), 50_000):  # as over a network: the rest comes after the answer
            connection.sendall(sent[start : start + 50_000])
            threading.Event().wait(0.005)
        assert statuses(everything(connection)) == answered


def test_who_sends_on_and_on_is_left(serve):
    with connect(serve(linger_seconds=0.2)) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 800000\r\n\r\n")
        assert statuses(everything(connection)) == [405]
        sent = 0
        with contextlib.suppress(ConnectionError):
            while sent < 500:
                connection.sendall(b"x")
                sent += 1
                threading.Event().wait(0.01)
        assert sent < 500


def test_an_upgrade_is_not_taken_up_and_the_answer_is_the_plain_one(serve, capfd):
    upgrade = GET[:-2] + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: x\r\n\r\n"
    port = serve(idle_seconds=60, head_seconds=60)
    assert statuses(ask(port, upgrade)) == [200]
    websocket = GET[:-2] + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\n\r\n"
    assert statuses(ask(port, websocket)) == [200]
    assert capfd.readouterr() == ("", "")


def test_an_old_client_gets_its_answer_and_the_connection_closes(serve):
    assert statuses(ask(serve(idle_seconds=9), b"GET / HTTP/1.0\r\n\r\n")) == [200]
    assert statuses(ask(serve(idle_seconds=9), GET[:-2] + b"Connection: close\r\n\r\n")) == [200]
