"""What there is to publish."""

from support.builders import make_source
from syndicator.model.settings import Channel
from syndicator.pipeline.outputs import channel_sources


def test_a_channel_takes_the_stories_of_its_tags_and_of_its_sources() -> None:
    sources = {it.id: it for it in (make_source(id="a", tags=("one",)), make_source(id="b"))}
    assert channel_sources(Channel(id="x"), sources) is None
    assert channel_sources(Channel(id="x", tags=("one",)), sources) == ["a"]
    assert channel_sources(Channel(id="x", tags=("one",), sources=("b",)), sources) == ["a", "b"]
    assert channel_sources(Channel(id="x", tags=("none",)), sources) == []
