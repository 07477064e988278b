"""The same laws over HTTP/2 and TLS: what a host does with frames changes nothing of what may come in."""

import gzip
import itertools
import ssl
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from support.door import AT_DEADLINE, AT_ONCE, SETTINGS, Door
from support.http2 import End, Handler, Head, Raw, SecondOrigin, Step
from support.origin import Asked
from syndicator.fetch import handle, lookup
from syndicator.model.outcome import Failed
from syndicator.model.web import Response, Validators

CERTIFICATE = Path(__file__).parent / "data" / "loopback.pem"


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> Iterator[SecondOrigin]:
    monkeypatch.setattr(handle, "CA_BUNDLE", str(CERTIFICATE))
    monkeypatch.setattr(lookup, "_addresses", lambda _: ["127.0.0.1"])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    host = SecondOrigin(context)
    yield host
    host.close()


def frame(kind: int, flags: int, payload: bytes, stream: int) -> bytes:
    return len(payload).to_bytes(3) + bytes([kind, flags]) + stream.to_bytes(4) + payload


def field(name: bytes, value: bytes) -> bytes:
    """HPACK, without compression (RFC 7541, section 6.2.2)."""
    assert len(name) < 127
    assert len(value) < 127
    return b"\0" + bytes([len(name)]) + name + bytes([len(value)]) + value


def forever(*steps: Step, pause: float = 0.0) -> Handler:
    *first, last = steps
    again = (last, pause) if pause else (last,)
    return lambda _: itertools.chain(first, itertools.chain.from_iterable(itertools.repeat(again)))


def script(*steps: Step) -> Handler:
    return lambda _: steps


def test_a_conditional_poll_goes_over_the_connection_that_stands(door: Door, second: SecondOrigin) -> None:
    sent = Validators(etag='W/"a\\b é",, "c"', last_modified="yesterday, o'clock; 25:00")

    def conditional(asked: Asked) -> Iterable[Step]:
        matches = asked.field("if-none-match") == sent.etag and asked.field("if-modified-since") == sent.last_modified
        return [Head("304", (("etag", sent.etag),)), End.STREAM] if matches else [Head(), b"new", End.STREAM]

    second.handler = conditional
    for _ in range(3):
        found = door.ask(second.url(), validators=sent)
        assert isinstance(found, Response)
        assert (found.status, found.body, found.header("etag")) == (304, b"", sent.etag)
    assert door.body(second.url()) == b"new"
    assert second.connections == 1


@pytest.mark.parametrize("end", [End.GO_AWAY, End.CLOSE])
def test_a_connection_that_the_host_ends_between_two_polls_is_no_failure(
    door: Door, second: SecondOrigin, end: End
) -> None:
    second.handler = script(Head(), b"ok", End.STREAM, end)
    for _ in range(5):
        assert door.body(second.url()) == b"ok"
    second.handler = script(Head(), b"ok", End.STREAM)
    for _ in range(5):
        assert door.body(second.url()) == b"ok"
        second.hang_up()
    assert door.body(second.url()) == b"ok"
    before = second.connections
    assert door.body(second.url()) == b"ok"
    assert second.connections == before, "the connection that was made in its place is used again"


def test_the_time_that_a_dead_connection_has_cost_is_the_polls(door: Door, second: SecondOrigin) -> None:
    second.handler = script(Head(), b"ok", End.STREAM)
    assert door.body(second.url()) == b"ok"
    scripts = iter([(1.8, End.RESET)])
    second.handler = lambda _: next(scripts, ())
    assert door.failure(second.url()) == "timeout"
    assert second.connections == 2, "it was asked once more"
    assert AT_DEADLINE[0] < door.seconds < 1.5 * SETTINGS.timeout


def test_a_refused_stream_is_asked_again(door: Door, second: SecondOrigin) -> None:
    """The host says that it has done nothing with it (RFC 9113, section 8.7)."""
    refused = iter([True])
    second.handler = lambda _: [End.REFUSE] if next(refused, False) else [Head(), b"ok", End.STREAM]
    assert door.body(second.url()) == b"ok"


def test_interim_answers_and_trailers_are_left_out(door: Door, second: SecondOrigin) -> None:
    second.handler = script(
        Head("103", (("link", "</a>"),)), Head("200", (("a", "1"),)), b"ok",
        Raw(lambda stream: frame(1, 0x5, field(b"etag", b"late"), stream)),
    )  # fmt: skip
    found = door.ask(second.url())
    assert isinstance(found, Response)
    assert (found.headers, found.body) == ((("a", "1"),), b"ok")


