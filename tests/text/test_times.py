"""A time of day, wherever it stands in a line, and the zone beside it. Whole dates: test_dates.py."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from syndicator.text.times import TimeOfDay, take_loose, take_time, zone_of

SOME_DAY = datetime(2022, 4, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("folded", "time"),
    [
        ("14:05", (14, 5, 0, 0)),
        ("14h05", (14, 5, 0, 0)),
        ("14:05:09.5", (14, 5, 9, 500_000)),
        ("14:05:09,1234567", (14, 5, 9, 123_456)),
        ("2:05 p.m.", (14, 5, 0, 0)),
        ("12 am", (0, 0, 0, 0)),
        ("12 pm", (12, 0, 0, 0)),
        ("pm 2:05", (14, 5, 0, 0)),
    ],
)
def test_a_time_of_day_is_read_however_it_is_written(folded: str, time: tuple[int, ...]) -> None:
    assert take_time(folded) == (TimeOfDay(*time), " ")


@pytest.mark.parametrize("folded", ["25.04.2022", "1:2", "14:055", "ratio 3:2:1", "noon"])
def test_what_is_no_time_of_day_stays_in_the_text(folded: str) -> None:
    assert take_time(folded) == (None, folded)


def test_a_time_with_dots_and_an_hour_alone_are_one_behind_a_date() -> None:
    assert take_loose("ore 14.05") == (TimeOfDay(14, 5), "ore  ")
    assert take_loose("2 jan, 9.05.30 gmt") == (TimeOfDay(9, 5, 30, zone=UTC), "2 jan,  ")
    assert take_loose(" 14:5:9 +0300") == (TimeOfDay(14, 5, 9, zone=timezone(timedelta(hours=3))), "  ")
    assert take_loose(" um 14 uhr") == (TimeOfDay(14), " um  ")
    for other in (
        "",
        " 25.04",
        " 14.05.2022",
        " v1.14.05",
        " 14.65",
        " 14:5",
        " 14:5:9:1",
        " 14",
        " 25h",
        " 14 hours",
        " 114h",
    ):
        assert take_loose(other) == (None, other)


def test_the_text_around_it_is_left() -> None:
    assert take_time("25 apr 2022 14:05 msk, moscow")[1] == "25 apr 2022  , moscow"


@pytest.mark.parametrize(
    ("folded", "hours"),
    [
        ("14:05 +0300", 3),
        ("14:05 -03:30", -3.5),
        ("14:05 msk", 3),
        ("14:05 (мск)", 3),
        ("14:05 gmt+3", 3),
        ("14:05 msk+2", 5),
        ("14:05 msk+0300", 3),
        ("14:05 europe/moscow", 3),
    ],
)
def test_the_zone_beside_it_is_its_own(folded: str, hours: float) -> None:
    time, _ = take_time(folded)
    assert time is not None
    assert time.zone is not None
    assert time.zone.utcoffset(SOME_DAY.replace(tzinfo=None)) == timedelta(hours=hours)


def test_a_time_without_a_zone_has_none_and_a_zone_that_nobody_knows_is_utc() -> None:
    assert TimeOfDay(14, 5) == take_time("14:05")[0]
    assert zone_of("Nowhere/Land") is UTC
