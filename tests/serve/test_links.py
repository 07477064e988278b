"""A subscriber learns from a feed's answer where to ask to be told of its changes."""

import pytest

from syndicator.serve.links import Links
from syndicator.serve.media import kind_of

LINKS = Links("https://news.example/sub/", ("https://hub.example/", "https://other.example/hub"))


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
