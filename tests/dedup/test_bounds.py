"""The bounds that docs/deduplication.md names for nearly equal texts: at each one holds, and a word less does not."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from syndicator.dedup.compared import Content
from syndicator.dedup.near import compare, differ_at_once
from syndicator.model.noun import replace

NOW = datetime(2026, 4, 25, 12, tzinfo=UTC)
URL = "https://a.example/1"
COMMON = ["".join(it) for it in product("бвгдж", repeat=4)]
OWN = {side: ["".join(it) for it in product(letters, repeat=4)] for side, letters in (("a", "klmn"), ("b", "prst"))}
TITLE = " ".join(COMMON[:4])
OTHER_TITLE = " ".join(COMMON[4:8])


def text(said: str, **changes: object) -> Content:
    return replace(Content(title=TITLE, text=said, published=NOW), **changes)  # type: ignore[arg-type]


def made(side: str, *parts: int, **changes: object) -> Content:
    """A text of so many words of the common one, so many of its side's own, and so on in turn."""
    common, own = iter(COMMON), iter(OWN[side])
    said = [next(own if number % 2 else common) for number, count in enumerate(parts) for _ in range(count)]
    return text(" ".join(said), **changes)


BOUNDS: dict[str, tuple[str, tuple[Content, Content], tuple[Content, Content]]] = {
    "half of the shorter text": (
        "their words differ too much",
        (made("a", *[10, 10] * 5), made("b", *[10, 10] * 5)),
        (made("a", *[10, 10] * 4, 9, 11), made("b", *[10, 10] * 4, 9, 11)),
    ),
    "a third of the longer one, under one headline": (
        "most of the longer text is its own",
        (made("a", *[10, 10] * 5), made("b", *[10, 23] * 4, 10, 24)),
        (made("a", *[10, 10] * 5), made("b", *[10, 23] * 4, 10, 25)),
    ),
    "more of it, under another": (
        "most of the longer text is its own",
        (made("a", 66), made("b", 66, 54, title=OTHER_TITLE)),
        (made("a", 66), made("b", 66, 55, title=OTHER_TITLE)),
    ),
    "a longer one of twice as many words": (
        "most of the longer text is its own",
        (made("a", 60), made("b", 60, 60)),
        (made("a", 60), made("b", 60, 60, title=OTHER_TITLE)),
    ),
    "headlines that are missing are not one": (
        "most of the longer text is its own",
        (made("a", 66, title=""), made("b", 66, 54, title="")),
        (made("a", 65, title=""), made("b", 65, 55, title="")),
    ),
    "a third of four fifths": (
        "they share a passage, not the whole",
        (made("a", 66, 34), made("b", 66, 34)),
        (made("a", 65, 35), made("b", 65, 35)),
    ),
    "a text of half the length": (
        "one is much shorter, and may only quote the other",
        (made("a", 48, 12), made("b", 48, 72)),
        (made("a", 48, 12), made("b", 48, 73)),
    ),
    "an excerpt": (
        "one is much shorter, and may only quote the other",
        (made("a", 85, 15), made("b", 85, 215)),
        (made("a", 84, 16), made("b", 84, 216)),
    ),
    "a whole text without a headline": (
        "one is much shorter, and may only quote the other",
        (made("a", 95, 5, title=""), made("b", 95, 205)),
        (made("a", 94, 6, title=""), made("b", 94, 206)),
    ),
    "a hundred words of it": (
        "one is much shorter, and may only quote the other",
        (made("a", 100), made("b", 100, 200, title="")),
        (made("a", 99), made("b", 99, 201, title="")),
    ),
    "a short text": (
        "their words differ too much",
        (made("a", *[6, 6] * 5), made("b", *[6, 6] * 5)),
        (made("a", 49, 10), made("b", 49, 10)),
    ),
    "twenty words": (
        "one of the texts is too short",
        (made("a", 20), made("b", 20)),
        (made("a", 19), made("b", 19)),
    ),
    "a dateline": (
        "they begin with different news",
        (made("a", 0, 7, 60), made("b", 0, 7, 60, title=OTHER_TITLE)),
        (made("a", 0, 8, 60), made("b", 0, 8, 60, title=OTHER_TITLE)),
    ),
    "ten words where the news is": (
        "they begin with different news",
        (made("a", 4, 3, 3, 1, 60), made("b", 4, 3, 3, 1, 60, title=OTHER_TITLE)),
        (made("a", 4, 4, 2, 1, 60), made("b", 4, 4, 2, 1, 60, title=OTHER_TITLE)),
    ),
    "a headline of which half is in the other": (
        "they begin with different news",
        (made("a", 0, 9, 60), made("b", 0, 9, 60, title=" ".join(COMMON[3:5]))),
        (made("a", 0, 9, 60), made("b", 0, 9, 60, title=" ".join(COMMON[3:6]))),
    ),
    "a story told once more": (
        "one only repeats the other's news",
        (made("a", 70), made("b", 0, 30, 70, title=OTHER_TITLE)),
        (made("a", 70), made("b", 0, 31, 70, title=OTHER_TITLE)),
    ),
    "a comment at its beginning": (
        "one links to the other, and comments on it",
        (made("a", 10, 2, 13, 1, 60, links=(URL,)), made("b", 90, url=URL)),
        (made("a", 10, 2, 12, 1, 60, links=(URL,)), made("b", 90, url=URL)),
    ),
    "days between": (
        "4 days lie between them, and their words are not the same",
        (made("a", *[16, 4] * 5), made("b", *[16, 4] * 5, published=NOW + timedelta(days=4))),
        (made("a", *[16, 4] * 4, 15, 5), made("b", *[16, 4] * 4, 15, 5, published=NOW + timedelta(days=4))),
    ),
}


