import json
from pathlib import Path
from typing import Any

import jsonschema

from support.builders import make_document, make_item
from syndicator.model.article import Enclosure, Person
from syndicator.model.document import Item, Link
from syndicator.model.noun import replace
from syndicator.model.social import Credit
from syndicator.publish.jsonfeed import render_json

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "jsonfeed-1.1.schema.json").read_text(encoding="utf-8"))


def feed_of(*items: Item, **changes: Any) -> dict[str, Any]:
    feed: dict[str, Any] = json.loads(render_json(make_document(*items, **changes)))
    jsonschema.validate(feed, SCHEMA)
    return feed


def test_the_feed_says_who_and_where_it_is() -> None:
    feed = feed_of(feed_url="http://127.0.0.1:8008/feeds/all.json", language="ru")
    assert feed == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Syndicator",
        "home_page_url": "http://127.0.0.1:8008/feeds/all",
        "feed_url": "http://127.0.0.1:8008/feeds/all.json",
        "description": "Everything",
        "language": "ru",
        "items": [],
    }


def test_an_excerpt_is_text_and_a_body_is_html() -> None:
    bare, short, full = feed_of(
        make_item(id="urn:x:1", summary=""),
        make_item(id="urn:x:2", summary="Short"),
        make_item(id="urn:x:3", summary="Short", html="<p>Long</p>"),
    )["items"]
    assert (bare["content_text"], bare.get("summary")) == (bare["title"], None)
    assert (short["content_text"], short["summary"]) == ("Short", "Short")
    assert (full["content_html"], full["summary"]) == ("<p>Long</p>", "Short")
    assert "content_text" not in full


def test_every_attachment_has_a_media_type() -> None:
    enclosures = (
        Enclosure(url="https://daily.example/1.mp3", length=7, title="Listen"),
        Enclosure(url="https://daily.example/2", type="nonsense"),
    )
    assert feed_of(make_item(enclosures=enclosures))["items"][0]["attachments"] == [
        {"url": "https://daily.example/1.mp3", "mime_type": "audio/mpeg", "title": "Listen", "size_in_bytes": 7},
        {"url": "https://daily.example/2", "mime_type": "application/octet-stream"},
    ]


def test_an_item_without_a_copyright_line_has_that_of_its_feed() -> None:
    item = make_item(origin=replace(make_item().origin, rights="© The Daily"))
    assert feed_of(item)["items"][0]["_syndicator"]["rights"]["notice"] == "© The Daily"
    item = replace(item, rights="© Anna")
    assert feed_of(item)["items"][0]["_syndicator"]["rights"]["notice"] == "© Anna"


def test_a_post_that_has_only_the_page_it_is_about_does_not_call_that_its_own() -> None:
    about = Link(rel="related", href="https://report.example/")
    found = feed_of(make_item(url="https://report.example/", links=(about,)))["items"][0]
    assert ("url" in found, found["external_url"]) == (False, "https://report.example/")


def test_our_extension_lists_source_copies_and_credits() -> None:
    item = make_item(
        links=(
            Link(rel="via", href="https://other.example/1", title="Other"),
            Link(rel="related", href="https://report.example/"),
        ),
        credits=(Credit(role="photographer", name="Владимир Ефимов"),),
        authors=(Person(name="Анна", email="anna@example.org"),),
    )
    found = feed_of(item)["items"][0]
    assert found["external_url"] == "https://report.example/"
    assert found["authors"] == [{"name": "Анна"}]
    extension = found["_syndicator"]
    feed = "https://daily.example/rss.xml"
    assert extension["source"] == {"title": "The Daily", "url": feed, "feed_url": feed}
    assert extension["also_in"] == [{"title": "Other", "url": "https://other.example/1"}]
    assert extension["credits"] == [{"role": "photographer", "name": "Владимир Ефимов"}]


def test_an_archive_document_is_of_the_feed_that_one_subscribes_to_and_leads_on() -> None:
    feed = "http://127.0.0.1:8008/feeds/all"
    made = feed_of(feed_url=f"{feed}/2.json", current_url=f"{feed}.json", older_url=f"{feed}/1.json")
    assert (made["feed_url"], made["next_url"]) == (f"{feed}.json", f"{feed}/1.json")
    assert "next_url" not in feed_of(feed_url=f"{feed}/1.json", current_url=f"{feed}.json")


def test_a_feed_leads_to_where_one_is_told_of_its_changes() -> None:
    assert feed_of(hubs=("https://hub.example/",))["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert "hubs" not in feed_of()


def test_our_extension_tells_where_a_publisher_is_and_where_an_item_stands_and_is_discussed() -> None:
    profile = Link(
        rel="me", href="https://t.me/daily", title="T", platform="telegram", kind="profile", handle="d", confidence=0.9
    )
    post = replace(profile, kind="post", owner="article")
    talk = replace(profile, rel="replies", kind="discussion", owner="article")
    feed = feed_of(make_item(links=(post, talk)), profiles=(profile,))
    told = {"platform": "telegram", "handle": "d", "url": "https://t.me/daily", "label": "T", "confidence": 0.9}
    assert feed["_syndicator"] == {"social": [told | {"kind": "profile"}]}
    assert {name: feed["items"][0]["_syndicator"][name] for name in ("social", "discussion")} == {
        "social": [told | {"kind": "post", "owner": "article"}],
        "discussion": [told | {"kind": "discussion", "owner": "article"}],
    }
    assert "_syndicator" not in feed_of(make_item())


def test_a_source_without_a_feed_is_found_at_its_page() -> None:
    origin = replace(make_item().origin, feed_url="", site_url="https://daily.example/")
    assert feed_of(make_item(origin=origin))["items"][0]["_syndicator"]["source"]["url"] == "https://daily.example/"
