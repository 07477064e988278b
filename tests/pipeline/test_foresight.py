"""What a configuration would change is told before it is taken, and is what it then does."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from support.builders import make_source
from support.simulation import World, make_config
from syndicator.model.noun import replace
from syndicator.model.outlook import ChannelChange, Outlook, PublishedFeed, Setting
from syndicator.model.settings import Channel, Config, FetchSettings, Site
from syndicator.pipeline import foresight
from syndicator.pipeline.foresight import foresee
from syndicator.pipeline.publishing import publish
from syndicator.publish.readback import shown
from syndicator.store import Store

A = make_source(id="a", url="https://a.example/rss", title="A", tags=("one",))
B = make_source(id="b", url="https://b.example/rss", title="B", tags=("two",))
LIST = make_source(id="list", url="https://l.example/list", kind="list", title="", tags=("three",))
CHANNELS = (
    Channel(id="all"),
    Channel(id="one", title="One", tags=("one",), limit=3, archive=4),
    Channel(id="two", title="Two", tags=("two",), formats=("atom",)),
)


def rss(host: str, *numbers: int) -> str:
    items = "".join(
        f"<item><title>{host[0]} {it}</title><link>https://{host}/{it}</link><guid>https://{host}/{it}</guid>"
        f"<description>{host} {it} says</description><pubDate>Thu, 05 Mar 2026 10:{it:02}:00 GMT</pubDate></item>"
        for it in numbers
    )
    return f"<rss version='2.0'><channel><title>F</title><link>https://{host}/</link>{items}</channel></rss>"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, A, B, LIST)
    made.network.serve(A.url, rss("a.example", *range(12)))
    made.network.serve(B.url, rss("b.example", *range(20, 25)))
    made.network.serve(LIST.url, "https://c.example/rss\n")
    made.network.serve("https://c.example/rss", rss("c.example", 30))
    made.settle()
    made.pump.config = replace(made.pump.config, channels=CHANNELS)
    published(made)
    yield made
    made.pump.store.close()


def published(world: World) -> None:
    publish(world.pump.store, world.pump.config, world.pump.sources, now=world.now)


def look(world: World, draft: Config, before: Config | None = None) -> Outlook:
    """Foresee, with a reader's eyes, that nothing is written by them."""
    paths = world.pump.config.paths
    there = {it: it.read_bytes() for it in paths.public.rglob("*") if it.is_file()}
    reader = Store.read(paths.store)
    found = foresee(reader, draft, {}, before, paths.public, world.now)
    reader.close()
    assert there == {it: it.read_bytes() for it in paths.public.rglob("*") if it.is_file()}
    return found


def feeds(world: World) -> Mapping[str, PublishedFeed]:
    """What each feed shows."""
    found = {}
    for path in sorted((world.pump.config.paths.public / "feeds").glob("*.*")):
        if it := shown(path.suffix, path.read_bytes()):
            found[path.name] = it
    return found


def by_id(outlook: Outlook) -> dict[str, ChannelChange]:
    return {it.id: it for it in outlook.channels}


def with_sources(world: World, *sources: object, **changes: object) -> Config:
    return replace(world.pump.config, sources=sources, **changes)


def with_channels(world: World, *channels: Channel) -> Config:
    return replace(world.pump.config, channels=channels)


def test_where_nothing_would_change_nothing_is_told_and_no_feed_rendered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foresight, "readback", None)
    assert look(world, world.pump.config) == Outlook()
    assert look(world, world.pump.config, world.pump.config) == Outlook()


def test_what_no_subscriber_would_see_is_not_told(world: World) -> None:
    draft = with_sources(world, A, replace(B, tags=("two", "unused")), LIST)
    assert [*map(str, look(world, draft).channels)] == []


