"""A single illegal character makes a whole feed unreadable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from syndicator.text.characters import joined_references, legal, letters, one_line, single_spaced, unaccented, unescape


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\r\nc\u00a0\u00ab\U0001f600", "a\tb\r\nc\u00a0\u00ab\U0001f600"),
        ("a\x00b\x08c\x1bd\x7fe\x92f", "abcdef"),
        ("a\x0bb\x0cc\x85d", "a b c d"),
        ("\ufffe\uffffa", "a"),
        ("\ud83d\ude00", "\U0001f600"),
        ("\ud83da\ude00", "a"),
    ],
)
def test_illegal_characters_go_and_words_stay_apart(text: str, expected: str) -> None:
    assert legal(text) == expected


@given(st.text(st.characters(codec=None)))
def test_what_is_legal_is_well_formed_xml(text: str) -> None:
    element = etree.Element("title")
    element.text = legal(text)
    assert legal(element.text) == element.text
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).tag == "title"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" a\n\tb\u00a0\u2028 c ", "a b c"),
        ("\ufeffМо\u00adсква\u200b", "Москва"),
        ("и\u0306", "й"),
        ("a\u202eb\u202c\u200ec", "abc"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("می\u200cخواهم \U0001f468\u200d\U0001f469", "می\u200cخواهم \U0001f468\u200d\U0001f469"),
    ],
)
def test_a_title_is_one_line_without_hidden_characters(text: str, expected: str) -> None:
    assert one_line(text) == expected


@given(st.text(st.characters(codec=None)))
def test_one_line_is_final(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert len(one_line(text).splitlines()) <= 1


@given(st.text("ab \t\n\u00a0\u3000\u2028\u200b"))
def test_words_are_set_apart_by_one_space_each(text: str) -> None:
    assert single_spaced(text) == " ".join(text.split())


def test_words_are_compared_without_case_and_accents() -> None:
    assert [unaccented(it) for it in ("MSK", "Février", "MÄRZ", "Сёння")] == ["msk", "fevrier", "marz", "сення"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a &#55357;&#56832; b", "a 😀 b"),
        ("&#xD83D;&#xde00;&#55296;&#xDC00;&#xDBFF;&#57343;", "😀\U00010000\U0010ffff"),
        ("&#56832;&#55357; &#55357; &#56832; &#55200;&#56832; &#55357;&#57344;", None),
    ],
)
def test_two_references_to_surrogates_are_one_character(text: str, expected: str | None) -> None:
    assert joined_references(text) == (text if expected is None else expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a &amp; b &lt;&#65;&#x42;&nbsp", "a & b <AB\xa0"),
        ("&amp;amp;", "&amp;"),
        ("&#" + "0" * 100 + "65;", "A"),
        ("&amp; &#" + "0" * 5000 + "65;", "& &#" + "0" * 5000 + "65;"),
        ("&#x" + "0" * 5000 + "41;", "A"),
    ],
)
def test_references_are_read_but_those_that_python_refuses(text: str, expected: str) -> None:
    assert unescape(text) == expected


def test_a_character_that_is_a_word_counts_as_three_letters() -> None:
    assert letters("tram") == 4
    assert letters("трам") == 4
    assert letters("路面電車 A") == 4 * 3 + 2
