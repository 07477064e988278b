"""Heads, line by line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.fetch.failures import RefusedError
from syndicator.fetch.head import MAX_FIELDS, MAX_SIZE, Head


def read(text: str) -> Head:
    head = Head()
    for line in text.encode("latin-1").splitlines(keepends=True):
        head.take(line)
    return head


@pytest.mark.parametrize(
    ("text", "status", "fields"),
    [
        ("HTTP/1.1 200 OK\r\nA: 1\r\n\r\n", 200, [("a", "1")]),
        ("HTTP/1.1 200\nA: 1\n\n", 200, [("a", "1")]),
        ("HTTP/1.0  404  Not  Found\r\n\r\n", 404, []),
        ('HTTP/2 304 \r\netag: "a:b"\r\n\r\n', 304, [("etag", '"a:b"')]),
        ("HTTP/1.1 200 OK\r\nA:1\r\nB: \t2 \t\r\nC : 3\r\n D: 4\r\nE:\r\n\r\n", 200,
         [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"), ("e", "")]),
        ("HTTP/1.1 200 OK\r\nX: folded in two\r\nx: \xe9\r\n\r\n", 200, [("x", "folded in two"), ("x", "é")]),
        ("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nA: 1\r\n\r\n", 200, [("a", "1")]),
        ("HTTP/1.1 200 OK\r\n\r\nETag: late\r\n", 200, []),
    ],
    ids=["plain", "bare LF", "spaces", "HTTP/2", "white space", "repeated", "interim", "trailer"],
)  # fmt: skip
def test_a_head_is_read(text: str, status: int, fields: list[tuple[str, str]]) -> None:
    head = read(text)
    assert (head.complete, head.status, head.fields) == (True, status, fields)


@pytest.mark.parametrize("text", ["HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nA: 1\r\n", "HTTP/1.1 100 Go on\r\n\r\n"])
def test_a_head_without_its_end_is_not_complete(text: str) -> None:
    assert not read(text).complete


@pytest.mark.parametrize(
    "text",
    ["\r\n", "<rss>", "SSH-2.0-x\r\n", "http/1.1 200 OK\r\n", "HTTP/1.1 OK\r\n", "HTTP/1.1 2000\r\n", "HTTP/1.1 20\r\n"]
    + ["HTTP/1.1 099 X\r\n", "HTTP/1.1 -200\r\n", "HTTP/1.1 \xb200\r\n", "ICY 200 OK\r\n"]
    + ["HTTP/1.1 200 OK\r\n" + bad for bad in ("none\r\n", "X: a\0b\r\n")],
)  # fmt: skip
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read(text)
    assert caught.value.kind == "malformed"


def test_heads_have_a_limit() -> None:
    fields = "X: 1\r\n" * MAX_FIELDS
    assert len(read(f"HTTP/1.1 200 OK\r\n{fields}\r\n").fields) == MAX_FIELDS
    for text in (
        f"HTTP/1.1 200 OK\r\n{fields}Y: 1\r\n",
        "HTTP/1.1 200 OK\r\n" + f"X: {'1' * 1000}\r\n" * 66,
        "HTTP/1.1 100 Go on\r\n\r\n" * (MAX_SIZE // 22 + 1),
        "HTTP/1.1 200 OK\r\n\r\n" + "T: 1\r\n" * (MAX_SIZE // 6),
    ):
        with pytest.raises(RefusedError) as caught:
            read(text)
        assert caught.value.kind == "too-large"


@given(st.lists(st.binary(max_size=60), max_size=8))
@settings(max_examples=60)
def test_any_lines_are_a_head_or_refused(lines: list[bytes]) -> None:
    head = Head()
    try:
        for line in [b"HTTP/1.1 200 OK\r\n", *lines]:
            head.take(line + b"\r\n")
    except RefusedError:
        return
    assert all(name == name.strip().lower() and value == value.strip(" \t\r\n") for name, value in head.fields)
