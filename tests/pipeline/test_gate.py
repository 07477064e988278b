"""What hosts and sites demand is heeded by all that asks them, and nobody else waits for them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from support.builders import make_source
from support.simulation import LISTED, LISTING, A, B, World, item, make_config, page, rss
from syndicator.model.failure import FailureKind
from syndicator.model.noun import replace
from syndicator.model.settings import FetchSettings
from syndicator.model.source import Select
from syndicator.pipeline.health import health
from syndicator.pipeline.pump import Pump


class TestRobots:
    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        made = World.open(tmp_path, LISTING)
        made.network.serve(LISTING.url, LISTED)
        yield made
        made.pump.store.close()

    def robots(self, world: World, text: str = "", status: int = 200, **fields: str) -> None:
        world.network.serve("https://p.example/robots.txt", text, status, **fields)

    def test_forbid_a_page_but_not_what_its_listing_says(self, world: World) -> None:
        self.robots(world, "User-agent: *\nDisallow: /two")
        reports = world.settle()
        assert [it.url for it in world.network.asked] == [LISTING.url, "https://p.example/one"]
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

    def test_forbid_the_preview_of_a_channel(self, tmp_path: Path) -> None:
        world = World.open(tmp_path, make_source(id="channel", url="https://t.me/s/daily", kind="telegram"))
        world.network.serve("https://t.me/robots.txt", "User-agent: *\nDisallow: /s/")
        world.settle()
        assert world.network.asked == []
        world.pump.store.close()

    def test_that_cannot_be_had_forbid_everything_for_now(self, world: World) -> None:
        self.robots(world, status=500)
        self.robots(world, "")
        world.settle()
        assert world.network.asked == []
        world.later(hours=2)
        assert LISTING.url in [it.url for it in world.network.asked]

    @pytest.mark.parametrize("kind", ["dns", "connect", "tls", "timeout"])
    def test_that_nobody_answered_for_are_asked_for_with_the_next_poll(self, world: World, kind: str) -> None:
        world.network.fail("https://p.example/robots.txt", FailureKind(kind))
        self.robots(world, "")
        (report,) = world.settle()
        assert world.network.asked == []
        assert report.failure is not None
        assert report.failure.kind == kind, "the operator is told what is wrong"
        world.pump.store.hasten([LISTING.id], world.now)
        world.settle()
        assert LISTING.url in [it.url for it in world.network.asked], "the network is back"

    def test_that_we_may_not_ask_for_ourselves_are_no_verdict_of_the_site(self, world: World) -> None:
        world.network.fail("https://p.example/robots.txt", FailureKind.FORBIDDEN)
        self.robots(world, "")
        (report,) = world.settle()
        assert report.failure is not None
        assert report.failure.kind == FailureKind.FORBIDDEN
        world.pump.store.hasten([LISTING.id], world.now)
        world.settle()
        assert LISTING.url in [it.url for it in world.network.asked], "the operator has allowed it since"

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

    def test_are_asked_for_once_for_all_that_wait_for_them(self, tmp_path: Path) -> None:
        other = replace(LISTING, id="other", url="https://p.example/other")
        world = World.open(tmp_path, LISTING, other)
        for source in (LISTING, other):
            world.network.serve(source.url, LISTED)
        self.robots(world, "")
        world.settle()
        assert world.network.robots_asked == ["https://p.example/robots.txt"]
        assert {LISTING.url, other.url} <= {it.url for it in world.network.asked}
        world.pump.store.close()

    def test_are_not_asked_for_a_feed(self, tmp_path: Path) -> None:
        world = World.open(tmp_path, A)
        world.network.serve(A.url, rss(item(1)))
        world.network.serve("https://a.example/robots.txt", "User-agent: *\nDisallow: /")
        world.settle()
        assert world.network.robots_asked == []
        assert len(world.stories()) == 1
        world.pump.store.close()

    def test_have_a_say_in_an_address_that_has_turned_out_to_be_a_page(self, tmp_path: Path) -> None:
        auto = make_source(id="auto", url="https://p.example/one", republish="full")
        world = World.open(tmp_path, auto)
        for edition in range(3):
            world.network.serve(auto.url, f"{page('One')}<!-- {edition} -->")
        self.robots(world, "User-agent: *\nDisallow: /two")
        self.robots(world, "User-agent: *\nDisallow: /one")
        world.settle()
        assert world.network.robots_asked == [], "before the first answer nobody knows that it is a page"
        world.later(hours=2)
        assert world.network.robots_asked == ["https://p.example/robots.txt"]
        assert [it.url for it in world.network.asked] == [auto.url] * 2
        world.later(hours=48)
        assert [it.url for it in world.network.asked] == [auto.url] * 2, "it has been forbidden since"
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
        world.later(minutes=15)
        assert LISTING.url in [it.url for it in world.network.asked]

    @pytest.mark.parametrize("way", ["waits behind a feed", "leads to a busy host"])
    def test_of_a_host_that_wants_to_be_left_alone_meanwhile_are_asked_for_afterwards(
        self, tmp_path: Path, way: str
    ) -> None:
        feed = replace(A, url="https://p.example/rss" if way == "waits behind a feed" else A.url)
        world = World.open(tmp_path, feed, LISTING)
        world.network.serve(LISTING.url, LISTED)
        if way == "leads to a busy host":
            self.robots(world, status=301, location="https://a.example/robots.txt")
        world.network.serve(feed.url, status=429, retry_after="3600")
        world.network.serve(feed.url, rss(item(1)))
        world.settle()
        state = world.pump.store.states()["page"]
        assert (state.failure, [it.url for it in world.network.asked]) == (None, [feed.url])
        assert timedelta(minutes=59) <= state.due_at - world.now <= timedelta(minutes=75)
        world.later(hours=2)
        assert LISTING.url in [it.url for it in world.network.asked]
        world.pump.store.close()


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
        assert "left alone" in states["a"].pace.why
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


SPENT = {"x_ratelimit_remaining": "0", "x_ratelimit_reset": "600"}


class TestAHostThatGrantsNothingMoreForAWhile:
    other = make_source(id="other", url="https://a.example/other", title="")

    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        made = World.open(tmp_path, A, self.other)
        made.network.serve(A.url, rss(item(1)), **SPENT)
        made.network.serve(self.other.url, rss(item(2)))
        made.settle()
        yield made
        made.pump.store.close()

    def test_has_served_one_source_and_is_asked_by_the_other_later(self, world: World) -> None:
        states = world.pump.store.states()
        assert [it.url for it in world.network.asked] == [A.url]
        assert (states["a"].failure, states["a"].articles, states["other"].polled_at) == (None, 1, None)
        assert timedelta(minutes=9) < states["other"].due_at - world.now < timedelta(minutes=12)
        assert health(A, states["a"], world.pump.store.debts()["a.example"]).status == "ok", "it has demanded nothing"
        world.later(minutes=15)
        assert [it.url for it in world.network.asked] == [A.url, self.other.url]
        assert world.pump.store.debts() == {}

    def test_fails_all_the_same_where_there_is_nothing(self, tmp_path: Path) -> None:
        world = World.open(tmp_path, A)
        world.network.serve(A.url, status=404, **SPENT)
        (report,) = world.settle()
        assert report.failure is not None
        assert (report.failure.status, world.pump.store.states()["a"].failures) == (404, 1)
        world.pump.store.close()

    def test_is_left_alone_for_an_hour_at_most_as_it_serves_us(self, tmp_path: Path) -> None:
        world = World.open(tmp_path, A, self.other)
        world.network.serve(A.url, rss(item(1)), x_ratelimit_remaining="0", x_ratelimit_reset="80000")
        world.settle()
        assert world.pump.store.states()["other"].due_at - world.now < timedelta(minutes=67)
        world.pump.store.close()

    def test_that_demands_it_after_that_is_owed_as_much_as_any(self, world: World) -> None:
        world.network.clear(self.other.url)
        world.network.serve(self.other.url, status=429, retry_after="7200")
        world.later(minutes=15)
        assert world.pump.store.debts()["a.example"].times == 1


def test_a_demand_outlasts_a_clock_that_is_set_ahead_meanwhile(tmp_path: Path) -> None:
    world = World.open(tmp_path, A, replace(B, interval=600.0))
    world.network.serve(A.url, status=429, retry_after="3600")
    world.network.serve(B.url, rss(item(1, "b.example")))
    world.network.serve(B.url, status=302, location="https://a.example/b")
    world.settle()
    until = world.now + timedelta(minutes=55)
    while world.now < until:
        world.now += timedelta(minutes=1)
        world.pump.step(world.now + timedelta(hours=2), world.now.timestamp())
    assert [it.url for it in world.network.asked if it.url != B.url] == [A.url]
    assert len(world.network.asked) > 2, "what leads there was asked"
    world.pump.store.close()


def test_a_slow_host_with_much_to_ask_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    other = replace(LISTING, id="other", url="https://q.example/news")
    world = World.open(tmp_path, LISTING, other, B)
    config = replace(world.pump.config, fetch=FetchSettings(concurrency=20, host_spacing=1.0))
    world.pump.adopt(config, world.now, spread=True)
    links = "".join(f"<li><a href='/{number}'>Headline number {number}</a></li>" for number in range(90))
    world.network.serve(LISTING.url, f"<ul>{links}</ul>")
    world.network.serve("https://p.example/robots.txt", "User-agent: *\nCrawl-delay: 60")
    for url, body in (
        (B.url, rss(item(1, "b.example"))),
        (other.url, "<ul><li><a href='/1'>One headline</a></li></ul>"),
    ):
        world.network.fail(url)
        world.network.serve(url, body)
    begun, most = world.now, 0
    while world.now < begun + timedelta(minutes=120):
        world.pump.step(world.now, world.now.timestamp())
        most = max(most, world.pump.busy)
        world.now += timedelta(seconds=10)
    asked = [it.url for it in world.network.asked]
    assert most <= 20
    assert asked.index(B.url, asked.index(B.url) + 1) < 40, "who failed is tried again in time"
    assert asked.index("https://q.example/1") < 50, "and so is the page behind another listing"
    assert len(world.stories()) == 92
    assert all(asked.count(f"https://p.example/{number}") == 1 for number in range(90))
    world.pump.store.close()


def test_a_slow_host_with_much_to_ask_is_asked_on_when_the_clock_is_set_back(tmp_path: Path) -> None:
    world = World.open(tmp_path, LISTING)
    config = replace(world.pump.config, fetch=FetchSettings(concurrency=20, host_spacing=60.0))
    world.pump.adopt(config, world.now, spread=True)
    links = "".join(f"<li><a href='/{number}'>Headline number {number}</a></li>" for number in range(60))
    world.network.serve(LISTING.url, f"<ul>{links}</ul>")
    back = timedelta(0)
    for step in range(6 * 90):  # an hour and a half
        back = timedelta(days=2) if step > 8 else back
        world.pump.step(world.now - back, world.now.timestamp())
        world.now += timedelta(seconds=10)
    assert len({it.url for it in world.network.asked} - {LISTING.url}) == 60
    world.pump.store.close()


def test_what_is_remembered_of_hosts_does_not_grow_with_their_number(tmp_path: Path) -> None:
    world = World.open(tmp_path)
    for day in range(3):
        names = [f"{day}-{number}" for number in range(300)]
        pages = [replace(LISTING, id=it, url=f"https://h{it}.example/") for it in names]
        world.pump.adopt(make_config(tmp_path, *pages), world.now, spread=False)
        world.later(days=1)
    assert len(world.network.asked) >= 900
    assert len(world.pump._queues.delays) <= 600
    world.pump.store.close()
