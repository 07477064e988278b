"""Where a source is asked, and with what: redirects, moves, validators, credentials."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from support.builders import make_article, make_source
from support.simulation import A, B, World, item, make_config, page, rss
from syndicator.errors import StoreError
from syndicator.model.failure import FailureKind
from syndicator.model.manners import Lookback
from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh, Shown
from syndicator.model.settings import Schedule
from syndicator.model.source import Auth, Select
from syndicator.model.web import Request, Validators
from syndicator.pipeline.errand import MOST_PAGES, MOST_STRANGE, MOST_TRIES, Errand
from syndicator.pipeline.gate import Gate
from syndicator.pipeline.landing import Landing
from syndicator.pipeline.older import MOST_ENTRIES, with_older
from syndicator.pipeline.pump import Pump
from syndicator.store import Store


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


@pytest.mark.parametrize(
    ("told", "etag", "date"),
    [
        ({"etag": '"1"'}, '"1"', "Mon, 02 Mar 2026 00:00:00 GMT"),
        ({"etag": '"2"'}, '"2"', "Mon, 02 Mar 2026 00:00:00 GMT"),
        ({"last_modified": "Tue, 03 Mar 2026 00:00:00 GMT"}, '"1"', "Tue, 03 Mar 2026 00:00:00 GMT"),
    ],
)
def test_a_304_that_leaves_a_validator_out_does_not_cost_it(
    world: World, told: dict[str, str], etag: str, date: str
) -> None:
    world.network.serve(A.url, rss(item(1)), etag='"1"', last_modified="Mon, 02 Mar 2026 00:00:00 GMT")
    world.network.serve(A.url, status=304, **told)
    world.network.fail(B.url)
    world.settle()
    world.later(hours=1)
    assert world.pump.store.states()["a"].validators == Validators(etag=etag, last_modified=date)


def test_validators_of_a_body_that_could_not_be_read_are_not_kept(world: World) -> None:
    world.network.serve(A.url, "no feed at all", etag='"bad"')
    world.network.fail(B.url)
    world.settle()
    assert world.pump.store.states()["a"].validators.etag == ""


def test_an_advertisement_in_a_feed_s_place_is_no_news(tmp_path: Path) -> None:
    world = World.open(tmp_path, replace(A, kind="auto", title=""))
    world.network.serve(A.url, rss(item(1)), etag='"1"')
    world.settle()
    world.network.clear(A.url)
    world.network.serve(A.url, page("This domain is for sale"), content_type="text/html")
    (report,) = world.later(hours=2)
    assert report.failure is not None
    assert report.failure.kind is FailureKind.NO_FEED
    assert "This domain is for sale" in report.failure.message
    assert world.stories() == [("Title 1", ["a"])]
    assert world.pump.store.states()["a"].info.title == "F", "the source is called what it was"
    world.network.clear(A.url)
    world.network.serve(A.url, rss(item(2), item(1)))
    world.later(days=1)
    assert [title for title, _ in world.stories()] == ["Title 2", "Title 1"]


def test_another_address_of_a_source_may_be_a_page_where_the_old_one_was_a_feed(tmp_path: Path) -> None:
    auto = replace(A, kind="auto")
    world = World.open(tmp_path, auto)
    world.network.serve(A.url, rss(item(1)))
    world.settle()
    for url in ("https://a.example/news/2", "https://a.example/news/3"):  # a page stays one
        world.network.serve(url, page(url), content_type="text/html")
        world.pump.adopt(make_config(tmp_path, replace(auto, url=url)), world.now, spread=False)
        world.later(hours=2)
        world.later(days=1)
        assert world.pump.store.states()["a"].failure is None
    assert len(world.stories()) == 3


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


def paged(*numbers: int, older: str = "") -> str:
    """A page of a feed: these entries, and where the ones before are."""
    link = f"<link xmlns='http://www.w3.org/2005/Atom' rel='next' href='{older}'/>" if older else ""
    return rss(*map(item, numbers)).replace("<channel>", f"<channel>{link}")


class TestWhatCameWhileNobodyAsked:
    """A source whose document shows new entries alone: what came before them is looked for."""

    @pytest.fixture(autouse=True)
    def known(self, world: World) -> None:
        world.network.serve(A.url, paged(1, 2, 3, older="/2"), etag='"1"')
        world.network.fail(B.url)
        world.settle()
        world.network.asked.clear()
        world.network.clear(A.url)

    def asked(self, world: World) -> list[str]:
        return [it.url.removeprefix("https://a.example") for it in world.network.asked if it.source_id == "a"]

    def titles(self, world: World) -> set[int]:
        return {int(title.removeprefix("Title ")) for title, _ in world.stories()}

    def test_is_found_in_the_pages_before_until_one_shows_what_is_known(self, world: World) -> None:
        world.network.serve(A.url, paged(11, 10, older="/2"), etag='"2"')
        world.network.serve("https://a.example/2", paged(10, 9, 8, older="/3"), etag='"other"')
        world.network.serve("https://a.example/3", paged(7, 3, 2, older="/4"))
        (report,) = [it for it in world.later(hours=9) if it.source_id == "a"]
        assert self.asked(world) == ["/rss", "/2", "/3"]
        assert [it.validators.etag for it in world.network.asked if it.source_id == "a"] == ['"1"', "", ""]
        assert self.titles(world) == {1, 2, 3, 7, 8, 9, 10, 11}
        assert report.new == 5
        state = world.pump.store.states()["a"]
        assert state.validators.etag == '"2"', "the next poll is for the newest"
        world.network.asked.clear()
        world.later(hours=9)
        assert self.asked(world) == ["/rss"]

    def test_is_not_looked_for_while_something_is_known_or_nothing_was(self, world: World, tmp_path: Path) -> None:
        world.network.serve(A.url, paged(4, 3, older="/2"))
        world.later(hours=9)
        assert self.asked(world) == ["/rss"]
        fresh = World.open(tmp_path / "fresh", A)
        fresh.network.serve(A.url, paged(4, 3, older="/2"))
        fresh.settle()
        assert self.asked(fresh) == ["/rss"]
        fresh.pump.store.close()

    @pytest.mark.parametrize("status", [404, 304, 500, 429, 301])
    def test_that_cannot_be_had_costs_nothing_of_what_can(self, world: World, status: int) -> None:
        world.network.serve(A.url, paged(11, 10, older="/2"), etag='"2"')
        world.network.serve("https://a.example/2", paged(9, older="/3"))
        world.network.serve("https://a.example/3", status=status, location="/3")
        (report,) = [it for it in world.later(hours=9) if it.source_id == "a"]
        assert self.titles(world) == {1, 2, 3, 9, 10, 11}
        assert report.failure is None
        state = world.pump.store.states()["a"]
        assert (state.failures, state.validators.etag, state.pace.address) == (0, "", ""), "it is to be read again"
        answered = state.pace.answered
        world.network.clear("https://a.example/3")
        world.later(hours=9)
        assert world.pump.store.states()["a"].pace.answered == answered, "by its own address"

    @pytest.mark.parametrize("restarts", [False, True])
    def test_is_found_later_where_a_page_fails_though_entries_have_moved_to_other_pages(
        self, world: World, *, restarts: bool
    ) -> None:
        world.network.serve(A.url, paged(13, 12, older="/2"), etag='"2"')
        world.network.serve("https://a.example/2", paged(11, 10, older="/3"))
        world.network.serve("https://a.example/3", status=503)
        world.later(hours=9)
        assert self.titles(world) == {1, 2, 3, 10, 11, 12, 13}
        if restarts:
            config, store = world.pump.config, world.pump.store
            store.close()
            world.pump = Pump(Store.write(config.paths.store), world.network, world.pump.engine, config)
            world.pump.adopt(config, world.now, spread=False)
        for url in (A.url, "https://a.example/2", "https://a.example/3"):
            world.network.clear(url)
        world.network.serve(A.url, paged(15, 14, older="/2"), etag='"3"')
        world.network.serve("https://a.example/2", paged(13, 12, older="/3"))
        world.network.serve("https://a.example/3", paged(11, 10, older="/4"))
        world.network.serve("https://a.example/4", paged(9, 8, older="/5"))
        world.network.serve("https://a.example/5", paged(7, 3, older="/6"))
        world.network.asked.clear()
        world.later(hours=9)
        assert self.titles(world) == {1, 2, 3, *range(7, 16)}
        assert self.asked(world) == ["/rss", "/2", "/3", "/4", "/5"]
        world.network.asked.clear()
        world.later(hours=9)
        assert self.asked(world) == ["/rss"]
        state = world.pump.store.states()["a"]
        assert (state.validators.etag, state.pace.lookback, state.warnings) == ('"3"', Lookback(), ())

    def test_is_found_later_by_its_dates(self, tmp_path: Path) -> None:
        def served(older: str, *days: int) -> str:
            dated = [item(it).replace("<guid>", f"<pubDate>{it} Feb 2026 12:00:00 GMT</pubDate><guid>") for it in days]
            return paged(older=older).replace("</channel>", f"{''.join(dated)}</channel>")

        world = World.open(tmp_path / "dated", A)
        world.network.serve(A.url, served("/2", 4, 3))
        world.settle()
        world.network.clear(A.url)
        world.network.serve(A.url, served("/2", *range(25, 10, -1)))
        world.network.serve("https://a.example/2", status=500)
        world.later(hours=30)
        world.network.clear("https://a.example/2")
        world.network.serve("https://a.example/2", served("/3", 10, 9))
        world.network.serve("https://a.example/3", served("", 2, 1))
        world.later(hours=30)
        assert self.titles(world) == {3, 4, *range(9, 26)}
        world.pump.store.close()

    def test_is_given_up_after_some_polls_which_is_told(self, world: World) -> None:
        world.network.serve(A.url, paged(11, older="/page?paged=2"), etag='"2"')
        world.network.serve("https://a.example/page?paged=2", status=500)
        for _ in range(MOST_TRIES - 1):
            world.later(hours=30)
            assert world.pump.store.states()["a"].warnings == ()
        world.later(hours=30)
        state = world.pump.store.states()["a"]
        assert len(self.asked(world)) == 2 * MOST_TRIES
        (warning,) = state.warnings
        assert warning.startswith(
            "Older entries may be missing: https://a.example/page?paged=2 could not be fetched in 6 polls. "
        )
        assert (state.failures, state.validators.etag, state.pace.lookback) == (0, '"2"', Lookback())
        world.later(hours=30)
        assert self.asked(world)[2 * MOST_TRIES :] == ["/rss"]

    def test_that_cannot_be_read_costs_nothing_either(self, world: World) -> None:
        world.network.serve(A.url, paged(11, 10, older="/2"))
        world.network.serve("https://a.example/2", "no feed at all")
        world.later(hours=9)
        assert self.titles(world) == {1, 2, 3, 10, 11}
        assert world.pump.store.states()["a"].failure is None

    def test_has_an_end(self, world: World) -> None:
        world.network.serve(A.url, paged(100, older="/2"))
        for number in range(2, 40):
            world.network.serve(f"https://a.example/{number}", paged(1000 + number, older=f"/{number + 1}"))
        world.later(hours=9)
        assert self.asked(world) == ["/rss", *(f"/{page}" for page in range(2, 2 + MOST_PAGES))]
        assert len(self.titles(world)) == 3 + 1 + MOST_PAGES

    def test_is_not_looked_for_at_each_poll_of_a_source_whose_ids_and_addresses_are_new_each_time(
        self, world: World
    ) -> None:
        for poll in range(1, 6):
            for number in range(40):
                url = f"https://a.example/{number}" if number else A.url
                world.network.clear(url)
                world.network.serve(url, paged(1000 * poll + number, older=f"/{number + 1}"))
            world.network.asked.clear()
            world.later(hours=30)
            assert len(self.asked(world)) == 1 + (MOST_PAGES if poll <= MOST_STRANGE else 0)
        world.network.clear(A.url)
        world.network.serve(A.url, paged(5001, 5000, older="/1"))
        world.later(hours=30)
        world.network.clear(A.url)
        world.network.serve(A.url, paged(5002, older="/1"))
        world.network.asked.clear()
        world.later(hours=30)
        assert self.asked(world) == ["/rss", "/1"], "something known was seen"

    def test_is_looked_for_at_each_poll_where_pages_show_what_is_known(self, world: World) -> None:
        for poll in range(1, 6):
            world.network.clear(A.url)
            world.network.clear("https://a.example/2")
            world.network.serve(A.url, paged(100 * poll + 2, older="/2"))
            world.network.serve("https://a.example/2", paged(100 * poll + 1, 100 * (poll - 1) + 2 if poll > 1 else 3))
            world.later(hours=30)
        assert self.titles(world) == {1, 2, 3, *(100 * poll + it for poll in range(1, 6) for it in (1, 2))}

    def test_is_found_again_when_its_parts_were_not_all_written(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world.network.serve(A.url, paged(*range(400, 250, -1), older="/2"))
        world.network.serve("https://a.example/2", paged(*range(250, 0, -1)))
        write, stored = Landing.write, list[int]()

        def lost(self: Landing, schedule: Schedule, now: datetime) -> None:
            write(self, schedule, now)
            if self.has_long and not stored and (so_far := len(world.stories())) > 200:
                stored.append(so_far)
                self.waiting.clear()  # as if we were killed here: the source is due still

        monkeypatch.setattr(Landing, "write", lost)
        world.later(hours=9)
        assert stored == [203]
        assert self.titles(world) == {*range(1, 401)}

    def test_that_leads_back_is_asked_for_without_validators_of_another_poll(self, world: World) -> None:
        world.network.serve(A.url, paged(11, older="/2"))
        world.network.serve("https://a.example/2", status=302, location="/rss")
        world.later(hours=9)
        asked = [(it.url, it.validators.etag) for it in world.network.asked if it.source_id == "a"]
        assert asked == [(A.url, '"1"'), ("https://a.example/2", ""), (A.url, "")]

    def test_is_not_looked_for_behind_known_addresses_with_new_ids_and_words(self, world: World) -> None:
        again = [item(it, text=f"{it} views").replace("<guid>", "<guid>v2-") for it in (3, 2, 1)]
        world.network.serve(A.url, paged(older="/2").replace("</channel>", f"{''.join(again)}</channel>"))
        world.network.serve("https://a.example/2", paged(-1, -2))
        world.later(hours=9)
        assert self.asked(world) == ["/rss"]
        assert self.titles(world) == {1, 2, 3}

    def test_is_nothing_that_is_older_than_all_that_was_known(self, tmp_path: Path) -> None:
        def dated(day: int, number: int) -> str:
            return item(number).replace("<guid>", f"<pubDate>{day} Feb 2026 12:00:00 GMT</pubDate><guid>")

        def served(older: str, *entries: str) -> str:
            return paged(older=older).replace("</channel>", f"{''.join(entries)}</channel>")

        world = World.open(tmp_path / "moved", A)
        world.network.serve(A.url, served("/2", *(dated(day, day) for day in (22, 21, 20))))
        world.settle()
        world.network.clear(A.url)
        world.network.serve(A.url, served("/2", *(dated(day, 100 + day) for day in (22, 21, 20))))
        world.network.serve("https://a.example/2", served("/3", *(dated(day, 100 + day) for day in (19, 18))))
        world.later(hours=30)
        assert self.asked(world)[-2:] == ["/rss", "/2"]
        assert self.titles(world) == {20, 21, 22, 120, 121, 122}, "not what it had before we knew it"
        world.pump.store.close()

    def test_is_no_page_for_people(self, tmp_path: Path) -> None:
        world = World.open(tmp_path / "auto", replace(A, kind="auto"))
        world.network.serve(A.url, paged(1))
        world.settle()
        world.network.clear(A.url)
        world.network.serve(A.url, paged(11, older="/2"))
        world.network.serve("https://a.example/2", page("Not found"), content_type="text/html")
        world.later(hours=9)
        assert self.titles(world) == {1, 11}
        world.pump.store.close()

    def test_is_not_looked_for_at_a_host_that_grants_no_more_and_what_was_read_stays(self, world: World) -> None:
        world.network.serve(A.url, paged(11, older="/2"), etag='"2"', ratelimit_remaining="0", ratelimit_reset="600")
        world.network.serve("https://a.example/2", paged(10))
        world.later(hours=9)
        assert self.asked(world) == ["/rss"]
        state = world.pump.store.states()["a"]
        assert state.failure is None
        assert self.titles(world) == {1, 2, 3, 11}
        world.network.clear(A.url)
        world.network.serve(A.url, paged(11, older="/2"), etag='"2"')
        world.later(hours=9)
        assert self.titles(world) == {1, 2, 3, 10, 11}

    def test_is_not_looked_for_by_a_broken_store_and_what_was_read_stays(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        admit = Gate.admit

        def broken(self: Gate, errand: Errand, request: Request, now: datetime) -> None:
            if request.url.endswith("/2"):
                raise StoreError("The disk is full.")
            admit(self, errand, request, now)

        monkeypatch.setattr(Gate, "admit", broken)
        world.network.serve(A.url, paged(11, older="/2"))
        world.network.serve("https://a.example/2", paged(10))
        world.later(hours=9)
        assert self.titles(world) == {1, 2, 3, 11}
        monkeypatch.undo()
        world.later(hours=9)
        assert self.titles(world) == {1, 2, 3, 10, 11}

    def test_goes_in_no_circle(self, world: World) -> None:
        world.network.serve(A.url, paged(11, older="/2"))
        world.network.serve("https://a.example/2", paged(10, older="/rss"))
        world.later(hours=9)
        assert self.titles(world) == {1, 2, 3, 10, 11}
        assert self.asked(world) == ["/rss", "/2"]

    def test_of_a_private_source_is_not_looked_for(self, tmp_path: Path) -> None:
        world = World.open(tmp_path / "private", replace(A, private=True))
        world.network.serve(A.url, paged(1))
        world.settle()
        world.network.asked.clear()
        world.network.clear(A.url)
        world.network.serve(A.url, paged(11, older="/2"))
        world.later(hours=9)
        assert self.asked(world) == ["/rss"]
        world.pump.store.close()

    def test_of_many_is_told_apart_by_what_both_pages_show(self, world: World) -> None:
        world.network.serve(A.url, paged(*range(300, 100, -1), older="/2"))
        world.network.serve("https://a.example/2", paged(*range(150, 0, -1)))
        world.later(hours=9)
        assert self.titles(world) == {*range(1, 301)}


def test_two_documents_are_as_one() -> None:
    def fresh(*keys: str, linked: bool = True, **more: object) -> Fresh:
        shown = Shown(keys=frozenset(keys), linked=linked)
        return Fresh(articles=tuple(make_article(key=it) for it in keys), shown=shown, **more)  # type: ignore[arg-type]

    whole = with_older(
        fresh("c", "b", older="/2", warnings=("x",), body_hash=b"1"), fresh("b", "a", linked=False, warnings=("x", "y"))
    )
    assert [it.key for it in whole.articles] == ["a", "c", "b"]
    assert whole.shown == Shown(keys=frozenset("abc"))
    assert (whole.older, whole.warnings, whole.body_hash) == ("", ("x", "y"), b"1")
    assert with_older(fresh("a"), replace(fresh("b"), shown=None)).shown is None, "nothing can be missed in it"
    many = replace(fresh("a"), articles=(make_article(),) * MOST_ENTRIES)
    assert with_older(many, fresh("b", older="/3")).older == ""
    assert with_older(fresh("a"), fresh("b", older="/3")).older == "/3"


def test_what_a_newer_document_says_is_deleted_does_not_come_back_and_what_an_older_one_says_holds() -> None:
    older = Fresh(articles=(make_article(key="x"), make_article(key="a")), deleted=("n", "x", "o"))
    newer = Fresh(shown=Shown(keys=frozenset("n")), deleted=("x",))
    whole = with_older(newer, older)
    assert ([it.key for it in whole.articles], whole.deleted) == (["a"], ("x", "o"))
