import errno
import os
import resource
import socket
import subprocess
import sys
from types import SimpleNamespace

import pytest

from support.raw import GET, connect, everything, statuses
from syndicator.clock import SystemClock
from syndicator.errors import UsageError
from syndicator.serve.limits import Limits
from syndicator.serve.server import _resolve, _within_descriptors, address_of, listen, run


def test_a_taken_port_is_one_sentence_with_the_remedy(public, status_file):
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as caught:
            run(public, "127.0.0.1", port, status=status_file, clock=SystemClock(), on_ready=pytest.fail)
    assert str(caught.value) == (
        f"127.0.0.1:{port} is already in use. "
        "Stop the program that listens there, or set `[serve] listen` to another port."
    )


@pytest.mark.parametrize(
    ("host", "port", "sentence"),
    [
        ("192.0.2.1", 8008, "192.0.2.1:8008 is not an address of this machine."),
        ("2001:db8::1", 8008, "[2001:db8::1]:8008 "),
        ("127.0.0.1", 70000, "127.0.0.1:70000 is not an address to listen on."),
        ("x" * 300, 8008, "is not an address to listen on."),
    ],
)
def test_a_bad_address_names_the_setting(host, port, sentence):
    with pytest.raises(UsageError) as caught:
        listen(host, port)
    assert sentence in str(caught.value)
    assert "`[serve] listen`" in caught.value.remedy


def test_a_port_of_the_systems_names_the_remedy(monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(UsageError) as caught:
        listen("127.0.0.1", 80)
    assert str(caught.value) == (
        "127.0.0.1:80 may not be used by this user. Set `[serve] listen` to a port above 1023, or allow this user to"
        " use that one."
    )


def test_a_name_that_nobody_knows_names_the_setting(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(
        UsageError, match=r"nobody:8008 is not an address: Name or service not known\. .*`\[serve\] listen`"
    ):
        listen("nobody", 8008)


def test_no_host_means_every_address_of_the_machine():
    with listen("", 0) as server:
        assert (server.family == socket.AF_INET6) == socket.has_dualstack_ipv6()
        socket.create_connection(("127.0.0.1", server.getsockname()[1]), timeout=10).close()


def test_a_machine_without_ipv6_serves_all_the_same(monkeypatch):
    monkeypatch.setattr(socket, "has_dualstack_ipv6", lambda: False)
    with listen("", 0) as server:
        assert server.family == socket.AF_INET
        socket.create_connection(("127.0.0.1", server.getsockname()[1]), timeout=10).close()


@pytest.mark.parametrize(
    ("found", "taken"),
    [
        ([("::1", 0, 0, 0), ("127.0.0.1", 0), ("127.0.0.2", 0)], (socket.AF_INET, ("127.0.0.1", 8008))),
        ([("fe80::1", 0, 0, 7)], (socket.AF_INET6, ("fe80::1", 8008, 0, 7))),
    ],
    ids=["IPv4 first", "with its zone"],
)
def test_of_what_a_name_means_one_address_is_taken(monkeypatch, found, taken):
    entries = [(socket.AF_INET6 if len(it) == 4 else socket.AF_INET, socket.SOCK_STREAM, 6, "", it) for it in found]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: entries)
    assert _resolve("name", 8008) == taken


@pytest.mark.parametrize(
    ("host", "address"), [("127.0.0.1", "http://127.0.0.1:{}/"), ("localhost", "http://127.0.0.1:{}/")]
)
def test_the_address_told_has_the_real_port(host, address):
    with listen(host, 0) as server:
        assert address_of(server) == address.format(server.getsockname()[1])


def test_it_starts_again_at_once_where_it_served_before():
    with listen("127.0.0.1", 0) as before:
        address = before.getsockname()
        with socket.create_connection(address, timeout=10) as client:
            before.accept()[0].close()  # who closes first keeps the port for a minute, as the kernel sees it
            assert client.recv(1) == b""
    listen(*address).close()


def test_no_more_connections_are_taken_than_descriptors_allow(monkeypatch, serve, publish):
    publish("index.html", b"<p>home")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (66, 66))
    port = serve(idle_seconds=60)
    with connect(port) as first, connect(port) as second, connect(port) as third:
        for connection in (second, third):
            connection.sendall(GET)
            assert statuses(connection.recv(65536)) == [200]
        assert everything(first) == b""


@pytest.mark.parametrize(
    ("allowed", "wanted", "taken"),
    [(1024, 1000, 960), (1024, 3, 3), (32, 1000, 1), (resource.RLIM_INFINITY, 1000, 1000)],
)
def test_a_limit_of_descriptors_leaves_room_for_files(monkeypatch, allowed, wanted, taken):
    monkeypatch.setattr(resource, "getrlimit", lambda _: (allowed, resource.RLIM_INFINITY))
    assert _within_descriptors(Limits(connections=wanted)).connections == taken


def test_an_ipv6_address_is_told_as_a_url_has_it():
    assert address_of(SimpleNamespace(getsockname=lambda: ("::1", 8008, 0, 0))) == "http://[::1]:8008/"


def test_other_commands_do_not_wait_for_the_event_loop_to_load():
    program = "import sys, syndicator.serve.server; print({'uvloop', 'httptools', 'asyncio'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout == "set()\n"
