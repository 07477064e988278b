"""Queries: as a person writes them, and as SQLite wants them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.store.search import complaint, foldable, from_words


@pytest.mark.parametrize("query", ["метро", '"два слова"', "a OR b NOT c", "title: метро", "мет*", "NEAR(a b, 5)"])
def test_a_query_that_sqlite_takes_draws_no_complaint(query: str) -> None:
    assert complaint(query) == ""


@pytest.mark.parametrize("query", ["", "   ", '"unclosed', "a AND", "nosuch: x", "(", "*", "a ^^ b"])
def test_one_that_it_does_not_take_does(query: str) -> None:
    assert complaint(query)


@given(st.text(max_size=60))
def test_words_of_a_person_always_make_a_query_unless_there_are_none(text: str) -> None:
    query = from_words(text)
    assert not query or complaint(query) == ""


def test_yo_and_ye_are_one_letter() -> None:
    assert foldable("Ёлка ещё") == "Елка еще"
