"""From a request at our hub to what it sends, through a store that fails and a configuration that changes."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from support.simulation import A, Network, World, item, rss
from syndicator.errors import StoreError
from syndicator.model.noun import replace
from syndicator.model.settings import Channel
from syndicator.model.subscription import SubscriptionRequest
from syndicator.model.web import Request
from syndicator.pipeline.publishing import publish
from syndicator.pipeline.websub.distribution import REST
from syndicator.pipeline.websub.subscribers import IN_ALL, Subscribers

CALLBACK = "https://reader.example/x"
ONE = SubscriptionRequest(mode="subscribe", name="feeds/all.rss", callback=CALLBACK, secret="s")


class Readers(Network):
    """Subscribers who say back what they are asked, unless they were told to answer otherwise."""

    def submit(self, request: Request) -> None:
        challenge = parse_qs(urlsplit(request.url).query).get("hub.challenge")
        if challenge and not self._answers[request.url]:
            self.serve(request.url, challenge[0])
        super().submit(request)


class Told:
    """A world that publishes, its hub, and its subscribers."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.readers = Readers()
        self.readers.serve(CALLBACK, status=204)
        config = world.pump.config
        self.config = replace(
            config,
            site=replace(config.site, base_url="https://news.example/", own_hub="https://news.example/hub"),
            serve=replace(config.serve, hub=True),
            channels=(Channel(id="all", formats=("rss", "json")),),
        )
        self.it = Subscribers(world.pump.store, lambda: self.readers)
        self.time = 0.0

    def publish(self, *numbers: int) -> None:
        self.world.network.clear(A.url)
        self.world.network.serve(A.url, rss(*map(item, numbers)))
        self.world.later(hours=1)
        publish(self.world.pump.store, self.config, self.world.pump.sources, now=self.world.now)

    def step(self, seconds: float = 1.0) -> None:
        self.time += seconds
        self.it.step(self.config, self.world.now, self.time)

    def subscribe(self, request: SubscriptionRequest = ONE) -> None:
        assert self.it.accept(request)
        for _ in range(3):
            self.step()

    def sent(self) -> list[bytes]:
        found = [it.content for it in self.readers.asked if it.content]
        self.readers.asked.clear()
        return found


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    world = World.open(tmp_path, A)
    made = Told(world)
    made.publish(1)
    made.step()
    yield made
    world.pump.store.close()


def test_who_subscribes_is_sent_what_is_published_until_he_leaves_or_his_time_is_over(told: Told) -> None:
    told.subscribe()
    assert told.it.count() == (1, 0)
    assert told.sent() == []
    told.publish(1, 2)
    told.step()
    (body,) = told.sent()
    assert body == (told.config.paths.public / ONE.name).read_bytes()
    told.subscribe(replace(ONE, mode="unsubscribe"))
    told.publish(1, 2, 3)
    told.step(REST)
    assert told.sent() == []
    told.subscribe()
    told.world.later(hours=24 * 10)
    told.step(REST)
    assert told.it.count() == (0, 0)


def test_before_anybody_has_looked_and_without_a_hub_there_is_no_room(told: Told) -> None:
    assert not Subscribers(told.world.pump.store, lambda: told.readers).accept(ONE)
    told.subscribe()
    told.config = replace(told.config, serve=replace(told.config.serve, hub=False))
    told.step()
    assert told.readers.stopped
    assert not told.it.accept(ONE)
    told.publish(1, 2)
    told.step()
    assert told.it.count() == (0, 0)
    assert told.sent() == []
    told.config = replace(told.config, serve=replace(told.config.serve, hub=True))
    told.step()
    assert len(told.sent()) == 1, "who has subscribed is told of what he has missed"


def test_who_leaves_before_he_was_asked_whether_he_meant_to_come_is_not_told(told: Told) -> None:
    assert told.it.accept(ONE)
    told.step()
    told.subscribe(replace(ONE, mode="unsubscribe"))
    assert told.it.count() == (0, 0)


def test_those_who_keep_us_waiting_before_they_have_subscribed_hold_up_nobody_who_has(told: Told) -> None:
    told.subscribe()
    told.readers.asked.clear()
    for number in range(IN_ALL * 2):
        assert told.it.accept(replace(ONE, callback=f"https://slow{number}.example/"))
    told.publish(1, 2)
    told.step()
    assert len(told.sent()) == 1


def test_a_new_door_loses_nothing_that_was_under_way(told: Told) -> None:
    told.subscribe()
    told.publish(1, 2)
    assert told.it.accept(replace(ONE, name="feeds/all.json"))
    told.step()
    told.readers._finished.clear()
    told.it.stop()
    told.step()
    told.step()
    assert len([it for it in told.readers.asked if it.content]) == 2
    assert told.it.count() == (2, 0)


def test_no_more_than_so_many_are_told_at_once(told: Told) -> None:
    for number in range(IN_ALL + 5):
        told.subscribe(replace(ONE, callback=f"https://reader{number}.example/"))
    told.readers.asked.clear()
    told.publish(1, 2)
    told.step()
    assert len(told.sent()) == IN_ALL
    told.step()
    assert len(told.sent()) == 5


def test_what_cannot_be_written_down_is_asked_once_more(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("full")

    with monkeypatch.context() as broken:
        broken.setattr(told.world.pump.store, "subscribe", full)
        assert told.it.accept(ONE)
        told.step()
        with pytest.raises(StoreError):
            told.step()
    told.step()
    told.step()
    assert told.it.count() == (1, 0)
