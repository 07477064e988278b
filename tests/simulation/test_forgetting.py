"""Of two services that poll the same sources, one forgets: no report, no feed and no search tells which."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from support.simulation import A, B, World, make_config, rss
from syndicator.model import noun
from syndicator.model.settings import Channel, Keep
from syndicator.pipeline import forgetting, landed, outputs, record
from syndicator.pipeline.forgetting import Retention
from syndicator.pipeline.publishing import publish
from syndicator.store import forgetting as stored

CHANNELS = (
    Channel(id="all", limit=3),
    Channel(id="archive", limit=2, archive=6),
    Channel(id="b", limit=2, sources=("b",)),
    Channel(id="odd", limit=3, match="odd"),
)
STEPS = 20


@dataclass(frozen=True)
class Told:
    """An entry, as its source shows it."""

    number: int
    host: str
    guid: str
    date: str = ""
    edits: int = 0
    query: str = ""

    def xml(self) -> str:
        def words(seed: str, count: int) -> str:
            return " ".join(f"{Random(f'{seed} {it}').getrandbits(32):x}" for it in range(count))

        title = f"{'odd' if self.number % 2 else 'even'} {words(f'{self.number}', 4)}"
        link = f"https://{self.host}/{self.number}{self.query}"
        guid = f"<guid isPermaLink='false'>{self.guid}</guid>" if self.guid else ""
        text = words(f"{self.number} {self.edits}", 25)
        return (
            f"<item><title>{title}</title><link>{link}</link>{guid}{self.date}<description>{text}</description></item>"
        )


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted in tens and hundreds is so in ones."""
    monkeypatch.setattr(stored, "NEWEST", 2)
    monkeypatch.setattr(forgetting, "EVERY", timedelta(hours=1))
    monkeypatch.setattr(forgetting, "LOOKED_AT", 5)
    monkeypatch.setattr(forgetting, "MOST", 3)
    for room in (forgetting, outputs):
        monkeypatch.setattr(room, "FRONT_PAGE", noun.replace(outputs.FRONT_PAGE, limit=2))
    for room in (landed, record):
        monkeypatch.setattr(room, "PART", 4)


def shown_next(shown: list[Told], host: str, day: str, style: str, random: Random, first: int) -> list[Told]:
    """What a source shows after this: with news, edits, other ids and links; what has left comes never again."""
    new = [
        Told(number, host, f"id{number}" if style != "links" else "", random.choice(["", day]))
        for number in range(first, first + random.choice([0, 0, 1, 2, 3, 12]))
    ]
    kept = random.choice([3, 5, 8, 15])
    shown = [it for place, it in enumerate([*reversed(new), *shown]) if place < kept or random.random() < 0.5]
    shown = [replace(it, edits=it.edits + (random.random() < 0.05)) for it in shown]
    if style == "churn" or (style == "ids" and random.random() < 0.1):
        again = random.getrandbits(32)
        shown = [replace(it, guid=f"{again}-{it.number}") for it in shown]
    if random.random() < 0.08:
        shown = [replace(it, query=f"?s={random.getrandbits(8)}") for it in shown]
    return shown


@pytest.mark.parametrize("seed", [0, 1, 5, 6])
def test_nobody_can_tell_which_of_two_services_forgets(tmp_path: Path, seed: int) -> None:
    random, first, went, rests = Random(seed), 1, 0, False
    worlds = [World.open(tmp_path / it, A, B) for it in ("keeps", "forgets")]
    for world in worlds:
        world.pump.config = noun.replace(world.pump.config, channels=CHANNELS, keep=Keep(stories=30 * 86400.0))
    store = worlds[1].pump.store
    one = Retention(store)
    shown: dict[str, list[Told]] = {"a.example": [], "b.example": []}
    styles = {host: random.choice(["ids", "links", "churn"]) for host in shown}
    for _ in range(STEPS):
        for host, before in shown.items():
            came = worlds[0].now - timedelta(hours=random.randint(0, 30))
            day = f"<pubDate>{came:%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
            shown[host] = shown_next(before, host, day, styles[host], random, first)
            first += 12
            for world in worlds:
                world.network.clear(f"https://{host}/rss")
                world.network.serve(f"https://{host}/rss", rss(*(it.xml() for it in shown[host])))
        if random.random() < 0.12:
            rests = not rests
            for world in worlds:
                config = make_config(world.pump.config.root, *((B,) if rests else (A, B)), channels=CHANNELS)
                world.pump.adopt(noun.replace(config, keep=world.pump.config.keep), world.now, spread=False)
        hours = random.choice([26, 30, 24 * 9, 24 * 35])
        reports = [
            sorted((it.source_id, it.new, it.joined, it.updated) for it in world.later(hours=hours)) for world in worlds
        ]
        assert reports[0] == reports[1]
        for world in worlds:
            publish(world.pump.store, world.pump.config, world.pump.sources, now=world.now)
        assert feeds(tmp_path / "keeps") == feeds(tmp_path / "forgets")
        store.note_time(worlds[1].now - timedelta(days=1))
        for _ in range(random.choice([2, 999])):
            it = one.step(worlds[1].pump.config, worlds[1].pump.sources, worlds[1].now)
            if it is None or it.is_over:
                went += it.gone if it else 0
                break
        config, sources = worlds[1].pump.config, worlds[1].pump.sources
        assert publish(store, config, sources, now=worlds[1].now, anew=True) == []
    assert went > 9
    left = {number for number, _ in store.select(limit=999)}
    assert {number for number, _ in store.select(match="odd OR even", limit=999)} == left
    for world in worlds:
        world.pump.store.close()


def feeds(root: Path) -> dict[str, bytes]:
    public = root / "public"
    found = [*public.glob("feeds/**/*.*"), public / "index.html", public / "social.atom"]
    return {str(it.relative_to(public)): it.read_bytes() for it in found}
