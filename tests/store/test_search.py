"""Queries: as a person writes them, and as SQLite wants them."""

from hypothesis import given
from hypothesis import strategies as st

from syndicator.store.queries import complaint
from syndicator.store.search import foldable, from_words


@given(st.text(max_size=60))
def test_words_of_a_person_always_make_a_query_unless_there_are_none(text: str) -> None:
    query = from_words(text)
    assert not query or complaint(query) == ""


def test_yo_and_ye_are_one_letter() -> None:
    assert foldable("Ёлка ещё") == "Елка еще"
