"""What sources are called in public, and what of them is not told."""

import pytest

from support.builders import make_article, make_info, make_source
from syndicator.model.article import Origin
from syndicator.model.noun import names, replace
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.publish.naming import named_by, origin_of, publisher


@pytest.mark.parametrize(
    ("kind", "is_one", "page"),
    [
        ("feed", True, ""),
        ("auto", True, ""),
        ("page", False, "https://daily.example/rss.xml"),
        ("telegram", False, "https://daily.example/rss.xml"),
        ("sitemap", False, ""),
    ],
)
def test_an_origin_knows_whether_it_is_a_feed_or_a_page(kind: str, is_one: bool, page: str) -> None:
    origin = publisher(make_source(kind=kind), FeedInfo())
    assert (origin.is_feed, origin.site_url) == (is_one, page)
    assert publisher(make_source(kind=kind), make_info()).site_url == "https://daily.example/"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (make_source(title="", url="https://www.island.example/news-sitemap.xml", kind="sitemap"), "island.example"),
        (make_source(title="", url="https://t.me/s/nsnfm", kind="telegram"), "@nsnfm"),
        (make_source(title="", url="file:///srv/rss.xml"), "daily"),
        (make_source(title="", private=True), "daily"),
        (make_source(title="\u200b \ufffe"), "daily.example"),
    ],
)
def test_who_names_himself_nowhere_is_named_after_his_site(source: Source, name: str) -> None:
    assert publisher(source, FeedInfo()).title == publisher(source, FeedInfo(title=" \ufffe")).title == name
    assert publisher(source, make_info()).title == "The Daily: all news"
    assert publisher(replace(source, title="Mine"), make_info()).title == "Mine"


def test_a_private_source_is_named_but_neither_found_nor_told_apart() -> None:
    origin = publisher(make_source(private=True), make_info(id="https://daily.example/rss?token=SECRET-42"))
    assert (origin.feed_url, origin.site_url, origin.id) == ("", "", "urn:x-syndicator:source:daily")
    assert origin.title == "The Daily"


def test_a_source_is_known_by_its_own_id_else_by_its_address() -> None:
    assert publisher(make_source(), make_info(id="tag:daily.example,2020:feed")).id == "tag:daily.example,2020:feed"
    assert publisher(make_source(), make_info(id="4711")).id == "https://daily.example/rss.xml"
    assert publisher(make_source(), make_info(id="file:///srv/rss.xml")).id == "https://daily.example/rss.xml"


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        (Origin(id="urn:uuid:1", title="НСН", feed_url="https://nsn.example/rss"), "urn:uuid:1"),
        (Origin(id="НСН", title="НСН", feed_url="https://nsn.example/rss"), "https://nsn.example/rss"),
        (Origin(id="", title="НСН", site_url="https://nsn.example/"), "https://nsn.example/"),
        (Origin(id="", title="НСН/1"), "urn:x-syndicator:origin:%D0%9D%D0%A1%D0%9D%2F1"),
        (Origin(id="https://u:pw@nsn.example/", title="Н", site_url="https://nsn.example/"), "https://nsn.example/"),
        (Origin(id="", title="Н", feed_url="https://u:pw@nsn.example/rss"), "https://nsn.example/rss"),
    ],
)
def test_what_a_source_took_from_another_is_that_ones_under_an_id_that_is_an_iri(taken: Origin, name: str) -> None:
    found = origin_of(make_article(origin=taken), make_source(), make_info())
    assert found == replace(taken, id=name)
    assert origin_of(make_article(), make_source(), make_info()) == publisher(make_source(), make_info())


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("info", [make_info(id="tag:daily.example,2020:feed"), FeedInfo()], ids=["named", "nameless"])
def test_what_a_source_is_named_by_is_all_that_its_name_and_addresses_come_from(info: FeedInfo, private: bool) -> None:
    """Else a feed would go on to show what is not so any more."""
    others: dict[str, object] = {"kind": "page", "private": not private}
    source = make_source(title="", private=private)
    changed = [(replace(source, **{it: others.get(it, "https://x.example/")}), info) for it in names(Source)]
    changed += [(source, replace(info, **{it: "https://x.example/"})) for it in names(FeedInfo)]
    shows = [each for each in changed if publisher(*each) != publisher(source, info)]
    assert len(shows) > 2
    assert not [each for each in shows if named_by(*each) == named_by(source, info)]
