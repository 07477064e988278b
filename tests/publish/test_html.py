from typing import Any

import pytest
from lxml import etree, html

from support.builders import make_document, make_item
from syndicator.model.document import Document, Link
from syndicator.model.noun import replace
from syndicator.model.settings import Channel, Site
from syndicator.publish.html import render_index, render_landing, render_style

SITE = Site(title="Syndicator", base_url="https://news.example/")
PATHS = {"rss": "/feeds/all.rss", "atom": "feeds/all.atom", "json": "/feeds/all.json"}


def index(document: Document, *sources: tuple[str, str]) -> Any:
    data = render_index(SITE, document, [(Channel(id="all"), PATHS)], sources)
    return html.document_fromstring(data.decode())


def landing(document: Document) -> Any:
    return html.document_fromstring(render_landing(SITE, document, PATHS).decode())


def text(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_a_story_shows_title_source_time_excerpt_and_where_else_it_stands() -> None:
    item = make_item(links=(Link(rel="via", href="https://other.example/1", title="Other"),), categories=("Rivers",))
    (article,) = index(make_document(item)).xpath("//article")
    assert text(article) == (
        "The river has risen by two metres The Daily · 5 March 2026, 13:00 UTC The river has risen by two metres."
        " also in Other Rivers"
    )
    assert article.xpath(".//time/@datetime") == ["2026-03-05T13:00:00Z"]
    assert article.xpath(".//a/@href") == ["https://daily.example/2026/river", "https://other.example/1"]
    assert article.xpath(".//a/@rel") == ["noopener", "noopener"]


def test_every_feed_can_be_copied_and_is_discovered_by_readers() -> None:
    addresses = [f"https://news.example/feeds/all.{suffix}" for suffix in ("rss", "atom", "json")]
    for page in (index(make_document()), landing(make_document())):
        assert [text(code) for code in page.xpath("//code")] == addresses
        assert page.xpath("//link[@rel='alternate']/@href") == addresses
        assert page.xpath("//link[@rel='alternate']/@type") == [
            "application/rss+xml",
            "application/atom+xml",
            "application/feed+json",
        ]


def test_pages_load_nothing_but_the_style_sheet_beside_the_index() -> None:
    assert index(make_document(make_item(image="https://daily.example/1.jpg"))).xpath("//img|//script|//style") == []
    assert index(make_document()).xpath("//link[@rel='stylesheet']/@href") == ["style.css"]
    assert landing(make_document()).xpath("//link[@rel='stylesheet']/@href") == ["../style.css"]
    assert b"url(" not in render_style()
    assert b"@import" not in render_style()


def test_addresses_in_the_head_hold_no_space_or_control() -> None:
    page = index(make_document(make_item()))
    assert [it for it in page.xpath("//head//@href") if not it.isascii() or not it.isprintable() or " " in it] == []


def test_search_engines_are_sent_to_the_originals() -> None:
    for page in (index(make_document()), landing(make_document())):
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_words_of_a_page_are_in_the_language_of_its_stories_and_each_story_in_its_own() -> None:
    russian = landing(make_document(make_item(language="ru"), language="ru"))
    assert russian.get("lang") == "ru"
    assert "5 марта 2026, 13:00 UTC" in text(russian)
    mixed = index(make_document(make_item(language="ru"), make_item(id="urn:x:2", language="en")))
    assert mixed.get("lang") == "en"
    assert mixed.xpath("//article/@lang") == ["ru", "en"]


def test_markup_of_a_source_is_shown_and_not_run() -> None:
    nasty = "<script>alert(1)</script>\"'><b>"
    page = index(make_document(make_item(title=nasty, summary=nasty)), (nasty, "https://daily.example/"))
    assert page.xpath("//script|//b") == []
    assert text(page.xpath("//article/h3")[0]) == nasty


def test_a_story_without_a_link_and_a_source_without_a_page_are_text() -> None:
    page = index(make_document(make_item(url="")), ("The Club", ""), ("File", "file:///srv/"))
    assert page.xpath("//article//a") == []
    assert [text(each) for each in page.xpath("//aside//ul/li")] == ["The Club", "File"]
    assert page.xpath("//aside//ul//a") == []


def test_an_empty_index_says_so() -> None:
    assert "No stories yet" in text(index(make_document()))


@pytest.mark.parametrize(
    ("language", "said"), [("en", "No story matches this feed yet."), ("ru", "Новостей для этой ленты пока нет.")]
)
def test_an_empty_feed_is_not_said_to_wait_for_a_source(language: str, said: str) -> None:
    page = text(landing(replace(make_document(), language=language)))
    assert said in page
    assert "as soon as a source" not in page
    assert "первый источник" not in page


def test_pages_are_well_nested() -> None:
    archived = make_document(make_item(), current_url="https://a.example/", older_url="https://a.example/1")
    for data in (
        render_index(SITE, make_document(make_item()), [(Channel(id="all"), PATHS)], [("A", "https://a.example/")]),
        render_landing(SITE, make_document(make_item()), PATHS),
        render_landing(SITE, archived, PATHS),
    ):
        page = data.decode().replace("<!DOCTYPE html>", "")
        for void in ("meta", "link", "br", "wbr"):
            page = page.replace(f"<{void} ", f"<{void}/><x ").replace(f"<{void}>", f"<{void}/>")
        balanced = [tag for tag in page.split("<") if not tag.startswith("x ")]
        etree.fromstring("<".join(balanced))


def test_a_page_of_the_archive_leads_to_its_feed_and_further_back() -> None:
    feed = "http://127.0.0.1:8008/feeds/all"
    places = {"current_url": feed, "older_url": f"{feed}/1", "newer_url": f"{feed}/3"}
    page = landing(make_document(make_item(), feed_url=f"{feed}/2", **places))
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{feed}/2"]
    assert page.xpath("//link[@rel='stylesheet']/@href") == ["../../style.css"]
    assert page.xpath("//header//a[@rel='up']/@href") == [feed]
    assert page.xpath("//main//a[@rel='next']/@href") == [f"{feed}/1"]
    assert page.xpath("//main//a[@rel='prev']/@href") == [f"{feed}/3"]
    assert text(page.xpath("//main/h2")[0]) == "From the archive"
    assert page.xpath("//aside//dt/a/@href")[0] == "https://news.example/feeds/all.rss"


def test_a_feed_leads_to_its_archive_where_it_has_one() -> None:
    feed = "http://127.0.0.1:8008/feeds/all"
    page = landing(make_document(make_item(), feed_url=feed, older_url=f"{feed}/7"))
    assert page.xpath("//main//a[@rel='next']/@href") == [f"{feed}/7"]
    assert text(page.xpath("//main/h2")[0]) == "Newest stories"
    assert landing(make_document(make_item(), feed_url=feed)).xpath("//a[@rel='next' or @rel='up']") == []


def test_nothing_passes_as_it_came() -> None:
    bad, far, near = "\x01a\ufffe\n b", "https://Daily.example/a b", "https://daily.example/a%20b"
    site = Site(title=bad, base_url="https://новости.рф/")
    document = make_document(make_item(title=bad, url=far), title=bad)
    channels = [(Channel(id="all", title=bad), PATHS), (Channel(id="more"), {})]
    for data in (render_index(site, document, channels, [(bad, far)]), render_landing(site, document, PATHS)):
        page = html.document_fromstring(data.decode())
        assert "\x01" not in data.decode()
        assert "\ufffe" not in data.decode()
        assert {text(it) for it in page.xpath("//h1|//h3")} == {"a b"}
        assert all("\n" not in it for it in page.xpath("//h1/text()|//h3//text()|//li//text()"))
        assert page.xpath("//article//a/@href") == [near]
        assert {it.rpartition("/")[0] for it in page.xpath("//aside//dt/a/@href")} == {
            "https://xn--b1amnebsh.xn--p1ai/feeds"
        }
    index_page = html.document_fromstring(render_index(site, document, channels, [(bad, far)]).decode())
    assert index_page.xpath("//aside//h3/a/@href")[0] == "https://xn--b1amnebsh.xn--p1ai/feeds/all"
    assert index_page.xpath("//aside//li/a/@href") == [near]


def test_the_language_of_a_page_is_told_by_its_first_part_however_it_is_written() -> None:
    assert [landing(make_document(language=it)).get("lang") for it in ("RU", "ru-RU", "rue", "")] == [
        "ru", "ru", "en", "en",
    ]  # fmt: skip
