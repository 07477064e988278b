"""Digits and signs of other scripts: what a reader of dates knows only in ours."""

import pytest

from syndicator.text.numerals import latin, latin_digits


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2022-04-25 14:05", "2022-04-25 14:05"),
        ("25 мая, 14:05", "25 мая, 14:05"),
        ("٢٥/٠٤/٢٠٢٢", "25/04/2022"),
        ("२५/०४/२०२२", "25/04/2022"),
        ("2022年4月25日14時05分30秒", "2022-4-25 14:05:30"),
        ("2022年4月25日 14点", "2022-4-25 14:00"),
        ("2022년 4월 25일 오후 2시 5분", "2022-4-25 pm 2:05"),
        ("令和4年4月25日", "令和4年4月25日"),
        ("令和 14年4月25日", "令和 14年4月25日"),
        ("4月25日14点05", "25 apr 14:05"),
        ("22年4月25日", "25 apr 22"),
        ("2022年4月", "2022年4月"),
        ("14月5日", "14月5日"),
        ("早5時 晚上8点", "am 5:00 pm 8:00"),
        ("3時間前", "3時間前"),
        ("3小时前", "3小时前"),
        ("25 أبريل 2022 م", "25 أبريل 2022 م"),
        ("2:05 مساء", "2:05 pm"),
        ("2:05 π.μ.", "2:05 am"),
        ("2:05 мск", "2:05 мск"),
    ],
)
def test_what_another_script_counts_with_is_read_as_ours(written: str, read: str) -> None:
    assert " ".join(latin(written).split()) == read


def test_digits_keep_their_places() -> None:
    assert latin_digits("a ٢٥ ۲۵ ２５ ² Ⅳ z") == "a 25 25 25 ² Ⅳ z"


@pytest.mark.parametrize(
    "bomb",
    ["1年" * 100_000, "٢" * 300_000, "1時 " * 100_000, "1月1" * 100_000, "11年1月 " * 100_000, "12:05 μ. " * 100_000],
)
def test_a_hostile_text_is_read_in_its_length(bomb: str) -> None:
    assert len(latin(bomb)) <= 3 * len(bomb)
