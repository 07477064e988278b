import pytest

from support.feeds import response
from syndicator.parse.discover import offered


def test_feeds_are_found_in_the_head_of_any_html() -> None:
    page = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><base href="/dir/"/>'
        '<link rel="ALTERNATE" type="application/atom+xml" href="a.atom"/>'
        '<link rel="alternate stylesheet" type="text/css" href="x.css"/><link rel="alternate" href="nothing"/>'
        '<link rel="alternate" type="application/rss+xml"/>'
        '<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd"/>'
        '<link rel="alternate" type=" Application/RSS+XML; charset=utf-8" href="https://b.example/rss?a=1&amp;b=2"/></head>'
    )
    assert offered(response(page)) == ("https://origin.example/dir/a.atom", "https://b.example/rss?a=1&b=2")


def test_a_page_in_windows_1251_and_a_page_without_feeds() -> None:
    link = '<link rel=alternate type=application/rss+xml href="https://x.example/новости">'
    assert len(offered(response(f"<html><title>Новости Москвы</title>{link}".encode("cp1251")))) == 1
    assert offered(response("<html>")) == ()


@pytest.mark.parametrize(
    ("attributes", "is_feed"),
    [
        ('type="text/xml" title="RSS .92" href="/92.xml"', True),
        ('type="text/xml" href="/news.rss"', True),
        ('type="application/json" title="JSON Feed" href="/latest"', True),
        ('type="application/json" href="/feeds/json"', True),
        ('type="application/xml" title="Atom 1.0" href="/a.php?v=1"', True),
        ('type="application/json" title="JSON" href="/wp-json/wp/v2/posts/7"', False),
        ('type="text/xml+oembed" href="/oembed?url=%2Ffeed"', False),
        ('type="text/xml" title="Feedback" href="/sitemap.xml"', False),
        ('type="text/html" title="RSS" href="/rss"', False),
    ],
)
def test_a_type_that_other_things_have_too_is_a_feeds_if_its_name_says_so(attributes: str, *, is_feed: bool) -> None:
    assert bool(offered(response(f"<html><head><link rel=alternate {attributes}></head>"))) == is_feed


@pytest.mark.parametrize(
    ("relation", "is_feed"),
    [("", True), ("rel", True), ("rel=feed", True), ("rel='alternate feed'", True), ("rel=service.post", False)],
)
def test_a_feeds_own_type_tells_without_the_relation(relation: str, *, is_feed: bool) -> None:
    assert bool(offered(response(f"<link {relation} type=application/atom+xml href=/a>"))) == is_feed


def test_another_type_does_not_tell_without_it() -> None:
    assert offered(response("<link type=text/xml href=/rss>")) == ()


def test_a_thousand_offers_are_not_all_named() -> None:
    page = "".join(f"<link rel=alternate type=application/rss+xml href=/{number}>" for number in range(1000))
    assert len(offered(response(page))) == 5
