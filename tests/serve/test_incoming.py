"""Requests from bytes, without a socket."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.serve.app import Request
from syndicator.serve.incoming import Incoming
from syndicator.serve.limits import Limits

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
AHEAD = GET + b"HEAD /feeds/%D1%91.rss?x HTTP/1.1\r\nHost: x\r\nIf-None-Match: a\r\nif-none-match: b\r\n\r\n"


def after(*pieces: bytes) -> Incoming:
    incoming = Incoming(Limits(), lambda _: None)
    for piece in pieces:
        if not incoming.last:
            incoming.take(piece)
    return incoming


def refused_with(incoming: Incoming) -> int | None:
    return incoming.refusal.status if incoming.refusal else None


@given(cuts=st.lists(st.integers(0, len(AHEAD)), max_size=8).map(sorted))
def test_requests_are_the_same_however_they_are_cut(cuts: list[int]) -> None:
    incoming = after(*(AHEAD[a:b] for a, b in zip([0, *cuts], [*cuts, len(AHEAD)], strict=True)))
    assert [tuple(it)[:3] for it in incoming.asked] == [
        (b"GET", "/", {}),
        (b"HEAD", "/feeds/ё.rss", {b"if-none-match": b"a, b"}),
    ]
    assert (incoming.heard, incoming.last, incoming.unparsed) == (True, False, 0)


@pytest.mark.parametrize("begun", [b"G", b"\r\n", GET[:-2]])
def test_a_head_that_has_begun_is_known_to_be_arriving(begun: bytes) -> None:
    assert after(begun).unparsed
    assert after(GET, begun).unparsed


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        (b"get / HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        (GET + b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        (b"DELETE / HTTP/1.1\r\nHost: x\r\n\r\n", None),
        (b"GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505),
        (b"GET / HTTP/0.9\r\nHost: x\r\n\r\n", 505),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505),
        (b"GET / HTTP/1.2\r\nHost: x\r\n\r\n", None),
        (b"GET / HTTP/1.2\r\n\r\n", 400),
        (b"BREW / HTTP/1.2\r\nHost: x\r\n\r\n", 501),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01", 400),
        (b"BREW\r\n\r\n", 400),
        (b"BREW" * 999 + b" / HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        (b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", None),
        (b"GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET /#top HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ],
)
def test_methods_and_versions_that_are_not_known_are_told_from_garbage(sent: bytes, status: int | None) -> None:
    incoming = after(sent)
    assert refused_with(incoming) == status
    assert len(incoming.asked) == (status is None or sent.startswith(GET)), "what came before it is answered"
    assert incoming.last == (status is not None)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (b"Host: a.example\r\n", None),
        (b"host:a_b.example:8008 \r\n", None),
        (b"Host: [2001:db8::1]:8008\r\n", None),
        (b"Host: xn--80ajrjz.xn--p1ai.\r\n", None),
        (b"Host:\r\n", None),
        (b"", 400),
        (b"Host: a\r\nHost: a\r\n", 400),
        (b"Host:\r\nHost:\r\n", 400),
        (b"Host: a, b\r\n", 400),
        (b"Host: a b\r\n", 400),
        (b"Host: a/b\r\n", 400),
        (b"Host: a%C3%A4\r\n", None),
        (b"Host: a%zz\r\n", 400),
        (b"Host: me@a\r\n", 400),
        (b"Host: a:b\r\n", 400),
        (b"Host: [a\r\n", 400),
        (b"Host: \xd1\x91\r\n", 400),
    ],
)
def test_there_is_one_host_and_it_is_one(host: bytes, status: int | None) -> None:
    assert refused_with(after(b"GET / HTTP/1.1\r\n" + host + b"\r\n")) == status
    assert refused_with(after(b"GET / HTTP/1.0\r\n" + host + b"\r\n")) == (status if host else None)


@pytest.mark.parametrize(
    ("codings", "status"),
    [
        (b"Transfer-Encoding: chunked\r\n", None),
        (b"Transfer-Encoding: Chunked \r\n", None),
        (b"Transfer-Encoding: , chunked\r\n", None),
        (b"Transfer-Encoding: chunked,\r\n", 400),
        (b"Transfer-Encoding: gzip, Chunked\r\n", 501),
        (b"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", 501),
        (b"Transfer-Encoding: xchunked\r\n", 400),
        (b"Transfer-Encoding: identity\r\n", 400),
        (b"Transfer-Encoding: chunked, gzip\r\n", 400),
        (b"Transfer-Encoding:\r\n", 400),
        (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400),
    ],
)
def test_a_body_that_nobody_can_unpack_or_tell_the_end_of_is_refused(codings: bytes, status: int | None) -> None:
    incoming = after(GET[:-2] + codings + b"\r\n0\r\n\r\n")
    assert (refused_with(incoming), incoming.last) == (status, True)


def test_a_head_may_not_grow_without_end() -> None:
    assert refused_with(after(GET, GET[:-2] + b"X: " + b"a" * 17_000)) == 431
    assert refused_with(after(GET[:-2] + b"X: ", *[b"a" * 100] * 170)) == 431


def test_of_a_head_that_is_too_large_no_more_is_read() -> None:
    incoming = after(GET[:-2] + b"If-Match: x\r\n" * 20_000)
    assert refused_with(incoming) == 431
    assert len(incoming._fields[b"if-match"]) < Limits().head


def test_the_limit_of_a_head_is_not_one_of_many_heads_that_come_together() -> None:
    head = GET[:-2] + b"X: " + b"a" * 1100 + b"\r\n\r\n"
    incoming = after(head * 7, head * 8)
    assert (len(incoming.asked), incoming.refusal) == (15, None)


def test_only_so_many_are_taken_ahead() -> None:
    assert after(GET * 100).refusal is None
    incoming = after(GET * 200)
    assert (len(incoming.asked), refused_with(incoming)) == (Limits().pipelined, 429)


def test_a_body_makes_a_request_the_last_one() -> None:
    incoming = after(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" + GET)
    assert (len(incoming.asked), incoming.last, incoming.refusal) == (1, True, None)


class Taker:
    """Stands for what a hub sends."""

    def __init__(self) -> None:
        self.taken = b""

    def update(self, data: bytes) -> None:
        self.taken += data


HEAD = b"POST /push/x?a=b HTTP/1.1\r\nHost: x\r\nX-Hub-Signature: sha1=0\r\n"
NEWS = HEAD + b"Content-Length: 20000\r\n\r\n" + b"n" * 20_000
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n4e20\r\n" + b"n" * 20_000 + b"\r\n0\r\n\r\n"


def taking(*pieces: bytes, **limits: int) -> tuple[Incoming, Taker]:
    taker = Taker()
    incoming = Incoming(Limits(**limits), lambda it: taker if it.method == b"POST" else None)  # type: ignore[arg-type, return-value]
    for piece in pieces:
        if not incoming.last:
            incoming.take(piece)
    return incoming, taker


@pytest.mark.parametrize("sent", [NEWS, CHUNKED], ids=["length", "chunked"])
@given(cuts=st.lists(st.integers(0, 20_000), max_size=8).map(sorted))
def test_a_body_that_is_wanted_comes_whole_however_it_is_cut(sent: bytes, cuts: list[int]) -> None:
    incoming, taker = taking(*(sent[a:b] for a, b in zip([0, *cuts], [*cuts, len(sent)], strict=True)))
    (request,) = incoming.asked
    assert request == Request(b"POST", "/push/x", {b"x-hub-signature": b"sha1=0"}, b"a=b", taker)
    assert taker.taken == b"n" * 20_000
    assert (incoming.receives, incoming.last, incoming.refusal, incoming.unread) == (False, True, None, False)


def test_a_request_is_none_until_its_body_has_come() -> None:
    incoming, taker = taking(GET + NEWS[:-5])
    assert [it.method for it in incoming.asked] == [b"GET"]
    assert (incoming.receives, incoming.last, incoming.unparsed) == (True, False, 0)
    assert len(taker.taken) == 20_000 - 5


def test_who_has_sent_a_part_of_a_body_has_asked_for_nothing_yet() -> None:
    incoming, _ = taking(NEWS[:-1])
    assert not incoming.heard, "it is the first to go when there is no room"
    incoming.take(NEWS[-1:])
    assert incoming.heard


@pytest.mark.parametrize(
    ("head", "invites"),
    [
        (HEAD + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", True),
        (HEAD + b"Expect: 100-Continue\r\nTransfer-Encoding: chunked\r\n\r\n", True),
        (HEAD + b"Content-Length: 5\r\n\r\n", False),
        (HEAD.replace(b"/1.1", b"/1.0") + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", False),
        (HEAD.replace(b"POST", b"PUT") + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", False),
    ],
)
def test_who_waits_for_a_word_before_it_sends_a_body_gets_one(head: bytes, invites: bool) -> None:
    incoming, _ = taking(head)
    assert incoming.invites is invites


def test_of_a_body_that_will_be_too_large_nothing_is_taken() -> None:
    incoming, taker = taking(HEAD + b"Content-Length: 10001\r\nExpect: 100-continue\r\n\r\nn", body=10_000)
    assert (refused_with(incoming), incoming.invites, taker.taken) == (413, False, b"")


@pytest.mark.parametrize("sent", [NEWS, CHUNKED], ids=["length", "chunked"])
def test_a_body_that_is_too_large_is_refused(sent: bytes) -> None:
    incoming, taker = taking(sent[:9_000], sent[9_000:], body=10_000)
    assert (refused_with(incoming), incoming.last, incoming.unread, len(incoming.asked)) == (413, True, True, 0)
    assert len(taker.taken) <= 10_000
    incoming, _ = taking(sent, body=20_000)
    assert refused_with(incoming) is None


def test_a_field_behind_a_body_does_not_count() -> None:
    chunked = GET[:-2] + b"Transfer-Encoding: chunked\r\n\r\n0\r\nIf-None-Match: *\r\n\r\n"
    assert [it.fields for it in after(chunked).asked] == [{}]
