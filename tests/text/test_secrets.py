"""A token that is seen once is lost for ever."""

import base64
import html
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.text import secrets
from syndicator.text.secrets import looks_private, redact, secrets_in, secrets_in_field, without_secrets

PRIVATE = "https://us%40er:pä&ss@h.ru/u/3f9ab2c1d0e4/feed.xml?token=se%2fcret%20x&n=1&key=abcd"


@pytest.mark.parametrize(
    "url",
    [
        "https://user:pw@h.ru/feed",
        "https://user@h.ru/feed",
        "https://bob:pa#ss@h.ru/feed",
        "https://h.ru/?token=abc",
        "https://h.ru/?a=1&Api-Key=x",
        "https://h.ru/?user_token=x",
        "https://h.ru/?sid=7f",
        "https://h.ru/?u=3f9ab2c1d0e4f5a6b7c8",
        "https://h.ru/?f47ac10b-58cc-4372-a567-0e02b2c3d479",
        f"https://h.ru/?x={base64.b64encode(b'some binary secret').decode()}",
        "file:../feed.xml?token=abc",
    ],
)
def test_an_address_that_grants_access_is_private(url: str) -> None:
    assert looks_private(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://h.ru/rss",
        "https://h.ru/?id=12345&page=2&keyword=moscow",
        "https://h.ru/?token=",
        "https://h.ru/@author/feed",
        "https://h.ru/?title=moscow-news-2022-04-25-covid19-vaccines",
        "https://h.ru/?q=%D0%BC%D0%BE%D1%81%D0%BA%D0%B2%D0%B0",
        "https://news.google.com/rss/search?q=site:nsn.fm+when:1d&hl=ru&gl=RU&ceid=RU:ru",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghij0123456789kl",
        "file:../feed.xml",
    ],
)
def test_an_ordinary_address_is_not(url: str) -> None:
    assert not looks_private(url)


def test_every_secret_of_an_address_is_known_the_longest_first() -> None:
    found = secrets_in(PRIVATE)
    assert {
        PRIVATE,
        "us%40er",
        "us@er",
        "pä&ss",
        "p%C3%A4&ss",
        "se%2fcret%20x",
        "se/cret x",
        "abcd",
        "3f9ab2c1d0e4",
    } <= set(found)
    assert list(found) == sorted(found, key=len, reverse=True)
    assert not {"feed.xml", "h.ru", "u"} & set(found)


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("X-Api-Key", "quiet", {"quiet"}),
        ("X-Auth", "open-sesame", {"open-sesame"}),
        ("X-Who", "q7Rk2Zp9Lx", {"q7Rk2Zp9Lx"}),
        ("X-Who", "Token q7Rk2Zp9Lx", {"Token q7Rk2Zp9Lx", "q7Rk2Zp9Lx"}),
        ("X-Who", "open-sesame-behind-the-hill", {"open-sesame-behind-the-hill"}),
        ("Cookie", "ok=true; sid=quiet", {"ok=true; sid=quiet", "quiet"}),
        (
            "Cookie",
            "city=Moscow; a=849201756392",
            {"city=Moscow; a=849201756392", "849201756392"},
        ),
        ("Cookie", "ok=true", set()),
        ("X-Requested-With", "XMLHttpRequest", set()),
        ("X-City", "New-York", set()),
        ("X-Year", "2026", set()),
        ("Accept", "application/json, text/html;q=0.9", set()),
        ("accept-language", "ru-RU,ru;q=0.9,en-GB;q=0.8", set()),
        ("X-Token", "abc", set()),
        ("X-Empty", "", set()),
    ],
)
def test_of_a_field_all_is_secret_but_what_texts_hold_by_chance(name: str, value: str, found: set[str]) -> None:
    assert set(secrets_in_field(name, value)) == found


def test_a_base_for_links_keeps_no_secret() -> None:
    assert without_secrets(PRIVATE) == "https://h.ru/u/feed.xml"
    assert without_secrets("https://h.ru/feed/3f9ab2c1d0e4f") == "https://h.ru/feed/"
    assert (
        without_secrets("https://h.ru/news/2022/04/article-12345.html#x")
        == "https://h.ru/news/2022/04/article-12345.html"
    )
    assert without_secrets("file:///a/b.xml?x#y") == "file:///a/b.xml"
    assert without_secrets("nonsense") == ""


@pytest.mark.parametrize(
    "spelling",
    [
        str,
        lambda url: quote(url, safe=""),
        quote_plus,
        html.escape,
        json.dumps,
        lambda url: json.dumps(url, ensure_ascii=False),
    ],
)
def test_a_secret_is_hidden_however_it_is_escaped(spelling) -> None:
    shown = redact(f"could not read {spelling(PRIVATE)}: refused", secrets_in(PRIVATE))
    assert not [secret for secret in ("us@er", "us%40er", "ss@h", "3f9ab2c1d0e4", "cret", "abcd") if secret in shown]
    assert shown.startswith("could not read ")
    assert shown.endswith(": refused")
    assert "(private)" in shown


def test_hexadecimal_digits_may_be_of_either_case() -> None:
    assert redact("a se%2Fcret b", ["se%2fcret"]) == "a (private) b"
    assert redact("a %D0%BA%d0%bb%D1%8E%D1%87 b", ["ключ"]) == "a (private) b"
    assert redact("a %FF%fe b", ["%ff%FE"]) == "a (private) b"


def test_a_text_without_the_secret_costs_no_pattern() -> None:
    """A redirect's address of 2,000 characters took half a second to make one of, for each poll."""
    before = secrets._pattern.cache_info().misses
    assert redact("Nothing of it, 3a", ["Zq9-x.~%3C" * 200, "%D1%8F%3a"]) == "Nothing of it, 3a"
    assert secrets._pattern.cache_info().misses == before + 1, "the other one has no letter or digit to look for"


def test_nothing_to_hide_changes_nothing() -> None:
    assert redact("text", ()) == "text"
    assert redact("text", ("",)) == "text"


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=4, max_size=20), st.text(max_size=20))
def test_no_secret_outlives_redaction(secret: str, around: str) -> None:
    shown = redact(f"{around}{secret}{around}", [secret])
    assert shown.count("(private)") >= 1
    assert secret not in shown.replace("(private)", "\0")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_no_address_is_too_odd(text: str) -> None:
    for url in (text, f"https://u:{text}@h.ru/?token={text}", f"https://h.ru/{text}"):
        looks_private(url)
        secrets_in(url)
        assert "?" not in without_secrets(url)
