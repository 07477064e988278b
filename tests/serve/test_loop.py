import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest

from support.raw import GET, ask, connect, everything, statuses
from syndicator.clock import SystemClock
from syndicator.serve.server import listen, prepare

PROGRAM = """
import sys
from pathlib import Path
from syndicator.clock import SystemClock
from syndicator.serve.server import run
run(Path(sys.argv[1]), "127.0.0.1", 0, status=Path(sys.argv[2]), clock=SystemClock(),
    on_ready=lambda address: print(address, flush=True))
print("returned", flush=True)
"""


@contextmanager
def running(public, status):
    """The server as a process of its own, and its port."""
    command = [sys.executable, "-c", PROGRAM, public, status]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            address = process.stdout.readline()
            assert address.startswith("http://127.0.0.1:")
            yield process, int(address.rstrip("/\n").rpartition(":")[2])
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_within_a_second_whatever_clients_do(public, publish, status_file, number):
    publish("index.html", b"<p>home")
    publish("feeds/all.rss", b"x" * (8 << 20))
    with running(public, status_file) as (process, port):
        idle, silent, stuck = (socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(3))
        with idle, silent, stuck:
            idle.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert idle.recv(65536).startswith(b"HTTP/1.1 200 OK\r\n")
            silent.sendall(b"GET / HT")
            stuck.sendall(b"GET /feeds/all.rss HTTP/1.1\r\nHost: x\r\n\r\n")
            assert stuck.recv(10) == b"HTTP/1.1 2"
            began = time.monotonic()
            process.send_signal(number)
            out, err = process.communicate(timeout=10)
            assert time.monotonic() - began < 1.5  # one second, and what a busy machine takes
        assert (process.returncode, out, err) == (0, "returned\n", "")


def test_who_waits_for_nothing_does_not_hold_up_the_end(serve, publish, servers, monkeypatch):
    monkeypatch.setattr("syndicator.serve.loop._LAST_WORDS", 60)
    publish("index.html", b"<p>home")
    port = serve(idle_seconds=60, head_seconds=60)
    server, thread = servers[-1]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as idle:
        idle.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(65536).startswith(b"HTTP/1.1 200 OK\r\n")
        with socket.create_connection(("127.0.0.1", port), timeout=10) as silent:
            server.stop()
            assert idle.recv(1) == silent.recv(1) == b""
            thread.join(10)
            assert not thread.is_alive()


def test_an_answer_under_way_is_waited_for_at_the_end(serve, publish, servers, monkeypatch):
    monkeypatch.setattr("syndicator.serve.loop._LAST_WORDS", 60)
    publish("index.html", b"<p>home")
    publish("feeds/all.rss", b"x" * (4 << 20))
    port = serve(idle_seconds=0.1)
    assert statuses(ask(port, GET)) == [200]  # so that there was a moment without connections
    server, thread = servers[-1]
    with connect(port, receive_buffer=65_536) as connection:
        connection.sendall(b"GET /feeds/all.rss HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(1) == b"H"
        server.stop()
        thread.join(0.1)
        assert everything(connection).count(b"x") > 4 << 20
    thread.join(10)
    assert not thread.is_alive()


def test_it_starts_before_anything_is_published_and_says_nothing_of_requests(public, publish, status_file):
    public.rmdir()
    with running(public, status_file) as (process, port):
        for expected in (b"HTTP/1.1 503", b"HTTP/1.1 200"):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                answer = connection.recv(65536)
                assert answer.startswith(expected)
                assert b"\r\ndate: " in answer
                assert b"\r\nserver:" not in answer.lower()
            publish("index.html", b"<p>home")
        process.terminate()
        assert process.communicate(timeout=10) == ("returned\n", "")


def test_what_signals_did_before_they_do_again_afterwards(public, status_file):
    def mine(*_):
        raise AssertionError

    before = {number: signal.signal(number, mine) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        ready = threading.Event()
        listening = listen("127.0.0.1", 0)
        server = prepare(listening, public, status=status_file, clock=SystemClock(), on_ready=lambda _: ready.set())
        killer = threading.Thread(target=lambda: ready.wait(10) and signal.raise_signal(signal.SIGTERM))
        killer.start()
        server.run()
        killer.join()
        assert [signal.getsignal(number) for number in before] == [mine, mine]
        assert listening.fileno() == -1
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
