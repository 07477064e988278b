"""Keys decide which articles are one: too loose joins strangers, too strict shows a story twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.text.keys import (
    NOWHERE,
    SHORTEST_TEXT,
    digest,
    fold,
    folded,
    found,
    id_of,
    is_shared,
    meant,
    said,
    text_key,
    title_key,
    url_key,
    where,
    written,
)


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


def test_any_sign_goes_however_many_there_are() -> None:
    signs = "".join(map(chr, range(0x2190, 0x2400)))
    assert fold(f"один{signs} \u2028{signs}два") == "один два"


def test_different_words_stay_different() -> None:
    assert title_key("Погода на 25 апреля") != title_key("Погода на 26 апреля")


def test_what_identifies_nothing_has_no_key() -> None:
    assert title_key("— !") == text_key("а" * (SHORTEST_TEXT - 1)) == url_key("https://a.ru/") == b""
    assert len(title_key("a")) == len(text_key("а " * SHORTEST_TEXT)) == len(url_key("https://a.ru/1")) == 16


@pytest.mark.parametrize("letter", ["a", "я", "日", "\U00010428"])
def test_letters_are_counted_however_many_bytes_they_have(letter: str) -> None:
    assert text_key(letter * (SHORTEST_TEXT - 1)) == b""
    assert text_key(letter * SHORTEST_TEXT)


def test_a_key_outlives_this_version() -> None:
    assert digest("Привет").hex() == "79ee0df6126fa29932b3e4cf8c05d7c3"
    assert url_key("http://www.a.ru/1/") == url_key("https://a.ru/1?utm_source=x") == digest("a.ru/1")


@given(st.text(st.characters(codec=None)))
def test_folding_is_final(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert all(word.isalnum() for word in folded.split(" ")) or not folded
    digest(text)


@given(st.text(st.characters(codec=None)) | st.text("«Ёжик» , 1—й\n_\u00adaﬁ’…"))
def test_a_text_is_known_by_its_letters_alone_folded_before_or_not(text: str) -> None:
    assert b"".join(folded(text).split()).decode("utf-8", "surrogatepass") == fold(text).replace(" ", "")
    assert text_key(text * 9) == text_key(folded(text * 9)) == text_key(fold(text * 9))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/1", "https://a.example/1"),
        ("https://a.example/1?utm_source=x", "https://a.example/1"),
        ("https://a.example/1#0a1b2c3d", "https://a.example/1"),
        ("42#0a1b2c3d", "42"),
    ],
)
def test_one_id_is_written_in_many_ways(one: str, other: str) -> None:
    assert id_of(one) == id_of(other)


def test_an_ids_anchor_and_query_belong_to_it() -> None:
    ids = ["https://a.example/1", "https://a.example/1#live", "https://a.example/1?p=2", "1", "1#live", "tag:a,2026:1"]
    assert len({id_of(it) for it in ids}) == len(ids)
    assert [is_shared(it) for it in (*ids, "1#0a1b2c3d", "#0a1b2c3d5")] == [False] * 6 + [True, False]


def test_a_hash_of_an_entry_has_four_parts() -> None:
    one = found("words", "a.example/1", "all")
    assert said(one) == said(found("words", "a.example/2", "more")) != said(found("word", "a.example/1", "all"))
    assert where(one) == where(found("other", "a.example/1/#part", "")) != where(found("words", "a.example/2", "all"))
    assert one != found("words", "a.example/1", "more")
    whole = found("words", "a.example/1", "all", b"in bytes")
    assert (meant(whole), written(whole)) == (meant(one), b"in bytes") == (one, b"in bytes")
    assert written(one) == b""


@pytest.mark.parametrize("link", ["", "a.example", "a.example/", "a.example/#top"])
def test_a_front_page_is_no_entrys_address(link: str) -> None:
    assert where(found("words", link, "all")) == NOWHERE
