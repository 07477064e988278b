import contextlib
import ipaddress
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.config import values
from syndicator.config.values import MisfitError


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("500ms", 0.5),
        ("1s", 1),
        ("30m", 1800),
        ("2h", 7200),
        ("1d", 86400),
        ("1h30m", 5400),
        ("1.5h", 5400),
        ("0s", 0),
        (90, 90),
        (0.25, 0.25),
        ("366d", 366 * 86400),
    ],
)
def test_durations_read_as_people_write_them(written: object, seconds: float) -> None:
    assert values.duration(written) == seconds


@pytest.mark.parametrize(
    "written",
    [
        "",
        "30",
        "m",
        "1 h",
        "-1s",
        "1w",
        "1H",
        "٣s",
        "1h30",
        "367d",
        "9" * 500 + "d",
        -1,
        float("nan"),
        float("inf"),
        10**400,
        True,
        None,
        [],
        {},
        "1s" * 1000,
    ],
)
def test_a_duration_that_is_none_is_refused(written: object) -> None:
    with pytest.raises(MisfitError, match='"30m"'):
        values.duration(written)


def test_an_interval_of_nothing_would_poll_without_end() -> None:
    with pytest.raises(MisfitError, match="longer than nothing"):
        values.period("0s")


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("16MiB", 16 * 1024**2),
        ("10MB", 10**7),
        ("512KiB", 524288),
        ("2 KB", 2000),
        ("1GiB", 1024**3),
        ("9B", 9),
        (1, 1),
    ],
)
def test_sizes_know_binary_and_decimal_units(written: object, size: int) -> None:
    assert values.size(written) == size


@pytest.mark.parametrize("written", ["", "0B", "16", "16mib", "2GiB", "1.5MB", 0, -1, True, 1.5, 10**400, None])
def test_a_size_that_is_none_is_refused(written: object) -> None:
    with pytest.raises(MisfitError, match="16MiB"):
        values.size(written)


@pytest.mark.parametrize("tag", ["ru", "en-GB", "sr-Cyrl-RS", "zh-Hant", "x-private", "i-klingon", "haw"])
def test_languages_have_the_shape_of_bcp_47(tag: str) -> None:
    assert values.language(tag) == tag


@pytest.mark.parametrize(
    ("tag", "said"), [("ru_RU", "ru-RU"), ("russian", "en-GB"), ("", "en-GB"), ("рус", "en-GB"), ("en-", "en-GB")]
)
def test_a_language_that_no_reader_knows_is_refused(tag: str, said: str) -> None:
    with pytest.raises(MisfitError, match=said):
        values.language(tag)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Moscow", "Asia/Yekaterinburg", "America/Argentina/Salta"])
def test_time_zones_are_those_of_iana(zone: str) -> None:
    assert values.timezone(zone) == zone


