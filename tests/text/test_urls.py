"""An address that is changed too much leads nowhere; one that is changed too little makes one article two."""

import time
import tomllib
from pathlib import Path

import ada_url
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.text import urls
from syndicator.text.urls import absolute, canonical, identity, local_path, registrable_domain, web

PAIRS = tomllib.loads((Path(__file__).parent / "data" / "addresses.toml").read_text(encoding="utf-8"))
TRACKING = tomllib.loads(Path(urls.__file__).with_name("tracking.toml").read_text(encoding="utf-8"))
SLOPPY = st.text(st.characters(codec=None) | st.sampled_from("/.:@?#&=;%2e\\ \t\nамп"), max_size=50)


CHAIN = "https://google.com/amp/s/" * 9 + "a.ru/n"
"""Deeper than anybody leads on purpose."""


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        (" https://a.ru/b c\n", "", "https://a.ru/b%20c"),
        ("\ufeffhttps://a.ru/", "https://b.ru/", "https://a.ru/"),
        ("\u200ehttps://a.ru/1\u200b\n", "https://b.ru/", "https://a.ru/1"),
        ("\u202ahttps://a.ru/1\u202c", "https://b.ru/", "https://a.ru/1"),
        ("http:\\\\a.ru\\b", "", "http://a.ru/b"),
        ("HTTP://A.ru:80/../b/./c", "", "http://a.ru/b/c"),
        (
            "http://президент.рф/новость",
            "",
            "http://xn--d1abbgf6aiiy.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C",
        ),
        ("../c?d=1#e", "https://a.ru/b/x/y", "https://a.ru/b/c?d=1#e"),
        ("//b.ru/c", "https://a.ru/", "https://b.ru/c"),
        ("/c", "not a base", ""),
        ("https://b.ru/", "not a base", "https://b.ru/"),
        ("/c", "", ""),
        ("", "https://a.ru/", ""),
        ("http://u:p@a.ru/", "", "http://u:p@a.ru/"),
        ("file:///var/x", "", "file:///var/x"),
        ("javascript:alert(1)", "https://a.ru/", ""),
        ("java\nscript:alert(1)", "https://a.ru/", ""),
        ("data:text/html,x", "https://a.ru/", ""),
        ("mailto:a@b.ru", "", ""),
        ("http://a b/", "", ""),
        ("http://", "", ""),
        ("http://a.ru/\ud800", "", "http://a.ru/%EF%BF%BD"),
    ],
)
def test_an_address_opens_as_in_a_browser(url: str, base: str, expected: str) -> None:
    assert absolute(url, base) == expected


@settings(max_examples=400)
@given(st.from_regex(urls._USUAL, fullmatch=True))
def test_what_needs_no_parser_is_not_changed_by_one(url: str) -> None:
    parsed = ada_url.normalize_url(url)
    assert absolute(url) == absolute(url, "https://a.ru/b/") == parsed


