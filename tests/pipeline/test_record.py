"""What becomes of article pages that are awaited while their entries get other keys."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from support.simulation import LISTED, LISTING, World, page
from syndicator.model.outcome import Reading
from syndicator.model.settings import Schedule
from syndicator.model.source import SourceMemory
from syndicator.model.web import Response
from syndicator.pipeline.landed import Landed
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
    landed = Landed(source=LISTING, outcome=outcome, wish=asked, attempts=attempts)
    record(store, [landed], Schedule(), now)
    assert len(world.stories()) == 2
    assert "another" in [wish.entry.key for _, wish, _ in store.due_wishes(now, limit=9)], "it is asked for once more"
