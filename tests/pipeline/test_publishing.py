"""From the store to the public folder: what changed, and only that."""

import errno
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import orjson
import pytest

from support.builders import make_source
from support.simulation import World, make_config
from syndicator.daemon import making
from syndicator.errors import LockedError, PublishError
from syndicator.model.noun import replace
from syndicator.model.placement import BEGINNING
from syndicator.model.settings import Channel
from syndicator.model.social import SocialLink
from syndicator.pipeline.decisions import join, split
from syndicator.pipeline.engines import ENGINES
from syndicator.pipeline.publishing import is_overdue, publish
from syndicator.store import Store

A = make_source(id="a", url="https://a.example/rss", title="A", tags=("one",))
B = make_source(id="b", url="https://b.example/rss", title="B", tags=("two",))


def rss(host: str, *titles: str) -> str:
    items = "".join(f"<item><title>{it}</title><link>https://{host}/{it}</link></item>" for it in titles)
    return f"<rss version='2.0'><channel><title>F</title><link>https://{host}/</link>{items}</channel></rss>"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, A, B)
    made.network.serve(A.url, rss("a.example", "first", "second"))
    made.network.serve(B.url, rss("b.example", "third"))
    made.settle()
    yield made
    made.pump.store.close()


def publish_now(world: World, *channels: Channel) -> list[str]:
    config = replace(world.pump.config, channels=channels or world.pump.config.channels)
    return publish(world.pump.store, config, world.pump.sources, now=BEGINNING)


def titles(world: World, name: str) -> list[str]:
    feed = feedparser.parse((world.pump.config.paths.public / name).read_bytes())
    assert feed.bozo == 0
    return sorted(entry.title for entry in feed.entries)


def test_every_format_of_every_channel_and_the_pages_are_there(world: World) -> None:
    changed = publish_now(world)
    assert set(changed) == {
        "feeds/all.rss", "feeds/all.atom", "feeds/all.json", "feeds/all.html",
        "index.html", "style.css", "sources.opml", "social.html", "social.json", "social.jsonld", "social.opml",
        "social.schema.json", "social.rss", "social.atom", "social-events.json",
    }  # fmt: skip
    for name in ("feeds/all.rss", "feeds/all.atom"):
        assert titles(world, name) == ["first", "second", "third"]


def test_nothing_is_written_when_nothing_changed(world: World) -> None:
    publish_now(world)
    before = {path: path.stat() for path in world.pump.config.paths.public.rglob("*.*")}
    assert publish_now(world) == []
    assert {path: path.stat().st_ino for path in before} == {path: stat.st_ino for path, stat in before.items()}


def test_what_is_dear_to_make_may_stay_for_a_while_and_then_comes(world: World) -> None:
    config = world.pump.config
    publish_now(world)
    world.pump.store.set_profile_word("a", "telegram:a", "deny")
    world.network.serve(B.url, rss("b.example", "third", "fourth"))
    world.network._answers[B.url].popleft()
    world.later(hours=1)
    with world.pump.store.recording(world.now) as recording:
        link = SocialLink(platform="telegram", handle="b", url="https://t.me/b", confidence=0.9)
        recording.profiles.note_feed("b", [link])
    changed = publish(world.pump.store, config, world.pump.sources, now=BEGINNING, sparing=True)
    assert "feeds/all.rss" in changed
    assert not [name for name in changed if name.startswith("social")]
    assert "social.json" in publish(world.pump.store, config, world.pump.sources, now=BEGINNING)
    (config.paths.public / "social.json").unlink()
    assert publish(world.pump.store, config, world.pump.sources, now=BEGINNING, sparing=True) == ["social.json"]


def test_a_new_story_changes_the_channels_it_is_in_and_no_other(world: World) -> None:
    channels = (Channel(id="one", tags=("one",)), Channel(id="two", tags=("two",)))
    publish_now(world, *channels)
    world.network.serve(B.url, rss("b.example", "third", "fourth"))
    world.network._answers[B.url].popleft()
    world.later(hours=1)
    changed = publish_now(world, *channels)
    assert "feeds/two.rss" in changed
    assert "feeds/one.rss" not in changed
    assert titles(world, "feeds/two.rss") == ["fourth", "third"]


