"""Where a source is asked, and with what: redirects, moves, validators, credentials."""

from datetime import timedelta
from pathlib import Path

import pytest

from support.builders import make_source
from support.simulation import A, B, World, item, rss
from syndicator.model.source import Auth, FailureKind, Select


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
    assert world.pump.store.states()["a"].validators.etag == ""


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


def test_credentials_go_to_the_sources_own_host_only_and_never_in_clear(tmp_path: Path) -> None:
    source = make_source(
        url="https://p.example/list", kind="page", private=True, auth=Auth(username="u", password="pw"),
        headers=(("X-Api-Key", "k"),), select=Select(item="li", link="a", follow=True),
    )  # fmt: skip
    world = World.open(tmp_path, source)
    world.network.serve(
        source.url,
        "<ul><li><a href='https://p.example/1'>One</a></li><li><a href='https://x.example/2'>Two</a></li>"
        "<li><a href='http://p.example/3'>Three</a></li></ul>",
    )
    world.settle()
    assert all(bool(it.authorization) == bool(it.headers) for it in world.network.asked)
    sent = {request.url: bool(request.authorization) for request in world.network.asked}
    assert sent == {
        source.url: True,
        "https://p.example/1": True,
        "https://x.example/2": False,
        "http://p.example/3": False,
    }
    world.pump.store.close()


class TestASourceThatMoves:
    new = "https://new.example/rss"

    def urls(self, world: World) -> list[str]:
        asked = [it.url for it in world.network.asked if it.source_id == "a"]
        world.network.asked.clear()
        return asked

    @pytest.mark.parametrize("status", [301, 308])
    def test_is_asked_at_its_new_address_after_a_day_and_at_its_own_when_that_dies(
        self, world: World, status: int
    ) -> None:
        world.network.fail(B.url)
        world.network.serve(A.url, status=status, location=self.new)
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

    def test_is_asked_at_its_own_address_when_the_new_one_has_failed_three_times(self, world: World) -> None:
        world.network.fail(B.url)
        world.network.serve(A.url, status=301, location=self.new)
        world.network.serve(self.new, rss(item(1)))
        for _ in range(5):
            world.later(hours=11)
        world.network.forget(self.new)
        world.network.fail(self.new)
        self.urls(world)
        for _ in range(3):
            world.later(hours=11)
            assert self.urls(world) == [self.new]
        world.later(hours=11)
        assert self.urls(world) == [A.url, self.new]

    @pytest.mark.parametrize("status", [302, 303, 307])
    def test_for_the_time_being_is_never_taken_to_have_moved(self, world: World, status: int) -> None:
        world.network.fail(B.url)
        world.network.serve(A.url, status=status, location=self.new)
        world.network.serve(self.new, rss(item(1)))
        for _ in range(6):
            world.later(hours=11)
            assert self.urls(world) == [A.url, self.new]

    def test_for_good_behind_an_address_for_the_time_being_is_not_taken_to_have_moved(self, world: World) -> None:
        between = "https://between.example/rss"
        world.network.fail(B.url)
        world.network.serve(A.url, status=302, location=between)
        world.network.serve(between, status=301, location=self.new)
        world.network.serve(self.new, rss(item(1)))
        for _ in range(6):
            world.later(hours=11)
            assert self.urls(world) == [A.url, between, self.new]

    def test_gets_the_validators_where_they_come_from(self, world: World) -> None:
        world.network.fail(B.url)
        world.network.serve(A.url, status=301, location=self.new)
        world.network.serve(self.new, rss(item(1)), etag='"n"')
        world.settle()
        world.network.asked.clear()
        world.later(hours=2)
        sent = {it.url: it.validators.etag for it in world.network.asked if it.source_id == "a"}
        assert sent == {A.url: "", self.new: '"n"'}
