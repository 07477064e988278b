"""The pump before hosts, sites and feeds that ask for something: it heeds them, and nobody else waits for them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from support.builders import make_source
from support.simulation import WORDS, A, B, World, item, make_config, rss
from syndicator.cli.progress import summary
from syndicator.daemon.acts import to_json
from syndicator.daemon.telling import say
from syndicator.model.noun import replace
from syndicator.model.settings import FetchSettings, Schedule
from syndicator.model.source import FailureKind, Select
from syndicator.pipeline.desk import Desk
from syndicator.pipeline.pump import Pump


class TestPagesBehindAListing:
    source = make_source(
        id="page",
        url="https://p.example/news",
        kind="page",
        select=Select(item="li", link="a", follow=True),
        republish="full",
    )
    listing = "<ul><li><a href='/one'>One headline</a></li><li><a href='/two'>Two headline</a></li></ul>"

    def page(self, title: str) -> str:
        return (
            f"<html><head><title>{title}</title></head><body><article itemscope itemtype='https://schema.org/NewsArticle'>"
            f"<h1 itemprop='headline'>{title}</h1><div itemprop='articleBody'><p>{WORDS}{title}</p><p>{WORDS}</p></div>"
            "</article></body></html>"
        )

    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        made = World.open(tmp_path, self.source)
        yield made
        made.pump.store.close()

    def test_complete_their_entries(self, world: World) -> None:
        world.network.serve(self.source.url, self.listing)
        world.network.serve("https://p.example/one", self.page("One, in full"))
        world.network.serve("https://p.example/two", self.page("Two, in full"))
        world.settle()
        assert sorted(title for title, _ in world.stories()) == ["One, in full", "Two, in full"]
        assert world.pump.store.due_wishes(world.now + timedelta(days=9), limit=9) == []

    def test_that_cannot_be_had_leave_what_the_listing_says_and_are_asked_for_again(self, world: World) -> None:
        world.network.serve(self.source.url, self.listing)
        world.network.serve("https://p.example/one", self.page("One, in full"))
        world.network.fail("https://p.example/two")
        world.network.serve("https://p.example/two", self.page("Two, in full"))
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
        world = World.open(tmp_path, replace(self.source, private=private))
        world.network.serve(self.source.url, self.listing)
        world.network.serve("https://p.example/one", self.page("One, in full"))
        world.network.serve("https://p.example/two", "<title>Nothing</title>")
        reports = world.settle()
        for report in reports:
            say(report)
        (told,) = [it for it in caplog.messages if "holds no article" in it]
        assert told == f"page: {named}The page holds no article. Look at it in a browser."
        assert told in summary([to_json(it) for it in reports], [])
        world.pump.store.close()

    def test_are_asked_for_once(self, world: World) -> None:
        world.network.serve(self.source.url, self.listing)
        world.network.serve(self.source.url, self.listing + "<!-- changed -->")
        world.network.serve("https://p.example/one", self.page("One"))
        world.settle()
        world.later(hours=1)
        world.later(hours=1)
        urls = [request.url for request in world.network.asked]
        assert urls.count("https://p.example/one") == 1
        assert urls.count("https://p.example/two") == 1, "404 is final"

    def test_over_the_network_are_never_files_of_ours(self, world: World, tmp_path: Path) -> None:
        world.network.serve(self.source.url, "<ul><li><a href='file:///etc/passwd'>x</a></li></ul>")
        world.settle()
        assert [request.url for request in world.network.asked] == [self.source.url]


class TestRobots:
    source = replace(TestPagesBehindAListing.source, url="https://p.example/news")
    listing = TestPagesBehindAListing.listing

    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        made = World.open(tmp_path, self.source)
        made.network.serve(self.source.url, self.listing)
        yield made
        made.pump.store.close()

    def robots(self, world: World, text: str = "", status: int = 200, **fields: str) -> None:
        world.network.serve("https://p.example/robots.txt", text, status, **fields)

    def test_forbid_a_page_but_not_what_its_listing_says(self, world: World) -> None:
        self.robots(world, "User-agent: *\nDisallow: /two")
        reports = world.settle()
        assert [it.url for it in world.network.asked] == [self.source.url, "https://p.example/one"]
        assert [it.failure.kind for it in reports if it.failure and it.failure.kind != "status"] == [FailureKind.ROBOTS]
        assert sorted(title for title, _ in world.stories()) == ["One headline", "Two headline"]
        assert world.pump.store.due_wishes(world.now + timedelta(days=99), limit=9) == [], "it is not tried again"

    def test_forbid_a_listing(self, world: World) -> None:
        self.robots(world, "User-agent: syndicator\nDisallow: /")
        world.settle()
        failure = world.pump.store.states()["page"].failure
        assert world.network.asked == []
        assert failure is not None
        assert failure.kind == FailureKind.ROBOTS
        assert failure.remedy

    def test_that_cannot_be_had_forbid_everything_for_now(self, world: World) -> None:
        self.robots(world, status=500)
        self.robots(world, "")
        world.settle()
        assert world.network.asked == []
        world.later(hours=2)
        assert self.source.url in [it.url for it in world.network.asked]

    @pytest.mark.parametrize("kind", ["dns", "connect", "tls", "timeout"])
    def test_that_nobody_answered_for_are_asked_for_with_the_next_poll(self, world: World, kind: str) -> None:
        world.network.fail("https://p.example/robots.txt", FailureKind(kind))
        self.robots(world, "")
        (report,) = world.settle()
        assert world.network.asked == []
        assert report.failure is not None
        assert report.failure.kind == kind, "the operator is told what is wrong"
        world.pump.store.hasten([self.source.id], world.now)
        world.settle()
        assert self.source.url in [it.url for it in world.network.asked], "the network is back"

    def test_that_we_may_not_ask_for_ourselves_are_no_verdict_of_the_site(self, world: World) -> None:
        world.network.fail("https://p.example/robots.txt", FailureKind.FORBIDDEN)
        self.robots(world, "")
        (report,) = world.settle()
        assert report.failure is not None
        assert report.failure.kind == FailureKind.FORBIDDEN
        world.pump.store.hasten([self.source.id], world.now)
        world.settle()
        assert self.source.url in [it.url for it in world.network.asked], "the operator has allowed it since"

    def test_are_asked_for_once_a_day_over_redirects_and_restarts(self, world: World) -> None:
        self.robots(world, status=301, location="https://www.p.example/robots.txt")
        world.network.serve("https://www.p.example/robots.txt", "User-agent: *\nDisallow: /one")
        world.settle()
        asked = world.network.robots_asked
        assert asked == ["https://p.example/robots.txt", "https://www.p.example/robots.txt"]
        world.pump = Pump(
            store=world.pump.store, transport=world.network, engine=world.pump.engine, config=world.pump.config
        )
        world.pump.adopt(world.pump.config, world.now, spread=False)
        world.later(hours=20)
        assert len(asked) == 2
        world.later(hours=20)
        assert len(asked) == 4
        assert "https://p.example/one" not in [it.url for it in world.network.asked]

    def test_are_not_asked_for_a_feed(self, tmp_path: Path) -> None:
        world = World.open(tmp_path, A)
        world.network.serve(A.url, rss(item(1)))
        world.network.serve("https://a.example/robots.txt", "User-agent: *\nDisallow: /")
        world.settle()
        assert world.network.robots_asked == []
        assert len(world.stories()) == 1
        world.pump.store.close()

    def test_have_a_say_in_an_address_that_has_turned_out_to_be_a_page(self, tmp_path: Path) -> None:
        page = make_source(id="auto", url="https://p.example/one", republish="full")
        world = World.open(tmp_path, page)
        for edition in range(3):
            world.network.serve(page.url, f"{TestPagesBehindAListing().page('One')}<!-- {edition} -->")
        self.robots(world, "User-agent: *\nDisallow: /two")
        self.robots(world, "User-agent: *\nDisallow: /one")
        world.settle()
        assert world.network.robots_asked == [], "before the first answer nobody knows that it is a page"
        world.later(hours=2)
        assert world.network.robots_asked == ["https://p.example/robots.txt"]
        assert [it.url for it in world.network.asked] == [page.url] * 2
        world.later(hours=48)
        assert [it.url for it in world.network.asked] == [page.url] * 2, "it has been forbidden since"
        assert [title for title, _ in world.stories()] == ["One"]
        failure = world.pump.store.states()["auto"].failure
        assert failure is not None
        assert failure.kind == FailureKind.ROBOTS
        world.pump.store.close()

    def test_of_a_host_in_trouble_leave_the_source_without_fault(self, world: World) -> None:
        self.robots(world, status=503, retry_after="600")
        self.robots(world, "")
        world.settle()
        state = world.pump.store.states()["page"]
        assert (state.failure, world.network.asked) == (None, [])
        world.later(hours=1)
        assert self.source.url in [it.url for it in world.network.asked]


class TestAHostThatWantsToBeLeftAlone:
    other = make_source(id="other", url="https://a.example/other", title="")

    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        made = World.open(tmp_path, A, self.other, B)
        made.network.serve(B.url, rss(item(1, "b.example")))
        yield made
        made.pump.store.close()

    def asked(self, world: World) -> list[str]:
        return [request.url for request in world.network.asked if "a.example" in request.url]

    @pytest.mark.parametrize("status", [429, 503])
    def test_is_left_alone_by_all_its_sources_and_none_of_them_has_failed(self, world: World, status: int) -> None:
        world.network.serve(A.url, status=status, retry_after="7200")
        world.network.serve(A.url, rss(item(1)))
        world.network.serve(self.other.url, rss(item(2)))
        reports = world.settle()
        assert self.asked(world) == [A.url]
        assert [it.failure.kind for it in reports if it.failure] == [FailureKind.BUSY, FailureKind.BUSY]
        states = world.pump.store.states()
        assert (states["a"].failure, states["other"].failure, states["a"].failures) == (None, None, 0)
        assert states["other"].due_at >= world.now + timedelta(hours=1.99)
        world.later(hours=1.9)
        assert self.asked(world) == [A.url]
        world.later(hours=1)
        assert sorted(self.asked(world)) == [self.other.url, A.url, A.url]
        assert world.pump.store.debts() == {}
        assert len(world.stories()) == 3

    def test_is_left_alone_even_if_somebody_is_in_a_hurry_and_after_a_restart(self, world: World) -> None:
        world.network.serve(A.url, status=429, retry_after="7200")
        world.settle()
        pump = world.pump
        world.pump = Pump(store=pump.store, transport=world.network, engine=pump.engine, config=pump.config)
        world.pump.adopt(pump.config, world.now, spread=False)
        world.pump.store.hasten(["a", "other"], world.now)
        reports = world.later(minutes=1)
        assert self.asked(world) == [A.url]
        assert {it.source_id for it in reports if it.failure} == {"a", "other"}

    def test_is_left_alone_by_redirects_and_pages_too(self, tmp_path: Path) -> None:
        page = make_source(
            id="page", url="https://p.example/", kind="page", select=Select(item="li", link="a", follow=True)
        )
        world = World.open(tmp_path, A, page, B)
        world.network.serve(A.url, status=429, retry_after="600")
        world.network.serve(A.url, rss(item(2)))
        world.network.serve(B.url, status=302, location="https://a.example/b")
        world.network.serve(page.url, "<ul><li><a href='https://a.example/1'>One headline</a></li></ul>")
        world.settle()
        assert self.asked(world) == [A.url]
        assert world.pump.store.states()["b"].failure is None
        assert [title for title, _ in world.stories()] == ["One headline"], "what the listing says is not kept back"
        world.later(hours=2)
        assert "https://a.example/1" in self.asked(world)
        world.pump.store.close()


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
    assert "never to be asked" in world.pump.store.states()["a"].warnings[0]


def test_whoever_gets_a_shorter_interval_need_not_wait_for_the_old_one(tmp_path: Path) -> None:
    slow, fresh = replace(A, interval=36_000.0), replace(B, interval=36_000.0)
    world = World.open(tmp_path, slow, fresh)
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")), cache_control="max-age=80000")
    world.settle()
    quick = make_config(tmp_path, replace(A, interval=600.0), replace(B, interval=600.0))
    world.pump.adopt(quick, world.now, spread=True)
    states = world.pump.store.states()
    assert states["a"].due_at - world.now <= timedelta(minutes=11)
    assert states["b"].due_at - world.now >= timedelta(hours=22), "its host's word still counts"
    lazy = replace(world.pump.config, schedule=Schedule(interval=300.0, min_interval=60.0, max_interval=300.0))
    world.pump.adopt(lazy, world.now, spread=True)
    assert world.pump.store.states()["a"].due_at - world.now <= timedelta(minutes=5.6)
    world.pump.store.close()


def test_a_slow_host_with_much_to_ask_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    page = replace(TestPagesBehindAListing.source, url="https://p.example/news")
    world = World.open(tmp_path, page, B)
    config = replace(world.pump.config, fetch=FetchSettings(concurrency=20, host_spacing=1.0))
    world.pump.adopt(config, world.now, spread=True)
    links = "".join(f"<li><a href='/{number}'>Headline number {number}</a></li>" for number in range(90))
    world.network.serve(page.url, f"<ul>{links}</ul>")
    world.network.serve("https://p.example/robots.txt", "User-agent: *\nCrawl-delay: 60")
    world.network.fail(B.url)
    world.network.serve(B.url, rss(item(1, "b.example")))
    begun, most = world.now, 0
    while world.now < begun + timedelta(minutes=120):
        world.pump.step(world.now, world.now.timestamp())
        most = max(most, world.pump.busy)
        world.now += timedelta(seconds=10)
    asked = [it.url for it in world.network.asked]
    assert most <= 20
    assert asked.index(B.url, asked.index(B.url) + 1) < 40, "who failed is tried again in time"
    assert len(world.stories()) == 91
    assert all(asked.count(f"https://p.example/{number}") == 1 for number in range(90))
    world.pump.store.close()


def test_a_laborious_source_comes_later_when_many_such_wait_unless_somebody_does(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "delay", lambda _, source_id, **__: 80.0 * (source_id == "a"))
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


def test_what_is_remembered_of_hosts_does_not_grow_with_their_number(tmp_path: Path) -> None:
    world = World.open(tmp_path)
    for day in range(3):
        names = [f"{day}-{number}" for number in range(300)]
        pages = [replace(TestRobots.source, id=it, url=f"https://h{it}.example/") for it in names]
        world.pump.adopt(make_config(tmp_path, *pages), world.now, spread=False)
        world.later(days=1)
    assert len(world.network.asked) >= 900
    assert len(world.pump._queues.delays) <= 600
    world.pump.store.close()