def test_a_source_that_has_moved_is_named_by_its_new_address(world: World) -> None:
    publish_now(world)
    moved = [replace(it, url=f"{it.url}?new") for it in world.pump.sources]
    changed = publish(world.pump.store, world.pump.config, moved, now=BEGINNING)
    assert {"feeds/all.rss", "feeds/all.atom", "feeds/all.json", "sources.opml"} <= set(changed)
    assert b"https://a.example/rss?new" in (world.pump.config.paths.public / "feeds" / "all.rss").read_bytes()


def test_what_feeds_say_of_themselves_and_no_item_shows_does_not_make_feeds_anew(world: World) -> None:
    publish_now(world)
    before = world.pump.store.published()
    said = rss("b.example", "third").replace("<title>F", "<ttl>90</ttl><description>12 readers</description><title>F")
    world.network.clear(B.url)
    world.network.serve(B.url, said)
    world.later(hours=1)
    assert world.pump.store.infos()["b"].description == "12 readers"
    publish_now(world)
    after = world.pump.store.published()
    assert {name for name, print_ in after.items() if before[name] != print_ and not name.startswith("social")} == {
        "sources.opml"
    }


def test_a_file_that_somebody_deleted_is_written_again(world: World) -> None:
    publish_now(world)
    store, public = world.pump.store, world.pump.config.paths.public
    assert not is_overdue(store, public, world.now)
    (public / "feeds" / "all.rss").unlink()
    assert is_overdue(store, public, world.now)  # so the daemon publishes anew
    assert publish_now(world) == ["feeds/all.rss"]
    assert not is_overdue(store, public, world.now)


def test_a_folder_that_may_not_be_entered_any_more_is_a_sentence(world: World) -> None:
    look = os.stat

    def locked(path: str | Path, **named: bool) -> os.stat_result:
        if str(path).startswith(f"{world.pump.config.paths.public}/"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return look(path, **named)

    publish_now(world)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "stat", locked)  # root may enter any folder
        with pytest.raises(PublishError, match="Permission denied"):
            publish_now(world)


def test_files_of_a_channel_that_is_no_more_go_and_foreign_files_stay(world: World) -> None:
    publish_now(world, Channel(id="one"), Channel(id="two"))
    foreign = world.pump.config.paths.public / "robots.txt"
    foreign.write_text("User-agent: *")
    publish_now(world, Channel(id="two", formats=("rss",)))
    left = {path.name for path in world.pump.config.paths.public.rglob("*.*") if not path.name.startswith("social")}
    assert left == {"two.rss", "two.html", "index.html", "style.css", "sources.opml", "robots.txt"}


def test_a_file_that_cannot_be_removed_keeps_no_other_from_being_done_with(world: World) -> None:
    public = world.pump.config.paths.public
    publish_now(world, Channel(id="old", formats=("rss", "atom")))
    (public / "feeds/old.atom").unlink()
    (public / "feeds/old.atom").symlink_to("old.atom")  # a loop, which nobody can look through
    with pytest.raises(PublishError, match=r"old\.atom"):
        publish_now(world, Channel(id="new", formats=("rss",)))
    published = world.pump.store.published()
    assert "feeds/new.rss" in published  # else everything is made anew at every look
    assert [it for it in published if "old" in it] == ["feeds/old.atom"]
    (public / "feeds/old.atom").unlink()
    assert publish_now(world, Channel(id="new", formats=("rss",))) == []
    assert "feeds/old.atom" not in world.pump.store.published()


def test_the_same_data_give_the_same_bytes_in_another_folder(world: World, tmp_path: Path) -> None:
    publish_now(world)
    elsewhere = replace(world.pump.config, paths=replace(world.pump.config.paths, public=tmp_path / "elsewhere"))
    publish(world.pump.store, elsewhere, world.pump.sources, now=BEGINNING)
    for path in (tmp_path / "elsewhere").rglob("*.*"):
        assert (
            path.read_bytes()
            == (world.pump.config.paths.public / path.relative_to(tmp_path / "elsewhere")).read_bytes()
        )


