"""A published feed, read back: the same stories from every format, and nothing from what is no feed of ours."""

import pytest

from support.builders import make_document, make_item
from syndicator.model.document import Link
from syndicator.model.noun import replace
from syndicator.publish import FORMATS
from syndicator.publish.readback import shown

CHANNEL = Link(rel="related", href="https://t.me/a", platform="telegram", kind="profile", owner="publisher", handle="a")
ITEMS = (
    make_item(title="Ёлки & <цены>", html="<p>All of it.</p>", mode="full", links=(CHANNEL,)),
    make_item(id="urn:uuid:2", title="Other"),
)
DOCUMENT = make_document(*ITEMS, hubs=("https://hub.example/",), description="All & more")
SUFFIXES = {name: it.suffix for name, it in FORMATS.items()}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_shows_the_same_stories_and_what_the_feed_says_of_itself(name: str) -> None:
    found = shown(SUFFIXES[name], FORMATS[name].render(DOCUMENT))
    assert found is not None
    assert {it: item.title for it, item in found.items.items()} == {it.id: it.title for it in ITEMS}
    assert found.head == {
        "title": "Syndicator",
        "description": "All & more",
        "address": DOCUMENT.feed_url,
        "hubs": ["https://hub.example/"],
    }
    assert [it.mode for it in found.items.values()] == (["full", "excerpt"] if name == "json" else ["", ""])


@pytest.mark.parametrize("name", FORMATS)
def test_a_story_differs_only_where_it_is_told_otherwise(name: str) -> None:
    """Also where the others need namespaces that the document then declares for all."""
    whole, alone, other = (
        shown(SUFFIXES[name], FORMATS[name].render(replace(DOCUMENT, items=items)))
        for items in (ITEMS, ITEMS[1:], (replace(ITEMS[1], summary="Other words."),))
    )
    assert whole is not None
    assert alone is not None
    assert other is not None
    assert whole.items["urn:uuid:2"] == alone.items["urn:uuid:2"]
    assert whole.items["urn:uuid:2"] != other.items["urn:uuid:2"]


@pytest.mark.parametrize("suffix", SUFFIXES.values())
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"title": 1, "feed_url": 2, "items": [3]}',
        b'{"title": "", "feed_url": "", "items": {"a": 1}}',
        b'{"title": "", "feed_url": "", "items": [{"id": "", "title": "", "_syndicator": {"rights": []}}]}',
        b"<rss",
        b"<rss/>",
        b"<html><body/></html>",
        b"<" * 100_000,
        b"<rss>" + b"<a>" * 100_000,
        b"[" * 100_000,
        b'{"title": "\xff"}',
        b"\x00\x01",
    ],
    ids=range(15),
)
def test_what_is_no_feed_of_ours_shows_nothing(suffix: str, data: bytes) -> None:
    assert shown(suffix, data) is None


def test_entities_that_somebody_put_into_a_file_are_not_followed() -> None:
    bomb = b'<!DOCTYPE rss [<!ENTITY a "%b">]><rss><channel><title>&a;</title></channel></rss>' % (b"x" * 1000)
    found = shown(".rss", bomb)
    assert found is None or found.head["title"] == ""


def test_odd_values_in_a_file_are_text() -> None:
    item = b'{"id": 1, "title": null, "_syndicator": {"rights": {"mode": [1]}}}'
    found = shown(".json", b'{"title": "", "feed_url": "", "items": [%b]}' % item)
    assert found is not None
    ((name, entry),) = found.items.items()
    assert (name, entry.title, entry.mode) == ("1", "None", "[1]")
