import gzip

import pytest

from support.feeds import response, source
from syndicator.model.outcome import Parsed
from syndicator.parse import parse
from syndicator.parse.failures import Unreadable
from syndicator.parse.sitemap import MOST_PAGES

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
    xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc>https://nsn.example/old</loc><news:news><news:publication><news:name>НСН</news:name>
    <news:language>ru</news:language></news:publication><news:publication_date>2022-04-24T10:00:00+03:00</news:publication_date>
    <news:title>Вчерашнее</news:title></news:news></url>
  <url><loc>https://nsn.example/zavod?a=1&amp;b=2</loc><lastmod>2022-04-25</lastmod><news:news>
    <news:publication_date>2022-04-25T14:05:00+03:00</news:publication_date><news:title>Москва &amp; заводы</news:title>
    <news:keywords>Москва, заводы</news:keywords></news:news>
    <image:image><image:loc>https://nsn.example/1.jpg</image:loc></image:image></url>
  <url><loc>https://nsn.example/old</loc></url>
  <url><loc>javascript:alert(1)</loc></url>
</urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <sitemap><loc>https://nsn.example/a.xml</loc><lastmod>2020-01-01</lastmod></sitemap>
  <sitemap><loc>https://nsn.example/news.xml.gz</loc><lastmod>2022-04-25</lastmod></sitemap></sitemapindex>"""


def read(body: bytes | str, **changes: object) -> Parsed:
    return parse(response(body), source("sitemap", **changes))


def test_a_news_sitemap_gives_its_articles_the_newest_first_and_wishes_their_pages() -> None:
    parsed = read(NEWS)
    first, second = parsed.entries
    assert first.title
    assert (first.title.value, first.published) == ("Москва & заводы", "2022-04-25T14:05:00+03:00")
    assert (first.url, first.categories) == ("https://nsn.example/zavod?a=1&b=2", ("Москва", "заводы"))
    assert (first.images, first.updated) == (("https://nsn.example/1.jpg",), "2022-04-25")
    assert (second.url, second.language) == ("https://nsn.example/old", "ru")
    assert [it.url for it in parsed.wishes] == [first.url, second.url]


def test_a_packed_sitemap_is_unpacked() -> None:
    assert len(read(gzip.compress(NEWS.encode())).entries) == 2


@pytest.mark.parametrize(
    ("end", "is_cut"), [("</url>", False), ("</url><url><loc>https://x.example/2", True), ("</url><url><loc>", True)]
)
def test_a_sitemap_that_is_cut_off_inside_a_page_leaves_it_out_and_counts_as_cut(end: str, *, is_cut: bool) -> None:
    parsed = read(f"<urlset><url><loc>https://x.example/1</loc>{end}")
    assert [it.url for it in parsed.wishes] == ["https://x.example/1"]
    assert parsed.truncated == is_cut
    assert any("incomplete" in warning for warning in parsed.warnings)


def test_of_an_archive_only_the_newest_pages_are_asked_for() -> None:
    pages = "".join(
        f"<url><loc>https://x.example/{n}</loc><lastmod>{2000 + n}-01-01</lastmod></url>" for n in range(150)
    )
    parsed = read(f"<urlset>{pages}</urlset>")
    assert len(parsed.wishes) == MOST_PAGES
    assert parsed.wishes[0].url == "https://x.example/149"
    assert parsed.warnings


def test_a_site_is_called_what_all_its_news_call_it() -> None:
    named = (
        "<n:news xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><n:publication>{}</n:publication></n:news>"
    )
    pages = [f"<url><loc>https://a.example/{it}</loc>{named}</url>" for it in range(2)]
    sitemap = f"<urlset>{''.join(pages)}<url><loc>https://a.example/about</loc></url></urlset>"
    one, other = "<n:name> Эхо  города </n:name>", "<n:name>Another</n:name>"
    assert read(NEWS).info.title == "НСН"
    assert read(sitemap.replace("{}", one)).info.title == "Эхо города"
    assert read(sitemap.replace("{}", one, 1).replace("{}", other)).info.title == ""
    assert read("<urlset><url><loc>https://a.example/1</loc></url></urlset>").info.title == ""


def test_an_index_names_its_newest_sitemaps_unless_they_are_private() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(INDEX)
    assert "https://nsn.example/news.xml.gz, https://nsn.example/a.xml" in refusal.value.remedy
    with pytest.raises(Unreadable) as refusal:
        read(INDEX, private=True)
    assert "nsn.example" not in refusal.value.remedy


@pytest.mark.parametrize("body", ["<html><body>x</body></html>", "<rss/>", "{}", "<svg xmlns='x'/>"])
def test_what_is_no_sitemap_is_refused(body: str) -> None:
    with pytest.raises(Unreadable, match="not a sitemap"):
        read(body)


def test_a_sitemap_of_a_site_leads_to_no_file() -> None:
    parsed = read("<urlset><url><loc>file:///etc/passwd</loc></url></urlset>")
    assert (parsed.entries, parsed.wishes) == ((), ())
