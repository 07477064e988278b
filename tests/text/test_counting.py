import pytest

from syndicator.text.counting import counted


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 sources"), (1, "1 source"), (2, "2 sources"), (11, "11 sources"), (21, "21 sources")]
)
def test_one_thing_is_one_and_anything_else_is_many(number: int, text: str) -> None:
    assert counted(number, "source") == text


def test_a_noun_may_have_a_plural_of_its_own() -> None:
    assert [counted(number, "further copy", "further copies") for number in (1, 3)] == [
        "1 further copy",
        "3 further copies",
    ]
