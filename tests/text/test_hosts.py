"""Whose a host is, and which hosts are one site; of whole addresses: test_urls.py."""

import pytest

from syndicator.text.hosts import bare_host, is_local, registrable, with_port


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        ("www.news.a.co.uk:8080", "a.co.uk"),
        ("u:p@x.github.io", "x.github.io"),
        ("github.io", "github.io"),
        ("xn--80adjurfhd.xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
        ("xn--\x00.example", "xn--\x00.example"),
        ("localhost", "localhost"),
        ("10.0.0.1", "10.0.0.1"),
        ("[::1]:80", "[::1]"),
        ("www.a.ru.", "a.ru"),
    ],
)
def test_a_domain_is_what_somebody_registered(authority: str, expected: str) -> None:
    assert registrable(authority) == expected


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        ("www.site.ru", "site.ru"),
        ("www.m.site.ru.", "site.ru"),
        ("amp.site.ru:8080", "site.ru:8080"),
        ("mobile.site.ru", "site.ru"),
        ("news.site.ru", "news.site.ru"),
        ("m.co.uk", "m.co.uk"),
        ("m.blogspot.com", "m.blogspot.com"),
        ("[::1]:80", "[::1]:80"),
    ],
)
def test_variants_of_a_site_are_one_host_and_registered_names_stay(authority: str, expected: str) -> None:
    assert bare_host(authority) == expected


def test_what_is_local_is_told_from_what_others_can_reach() -> None:
    for authority in ("127.0.0.1:8008", "[::1]", "[::1]:80", "u:p@10.1.2.3", "localhost", "news", "news.", ""):
        assert is_local(authority), authority
    for authority in ("news.example.org", "8.8.8.8", "[2a00:1450::1]:443", "1.2.3.4.5"):
        assert not is_local(authority), authority


@pytest.mark.parametrize(("host", "expected"), [("::1", "[::1]:80"), ("127.0.0.1", "127.0.0.1:80"), ("", ":80")])
def test_a_host_with_a_port(host: str, expected: str) -> None:
    assert with_port(host, 80) == expected