def test_only_http_is_the_web() -> None:
    assert web("https://a.ru") == "https://a.ru/" == web("/", "https://a.ru/b")
    assert not any(map(web, ("file:///a", "ftp://a.ru/", "/a", "", "tg://resolve?domain=x")))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.ru/n?utm_source=rss&id=5&UTM_Medium=x&p=%7e", "https://a.ru/n?id=5&p=%7e"),
        ("https://a.ru/n?utm_source=rss", "https://a.ru/n"),
        ("https://a.ru/n?id=5&amp;utm_source=rss&amp;p=1", "https://a.ru/n?id=5&amp;p=1"),
        ("https://a.ru/n?utm%5Fsource=rss", "https://a.ru/n"),
        ("https://a.ru/n?", "https://a.ru/n"),
        ("https://a.ru/n?b=2&a=1&b=3", "https://a.ru/n?b=2&a=1&b=3"),
        ("https://a.ru/n?from=5&ref=7", "https://a.ru/n?from=5&ref=7"),
        ("https://www.rbc.ru/n?from=newsfeed", "https://www.rbc.ru/n"),
        (
            "https://m.facebook.com/story.php?story_fbid=1&id=2&fbclid=x",
            "https://m.facebook.com/story.php?story_fbid=1&id=2",
        ),
        ("https://a.ru/n#top", "https://a.ru/n"),
        ("https://a.ru/#!/n/5", "https://a.ru/#!/n/5"),
        ("https://user:pw@a.ru/n", "https://a.ru/n"),
        ("https://a.ru/n;jsessionid=1F?x=1&PHPSESSID=2", "https://a.ru/n?x=1"),
        ("https://a.ru/b/..;jsessionid=1F/n", "https://a.ru/n"),
        ("https://a.ru/n?from=RSS&id=5", "https://a.ru/n?id=5"),
        ("https://a.ru/n?id=5&amp;source=rss----4f2a---4", "https://a.ru/n?id=5"),
        ("https://a.ru/n?ref=rss-2&tag=rss", "https://a.ru/n?ref=rss-2&tag=rss"),
        ("https://www.google.com/url?q=https://a.ru/n%3Futm_source%3Drss%26id%3D5&sa=D", "https://a.ru/n?id=5"),
        ("https://u:p@vk.com/away.php?to=http%3A%2F%2Fa.ru%2Fn", "http://a.ru/n"),
        ("https://a-ru.cdn.ampproject.org/c/s/a.ru/n/amp?id=5&amp_js_v=0.1", "https://a.ru/n/amp?id=5"),
        (
            "https://vk.com/away.php?to=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fa.ru%252Fn",
            "https://a.ru/n",
        ),
        ("https://vk.com/away.php?to=https://", "https://vk.com/away.php?to=https://"),
        (CHAIN, CHAIN),
        ("file:///a/../b#c", "file:///b"),
        ("mailto:a@b.ru", ""),
        ("n.html", ""),
    ],
)
def test_tracking_goes_and_the_article_stays(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "tail", ["/amp" * 300_000, "/" * 1_000_000, "/index.html" * 90_000, "?q=http" + "&=http" * 160_000]
)
def test_an_endless_address_is_soon_looked_through(tail: str) -> None:
    began = time.process_time()
    identity(f"https://google.com{tail}")
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "name", ["id", "p", "page", "q", "story_fbid", "v", "from", "ref", "source", "s", "t", "sid", "fbid"]
)
def test_a_parameter_that_may_name_an_article_is_never_taken_off(name: str) -> None:
    assert canonical(f"https://a.ru/?{name}=1") == f"https://a.ru/?{name}=1"


def test_the_tracking_list_can_match() -> None:
    words = [
        *TRACKING["names"],
        *TRACKING["prefixes"],
        *(name for names in TRACKING["hosts"].values() for name in names),
    ]
    assert all(word == word.lower() for word in (*words, *TRACKING["hosts"]))
    assert len(TRACKING["names"]) == len(set(TRACKING["names"]))


@pytest.mark.parametrize(
    "variant",
    [
        "https://www.site.ru/news/1?b=2&a=%7e",
        "http://m.site.ru/news/1/?a=~&b=2",
        "https://amp.site.ru/news/1?amp=1&a=~&b=2",
        "https://www.m.site.ru/news/1/amp/?a=~&b=2&utm_source=x",
        "https://mobile.site.ru./amp/news/1?a=~&b=2&outputType=amp#top",
        "https://site.ru/new%73/1?a=~&amp;b=2&amp",
        "https://site.ru/news/1/print/?b=2&a=~&view=print",
        "https://site.ru/print//news/1/index.html?page=all&a=~&b=2",
        "https://site.ru/news/1.amp?a=~&b=2&print=Y",
        "https://www-site-ru.cdn.ampproject.org/v/s/www.site.ru/amp/news/1/Index.php?a=~&b=2&usqp=mq331AQC",
        "https://yandex.ru/turbo?text=https%3A%2F%2Fsite.ru%2Fnews%2F1%3Fa%3D~%26b%3D2",
    ],
)
def test_variants_of_one_article_are_one(variant: str) -> None:
    assert identity(variant) == "site.ru/news/1?a=~&b=2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.ru/n?id=1", "https://a.ru/n?id=2"),
        ("https://a.ru/N", "https://a.ru/n"),
        ("https://a.ru/%2F", "https://a.ru/"),
        ("https://a.ru/#!/1", "https://a.ru/#!/2"),
        ("https://www.co.uk/n", "https://m.co.uk/n"),
        ("https://m.blogspot.com/n", "https://www.blogspot.com/n"),
        ("https://a.ru:8080/n", "https://a.ru/n"),
        ("https://a.ru/camp", "https://a.ru/c"),
        ("https://a.ru/n?id=1&id=2", "https://a.ru/n?id=2&id=1"),
        ("https://a.ru/n?page=2", "https://a.ru/n"),
        ("https://a.ru/n?print=17", "https://a.ru/n?print=18"),
        ("https://a.ru/topics/amp", "https://a.ru/topics"),
        ("https://a.ru/shop/print", "https://a.ru/shop"),
        ("https://a.ru/art/print-12", "https://a.ru/art/12"),
        ("https://a.ru/index.php/1", "https://a.ru/index.php/2"),
        ("https://a.ru/n.amplifier", "https://a.ru/n"),
        ("https://b.ru/review?url=https://a.ru/n", "https://a.ru/n"),
    ],
)
def test_different_articles_stay_different(one: str, other: str) -> None:
    assert identity(one) != identity(other)