DRAFTS = {
    "a source rests": lambda it: with_sources(it, A, LIST),
    "another tag": lambda it: with_sources(it, A, replace(B, tags=("one",)), LIST, channels=CHANNELS[:2]),
    "less is shown": lambda it: with_sources(it, replace(A, republish="headline"), B, LIST),
    "more is shown": lambda it: with_sources(it, replace(A, republish="full"), B, LIST),
    "it becomes private": lambda it: with_sources(it, replace(A, private=True), B, LIST),
    "a query": lambda it: with_channels(it, replace(CHANNELS[0], match="b"), *CHANNELS[1:]),
    "a limit": lambda it: with_channels(it, replace(CHANNELS[0], limit=2), *CHANNELS[1:]),
    "a new archive": lambda it: with_channels(it, replace(CHANNELS[0], limit=5, archive=9), *CHANNELS[1:]),
    "no archive": lambda it: with_channels(it, CHANNELS[0], replace(CHANNELS[1], archive=0), CHANNELS[2]),
    "other formats": lambda it: with_channels(it, *CHANNELS[:2], replace(CHANNELS[2], formats=("rss", "atom"))),
    "another title": lambda it: replace(it.pump.config, site=Site(title="Ours", base_url="https://ours.example/")),
    "an end and a beginning": lambda it: with_channels(it, CHANNELS[0], Channel(id="new", languages=("xx",))),
}


@pytest.mark.parametrize("name", DRAFTS)
def test_what_is_told_of_feeds_is_what_becomes_of_them(world: World, name: str) -> None:
    draft = DRAFTS[name](world)
    told, before = by_id(look(world, draft)), feeds(world)
    world.pump.adopt(draft, world.now, spread=True)
    published(world)
    after = feeds(world)
    assert {f"feeds/{it}" for it in after.keys() - before.keys()} == {
        it for change in told.values() for it in change.appears if not it.endswith(".html")
    }
    gone = {f"feeds/{it}" for it in before.keys() - after.keys()}
    assert gone == {
        it for change in told.values() for it in change.vanishes if it.count("/") == 1 and it[-5:] != ".html"
    }
    for file in before.keys() & after.keys():
        old, new, change = before[file].items, after[file].items, told.get(file.partition(".")[0])
        gains, loses = (change.gains, change.loses) if change else ((), ())
        assert [it for it, _ in gains] == [it for it in new if it not in old], file
        assert [it for it, _ in loses] == [it for it in old if it not in new], file
        if file.endswith((".json", "two.atom")):
            others = sum(old[it] != new[it] for it in old.keys() & new.keys())
            assert (change.otherwise if change else 0) == others, file
        if before[file].head != after[file].head:
            assert change is not None
            assert change.settings
    assert not [*look(world, draft).channels], "it has come to pass"


def test_how_much_more_or_less_is_shown_is_told(world: World) -> None:
    change = by_id(look(world, DRAFTS["less is shown"](world)))["one"]
    assert (change.otherwise, change.modes) == (3, {("excerpt", "headline"): 3})
    assert change.gains == change.loses == ()


def test_what_ends_takes_all_its_files_with_it(world: World) -> None:
    change = by_id(look(world, replace(world.pump.config, channels=CHANNELS[:1])))["one"]
    assert (change.change, change.title, change.stories) == ("end", "One", 3)
    assert change.loses[0] == ("https://a.example/11", "a 11")
    assert {"feeds/one.rss", "feeds/one.json", "feeds/one.html"} < {*change.vanishes}
    assert [it for it in change.vanishes if it.startswith("feeds/one/")], "and its archive"


def test_other_formats_alone_are_compared_by_what_is_in_them(world: World) -> None:
    draft = replace(world.pump.config, channels=(*CHANNELS[:2], replace(CHANNELS[2], formats=("json",), limit=4)))
    change = by_id(look(world, draft))["two"]
    assert (change.appears, change.vanishes) == (("feeds/two.json",), ("feeds/two.atom",))
    assert (change.gains, change.loses, change.otherwise) == ((), (("https://b.example/20", "b 20"),), 0)
    assert change.settings == ()


