"""What becomes of article pages that are awaited: while they cannot be had, and while their entries get other keys."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from support.simulation import LISTED, LISTING, World, page
from syndicator.model.manners import Debt
from syndicator.model.outcome import Failed, Reading
from syndicator.model.settings import Schedule
from syndicator.model.state import SourceMemory
from syndicator.model.web import Response
from syndicator.pipeline.errand import Errand
from syndicator.pipeline.hosts import resting
from syndicator.pipeline.landed import Landed
from syndicator.pipeline.lessons import Answer
from syndicator.pipeline.read import read
from syndicator.pipeline.record import record

PAGES = ("https://p.example/one", "https://p.example/two")
OVER_HTTP = LISTED.replace("'/", "'http://p.example/")
TAGGED = LISTED.replace("/one", "/one?utm_source=b").replace("/two", "/two?utm_source=b")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Two entries whose pages could not be had the first time."""
    made = World.open(tmp_path, LISTING)
    made.network.serve(LISTING.url, LISTED)
    for url in PAGES:
        made.network.serve(url, status=500)
        made.network.serve(url, page(f"Words of {url[-3:]}"))
    made.settle()
    assert sorted(title for title, _ in made.stories()) == ["One headline", "Two headline"]
    made.network.forget(LISTING.url)
    yield made
    made.pump.store.close()


@pytest.mark.parametrize("listed", [OVER_HTTP, TAGGED], ids=["http", "tracked"])
def test_a_page_that_is_awaited_completes_its_entry_under_the_key_that_this_has_by_then(
    world: World, listed: str
) -> None:
    world.network.serve(LISTING.url, listed)
    world.later(minutes=40)
    assert len(world.stories()) == 2
    world.later(minutes=40)
    assert sorted(title for title, _ in world.stories()) == ["Words of one", "Words of two"]
    assert world.pump.store.next_dues()[1] is None


def test_a_page_that_comes_when_its_entry_has_got_another_key_makes_no_second_one(world: World) -> None:
    store, now = world.pump.store, world.now + timedelta(hours=2)
    source_id, asked, attempts = store.due_wishes(now, limit=1)[0]
    with store.recording(now) as recording:
        recording.renamed(source_id, [(asked.entry.key, "another")])
    answer = Response(url=asked.url, status=200, body=page("Words of one").encode())
    outcome = read(Reading(response=answer, source=LISTING, memory=SourceMemory(), now=now, wish=asked))
    landed = Landed(errand=Errand(LISTING, asked, attempts), outcome=outcome)
    record(store, [landed], Schedule(), now)
    assert len(world.stories()) == 2
    assert "another" in [wish.entry.key for _, wish, _ in store.due_wishes(now, limit=9)], "it is asked for once more"


class TestAPageThatCannotBeHad:
    url = "https://x.example/one"

    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        made = World.open(tmp_path, LISTING)
        made.network.serve(LISTING.url, f"<ul><li><a href='{self.url}'>One headline</a></li></ul>")
        yield made
        made.pump.store.close()

    def asked(self, world: World) -> int:
        return [it.url for it in world.network.asked].count(self.url)

    def asked_after(self, world: World, hours: int) -> list[int]:
        """After how many hours it is asked for, of so many."""
        found: list[int] = []
        for hour in range(hours):
            world.settle()
            found += [hour] * (self.asked(world) - len(found))
            world.now += timedelta(hours=1)
        return found

    def test_is_asked_for_after_an_hour_and_a_day_and_no_more(self, world: World) -> None:
        world.network.fail(self.url)
        assert self.asked_after(world, 99) == [0, 1, 25]
        assert [title for title, _ in world.stories()] == ["One headline"]

    @pytest.mark.parametrize("status", [404, 410])
    def test_since_there_is_none_is_asked_for_once(self, world: World, status: int) -> None:
        world.network.serve(self.url, status=status)
        assert self.asked_after(world, 48) == [0]
        assert [title for title, _ in world.stories()] == ["One headline"]

    def test_is_told_with_a_remedy_for_a_page(self, world: World) -> None:
        world.network.serve(self.url, status=410)
        (failure,) = [it.failure for it in world.settle() if it.failure]
        assert "feed" not in failure.message
        assert "ource" not in failure.remedy

    def test_since_its_site_does_not_want_it_is_not_asked_for(self, world: World) -> None:
        world.network.serve("https://x.example/robots.txt", "User-agent: *\nDisallow: /")
        world.settle()
        assert self.asked(world) == 0
        assert world.pump.store.next_dues()[1] is None
        assert [title for title, _ in world.stories()] == ["One headline"]

    def test_since_nobody_tells_what_its_site_wants_is_given_up_in_the_end(self, world: World) -> None:
        robots = "https://x.example/robots.txt"
        world.network.fail(robots)
        assert self.asked_after(world, 99) == []
        assert world.network.robots_asked.count(robots) == 3
        assert world.pump.store.next_dues()[1] is None

    def test_is_not_given_up_because_its_host_rests(self, world: World) -> None:
        store, now = world.pump.store, world.now
        world.network.fail(self.url)
        world.settle()
        ((source_id, wish, _),) = store.due_wishes(now + timedelta(days=1), limit=9)
        debt = Debt(host="x.example", since=now, until=now + timedelta(days=3))
        errand = Errand(LISTING, wish, attempts=2, answer=Answer(debt=debt))
        landed = Landed(errand=errand, outcome=Failed(failure=resting(debt)))
        record(store, [landed], Schedule(), now)
        assert store.due_wishes(debt.until - timedelta(minutes=1), limit=9) == []
        assert [it for it, *_ in store.due_wishes(debt.until, limit=9)] == [source_id]

    def test_since_its_host_is_always_busy_is_not_asked_for_for_ever(self, world: World) -> None:
        world.network.serve(self.url, status=429, retry_after="14400")
        assert self.asked_after(world, 99) == [0, 5, 29]  # a demand is stretched by up to a tenth

    def test_while_its_host_rests_is_asked_for_afterwards_however_often_somebody_is_in_a_hurry(
        self, world: World
    ) -> None:
        world.network.serve(self.url, status=429, retry_after="14400")
        world.network.serve(self.url, page("One, in full"))
        world.settle()
        for _ in range(5):
            world.pump.store.hasten([LISTING.id], world.now)
            world.later(minutes=10)
        assert self.asked(world) == 1
        world.later(days=2)
        assert [title for title, _ in world.stories()] == ["One, in full"]
