"""The pump before hosts, sites and feeds that ask for something: it heeds them, and nobody else waits for them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from support.builders import make_article
from support.simulation import LISTED, LISTING, WORDS, A, B, World, item, make_config, page, rss
from syndicator.cli.progress import summary
from syndicator.daemon.acts import to_json
from syndicator.daemon.telling import log_report
from syndicator.model.article import Entry, Story, Text
from syndicator.model.noun import replace
from syndicator.model.outcome import Wish
from syndicator.model.settings import Schedule
from syndicator.model.source import Select
from syndicator.pipeline.reader_queue import ReaderQueue


class TestPagesBehindAListing:
    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        made = World.open(tmp_path, LISTING)
        yield made
        made.pump.store.close()

    def test_complete_their_entries(self, world: World) -> None:
        world.network.serve(LISTING.url, LISTED)
        world.network.serve("https://p.example/one", page("One, in full"))
        world.network.serve("https://p.example/two", page("Two, in full"))
        world.settle()
        assert sorted(title for title, _ in world.stories()) == ["One, in full", "Two, in full"]
        assert world.pump.store.due_wishes(world.now + timedelta(days=9), limit=9) == []
        stories = world.pump.store.stories([number for number, _ in world.pump.store.select(limit=9)])
        assert len({it.first_seen for it in stories}) == 1, "they arrived with their listing, and not with their pages"
        assert len(world.pump.store.states()["page"].pace.moments) == 1, "the listing has a rhythm, too"

    def test_that_are_not_whole_are_among_their_sources_warnings(self, world: World) -> None:
        broken = "<script type='application/ld+json'>{\"@type\": </script></head>"
        world.network.serve(LISTING.url, LISTED)
        world.network.serve("https://p.example/one", page("One").replace("</head>", broken))
        reports = world.settle()
        (warning,) = world.pump.store.states()["page"].warnings
        assert warning.startswith("https://p.example/one: ")
        assert [it.warnings for it in reports if it.warnings] == [(warning.partition(": ")[2],)]

    def test_that_cannot_be_had_leave_what_the_listing_says_and_are_asked_for_again(self, world: World) -> None:
        world.network.serve(LISTING.url, LISTED)
        world.network.serve("https://p.example/one", page("One, in full"))
        world.network.fail("https://p.example/two")
        world.network.serve("https://p.example/two", page("Two, in full"))
        world.settle()
        assert sorted(title for title, _ in world.stories()) == ["One, in full", "Two headline"]
        world.later(hours=2)
        assert sorted(title for title, _ in world.stories()) == ["One, in full", "Two, in full"]

    @pytest.mark.parametrize(
        ("private", "named"), [(False, "an article page, https://p.example/two: "), (True, "an article page: ")]
    )
    def test_that_hold_no_article_are_told_of_with_their_address(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture, private: bool, named: str
    ) -> None:
        world = World.open(tmp_path, replace(LISTING, private=private))
        world.network.serve(LISTING.url, LISTED)
        world.network.serve("https://p.example/one", page("One, in full"))
        world.network.serve("https://p.example/two", "<title>Nothing</title>")
        reports = world.settle()
        for report in reports:
            log_report(report)
        (told,) = [it for it in caplog.messages if "holds no article" in it]
        assert told == f"page: {named}The page holds no article. Open the address in a browser."
        assert told in summary([to_json(it) for it in reports], [])
        world.pump.store.close()

    def test_are_asked_for_once(self, world: World) -> None:
        world.network.serve(LISTING.url, LISTED)
        world.network.serve(LISTING.url, LISTED + "<!-- changed -->")
        world.network.serve("https://p.example/one", page("One"))
        world.settle()
        world.later(hours=1)
        world.later(hours=1)
        urls = [request.url for request in world.network.asked]
        assert urls.count("https://p.example/one") == 1
        assert urls.count("https://p.example/two") == 1, "404 is final"

    def test_over_the_network_are_never_files_of_ours(self, world: World, tmp_path: Path) -> None:
        world.network.serve(LISTING.url, "<ul><li><a href='file:///etc/passwd'>x</a></li></ul>")
        world.settle()
        assert [request.url for request in world.network.asked] == [LISTING.url]


def whole(world: World) -> list[Story]:
    """The stories, the newest first."""
    return world.pump.store.stories([number for number, _ in world.pump.store.select(limit=99)])


def untold(title: str, text: str = "") -> str:
    """An entry without an id."""
    said = f"<title>{title}</title><description>{text or title}</description>"
    return f"<item>{said}<link>https://a.example/live</link></item>"


class TestPagesBehindAFeed:
    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        made = World.open(tmp_path, replace(A, follow=True))
        made.network.serve(A.url, rss(item(1), item(2)))
        made.network.serve("https://a.example/1", page("Its page has another headline"))
        yield made
        made.pump.store.close()

    def texts(self, world: World) -> dict[str, str]:
        return {it.lead.title: it.lead.text for it in whole(world)}

    def test_bring_the_words_where_they_can_be_had(self, world: World) -> None:
        world.settle()
        found = self.texts(world)
        assert len(found) == 2
        assert sorted(len(text) > 200 for text in found.values()) == [False, True]
        assert "Its page has another headline" not in found

    def edited(self, world: World, *items: str, **time: float) -> list[str]:
        """What is asked for once the feed says this."""
        world.network.clear(A.url)
        world.network.serve(A.url, rss(*items))
        world.network.asked.clear()
        world.later(**time or {"hours": 2})
        return [it.url.removeprefix("https://a.example/") for it in world.network.asked if it.url != A.url]

    def test_that_are_missing_are_no_word_of_their_feed_that_the_entry_is_deleted(self, world: World) -> None:
        world.settle()
        assert self.edited(world, item(1), item(2, text="Corrected.")) == ["2"]
        assert self.texts(world)["Title 2"] == "Corrected."
        assert self.edited(world, item(1), item(2, text="Corrected."), days=3) == []
        assert self.texts(world)["Title 2"] == "Corrected."

    def test_leave_their_words_when_they_cannot_be_had_for_a_while(self, world: World) -> None:
        world.settle()
        whole = self.texts(world)["Title 1"]
        world.network.clear("https://a.example/1")
        world.network.serve("https://a.example/1", status=500)
        assert self.edited(world, item(1, text="Corrected."), item(2)) == ["1"]
        assert self.texts(world)["Title 1"] == whole
        world.later(hours=2)
        world.later(days=2)
        assert self.texts(world)["Title 1"] == "Corrected.", "the feed's word is all there is"
        assert world.pump.store.due_wishes(world.now + timedelta(days=99), limit=9) == []

    @pytest.mark.parametrize("wanted", [{"follow": True}, {"select": Select(follow=True)}], ids=["follow", "select"])
    def test_bring_the_words_for_a_page_that_is_a_feed_too(self, tmp_path: Path, wanted: dict[str, Any]) -> None:
        entry = '<p class="h-entry"><a class="u-url p-name" href="/{0}">Title {0}</a></p>'
        made = World.open(tmp_path / "page", replace(A, kind="page", **wanted))
        made.network.serve(A.url, entry.format(1).encode() + entry.format(2).encode())
        made.network.serve("https://a.example/1", page("Its page has another headline"))
        made.settle()
        assert {title: len(text) > 200 for title, text in self.texts(made).items()} == {
            "Title 1": True,
            "Title 2": False,
        }
        made.pump.store.close()

    def test_are_not_asked_for_when_the_operator_wants_them_no_more(self, world: World) -> None:
        world.network.clear("https://a.example/1")
        world.network.serve("https://a.example/1", status=500)
        world.settle()
        before = self.texts(world)
        world.network.clear("https://a.example/1")
        world.network.serve("https://a.example/1", page("Title 1"))
        root = world.pump.config.root
        world.pump.adopt(make_config(root, replace(A, follow=False)), world.now, spread=False)
        assert self.edited(world, item(1), item(2, text="New words.")) == []
        assert self.texts(world) == before | {"Title 2": "New words."}
        assert world.pump.store.due_wishes(world.now + timedelta(days=99), limit=9) == []
        world.pump.adopt(make_config(root, replace(A, follow=True)), world.now, spread=False)
        assert self.edited(world, item(3), item(1), item(2, text="New words.")) == ["3"], "what is known is known"

    def test_leave_what_the_feed_says_if_they_are_not_wanted_before_they_were_asked_for(self, world: World) -> None:
        with world.pump.store.recording(world.now) as recording:
            entry = Entry(key="k", title=Text(value="Kept", html=False))
            article = make_article(source_id="a", key="k", title="Kept")
            recording.wishes.add("a", Wish(url="https://a.example/k", entry=entry, fallback=article, of_feed=True))
        root = world.pump.config.root
        world.pump.adopt(make_config(root, replace(A, follow=False)), world.now, spread=False)
        world.settle()
        assert "Kept" in self.texts(world)

    @pytest.mark.parametrize(
        ("host", "feed", "found"),
        [("a.example", A.url, True), ("b.example", A.url, False), ("a.example", "https://burner.example/a", True)],
    )
    def test_of_another_site_tell_nothing_of_who_publishes_the_feed(
        self, tmp_path: Path, host: str, feed: str, found: bool
    ) -> None:
        world = World.open(tmp_path / "own", replace(A, url=feed, follow=True))
        world.network.serve(feed, rss(item(1, host)))
        call = "<p>Follow us on <a href='https://t.me/somechannel'>Telegram</a>.</p></article>"
        world.network.serve(f"https://{host}/1", page("Title 1").replace("</article>", call))
        world.settle()
        (story,) = whole(world)
        assert len(story.lead.text) > 200
        assert bool(story.lead.social) is found
        world.pump.store.close()

    def test_forbid_what_they_forbade_though_an_edit_comes_without_them(self, world: World) -> None:
        world.network.clear("https://a.example/1")
        hidden = page("Title 1").replace("<head>", "<head><meta name='robots' content='noindex'>")
        world.network.serve("https://a.example/1", hidden)
        world.network.serve("https://a.example/1", status=500)
        world.settle()
        self.edited(world, item(1, text=f"Corrected. {WORDS * 9}"), item(2))
        (said,) = [it.lead for it in whole(world) if it.lead.title == "Title 1"]
        assert (said.text[:10], said.terms.robots) == ("Corrected.", ("noindex",))

    def test_of_entries_that_are_edited_are_no_news(self, world: World) -> None:
        world.settle()
        moments = world.pump.store.states()["a"].pace.moments
        assert self.edited(world, item(1, text="Corrected."), item(2)) == ["1"]
        assert world.pump.store.states()["a"].pace.moments == moments
        self.edited(world, item(3), item(1, text="Corrected."), item(2))
        assert len(world.pump.store.states()["a"].pace.moments) == len(moments) + 1

    @pytest.mark.parametrize("follow", [True, False])
    def test_do_not_hide_an_entry_that_is_edited_under_another_id(self, tmp_path: Path, follow: bool) -> None:
        world = World.open(tmp_path / "own", replace(A, follow=follow))
        world.network.serve("https://a.example/1", page("Title 1"))
        self.edited(world, *map(item, range(1, 13)))
        before = [it.id for it in whole(world)]
        edit = item(1, text="Corrected.").replace("<guid>https://a.example/1", "<guid isPermaLink='false'>new")
        self.edited(world, edit, *map(item, range(2, 13)))
        after = whole(world)
        assert [it.id for it in after] == before
        (said,) = [it.lead for it in after if it.lead.title == "Title 1"]
        assert (said.key, "Corrected." in (said.summary, said.text)) == ("new", True)
        assert all(len(it.copies) == 1 for it in after)
        world.pump.store.close()

    def test_leave_an_entry_without_an_id_its_story_when_its_headline_changes(self, world: World) -> None:
        world.network.clear(A.url)
        world.network.serve(A.url, rss(untold("The mayor speaks", "A teaser that stays.")))
        world.network.serve("https://a.example/live", page("The mayor speaks"))
        world.settle()
        self.edited(world, untold("What was said at noon", "A teaser that stays."))
        assert list(self.texts(world)) == ["What was said at noon"]

    def test_are_no_pages_of_entries_that_come_one_at_a_time_under_one_link(self, world: World) -> None:
        world.network.clear(A.url)
        world.network.serve(A.url, rss(untold("The mayor speaks at noon")))
        world.settle()
        assert self.edited(world, untold("A cup for the team after a long match")) == []
        assert sorted(self.texts(world)) == ["A cup for the team after a long match", "The mayor speaks at noon"]

    def test_are_left_alone_where_the_site_wants_that(self, world: World) -> None:
        world.network.serve("https://a.example/robots.txt", "User-agent: *\nDisallow: /1\n")
        world.settle()
        assert len(self.texts(world)) == 2
        assert "https://a.example/1" not in [it.url for it in world.network.asked]


def test_what_the_host_calls_fresh_is_not_asked_for_sooner(world: World) -> None:
    world.network.serve(A.url, rss(item(1)), cache_control="max-age=10800")
    world.network.serve(B.url, rss(item(2, "b.example")), cache_control="max-age=10")
    world.settle()
    asked = {it.source_id: it.due_at - world.now for it in world.pump.store.states().values()}
    assert timedelta(hours=3) <= asked["a"] <= timedelta(hours=3.4)
    assert timedelta(minutes=30) <= asked["b"] <= timedelta(minutes=33.1)


def test_a_feed_that_asks_never_to_be_asked_is_told_of(world: World) -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    world.network.serve(A.url, rss(f"<skipHours>{hours}</skipHours>", item(1)))
    world.network.fail(B.url)
    world.settle()
    assert "never to be polled" in world.pump.store.states()["a"].warnings[0]


def test_whoever_gets_a_shorter_interval_need_not_wait_for_the_old_one(tmp_path: Path) -> None:
    slow, fresh = replace(A, interval=36_000.0), replace(B, interval=36_000.0)
    world = World.open(tmp_path, slow, fresh)
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")), cache_control="max-age=80000")
    world.settle()
    quick = make_config(tmp_path, replace(A, interval=600.0), replace(B, interval=600.0))
    world.pump.adopt(quick, world.now, spread=True)
    states = world.pump.store.states()
    assert timedelta(minutes=9) <= states["a"].due_at - world.now <= timedelta(minutes=11)
    assert states["b"].due_at - world.now >= timedelta(hours=22), "its host's word still counts"
    lazy = replace(world.pump.config, schedule=Schedule(interval=300.0, min_interval=60.0, max_interval=300.0))
    world.pump.adopt(lazy, world.now, spread=True)
    due_at = world.pump.store.states()["a"].due_at
    assert due_at - world.now <= timedelta(minutes=5.6)
    world.pump.adopt(make_config(tmp_path, slow, fresh), world.now, spread=True)
    assert world.pump.store.states()["a"].due_at == due_at, "nor does a longer one put off what is planned"
    world.pump.store.close()


def test_a_laborious_source_comes_later_when_many_such_wait_unless_somebody_does(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReaderQueue, "delay", lambda _, source_id, page: 80.0 * (source_id == "a" and not page))
    world.pump.adopt(world.pump.config, world.now, spread=True)
    world.pump.step(world.now, 0.0)
    assert [it.source_id for it in world.network.asked] == ["b"]
    assert world.pump.store.states()["a"].due_at == world.now + timedelta(seconds=80)
    world.pump.adopt(world.pump.config, world.now, spread=False)
    world.later(seconds=80)
    assert "a" in [it.source_id for it in world.network.asked]


class TestASourceThatIsGone:
    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        made = World.open(tmp_path, A)
        made.network.serve(A.url, status=410)
        made.settle()
        made.network.forget(A.url)
        made.network.serve(A.url, rss(item(1)))
        yield made
        made.pump.store.close()

    def test_is_not_asked_any_more_not_even_by_a_daemon_that_starts_anew(self, world: World) -> None:
        for _ in range(3):
            world.later(days=365)
            world.pump.adopt(world.pump.config, world.now, spread=True)
        assert len(world.network.asked) == 1

    def test_is_asked_when_somebody_wants_it_and_goes_on_if_it_is_back(self, world: World) -> None:
        world.pump.store.hasten(["a"], world.now)
        world.settle()
        world.later(days=1)
        assert len(world.network.asked) == 3
        assert world.pump.store.states()["a"].failure is None

    def test_begins_anew_at_another_address(self, world: World, tmp_path: Path) -> None:
        moved = replace(A, url="https://a.example/new")
        world.network.serve(moved.url, rss(item(2)))
        world.pump.adopt(make_config(tmp_path, moved), world.now, spread=True)
        world.settle()
        assert [title for title, _ in world.stories()] == ["Title 2"]


@pytest.mark.parametrize(("status", "asked"), [(301, 2), (302, 4)])
def test_only_a_source_that_has_moved_for_good_can_be_gone_elsewhere(tmp_path: Path, status: int, asked: int) -> None:
    world = World.open(tmp_path, A)
    world.network.serve(A.url, status=status, location="https://other.example/")
    world.network.serve("https://other.example/", status=410)
    world.settle()
    world.later(days=1)
    assert len(world.network.asked) == asked
    world.pump.store.close()