@pytest.mark.parametrize("what", ["gone", "broken", "a folder", "a pipe"])
def test_where_a_published_file_cannot_be_read_it_is_said_that_nobody_can_tell(world: World, what: str) -> None:
    path = world.pump.config.paths.public / "feeds/two.atom"
    path.unlink()
    if what == "broken":
        path.write_bytes(b"<feed")
    elif what == "a folder":
        path.mkdir()
    elif what == "a pipe":
        os.mkfifo(path)
    reader, now = Store.read(world.pump.config.paths.store), world.now
    public = world.pump.config.paths.public
    fewer = replace(world.pump.config, channels=(*CHANNELS[:2], replace(CHANNELS[2], limit=1)))
    ended = replace(world.pump.config, channels=CHANNELS[:2])
    for draft, change in ((fewer, "change"), (ended, "end")):
        (found,) = foresee(reader, draft, {}, None, public, now).channels
        assert (found.change, found.unread, found.gains, found.loses) == (change, True, (), ())
    reader.close()


def test_sources_are_told_with_their_articles_and_those_of_lists_by_the_lists_settings(world: World) -> None:
    anew = replace(B, id="again")
    changed = replace(LIST, tags=("one",))
    outlook = look(world, with_sources(world, A, anew, changed))
    assert [(it.change, it.source.id, it.articles, it.was) for it in outlook.sources] == [
        ("add", "again", 0, "b"),
        ("change", "list", 0, ""),
        ("change", "c-example-rss", 1, ""),
        ("rest", "b", 5, ""),
    ]
    assert outlook.sources[2].settings == (Setting(name="tags", before=["three"], after=["one"]),)
    assert by_id(outlook)["one"].gains == (("https://c.example/30", "c 30"),)


def test_what_a_list_names_now_counts_before_what_it_named(world: World) -> None:
    new = replace(LIST, id="d", url="https://d.example/", kind="auto", parent="list")
    reader, config = Store.read(world.pump.config.paths.store), world.pump.config
    outlook = foresee(reader, config, {"list": [new]}, None, config.paths.public, world.now)
    assert [(it.change, it.source.id) for it in outlook.sources] == [("add", "d"), ("rest", "c-example-rss")]
    (added,) = (
        it for it in foresee(None, config, {"list": [new]}, None, Path(), world.now).sources if it.source.parent
    )
    assert added.source == new
    reader.close()


def test_before_anything_is_stored_all_is_new(tmp_path: Path) -> None:
    draft = make_config(tmp_path, A)
    outlook = foresee(None, draft, {}, None, tmp_path, World.now)
    assert [(it.change, it.source.id) for it in outlook.sources] == [("add", "a")]
    assert [(it.change, it.id, it.stories) for it in outlook.channels] == [("add", "all", 0)]
    Store.write(draft.paths.store).close()
    assert look_at(draft, tmp_path).channels == (
        replace(outlook.channels[0], appears=tuple(f"feeds/all.{it}" for it in ("rss", "atom", "json", "html"))),
    )


def look_at(draft: Config, public: Path) -> Outlook:
    reader = Store.read(draft.paths.store)
    found = foresee(reader, draft, {}, None, public, World.now)
    reader.close()
    return found


def test_what_is_nowhere_stored_is_told_only_against_a_folder_that_says_it(world: World) -> None:
    before = world.pump.config
    draft = replace(
        before,
        fetch=FetchSettings(timeout=1.0),
        serve=replace(before.serve, port=1),
        channels=(replace(CHANNELS[0], archive=9999), *CHANNELS[1:]),
    )
    world.pump.store.retry(before.fetch, world.now)
    assert look(world, draft).settings == (Setting(name="fetch", shown=False),), "of which there is a digest"
    moved = replace(before.paths, public=before.paths.public / "elsewhere")
    reader = Store.read(before.paths.store)
    elsewhere = foresee(reader, replace(before, paths=moved), {}, None, moved.public, world.now)
    assert elsewhere.settings == (Setting(name="paths.public", shown=False),), "of what was published nothing is there"
    reader.close()
    outlook = look(world, draft, before)
    assert [it.name for it in outlook.settings] == ["fetch.timeout", "serve.listen"]
    assert by_id(outlook)["all"].settings == (Setting(name="archive", before=0, after=9999),)
