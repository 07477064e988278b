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


def test_a_thousand_offers_are_not_all_named() -> None:
    page = "".join(f"<link rel=alternate type=application/rss+xml href=/{number}>" for number in range(1000))
    assert len(offered(response(page))) == 5
