"""Keys decide which articles are one: too loose joins strangers, too strict shows a story twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.text.keys import SHORTEST_TEXT, digest, fold, text_key, title_key, url_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("«Ёлка» — зелёная!", '"Елка" - зеленая'),
        ("МОСКВА\u00a0и\nобласть", "москва и  область"),
        ("кто-то", "кто\u2011то"),
        ("Мо\u00adсква\u200b", "москва"),
        ("и\u0306од ﬁn", "йод fin"),
        ("Straße", "STRASSE"),
        ("snake_case", "snakecase"),
    ],
)
def test_what_an_editor_changes_without_changing_the_words_is_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_only_letters_digits_and_single_spaces_are_left() -> None:
    assert fold(" «Привет», — сказал 1-й… (№ 5) ") == "привет сказал 1й no 5"


def test_different_words_stay_different() -> None:
    assert title_key("Погода на 25 апреля") != title_key("Погода на 26 апреля")


def test_what_identifies_nothing_has_no_key() -> None:
    assert title_key("— !") == text_key("а" * (SHORTEST_TEXT - 1)) == url_key("https://a.ru/") == b""
    assert len(title_key("a")) == len(text_key("а " * SHORTEST_TEXT)) == len(url_key("https://a.ru/1")) == 16


def test_a_key_outlives_this_version() -> None:
    assert digest("Привет").hex() == "79ee0df6126fa29932b3e4cf8c05d7c3"
    assert url_key("http://www.a.ru/1/") == url_key("https://a.ru/1?utm_source=x") == digest("a.ru/1")


@given(st.text(st.characters(codec=None)))
def test_folding_is_final(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert all(word.isalnum() for word in folded.split(" ")) or not folded
    digest(text)
