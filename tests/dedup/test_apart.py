"""Why two stories are two: each layer says what it has found, and none says what another denies."""

from datetime import timedelta

import pytest

from support.arrivals import FULL, article, keyed
from support.builders import MOMENT, make_copy
from syndicator.dedup.apart import Party, reasons
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.text.likeness import sketch

WINDOW = timedelta(days=14)
BRIEF = "Движение трамваев восстановлено."
NUMBERS = FULL.replace("Forty", "40").replace("two", "2").replace("one", "1")
EDITED = " ".join(word if number % 4 else f"x{word}" for number, word in enumerate(FULL.split()))
A = article("a", url="river")


def story(*articles: Article, days: int = 0) -> list[Party]:
    """Its copies, a day or more after those of a story without `days`."""
    company = frozenset(it.source_id for it in articles)
    seen = MOMENT + timedelta(days=days)
    return [
        Party(replace(make_copy(it, first_seen=seen), number=n + days), it, it.source_id.upper(), company)
        for n, it in enumerate(articles)
    ]


def made(source: str, text: str, **changes: object) -> Article:
    return keyed(replace(article(source, url=source, title=f"Title of {source}"), text=text, **changes))


def told(one: Article, other: Article, days: int = 1) -> list[str]:
    return reasons(story(one), story(other, days=days), WINDOW)


STRANGE = [
    "No copy of the one has the address of a copy of the other.",
    "No copy of the one has the text of a copy of the other.",
]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (A, replace(article("b", url="river"), claimed=True), "B names the address https://news.example/river, which"),
        (replace(A, claimed=True), article("b", url="river"), "A names the address https://news.example/river, which"),
        (A, article("b", url="river"), "A and B now have the same address, https://news.example/river, but"),
        (A, keyed(replace(A, key="2")), "A itself shows them as two entries (https://news.example/river and https"),
        (replace(A, url=""), keyed(replace(A, key="2")), "A itself shows them as two entries (a-river- and https"),
        (A, article("c", text="a" + "river"), "A and C have the same text, but a source has that text"),
        (made("a", BRIEF), made("b", "Движение трамваев — восстановлено"), "A and B have the same text, but it has"),
        (made("a", BRIEF), made("a", BRIEF, canonical_url="https://a.example/2"), "A itself shows them as two entries"),
        (made("a", ""), made("b", ""), "No copy of the one has the address"),
    ],
)
def test_the_exact_layers(one: Article, other: Article, found: str) -> None:
    said = told(one, other)
    assert [it.startswith(found) for it in said].count(True) == 1, said


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (
            made("a", BRIEF),
            made("b", FULL),
            "too short to be compared word by word: A's has 3 words, and at least 20 are needed.",
        ),
        (
            made("a", NUMBERS),
            made("b", NUMBERS.replace("40", "63").replace("2", "9").replace("1", "5") + " 7, 8 and 9, 11 by 12."),
            "are not nearly the same: where they differ, they have other numbers and names: 2 or 9, 40 or 63 (98% of",
        ),
        (
            made("a", FULL),
            made("b", article("b", text="other").text),
            "are not nearly the same: their words differ too much (0% of the shorter one's words",
        ),
        (
            made("a", FULL, published=MOMENT),
            made("b", EDITED, published=MOMENT + timedelta(days=9)),
            "not nearly the same: 9 days lie between them, and their words are not the same (7",
        ),
        (
            made("a", FULL),
            made("a", FULL.replace("white", "grey"), canonical_url="https://a.example/2"),
            "Texts of one source are not compared word by word: the source knows what it publishes twice.",
        ),
        (
            made("a", FULL),
            made("b", FULL + " More."),
            "but were not when they arrived, or the rules were different then",
        ),
        (
            made("a", FULL),
            replace(made("b", FULL + " More."), sketch=b""),
            "but they share too few of the word pairs by which similar texts are found, so they were never compared.",
        ),
        (
            made("a", FULL),
            replace(made("b", FULL + " More."), sketch=sketch(FULL)[:5]),
            "but they share too few of the word pairs by which similar texts are found, so they were never compared.",
        ),
    ],
    ids=["few words", "numbers", "words", "days", "one source", "later", "no hash", "one hash"],
)
def test_the_layer_of_likeness(one: Article, other: Article, found: str) -> None:
    exact, like = told(one, other)[:2], told(one, other)[2]
    assert exact == STRANGE
    assert found in like


