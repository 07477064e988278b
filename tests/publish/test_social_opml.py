"""The publishers' profiles as a subscription list."""

import listparser
from lxml import etree

from support.builders import make_info, make_source
from syndicator.model.noun import replace
from syndicator.model.presence import Presence, Profile
from syndicator.model.settings import Site
from syndicator.publish.social import Publisher
from syndicator.publish.social_opml import render_social_opml

TELEGRAM = Profile(source_id="daily", key="telegram:a", platform="telegram", url="https://t.me/a", confidence=0.9)
FEED = replace(
    TELEGRAM, key="unknown:f", platform="unknown", kind="feed", url="https://daily.example/feed", label="RSS"
)


def opml(*profiles, **changes):
    publisher = Publisher(source=make_source(**changes), info=make_info(), presence=Presence(profiles=profiles))
    return render_social_opml(Site(title="News & Co"), [publisher])


def test_a_feed_is_a_subscription_and_a_page_is_none():
    data = opml(TELEGRAM, FEED)
    read = listparser.parse(data)
    assert (read.bozo, [it.url for it in read.feeds], read.lists) == (0, ["https://daily.example/feed"], [])
    assert b'type="link"' not in data
    assert b" url=" not in data


def test_an_outline_says_what_it_leads_to():
    (outline,) = etree.fromstring(opml(TELEGRAM)).findall("body/outline/outline")
    assert dict(outline.attrib) == {
        "text": "Telegram",
        "htmlUrl": "https://t.me/a",
        "{urn:x-syndicator:social:1.0}platform": "telegram",
        "{urn:x-syndicator:social:1.0}kind": "profile",
        "{urn:x-syndicator:social:1.0}confidence": "0.90",
    }


def test_a_subscription_has_a_title_as_opml_wants():
    (outline,) = etree.fromstring(opml(FEED)).findall("body/outline/outline")
    assert (outline.get("type"), outline.get("title")) == ("rss", outline.get("text"))


def test_publishers_without_profiles_and_addresses_of_private_ones_are_left_out():
    assert [dict(it.attrib) for it in etree.fromstring(opml()).iter("outline")] == [{"text": "News & Co"}]
    assert b"daily.example" not in opml(TELEGRAM, FEED, private=True)


def test_nothing_passes_as_it_came():
    bad, far, near = "\x01a\ufffe\n b", "https://Daily.example/a b", "https://daily.example/a%20b"
    author = replace(FEED, url=far, label=bad, owner="author")
    publisher = Publisher(
        source=make_source(title=bad), info=make_info(site_url=far), presence=Presence(profiles=(author,))
    )
    root = etree.fromstring(render_social_opml(Site(title=bad), [publisher]))
    assert root.findtext("head/title") == "a b"
    outer, inner = root.iter("outline")
    assert dict(outer.attrib) == {"text": "a b", "htmlUrl": near}
    assert [inner.get(it) for it in ("text", "title", "xmlUrl", "htmlUrl")] == ["a b", "a b", near, near]
    assert inner.get("{urn:x-syndicator:social:1.0}owner") == "author"
