"""The operator's pages over a whole world: sources that fail and mend, hubs, mistakes."""

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

import feedparser
import pytest

from support.builders import MOMENT, make_source
from support.simulation import A, B, World, item, rss
from syndicator.model.lease import Lease, Offer
from syndicator.model.noun import replace
from syndicator.model.overview import Counts, Service
from syndicator.model.settings import Site
from syndicator.model.source import Source
from syndicator.pipeline.overseeing import oversee

HUB = "https://hub.example/"
COUNTS = Counts(began=MOMENT, polls={}, pages={}, changes={})
SERVICE = Service(counts=COUNTS, hubs={})


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, A, B)
    made.network.serve(A.url, rss(item(1)))
    made.network.fail(B.url)
    made.settle()
    yield made
    made.pump.store.close()


def faults(world: World, service: Service = SERVICE, hubs: tuple[str, ...] = (HUB,)) -> list[str]:
    """What the feed of faults tells after another look, the newest first."""
    config = replace(world.pump.config, site=Site(hubs=hubs))
    oversee(world.pump.store, config, world.pump.sources, service, world.now)
    return [it.title for it in feedparser.parse((config.paths.operator / "faults.atom").read_bytes()).entries]


def fail(world: World) -> None:
    """Let the second source fail until that is no accident."""
    for _ in range(3):
        world.later(days=1)


def test_a_source_that_goes_on_failing_is_told_once_and_so_is_its_recovery(world: World) -> None:
    assert faults(world) == [], "once is no news"
    fail(world)
    assert faults(world) == ["b.example (b) fails"]
    world.later(days=1)
    assert faults(world) == ["b.example (b) fails"]
    world.network.clear(B.url)
    world.network.serve(B.url, rss(item(2)))
    world.later(days=2)
    assert faults(world) == ["F (b) works again", "F (b) fails"]
    assert faults(world) == ["F (b) works again", "F (b) fails"]


def test_a_source_that_is_given_another_address_does_not_work_before_it_has_answered_there(world: World) -> None:
    fail(world)
    faults(world)
    there = replace(B, url="https://b.example/feed")
    world.network.serve(there.url, rss(item(2)))
    world.pump.adopt(replace(world.pump.config, sources=(A, there)), world.now, spread=False)
    assert faults(world) == ["b.example (b) fails"]
    world.later(days=1)
    assert faults(world) == ["F (b) works again", "F (b) fails"]


def test_a_source_that_is_taken_away_is_waited_for_no_more(world: World) -> None:
    fail(world)
    faults(world)
    world.pump.adopt(replace(world.pump.config, sources=(A,)), world.now, spread=False)
    assert faults(world) == ["b is no longer a source", "b fails"]


def test_a_host_that_answers_with_nothing_but_429_is_told(world: World) -> None:
    world.network.clear(B.url)
    world.network.serve(B.url, status=429)
    for _ in range(3):
        assert faults(world) == []
        world.later(days=2)
    assert faults(world) == ["b.example (b) fails"]


def test_a_hub_of_which_nothing_is_known_just_now_has_not_mended(world: World) -> None:
    away = replace(SERVICE, hubs={HUB: "The hub was not told."})
    assert faults(world, away) == [f"The hub {HUB} does not accept notifications"]
    assert len(faults(world, SERVICE)) == 1, "as after a restart"
    assert faults(world, replace(SERVICE, hubs={HUB: ""}))[0] == f"The hub {HUB} accepts notifications again"
    assert len(faults(world, away)) == 3
    assert faults(world, SERVICE, hubs=())[0] == f"The hub {HUB} is no longer notified", "it is none of ours"


def test_a_network_that_is_away_is_one_fault_and_sources_that_fail_on_after_it_are_told(tmp_path: Path) -> None:
    sources = [make_source(id=f"s{it}", url=f"https://s{it}.example/rss", title="") for it in range(6)]
    world = World.open(tmp_path, *sources)

    def all_of(*, fail: Sequence[Source] = ()) -> None:
        for source in sources:
            world.network.clear(source.url)
            if source in fail:
                world.network.fail(source.url)
            else:
                world.network.serve(source.url, rss(item(source.id)))

    all_of(fail=sources[:1])
    world.settle()
    fail(world)
    assert faults(world) == ["s0.example (s0) fails"], "alone, with others that are reached"
    all_of(fail=sources)
    told, looks = ["No source can be reached", "s0.example (s0) fails"], []
    for _ in range(20):
        world.later(minutes=30)
    for _ in range(20):
        world.later(minutes=30)
        looks.append(faults(world))
    assert looks == [told] * 20
    all_of(fail=sources[:2])
    world.later(minutes=30)
    while len(looks[-1]) == 2:
        world.later(minutes=1)
        looks.append(faults(world))
    assert looks[-1] == ["Sources can be reached again", *told], "the others were not asked since"
    world.later(days=1)
    assert faults(world) == ["F (s1) fails", *looks[-1]]
    world.pump.store.close()


def test_a_mistake_in_the_configuration_is_told_until_it_is_mended(world: World) -> None:
    assert faults(world, replace(SERVICE, mistakes="a.toml:3: No.")) == ["The configuration has mistakes"]
    assert faults(world)[0] == "The configuration is good again"


def test_the_page_says_of_a_sources_hub_what_the_command_says(world: World) -> None:
    lease = Lease(source_id="a", offer=Offer(hub=HUB, topic=A.url), callback="x", again_at=MOMENT, until=MOMENT)
    for it, said in (
        (lease, f"Its hub {HUB} announces its news."),
        (replace(lease, message="<Busy>."), f"Its hub {HUB} announces its news until 2026-03-05 14:00 UTC."),
        (replace(lease, until=None, message="<Busy>."), f"Its hub {HUB} does not announce its news: &lt;Busy&gt;."),
    ):
        world.pump.store.write_leases([it])
        faults(world)
        assert f">{said}<" in (world.pump.config.paths.operator / "index.html").read_text()


def test_the_pages_are_written_where_nobody_else_may_look(world: World) -> None:
    faults(world)
    folder = world.pump.config.paths.operator
    assert folder.parent == world.pump.config.paths.store.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert sorted(it.name for it in folder.iterdir()) == ["faults.atom", "index.html", "metrics"]
    metrics = (folder / "metrics").read_text()
    assert 'syndicator_sources{status="failing"} 1.0' in metrics
    assert "syndicator_articles_stored 1.0" in metrics
    assert float(metrics.partition("\nsyndicator_database_bytes ")[2].split()[0]) > 4096


def test_a_private_source_shows_no_address(tmp_path: Path) -> None:
    secret = replace(A, url="https://a.example/rss?token=hunter2", private=True)
    world = World.open(tmp_path, secret)
    world.network.serve(
        secret.url, rss(item(1)).replace("<title>", "<link>https://a.example/?u=hunter2</link><title>", 1)
    )
    world.settle()
    faults(world)
    for path in world.pump.config.paths.operator.iterdir():
        assert "hunter2" not in path.read_text()
    world.pump.store.close()
