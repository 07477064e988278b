"""Full-text queries that SQLite does not take: what is wrong, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.store.queries import complaint


@pytest.mark.parametrize("query", ["метро", '"два слова"', "a OR b NOT c", "title: метро", "мет*", "NEAR(a b, 5)"])
def test_a_query_that_sqlite_takes_draws_no_complaint(query: str) -> None:
    assert complaint(query) == ""


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "it is empty"),
        ("   ", "it is empty"),
        ("foo AND", "a word is missing after “AND”, at the end"),
        ("AND foo", "a word is missing before “AND”, at the beginning"),
        ("a AND b AND OR c", "a word is missing before “OR”, after “AND b AND”"),
        ("ёлка AND (парк OR)", "a word is missing before “)”, after “AND (парк OR”"),
        ("foo +", "a word is missing after “+”, at the end"),
        ("(foo AND bar", "a “(” is not closed"),
        ("(foo) AND bar)", "there is no “(” for “)”, after “(foo) AND bar”"),
        ("(foo) bar", "AND, OR or NOT is missing beside “bar”, after “(foo)”"),
        ("foo (bar)", "AND, OR or NOT is missing beside “foo”, at the beginning"),
        ('"foo', "a double quote is not closed, at the beginning"),
        ('"метро" "парк', 'a double quote is not closed, after “"метро"”'),
        ("nsn.fm", "“.” must stand in double quotes, together with its word; it stands after “nsn”"),
        ('"a.b" ё.c', '“.” must stand in double quotes, together with its word; it stands after “"a.b" ё”'),
        ("санкт-петербург", "“-” stands before “петербург”: a word with a hyphen needs double quotes"),
        ("titel: foo", "there is no “titel” to look in: only title and body may stand before a colon"),
        ("NEAR(a b, c)", "NEAR ends with a number, as in NEAR(one two, 5)"),
        ("*", "“*” must follow the beginning of a word directly"),
        ("{title", "something is missing at the end"),
        ("a " * 400_000, "it has more than 10,000 characters"),
    ],
)
def test_what_it_does_not_take_is_explained(query: str, said: str) -> None:
    assert complaint(query).startswith(said)


@given(
    st.text(alphabet='aё "()*^+-:{},.\0\n') | st.lists(st.sampled_from(["a", "AND", "NEAR", "(", ")"])).map(" ".join)
)
def test_whatever_is_written_draws_a_complaint_or_none(query: str) -> None:
    assert "syntax error" not in complaint(query)
