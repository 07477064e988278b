import listparser
import pytest
from lxml import etree

from support.builders import make_info, make_source, rich_infos, rich_sources
from syndicator.model.settings import Site
from syndicator.publish.opml import render_opml


def outlines(data: bytes) -> list[dict[str, str]]:
    return [dict(element.attrib) for element in etree.fromstring(data).iter("outline")]  # type: ignore[arg-type]


def test_public_feeds_can_be_imported_by_a_reader() -> None:
    data = render_opml(Site(title="Лента"), list(rich_sources().values()), rich_infos())
    read = listparser.parse(data)
    assert read.bozo == 0
    assert [(each.title, each.url) for each in read.feeds] == [
        ("The Daily", "https://daily.example/rss.xml"),
        ("Вестник «Ёлка»", "https://vestnik.example/rss?a=1&b=2"),
    ]
    assert outlines(data)[0] == {
        "text": "The Daily",
        "title": "The Daily",
        "type": "rss",
        "xmlUrl": "https://daily.example/rss.xml",
        "htmlUrl": "https://daily.example/",
        "language": "en",
        "category": "news,en",
    }


def test_private_sources_files_and_lists_are_left_out() -> None:
    sources = [
        make_source(private=True),
        make_source(url="file:../samples/a.xml"),
        make_source(kind="list"),
    ]
    assert outlines(render_opml(Site(title="News"), sources, {})) == [{"text": "News"}]


def test_a_list_of_nothing_is_no_document_that_a_validator_refuses() -> None:
    data = render_opml(Site(title="<b>\x01"), [], {})
    head, body = etree.fromstring(data)
    assert [(it.tag, it.text) for it in head] == [("title", "<b>")]
    assert [(it.tag, dict(it.attrib)) for it in body] == [("outline", {"text": "<b>"})]  # "one or more", says OPML 2.0
    read = listparser.parse(data)
    assert (read.bozo, read.feeds, read.lists, read.opportunities) == (0, [], [], [])


@pytest.mark.parametrize("kind", ["page", "telegram"])
def test_a_page_is_no_subscription_and_no_list_since_no_reader_could_read_it(kind: str) -> None:
    page = make_source(kind=kind, url="https://daily.example/news")
    data = render_opml(Site(), [page], {"daily": make_info()})
    assert outlines(data) == [{"text": "The Daily", "htmlUrl": "https://daily.example/news"}]
    read = listparser.parse(data)
    assert (read.bozo, read.feeds, read.lists, read.opportunities) == (0, [], [], [])


@pytest.mark.parametrize("kind", ["json", "sitemap"])
@pytest.mark.parametrize(("site", "page"), [("https://daily.example/", "https://daily.example/"), ("", "")])
def test_of_what_is_for_programs_the_site_is_told(site: str, page: str, kind: str) -> None:
    source = make_source(kind=kind, url="https://daily.example/news.xml")
    data = render_opml(Site(), [source], {"daily": make_info(site_url=site)})
    assert outlines(data) == [{"text": "The Daily", "htmlUrl": page or source.url}]


def test_nothing_passes_as_it_came() -> None:
    bad, far, near = "\x01a\ufffe\n b", "https://Daily.example/a b", "https://daily.example/a%20b"
    sources = [
        make_source(title=bad, url=far, tags=(bad, "c"), language="RU_ru"),
        make_source(id="map", title=bad, url=far, kind="sitemap"),
    ]
    infos = {it.id: make_info(site_url=far) for it in sources}
    data = render_opml(Site(title=bad), sources, infos)
    assert etree.fromstring(data).findtext("head/title") == "a b"
    feed = {"text": "a b", "title": "a b", "type": "rss", "xmlUrl": near, "htmlUrl": near, "language": "ru-RU"}
    assert outlines(data) == [feed | {"category": "a b,c"}, {"text": "a b", "htmlUrl": near}]
    assert "language" not in outlines(render_opml(Site(), [make_source()], {}))[0]
