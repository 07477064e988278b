"""At our hub, only what can be meant is handed on, and nobody can keep it from others."""

import socket
import threading
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from syndicator.model.subscription import SubscriptionRequest
from syndicator.serve.answers import Answer
from syndicator.serve.media import Links
from syndicator.serve.server import Doors
from syndicator.serve.subscribing import AT_ONCE, LONGEST, LONGEST_CALLBACK, LONGEST_SECRET, Form, OwnHub

BASE = "https://xn--b1amarcd.example/s/"
LINKS = Links(BASE, (f"{BASE}hub", "https://hub.example/"))
TOPIC = f"{BASE}feeds/all.rss"
CALLBACK = "http://reader.example:8080/x?a=1&a=%20"


class Daemon:
    """What it was told, and whether it has room."""

    def __init__(self) -> None:
        self.has_room: bool | None = True
        self.told: list[SubscriptionRequest] = []

    def take(self, request: SubscriptionRequest) -> bool | None:
        self.told.append(request)
        return self.has_room


@pytest.fixture
def daemon() -> Daemon:
    return Daemon()


@pytest.fixture
def hub(daemon: Daemon) -> OwnHub:
    return OwnHub(LINKS, lambda path: path != "/feeds/gone.rss", daemon.take)


def asked(hub: OwnHub, **said: str) -> Answer:
    form = {"mode": "subscribe", "topic": TOPIC, "callback": CALLBACK} | said
    return posted(hub, urlencode({f"hub.{name}": value for name, value in form.items()}).encode())


def posted(hub: OwnHub, *pieces: bytes) -> Answer:
    form = Form()
    for piece in pieces:
        form.update(piece)
    answer = hub.answer(form)
    return answer if isinstance(answer, Answer) else answer()


def test_what_a_subscriber_asks_is_handed_on(hub: OwnHub, daemon: Daemon) -> None:
    assert asked(hub, secret="ключ", lease_seconds="3600").status == 202
    assert asked(hub, mode="unsubscribe").status == 202
    one = SubscriptionRequest(mode="subscribe", name="feeds/all.rss", callback=CALLBACK, secret="ключ", seconds=3600)
    other = SubscriptionRequest(mode="unsubscribe", name="feeds/all.rss", callback=CALLBACK)
    assert daemon.told == [one, other]
    assert "reader.example" not in repr(one)
    assert "ключ" not in repr(one)


@pytest.mark.parametrize("name", ["feeds/all.atom", "feeds/all.json", "social.atom", "social-events.json"])
def test_each_feed_is_a_topic(hub: OwnHub, daemon: Daemon, name: str) -> None:
    assert asked(hub, topic=BASE + name).status == 202
    assert daemon.told[0].name == name


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"mode": ""}, "hub.mode"),
        ({"mode": "publish"}, "by itself"),
        ({"mode": "Subscribe"}, "hub.mode"),
        ({"topic": ""}, "hub.topic"),
        ({"topic": "https://other.example/feeds/all.rss"}, "hub.topic"),
        ({"topic": BASE}, "hub.topic"),
        ({"topic": f"{BASE}feeds/gone.rss"}, "hub.topic"),
        ({"topic": f"{BASE}feeds/all/7.rss"}, "hub.topic"),
        ({"topic": f"{BASE}feeds/all.html"}, "hub.topic"),
        ({"topic": f"{BASE}sources.opml"}, "hub.topic"),
        ({"topic": f"{BASE}../feeds/all.rss"}, "hub.topic"),
        ({"topic": "feeds/all.rss"}, "hub.topic"),
        ({"callback": ""}, "hub.callback"),
        ({"callback": "/x"}, "hub.callback"),
        ({"callback": "file:///etc/passwd"}, "hub.callback"),
        ({"callback": "gopher://reader.example/"}, "hub.callback"),
        ({"callback": "https://"}, "hub.callback"),
        ({"callback": "https://user:word@reader.example/"}, "hub.callback"),
        ({"callback": "https://reader.example/#x"}, "hub.callback"),
        ({"callback": "https://reader.example/\r\nX: y"}, "hub.callback"),
        ({"callback": "https://reader.example/а"}, "hub.callback"),
        ({"callback": "https://reader.example:99999/"}, "hub.callback"),
        ({"callback": "https://reader.example\\@other.example/"}, "hub.callback"),
        ({"callback": "https://reader.example/" + "x" * LONGEST_CALLBACK}, "hub.callback"),
        ({"secret": "ё" * (LONGEST_SECRET // 2 + 1)}, "hub.secret"),
        ({"lease_seconds": "-1"}, "hub.lease_seconds"),
        ({"lease_seconds": "soon"}, "hub.lease_seconds"),
        ({"lease_seconds": "٦٠"}, "hub.lease_seconds"),
    ],
    ids=repr,
)
def test_what_cannot_be_meant_is_said_and_bothers_nobody(
    hub: OwnHub, daemon: Daemon, said: dict[str, str], word: str
) -> None:
    answer = asked(hub, **said)
    assert answer.status == 400
    assert word in answer.body.decode()
    assert dict(answer.fields)[b"content-type"] == b"text/plain; charset=utf-8"
    assert daemon.told == []


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"hub.mode", b"&" * 9000, b'{"hub.mode": "subscribe"}'])
def test_what_is_no_form_is_refused(hub: OwnHub, body: bytes) -> None:
    assert posted(hub, body).status == 400


