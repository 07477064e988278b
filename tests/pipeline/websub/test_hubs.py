"""A hub learns of every change of every feed, once, whatever becomes of it or us in between."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from support.simulation import A, Network, World, item, rss
from syndicator.errors import StoreError
from syndicator.model.noun import replace
from syndicator.model.settings import Channel, Config
from syndicator.pipeline.publishing import publish
from syndicator.pipeline.websub.hubs import AT_ONCE, REST, Hubs
from syndicator.pipeline.websub.pausing import FIRST_PAUSE, LONGEST_PAUSE
from syndicator.store import Store
from syndicator.text.keys import digest

HUB, OTHER = "https://hub.example/", "https://other.example/hub"
ALL = Channel(id="all", formats=("rss", "json"))
FEEDS = ["feeds/all.json", "feeds/all.rss", "social-events.json", "social.atom", "social.rss"]


class Told:
    """Hubs, what they answer, and what they have been told of."""

    def __init__(self, world: World, *hubs: str) -> None:
        self.world = world
        self.hub = Network()
        self.connected = 0
        self.config = replace(
            world.pump.config,
            site=replace(world.pump.config.site, base_url="https://news.example/", hubs=hubs or (HUB,)),
            channels=(ALL,),
        )
        self.hubs = Hubs(world.pump.store, self.connect)
        self.time = 0.0

    def connect(self) -> Network:
        self.connected += 1
        return self.hub

    def publish(self, *numbers: int) -> None:
        self.world.network.clear(A.url)
        self.world.network.serve(A.url, rss(*map(item, numbers)))
        self.world.later(hours=30)
        publish(self.world.pump.store, self.config, self.world.pump.sources, now=self.world.now)

    def step(self, seconds: float = 1.0, config: Config | None = None) -> list[str]:
        self.time += seconds
        return self.hubs.step(config or self.config, self.world.now, self.time)

    def told(self, hub: str = HUB) -> list[str]:
        """What it was told since the last look."""
        forms = [parse_qs(request.form) for request in self.hub.asked if request.url == hub]
        self.hub.asked[:] = [it for it in self.hub.asked if it.url != hub]
        assert all(form["hub.mode"] == ["publish"] for form in forms)
        assert all(form["hub.topic"] == form["hub.url"] for form in forms), "either is what some hubs want"
        return sorted(form["hub.url"][0].removeprefix("https://news.example/") for form in forms)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    world = World.open(tmp_path, A)
    made = Told(world)
    made.hub.serve(HUB, status=204)
    made.publish(1)
    yield made
    world.pump.store.close()


def all_told(told: Told, steps: int = 5) -> list[str]:
    found = []
    for _ in range(steps):
        told.step()
        found += told.told()
    return sorted(found)


def test_a_hub_is_told_of_each_feed_once(told: Told) -> None:
    assert all_told(told) == FEEDS
    assert told.connected == 1
    told.step(REST)
    told.step(REST)
    assert told.told() == []


def test_what_is_wrong_with_a_hub_is_known_until_it_takes_all_again(told: Told) -> None:
    assert told.hubs.troubles() == {}
    all_told(told)
    assert told.hubs.troubles() == {HUB: ""}
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=500)
    told.publish(1, 2)
    told.step(REST)
    told.step()
    assert "was not notified of the changes" in told.hubs.troubles()[HUB]
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=403)
    told.step(FIRST_PAUSE)
    told.step()
    told.step()
    assert "does not accept feeds/all" in told.hubs.troubles()[HUB]
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=204)
    for _ in range(5):
        told.step(LONGEST_PAUSE)
    assert told.hubs.troubles() == {HUB: ""}
    told.step(config=replace(told.config, site=replace(told.config.site, hubs=())))
    assert told.hubs.troubles() == {}


def test_of_what_changes_later_it_is_told_after_a_moment_together(told: Told) -> None:
    all_told(told)
    told.publish(1, 2)
    told.publish(1, 2, 3)
    told.step()
    assert told.told() == []
    told.step(REST)
    assert told.told() == ["feeds/all.json", "feeds/all.rss"]
    told.step()
    told.step(REST)
    assert told.told() == []


def test_of_what_is_made_anew_and_is_as_it_was_no_hub_is_told(told: Told) -> None:
    all_told(told)
    before = told.world.pump.store.published()
    others = (*told.world.pump.sources, replace(A, id="b", url="https://b.example/rss"))
    publish(told.world.pump.store, told.config, others, now=told.world.now)
    after = told.world.pump.store.published()
    assert all(before[name] != after[name] for name in FEEDS)
    told.step(REST)
    assert told.told() == []


def test_of_a_feed_that_is_not_there_no_hub_is_told(told: Told) -> None:
    (told.config.paths.public / "feeds/all.rss").unlink()
    assert all_told(told) == [it for it in FEEDS if it != "feeds/all.rss"]


def test_it_is_told_of_a_few_at_once(told: Told) -> None:
    told.step()
    assert len(told.told()) == AT_ONCE
    told.hub.silent.add(HUB)
    told.step()
    assert len(told.told()) == len(FEEDS) - AT_ONCE
    told.step(REST)
    assert told.told() == []  # as long as it has not answered


def test_a_restart_tells_nothing_twice_and_forgets_nothing(told: Told) -> None:
    told.step()
    first = told.told()
    told.step()
    second = told.told()
    told.hub.finished()  # lost on the way
    told.hubs = Hubs(told.world.pump.store, told.connect)
    told.step(0.0)
    assert told.told() == second
    assert sorted(first + second) == FEEDS


def test_a_hub_that_fails_is_told_again_later_and_later_and_the_operator_once(told: Told) -> None:
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=500)
    told.step()
    assert len(told.told()) == AT_ONCE
    assert told.step() == [f"The hub {HUB} was not notified of the changes: The host has an internal error (500)."]
    pause = FIRST_PAUSE
    for _ in range(12):
        assert told.told() == []
        told.step(pause - 2)
        assert told.told() == []
        told.step(2)
        assert len(told.told()) == AT_ONCE
        assert told.step() == []
        pause = min(2 * pause, LONGEST_PAUSE)
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=202)
    told.step(pause)
    assert told.step() == [f"The hub {HUB} accepts notifications again."]
    told.step()
    assert told.step(LONGEST_PAUSE) == []
    assert sorted(set(told.told())) == FEEDS
    told.step(LONGEST_PAUSE)
    assert told.told() == []


def test_a_hub_that_asks_for_time_gets_it(told: Told) -> None:
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=429, retry_after="1000")
    told.step()
    told.step()
    told.told()
    told.step(998)
    assert told.told() == []
    told.step(2)
    assert len(told.told()) == AT_ONCE


@pytest.mark.parametrize("status", [301, 400, 404, 410])
def test_a_hub_that_does_not_take_it_is_told_of_to_the_operator(told: Told, status: int) -> None:
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=status, location="https://elsewhere.example/")
    told.step()
    (sentence,) = told.step()
    assert str(status) in sentence
    assert {it.url for it in told.hub.asked} == {HUB}


@pytest.mark.parametrize("status", [400, 403, 422])
def test_feeds_that_a_hub_refuses_hold_up_no_other(told: Told, status: int) -> None:
    told.hub.clear(HUB)
    for answer in (204, 204, status):
        told.hub.serve(HUB, status=answer)
    told.step()
    (sentence,) = told.step()
    assert sentence.startswith(f"The hub {HUB} does not accept social.")
    assert told.step() == []
    assert sorted(told.told()) == FEEDS
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=204)
    told.publish(1, 2)
    told.step(REST)
    assert told.told() == ["feeds/all.json", "feeds/all.rss"]
    told.step(FIRST_PAUSE)
    told.step()
    assert told.told() == FEEDS[2:]


def test_a_feed_that_is_refused_over_and_over_is_told_later_and_later(told: Told) -> None:
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=400)
    all_told(told)
    pause = FIRST_PAUSE
    for _ in range(4):
        told.step(pause - 10)
        assert told.told() == []
        told.step(10)
        found = told.told() + all_told(told)
        assert sorted(found) == FEEDS
        pause *= 2


def test_what_one_answer_asks_for_counts_whatever_the_others_say(told: Told) -> None:
    all_told(told)
    told.publish(1, 2)
    told.hub.clear(HUB)
    told.hub.serve(HUB, status=204)
    told.hub.serve(HUB, status=429, retry_after="1000")
    told.step(REST)
    assert len(told.told()) == 2
    told.step()
    told.step(998)
    assert told.told() == []
    told.step(2)
    assert len(told.told()) == 1


def test_a_hub_may_fail_for_years(told: Told) -> None:
    told.hub.clear(HUB)
    told.hub.fail(HUB)
    told.step()
    told.hubs._hubs[HUB].pause.failures = 2000
    told.step()
    told.told()
    told.step(LONGEST_PAUSE)
    assert told.told()


def test_a_restless_service_looks_at_what_is_published_only_when_that_has_changed(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_told(told)
    looks: list[Store] = []
    published = Store.published
    monkeypatch.setattr(Store, "published", lambda it: looks.append(it) or published(it))
    for _ in range(20):
        told.step(REST)
    assert looks == []


def test_one_that_cannot_be_reached_does_not_hold_up_another(told: Told) -> None:
    told.hub.clear(HUB)
    told.hub.fail(HUB)
    told.hub.serve(OTHER, status=204)
    both = replace(told.config, site=replace(told.config.site, hubs=(HUB, OTHER)))
    for _ in range(5):
        told.step(config=both)
    assert told.told(OTHER) == FEEDS
    assert len(told.told()) == AT_ONCE, "it was asked once, and is left alone since"


def test_a_hub_that_is_named_no_more_is_told_nothing(told: Told) -> None:
    none = replace(told.config, site=replace(told.config.site, hubs=()))
    told.step()
    told.told()
    told.step(config=none)
    told.step(REST, config=none)
    assert told.told() == []


def test_what_a_hub_answers_that_was_given_up_meanwhile_counts_no_more(told: Told) -> None:
    none = replace(told.config, site=replace(told.config.site, hubs=()))
    told.step()
    late = told.hub.finished()
    told.step(config=none)
    told.hub._finished = late[:2]
    told.step(config=none)
    assert told.world.pump.store.notified(HUB) == {}
    for name in FEEDS:
        told.world.pump.store.note_notified(HUB, name, digest((told.config.paths.public / name).read_bytes()))
    told.told()
    told.step()
    told.hub._finished = late[2:]
    told.step()
    assert told.told() == []


def test_one_success_does_not_shorten_the_pause_after_a_failure(told: Told) -> None:
    told.hub.clear(HUB)
    for status in (500, 204):
        told.hub.serve(HUB, status=status)
    told.step()
    told.step()
    told.told()
    told.step(FIRST_PAUSE - 2)
    assert told.told() == []
    told.step(2)
    assert len(told.told()) == len(FEEDS) - AT_ONCE + 1


def test_a_feed_is_named_as_it_names_itself(told: Told) -> None:
    told.config = replace(told.config, site=replace(told.config.site, base_url="https://новости.example/"))
    told.step()
    assert all("hub.url=https%3A%2F%2Fxn--b1amnebsh.example%2F" in it.form for it in told.hub.asked)


def test_a_feed_that_is_no_more_is_told_of_no_more(told: Told) -> None:
    all_told(told)
    told.config = replace(told.config, channels=(replace(ALL, formats=("rss",)),))
    told.publish(1)
    told.step(REST)
    assert "feeds/all.json" not in told.told()
    assert "feeds/all.json" not in told.world.pump.store.notified(HUB)


def test_what_cannot_be_written_down_is_written_later(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    told.step()
    first = told.told()
    with monkeypatch.context() as patched:
        patched.setattr(Store, "note_notified", full)
        with pytest.raises(StoreError):
            told.step()
    assert sorted(first + all_told(told)) == FEEDS
    assert sorted(told.world.pump.store.notified(HUB)) == FEEDS


def test_what_the_operator_should_know_outlives_a_full_disk(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    told.hub.clear(HUB)
    for status in (400, 204):
        told.hub.serve(HUB, status=status)
    told.step()
    with monkeypatch.context() as patched:
        patched.setattr(Store, "note_notified", full)
        with pytest.raises(StoreError):
            told.step()
    (sentence,) = told.step()
    assert "does not accept" in sentence


def test_it_can_be_waited_for(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not told.hubs.wait(0)
    told.step()
    assert told.hubs.wait(0)
    with monkeypatch.context() as patched:
        patched.setattr(Network, "wait", lambda *_: False)
        assert told.hubs.wait(0)  # it has not answered yet
    told.step()
    told.step()
    assert not told.hubs.wait(0)
    told.hubs.stop()
    assert told.hub.stopped
    told.step()
    assert told.connected == 1
    told.publish(1, 2)
    told.step()
    assert told.connected == 2
