"""The loop over a network in memory: one bad source harms itself alone, and nothing is asked twice in vain."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from support.builders import make_source
from support.simulation import A, B, Network, World, item, make_config, rss
from syndicator.errors import StoreError
from syndicator.model.failure import FailureKind
from syndicator.model.noun import replace
from syndicator.model.source import JsonPaths, Select, Source
from syndicator.model.web import Response
from syndicator.pipeline import errand, pump
from syndicator.pipeline.landed import PART
from syndicator.pipeline.pump import Pump
from syndicator.store import Store
from syndicator.store.search import create_index


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


def test_a_feed_that_is_cut_off_gives_what_it_has_and_is_asked_for_the_rest(world: World) -> None:
    whole = rss(item(1), item(2))
    world.network.serve(A.url, whole[: whole.index("Title 2")], etag='"cut"')
    world.network.serve(A.url, whole, etag='"whole"')
    world.network.fail(B.url)
    (report,) = [it for it in world.settle() if it.source_id == "a"]
    assert (report.new, report.failure and report.failure.kind) == (1, FailureKind.TRUNCATED)
    state = world.pump.store.states()["a"]
    assert (state.articles, state.failures, state.validators.etag, state.pace.why) == (1, 1, "", "its failures")
    assert state.failure is not None
    assert "not well-formed" in state.failure.warnings[0]
    world.later(hours=1)
    state = world.pump.store.states()["a"]
    assert (state.articles, state.failure, state.validators.etag) == (2, None, '"whole"')


def test_an_item_with_nothing_but_the_time_of_the_poll_is_one_story_at_most(world: World) -> None:
    world.network.fail(B.url)
    for _ in range(4):
        world.network.clear(A.url)
        date = f"{world.now:%Y-%m-%dT%H:%M:%SZ}"
        world.network.serve(A.url, rss(f"<item><title/><link/><description/><pubDate>{date}</pubDate></item>"))
        world.later(hours=6)
    assert len(world.stories()) == 1


def test_a_failing_source_is_tried_after_its_interval_and_then_after_twice_that(world: World) -> None:
    world.network.fail(A.url)
    world.network.fail(B.url)
    for minutes in (30, 60, 120):
        world.settle()
        wait = world.pump.store.states()["a"].due_at - world.now
        assert timedelta(minutes=minutes) <= wait + timedelta(seconds=9) <= timedelta(minutes=1.1 * minutes + 1)
        world.now += wait


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


def test_an_unchanged_body_is_known_before_it_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.fail(B.url)
    world.settle()
    monkeypatch.setattr(world.pump, "engine", None)
    assert [(it.failure, it.result) for it in world.later(hours=1) if it.source_id == "a"] == [(None, "same")]


def test_a_report_tells_what_came_of_the_request(world: World) -> None:
    world.network.serve(A.url, rss(item(1)), etag='"1"')
    world.network.fail(B.url)
    assert {it.source_id: it.result for it in world.settle()} == {"a": "read", "b": "failed"}
    world.network.clear(A.url)
    world.network.serve(A.url, status=304)
    world.network.clear(B.url)
    world.network.serve(B.url, status=429, retry_after="86400")
    assert {it.source_id: it.result for it in world.later(hours=2)} == {"a": "not_modified", "b": "failed"}
    world.pump.store.hasten(["b"], world.now)
    assert {it.source_id: it.result for it in world.settle()} == {"b": "put_off"}


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


def test_a_list_that_is_cut_off_takes_no_source_away_and_a_twin_gives_none_another_id(tmp_path: Path) -> None:
    a_list = make_source(id="list", url="https://l.example/list", kind="list")
    twin = "http://a.example/rss"

    def opml(*urls: str) -> str:
        outlines = "".join(f"<outline xmlUrl='{it}'/>" for it in urls)
        return f"<opml><body>{outlines}</body></opml>"

    def polled(body: str) -> list[str]:
        world.network.clear(a_list.url)
        world.network.serve(a_list.url, body)
        world.later(days=1)
        return [it.id for it in world.pump.sources][1:]

    world = World.open(tmp_path, a_list)
    for url in (A.url, B.url, twin):
        world.network.serve(url, rss(item(1)))
    both = ["a-example-rss", "b-example-rss"]
    assert polled(opml(A.url, B.url)) == both
    assert polled(opml(A.url, B.url)[:55]) == both
    failure = world.pump.store.states()["list"].failure
    assert failure is not None
    assert failure.kind is FailureKind.TRUNCATED
    *same, third = polled(opml(A.url, B.url, twin))
    assert same == both
    assert third.startswith("a-example-rss-")
    assert polled(opml(twin, B.url)) == [third, "b-example-rss"]
    world.pump.store.close()


def test_what_a_list_names_takes_over_its_changed_settings_though_the_list_says_what_it_said(tmp_path: Path) -> None:
    a_list = make_source(id="list", url="https://l.example/list", kind="list", tags=("old",))
    world = World.open(tmp_path, a_list)
    world.network.serve(a_list.url, A.url, etag='"1"')
    world.network.serve(A.url, rss(item(1)))
    world.settle()
    changed = replace(a_list, tags=("new",), republish="headline")
    world.pump.adopt(replace(world.pump.config, sources=(changed,)), world.now, spread=True)
    world.settle()
    (_, listed) = world.pump.sources
    assert (listed.tags, listed.republish) == (("new",), "headline")
    before = len(world.network.asked)
    world.pump.adopt(world.pump.config, world.now, spread=True)
    world.settle()
    assert len(world.network.asked) == before, "it is read again once"
    world.pump.store.close()


def test_what_a_list_names_is_polled_also_when_it_could_not_be_adopted_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_list = make_source(id="list", url="https://l.example/list", kind="list")
    world = World.open(tmp_path, a_list)
    world.network.serve(a_list.url, A.url)
    world.network.serve(A.url, rss(item(1)))

    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as small:
        small.setattr(Store, "adopt", full)
        with pytest.raises(StoreError):
            world.settle()
    world.settle()
    assert len(world.stories()) == 1
    world.pump.store.close()


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


@pytest.mark.parametrize("met_in", ["freshness", "body_hash", "scrubbed"])
def test_a_bug_that_an_answer_meets_costs_its_source_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, met_in: str
) -> None:
    place = errand if met_in == "freshness" else pump
    sound = getattr(place, met_in)

    def broken(it: object, *rest: object) -> object:
        if "a.example" in str(getattr(it, "url", it)):
            raise ValueError("a bug")
        return sound(it, *rest)

    monkeypatch.setattr(place, met_in, broken)
    world.network.serve(A.url, rss(item(1)), cache_control="max-age=60")
    world.network.serve(B.url, "<rss><channel><title>F</title><item><title>T</title></item></channel></rss>")
    reports = world.settle()
    assert [(it.source_id, it.failure.kind) for it in reports if it.failure] == [("a", FailureKind.BUG)]
    assert [sources for _, sources in world.stories()] == [["b"]]
    assert len(world.network.asked) == 2, "what has come is not asked for again"


def test_a_host_that_is_free_is_no_reason_to_look_again_while_all_transfers_are_taken(world: World) -> None:
    config = world.pump.config
    world.pump.adopt(replace(config, fetch=replace(config.fetch, concurrency=1)), world.now, spread=False)
    world.network.silent |= {A.url, B.url}
    world.pump.step(world.now, 100.0)
    assert len(world.network.asked) == 1
    world.pump.wait(5.0, 100.0)
    assert world.network.waited == [5.0]


def test_a_search_index_that_is_made_anew_is_filled_while_the_service_works(world: World) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    world.settle()
    store = world.pump.store
    with closing(sqlite3.connect(store.path)) as database, database:
        create_index(database)
    assert store.select(match="title", limit=9) == []
    world.pump.step(world.now, 0.0)
    assert len(store.select(match="title", limit=9)) == 2


def test_all_are_asked_in_the_end_however_few_at_once(tmp_path: Path) -> None:
    sources = [make_source(id=f"s{number}", url=f"https://s{number}.example/") for number in range(9)]
    world = World.open(tmp_path, *sources)
    config = world.pump.config
    world.pump.adopt(replace(config, fetch=replace(config.fetch, concurrency=2)), world.now, spread=False)
    for _ in range(20):
        before = len(world.network.asked)
        world.pump.step(world.now, world.now.timestamp())
        assert len(world.network.asked) - before <= 2
        world.now += timedelta(seconds=1)
    assert len(world.network.asked) == 9
    world.pump.store.close()


def test_whatever_the_clock_was_set_back_by_between_two_runs_waits_are_as_long_as_they_were(
    world: World, tmp_path: Path
) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, status=429, retry_after="7200")
    world.settle()
    world.now -= timedelta(days=9)
    world.pump = Pump(
        store=world.pump.store, transport=world.network, engine=world.pump.engine, config=world.pump.config
    )
    world.pump.adopt(world.pump.config, world.now, spread=True)
    world.network.serve(B.url, rss(item(2, "b.example")))
    world.later(minutes=40)
    assert [it.source_id for it in world.network.asked].count("a") == 2
    world.pump.store.hasten(["b"], world.now)
    world.settle()
    assert [it.source_id for it in world.network.asked].count("b") == 1, "its host wants to be left alone"
    world.later(hours=2)
    assert [it.source_id for it in world.network.asked].count("b") == 2


def test_a_token_that_a_private_address_leads_to_is_shown_nowhere(tmp_path: Path) -> None:
    world = World.open(tmp_path, replace(A, private=True))
    led = "https://a.example/feed?token=9f8e7d6c5b4a3f2e"
    world.network.serve(A.url, status=302, location=led)
    world.network.serve(led, rss(item("of 9f8e7d6c5b4a3f2e")))
    world.settle()
    assert [title for title, _ in world.stories()] == ["Title of (private)"]
    world.pump.store.close()


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


@pytest.mark.parametrize("stopped", [False, True])
@pytest.mark.parametrize(("networks", "asked"), [("10.0.0.0/8", 2), ("", 1)])
def test_whoever_failed_is_asked_again_at_once_when_the_operator_changes_how(
    world: World, tmp_path: Path, stopped: bool, networks: str, asked: int
) -> None:
    world.network.fail(A.url, FailureKind.FORBIDDEN)
    world.network.serve(B.url, rss(item(2, "b.example")))
    world.settle()
    if stopped:
        world.pump.store.close()
        store = Store.write(world.pump.config.paths.store)
        world.pump = Pump(store=store, transport=world.network, engine=world.pump.engine, config=world.pump.config)
    config = make_config(tmp_path, A, B)
    allowed = tuple(ip_network(it) for it in networks.split())
    world.pump.adopt(replace(config, fetch=replace(config.fetch, allow_networks=allowed)), world.now, spread=False)
    world.later(seconds=5)
    assert [request.url for request in world.network.asked].count(A.url) == asked
    assert [request.url for request in world.network.asked].count(B.url) == 1


def test_what_is_under_way_comes_back_when_the_transport_is_renewed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.serve(B.url, rss(item(2, "b.example")))
    world.pump.step(world.now, world.now.timestamp())
    assert world.network.in_flight == 2
    later = Network()
    world.pump.renew(later)
    with monkeypatch.context() as slow:
        slow.setattr(world.network, "finished", list)
        world.pump.step(world.now, world.now.timestamp())
    assert not world.network.stopped
    world.settle()
    assert len(world.stories()) == 2
    assert world.network.stopped
    world.later(hours=1)
    assert (len(world.network.asked), len(later.asked)) == (2, 2)


@pytest.mark.parametrize("status", [200, 410])
def test_a_source_with_a_new_address_is_asked_there_at_once_whatever_comes_from_the_old_one(
    tmp_path: Path, status: int
) -> None:
    world, moved = World.open(tmp_path, A), replace(A, url="https://new.example/rss")
    world.network.silent.add(A.url)
    world.pump.step(world.now, world.now.timestamp())
    (request,) = world.network.asked
    world.network.serve(moved.url, rss(item(1)))
    world.pump.adopt(make_config(tmp_path, moved), world.now, spread=True)
    old = Response(url=A.url, status=status, headers=(("etag", '"old"'),), body=rss(item(2)).encode())
    world.network._finished.append((request, old))
    world.later(seconds=2)
    assert [it.url for it in world.network.asked] == [A.url, moved.url]
    state = world.pump.store.states()["a"]
    assert (state.articles, state.failure, state.validators.etag) == (1, None, "")
    world.pump.store.close()


def test_what_was_asked_with_other_fields_is_not_taken(tmp_path: Path) -> None:
    world, russian = World.open(tmp_path, A), replace(A, headers=(("Accept-Language", "ru"),))
    world.network.silent.add(A.url)
    world.pump.step(world.now, world.now.timestamp())
    world.network.silent.clear()
    world.network.serve(A.url, rss(item(1)))
    world.pump.adopt(make_config(tmp_path, russian), world.now, spread=True)
    old = Response(url=A.url, status=200, body=rss(item(2)).encode())
    world.network._finished.append((world.network.asked[0], old))
    world.later(seconds=2)
    assert [it.headers for it in world.network.asked] == [(), russian.headers]
    assert [title for title, _ in world.stories()] == ["Title 1"]
    world.pump.store.close()


@pytest.mark.parametrize(
    ("first", "later", "body"),
    [
        (
            replace(A, kind="page", select=Select(item="li", title="b")),
            replace(A, kind="page", select=Select(item="li", title="i")),
            '<ul><li><a href="/1"><b>Old</b> <i>New</i></a></ul>',
        ),
        (
            replace(A, kind="json", paths=JsonPaths(link="url", title="old")),
            replace(A, kind="json", paths=JsonPaths(link="url", title="new")),
            '[{"url": "/1", "old": "Old", "new": "New"}]',
        ),
    ],
    ids=["page", "json"],
)
def test_what_was_asked_to_be_read_otherwise_is_not_taken(
    tmp_path: Path, first: Source, later: Source, body: str
) -> None:
    world = World.open(tmp_path, first)
    world.network.serve(f"{A.url.rpartition('/')[0]}/robots.txt", "")
    world.network.silent.add(A.url)
    for _ in range(5):  # a page's robots.txt comes first
        world.pump.step(world.now, world.now.timestamp())
        world.now += timedelta(seconds=1)
    request = world.network.asked[-1]
    assert request.url == A.url
    world.network.silent.clear()
    world.network.serve(A.url, body)
    world.pump.adopt(make_config(tmp_path, later), world.now, spread=True)
    world.network._finished.append((request, Response(url=A.url, status=200, body=body.encode())))
    world.later(seconds=5)
    assert [title for title, _ in world.stories()] == ["New"]
    world.pump.store.close()


def test_what_comes_from_a_source_that_is_gone_is_not_taken(tmp_path: Path) -> None:
    world = World.open(tmp_path, A)
    world.network.silent.add(A.url)
    world.pump.step(world.now, world.now.timestamp())
    world.pump.adopt(make_config(tmp_path), world.now, spread=True)
    world.network._finished.append(
        (world.network.asked[0], Response(url=A.url, status=200, body=rss(item(1)).encode()))
    )
    world.later(seconds=2)
    assert world.stories() == []
    world.pump.store.close()


def test_a_longer_pause_between_two_requests_holds_from_the_next_one_on(tmp_path: Path) -> None:
    sources = [make_source(id=name, url=f"https://a.example/{name}", title="") for name in "ab"]
    world = World.open(tmp_path, *sources)
    config = world.pump.config
    world.pump.adopt(replace(config, fetch=replace(config.fetch, host_spacing=60.0)), world.now, spread=False)
    begun = world.now
    world.settle()
    assert world.now - begun >= timedelta(seconds=60)
    world.pump.store.close()


def test_whose_answer_is_not_yet_written_down_is_under_way_as_well_as_who_is_asked(world: World) -> None:
    world.network.serve(A.url, rss(item(1)))
    world.network.silent.add(B.url)
    assert not world.pump.is_busy_with(["a", "b"])
    world.pump.step(world.now, 0.0)
    world.pump.step(world.now, 0.0)
    assert [world.pump.is_busy_with([name]) for name in ("a", "b", "c")] == [True, True, False]
    world.pump.step(world.now, 1.0)
    assert [world.pump.is_busy_with([name]) for name in ("a", "b", "c")] == [False, True, False]


def test_nobody_sleeps_past_the_moment_when_a_host_has_rested(tmp_path: Path) -> None:
    world = World.open(tmp_path, *(make_source(id=name, url=f"https://a.example/{name}") for name in "ab"))
    world.pump.step(world.now, 0.0)
    world.pump.wait(0.25, 0.0)
    world.pump.step(world.now, 0.5)  # the first answer: now the host rests for a second
    for monotonic in (0.5, 1.375, 9.0):
        world.pump.wait(0.25, monotonic)
    assert world.network.waited == [0.25, 0.25, 0.125, 0.0]
    world.pump.store.close()


def test_nobody_sleeps_while_there_is_more_to_write(world: World) -> None:
    world.network.silent.add(B.url)
    world.network.serve(A.url, rss(*map(item, range(3 * PART))))
    for monotonic in (0.0, 9.0, 18.0):  # it comes; its first part; its second, and the last is short
        world.pump.step(world.now, monotonic)
        world.pump.wait(0.25, monotonic)
    assert world.network.waited == [0.25, 0.0, 0.25]
