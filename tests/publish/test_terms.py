from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from support.builders import MOMENT, make_article
from syndicator.model.rights import Rights
from syndicator.publish.terms import EXCERPT, Showing, is_open, showing

BY = "https://creativecommons.org/licenses/by/4.0/"


def shown(republish: Any = "full", **declared: Any) -> Showing:
    return showing(make_article(terms=Rights(**declared)), republish, MOMENT)


@pytest.mark.parametrize("republish", ["headline", "excerpt", "full"])
def test_where_a_page_declares_nothing_the_operator_decides(republish: Any) -> None:
    assert shown(republish) == Showing(mode=republish)


@pytest.mark.parametrize(
    ("declared", "mode"),
    [
        ({"robots": ("noindex",)}, "nothing"),
        ({"robots": ("none",)}, "nothing"),
        ({"robots": ("nofollow", "noindex")}, "nothing"),
        ({"robots": ("nosnippet",)}, "headline"),
        ({"max_snippet": 0}, "headline"),
        ({"max_snippet": 50}, "excerpt"),
        ({"max_snippet": -1}, "full"),
        ({"tdm": True}, "excerpt"),
        ({"tdm": False}, "full"),
        ({"robots": ("index", "follow", "all", "nofollow", "noarchive")}, "full"),
    ],
)
def test_what_a_page_forbids_is_not_shown(declared: dict[str, Any], mode: str) -> None:
    assert shown("full", **declared).mode == mode


def test_between_mechanisms_any_no_holds() -> None:
    assert shown("full", robots=("nosnippet",), tdm=False, license=BY).mode == "headline"
    assert shown("licensed", tdm=True, license=BY).mode == "excerpt"
    assert shown("full", robots=("noindex",), max_snippet=100).mode == "nothing"


def test_a_setting_can_be_stricter_than_a_page_and_never_laxer() -> None:
    assert shown("headline", max_snippet=200, license=BY).mode == "headline"
    assert shown("excerpt", license=BY).mode == "excerpt"


@pytest.mark.parametrize(("declared", "most"), [(None, EXCERPT), (-1, EXCERPT), (50, 50), (10_000, EXCERPT)])
def test_a_page_may_shorten_the_excerpt(declared: int | None, most: int) -> None:
    assert shown(max_snippet=declared).excerpt == most


@pytest.mark.parametrize(
    ("licence", "is_one"),
    [
        (BY, True),
        ("http://creativecommons.org/licenses/by-sa/3.0/deed.ru", True),
        ("https://creativecommons.org/publicdomain/zero/1.0/", True),
        ("https://www.creativecommons.org/publicdomain/mark/1.0/", True),
        ("https://creativecommons.org/licenses/by-nc/4.0/", False),
        ("https://creativecommons.org/licenses/by-nd/4.0/", False),
        ("https://creativecommons.org.evil.example/licenses/by/4.0/", False),
        ("https://evil.example/?https://creativecommons.org/licenses/by/4.0/", False),
        ("https://creativecommons.org/licenses/", False),
        ("https://vestnik.example/licence", False),
        ("", False),
    ],
)
def test_only_a_licence_for_everybody_and_everything_stands_for_leave(licence: str, is_one: bool) -> None:
    assert is_open(licence) == is_one
    assert shown("licensed", license=licence).mode == ("full" if is_one else "excerpt")


@pytest.mark.parametrize(
    ("written", "hidden"),
    [
        ("2026-03-05T13:59:59Z", True),
        ("2026-03-05T14:00:00Z", True),
        ("2026-03-05T14:00:01Z", False),
        ("Thursday, 05-Mar-26 13:00:00 UTC", True),
        ("some day", False),
        ("", False),
    ],
)
def test_an_article_disappears_when_its_page_says_so(written: str, hidden: bool) -> None:
    assert (shown(unavailable_after=written).mode == "nothing") == hidden


def test_when_it_is_to_disappear_is_told_beforehand() -> None:
    assert shown(unavailable_after="2026-04-01T00:00:00Z").until == datetime(2026, 4, 1, tzinfo=UTC)
    assert shown().until is None
    assert showing(make_article(), "full", MOMENT + timedelta(days=9999)).mode == "full"


def test_pictures_that_are_not_to_be_shown_are_not() -> None:
    assert not shown(robots=("noimageindex",)).image
    assert shown(robots=("noarchive",)).image


def test_an_advertisement_is_told() -> None:
    assert showing(make_article(sponsored=True), "full", MOMENT).sponsored
    assert not shown().sponsored
