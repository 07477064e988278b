import contextlib
import ipaddress
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.config import addresses
from syndicator.config.misfit import MisfitError


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("127.0.0.1:8008", ("127.0.0.1", 8008)),
        ("[::1]:8008", ("::1", 8008)),
        ("[0:0:0:0:0:0:0:1]:80", ("::1", 80)),
        (":8008", ("", 8008)),
        ("localhost:0", ("localhost", 0)),
        ("news.example.org:65535", ("news.example.org", 65535)),
    ],
)
def test_places_to_listen_on(written: str, place: tuple[str, int]) -> None:
    assert addresses.listen(written) == place


@pytest.mark.parametrize(
    "written",
    [
        "",
        "8008",
        "127.0.0.1",
        "::1:8008",
        "[::1]",
        "127.0.0.1:65536",
        "127.0.0.1:-1",
        "127.0.0.999:80",
        "[zz]:80",
        "[:::]:1",
        "host:http",
        "a b:80",
        "http://127.0.0.1:80",
        "[]:80",
        "host:٣",
        8008,
        None,
        True,
        ["a:1"],
    ],
)
def test_a_place_nobody_can_listen_on_is_refused(written: object) -> None:
    with pytest.raises(MisfitError, match=re.escape("127.0.0.1:8008")):
        addresses.listen(written)


def test_networks_are_read() -> None:
    assert addresses.network("10.0.0.0/8") == ipaddress.ip_network("10.0.0.0/8")
    assert addresses.network("192.168.1.7") == ipaddress.ip_network("192.168.1.7/32")
    assert addresses.network("fd00::/8") == ipaddress.ip_network("fd00::/8")


def test_a_network_with_host_bits_is_refused_with_its_right_form() -> None:
    with pytest.raises(MisfitError, match=r'did you mean "10\.0\.0\.0/8"'):
        addresses.network("10.1.2.3/8")


@pytest.mark.parametrize("written", ["", "10.0.0.0/33", "10.0.0", "home", "10.0.0.0-10.0.0.9", "::/129"])
def test_what_is_no_network_is_refused(written: str) -> None:
    with pytest.raises(MisfitError, match="expected a network"):
        addresses.network(written)


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("https://news.example.org", "https://news.example.org/"),
        ("https://news.example.org/", "https://news.example.org/"),
        ("http://127.0.0.1:8008/news", "http://127.0.0.1:8008/news/"),
        ("https://новости.рф", "https://новости.рф/"),
    ],
)
def test_the_base_address_gets_its_slash(written: str, base: str) -> None:
    assert addresses.base_url(written) == base


@pytest.mark.parametrize(
    "written",
    [
        "",
        "news.example.org",
        "ftp://a.b/",
        "https://",
        "https:///x",
        "https://a b/",
        "http://a:99999/",
        "http://[::1/",
        "https://me@a.b/",
        "https://a.b/?x=1",
        "https://a.b/#x",
        "https:a.b",
        "https://a.b\\c",
        " https://a.b/",
    ],
)
def test_a_base_address_that_no_path_can_follow_is_refused(written: str) -> None:
    with pytest.raises(MisfitError):
        addresses.base_url(written)


@pytest.mark.parametrize("written", ["", "https://example.org/about", "mailto:me@example.org", "me@example.org"])
def test_contacts_are_taken(written: str) -> None:
    assert addresses.contact(written) == written


@pytest.mark.parametrize(
    "written", ["me", "https://a.b/\r\nX: y", "https://пример.рф/", "https://a.b/(x)", "https://a b/"]
)
def test_a_contact_that_would_break_a_header_is_refused(written: str) -> None:
    with pytest.raises(MisfitError):
        addresses.contact(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "http://proxy.example:3128",
        "http://127.0.0.1:80/",
        "http://[::1]:8080",
        "http://user:w%20rd@proxy.example:1",
    ],
)
def test_proxies_are_taken(written: str) -> None:
    assert addresses.proxy(written) == written


@pytest.mark.parametrize(
    "written",
    [
        *("a.example:3128", "http://a.example", "https://a.example:443", "socks5://a.example:1080", "http://:3128"),
        *("http://a.example:0", "http://a.example:99999", "http://a.example:3128/x", "http://прокси.example:3128"),
        *("http://a b:1", "http://a.example:3128\n"),
    ],
)
def test_what_is_no_proxy_is_refused_without_being_repeated(written: str) -> None:
    with pytest.raises(MisfitError) as caught:
        addresses.proxy(written)
    assert written not in str(caught.value)


READINGS = (addresses.listen, addresses.network, addresses.base_url, addresses.contact, addresses.proxy)


@given(text=st.text(max_size=60), read=st.sampled_from(READINGS))
def test_any_text_is_taken_or_refused(text: str, read: Callable[[str], object]) -> None:
    with contextlib.suppress(MisfitError):
        read(text)


@pytest.mark.parametrize(
    "written",
    ["hub.example", "ftp://hub.example/", "https://me@hub.example/", "https://hub.example/#a", "https://a b/"],
)
def test_a_hub_has_an_address_that_can_be_published(written: str) -> None:
    assert addresses.hub("https://Hub.example?a=1") == "https://hub.example/?a=1"
    with pytest.raises(MisfitError):
        addresses.hub(written)
