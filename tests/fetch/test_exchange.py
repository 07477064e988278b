"""What hosts do on the wire, and what it must come to."""

import contextlib
import itertools
import socket
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pycurl
import pytest

from support.door import AT_DEADLINE, AT_ONCE, SETTINGS, Door
from support.origin import HANG, RESET, Asked, Origin, Step, answer
from syndicator.fetch import exchange, handle
from syndicator.fetch.outgoing import prepare
from syndicator.model.outcome import Failed
from syndicator.model.web import Request, Response, Validators

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
CERTIFICATE = Path(__file__).parent / "data" / "loopback.pem"


def test_a_body_arrives_with_its_fields_in_order(door: Door, origin: Origin) -> None:
    url = origin.serve("/feed", b"<rss/>", 'ETag: W/"1"', "X-A: 1", "x-a: \xe9", "Content-Type: text/xml")
    found = door.ask(url)
    assert found == Response(
        url=url,
        status=200,
        headers=(("etag", 'W/"1"'), ("x-a", "1"), ("x-a", "é"), ("content-type", "text/xml"), ("content-length", "6")),
        body=b"<rss/>",
    )


@pytest.mark.parametrize(
    ("steps", "body"),
    [
        ([CHUNKED + b"3\r\nabc\r\n", 0.05, b"2;x=y\r\nde\r\n0\r\nETag: late\r\n\r\n"], b"abcde"),
        ([OK + b"Content-Length: 99999999999\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"], b"ok"),
        ([OK + b"\r\nto the end"], b"to the end"),
        ([OK + b"Content-Length: 0\r\n\r\n"], b""),
        ([OK + b"X: folded\r\n here\r\nContent-Length: 2\r\n\r\nok"], b"ok"),
        ([b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok"], b"ok"),
        ([b"HTTP/1.0 200\r\n\r\nold"], b"old"),
        ([b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK + b"Content-Length: 2\r\n\r\nok"], b"ok"),
        ([bytes([byte]) for byte in OK + b"Content-Length: 2\r\n\r\nok"], b"ok"),
    ],
    ids=[
        "chunked",
        "chunked, whatever its length",
        "until close",
        "empty",
        "folded field",
        "bare LF",
        "HTTP/1.0",
        "interim answer",
        "byte by byte",
    ],
)
def test_unusual_but_lawful_answers_are_read(door: Door, origin: Origin, steps: list[Step], body: bytes) -> None:
    found = door.ask(origin.script("/feed", *steps))
    assert isinstance(found, Response)
    assert found.body == body
    assert found.header("link") == found.header("etag") == ""


@pytest.mark.parametrize(
    ("steps", "kind"),
    [
        ([RESET], "connect"),
        ([], "connect"),
        ([OK], "connect"),
        ([OK + b"X: 1"], "connect"),
        ([OK + b"Content-Length: 5\r\n\r\nabc"], "truncated"),
        ([OK + b"Content-Length: 5\r\n\r\nabc", 0.05, RESET], "truncated"),
        ([CHUNKED + b"5\r\nabc"], "truncated"),
        ([CHUNKED + b"3\r\nabc\r\n"], "truncated"),
        ([CHUNKED + b"zz\r\nabc\r\n0\r\n\r\n"], "truncated"),
        ([CHUNKED + b"fffffffffffffffffff\r\nabc"], "truncated"),
        ([OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"], "malformed"),
        ([OK + b"Content-Length: 3\r\nContent-Length: 2\r\n\r\nabc"], "malformed"),
        ([OK + b"Content-Length: -3\r\n\r\nabc"], "malformed"),
        ([OK + b"X: a\0b\r\n\r\nabc"], "malformed"),
        ([OK + b"X: a\rb\r\n\r\nabc"], "malformed"),
        ([OK + b"no colon\r\n\r\nabc"], "malformed"),
        ([b"<rss>no head at all</rss>"], "malformed"),
        ([b"SSH-2.0-OpenSSH_9.2\r\n", HANG], "malformed"),
        ([OK + b"Content-Length: 99999999999999999999999\r\n\r\nabc", HANG], "too-large"),
        ([OK + b"Content-Length: 1048577\r\n\r\nabc", HANG], "too-large"),
        ([b"HTTP/1.1 304 Not Modified\r\n\r\n"], "status"),
    ],
)
def test_a_broken_answer_is_a_failure_and_never_a_short_success(
    door: Door, origin: Origin, steps: list[Step], kind: str
) -> None:
    assert door.failure(origin.script("/feed", *steps)) == kind
    assert door.seconds < AT_ONCE
    assert door.body(origin.serve("/next", b"ok")) == b"ok", "the next poll is not harmed"


def repeat(first: bytes, chunk: bytes, pause: float = 0.0) -> Callable[[Asked], Iterable[Step]]:
    pauses = (pause,) if pause else ()
    return lambda _: itertools.chain([first], itertools.chain.from_iterable(itertools.repeat((chunk, *pauses))))


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        (repeat(OK + b"\r\n", b"x" * 65536), "too-large"),
        (repeat(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"), "too-large"),
        (repeat(OK, b"X-Field: 1\r\n"), "too-large"),
        (repeat(OK, b"X-Field: " + b"1" * 30000 + b"\r\n"), "too-large"),
        (repeat(OK + b"X-Field: ", b"1" * 30000), "too-large"),
        (repeat(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "too-large"),
        (repeat(CHUNKED + b"0\r\n", b"X-Trailer: " + b"1" * 3000 + b"\r\n"), "too-large"),
    ],
    ids=["body", "chunks", "fields", "long fields", "one field", "interim answers", "trailers"],
)
def test_what_never_ends_is_cut_at_its_cap(
    door: Door, origin: Origin, handler: Callable[[Asked], Iterable[Step]], kind: str
) -> None:
    assert door.failure(origin.on("/feed", handler)) == kind
    assert door.seconds < AT_ONCE


def test_slow_hosts_are_left_at_the_deadline(door: Door, origin: Origin) -> None:
    slow = {
        "silence": lambda _: [HANG],
        "dripping-head": repeat(b"HTTP/1.1 200 OK\r\nX: ", b"a", 0.05),
        "dripping-body": repeat(OK + b"\r\n", b"a", 0.05),
        "dripping-interim-answers": repeat(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05),
        "stall-in-the-body": lambda _: [OK + b"Content-Length: 5\r\n\r\nabc", HANG],
    }
    start = time.monotonic()
    for name, handler in slow.items():
        door.transfer.submit(Request(source_id=name, url=origin.on(f"/{name}", handler)))
    ended: dict[str, str] = {}
    while door.transfer.in_flight:
        assert door.transfer.wait(5)
        ended |= {request.source_id: answer.failure.kind for request, answer in door.transfer.finished()}
        assert time.monotonic() - start > AT_DEADLINE[0]
    assert ended == dict.fromkeys(slow, "timeout")
    assert time.monotonic() - start < AT_DEADLINE[1]


def test_a_silent_host_is_left_before_the_deadline(
    open_door: Callable[..., Door], origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handle, "IDLE_SECONDS", 1)
    door = open_door(timeout=8.0)
    assert door.failure(origin.script("/feed", HANG)) == "timeout"
    assert door.seconds < 3


def test_a_name_that_took_all_the_time_leaves_none_to_ask(origin: Origin) -> None:
    request = Request(source_id="s", url=origin.script("/feed", HANG))
    asked = handle.new_handle(None)
    exchange.Exchange(request, prepare(request, "x"), SETTINGS).configure(asked, [], elapsed=SETTINGS.timeout)
    start = time.monotonic()
    with pytest.raises(pycurl.error) as caught:
        asked.perform()
    assert caught.value.args[0] == pycurl.E_OPERATION_TIMEDOUT
    assert time.monotonic() - start < 5, "libcurl takes no milliseconds for no limit"


def test_a_timeout_on_a_connection_in_use_does_not_blame_the_connecting(door: Door, origin: Origin) -> None:
    assert door.body(origin.serve("/feed", b"ok")) == b"ok"
    found = door.ask(origin.script("/slow", HANG))
    assert isinstance(found, Failed)
    assert "answer" in found.failure.message
    assert origin.connections == 1


def test_the_cap_is_met_exactly(open_door: Callable[..., Door], origin: Origin) -> None:
    door = open_door(max_body=1000)
    assert len(door.body(origin.serve("/full", b"x" * 1000))) == 1000
    assert door.failure(origin.serve("/more", b"x" * 1001)) == "too-large"
    assert door.failure(origin.script("/unsaid", OK + b"\r\n" + b"x" * 1001)) == "too-large"


@pytest.mark.parametrize("status", ["301 Moved", "404 Not Found", "503 Busy"])
def test_an_endless_body_that_nobody_wants_costs_nothing(door: Door, origin: Origin, status: str) -> None:
    head = f"HTTP/1.1 {status}\r\nLocation: /x\r\nContent-Encoding: gzip\r\n\r\n".encode()
    sent = itertools.count()
    found = door.ask(origin.on("/feed", lambda _: itertools.chain([head], (b"x" * 65536 for _ in sent))))
    assert isinstance(found, Response)
    assert (found.status, found.header("location"), found.body) == (int(status[:3]), "/x", b"")
    assert door.seconds < AT_ONCE
    assert next(sent) < 500, "what the buffers hold, of 256 MiB"


def test_a_small_body_that_nobody_wants_does_not_cost_the_connection(door: Door, origin: Origin) -> None:
    url = origin.serve("/gone", b"x" * exchange.MAX_UNWANTED, status="404 Not Found")
    for _ in range(3):
        found = door.ask(url)
        assert isinstance(found, Response)
        assert (found.status, found.body) == (404, b"")
    assert origin.connections == 1


def test_a_redirect_is_not_followed(door: Door, origin: Origin) -> None:
    found = door.ask(origin.serve("/old", b"moved", "Location: /new", status="301 Moved"))
    assert isinstance(found, Response)
    assert found.status == 301
    assert [asked.path for asked in origin.asked] == ["/old"]


def test_validators_go_out_byte_for_byte_and_304_comes_back(door: Door, origin: Origin) -> None:
    sent = Validators(etag='W/"a\\b \xe9",, "c"', last_modified="yesterday, o'clock; 25:00")

    def conditional(asked: Asked) -> list[Step]:
        matches = asked.field("if-none-match") == sent.etag and asked.field("if-modified-since") == sent.last_modified
        return answer(status="304 Not Modified") if matches else answer(b"changed")

    found = door.ask(origin.on("/feed", conditional), validators=sent)
    assert isinstance(found, Response)
    assert (found.status, found.body) == (304, b"")


def test_a_304_to_a_request_that_could_not_be_conditional_is_a_failure(door: Door, origin: Origin) -> None:
    url = origin.serve("/feed", b"", status="304 Not Modified")
    assert door.failure(url, validators=Validators(etag='"\x01"')) == "status"


def test_the_request_says_who_asks_and_nothing_beyond(
    door: Door, origin: Origin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:1/")
    door.ask(origin.serve("/feed", b"ok", "Set-Cookie: a=b"))
    door.ask(origin.url("/feed"))
    names = {name for name, _ in origin.asked[1].fields}
    assert names == {"host", "user-agent", "accept", "accept-encoding"}
    assert origin.asked[1].field("user-agent") == "syndicator-tests/1"


def test_credentials_in_an_address_are_neither_sent_nor_shown(door: Door, origin: Origin) -> None:
    url = origin.serve("/feed", b"ok").replace("http://", "http://user:secret@")
    found = door.ask(url, authorization="Bearer token")
    assert isinstance(found, Response)
    assert "secret" not in found.url
    assert origin.asked[0].field("authorization") == "Bearer token"
    assert b"secret" not in origin.asked[0].raw


@pytest.mark.parametrize("field", ["Basic a\r\nX-Injected: 1", "Basic a\n", " Basic"])
def test_a_line_break_in_a_field_is_refused(door: Door, origin: Origin, field: str) -> None:
    assert door.failure(origin.serve("/feed", b"ok"), authorization=field) == "connect"
    assert origin.asked == []


def test_cyrillic_addresses_reach_the_host_in_utf8(door: Door, origin: Origin) -> None:
    origin.serve("/%D0%BB%D0%B5%D0%BD%D1%82%D0%B0?%D1%8F=%D1%91", b"ok")
    assert door.body(origin.url("/лента?я=ё")) == b"ok"


@pytest.mark.parametrize(
    "url", ["", "http://", "http:///", "http://[::1/", "http://h:99999/", "ftp://h/x", "gopher://h/", "h/x"]
)
def test_an_address_that_cannot_be_dialled_is_a_failure(door: Door, url: str) -> None:
    assert door.failure(url) == "connect"


@pytest.mark.parametrize(
    ("error", "kind"), [(OSError(24, "Too many open files"), "connect"), (ZeroDivisionError(), "bug")]
)
def test_a_socket_that_cannot_be_opened_is_a_failure_of_this_machine(
    door: Door, origin: Origin, monkeypatch: pytest.MonkeyPatch, error: Exception, kind: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(exchange, "_Lent", fail)
        found = door.ask(origin.serve("/feed", b"ok"))
    assert isinstance(found, Failed)
    assert found.failure.kind == kind
    assert ("Too many open files" in found.failure.message) == (kind == "connect")
    assert door.body(origin.url("/feed")) == b"ok"


def test_a_refused_connection_is_told_apart(door: Door) -> None:
    assert door.failure("http://127.0.0.1:1/") == "connect"


def test_a_host_that_accepts_no_connection_is_left_at_the_connect_limit(door: Door) -> None:
    with socket.socket() as full, contextlib.ExitStack() as waiting:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(4):  # more than its queue takes: none that comes after gets an answer
            client = waiting.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(full.getsockname())
        found = door.ask(f"http://127.0.0.1:{full.getsockname()[1]}/")
    assert isinstance(found, Failed)
    assert (found.failure.kind, "accept the connection" in found.failure.message) == ("timeout", True)
    assert door.seconds < AT_ONCE


def test_tls_on_a_plain_port_is_a_tls_failure(door: Door, origin: Origin) -> None:
    assert door.failure(f"https://127.0.0.1:{origin.port}/") == "tls"
    assert door.seconds < AT_ONCE, "the handshake's stall ends with the connect limit"


def test_a_deadline_in_the_body_holds_under_tls(
    door: Door, secure_origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handle, "CA_BUNDLE", str(CERTIFICATE))
    start = time.monotonic()
    assert door.failure(secure_origin.on("/feed", repeat(OK + b"\r\n", b"a", 0.05))) == "timeout"
    assert time.monotonic() - start < AT_DEADLINE[1]


def test_a_field_without_a_value_is_sent_so(door: Door, origin: Origin) -> None:
    url = origin.serve("/feed", b"ok")
    assert door.body(url, headers=(("X-A", ""), ("Accept", ""), ("X-B", "c"))) == b"ok"
    (asked,) = origin.requests("/feed")
    own = [it for it in asked.fields if it[0] in {"x-a", "accept", "x-b"}]
    assert own == [("x-a", ""), ("accept", ""), ("x-b", "c")]


def test_what_is_sent_is_sent_as_it_is_of_its_type_and_without_waiting_for_a_word(door: Door, origin: Origin) -> None:
    url, content = origin.serve("/reader", b""), "<rss>зима</rss>".encode() * 100_000
    door.body(url, content=content, headers=(("Content-Type", "application/rss+xml"), ("X-Hub-Signature", "sha256=0")))
    (asked,) = origin.requests("/reader")
    assert (asked.method, asked.body) == ("POST", content)
    assert (asked.field("content-type"), asked.field("x-hub-signature")) == ("application/rss+xml", "sha256=0")
    assert not asked.field("expect")


def test_a_form_is_posted_and_what_is_asked_next_is_got(door: Door, origin: Origin) -> None:
    url = origin.serve("/hub", b"thanks")
    assert door.body(url, form="hub.mode=publish&hub.url=https%3A%2F%2Fnews.example%2F") == b"thanks"
    assert door.body(url) == b"thanks"
    posted, got = origin.requests("/hub")
    assert (posted.method, posted.body) == ("POST", b"hub.mode=publish&hub.url=https%3A%2F%2Fnews.example%2F")
    assert posted.field("content-type") == "application/x-www-form-urlencoded"
    assert posted.field("expect") == ""
    assert (got.method, got.body, got.field("content-length"), got.field("content-type")) == ("GET", b"", "", "")
    assert origin.connections == 1


def test_a_form_goes_once_more_over_a_new_connection_where_the_old_one_is_dead(door: Door, origin: Origin) -> None:
    url = origin.on("/hub", lambda _: answer(b"", status="204 No Content")[:1])
    for _ in range(3):
        door.ask(url, form="a=b")
    assert [asked.body for asked in origin.requests("/hub")] == [b"a=b"] * 3
