"""Days as Thai, Persian and Vietnamese pages write them; `data/dates.toml` has more of them."""

from datetime import date, timedelta

import pytest

from syndicator.text.calendars import iso_days


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("25 ม.ค. 2565", "2022-01-25"),
        ("อังคาร 25 ธันวาคม ค.ศ. 2021, 14:05", "อังคาร 2021-12-25, 14:05"),
        ("25 ม.ค. 22", "2022-01-25"),
        ("25 ม.ค. 14:05", "25 ม.ค. 14:05"),
        ("มกราคม 2565", "มกราคม 2565"),
        ("5 تیر 1401", "2022-06-26"),
        ("5 تیر 2022", "5 تیر 2022"),
        ("5 اردیبهشت، 1401", "2022-04-25"),
        ("5\u00a0تیر\u00a01401", "2022-06-26"),
        ("30 اسفند 1399", "2021-03-20"),
        ("30 اسفند 1401", "30 اسفند 1401"),
        ("31 مهر 1401", "31 مهر 1401"),
        ("5 THÁNG MƯỜI MỘT 2021", "2021-11-05"),
        ("tháng 5, 2021", "tháng 5, 2021"),
        ("25 April 2022", "25 April 2022"),
        ("25 апреля 2022", "25 апреля 2022"),
    ],
)
def test_only_what_is_such_a_day_is_rewritten(written: str, read: str) -> None:
    assert iso_days(written) == read


def test_the_persian_year_begins_in_march_and_has_a_leap_day_when_it_should() -> None:
    first = {year: date.fromisoformat(iso_days(f"1 فروردین {year}")) for year in range(1380, 1412)}
    assert all(it.month == 3 and it.day in {20, 21} for it in first.values())
    leap = {year for year in range(1380, 1411) if first[year + 1] - first[year] == timedelta(days=366)}
    assert leap == {1383, 1387, 1391, 1395, 1399, 1403, 1408}


@pytest.mark.parametrize("bomb", ["1 ม.ค. " * 50_000, "1 تیر 14" * 50_000, "tháng mười " * 50_000])
def test_a_hostile_text_is_read_in_its_length(bomb: str) -> None:
    assert len(iso_days(bomb)) <= 3 * len(bomb)
