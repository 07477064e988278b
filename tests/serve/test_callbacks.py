"""Hubs call here; nobody else can, and nobody learns anything by trying."""

import hashlib
import hmac
import socket
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from syndicator.clock import Clock
from syndicator.model.lease import Call
from syndicator.serve.answers import Answer
from syndicator.serve.callbacks import LONGEST_CHALLENGE, LONGEST_REASON, MOST_TOGETHER, TOGETHER, Callbacks, token_in
from syndicator.serve.server import Doors
from syndicator.text.callbacks import secret_of, token_of

KEY = b"k" * 32
TOPIC = "https://a.example/лента?x=1&y=2"
TOKEN = token_of(KEY, "nsn", "https://hub.example/", TOPIC)
PATH = f"/push/{TOKEN}"


class Daemon:
    """What it has use for, and what it was told."""

    def __init__(self) -> None:
        self.knows: bool | None = True
        self.told: list[Call] = []

    def hear(self, call: Call) -> bool | None:
        self.told.append(call)
        return self.knows


@pytest.fixture
def daemon() -> Daemon:
    return Daemon()


@pytest.fixture
def callbacks(daemon: Daemon, clock: Clock) -> Callbacks:
    return Callbacks(KEY, daemon.hear, clock.monotonic)


def asked(callbacks: Callbacks, path: str = PATH, **said: str) -> Answer:
    """The answer to a hub's question."""
    query = urlencode({f"hub.{name}": value for name, value in ({"topic": TOPIC} | said).items()})
    answer = callbacks.asked(path, query.encode())
    return answer if isinstance(answer, Answer) else answer()


def told(callbacks: Callbacks, body: bytes, signature: str | None = None, path: str = PATH) -> Answer | None:
    """The answer to a hub's news."""
    if signature is None:
        signature = "sha256=" + hmac.new(secret_of(KEY, TOKEN).encode(), body, hashlib.sha256).hexdigest()
    news = callbacks.receive(path, {b"x-hub-signature": signature.encode()} if signature else {})
    if news is None:
        return None
    news.update(body)
    answer = callbacks.heard(news)
    return answer if isinstance(answer, Answer) else answer()


def test_a_hub_is_told_that_we_meant_it(callbacks: Callbacks, daemon: Daemon) -> None:
    answer = asked(callbacks, mode="subscribe", challenge="a-1_ё<b>", lease_seconds="432000")
    assert (answer.status, answer.body) == (200, "a-1_ё<b>".encode())
    assert dict(answer.fields)[b"content-type"].startswith(b"text/plain")
    assert daemon.told == [Call(token=TOKEN, mode="subscribe", seconds=432_000)]


@pytest.mark.parametrize("seconds", ["", "-5", "1.5", "soon", "9" * 30, "٦٠"])
def test_a_time_that_is_no_number_is_none(callbacks: Callbacks, daemon: Daemon, seconds: str) -> None:
    assert asked(callbacks, mode="subscribe", challenge="x", lease_seconds=seconds).status == 200
    assert daemon.told[0].seconds == 0


@pytest.mark.parametrize(
    "said",
    [
        {"mode": "subscribe", "topic": TOPIC + "x"},
        {"mode": "subscribe", "topic": ""},
        {"mode": "publish"},
        {"mode": "news"},
        {"mode": ""},
        {},
    ],
)
def test_what_we_never_asked_for_is_not_here_and_nobody_is_bothered(
    callbacks: Callbacks, daemon: Daemon, said: dict[str, str]
) -> None:
    assert asked(callbacks, challenge="x", **said).status == 404
    assert daemon.told == []


@pytest.mark.parametrize(
    "path", ["/push/", "/push/" + "x" * 32, PATH[:-1], PATH + "/", PATH + "x", "/push/" + "ё" * 32]
)
def test_a_token_that_is_not_ours_is_not_here(callbacks: Callbacks, daemon: Daemon, path: str) -> None:
    assert asked(callbacks, path, mode="subscribe", challenge="x").status == 404
    assert told(callbacks, b"<feed/>", path=path) in {None, told(callbacks, b"", "sha1=0")}
    assert {it.mode for it in daemon.told} <= {"forged"}


def test_what_is_no_question_is_no_call(callbacks: Callbacks, daemon: Daemon) -> None:
    for mode in ("subscribe", "unsubscribe"):
        assert asked(callbacks, mode=mode).status == asked(callbacks, mode=mode, challenge="").status == 400
    assert daemon.told == []


