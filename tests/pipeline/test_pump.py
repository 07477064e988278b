"""The loop over a network in memory: one bad source harms itself alone, and nothing is asked twice in vain."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from support.builders import make_source
from support.simulation import Network, World, make_config
from syndicator.errors import StoreError
from syndicator.model.article import Article
from syndicator.model.settings import FetchSettings, Schedule
from syndicator.model.source import Auth, FailureKind, Select
from syndicator.pipeline import pump
from syndicator.pipeline.pump import PATIENCE, Pump
from syndicator.store import Recording, Store

A = make_source(id="a", url="https://a.example/rss", title="")
B = make_source(id="b", url="https://b.example/rss", title="")
WORDS = "The council voted on Monday to keep the old tram depot and to turn it into a museum of transport. " * 3


def rss(*items: str) -> str:
    return (
        f"<rss version='2.0'><channel><title>F</title><link>https://a.example/</link>{''.join(items)}</channel></rss>"
    )


def item(number: int | str, host: str = "a.example", text: str = "") -> str:
    link = f"https://{host}/{number}"
    ids = f"<link>{link}</link><guid>{link}</guid>"
    return f"<item><title>Title {number}</title>{ids}<description>{text}</description></item>"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, A, B)
    yield made
    made.pump.store.close()


def test_articles_of_all_sources_become_stories_and_what_they_share_becomes_one(world: World) -> None:
    world.network.serve(A.url, rss(item(1), item(2, text=WORDS)))
    world.network.serve(B.url, rss(item(3, "b.example"), item("tram", "b.example", text=WORDS)))
    world.settle()
    assert sorted(sources for _, sources in world.stories()) == [["a"], ["a", "b"], ["b"]]


def test_a_source_that_fails_is_shown_with_its_failure_and_harms_no_other(world: World) -> None:
    world.network.fail(A.url)
    world.network.serve(B.url, rss(item(1, "b.example")))
    world.settle()
    assert len(world.stories()) == 1
    states = world.pump.store.states()
    assert states["a"].failure is not None
    assert states["a"].failure.kind == FailureKind.CONNECT
    assert states["a"].due_at > world.now
    assert states["b"].failure is None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("", FailureKind.EMPTY),
        ("<html><body><p>Please log in.</p></body></html>", FailureKind.NO_FEED),
        ("just words", FailureKind.NO_FEED),
        (b"\x00\x01\x02" * 99, None),
    ],
)
def test_a_body_that_is_no_feed_deletes_nothing(world: World, body: str, kind: FailureKind | None) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(A.url, body)
    world.network.fail(B.url)
    world.settle()
    world.later(hours=1)
    state = world.pump.store.states()["a"]
    assert state.failure is not None
    assert kind is None or state.failure.kind == kind
    assert state.failure.remedy
    assert len(world.stories()) == 1


def test_a_failing_source_that_somebody_keeps_asking_for_is_still_tried_within_the_hour(world: World) -> None:
    world.network.fail(A.url)
    world.network.fail(B.url)
    world.settle()
    for _ in range(8):
        world.pump.store.hasten(["a"], world.now)
        world.later(seconds=20)
    state = world.pump.store.states()["a"]
    assert state.failures == 9
    assert state.due_at - world.now < timedelta(minutes=40)


def test_validators_are_echoed_and_304_is_no_news(world: World) -> None:
    world.network.serve(A.url, rss(item(1)), etag='W/"x y"', last_modified="Mon, 02 Mar 2026 00:00:00 GMT")
    world.network.serve(A.url, status=304)
    world.network.fail(B.url)
    world.settle()
    (report,) = [it for it in world.later(hours=1) if it.source_id == "a"]
    asked = [request for request in world.network.asked if request.source_id == "a"]
    assert asked[0].validators.etag == ""
    assert (asked[1].validators.etag, asked[1].validators.last_modified) == ('W/"x y"', "Mon, 02 Mar 2026 00:00:00 GMT")
    assert (report.new, report.failure) == (0, None)


def test_validators_of_a_body_that_could_not_be_read_are_not_kept(world: World) -> None:
    world.network.serve(A.url, "no feed at all", etag='"bad"')
    world.network.fail(B.url)
    world.settle()
    assert world.pump.store.validators("a").etag == ""


def test_an_unchanged_body_is_known_before_it_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.fail(B.url)
    world.settle()
    monkeypatch.setattr(world.pump, "engine", None)
    assert [it.failure for it in world.later(hours=1) if it.source_id == "a"] == [None]


def test_redirects_are_followed_hop_by_hop_past_the_host_queues(world: World) -> None:
    world.network.serve(A.url, status=301, location="https://a.example/moved")
    world.network.serve("https://a.example/moved", status=302, location="https://c.example/feed")
    world.network.serve("https://c.example/feed", rss(item(1)))
    world.network.fail(B.url)
    start = world.now
    world.settle()
    assert len(world.stories()) == 1
    assert world.now - start >= timedelta(seconds=1), "the second request to one host has waited"


def test_a_redirect_loop_ends(world: World) -> None:
    world.network.serve(A.url, status=302, location=A.url)
    world.network.fail(B.url)
    world.settle()
    failure = world.pump.store.states()["a"].failure
    assert failure is not None
    assert failure.kind == FailureKind.REDIRECT
    assert len([it for it in world.network.asked if it.source_id == "a"]) <= 6


def test_credentials_go_to_the_sources_own_host_only(tmp_path: Path) -> None:
    source = make_source(
        url="https://p.example/list", kind="page", private=True, auth=Auth(username="u", password="pw"),
        select=Select(item="li", link="a", follow=True),
    )  # fmt: skip
    world = World.open(tmp_path, source)
    world.network.serve(
        source.url,
        "<ul><li><a href='https://p.example/1'>One</a></li><li><a href='https://x.example/2'>Two</a></li></ul>",
    )
    world.settle()
    sent = {request.url: bool(request.authorization) for request in world.network.asked}
    assert sent == {source.url: True, "https://p.example/1": True, "https://x.example/2": False}
    world.pump.store.close()


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


def test_a_subscription_list_brings_sources_and_takes_them_away(tmp_path: Path) -> None:
    a_list = make_source(id="list", url="https://l.example/list", kind="list")
    world = World.open(tmp_path, a_list)
    world.network.serve(a_list.url, f"{A.url}\n{B.url}\n")
    world.network.serve(a_list.url, f"{B.url}\n")
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    world.settle()
    assert len(world.stories()) == 2
    world.later(hours=1)
    assert [source.url for source in world.pump.sources] == [a_list.url, B.url]
    assert len(world.stories()) == 2, "its stories stay"
    world.pump.store.close()


def test_many_sources_of_a_new_list_are_polled_at_once_while_somebody_waits(tmp_path: Path) -> None:
    a_list = make_source(id="list", url="https://l.example/list", kind="list")
    world = World.open(tmp_path, a_list)
    world.network.serve(a_list.url, "".join(f"https://s{number}.example/rss\n" for number in range(120)))
    world.settle()
    assert len({request.source_id for request in world.network.asked}) == 121
    world.pump.store.close()


def test_a_step_that_could_not_be_written_is_written_by_the_next(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    recording = Store.recording

    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Store, "recording", full)
    with pytest.raises(StoreError):
        world.settle()
    monkeypatch.setattr(Store, "recording", recording)
    world.settle()
    assert len(world.stories()) == 2


def test_what_was_written_before_the_disk_was_full_is_told_by_the_next_step(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    recording, calls = Store.recording, iter([True])

    def full_after_one(store: Store, now: datetime) -> AbstractContextManager[Recording]:
        if next(calls, False):
            return recording(store, now)
        raise StoreError("The disk is full.")

    monkeypatch.setattr(pump, "BATCH", 1)
    with monkeypatch.context() as small:
        small.setattr(Store, "recording", full_after_one)
        with pytest.raises(StoreError):
            world.settle()
    assert len(world.stories()) == 1
    assert sorted(report.source_id for report in world.settle()) == ["a", "b"]


def test_an_answer_is_not_lost_when_the_disk_is_full(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.network.serve(A.url, status=429, retry_after="600")
    world.network.serve(B.url, rss(item(2, "b.example")))
    keep = Store.keep_hosts

    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Store, "keep_hosts", full)
    with pytest.raises(StoreError):
        world.settle()
    assert world.pump.busy == 2
    monkeypatch.setattr(Store, "keep_hosts", keep)
    world.settle()
    assert len(world.stories()) == 1
    assert list(world.pump.store.debts()) == ["a.example"]


def test_answers_that_come_while_the_database_cannot_be_read_are_looked_at_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    world.pump.step(world.now, 0.0)

    def unreadable(*_: object) -> None:
        raise StoreError("It cannot be read.")

    with monkeypatch.context() as broken:
        broken.setattr(type(world.pump.store), "memory", unreadable)
        for _ in range(3):
            with pytest.raises(StoreError):
                world.pump.step(world.now, 1.0)
    world.settle()
    assert len(world.stories()) == 2
    assert len(world.network.asked) == 2


def test_a_host_that_is_free_is_no_reason_to_look_again_while_all_transfers_are_taken(world: World) -> None:
    config = world.pump.config
    world.pump.adopt(replace(config, fetch=replace(config.fetch, concurrency=1)), world.now, spread=False)
    world.network.silent |= {A.url, B.url}
    world.pump.step(world.now, 100.0)
    assert len(world.network.asked) == 1
    world.pump.wait(5.0, 100.0)
    assert world.network.waited == [5.0]


def test_only_the_named_sources_are_asked(world: World) -> None:
    world.pump.only = {"b"}
    world.network.serve(B.url, rss(item(1, "b.example")))
    world.settle()
    assert {request.source_id for request in world.network.asked} == {"b"}


def test_a_changed_configuration_is_taken_between_two_steps(world: World, tmp_path: Path) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    world.settle()
    moved = replace(A, url="https://a.example/new")
    world.network.serve(moved.url, rss(item(3)))
    world.pump.adopt(make_config(tmp_path, moved), world.now, spread=False)
    world.settle()
    assert len(world.stories()) == 3
    assert world.network.asked[-1].url == moved.url


def test_what_is_under_way_comes_back_when_the_transport_is_renewed(world: World) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    world.pump.step(world.now, world.now.timestamp())
    assert world.network.in_flight == 2
    world.pump.renew(Network())
    world.settle()
    assert len(world.stories()) == 2
    assert world.network.stopped


def test_an_article_that_cannot_be_written_costs_its_source_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Recording.write

    def broken(self: Recording, article: Article, *rest: object, **more: object) -> None:
        if article.source_id == "a":
            raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "a bug")
        write(self, article, *rest, **more)

    monkeypatch.setattr(Recording, "write", broken)
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    reports = world.settle()
    assert [sources for _, sources in world.stories()] == [["b"]]
    assert [it.failure.kind for it in reports if it.failure] == [FailureKind.BUG]
    assert world.pump.store.states()["a"].due_at > world.now


def test_what_the_host_calls_fresh_is_not_asked_for_sooner(world: World) -> None:
    world.network.serve(A.url, rss(item(1)), cache_control="max-age=10800")
    world.network.serve(B.url, rss(item(2, "b.example")), cache_control="max-age=10")
    world.settle()
    asked = {it.source_id: it.due_at - world.now for it in world.pump.store.states().values()}
    assert timedelta(hours=3) <= asked["a"] <= timedelta(hours=3.4)
    assert timedelta(minutes=30) <= asked["b"] <= timedelta(minutes=33.1)


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

    def test_of_a_host_in_trouble_leave_the_source_without_fault(self, world: World) -> None:
        self.robots(world, status=503, retry_after="600")
        self.robots(world, "")
        world.settle()
        state = world.pump.store.states()["page"]
        assert (state.failure, world.network.asked) == (None, [])
        world.later(hours=1)
        assert self.source.url in [it.url for it in world.network.asked]


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


class TestASourceThatMoves:
    new = "https://new.example/rss"

    def urls(self, world: World) -> list[str]:
        asked = [it.url for it in world.network.asked if it.source_id == "a"]
        world.network.asked.clear()
        return asked

    def test_is_asked_at_its_new_address_after_a_day_and_at_its_own_when_that_dies(self, world: World) -> None:
        world.network.fail(B.url)
        world.network.serve(A.url, status=301, location=self.new)
        world.network.serve(self.new, rss(item(1)), etag='"n"')
        for _ in range(4):
            world.later(hours=11)
            assert self.urls(world) == [A.url, self.new]
        world.later(hours=11)
        assert self.urls(world) == [self.new]
        assert world.pump.store.states()["a"].pace.address == self.new
        world.network.forget(self.new)
        world.network.serve(self.new, status=410)
        world.network.serve(self.new, rss(item(1), item(2)))
        world.later(hours=11)
        assert self.urls(world) == [self.new]
        world.later(hours=11)
        assert self.urls(world) == [A.url, self.new]
        assert len(world.stories()) == 2

    def test_for_the_time_being_is_never_taken_to_have_moved(self, world: World) -> None:
        world.network.fail(B.url)
        world.network.serve(A.url, status=302, location=self.new)
        world.network.serve(self.new, rss(item(1)))
        for _ in range(6):
            world.later(hours=11)
            assert self.urls(world) == [A.url, self.new]

    def test_gets_the_validators_where_they_come_from(self, world: World) -> None:
        world.network.fail(B.url)
        world.network.serve(A.url, status=301, location=self.new)
        world.network.serve(self.new, rss(item(1)), etag='"n"')
        world.settle()
        world.network.asked.clear()
        world.later(hours=2)
        sent = {it.url: it.validators.etag for it in world.network.asked if it.source_id == "a"}
        assert sent == {A.url: "", self.new: '"n"'}


def test_a_step_that_finds_nothing_to_do_does_not_look_into_the_store_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    world.settle()
    world.pump.step(world.now, world.now.timestamp())
    looks: list[str] = []
    for name in ("next_dues", "due", "due_wishes"):
        monkeypatch.setattr(Store, name, lambda *_, name=name, **__: looks.append(name))
    world.pump.step(world.now, world.now.timestamp())
    assert looks == []


def test_a_feed_that_asks_never_to_be_asked_is_told_of(world: World) -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    world.network.serve(A.url, rss(f"<skipHours>{hours}</skipHours>", item(1)))
    world.network.fail(B.url)
    world.settle()
    assert "never to be asked" in world.pump.store.states()["a"].warnings[0]


def test_what_has_come_and_waits_to_be_written_is_not_asked_for_again(world: World) -> None:
    """Outcomes are written together: the slow ones hold the quick ones' record up, but for half a second at most."""
    world.network.serve(A.url, rss(item(1)))
    world.network.silent.add(B.url)
    for _ in range(5):
        assert world.pump.step(world.now, 0.0) == []
    assert sorted(request.url for request in world.network.asked) == [A.url, B.url]
    (report,) = world.pump.step(world.now, PATIENCE)
    assert report.new == 1
