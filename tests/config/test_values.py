import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from lxml.cssselect import CSSSelector

from syndicator.config import values
from syndicator.config.misfit import MisfitError, nearest


@pytest.mark.parametrize("tag", ["ru", "en-GB", "sr-Cyrl-RS", "zh-Hant", "x-private", "i-klingon", "haw"])
def test_languages_have_the_shape_of_bcp_47(tag: str) -> None:
    assert values.language(tag) == tag


@pytest.mark.parametrize(("tag", "spelled"), [("RU", "ru"), ("rus", "ru"), ("EN-gb", "en-GB"), ("und", "und")])
def test_a_language_fits_articles_in_it_however_it_is_written(tag: str, spelled: str) -> None:
    assert values.language(tag) == spelled


@pytest.mark.parametrize(
    ("tag", "said"), [("ru_RU", "ru-RU"), ("russian", "en-GB"), ("", "en-GB"), ("рус", "en-GB"), ("en-", "en-GB")]
)
def test_a_language_that_no_reader_knows_is_refused(tag: str, said: str) -> None:
    with pytest.raises(MisfitError, match=said):
        values.language(tag)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Moscow", "Asia/Yekaterinburg", "America/Argentina/Salta"])
def test_time_zones_are_those_of_iana(zone: str) -> None:
    assert values.timezone(zone) == zone


@pytest.mark.parametrize(
    ("zone", "meant"),
    [
        ("Moscow", "Europe/Moscow"),
        ("europe/moskow", "Europe/Moscow"),
        ("new york", "America/New_York"),
        ("utc", "UTC"),
        ("MSK", "Europe/Moscow"),
        ("PDT", "America/Los_Angeles"),
        ("UTC+3", ""),
    ],
)
def test_the_nearest_time_zone_is_offered(zone: str, meant: str) -> None:
    with pytest.raises(MisfitError) as caught:
        values.timezone(zone)
    assert nearest(caught.value.word, caught.value.choices) == meant


@pytest.mark.parametrize("zone", ["", "Europe", "/etc/localtime", "../UTC", "a\0b", "x" * 5000, "MSK", "é", "UTC "])
def test_no_time_zone_leads_to_a_file_or_an_unknown_error(zone: str) -> None:
    with pytest.raises(MisfitError):
        values.timezone(zone)


@pytest.mark.parametrize(
    "selector",
    [
        "",
        "article",
        "div.news > a[href]",
        "li:not(.ad) h2",
        "time[datetime]",
        "a, b",
        "[lang|=en]",
        "*|a",
        "[id='x|y']",
    ],
)
def test_css_selectors_are_taken_that_a_page_can_be_searched_with(selector: str) -> None:
    assert values.selector(selector) == selector
    if selector:
        CSSSelector(selector, translator="html")(html.fromstring("<p>"))


@pytest.mark.parametrize(
    "selector", ["a[", "//article", "a:nonsense", "a >", "!", ":not(" * 150 + "a", "a" * 1001, "a::b", "svg|a", "[x|y]"]
)
def test_a_selector_that_could_not_be_searched_for_is_refused(selector: str) -> None:
    with pytest.raises(MisfitError, match="CSS selector"):
        values.selector(selector)


@pytest.mark.parametrize("written", ["a\x00b", "a\x1bb", "a\x7fb", "a\ufffeb"])
def test_text_that_xml_cannot_hold_is_refused(written: str) -> None:
    with pytest.raises(MisfitError, match="control character"):
        values.text(written)


def test_ids_are_fit_for_commands_and_addresses() -> None:
    assert values.source_id("nsn.fm_rss-2") == "nsn.fm_rss-2"
    assert values.channel_id("economy-2_x") == "economy-2_x"
    with pytest.raises(MisfitError, match='in small letters: "nsn"'):
        values.source_id("NSN")
    for wrong in ("", "-a", ".a", "нсн", "a b", "a" * 65, "a\n"):
        with pytest.raises(MisfitError):
            values.source_id(wrong)
    with pytest.raises(MisfitError):
        values.channel_id("a.b")  # would read as a format


@given(text=st.text(max_size=60), read=st.sampled_from((values.language, values.timezone, values.selector)))
def test_any_text_is_taken_or_refused(text: str, read: Callable[[str], object]) -> None:
    with contextlib.suppress(MisfitError):
        read(text)


def test_paths_into_json_are_taken_as_they_are_written() -> None:
    for written in ("", "$", "data.items", "$.a[0]['b c']"):
        assert values.json_path(written) == values.json_template(written) == written
    assert values.json_template("https://town.example/{slug}") == "https://town.example/{slug}"
    for wrong in ("a..b", "{a", "a b", "{a..b}", "a\x00{b}"):
        with pytest.raises(MisfitError):
            values.json_template(wrong)
    with pytest.raises(MisfitError, match="without braces"):
        values.json_path("{a}")