@pytest.mark.parametrize(("against", "near", "far"), BOUNDS.values(), ids=BOUNDS)
def test_what_the_documentation_says_of_shares_is_what_counts(
    against: str, near: tuple[Content, Content], far: tuple[Content, Content]
) -> None:
    assert compare(*near).against == ""
    assert not differ_at_once(*near)
    assert compare(*far).against == against


def with_numbers(side: str, shared: int, own: int, words: int = 100, name: str = "", **changes: object) -> Content:
    """A common text that counts so many things as the other one, and so many that only this one counts."""
    said = COMMON[:words]
    for number in range(shared):
        said.insert(2 + 7 * number, f"5{number}")
    for number in range(own):
        said.insert(4 + 7 * (number + shared) + 3 * (side == "b"), name or f"{6 + (side == 'b')}{number}")
    return text(" ".join(said), **changes)


@pytest.mark.parametrize(
    ("here", "there", "days", "against"),
    [
        ((0, 2), (0, 2), 0, ""),
        ((0, 3), (0, 3), 0, "their numbers differ: 60, 61, 62 here, 70, 71, 72 there"),
        ((5, 5), (5, 5), 0, ""),
        ((4, 6), (4, 6), 0, "their numbers differ: 60, 61, 62 here, 70, 71, 72 there"),
        ((4, 6), (4, 4), 0, ""),
        ((4, 4), (4, 6), 0, ""),
        ((4, 6), (4, 4, 110), 0, ""),
        ((0, 2), (0, 3), 0, ""),
        ((0, 3), (0, 2, 110), 0, ""),
        ((5, 2), (5, 2), 3, ""),
        ((6, 2), (6, 2), 4, ""),
        ((5, 2), (5, 2), 4, "their numbers differ: 60, 61 here, 70, 71 there"),
        ((2, 1), (2, 1), 4, "their numbers differ: 60 here, 70 there"),
        ((0, 1, 59), (0, 1, 59), 0, ""),
        ((0, 1, 58), (0, 1, 58), 0, "their numbers differ: 60 here, 70 there"),
        ((0, 1, 59, "Klmn"), (0, 1, 59, "Prst"), 0, ""),
        ((0, 1, 58, "Klmn"), (0, 1, 58, "Prst"), 0, "their names differ: klmn here, prst there"),
    ],
)
def test_half_of_all_numbers_or_names_may_differ_and_a_quarter_after_days(
    here: tuple[int, int], there: tuple[int, int], days: int, against: str
) -> None:
    late = NOW + timedelta(days=days)
    assert compare(with_numbers("a", *here), with_numbers("b", *there, published=late)).against == against


def test_names_in_the_same_two_places_are_a_form() -> None:
    form = " ".join([*COMMON[:9], "{}", *COMMON[9:18], "{}", *COMMON[18:80]])
    one, other = (text(form.format(*names)) for names in (("Klmn", "Lmnk"), ("Prst", "Rstp")))
    against = "where they differ, they have other numbers and names: klmn or prst, lmnk or rstp"
    assert compare(one, other).against == against


def test_what_is_not_known_of_dates_addresses_and_headlines_speaks_against_nothing() -> None:
    undated = made("a", *[15, 5] * 5, published=None)
    assert compare(undated, made("b", *[15, 5] * 5)).holds
    assert compare(made("a", *[15, 5] * 5), made("b", *[15, 5] * 5, published=None)).holds
    assert compare(made("a", *[15, 5] * 5), made("b", *[15, 5] * 5, published=NOW + timedelta(days=3))).holds
    assert compare(made("a", 10, 3, 60, links=("",)), made("b", 73, url="")).holds
    for titles in ((f"{TITLE} 99", TITLE), (TITLE, f"{TITLE} 99")):
        assert compare(*(made(side, 60, title=title) for side, title in zip("ab", titles, strict=True))).holds


@pytest.mark.parametrize("titles", [("", ""), (TITLE, ""), ("", TITLE)])
def test_a_headline_that_is_missing_is_like_none(titles: tuple[str, str]) -> None:
    one, other = (made(side, 0, 9, 60, title=title) for side, title in zip("ab", titles, strict=True))
    assert compare(one, other).against == "they begin with different news"