GZIPPED = Head("200", (("content-encoding", "gzip"),))
LONG = Head("200", (("content-length", "999"),))
HALF_A_HEAD = Raw(lambda stream: frame(1, 0, b"\x88", stream))
CONTINUATION = Raw(lambda stream: frame(9, 0, field(b"x", b"1" * 99) * 100, stream))
BROKEN: dict[str, tuple[Handler, str]] = {
    "truncated gzip": (script(GZIPPED, gzip.compress(b"text")[:-1], End.STREAM), "truncated"),
    "gzip bomb": (script(GZIPPED, gzip.compress(bytes(99 << 20), 1), End.STREAM), "too-large"),
    "reset in the body": (script(Head(), b"text", End.RESET), "truncated"),
    "reset before the head": (script(End.RESET), "connect"),
    "closed in the body": (script(Head(), b"text", End.CLOSE), "truncated"),
    "closed before the head": (script(End.CLOSE), "connect"),
    "left in the body": (script(Head(), b"text", End.GO_AWAY), "truncated"),
    "short body": (script(LONG, b"text", End.STREAM), "truncated"),
    "long body": (script(LONG, b"x" * 1999, End.STREAM), "truncated"),
    "length beyond the cap": (script(Head("200", (("content-length", "99999999"),)), b"x"), "too-large"),
    "endless body": (forever(Head(), b"x" * 16384), "too-large"),
    "many fields": (script(Head("200", (("x", "1"),) * 201), End.STREAM), "too-large"),
    "large fields": (script(Head("200", (("x", "1" * 9999),) * 9), End.STREAM), "too-large"),
    "endless fields": (forever(HALF_A_HEAD, CONTINUATION), "too-large"),
    "endless interim answers": (forever(Head("103", (("x", "1" * 999),))), "too-large"),
    "a status that is none": (script(Head("abc"), End.STREAM), "connect"),
    "no status": (script(Raw(lambda stream: frame(1, 0x5, field(b"x", b"1"), stream))), "malformed"),
    "fields in the wrong order": (
        script(Raw(lambda stream: frame(1, 0x5, field(b"x", b"1") + field(b":status", b"200"), stream))), "malformed"
    ),
    "broken compression": (script(Raw(lambda stream: frame(1, 0x5, b"\xff\xff\xff\xff\xff", stream))), "connect"),
    "data before the head": (script(Raw(lambda stream: frame(0, 1, b"x", stream))), "connect"),
    "a frame beyond its size": (script(Head(), Raw(lambda stream: frame(0, 0, bytes(1 << 20), stream))), "truncated"),
    "a frame that nobody knows": (script(Raw(lambda stream: frame(99, 0, b"?", stream)), End.RESET), "connect"),
    "HTTP/1.1 in its place": (script(Raw(lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" * 9)), "connect"),
}  # fmt: skip


@pytest.mark.parametrize(("handler", "kind"), BROKEN.values(), ids=BROKEN)
def test_broken_frames_are_a_failure_and_never_a_short_success(
    open_door: Callable[..., Door], second: SecondOrigin, handler: Handler, kind: str
) -> None:
    door = open_door(timeout=6.0, connect_timeout=3.0)
    second.handler = handler
    assert door.failure(second.url()) == kind
    assert door.seconds < 2.9
    second.handler = script(Head(), b"ok", End.STREAM)
    assert door.body(second.url()) == b"ok", "the next poll is not harmed"


SLOW: dict[str, Handler] = {
    "silence": script(),
    "a body that drips": forever(Head(), b"x", pause=0.05),
    "a stall in the body": script(Head(), b"x"),
    "a head that drips": forever(HALF_A_HEAD, Raw(lambda stream: frame(9, 0, b"", stream)), pause=0.5),
    "pings": forever(Raw(lambda _: frame(6, 0, bytes(8), 0)), pause=0.01),
    "empty frames": forever(Head(), Raw(lambda stream: frame(0, 0, b"", stream)), pause=0.01),
}  # fmt: skip


@pytest.mark.parametrize("handler", SLOW.values(), ids=SLOW)
def test_slow_hosts_are_left_at_the_deadline(door: Door, second: SecondOrigin, handler: Handler) -> None:
    second.handler = handler
    found = door.ask(second.url())
    assert isinstance(found, Failed)
    assert found.failure.kind == "timeout"
    assert AT_DEADLINE[0] < door.seconds < AT_DEADLINE[1]


def test_an_endless_body_of_a_redirect_costs_nothing(door: Door, second: SecondOrigin) -> None:
    second.handler = forever(Head("302", (("location", "/x"),)), b"x" * 16384)
    found = door.ask(second.url())
    assert isinstance(found, Response)
    assert (found.status, found.header("location"), found.body) == (302, "/x", b"")
    assert door.seconds < AT_ONCE
