import pytest

from support.pages import opened
from syndicator.parse.microformats import items
from syndicator.parse.microformats.items import MOST_VALUES, Item


def item(markup: str) -> Item:
    """The first item of a page."""
    return next(iter(items.read(opened(markup)).values()))


def test_an_item_has_the_properties_in_it_that_stand_in_no_item_inside() -> None:
    found = items.read(
        opened(
            '<div class="h-entry"><b class="p-name">Outer</b><div class="h-cite"><b class="p-name">Inner</b></div>'
            '<p class="p-author h-card"><b class="p-name">Ann</b></p></div><b class="p-name">Nobody</b>'
        )
    )
    assert [it.kind for it in found.values()] == ["entry", "other", "card"]
    entry, _, card = found.values()
    assert [it.text for it in entry.all("name")] == ["Outer"]
    assert entry.all("author") == [card.element]
    assert card.outer is entry


def test_only_names_that_mean_something_are_read() -> None:
    assert item('<div class="h-full h-entry p-4 e-con">').kind == "entry"
    assert not items.read(opened('<div class="h-full h-4 h-entry-title H-ENTRY entry"><p class="p-name">x'))
    found = item('<div class="h-entry"><div class="h-screen"><b class="p-px e-con p-name">A</b></div></div>')
    assert list(found.values) == ["name"]


def test_the_older_vocabulary_is_read_where_the_newer_says_nothing() -> None:
    both = item('<div class="hentry h-entry"><b class="entry-title">Old</b><b class="p-name">New</b></div>')
    assert (both.is_old, [it.text for it in both.all("name")]) == (False, ["New"])
    old = item(
        '<div class="hentry"><a class="entry-title" rel="bookmark" href="/a">A</a><a rel="category tag" href="/t">T</a>'
        '<b class="url photo fn">no word of an entry</b></div>'
    )
    assert old.is_old
    assert sorted(old.old) == ["category", "name", "url"]
    card = item('<b class="vcard"><a class="url fn" href="/entry">Ann</a></b><i class="hentry"></i>')
    assert (card.kind, sorted(card.old)) == ("card", ["name", "url"])


@pytest.mark.parametrize("name", ["u-comment", "p-comment", "u-in-reply-to", "u-like-of", "u-repost-of", "u-reply"])
def test_what_answers_or_is_answered_is_known_for_that(name: str) -> None:
    assert item(f'<div class="{name} h-entry">').is_answer
    assert not item('<div class="u-url p-name h-entry">').is_answer


def test_links_and_contents_inside_a_content_are_its_own() -> None:
    found = item(
        '<div class="h-entry"><a href="/a">a</a><div class="e-content"><a href="/b">b</a><p class="e-content">x</p>'
        '<b class="p-category">c</b></div><a href="/c">c</a><p class="entry-content">y</p></div>'
    )
    assert [it.get("href") for it in found.links] == ["/a", "/c"]
    assert len(found.all("content")) == 1
    assert len(found.all("category")) == 1


def test_what_nobody_sees_says_nothing() -> None:
    hidden = "".join(
        f'<{it}><div class="h-entry"><b class="p-name">x</b></div></{it}>' for it in ("template", "noscript")
    )
    assert not items.read(opened(hidden))


def test_of_many_values_the_first_are_read() -> None:
    both = '<a href="/x" class="p-category">x</a><a href="/x">x</a>'
    found = item(f'<div class="h-entry">{both * 99}</div>')
    assert len(found.all("category")) == len(found.links) == MOST_VALUES
    assert not {*found.all("category")} & {*found.links}
