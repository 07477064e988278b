"""Requests go through the operator's proxy: only there, all of them, and not inward."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from support.door import SETTINGS, Door
from support.origin import Asked, Origin, Step, answer
from syndicator.fetch import handle, lookup
from syndicator.fetch.exchange import Exchange
from syndicator.fetch.outgoing import prepare
from syndicator.fetch.proxy import Proxy, judge_target
from syndicator.model.outcome import Failed
from syndicator.model.web import Request

CERTIFICATE = Path(__file__).parent / "data" / "loopback.pem"
PUBLIC = "93.184.216.34"
NAMES = {
    "proxy.example": ["127.0.0.1"],
    "open.example": [PUBLIC],
    "inward.example": ["10.0.0.1"],
    "mixed.example": [PUBLIC, "10.0.0.1"],
    "localhost": [PUBLIC],  # where the proxy knows better
    "unknown.example": [],
    PUBLIC: [PUBLIC],
    "127.0.0.1": ["127.0.0.1"],
}

pytestmark = pytest.mark.usefixtures("names")


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "_addresses", NAMES.__getitem__)


class Tunnel:
    """A proxy for one connection after another: it answers a CONNECT, and hands bytes to and fro."""

    def __init__(self, port: int, status: str = "200 Go") -> None:
        self.heads: list[str] = []
        self._to, self._status = port, status
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._socket.accept()
                head = client.makefile("rb", buffering=0)
                lines = iter(head.readline, b"\r\n")
                self.heads.append(b"".join(lines).decode())
                client.sendall(f"HTTP/1.1 {self._status}\r\nX-Proxy: 1\r\n\r\n".encode())
                head.close()
                with client, socket.create_connection(("127.0.0.1", self._to)) as host:
                    there = threading.Thread(target=self._hand, args=(client, host), daemon=True)
                    there.start()
                    self._hand(host, client)
                    there.join(5)

    @staticmethod
    def _hand(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


@pytest.fixture
def through(open_door: Callable[..., Door], origin: Origin) -> Door:
    """A door whose proxy is the origin; nothing private is allowed."""
    return open_door(allow_networks=(), proxy=f"http://user:w%20rd@proxy.example:{origin.port}")


def test_the_setting_names_a_hop() -> None:
    assert Proxy.of("") is None
    assert Proxy.of("http://u:w@proxy.example:3128/") == Proxy("http://u:w@proxy.example:3128/", "proxy.example", 3128)
    assert Proxy.of("http://[::1]:80") == Proxy("http://[::1]:80", "::1", 80)


def test_plain_requests_name_their_host_to_the_proxy(
    through: Door, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    origin.serve("http://open.example/feed", b"ok")
    origin.serve(f"http://{PUBLIC}:8080/feed", b"literal")
    assert through.body("http://open.example/feed", authorization="Basic abc") == b"ok"
    assert through.body(f"http://{PUBLIC}:8080/feed") == b"literal"
    assert origin.asked[0].field("host") == "open.example"
    assert origin.asked[0].field("proxy-authorization") == "Basic dXNlcjp3IHJk"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://inward.example/", "forbidden"),
        ("http://mixed.example/", "forbidden"),
        ("https://inward.example/", "forbidden"),
        ("http://127.0.0.1:{port}/", "forbidden"),  # the proxy's own address, as a host
        ("http://proxy.example:{port}/", "forbidden"),
        ("http://unknown.example/", "dns"),
    ],
)
def test_a_host_inward_is_not_asked_for(through: Door, origin: Origin, url: str, kind: str) -> None:
    found = through.ask(url.format(port=origin.port))
    assert isinstance(found, Failed)
    assert found.failure.kind == kind
    assert origin.connections == 0


def test_a_host_is_judged_by_all_of_its_addresses() -> None:
    assert judge_target([PUBLIC], ()) is None
    refused = judge_target([PUBLIC, "::ffff:10.0.0.1"], ())
    assert isinstance(refused, Failed)
    assert refused.failure.kind == "forbidden"


def test_https_goes_through_a_tunnel_that_sees_no_credentials(
    open_door: Callable[..., Door], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handle, "CA_BUNDLE", str(CERTIFICATE))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    host = Origin(context)
    tunnel = Tunnel(host.port)
    host.serve("/feed", b"secret", "X-Host: 1")
    door = open_door(allow_networks=(), proxy=f"http://proxy.example:{tunnel.port}")
    try:
        found = door.ask("https://localhost/feed", authorization="Bearer token")
        assert (found.body, found.header("x-host"), found.header("x-proxy")) == (b"secret", "1", "")
        assert host.asked[0].field("authorization") == "Bearer token"
        assert tunnel.heads[0].startswith("CONNECT localhost:443 ")
        assert "token" not in tunnel.heads[0]
    finally:
        tunnel.close()
        host.close()


@pytest.mark.parametrize("status", ["403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"])
def test_a_proxy_that_refuses_is_named(open_door: Callable[..., Door], status: str) -> None:
    tunnel = Tunnel(1, status)
    found = open_door(allow_networks=(), proxy=f"http://proxy.example:{tunnel.port}").ask("https://open.example/")
    tunnel.close()
    assert found.failure.kind == "connect"
    assert found.failure.message == "The proxy does not connect us to the host."
    assert "`proxy`" in found.failure.remedy


@pytest.mark.parametrize(
    ("family", "kind", "address", "reason"),
    [
        (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 3128), ""),
        (socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_CLOEXEC, ("127.0.0.1", 3128), ""),
        (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 80), "it is not the proxy's"),
        (socket.AF_INET, socket.SOCK_STREAM, (PUBLIC, 3128), "it is not the proxy's"),
        (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 3128), "it is not spoken to over TCP"),
        (socket.AF_UNIX, socket.SOCK_STREAM, ("127.0.0.1", 3128), "it is not spoken to over TCP"),
    ],
)
def test_nothing_but_the_proxy_itself_is_dialled(family: int, kind: int, address: tuple[str, int], reason: str) -> None:
    request = Request(source_id="s", url="http://open.example/")
    proxy = Proxy("http://proxy.example:3128", "proxy.example", 3128)
    exchange = Exchange(request, prepare(request, "x"), SETTINGS, proxy)
    exchange.configure(handle.new_handle(proxy), ["127.0.0.1"], 0.0)
    assert exchange._forbidden(SimpleNamespace(family=family, socktype=kind, addr=address)) == reason


@pytest.mark.parametrize(("proxy", "kind"), [("proxy.example:1", "connect"), ("unknown.example:1", "dns")])
def test_a_proxy_that_is_not_there_is_named(open_door: Callable[..., Door], proxy: str, kind: str) -> None:
    found = open_door(allow_networks=(), proxy=f"http://{proxy}").ask("http://open.example/")
    assert found.failure.kind == kind
    assert found.failure.message in {
        "The proxy does not accept connections.",
        "The proxy's name is unknown, or no name server gave an answer.",
    }


def test_redirects_go_through_it_too_and_a_host_s_own_redirect_to_the_proxy_does_not(
    through: Door, origin: Origin
) -> None:
    def moved(asked: Asked) -> "list[Step]":
        return answer(b"", f"Location: http://proxy.example:{origin.port}/", status="302 Found")

    origin.on("http://open.example/feed", moved)
    assert through.ask("http://open.example/feed").status == 302
    assert through.failure(f"http://proxy.example:{origin.port}/") == "forbidden"


@pytest.fixture
def origin() -> Iterator[Origin]:
    host = Origin()
    yield host
    host.close()
