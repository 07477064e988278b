"""A date that is misread puts an article in the wrong place for ever; one that is invented does so as well."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.text import dates
from syndicator.text.dates import first_date, is_whole_day, parse_date

NOW = datetime(2022, 4, 25, 12, 0, tzinfo=UTC)
CASES = tomllib.loads(Path(__file__).with_name("data").joinpath("dates.toml").read_text(encoding="utf-8"))
PIECES = (
    "25 апреля 2022 Apr 14:05 :00 +0300 MSK вчера назад минут 5 - . / T Z 24:00 60 pm 99 0000 mon янв в at , + ( ) год"
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [pytest.param(*case, id=case[0] or "empty") for group in CASES.values() for case in group.items()],
)
def test_a_date_is_read_as_its_author_meant_it(written: str, expected: str) -> None:
    found = parse_date(written, timezone="Europe/Moscow", now=NOW)
    assert found == (datetime.fromisoformat(expected).replace(tzinfo=UTC) if expected else None)


@pytest.mark.parametrize("group", ["other scripts", "more months", "passed, before and behind", "logs", "hours alone"])
def test_usual_dates_are_read_without_the_guesser_which_takes_a_hundred_times_as_long(
    group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "guess", lambda *_, **__: None)
    found = {text: parse_date(text, timezone="Europe/Moscow", now=NOW) for text in CASES[group]}
    assert [text for text, expected in CASES[group].items() if expected and not found[text]] in ([], ["vor 3 Monaten"])


@pytest.mark.parametrize("zone", ["", "Europe", "../etc/passwd", "Nowhere/Land", "\0", "x" * 5000])
def test_an_unknown_timezone_counts_as_utc(zone: str) -> None:
    assert parse_date("2022-04-25 14:05", timezone=zone, now=NOW) == datetime(2022, 4, 25, 14, 5, tzinfo=UTC)


def test_summer_and_winter_time_of_the_source_are_told_apart() -> None:
    assert parse_date("25.07.2022 14:00", timezone="Europe/Berlin", now=NOW) == datetime(2022, 7, 25, 12, tzinfo=UTC)
    assert parse_date("25.01.2022 14:00", timezone="Europe/Berlin", now=NOW) == datetime(2022, 1, 25, 13, tzinfo=UTC)


def test_hours_ago_are_hours_also_when_clocks_were_put_forward_in_between() -> None:
    now = datetime(2022, 3, 27, 12, tzinfo=UTC)
    assert parse_date("12 hours ago", timezone="Europe/Berlin", now=now) == now - timedelta(hours=12)


def test_yesterday_is_yesterday_where_the_source_is() -> None:
    late = datetime(2022, 4, 25, 22, 30, tzinfo=UTC)  # the 26th in Moscow
    assert parse_date("вчера в 10:00", timezone="Europe/Moscow", now=late) == datetime(2022, 4, 25, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "bomb", ["1" * 5000, "&#" + "9" * 5000, "25 апреля " * 1000, "1:" * 5000, "-" * 5000, "\ud800"]
)
def test_a_hostile_date_is_no_date(bomb: str) -> None:
    assert parse_date(bomb, now=NOW) is None


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=30)
    | st.lists(st.sampled_from(PIECES.split()), max_size=8).map(" ".join)
    | st.lists(st.sampled_from(PIECES.split()), max_size=8).map("".join)
)
def test_whatever_is_written_gives_a_moment_in_range_or_none(written: str) -> None:
    found = parse_date(written, timezone="Europe/Moscow", now=NOW)
    assert found is None or (found.utcoffset() == timedelta(0) and 1900 <= found.year <= 2200)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 7_258_118_400))
def test_standard_forms_survive_the_round_trip(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    for form in (
        "%a, %d %b %Y %H:%M:%S GMT",
        "%Y-%m-%dT%H:%M:%SZ",
        "%A, %d %B %Y %H:%M:%S +0000",
        "%a %b %d %H:%M:%S UTC %Y",
    ):
        assert parse_date(moment.strftime(form), timezone="Asia/Tokyo", now=NOW) == moment


@pytest.mark.parametrize("written", ["2022-04-25", "25 апреля 2022 г.", "20220425", "2022-04-25 00:00", "April 2022"])
def test_a_day_is_told_from_a_moment(written: str) -> None:
    assert is_whole_day(written, timezone="Europe/Moscow", now=NOW)


@pytest.mark.parametrize("written", ["2022-04-25 00:01", "25 апреля 2022 г., 14:05", "1650888000", "no date", ""])
def test_a_moment_is_no_day(written: str) -> None:
    assert not is_whole_day(written, timezone="Europe/Moscow", now=NOW)


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        ([], ""),
        (["soon", "2022-04-25"], "2022-04-25"),
        (["25 апреля 2022", "2022-04-26"], "25 апреля 2022"),
        (
            ["Mon, 30 Feb 2022 09:00:00 GMT", "0000-00-00", "Mon, 28 Feb 2022 09:00:00 GMT"],
            "Mon, 28 Feb 2022 09:00:00 GMT",
        ),
        (["Thu, 01 Jan 1970 00:00:00 GMT", "0", "9" * 5000, "2022-04-25"], "2022-04-25"),
        (["Thu, 01 Jan 2099 00:00:00 GMT", "2038-01-19", "9999-12-31", "2022-04-25"], "2022-04-25"),
        (["2099-01-01"], "2099-01-01"),
        (["soon", "later"], "soon"),
        (["Thu, 01 Jan 1970 00:00:00 GMT"], "Thu, 01 Jan 1970 00:00:00 GMT"),
    ],
)
def test_a_text_that_is_no_date_hides_none_behind_it(texts: list[str], first: str) -> None:
    assert first_date(texts) == first
