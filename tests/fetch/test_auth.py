"""Credentials in, one field's value out."""

from base64 import b64encode

import pytest

from syndicator.fetch.auth import authorization, without_userinfo
from syndicator.model.source import Auth


def basic(credentials: str | bytes) -> str:
    octets = credentials.encode() if isinstance(credentials, str) else credentials
    return "Basic " + b64encode(octets).decode()


@pytest.mark.parametrize(
    ("auth", "url", "value"),
    [
        (None, "https://a.example/", ""),
        (None, "https://@a.example/", ""),
        (None, "https://:@a.example/", ""),
        (None, "https://user:word@a.example/", basic("user:word")),
        (None, "https://token@a.example/", basic("token:")),
        (None, "https://:word@a.example/", basic(":word")),
        (None, "https://us%40er:w%3Ao%2Frd@a.example/", basic("us@er:w:o/rd")),
        (None, "https://user:p@ss@a.example/", basic("user:p@ss")),
        (None, "https://имя:%D0%BA%D0%BE%D0%B4@a.example/", basic("имя:код")),
        (None, "https://us%E9r:w%FFrd@a.example/", basic(b"us\xe9r:w\xffrd")),
        (None, "https://a.example/user:word@b", ""),
        (None, "https://[::1/", ""),
        (None, "https://user@[::1/", ""),
        (Auth(), "https://a.example/", ""),
        (Auth(), "https://user:word@a.example/", basic("user:word")),
        (Auth(username="имя", password="пароль"), "https://user:word@a.example/", basic("имя:пароль")),
        (Auth(username="user"), "https://a.example/", basic("user:")),
        (Auth(password="word"), "https://a.example/", basic(":word")),
        (Auth(bearer="abc.def"), "https://user:word@a.example/", "Bearer abc.def"),
    ],
)
def test_the_field_for_each_kind_of_credentials(auth: Auth | None, url: str, value: str) -> None:
    assert authorization(auth, url) == value


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://user:word@a.example:8443/p?q#f", "https://a.example:8443/p?q#f"),
        ("https://us@er:word@a.example/", "https://a.example/"),
        ("https://@a.example/", "https://a.example/"),
        ("https://a.example/@user?x=a@b", "https://a.example/@user?x=a@b"),
        ("https://a.example/?", "https://a.example/?"),
        ("https://[::1/", "https://[::1/"),
        ("https://user@[::1/", "https://user@[::1/"),
        ("", ""),
    ],
)
def test_an_address_without_its_userinfo(url: str, bare: str) -> None:
    assert without_userinfo(url) == bare