def test_what_came_too_late_is_said_to_have() -> None:
    one, other = made("a", FULL), made("b", FULL + " More.")
    assert (
        "they were first seen 15 days apart, and a text is looked for among those of 14 days" in told(one, other, 15)[2]
    )


def test_two_hashes_in_common_were_enough_to_meet() -> None:
    known = sketch(FULL)
    assert (
        "were not when they arrived" in told(made("a", FULL), replace(made("b", FULL + " More."), sketch=known[:9]))[2]
    )


def test_what_came_on_the_last_day_was_not_too_late() -> None:
    assert "were not when they arrived" in told(made("a", FULL), made("b", FULL + " More."), 14)[2]


def test_texts_that_can_be_compared_are_told_of_though_short_ones_are_more_alike() -> None:
    theirs = story(made("c", BRIEF + " Да."), made("d", FULL.replace("midnight", "noon")), days=1)
    assert (
        "the texts of B and D are nearly the same"
        in reasons(story(made("a", BRIEF), made("b", FULL)), theirs, WINDOW)[-1]
    )


def test_of_several_copies_the_likest_two_are_told_of() -> None:
    mine = story(made("a", article("x", text="own").text), made("b", FULL))
    found = reasons(mine, story(made("c", FULL.replace("midnight", "noon")), days=1), WINDOW)
    assert "the texts of B and C are nearly the same" in found[2]


@pytest.mark.parametrize("order", [1, -1])
def test_a_source_that_has_a_copy_in_the_older_story_joins_nothing_more_to_it_by_words(order: int) -> None:
    older = story(made("a", FULL), made("b", FULL))
    later = story(made("b", FULL + " More.", key="b2", canonical_url="https://b.example/2"), days=1)
    assert reasons(*(older, later)[::order], WINDOW)[2].startswith("Texts of one source are not compared")


def test_an_equal_text_under_another_title_is_not_said_to_be_nearly_the_same_as_well() -> None:
    found = told(made("a", FULL), made("b", FULL))
    assert [it.partition(":")[0] for it in found] == [
        STRANGE[0],
        "A and B have the same text, but a source has that text under more than one story",
    ]


def test_under_one_address_a_teaser_is_not_too_short_to_be_compared() -> None:
    teaser = replace(made("b", " ".join(FULL.split()[:12])), canonical_url=A.canonical_url, claimed=True)
    found = told(made("a", FULL, canonical_url=A.canonical_url), keyed(teaser))[2]
    assert "one is much shorter, and may only quote the other (100% of the shorter one's words" in found


def test_one_copy_in_common_is_enough_for_a_title_and_one_with_a_text_for_none_in_common() -> None:
    namesake = keyed(replace(made("c", ""), title="Title of b"))
    found = reasons(story(made("a", ""), made("b", BRIEF)), story(namesake, made("d", FULL), days=1), WINDOW)
    assert found[1] == STRANGE[1]
    assert found[-1] == "Two copies have the same title, which alone is no proof: many stories share a title."


@pytest.mark.parametrize("texts", [("", BRIEF), (BRIEF, "")])
def test_what_has_no_text_is_not_said_to_have_another_one(texts: tuple[str, str]) -> None:
    assert told(*map(made, "ab", texts))[1:] == []


def test_what_has_no_text_is_not_said_to_have_another() -> None:
    one = made("a", "")
    assert told(one, keyed(replace(made("b", ""), title=one.title))) == [
        STRANGE[0],
        "Two copies have the same title, which alone is no proof: many stories share a title.",
    ]
