"""What names articles by their keys follows when a source calls them something else."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.arrivals import article, opened
from support.builders import MOMENT
from syndicator.model.noun import replace
from syndicator.model.placement import Joins, Measured, Opens
from syndicator.store import Store

A, B, C = (article(source, text=source) for source in "abc")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two stories; in the first one, b is measured against a."""
    with opened(tmp_path / "syndicator.db", *"abc") as store:
        measured = Measured(source_id="a", key=A.key, shorter=0.9, longer=0.8)
        with store.recording(MOMENT) as recording:
            recording.write(A, Opens(), b"")
            recording.write(B, Joins(story=1, reason="near", measured=measured), b"")
            recording.write(C, Opens(), b"")
        yield store


def rename(store: Store, source_id: str, old: str, new: str) -> dict[str, str]:
    with store.recording(MOMENT) as recording:
        recording.renamed(source_id, [(old, new)])
    return {copy.source_id: copy.key for story in (1, 2) for copy, _ in store.held(story)}


def measured(store: Store) -> object:
    (detail,) = (copy.detail for copy, _ in store.held(1) if copy.detail)
    return json.loads(detail)


def test_an_article_gets_its_new_key_and_what_was_measured_against_it_goes_along(store: Store) -> None:
    assert rename(store, "a", A.key, "new") == {"a": "new", "b": B.key, "c": C.key}
    assert measured(store) == {"with": ["a", "new"], "shorter": 0.9, "longer": 0.8}


@pytest.mark.parametrize("rest", [b"", b"is meant" * 3])
def test_how_it_was_written_is_forgotten(store: Store, rest: bytes) -> None:
    with store.recording(MOMENT) as recording:
        recording.write(replace(A, key="before", found_hash=rest and rest + b"in bytes"), Opens(), b"")
    rename(store, "a", "before", "after")
    assert store.memory("a").entries["after"] == rest


def test_another_sources_article_of_that_key_is_another(store: Store) -> None:
    rename(store, "c", C.key, A.key)
    rename(store, "c", A.key, "new")
    assert measured(store) == {"with": ["a", A.key], "shorter": 0.9, "longer": 0.8}


def test_a_key_that_is_taken_is_left_to_who_has_it(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        recording.write(article("a", text="taken"), Opens(), b"")
    assert rename(store, "a", A.key, "a--taken")["a"] == A.key
    assert measured(store) == {"with": ["a", A.key], "shorter": 0.9, "longer": 0.8}
