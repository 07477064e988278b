"""What names articles by their keys follows when a source calls them something else."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.arrivals import article, opened
from support.builders import MOMENT
from syndicator.model.article import Entry
from syndicator.model.noun import replace
from syndicator.model.outcome import Wish
from syndicator.model.placement import Joins, Measured, Opens
from syndicator.store import Recording, Store

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
        await_pages(recording, ("a", A.key))
    assert rename(store, "a", A.key, "a--taken")["a"] == A.key
    assert measured(store) == {"with": ["a", A.key], "shorter": 0.9, "longer": 0.8}
    assert awaited(store) == {("a", A.key)}


def await_pages(recording: Recording, *names: tuple[str, str]) -> None:
    for source_id, key in names:
        fallback = replace(A, source_id=source_id, key=key, found_hash=b"is meant" * 3 + b"in bytes")
        recording.wishes.add(source_id, Wish(url="https://a.example/", entry=Entry(key=key), fallback=fallback))


def awaited(store: Store) -> set[tuple[str, str]]:
    return {(source_id, wish.entry.key) for source_id, wish, _ in store.due_wishes(MOMENT, limit=9)}


def test_a_page_that_is_awaited_goes_along_and_no_other_does(store: Store) -> None:
    others = {("a", "beside"), ("b", "old"), ("b", B.key)}
    with store.recording(MOMENT) as recording:
        await_pages(recording, ("a", "old"), ("a", A.key), *others)
    rename(store, "a", "old", "new")
    rename(store, "a", A.key, "renamed")
    assert awaited(store) == {("a", "new"), ("a", "renamed"), *others}
    assert store.memory("a").entries["new"] == b"is meant" * 3


def test_of_two_pages_that_are_awaited_none_takes_the_others_key(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        await_pages(recording, ("a", "old"), ("a", "new"))
    rename(store, "a", "old", "new")
    assert awaited(store) == {("a", "old"), ("a", "new")}
