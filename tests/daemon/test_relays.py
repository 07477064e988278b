"""Each kind of hub has its turn, and is told otherwise when it is reached otherwise."""

from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from support.builders import MOMENT
from support.simulation import A, World
from syndicator.daemon import making
from syndicator.daemon.relays import Relays
from syndicator.model.lease import Call
from syndicator.model.noun import replace
from syndicator.model.subscription import SubscriptionRequest
from syndicator.pipeline.websub.hubs import Hubs
from syndicator.pipeline.websub.leasing import Leasing
from syndicator.pipeline.websub.subscribers import Subscribers


class Clock:
    def now(self) -> object:
        return MOMENT

    def monotonic(self) -> float:
        return 0.0


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, A)
    yield made
    made.pump.store.close()


def test_what_is_told_of_hubs_is_logged_once_our_server_surely_answers(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Hubs, "step", lambda *_: ["The hub is away."])
    monkeypatch.setattr(Leasing, "step", lambda *_: ["It tells of nothing."])
    settled = [False, False, True, True]
    made = Relays(world.pump, Clock(), lambda _: settled.pop(0))
    made.tell_hubs()
    made.hear_hubs()
    assert caplog.messages == [], "as long as the feeds may not be served yet, none is told"
    made.tell_hubs()
    made.hear_hubs()
    assert caplog.messages == ["The hub is away.", "It tells of nothing."]


def test_only_whoever_is_reached_otherwise_is_asked_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[str] = []
    for kind in (Hubs, Leasing, Subscribers):
        monkeypatch.setattr(kind, "stop", lambda it: stopped.append(type(it).__name__))
    made, before = Relays(world.pump, Clock(), lambda _: True), world.pump.config
    made.renew(before)
    assert stopped == []
    office = (ip_network("10.0.0.0/8"),)
    world.pump.config = replace(before, serve=replace(before.serve, hub_networks=office))
    made.renew(before)
    assert stopped == ["Subscribers"]
    stopped.clear()
    world.pump.config = replace(before, fetch=replace(before.fetch, timeout=9.0))
    made.renew(before)
    assert sorted(stopped) == ["Hubs", "Leasing", "Subscribers"]
    stopped.clear()
    made.stop()
    assert sorted(stopped) == ["Hubs", "Leasing", "Subscribers"]


def test_what_comes_from_outside_finds_its_place(world: World) -> None:
    world.pump.config = replace(world.pump.config, serve=replace(world.pump.config.serve, hub=True))
    made = Relays(world.pump, Clock(), lambda _: True)
    asked = SubscriptionRequest(mode="subscribe", name="feeds/all.rss", callback="https://reader.example/")
    assert not made.subscribers.accept(asked), "nobody has looked yet whether there is a hub"
    made.tell_subscribers()
    made.hear_hubs()
    assert made.subscribers.accept(asked)
    assert made.leasing.hear(Call(token="t", mode="news")) is None, "nor is there anybody to be told"
    assert made.subscribers.count() == (0, 0)
    assert made.hubs.troubles() == {}
    assert made.leasing.forgeries.total == 0


def test_where_sources_may_be_private_subscribers_may_not(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "Transfer", lambda settings, **_: settings)
    config, networks = world.pump.config, (ip_network("10.0.0.0/8"),)
    sources = replace(config, fetch=replace(config.fetch, allow_networks=networks))
    readers = replace(config, serve=replace(config.serve, hub_networks=networks))
    for it, allowed in ((sources, ()), (readers, networks)):
        settings = making.hub_transport(it)
        assert settings.allow_networks == allowed
        assert settings.max_body <= 64 * 1024, "what a subscriber says is a word"
