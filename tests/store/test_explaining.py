"""Finding a story by what a person has of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.arrivals import arrive, article, keyed, opened
from support.builders import MOMENT
from syndicator.model.noun import replace
from syndicator.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "syndicator.db", *"abc") as store:
        arrive(
            store,
            article("a", url="river?utm_source=rss", guid="tag:a.example,2026:1"),
            article("b", url="river", key="2"),
            keyed(replace(article("c"), url="https://c.example/", canonical_url="https://c.example/", guid="c 3")),
        )
        yield store


@pytest.mark.parametrize(
    ("word", "stories"),
    [
        ("1", [1]),
        ("2", [2]),
        ("3", []),
        ("99999999999999999999999", []),
        ("tag:a.example,2026:1", [1]),
        ("https://news.example/river", [1]),
        ("http://www.news.example/river/?utm_medium=x#top", [1]),
        ("https://c.example/", [2]),
        ("c 3", [2]),
        ("https://news.example/lake", []),
        ("nothing", []),
        ("", []),
    ],
)
def test_a_word_means_a_number_else_an_id_else_an_address(store: Store, word: str, stories: list[int]) -> None:
    assert store.find(word) == stories


def test_an_address_that_two_stories_have_means_both(store: Store) -> None:
    post = article("c", url="river", claimed=True, title="Another")
    arrive(store, keyed(replace(post, text="Look what they write.")))
    assert store.find("https://news.example/river") == [1, 3]


def test_every_copy_is_held_with_its_article(store: Store) -> None:
    held = store.held(1)
    assert [(copy.number, copy.source_id, copy.key) for copy, _ in held] == [
        (1, "a", held[0][1].key),
        (2, "b", "2"),
    ]
    assert [found.text for _, found in held] == [found.text for found in (held[0][1], held[1][1])]
    assert held[1][1].source_id == "b"


def test_a_withdrawn_story_is_known_to_be(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        recording.stories.withdraw(1)
    assert store.find("tag:a.example,2026:1") == []
    assert store.withdrawn("tag:a.example,2026:1") == MOMENT
    assert store.withdrawn("tag:a.example,2026:2") is None
