"""A request as it goes out."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from requests import RequestException
from requests.models import PreparedRequest
from requests.utils import check_header_validity

from syndicator.fetch.failures import RefusedError
from syndicator.fetch.outgoing import _PLAIN, _READY, Outgoing, prepare
from syndicator.model.web import Request, Validators


def outgoing(url: str, **fields: object) -> Outgoing:
    return prepare(Request(source_id="s", url=url, **fields), "agent/1 (+https://a.example/)")


@pytest.mark.parametrize(
    ("url", "sent", "host", "port", "literal"),
    [
        ("http://a.example", "http://a.example/", "a.example", 80, False),
        ("https://A.Example/x?y=1&z", "https://a.example/x?y=1&z", "a.example", 443, False),
        ("HTTP://a.example:8080/", "http://a.example:8080/", "a.example", 8080, False),
        ("https://лента.рф/ё", "https://xn--80ajrjz.xn--p1ai/%D1%91", "xn--80ajrjz.xn--p1ai", 443, False),
        ("https://faß.example/", "https://xn--fa-hia.example/", "xn--fa-hia.example", 443, False),
        ("https://☃.example/", "https://xn--n3h.example/", "xn--n3h.example", 443, False),
        ("https://ＡＢ。example/", "https://ab.example/", "ab.example", 443, False),
        ("https://a\u00adb.example/", "https://ab.example/", "ab.example", 443, False),
        ("https://user:word@a.example/", "https://a.example/", "a.example", 443, False),
        ("http:///a.example/x", "http://a.example/x", "a.example", 80, False),
        (r"https://a.example\@b.example/x", "https://a.example/@b.example/x", "a.example", 443, False),
        ("https://a.example#@b.example/x", "https://a.example/#@b.example/x", "a.example", 443, False),
        ("http://192.0.2.1/", "http://192.0.2.1/", "192.0.2.1", 80, True),
        ("http://127.1/", "http://127.0.0.1/", "127.0.0.1", 80, True),
        ("http://0x7f.0.0.0x1/", "http://127.0.0.1/", "127.0.0.1", 80, True),
        ("https://ex%61mple.org/%7ea", "https://example.org/~a", "example.org", 443, False),
        ("https://%e2%98%83.example/", "https://xn--n3h.example/", "xn--n3h.example", 443, False),
        ("https://a%C2%ADb.example/", "https://ab.example/", "ab.example", 443, False),
        ("http://[2001:db8::1]:81/", "http://[2001:db8::1]:81/", "2001:db8::1", 81, True),
        ("https://a.example/ё-50%", "https://a.example/%D1%91-50%25", "a.example", 443, False),
        ("https://a.example/%D1%91-50%?q=1%2B1%", "https://a.example/%D1%91-50%25?q=1%2B1%25", "a.example", 443, False),
        ("http://a.example/a b|c", "http://a.example/a%20b%7Cc", "a.example", 80, False),
    ],
)
def test_the_address_is_made_ready(url: str, sent: str, host: str, port: int, *, literal: bool) -> None:
    found = outgoing(url)
    assert (found.url, found.host, found.port, found.has_literal) == (sent, host, port, literal)


def test_only_fields_with_a_value_are_sent() -> None:
    bare = {line.split(b":")[0] for line in outgoing("http://a.example/").fields}
    assert bare == {b"User-Agent", b"Accept", b"Accept-Encoding"}
    full = outgoing("http://a.example/", validators=Validators(etag='"\xe9"', last_modified="x"), authorization="B c")
    assert set(full.fields[-3:]) == {b'If-None-Match: "\xe9"', b"If-Modified-Since: x", b"Authorization: B c"}


@pytest.mark.parametrize("value", ['\xa0"a"', '\x85"a"', '"\xa0"', 'W/"a  b\tc"', "0", '"' + "a" * 1000 + '"'])
def test_a_validator_goes_back_as_it_came(value: str) -> None:
    found = outgoing("http://a.example/", validators=Validators(etag=value, last_modified=value))
    assert found.fields[-2:] == [
        f"{name}: {value}".encode("latin-1") for name in ("If-None-Match", "If-Modified-Since")
    ]


@pytest.mark.parametrize(
    "value",
    ['\x0b"a"', '"\x01"', '"\x7f"', ' "a"', "a\r\nb", '"ё"', '"' + "a" * 2000 + '"'],
    ids=["white space", "control", "delete", "space", "line break", "not latin", "long"],
)
def test_a_validator_that_no_host_would_take_back_costs_the_304_and_not_the_source(value: str) -> None:
    found = outgoing("http://a.example/", validators=Validators(etag=value, last_modified="x"))
    assert [line for line in found.fields if line.startswith(b"If-")] == [b"If-Modified-Since: x"]


def test_a_sources_own_fields_are_sent_and_take_the_place_of_ours() -> None:
    fields = outgoing("http://a.example/", headers=(("accept", "text/csv"), ("Cookie", "a=b; c=d"))).fields
    assert [it for it in fields if it.lower().startswith(b"accept:")] == [b"accept: text/csv"]
    assert b"Cookie: a=b; c=d" in fields
    assert any(it.startswith(b"User-Agent: ") for it in fields)


@pytest.mark.parametrize("value", ["a\r\nb", "a\nb", "a\rb", "ключ"])
def test_a_field_that_would_break_the_head_is_refused(value: str) -> None:
    with pytest.raises(RefusedError):
        outgoing("http://a.example/", authorization=value)
    with pytest.raises(RefusedError):
        outgoing("http://a.example/", headers=(("X-A", value),))


@given(
    st.from_regex(_READY, fullmatch=True)
    | st.from_regex(r"https?://[a-z0-9.:@_-]{1,12}/[a-zA-Z0-9/.%~;=?&'\[\]-]{0,24}", fullmatch=True)
)
@example("http://a.example/a/../b")
@example("http://a.example/./b")
@example("http://a.example/..")
@example("http://a.example/a/.hidden/..x")
@example("http://a.example/%7e?%2f")
@example("http://a.example:080/")
@example("http://a.example:65536/")
@example("http://a.example:0/")
@example("http://a.example?x")
@example("http://-.example/")
@example("http://127.0.0.1:80/")
@settings(max_examples=150)
def test_what_counts_as_ready_is_what_requests_would_make_of_it(url: str) -> None:
    if _READY.fullmatch(url):
        prepared = PreparedRequest()
        try:
            prepared.prepare_url(url, None)
        except RequestException:
            with pytest.raises(RefusedError):
                outgoing(url)
            return
        parts = urlsplit(prepared.url)
        found = outgoing(url)
        assert (found.url, found.host, found.port) == (
            prepared.url,
            parts.hostname,
            parts.port or {"http": 80, "https": 443}[parts.scheme],
        )


def test_no_port_is_no_port_of_another() -> None:
    with pytest.raises(RefusedError):
        outgoing("http://a.example:0/x")


@given(st.text(max_size=12) | st.from_regex(_PLAIN, fullmatch=True))
@example('W/"x"')
@example(" x")
@example("x\n")
@settings(max_examples=100)
def test_what_counts_as_plain_is_what_requests_lets_pass_and_latin_1_has(value: str) -> None:
    if _PLAIN.fullmatch(value):
        check_header_validity(("Name", value))
        assert (
            f"If-None-Match: {value}".encode("latin-1")
            in outgoing("http://a.example/", validators=Validators(etag=value)).fields
        )