def test_stories_of_a_removed_source_stay_published(world: World, tmp_path: Path) -> None:
    world.pump.adopt(make_config(tmp_path, A), world.now, spread=False)
    publish_now(world)
    assert titles(world, "feeds/all.rss") == ["first", "second", "third"]
    assert b"b.example/rss" not in (tmp_path / "public" / "sources.opml").read_bytes()


def test_what_has_turned_out_to_be_a_page_is_listed_as_one_and_is_no_feed_in_items_either(tmp_path: Path) -> None:
    world = World.open(tmp_path, A, B)
    items = "".join(f'<li><a href="/news/{it}">A story of some length, the {it}th</a></li>' for it in range(1, 9))
    ld = orjson.dumps(
        {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "NewsArticle", "headline": f"The {it}th story", "url": f"https://a.example/news/{it}"}
                for it in range(1, 9)
            ],
        }
    ).decode()
    page = f"<!doctype html><title>A</title><script type='application/ld+json'>{ld}</script><ul>{items}</ul>"
    world.network.serve(A.url, page)
    world.network.serve(B.url, rss("b.example", "third"))
    world.settle()
    publish_now(world)
    outlines = ET.parse(tmp_path / "public" / "sources.opml").findall("body/outline")
    assert [(it.get("text"), it.get("type"), it.get("xmlUrl")) for it in outlines] == [
        ("A", None, None),
        ("B", "rss", B.url),
    ]
    items = ET.parse(tmp_path / "public" / "feeds" / "all.rss").findall("channel/item")
    assert {(it.findtext("link", "")[:17], it.find("source") is not None) for it in items} == {
        ("https://a.example", False),
        ("https://b.example", True),
    }
    world.pump.store.close()


def test_a_folder_that_cannot_be_written_is_a_sentence(world: World) -> None:
    world.pump.config.paths.public.write_text("a file where the folder should be")
    with pytest.raises(PublishError) as caught:
        publish_now(world)
    assert caught.value.remedy


def test_a_folder_that_cannot_be_looked_at_is_a_sentence(world: World, tmp_path: Path) -> None:
    paths = replace(world.pump.config.paths, public=tmp_path / ("p" * 300))
    with pytest.raises(PublishError, match="File name too long"):
        making.pump(world.pump.store, replace(world.pump.config, paths=paths), ENGINES["serial"]())


def test_two_services_do_not_overwrite_each_others_files(world: World, tmp_path: Path) -> None:
    publish_now(world)
    config = replace(world.pump.config, paths=replace(world.pump.config.paths, store=tmp_path / "other" / "s.db"))
    with closing(Store.write(config.paths.store)) as other:
        for act in (
            lambda: publish(other, config, world.pump.sources, now=world.now),
            lambda: making.pump(other, config, ENGINES["serial"]()),
        ):
            with pytest.raises(LockedError, match="publishes into"):
                act()
    assert titles(world, "feeds/all.rss") == ["first", "second", "third"]


def test_the_social_document_is_json_even_when_there_is_nothing_to_tell(world: World) -> None:
    publish_now(world)
    assert orjson.loads((world.pump.config.paths.public / "social.json").read_bytes())["publishers"] == []