def test_of_what_is_said_twice_the_first_counts_and_a_query_may_be_written_as_it_is_read(
    callbacks: Callbacks, daemon: Daemon
) -> None:
    said = f"hub.mode=subscribe&hub.topic={TOPIC.replace('&', '%26')}&hub.challenge=a+b%2B&&=&x&hub.mode=denied"
    answer = callbacks.asked(PATH, said.encode())
    assert not isinstance(answer, Answer)
    assert (answer().body, daemon.told[0].mode) == (b"a b+", "subscribe")
    assert isinstance(callbacks.asked(PATH, said.encode("cp1251")), Answer), "no topic of ours"


def test_an_endless_challenge_is_not_said_back(callbacks: Callbacks, daemon: Daemon) -> None:
    assert asked(callbacks, mode="subscribe", challenge="x" * LONGEST_CHALLENGE).status == 200
    assert asked(callbacks, mode="subscribe", challenge="x" * (LONGEST_CHALLENGE + 1)).status == 400
    assert len(daemon.told) == 1


def test_what_the_service_has_no_use_for_any_more_ends(callbacks: Callbacks, daemon: Daemon) -> None:
    daemon.knows = False
    assert asked(callbacks, mode="subscribe", challenge="x").status == 404
    ended = asked(callbacks, mode="unsubscribe", challenge="x")
    assert (ended.status, ended.body) == (200, b"x")
    answer = told(callbacks, b"<feed/>")
    assert answer is not None
    assert answer.status == 410
    daemon.knows = True
    assert asked(callbacks, mode="unsubscribe", challenge="x").status == 404, "we did not ask for that"


def test_while_the_service_cannot_be_asked_a_hub_is_to_try_again(callbacks: Callbacks, daemon: Daemon) -> None:
    daemon.knows = None
    for answer in (asked(callbacks, mode="subscribe", challenge="x"), told(callbacks, b"<feed/>")):
        assert answer is not None
        assert answer.status == 503
        assert b"retry-after" in dict(answer.fields)


def test_a_hub_that_will_not_tell_is_heard(callbacks: Callbacks, daemon: Daemon) -> None:
    assert asked(callbacks, mode="denied", reason="r" * 1000).status == 200
    assert daemon.told == [Call(token=TOKEN, mode="denied", reason="r" * LONGEST_REASON)]


def test_what_a_hub_says_to_people_does_nothing_to_their_terminal_or_log(callbacks: Callbacks, daemon: Daemon) -> None:
    asked(callbacks, mode="denied", reason="No\x1b[2J\n2026-01-01 ERROR  \x9bfeed\u202e.")
    assert daemon.told[0].reason == "No[2J 2026-01-01 ERROR feed."


def test_news_are_handed_on(callbacks: Callbacks, daemon: Daemon) -> None:
    answer = told(callbacks, b"<feed/>")
    assert answer is not None
    assert answer.status == 202
    assert daemon.told == [Call(token=TOKEN, mode="news")]


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=00", "sha1=ff"])
def test_news_by_somebody_else_are_none_and_look_the_same(callbacks: Callbacks, daemon: Daemon, signature: str) -> None:
    answer = told(callbacks, b"<feed/>", signature)
    assert answer == told(callbacks, b"<feed/>", signature) == told(callbacks, b"<feed/>")
    assert daemon.told == [Call(token=TOKEN, mode="forged"), Call(token=TOKEN, mode="news")]


def test_calls_that_prove_nothing_are_told_of_together_however_many_there_are(
    callbacks: Callbacks, daemon: Daemon, clock: Clock
) -> None:
    def forge(*paths: str) -> None:
        for path in paths:
            told(callbacks, b"<feed/>", "sha1=0", path=path)

    forge(PATH)
    made_up = [f"/push/{number:032}" for number in range(2 * MOST_TOGETHER)]
    forge(*[PATH] * 500, *made_up)
    assert daemon.told == [Call(token=TOKEN, mode="forged")]
    clock.wait(TOGETHER)
    forge(PATH)
    assert daemon.told[1] == Call(token=TOKEN, mode="forged", times=501)
    assert len(daemon.told) == 1 + MOST_TOGETHER
    forge(PATH)
    daemon.knows = None
    clock.wait(TOGETHER)
    forge(*made_up[:1])
    assert len(daemon.told) == 2 + MOST_TOGETHER, "it cannot be asked now"


