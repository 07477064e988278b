"""What a source's requests may say beside what all say, and why the rest may not."""

from collections.abc import Callable
from typing import Any

import pytest

from syndicator.config.fields import LONGEST, hold_secrets
from syndicator.errors import ConfigError
from syndicator.model.source import Source

Read = Callable[..., tuple[Source, ...]]


@pytest.fixture
def told(read: Read) -> Callable[[str], str]:
    def complaint(table: str) -> str:
        with pytest.raises(ConfigError) as caught:
            read(f'[[source]]\nurl = "https://a.example/"\nheaders = {table}\n')
        return str(caught.value)

    return complaint


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('{ Host = "b.example" }', "source.headers.Host: cannot be set for a source"),
        ('{ Transfer-Encoding = "chunked" }', "cannot be set for a source"),
        ('{ Proxy-Connection = "keep-alive" }', "cannot be set for a source"),
        ('{ HTTP2-Settings = "AAMAAABk" }', "cannot be set for a source"),
        ('{ content-length = "5" }', "cannot be set for a source"),
        ('{ User-Agent = "Mozilla/5.0" }', "is the same for all sources: see [fetch] contact"),
        ('{ Authorization = "Basic abc" }', "belongs in auth"),
        ('{ If-None-Match = "x" }', "is set automatically"),
        ('{ if-anything = "x" }', "is set automatically"),
        ('{ "X Y" = "a" }', "expected the name of a header field"),
        ('{ "X:" = "a" }', "expected the name of a header field"),
        ('{ "" = "a" }', "expected the name of a header field"),
        ('{ "Ключ" = "a" }', "expected the name of a header field"),
        ('{ X-A = "a", x-a = "b" }', "is given twice"),
        ("{ X-A = 7 }", "expected text in quotes"),
        ('{ X-A = "env:NOBODY" }', "no variable NOBODY"),
        ('{ X-A = "a\\nX-B: c" }', "holds a line break or another control character"),
        ('{ X-A = "ключ" }', "expected visible ASCII characters"),
        ('{ X-A = " a" }', "expected visible ASCII characters"),
        ('{ X-A = "' + "a" * (LONGEST + 1) + '" }', "expected visible ASCII characters"),
        ('"Cookie: a"', "expected a table, such as"),
    ],
)
def test_what_may_not_be_sent_is_refused(told: Callable[[str], str], table: str, message: str) -> None:
    assert message in told(table)


def test_no_value_is_shown(told: Callable[[str], str]) -> None:
    assert "s3cret" not in told('{ "X Y" = "s3cret", Host = "s3cret", X-A = "s3cret\\u0000" }')


def test_a_list_has_no_headers(read: Read) -> None:
    with pytest.raises(ConfigError, match=r"list\.headers: unknown setting"):
        read('[[list]]\nurl = "https://a.example/"\nheaders = { X-A = "b" }\n')


@pytest.mark.parametrize(
    ("table", "secret"), [({"A": "env:B"}, True), ({"A": "b", "C": "env:D"}, True), ({"A": "b"}, False), ({}, False)]
)
def test_what_comes_from_the_environment_is_a_secret(table: Any, *, secret: bool) -> None:
    assert hold_secrets(table) is secret
    assert not hold_secrets([table])
    assert not hold_secrets(None)
