"""Deletion: by the source's word or a page that is gone; nothing else takes a copy away, nor brings it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.builders import make_source
from support.simulation import World
from syndicator.model.source import Select
from syndicator.pipeline.deleting import MOST_ASKED

ATOM = make_source(id="atom", url="https://a.example/atom")
OTHER = make_source(id="other", url="https://b.example/atom")
LISTING = make_source(
    id="page",
    url="https://p.example/news",
    kind="page",
    select=Select(item="li", link="a", title="a", follow=True),
)
PROSE = "The council voted on Monday to keep the old tram depot and to turn it into a museum of transport. " * 4
STORY = "Engineers have found a way to store summer heat in blocks of salt and give it back to houses in winter. " * 4


def atom(*entries: str, deleted: tuple[str, ...] = ()) -> str:
    graves = "".join(f'<at:deleted-entry ref="{ref}" when="2026-03-05T14:00:00Z"/>' for ref in deleted)
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">'
        f"<title>F</title><id>urn:x:f</id>{graves}{''.join(entries)}</feed>"
    )


def entry(name: str, link: str = "") -> str:
    link = link or f"https://a.example/{name}"
    return (
        f"<entry><id>urn:x:{name}</id><title>Title {name}</title><link href='{link}'/>"
        f"<content>{name} {PROSE}</content></entry>"
    )


def listing(*names: str, word: str = "") -> str:
    items = "".join(f'<li><a href="/{it}">Title {it}{word}</a></li>' for it in names)
    return f"<html><body><ul>{items}</ul></body></html>"


def page(name: str) -> str:
    article = f"<article><h1>Title {name}</h1><p>{STORY}</p></article>"
    return f"<html><head><title>Title {name}</title></head><body>{article}</body></html>"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, ATOM, OTHER, LISTING)
    made.network.serve(ATOM.url, atom(entry("1"), entry("2")))
    made.network.serve(OTHER.url, atom(entry("1", "https://a.example/1"), entry("3", "https://b.example/3")))
    made.network.serve(LISTING.url, listing("one"))
    made.network.serve("https://p.example/one", page("one"))
    made.settle()
    yield made
    made.pump.store.close()


def again(world: World, url: str, body: str, **time: int) -> int:
    """Let a source answer something else, when it is asked next; gives how many copies are reported as deleted."""
    world.network.clear(url)
    world.network.serve(url, body)
    return sum(it.deleted for it in world.later(**(time or {"days": 2})))


def copies(world: World) -> list[list[str]]:
    """The sources of each story, the oldest story first."""
    found = world.pump.store.stories([number for number, _ in world.pump.store.select(limit=99)])
    return [sorted(copy.source_id for copy in story.copies) for story in sorted(found, key=lambda it: it.id)]


class TestTheSourcesWord:
    def test_takes_its_copy_and_the_others_stay(self, world: World) -> None:
        assert ["atom", "other"] in copies(world)
        assert again(world, ATOM.url, atom(entry("2"), deleted=("urn:x:1",))) == 1
        assert ["atom", "other"] not in copies(world)
        assert ["other"] in copies(world)
        (story,) = world.pump.store.stories(world.pump.store.find("https://a.example/1"))
        assert (story.lead.source_id, story.copies[0].reason) == ("other", "first")

    def test_withdraws_a_story_that_nobody_else_has_and_leaves_a_tombstone(self, world: World) -> None:
        again(world, ATOM.url, atom(entry("1"), deleted=("urn:x:2",)))
        assert world.pump.store.find("urn:x:2") == []
        assert world.pump.store.withdrawn("urn:x:2") is not None
        assert [guid for guid, _ in world.pump.store.gone(limit=9)] == ["urn:x:2"]
        assert world.pump.store.select(match='"Title 2"', limit=9) == []

    def test_says_nothing_of_other_sources_copies(self, world: World) -> None:
        before = copies(world)
        again(world, OTHER.url, atom(entry("1", "https://a.example/1"), entry("3"), deleted=("urn:x:2",)))
        assert copies(world) == before

    def test_is_not_believed_where_the_entry_is_shown_all_the_same(self, world: World) -> None:
        before = copies(world)
        again(world, ATOM.url, atom(entry("1"), entry("2"), deleted=("urn:x:2",)))
        assert copies(world) == before

    def test_is_taken_back_by_showing_the_entry_again_under_its_old_id(self, world: World) -> None:
        again(world, ATOM.url, atom(entry("1"), deleted=("urn:x:2",)))
        again(world, ATOM.url, atom(entry("1"), entry("2")))
        assert len(world.pump.store.find("urn:x:2")) == 1
        assert world.pump.store.gone(limit=9) == []


def test_what_comes_with_a_deletion_is_not_mixed_up_with_it(world: World) -> None:
    again(world, ATOM.url, atom(entry("1"), deleted=("urn:x:2",)))
    again(
        world,
        OTHER.url,
        atom(entry("4", "https://b.example/4"), entry("5", "https://b.example/5"), deleted=("urn:x:3",)),
    )
    for name in "45":
        (story,) = world.pump.store.stories(world.pump.store.find(f"urn:x:{name}"))
        assert story.lead.key == f"urn:x:{name}"


def test_leaving_a_feed_is_no_deletion(world: World) -> None:
    before = copies(world)
    again(world, ATOM.url, atom(entry("2")))
    assert copies(world) == before


class TestAPage:
    url = "https://p.example/one"

    def has_it(self, world: World) -> bool:
        return ["page"] in copies(world)

    def answers(self, world: World, status: int, *, changed: str) -> int:
        """Let the listing change, so that the page is asked for anew, which is not there."""
        world.network.clear(self.url)
        world.network.serve(self.url, "", status=status)
        return again(world, LISTING.url, listing("one", word=changed), hours=30)

    def test_that_is_gone_takes_its_copy(self, world: World) -> None:
        assert self.has_it(world)
        assert self.answers(world, 410, changed=" again") == 1
        assert not self.has_it(world)

    def test_that_is_missing_takes_its_copy_the_second_time(self, world: World) -> None:
        self.answers(world, 404, changed=" again")
        assert self.has_it(world)
        world.later(hours=30)
        assert not self.has_it(world)

    def test_that_is_missing_but_once_takes_nothing(self, world: World) -> None:
        self.answers(world, 404, changed=" again")
        world.network.clear(self.url)
        world.network.serve(self.url, page("one"))
        world.later(days=3)
        assert self.has_it(world)

    @pytest.mark.parametrize("status", [500, 403, 401])
    def test_that_cannot_be_had_for_another_reason_takes_nothing(self, world: World, status: int) -> None:
        self.answers(world, status, changed=" again")
        world.later(days=5)
        assert self.has_it(world)

    def test_that_is_deleted_is_asked_for_each_month_of_a_year_and_no_more(self, world: World) -> None:
        self.answers(world, 410, changed=" again")
        world.network.asked.clear()
        world.later(days=29)
        assert self.url not in [it.url for it in world.network.asked]
        for _ in range(15):
            world.later(days=31)
        assert [it.url for it in world.network.asked].count(self.url) == MOST_ASKED - 1
        assert not self.has_it(world)

    def test_that_is_deleted_does_not_come_back_though_its_listing_shows_it_until_it_is_there_again(
        self, world: World
    ) -> None:
        self.answers(world, 410, changed=" again")
        for number in range(4):
            again(world, LISTING.url, listing("one", "two", word=f" {number % 2}"), days=8)
            assert world.pump.store.select(match='"Title one"', limit=9) == [], number
        world.network.clear(self.url)
        world.network.serve(self.url, page("one"))
        world.later(days=40)
        assert self.has_it(world)
