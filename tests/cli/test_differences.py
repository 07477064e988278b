"""Two texts, and what a person sees of where they differ."""

import pytest

from syndicator.cli.differences import PLACES, differences, show_differences

ONE = "That night, a little after two in the morning, the water rose over the bridge"


def shown(one: str, other: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    show_differences(differences(one, other), "Words: ", "first", "second")
    return capsys.readouterr().out.splitlines()


def test_what_only_one_of_them_says_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    head, place = shown(ONE, ONE.replace("two", "three"), capsys)
    assert head == "Words: 93% of the words are the same, in the same order; [-first-] {+second+}:"
    assert place.strip() == "… night, a little after [-two-] {+three+} in the morning, the …"


def test_texts_that_do_not_differ_or_are_none_are_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(ONE, ONE, capsys) == ["Words: the same as the first's"]
    assert shown("", "", capsys) == ["Words: none besides the headlines"]


def test_of_many_places_a_few_are_shown_and_the_others_counted(capsys: pytest.CaptureFixture[str]) -> None:
    words = [f"word{number}" for number in range(120)]
    other = [f"{word}s" if number % 20 == 10 else word for number, word in enumerate(words)]
    lines = shown(" ".join(words), " ".join(other), capsys)
    assert len(lines) == 1 + PLACES + 1
    assert lines[-1] == "      and 3 more places"
