"""A word for an address that people can read, and that two titles do not share."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.text.slugs import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nsn.fm/rss", "nsn-fm-rss"),
        ("Щука, ёж & «Цапля»", "shchuka-ezh-tsaplya"),
        ("Їжак", "izhak"),
        ("Crème Brûlée Straße", "creme-brulee-strasse"),
        ("и\u0306од", "yod"),
        ("—", ""),
        ("x" * 100, "x" * 60),
        ("слово " * 20, "slovo-slovo-slovo-slovo-slovo-slovo-slovo-slovo-slovo-slovo"),
    ],
)
def test_a_slug_can_be_read_aloud(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_titles_in_a_script_without_a_rule_differ() -> None:
    one, other = slug("東京"), slug("大阪")
    assert one
    assert other
    assert one != other


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None), max_size=50))
def test_any_text_has_a_slug_that_stays_one(text: str) -> None:
    found = slug(text)
    assert found == slug(found)
    assert len(found) <= 60
    assert bool(found) or not any(c.isascii() and c.isalnum() for c in text)
