"""Where two texts differ: shown in a few lines, whatever their size."""

import time

from hypothesis import given
from hypothesis import strategies as st

from syndicator.text.differences import WORDS, Difference, compare


def test_what_was_taken_out_and_put_in_is_shown_between_its_neighbours() -> None:
    found = compare(
        "The bridge stays open until Monday night, they said.", "The bridge stays open till Friday, they said.", 9
    )
    assert found.places == (
        Difference(before="The bridge stays open", gone="until Monday night,", come="till Friday,", after="they said."),
    )
    assert (found.shared, found.words, found.more) == (6, 9, 0)


def test_signs_capitals_and_the_letter_io_are_no_difference() -> None:
    assert compare("«Ёлка» стоит, всё.", "Елка — стоит. Все", 9).places == (
        Difference(before="«Ёлка»", gone="", come="—", after="стоит, всё."),
    )


def test_only_so_many_places_are_shown_and_the_rest_is_counted() -> None:
    one = " ".join(f"same same same same word{it}" for it in range(9))
    other = " ".join(f"same same same same other{it}" for it in range(9))
    found = compare(one, other, 3)
    assert (len(found.places), found.more) == (3, 6)


def test_long_insertions_are_shortened() -> None:
    found = compare("begin end", f"begin {'word ' * 100} end", 1)
    assert len(found.places[0].come.split()) < 20
    assert "(88 words)" in found.places[0].come


def test_a_text_of_megabytes_is_compared_in_a_moment() -> None:
    one = " ".join(f"w{it * 7919 % 1009}" for it in range(500_000))
    before = time.process_time()
    assert compare(one, one[::-1], 3).cut
    assert time.process_time() - before < 5
    assert WORDS < 500_000


WORD_LISTS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=30).map(" ".join)


@given(WORD_LISTS, WORD_LISTS)
def test_the_places_and_what_is_shared_add_up(one: str, other: str) -> None:
    found = compare(one, other, 99)
    assert (found.places == ()) == (one == other)
    assert found.shared <= min(len(one.split()), len(other.split())) <= found.words
