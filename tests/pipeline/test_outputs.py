"""What there is to publish."""

from collections.abc import ItemsView, Iterator, ValuesView
from pathlib import Path

import pytest

from support.arrivals import opened
from support.builders import MOMENT, make_info, make_source
from support.simulation import make_config
from syndicator.model.manners import Pace
from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh
from syndicator.model.settings import Channel
from syndicator.model.source import Source
from syndicator.pipeline.outputs import channel_sources, outputs
from syndicator.pipeline.scene import scene_of
from syndicator.publish import border


def test_whether_there_is_something_to_publish_is_seen_without_a_look_at_each_sources_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked for each second: with 10,000 sources, to clean their names and addresses took a half of it."""
    sources = [make_source(id="a"), make_source(id="b", title="")]
    with opened(tmp_path / "syndicator.db", *sources) as store:
        with store.recording(MOMENT) as recording:
            for it in sources:
                recording.polls.succeeded(it.id, Fresh(info=make_info()), MOMENT, Pace())
        cleaned: list[str] = []
        monkeypatch.setattr(border, "address", lambda url: cleaned.append(url) or url)
        monkeypatch.setattr(border, "line", lambda text: cleaned.append(text) or text)
        made = [*outputs(store, scene_of(store, make_config(tmp_path, *sources), sources, MOMENT))]
        assert all(it.made_from for it in made)
        assert not cleaned
        index = next(it for it in made if it.name == "index.html")
        assert b"The Daily" in index.render()
        assert cleaned


def test_a_channel_takes_the_stories_of_its_tags_and_of_its_sources(tmp_path: Path) -> None:
    sources = (make_source(id="a", tags=("one", "two")), make_source(id="b"))
    with opened(tmp_path / "syndicator.db", *sources) as store:
        scene = scene_of(store, make_config(tmp_path, *sources), sources, MOMENT)
    assert channel_sources(Channel(id="x"), scene) is None
    assert channel_sources(Channel(id="x", tags=("one",)), scene) == ["a"]
    assert channel_sources(Channel(id="x", tags=("one", "two"), sources=("b", "a", "gone")), scene) == ["a", "b"]
    assert channel_sources(Channel(id="x", tags=("none",)), scene) == []


class Counted(dict[str, Source]):
    """Counts how often all of it is gone through."""

    times = 0

    def __iter__(self) -> Iterator[str]:
        Counted.times += 1
        return super().__iter__()

    def values(self) -> ValuesView[Source]:
        Counted.times += 1
        return super().values()

    def items(self) -> ItemsView[str, Source]:
        Counted.times += 1
        return super().items()


def test_a_further_channel_costs_no_look_at_all_sources_nor_at_all_publishers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three hundred channels of ten thousand sources took five seconds each time."""
    sources = (make_source(id="a", tags=("one",)), make_source(id="b"))
    looks: list[object] = []
    with opened(tmp_path / "syndicator.db", *sources) as store:
        profiles = store.profiles
        monkeypatch.setattr(store, "profiles", lambda only: looks.append(only) or profiles(only))
        costs = []
        for count in (1, 20):
            channels = tuple(
                Channel(id=f"c{it}", tags=("one", "two"), inline_profiles=it % 2 == 0) for it in range(count)
            )
            config = make_config(tmp_path, *sources, channels=channels)
            scene = scene_of(store, config, sources, MOMENT)
            Counted.times = 0
            looks.clear()
            made = [*outputs(store, replace(scene, sources=Counted(scene.sources)))]
            costs.append((Counted.times, looks.count(None)))
    assert len([it for it in made if it.name.endswith(".rss")]) > 20
    assert costs[0] == costs[1]
    assert costs[0][1] == 1