@pytest.mark.parametrize(
    ("zone", "nearest"),
    [
        ("Moscow", "Europe/Moscow"),
        ("europe/moskow", "Europe/Moscow"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
        ("MSK", "Europe/Moscow"),
        ("PDT", "America/Los_Angeles"),
        ("UTC+3", ""),
    ],
)
def test_the_nearest_time_zone_is_offered(zone: str, nearest: str) -> None:
    with pytest.raises(MisfitError) as caught:
        values.timezone(zone)
    assert values.nearest(caught.value.word, caught.value.choices) == nearest


@pytest.mark.parametrize("zone", ["", "Europe", "/etc/localtime", "../UTC", "a\0b", "x" * 5000, "MSK", "é", "UTC "])
def test_no_time_zone_leads_to_a_file_or_an_unknown_error(zone: str) -> None:
    with pytest.raises(MisfitError):
        values.timezone(zone)


@pytest.mark.parametrize("selector", ["", "article", "div.news > a[href]", "li:not(.ad) h2", "time[datetime]", "a, b"])
def test_css_selectors_are_taken(selector: str) -> None:
    assert values.selector(selector) == selector


@pytest.mark.parametrize(
    "selector", ["a[", "//article", "a:nonsense", "a >", "!", ":not(" * 150 + "a", "a" * 1001, "a::b"]
)
def test_a_selector_that_could_not_be_searched_for_is_refused(selector: str) -> None:
    with pytest.raises(MisfitError, match="CSS selector"):
        values.selector(selector)


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
    assert values.listen(written) == place


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
        values.listen(written)


def test_networks_are_read() -> None:
    assert values.network("10.0.0.0/8") == ipaddress.ip_network("10.0.0.0/8")
    assert values.network("192.168.1.7") == ipaddress.ip_network("192.168.1.7/32")
    assert values.network("fd00::/8") == ipaddress.ip_network("fd00::/8")


def test_a_network_with_host_bits_is_refused_with_its_right_form() -> None:
    with pytest.raises(MisfitError, match=r'did you mean "10\.0\.0\.0/8"'):
        values.network("10.1.2.3/8")


@pytest.mark.parametrize("written", ["", "10.0.0.0/33", "10.0.0", "home", "10.0.0.0-10.0.0.9", "::/129"])
def test_what_is_no_network_is_refused(written: str) -> None:
    with pytest.raises(MisfitError, match="expected a network"):
        values.network(written)


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
    assert values.base_url(written) == base


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
        values.base_url(written)


@pytest.mark.parametrize("written", ["", "https://example.org/about", "mailto:me@example.org", "me@example.org"])
def test_contacts_are_taken(written: str) -> None:
    assert values.contact(written) == written


@pytest.mark.parametrize(
    "written", ["me", "https://a.b/\r\nX: y", "https://пример.рф/", "https://a.b/(x)", "https://a b/"]
)
def test_a_contact_that_would_break_a_header_is_refused(written: str) -> None:
    with pytest.raises(MisfitError):
        values.contact(written)


@pytest.mark.parametrize("written", ["a\x00b", "a\x1bb", "a\x7fb", "a\ufffeb"])
def test_text_that_xml_cannot_hold_is_refused(written: str) -> None:
    with pytest.raises(MisfitError, match="control character"):
        values.text(written)


def test_ids_are_fit_for_commands_and_addresses() -> None:
    assert values.source_id("nsn.fm_rss-2") == "nsn.fm_rss-2"
    assert values.channel_id("economy-2_x") == "economy-2_x"
    with pytest.raises(MisfitError, match='in small letters: "nsn"'):
        values.source_id("NSN")
    for wrong in ("", "-a", ".a", "нсн", "a b", "a" * 65, "a\n"):
        with pytest.raises(MisfitError):
            values.source_id(wrong)
    with pytest.raises(MisfitError):
        values.channel_id("a.b")  # would read as a format


def test_nearest_is_silent_when_nothing_is_near() -> None:
    assert values.nearest("Formats", ("formats", "limit")) == "formats"
    assert values.nearest("zzz", ("formats", "limit")) == ""
    assert values.nearest("x" * 100_000, ("formats", "limit")) == ""


def test_choices_read_as_a_sentence() -> None:
    assert values.enumerate_choices(()) == ""
    assert values.enumerate_choices(("rss",)) == '"rss"'
    assert values.enumerate_choices(("rss", "atom", "json")) == '"rss", "atom" or "json"'


READINGS = (values.duration, values.size, values.listen, values.language, values.timezone, values.selector)


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
    assert values.proxy(written) == written


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
        values.proxy(written)
    assert written not in str(caught.value)


@given(
    text=st.text(max_size=60),
    read=st.sampled_from((*READINGS, values.network, values.base_url, values.contact, values.proxy)),
)
def test_any_text_is_taken_or_refused(text: str, read: Callable[[str], object]) -> None:
    with contextlib.suppress(MisfitError):
        read(text)
