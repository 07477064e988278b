"""What two like texts have in one place, and whether it makes them two items of a form."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.dedup.compared import Content, Pair, Side, share
from syndicator.dedup.slots import MOST_REFILLED, refilled
from syndicator.text.likeness import covered, names, words

FORM = (
    "Сегодня в посёлке {} открыли новую школу на {} мест, её строили {} года. Ленту перерезал глава района Иван {}, "
    "он вручил директору символический ключ и пожелал всем отличных оценок, а ребятам побольше каникул."
)
LONG = " Потом гостям показали спортивный зал, столовую, мастерские, где будут учить столярному делу и шитью." * 12
ONE = FORM.format("Озёрном", 420, "два", "Крюков")


def beside(one: Sequence[str], other: Sequence[str]) -> Pair:
    """Two texts of these words, in this order."""
    each = zip((one, other), covered(one, other), strict=True)
    return Pair(*(Side(Content(title="", text=""), tuple(words), shared, share(shared)) for words, shared in each))


def found(one: str, other: str) -> list[tuple[str, str]]:
    return refilled(beside(words(one), words(other)), {*names(one), *names(other)}, MOST_REFILLED)


def test_items_of_a_form_are_told_by_their_numbers_and_names() -> None:
    assert found(ONE, FORM.format("Лесном", 560, "три", "Зотов")) == [
        ("2", "3"),
        ("420", "560"),
        ("крюков", "зотов"),
        ("озерно", "лесном"),
    ]


def test_one_number_is_enough_in_a_short_text_and_one_name_is_not() -> None:
    assert found(ONE, ONE.replace("420", "425")) == [("420", "425")]
    assert found(ONE, ONE.replace("Крюков", "Зотов")) == []
    assert found(ONE, ONE.replace("Крюков", "Зотов").replace("Озёрном", "Лесном")) == [
        ("крюков", "зотов"),
        ("озерно", "лесном"),
    ]


def test_a_long_text_may_be_corrected_in_one_number_but_not_in_two_and_in_nothing_else() -> None:
    assert found(ONE + LONG, (ONE + LONG).replace("420", "425")) == []
    both = (ONE + LONG).replace("420", "425").replace("два", "три")
    assert found(ONE + LONG, both) == [("2", "3"), ("420", "425")]
    assert found(ONE + LONG, both.replace("вручил", "отдал")) == []


def test_a_copy_that_was_edited_in_many_words_may_have_a_number_or_two_of_its_own() -> None:
    edited = ONE.replace("420", "425")
    for word in ("новую", "строили", "вручил", "отличных"):
        edited = edited.replace(word, "иначе")
    assert found(ONE, edited) == []


def test_another_case_or_notation_is_no_other_name_or_number() -> None:
    assert found(ONE, ONE.replace("Озёрном", "Озёрное").replace("два", "2").replace("Крюков", "Крючков")) == []
    assert found(ONE, ONE.replace("Иван Крюков", "Крюков Иван")) == []


def test_a_name_among_edited_words_is_told_with_what_stands_for_it() -> None:
    other = ONE.replace("посёлке Озёрном", "лагере Лесном").replace("глава района Иван Крюков", "мэр города Пётр Зотов")
    assert found(ONE, other) == [("иван", "петр"), ("крюков", "зотов"), ("озерно", "лесном")]
    both = ONE.replace("Крюков", "Крюков Зотов"), ONE.replace("Крюков", "Зотов Белов").replace("Озёрном", "Лесном")
    assert found(*both) == [("крюков", "белов"), ("озерно", "лесном")]
    assert found(*reversed(both)) == [("белов", "крюков"), ("лесном", "озерно")]


def test_names_of_four_letters_or_that_begin_alike_are_others_and_spellings_are_not() -> None:
    assert found(ONE.replace("Озёрном", "Омск"), ONE.replace("Озёрном", "Орёл").replace("Крюков", "Критов")) == [
        ("крюков", "критов"),
        ("омск", "орел"),
    ]
    assert found(ONE, ONE.replace("Озёрном", "Озёрцах").replace("Крюков", "Крючков")) == []
    assert found(ONE, ONE.replace("Озёрном", "США").replace("Крюков", "ФРГ")) == []


@pytest.mark.parametrize(("count", "expected"), [(8, [("5", "6")]), (9, [])])
def test_of_what_is_longer_than_eight_words_nobody_knows_what_stands_for_what(
    count: int, expected: list[tuple[str, str]]
) -> None:
    one, other = (
        ONE.replace("420", " ".join([number, *(f"{letter}{it}" for it in "абвгдежз"[: count - 1])]))
        for number, letter in (("5", "у"), ("6", "ю"))
    )
    assert found(one, other) == expected


def filled(count: int, *places: str) -> str:
    """A text of so many words with some places in it."""
    each = " ".join(f"до{number} {it} за{number}" for number, it in enumerate(places))
    return " ".join([each, *(f"ещё{number}" for number in range(count - 3 * len(places)))])


@pytest.mark.parametrize(
    ("count", "places", "is_form"),
    [
        (99, ["51"], True),
        (100, ["51"], False),
        (99, ["51", "52", *"абвг"], True),
        (99, ["51", "52", *"абвгд"], False),
        (140, ["51", "52", "а"], True),
        (141, ["51", "52", "а"], False),
        (141, ["51", "52", "53", "а"], True),
        (900, ["51", "52"], True),
        (900, ["51"], False),
    ],
)
def test_a_form_has_two_places_and_one_in_seventy_words_and_a_third_of_all(
    count: int, places: list[str], is_form: bool
) -> None:
    other = [f"6{it[1:]}" if it.isdigit() else f"{it}{it}" for it in places]
    assert bool(found(filled(count, *places), filled(count, *other))) is is_form


def test_an_abbreviation_or_a_date_is_no_other_name_or_day() -> None:
    one = f"{ONE} Так сообщили в среду в правительстве России, а потом в посольстве Германии."
    other = f"{ONE} Так сообщили 25 в правительстве РФ, а потом в посольстве ФРГ."
    assert found(one, other) == []
    assert found(one, one.replace("среду", "пятницу")) == [("wednesday", "friday")]


def test_what_was_left_out_or_told_at_length_stands_for_nothing() -> None:
    assert found(ONE, ONE.replace(" на 420 мест", "")) == []
    told = "иначе говоря такую какой давно ждали все кто тут живёт больше чем на 99"
    assert found(ONE, ONE.replace("новую школу на 420", told)) == []


def test_the_first_and_the_last_word_have_a_place_too() -> None:
    assert found(f"5 {ONE} 7", f"6 {ONE} 8") == [("5", "6"), ("7", "8")]


@given(st.lists(st.sampled_from("a b c d 1 2 3".split())), st.lists(st.sampled_from("a b c d 1 2 3".split())))
def test_nothing_is_found_in_what_is_the_same_and_both_sides_are_told(one: list[str], other: list[str]) -> None:
    for ours, others in refilled(beside(one, other), frozenset("ab"), MOST_REFILLED):
        assert ours != others
    assert refilled(beside(one, one), frozenset("ab"), MOST_REFILLED) == []