def test_who_proves_nothing_does_not_learn_of_a_bug_of_ours(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    broken = Callbacks(KEY, None, clock.monotonic)  # type: ignore[arg-type]
    answer = told(broken, b"", "sha1=0")
    assert answer is not None
    assert answer.status == 202
    assert "could not be told of" in caplog.text


def test_only_a_token_is_one() -> None:
    assert token_in(PATH) == TOKEN
    assert token_in(TOKEN) == token_in("/pull/" + TOKEN) == token_in("/push/") == ""


# -- over a socket

Serve = Callable[..., int]


def exchange(port: int, *pieces: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        for piece in pieces:
            client.sendall(piece)
        return b"".join(iter(lambda: client.recv(65_536), b""))


def post(body: bytes, path: str = PATH, length: int | None = None) -> bytes:
    signature = hmac.new(secret_of(KEY, TOKEN).encode(), body, hashlib.sha512).hexdigest()
    head = f"POST {path} HTTP/1.1\r\nHost: a\r\nX-Hub-Signature: sha512={signature}\r\n"
    return f"{head}Content-Length: {len(body) if length is None else length}\r\n\r\n".encode() + body


def test_a_hub_that_calls_over_the_network_is_heard(serve: Serve, daemon: Daemon) -> None:
    port = serve(Doors(key=KEY, hear=daemon.hear))
    query = urlencode({"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "abc"})
    agreed = exchange(port, f"GET {PATH}?{query} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    assert agreed.startswith(b"HTTP/1.1 200 OK\r\n")
    assert agreed.endswith(b"\r\n\r\nabc")
    body = b"<feed>" + b"n" * 3_000_000
    whole = post(body)
    assert exchange(port, whole[:100], whole[100:70_000], whole[70_000:]).startswith(b"HTTP/1.1 202 Accepted\r\n")
    assert exchange(port, post(b"another body")[:-1] + b"X").startswith(b"HTTP/1.1 202 Accepted\r\n")
    assert [it.mode for it in daemon.told] == ["subscribe", "news", "forged"]


def test_a_hub_that_asks_before_it_sends_is_told_to_go_on(serve: Serve, daemon: Daemon) -> None:
    port = serve(Doors(key=KEY, hear=daemon.hear))
    head, _, body = post(b"<feed/>").replace(b"Host: a", b"Host: a\r\nExpect: 100-continue").partition(b"\r\n\r\n")
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(head + b"\r\n\r\n")
        assert client.recv(65_536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(body[:3])
        client.sendall(body[3:])
        assert b"".join(iter(lambda: client.recv(65_536), b"")).startswith(b"HTTP/1.1 202 ")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ((b"HTTP/1.1", b"HTTP/1.0"), b"202"),
        ((b"Content-Length: 7\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n7\r\n"), b"202"),
        ((b"Host: a", b"Host: a\r\nTransfer-Encoding: chunked"), b"400"),
        ((b"Content-Length: 7", b"Content-Length: -7"), b"400"),
        ((b"Content-Length: 7", b"Content-Length: 7\r\nContent-Length: 7"), b"400"),
        ((b"Content-Length: 7", b"Content-Length: 99999999999999999999999"), b"400"),
        ((b"Content-Length: 7", b"Content-Length: 999999999"), b"413"),
        ((b"POST", b"PUT"), b"405"),
    ],
)
def test_however_a_hub_writes_its_call_there_is_one_answer(
    serve: Serve, daemon: Daemon, change: tuple[bytes, bytes], status: bytes
) -> None:
    port = serve(Doors(key=KEY, hear=daemon.hear))
    answer = exchange(port, post(b"<feed/>").replace(*change) + (b"\r\n0\r\n\r\n" if b"7\r\n" in change[1] else b""))
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert len(daemon.told) == (status == b"202")


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE"])
def test_a_callback_is_for_questions_and_calls(serve: Serve, daemon: Daemon, method: str) -> None:
    port = serve(Doors(key=KEY, hear=daemon.hear))
    query = urlencode({"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "abc"})
    answer = exchange(port, f"{method} {PATH}?{query} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 405 ")
    assert b"\r\nallow: GET, POST\r\n" in answer
    assert b"access-control" not in answer
    assert daemon.told == []


def test_a_body_that_never_ends_is_cut_off(serve: Serve, daemon: Daemon) -> None:
    port = serve(Doors(key=KEY, hear=daemon.hear), body_seconds=0.3)
    assert exchange(port, post(b"<feed/>", length=1000)).startswith(b"HTTP/1.1 408 ")
    port = serve(Doors(key=KEY, hear=daemon.hear), body=1000)
    assert exchange(port, post(b"n" * 1001)).startswith(b"HTTP/1.1 413 ")
    assert daemon.told == []


def test_where_no_hub_calls_there_is_no_callback(serve: Serve) -> None:
    port = serve()
    assert exchange(port, post(b"<feed/>")).startswith(b"HTTP/1.1 405 ")
    closes = "HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    assert exchange(port, f"GET {PATH} {closes}".encode()).startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 503 "))
