"""What there is to publish."""

from pathlib import Path

import pytest

from support.arrivals import opened
from support.builders import MOMENT, make_info, make_source
from support.simulation import make_config
from syndicator.model.manners import Pace
from syndicator.model.outcome import Fresh
from syndicator.model.settings import Channel
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


def test_a_channel_takes_the_stories_of_its_tags_and_of_its_sources() -> None:
    sources = {it.id: it for it in (make_source(id="a", tags=("one",)), make_source(id="b"))}
    assert channel_sources(Channel(id="x"), sources) is None
    assert channel_sources(Channel(id="x", tags=("one",)), sources) == ["a"]
    assert channel_sources(Channel(id="x", tags=("one",), sources=("b",)), sources) == ["a", "b"]
    assert channel_sources(Channel(id="x", tags=("none",)), sources) == []