def test_a_form_is_no_longer_than_it_may_be(hub: OwnHub, daemon: Daemon) -> None:
    start = urlencode({"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": CALLBACK}).encode() + b"&x="
    fits = LONGEST - len(start)
    assert posted(hub, start, b"x" * fits).status == 202
    assert posted(hub, start, b"x" * fits, b"x").status == 413
    assert posted(hub, start, b"x" * (10 * LONGEST), b"").status == 413
    assert len(daemon.told) == 1


def test_a_time_longer_than_any_is_one(hub: OwnHub, daemon: Daemon) -> None:
    assert asked(hub, lease_seconds="9" * 200).status == 202
    assert daemon.told[0].seconds == 999_999_999


@pytest.mark.parametrize("room", [False, None])
def test_who_finds_no_room_may_come_again(hub: OwnHub, daemon: Daemon, room: bool | None) -> None:
    daemon.has_room = room
    answer = asked(hub)
    assert (answer.status, dict(answer.fields)[b"retry-after"]) == (503, b"60")


def test_only_so_many_are_handed_on_at_once(daemon: Daemon) -> None:
    inside, go = threading.Semaphore(0), threading.Event()

    def take(request: SubscriptionRequest) -> bool:
        inside.release()
        return go.wait(30)

    hub = OwnHub(LINKS, lambda _: True, take)
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(asked(hub).status)) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
        assert inside.acquire(timeout=30)
    assert asked(hub).status == 503
    go.set()
    for thread in threads:
        thread.join()
    assert found == [202] * AT_ONCE
    assert asked(hub).status == 202


# -- over a socket

Serve = Callable[..., int]
Publish = Callable[..., object]
FORM = urlencode({"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": CALLBACK}).encode()


def exchange(port: int, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(data)
        return b"".join(iter(lambda: client.recv(65_536), b""))


def post(body: bytes) -> bytes:
    kind = "application/x-www-form-urlencoded"
    return (
        f"POST /hub HTTP/1.1\r\nHost: a\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    )


def test_a_subscriber_that_asks_over_the_network_is_heard(serve: Serve, publish: Publish, daemon: Daemon) -> None:
    publish("feeds/all.rss", b"<rss/>")
    port = serve(Doors(links=LINKS, take=daemon.take))
    assert exchange(port, post(FORM)).startswith(b"HTTP/1.1 202 Accepted\r\n")
    assert [it.name for it in daemon.told] == ["feeds/all.rss"]
    refused = exchange(port, post(FORM.replace(b"all.rss", b"gone.rss")))
    assert refused.startswith(b"HTTP/1.1 400 ")
    assert b"hub.topic is no feed of this site" in refused
    assert exchange(port, post(b"x" * (LONGEST + 1))).startswith(b"HTTP/1.1 413 ")


def test_people_and_programs_are_told_what_is_there(serve: Serve, daemon: Daemon) -> None:
    port = serve(Doors(links=LINKS, take=daemon.take))
    asked = {
        it: exchange(port, f"{it} /hub HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode()) for it in METHODS
    }
    assert {name: answer[9:12] for name, answer in asked.items()} == METHODS
    assert all(b"\r\nallow: OPTIONS, POST\r\n" in answer for answer in asked.values())
    assert b"This is a hub" in asked["GET"]
    assert daemon.told == []


METHODS = {"GET": b"405", "HEAD": b"405", "OPTIONS": b"204", "PUT": b"405"}


def test_where_there_is_no_hub_nothing_is_taken(serve: Serve) -> None:
    assert exchange(serve(), post(FORM)).startswith(b"HTTP/1.1 405 ")


def test_a_bug_of_ours_costs_one_answer(serve: Serve, publish: Publish, caplog: pytest.LogCaptureFixture) -> None:
    def take(request: SubscriptionRequest) -> bool:
        raise RuntimeError("bug")

    publish("feeds/all.rss", b"<rss/>")
    port = serve(Doors(links=LINKS, take=take))
    for _ in range(AT_ONCE + 1):
        assert exchange(port, post(FORM)).startswith(b"HTTP/1.1 500 ")
    assert "RuntimeError: bug" in caplog.text
