"""What all outputs share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.arrivals import opened
from support.builders import MOMENT, make_source
from support.simulation import make_config
from syndicator.model.manners import Pace
from syndicator.model.noun import replace
from syndicator.model.outcome import Unchanged
from syndicator.model.source import Auth, Source
from syndicator.pipeline.scene import Scene, presences_of, scene_of
from syndicator.store import Store

A = make_source(id="a", auth=Auth(username="ann", password="hunter2"), headers=(("x-key", "hunter3"),))
B = make_source(id="b", kind="feed")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "syndicator.db", A, B) as store:
        yield store


def scene(store: Store, *sources: Source) -> Scene:
    return scene_of(store, make_config(store.path.parent, *sources), sources, MOMENT)


def test_outputs_know_no_secret_of_a_source(store: Store) -> None:
    found = scene(store, A, B).sources["a"]
    assert found == replace(A, auth=None, headers=())


def test_a_source_that_is_polled_no_more_is_shown_with_its_stories_still(store: Store) -> None:
    found = scene(store, A)
    assert found.sources.keys() == {"a", "b"}
    assert set(found.current) == {"a"}


def test_what_has_turned_out_to_be_a_page_is_shown_as_one(store: Store) -> None:
    assert scene(store, A, B).sources["a"].kind == "auto"
    with store.recording(MOMENT) as recording:
        for it in "ab":
            recording.polls.succeeded(it, Unchanged(), MOMENT, Pace(is_page=True))
    assert [it.kind for it in scene(store, A, B).sources.values()] == ["page", "feed"]


def test_outputs_look_otherwise_when_what_is_shown_of_a_source_changes(store: Store) -> None:
    before = scene(store, A, B).appearance
    assert scene(store, A, replace(B, priority=7)).appearance == before
    for changed in (replace(B, title="Other"), replace(B, republish="full"), replace(B, social=("https://t.me/b",))):
        assert scene(store, A, changed).appearance != before
    store.set_profile_word("b", "telegram:b", "deny")
    assert scene(store, A, B).appearance != before


def test_a_publisher_is_where_the_configuration_says(store: Store) -> None:
    found = scene(store, A, replace(B, social=("https://t.me/daily",)))
    assert [
        (it, [each.key for each in presence.profiles]) for it, presence in presences_of(store, found, None).items()
    ] == [("b", ["telegram:daily"])]