class TestAnArchive:
    CHANNEL = Channel(id="all", limit=2, archive=100)
    FEED = "http://127.0.0.1:8008/feeds/all"

    def news(self, world: World, *numbers: int) -> list[str]:
        """Publish stories that come one after the other; returns the files that changed last."""
        changed: list[str] = []
        for number in numbers:
            world.network.clear(A.url)
            world.network.serve(A.url, rss("a.example", f"story-{number}"))
            world.later(hours=2)
            changed = publish_now(world, self.CHANNEL)
        return changed

    def walk(self, world: World, suffix: str) -> list[tuple[str, set[str]]]:
        """Each document's address with the titles in it, from the feed back."""
        found, address = list[tuple[str, set[str]]](), f"{self.FEED}{suffix}"
        while address:
            data = (world.pump.config.paths.public / address.removeprefix("http://127.0.0.1:8008/")).read_bytes()
            if suffix == ".json":
                read = orjson.loads(data)
                found.append((address, {it["title"] for it in read["items"]}))
                address = read.get("next_url", "")
            else:
                feed = feedparser.parse(data)
                assert feed.bozo == 0
                found.append((address, {it.title for it in feed.entries}))
                links = {it.rel: it.href for it in feed.feed.links}
                assert links["self"] == address
                assert links.get("current", address) == f"{self.FEED}{suffix}"
                assert links.get("next") == links.get("prev-archive")
                newer = found[-2][0] if len(found) > 2 else None
                assert links.get("previous") == links.get("next-archive") == newer
                address = links.get("prev-archive", "")
        return found

    def test_leads_back_to_every_story_in_every_format(self, world: World) -> None:
        self.news(world, *range(1, 6))
        for suffix in (".rss", ".atom", ".json"):
            walked = self.walk(world, suffix)
            assert walked[0] == (f"{self.FEED}{suffix}", {"story-5", "story-4"})
            assert set[str]().union(*(titles for _, titles in walked)) == {
                "first", "second", "third", *(f"story-{it}" for it in range(1, 6))
            }  # fmt: skip
            assert [address for address, _ in walked[1:]] == [f"{self.FEED}/{it}{suffix}" for it in (3, 2, 1)]
        assert {it.name for it in (world.pump.config.paths.public / "feeds" / "all").iterdir()} == {
            f"{number}{suffix}" for number in (1, 2, 3) for suffix in (".rss", ".atom", ".json", ".html")
        }

    def test_is_not_written_anew_for_what_comes_later_but_to_lead_there(self, world: World) -> None:
        self.news(world, *range(1, 6))
        assert {it for it in self.news(world, 6) if it.startswith("feeds/all/")} == {
            *(f"feeds/all/4{suffix}" for suffix in (".rss", ".atom", ".json", ".html")),
            *(f"feeds/all/3{suffix}" for suffix in (".rss", ".atom", ".html")),
        }
        assert {it for it in self.news(world, 7) if it.startswith("feeds/all/")} == set()
        assert publish_now(world, self.CHANNEL) == []

    def test_shows_a_story_as_it_is_now(self, world: World) -> None:
        self.news(world, *range(1, 6))
        join(world.pump.store, "https://a.example/first", "https://a.example/story-1", world.now)
        changed = publish_now(world, self.CHANNEL)
        assert {"feeds/all/1.atom"} <= set(changed)
        walked = self.walk(world, ".atom")
        assert "story-1" not in set[str]().union(*(titles for _, titles in walked))
        assert [address for address, _ in walked[1:]] == [f"{self.FEED}/{it}.atom" for it in (3, 2, 1)]

    def test_is_not_made_anew_over_and_over_for_what_sources_say_of_themselves(self, world: World) -> None:
        self.news(world, *range(1, 6))
        renamed = [replace(it, title="Another") for it in world.pump.sources]
        config = replace(world.pump.config, channels=(self.CHANNEL,))
        changed = publish(world.pump.store, config, renamed, now=world.now, sparing=True)
        assert "feeds/all.atom" in changed
        assert not [name for name in changed if name.startswith("feeds/all/")]
        assert "feeds/all/1.atom" in publish(world.pump.store, config, renamed, now=world.now)

    def test_keeps_what_it_leads_to_while_it_is_not_made_anew(self, world: World) -> None:
        self.news(world, *range(1, 6))
        shorter = replace(world.pump.config, channels=(replace(self.CHANNEL, archive=1),))
        publish(world.pump.store, shorter, world.pump.sources, now=world.now, sparing=True)
        assert len(self.walk(world, ".atom")) == 4
        publish(world.pump.store, shorter, world.pump.sources, now=world.now)
        assert len(self.walk(world, ".atom")) == 2
        assert {it.stem for it in (world.pump.config.paths.public / "feeds/all").iterdir()} == {"3"}

    def test_does_not_keep_for_that_what_is_to_disappear(self, world: World) -> None:
        self.news(world, *range(1, 6))
        known = world.pump.store.published()["feeds/all/1.atom"]
        world.pump.store.has_published({"feeds/all/1.atom": known + b"\0" + (1).to_bytes(8, "big")}, [])
        shorter = replace(world.pump.config, channels=(replace(self.CHANNEL, archive=1),))
        publish(world.pump.store, shorter, world.pump.sources, now=world.now, sparing=True)
        assert not (world.pump.config.paths.public / "feeds/all/1.atom").exists()
        assert (world.pump.config.paths.public / "feeds/all/1.rss").exists()

    def test_does_not_load_all_profiles_for_each_document(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.news(world, *range(1, 6))
        load, loaded = Store.profiles, list[int]()
        monkeypatch.setattr(Store, "profiles", lambda *given: loaded.append(1) or load(*given))
        counts = []
        for archive in (0, 100):
            publish_now(world, replace(self.CHANNEL, archive=archive, inline_profiles=True))
            loaded.clear()
            publish_now(world, replace(self.CHANNEL, archive=archive, inline_profiles=True))
            counts.append(len(loaded))
        assert counts[0] == counts[1] > 0

    def test_loses_at_once_what_is_to_disappear(self, world: World) -> None:
        self.news(world, *range(1, 6))
        known = world.pump.store.published()["feeds/all/1.atom"]
        overdue = known + b"\0" + (1).to_bytes(8, "big")
        world.pump.store.has_published({"feeds/all/1.atom": overdue}, [])
        config = replace(world.pump.config, channels=(self.CHANNEL,))
        publish(world.pump.store, config, world.pump.sources, now=world.now, sparing=True)
        assert world.pump.store.published()["feeds/all/1.atom"] == known

    def test_goes_when_the_channel_has_none_any_more_and_comes_back_as_it_was(self, world: World) -> None:
        self.news(world, *range(1, 6))
        before = self.walk(world, ".atom")
        publish_now(world, replace(self.CHANNEL, archive=0))
        assert [address for address, _ in self.walk(world, ".atom")] == [f"{self.FEED}.atom"]
        assert [*(world.pump.config.paths.public / "feeds" / "all").iterdir()] == []
        publish_now(world, self.CHANNEL)
        assert self.walk(world, ".atom") == before


class TestAStoryThatIsNoMore:
    GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"

    def gone(self, world: World, name: str) -> list[str]:
        root = ET.fromstring((world.pump.config.paths.public / name).read_bytes())
        return [it.get("ref", "") for it in root.findall(self.GONE)]

    def test_leaves_a_tombstone_in_the_atom_feeds_that_may_have_shown_it(self, world: World) -> None:
        channels = Channel(id="all"), Channel(id="one", tags=("one",)), Channel(id="two", tags=("two",))
        publish_now(world, *channels)
        (third,) = world.pump.store.find("https://b.example/third")
        guid = world.pump.store.stories([third])[0].guid
        _, absorbed = join(world.pump.store, "https://a.example/first", "https://b.example/third", world.now)
        changed = publish_now(world, *channels)
        assert absorbed.guid == guid
        assert {"feeds/two.atom", "feeds/all.atom"} <= set(changed)
        assert [self.gone(world, f"feeds/{it.id}.atom") for it in channels] == [[guid], [], [guid]]
        assert titles(world, "feeds/all.rss") == ["first", "second"]

    def test_loses_it_again_when_it_comes_back(self, world: World) -> None:
        join(world.pump.store, "https://a.example/first", "https://b.example/third", world.now)
        split(world.pump.store, "https://a.example/first", "b", world.now)
        publish_now(world)
        assert self.gone(world, "feeds/all.atom") == []
        assert titles(world, "feeds/all.atom") == ["first", "second", "third"]
