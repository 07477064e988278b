"""Words, sketches and coverage of texts."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.text.likeness import (
    FEWEST_WORDS,
    MOST_WORDS,
    SKETCH_SIZE,
    SKETCH_VERSION,
    count_of,
    counts,
    covered,
    figures,
    hashes,
    names,
    sketch,
    words,
)

WORDS = [f"{start}{middle}{end}" for start in "бвгдж" for middle in ("аро", "ели", "ому", "ырку") for end in "нптск"]
DICE = random.Random(5)
STORY = " ".join(DICE.choices(WORDS, k=200))
STRANGER = " ".join(random.Random(6).choices([word + "ость" for word in WORDS], k=200))


def shared(one: str, other: str) -> int:
    return len({*hashes(sketch(one))} & {*hashes(sketch(other))})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ёлки «московские», 25 апреля", ["елки", "москов", "25", "апреля"]),
        ("книги, книгами", ["книги", "книгам"]),
        ("新华社北京", ["新", "华", "社", "北", "京"]),
        ("ニュース 2024", ["ニ", "ュ", "ー", "ス", "2024"]),
        ("ข่าว", ["ข", "า", "ว"]),
        ("", []),
        ("— … !", []),
    ],
)
def test_words_are_folded_stems_and_unspaced_letters(text: str, found: list[str]) -> None:
    assert words(text) == tuple(found)


def test_a_long_text_costs_no_more_than_its_beginning() -> None:
    assert len(words("слово " * 1_000_000)) == MOST_WORDS
    assert len(sketch("слово дело " * 500_000)) == 1 + 4 * len(hashes(sketch("слово дело " * 500)))


def test_a_sketch_says_its_version_and_few_words_have_none() -> None:
    assert sketch(STORY)[0] == SKETCH_VERSION
    assert len(hashes(sketch(STORY))) == SKETCH_SIZE
    assert sketch(" ".join(WORDS[: FEWEST_WORDS - 1])) == b""
    assert hashes(b"") == hashes(bytes([SKETCH_VERSION + 1]) + sketch(STORY)[1:]) == ()


def test_a_sketch_outlives_this_version() -> None:
    assert sketch(STORY).hex() == sketch("«" + STORY.replace(" ", "  ").upper() + "»…").hex()
    kept = "0156a75ba2c4275f1fc967cee2"
    assert sketch("one two three four five six seven eight nine ten " * 3).hex() == kept


def test_like_texts_share_much_of_their_sketches_and_others_nothing() -> None:
    changed = STORY.split()
    for place in range(0, len(changed), 7):
        changed[place] = "иначе"
    assert shared(STORY, " ".join(changed)) >= 5
    assert shared(STORY, "Шапка сайта. " * 5 + STORY + " Подписывайтесь на наш канал." * 5) >= 8
    assert shared(STORY, STRANGER) == 0


@pytest.mark.parametrize("times", [2, 3, 20])
def test_a_text_that_says_all_again_has_the_sketch_of_one_that_says_it_twice(times: int) -> None:
    assert sketch(f"{STORY} " * times) == sketch(f"{STORY} " * 2)


def test_covered_are_words_that_keep_a_neighbour() -> None:
    one, other = covered("a b c d".split(), "x a b y c".split())
    assert one == [True, True, False, False]
    assert other == [False, True, True, False, False]
    assert covered(["a"], ["a"]) == ([False], [False])
    assert covered([], ["a"]) == ([], [False])


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_coverage_has_a_verdict_for_each_word(one: list[str], other: list[str]) -> None:
    flags, back = covered(one, other)
    assert (back, flags) == covered(other, one)
    assert (len(flags), len(back)) == (len(one), len(other))
    assert all(covered(one, one)[0]) or len(one) < 2
    if not set(one) & set(other):
        assert not any(flags)


def test_figures_and_names() -> None:
    text = (
        "25 апреля «Спартак» обыграл ЦСКА 2:1, сообщил Иван Ёлкин. Цена 1,5 млн. Это мало, но the New York Times верит."
    )
    assert figures(text) == ["25", "2", "1", "1.5"]
    assert names(text) == ["спарта", "цска", "иван", "елкин", "new", "york", "times"]
    assert figures("1.5.2, 3,,4 5. 10.000,75 ١٢٫٥") == ["1.5.2", "3", "4", "5", "10.000.75", "١٢", "٥"]
    assert names("сказал Ели\u00adзаров\u200b") == names("сказал Елизаров") == ["елизар"]
    assert names("北京，上海 在 العربية، نص") == []


def test_what_a_word_counts_is_the_same_however_it_is_written() -> None:
    said = words("Двое из двадцати, two of TWENTY, 14:30, 3-й этаж, сто заводов, в среду, on Wednesday, 三天, вдвое")
    counted = ["2", "20", "2", "20", "1430", "3", "100", "wednesday", "wednesday", "3"]
    assert [it for it in map(count_of, said) if it] == counted
    assert counts("Двое погибли, счёт 2:1, курс 1,5 в пятницу") == {"2", "1", "1.5", "friday"}
    assert counts("Ни одного слова") == set()


def test_four_is_neither_thursday_nor_the_fourth_nor_a_quarter() -> None:
    assert counts("Четверо, четверых, с четверыми") == counts("four") == {"4"}
    assert counts("В четверг, к четвергу, до четверга, у четвер, w czwartek, od czwartku") == {"thursday"}
    assert counts("Четвёртый, четвертого, четверть, czwarty, w czwartej, kwartał") == set()


def test_polish_italian_and_turkish_count_in_words_too() -> None:
    for text in ("Dwoje rannych w sobotę", "İki yaralı, cumartesi", "Due, cioè deux, sabato"):
        assert counts(text) == {"2", "saturday"}
    assert counts("lunedì tre, pazartesi üç, w poniedziałek trzech") == {"3", "monday"}


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    assert sketch(text) == sketch(text)
    assert all(words(text))
    names(text)
    figures(text)
    counts(text)
