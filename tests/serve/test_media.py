import pytest

from syndicator.publish import FORMATS, Format
from syndicator.serve.media import DATA_POLICY, KINDS, PAGE_POLICY, Links, kind_of

LINKS = Links("https://news.example/sub/", ("https://hub.example/", "https://other.example/hub"))


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("index.html", b"text/html; charset=utf-8"),
        ("style.css", b"text/css; charset=utf-8"),
        ("feeds/all.rss", b"application/rss+xml; charset=utf-8"),
        ("feeds/all.atom", b"application/atom+xml; charset=utf-8"),
        ("feeds/all.json", b"application/feed+json"),
        ("social.json", b"application/json"),
        ("social.schema.json", b"application/schema+json"),
        ("social.jsonld", b"application/ld+json"),
        ("social-events.json", b"application/feed+json"),
        ("social.opml", b"text/x-opml; charset=utf-8"),
        ("sources.opml", b"text/x-opml; charset=utf-8"),
    ],
)
def test_each_published_file_has_its_media_type(name: str, media_type: bytes) -> None:
    kind = kind_of(name)
    assert kind is not None
    assert kind.media_type == media_type


@pytest.mark.parametrize("name", ["feeds/all.rss.tmp", "all", "syndicator.db", "x.php", "x.svg", "x.RSS", "rss"])
def test_other_suffixes_are_not_served(name: str) -> None:
    assert kind_of(name) is None


def test_nothing_but_pages_may_load_anything_and_only_data_is_shared_with_other_origins() -> None:
    assert {suffix for suffix, kind in KINDS.items() if kind.policy == PAGE_POLICY} == {".html"}
    assert all(kind.policy in {DATA_POLICY, PAGE_POLICY} for kind in KINDS.values())
    assert {suffix for suffix, kind in KINDS.items() if not kind.shared} == {".html", ".css"}
    assert b"script" not in PAGE_POLICY
    assert b"http:" not in PAGE_POLICY, "a picture of a publisher's would tell it who reads here"


@pytest.mark.parametrize(
    "name", ["feeds/all.rss", "feeds/all.atom", "feeds/all.json", "social.rss", "social-events.json"]
)
def test_feeds_lead_to_hubs_and_say_where_they_are(name: str) -> None:
    kind = LINKS.kind_of(name)
    assert kind is not None
    assert kind.links == (
        (b"link", b'<https://hub.example/>; rel="hub"'),
        (b"link", b'<https://other.example/hub>; rel="hub"'),
        (b"link", b'<https://news.example/sub/%s>; rel="self"' % name.encode()),
    )


@pytest.mark.parametrize(
    "name", ["feeds/all.html", "feeds/all/7.atom", "social.json", "index.html", "sources.opml", "a.xyz"]
)
def test_nothing_else_does(name: str) -> None:
    assert LINKS.kind_of(name) == kind_of(name)


def test_without_hubs_feeds_lead_nowhere() -> None:
    assert Links("https://news.example/").kind_of("feeds/all.rss") == kind_of("feeds/all.rss")


@pytest.mark.parametrize("format_", FORMATS.values(), ids=FORMATS.keys())
def test_a_feed_is_served_as_the_type_that_it_is_sent_as(format_: Format) -> None:
    kind = kind_of(f"feeds/all{format_.suffix}")
    assert kind is not None
    assert kind.media_type.decode() == format_.content_type