@pytest.mark.parametrize("kind", PAIRS["one"])
def test_forms_of_one_address_identify_one_article(kind: str) -> None:
    apart = [pair for pair in PAIRS["one"][kind] if not identity(pair[0]) == identity(pair[1]) != ""]
    assert not apart


@pytest.mark.parametrize("kind", PAIRS["two"])
def test_addresses_that_only_look_alike_identify_two(kind: str) -> None:
    folded = [pair for pair in PAIRS["two"][kind] if identity(pair[0]) == identity(pair[1]) != ""]
    assert not folded


@pytest.mark.parametrize(
    "url",
    [
        "https://a.ru",
        "https://www.a.ru/?utm_source=x#top",
        "https://a.ru/amp",
        "https://a.ru/print/",
        "https://a.ru/index.html",
        "https://www.google.com/url?q=https://a.ru/",
        "https://a.ru/#!/",
        "file:///",
        "mailto:a@b",
        "",
    ],
)
def test_a_front_page_identifies_no_article(url: str) -> None:
    assert identity(url) == ""


def test_a_file_is_an_article_too() -> None:
    assert identity("file:///a/%6e.html") == "file:///a/n.html"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.news.a.co.uk:8080/x", "a.co.uk"),
        ("https://u:p@x.github.io/", "x.github.io"),
        ("https://github.io/", "github.io"),
        ("https://новости.пример.рф/", "xn--e1afmkfd.xn--p1ai"),
        ("https://a.b.個人.hk/", "b.xn--gmqw5a.hk"),
        ("https://個人.hk/", "xn--gmqw5a.hk"),
        ("http://localhost/", "localhost"),
        ("http://10.0.0.1/", "10.0.0.1"),
        ("http://[::1]:80/", "[::1]"),
        ("https://www.a.ru./", "a.ru"),
        ("file:///a", ""),
        ("nonsense", ""),
    ],
)
def test_a_domain_is_what_somebody_registered(url: str, expected: str) -> None:
    assert registrable_domain(url) == expected


@settings(max_examples=200, deadline=None)
@given(SLOPPY, st.sampled_from(["", "http://", "https://www.amp.a.ru/", "file:", "http://a.ru/?"]))
def test_canonical_is_final_and_identity_agrees_with_it(text: str, start: str) -> None:
    found = canonical(start + text)
    assert canonical(found) == found
    assert identity(found) == identity(start + text)
    assert found.isascii()


@settings(max_examples=200, deadline=None)
@given(SLOPPY, SLOPPY)
def test_no_text_is_too_sloppy(text: str, base: str) -> None:
    assert absolute(text, base).startswith(("http:", "https:", "file:")) or not absolute(text, base)
    registrable_domain(text)


@pytest.mark.parametrize("url", ["file:///a/%C3%A9%20b.xml", "file:///a/%C3%A9%20b.xml?c#d"])
def test_the_path_of_a_file(url: str) -> None:
    assert local_path(url) == Path("/a/é b.xml")
