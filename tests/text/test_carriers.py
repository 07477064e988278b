"""Where an address leads that carries another; what only looks so is left alone."""

import pytest

from syndicator.text.carriers import bare, carried, redirected
from syndicator.text.urls import absolute


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.google.com/url?q=https://a.ru/n&sa=D", "https://a.ru/n"),
        ("https://www.google.com/url?rct=j&amp;url=https%3A%2F%2Fa.ru%2Fn%3Fid%3D5", "https://a.ru/n?id=5"),
        ("https://m.vk.com/away.php/?to=http%3A%2F%2Fa.ru%2Fn&post=-1_2#x", "http://a.ru/n"),
        ("https://out.reddit.com/t3_x?url=https%3A%2F%2Fa.ru%2Fn&token=A", "https://a.ru/n"),
        ("http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fa.ru%2fn&c=1", "https://a.ru/n"),
        ("https://www-a-ru.cdn.ampproject.org/c/s/www.a.ru/n?id=5", "https://www.a.ru/n?id=5"),
        ("https://cdn.ampproject.org/v/a.ru:8080/n", "http://a.ru:8080/n"),
        ("https://www-a-ru.bing-amp.com/c/s/www.a.ru/n", "https://www.a.ru/n"),
        ("https://www.google.co.uk/amp/s/a.ru/n", "https://a.ru/n"),
        ("https://a-ru.turbopages.org/turbo/a.ru/s/n", "https://a.ru/n"),
        ("https://yandex.ru/turbo/a.ru/s/n", "https://a.ru/n"),
        ("https://yandex.ru/turbo/s/a.ru/n", "https://a.ru/n"),
        # No redirector, not its path, not its field; nothing on the web; no article's copy.
        ("https://b.ru/url?q=https://a.ru/n", ""),
        ("https://www.google.com/search?q=https://a.ru/n", ""),
        ("https://www.google.com/url?x=https://a.ru/n", ""),
        ("https://www.google.com/url?q=/maps&x=http", ""),
        ("https://vk.com/away.php?to=javascript:alert(1)", ""),
        ("https://vk.com/away.php?to=http:a.ru", ""),
        ("https://www.google.com/amp/s/nowhere/n", ""),
        ("https://google.evil.example/amp/s/a.ru/n", ""),
        ("https://www-a-ru.cdn.ampproject.org/i/s/www.a.ru/n.jpg", ""),
        ("https://www-a-ru.cdn.ampproject.org/c/s/www.a.ru", ""),
        ("file:///url?q=https://a.ru/n", ""),
        ("https://www.google.com/url?q=https://a.ru/n&pad=" + "x" * 10_000, ""),
    ],
)
def test_an_address_carries_another_only_where_it_leads_there(address: str, expected: str) -> None:
    assert carried(absolute(address)) == expected


def test_a_redirector_is_known_by_host_path_and_field() -> None:
    assert redirected("m.vk.com", "/away.php", {"to": "https://a.ru/"}) == "https://a.ru/"
    assert redirected("vk.com", "/away.php/x", {"to": "https://a.ru/"}) == ""
    assert redirected("away.vk.com", "/any", {"to": "https://a.ru/"}) == "https://a.ru/"


def test_a_mobile_prefix_is_dropped_once() -> None:
    assert [bare(host) for host in ("www.m.vk.com", "m.vk.com", "mvk.com")] == ["m.vk.com", "vk.com", "mvk.com"]
