"""Credentials: where their values come from, and what is no credential."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from syndicator.config import Vocabulary, load
from syndicator.errors import ConfigError
from syndicator.model.source import Auth, Source

Write = Callable[..., Path]
Read = Callable[..., tuple[Source, ...]]
Operator = Callable[..., Auth | None]


def tables(*urls: str) -> str:
    return "".join(f'[[source]]\nurl = "{url}"\n' for url in urls)


@pytest.fixture
def operator(root: Path, write: Write, vocabulary: Vocabulary) -> Operator:
    """Who may see the operator's pages, as one line says."""

    def read_operator(line: str, environment: Mapping[str, str] | None = None) -> Auth | None:
        write("syndicator.toml", f"[serve]\n{line}\n")
        return load(root, vocabulary, environment).serve.operator

    return read_operator


def test_credentials_come_from_the_file_or_the_environment(read: Read) -> None:
    environment = {"NEWS_USER": "me", "NEWS_PASSWORD": "pass:word", "NEWS_TOKEN": "abc=="}
    found = read(
        """
        [[source]]
        url = "https://a.example/"
        auth = { username = "me", password = "pass" }
        [[source]]
        url = "https://b.example/"
        auth = { username = "env:NEWS_USER", password = "env:NEWS_PASSWORD" }
        [[source]]
        url = "https://c.example/"
        auth = { bearer = "env:NEWS_TOKEN" }
        [[source]]
        url = "https://d.example/"
        auth = { username = "me" }
        """,
        environment,
    )
    assert [source.auth for source in found] == [
        Auth(username="me", password="pass"),
        Auth(username="me", password="pass:word"),
        Auth(bearer="abc=="),
        Auth(username="me"),
    ]
    assert all(source.private for source in found)


def test_a_secret_from_the_environment_that_cannot_be_sent_is_not_shown(read: Read) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tables("https://a.example/") + 'auth = { bearer = "env:T" }', {"T": "s3cr3t\n"})
    assert "line break" in str(caught.value)
    for auth in ('{ username = "env:T" }', '{ username = "me", password = "env:T" }', '{ bearer = "env:T" }'):
        with pytest.raises(ConfigError, match=r"value is not UTF-8"):
            read(tables("https://a.example/") + f"auth = {auth}", {"T": os.fsdecode(b"s3cr3t\xff")})
    assert "s3cr3t" not in str(caught.value)


def test_what_stands_after_env_is_shown_only_if_it_is_a_name(read: Read) -> None:
    with pytest.raises(ConfigError, match="no variable of that name"):
        read(tables("https://a.example/") + 'auth = { bearer = "env:s3cr3t" }')


@pytest.mark.parametrize("line", ["", 'listen = ":80"'])
def test_unless_somebody_is_named_nobody_sees_the_operators_pages(operator: Operator, line: str) -> None:
    assert operator(line, {}) is None


def test_the_operator_has_a_name_and_a_password(operator: Operator) -> None:
    assert operator('operator = { username = "anna", password = "env:P" }', {"P": "s3:cret"}) == Auth(
        username="anna", password="s3:cret"
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("operator = {}", "serve.operator: expected username and password"),
        ('operator = { username = "anna" }', "serve.operator: expected username and password"),
        ('operator = { password = "x" }', "serve.operator: expected username and password"),
        ('operator = { username = "anna", password = "" }', "serve.operator.password: is empty"),
        ('operator = { username = "anna", password = "env:P" }', "the environment has no variable P, or it is empty"),
        ('operator = { username = "an:na", password = "x" }', "a user name cannot hold a colon"),
        ('operator = { bearer = "x" }', "serve.operator.bearer: unknown setting; expected one of password, username"),
        ('operator = { username = 5, password = "x" }', "serve.operator.username: expected text in quotes"),
        ('operator = "anna"', "serve.operator: expected a table, such as {"),
    ],
)
def test_what_would_let_anybody_in_or_nobody_is_refused(operator: Operator, line: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        operator(line, {"P": ""})
    assert message in str(caught.value)
    assert "syndicator.toml:2" in str(caught.value)


def test_who_asks_for_nothing_needs_no_environment(operator: Operator) -> None:
    found = operator('operator = { username = "anna", password = "env:P" }', None)
    assert found is not None
    assert found.username == "anna"
