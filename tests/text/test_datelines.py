from datetime import UTC, datetime

import pytest

from syndicator.text.datelines import find_dates
from syndicator.text.dates import parse_date

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)


def moments(line: str, **how: bool) -> list[str]:
    found = (parse_date(it.text, now=NOW) for it in find_dates(line, **how))
    return [it.strftime("%Y-%m-%d %H:%M") for it in found if it]


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("Опубликовано: 25 апреля 2022, 14:05 | Москва", "2022-04-25 14:05"),
        ("14:05, 25 апреля 2022", "2022-04-25 14:05"),
        ("25.04.2022 в 14:05", "2022-04-25 14:05"),
        ("25-04-2022, 14:05 | Новости | Просмотров: 341", "2022-04-25 14:05"),
        ("25 апр. 2022 г., 14:05", "2022-04-25 14:05"),
        ("Posted on 25 April 2022 by Jane Doe, 12 comments", "2022-04-25 00:00"),
        ("Mon, Apr 25th, 2022 at 2:05 p.m. EDT", "2022-04-25 18:05"),
        ("Montag, 25. April 2022, 14.05 Uhr", "2022-04-25 14:05"),
        ("Publié le 25 avril 2022 à 14h05", "2022-04-25 14:05"),
        ("Jueves, 25 de abril de 2022 a las 14.05", "2022-04-25 14:05"),
        ("2022年4月25日 14:05 来源：新华社", "2022-04-25 14:05"),
        ("प्रकाशित: 25 मई 2022, 14:05", "2022-05-25 14:05"),
        ("5 қыркүйек 2022, 16:20", "2022-09-05 16:20"),
        ("25 Nisan 2022 14:05", "2022-04-25 14:05"),
        ("25. dubna 2022 14:05", "2022-04-25 14:05"),
        ("2022. április 25., 14:05", "2022-04-25 14:05"),
        ("2022. 04. 25. 14:05", "2022-04-25 14:05"),
        ("maandag 2 mei 2022, 14:05", "2022-05-02 14:05"),
        ("Stand: 2022-04-25T14:05:00+03:00", "2022-04-25 11:05"),
        ("25 АПР, 14:05", "2024-04-25 14:05"),
        ("Вчера, 14:05", "2024-05-31 14:05"),
        ("Published 2:05 PM ET, Mon April 25, 2022", "2022-04-25 18:05"),
        ("April 25, 2022 at 2:05 p.m. PT | Updated", "2022-04-25 21:05"),
        ("Updated 14:05 ET, April 25, 2022", "2022-04-25 18:05"),
        ("25 avril 2022 à 14:05 et mis à jour le soir", "2022-04-25 14:05"),
        ("5. listopada 2022. u 14:05", "2022-10-05 14:05"),
        ("25.04.2022. 14:05", "2022-04-25 14:05"),
        ("25 abril 2022, 2:05 p. m.", "2022-04-25 14:05"),
        ("Publié le 25 avril 2022 à 14 h 05", "2022-04-25 14:05"),
        ("Le 25/04/2022 à 14:05 et mis en ligne", "2022-04-25 14:05"),
        ("الاثنين ٢٥ أبريل ٢٠٢٢ - ١٤:٠٥", "2022-04-25 14:05"),
        ("Pondělí 25. 4. 2022 v 14:05", "2022-04-25 14:05"),
        ("Vydáno 25. 4. 2022, 14:05", "2022-04-25 14:05"),
        ("2022 m. balandžio 25 d. 14:05", "2022-04-25 14:05"),
        ("2022. gada 25. aprīlis, 14:05", "2022-04-25 14:05"),
        ("2022 ж. 25 сәуір, 14:05", "2022-04-25 14:05"),
        ("25 d’abril de 2022, 14:05", "2022-04-25 14:05"),
        ("Senin, 25 April 2022 | 14:05 WIB", "2022-04-25 07:05"),
        ("25 Nisan 2022, saat 14:05", "2022-04-25 14:05"),
        ("25 aprilie 2022, ora 14:05", "2022-04-25 14:05"),
        ("maanantai 25.4.2022 klo 14.05", "2022-04-25 14:05"),
        ("25 اپریل، 2022", "2022-04-25 00:00"),
        ("25\u200f/04\u200f/2022 14:05", "2022-04-25 14:05"),
        ("دوشنبه ۵ اردیبهشت ۱۴۰۱ ساعت ۱۴:۰۵", "2022-04-25 14:05"),
        ("เผยแพร่ 25 เม.ย. 65 เวลา 14.05 น.", "2022-04-25 14:05"),
        ("Cập nhật ngày 25 tháng 4, 2022 lúc 14:05", "2022-04-25 14:05"),
        ("25 Apr 22", "2022-04-25 00:00"),
        ("25-апр-22 14:05", "2022-04-25 14:05"),
    ],
)
def test_a_date_is_found_in_its_line(line: str, moment: str) -> None:
    assert moments(line) == [moment]


@pytest.mark.parametrize(
    "line",
    [
        "3 hours ago",
        "May 2022",
        "25 апреля",
        "Сегодня",
        "/2022/04/25/",
        "Version 10.12",
        "+7 495 123-45-67",
        "25 Foo 2022",
        "25 May 22 people met",
        "Chapter 1. 2. 34",
    ],
)
def test_what_is_no_whole_date_is_left_alone(line: str) -> None:
    assert moments(line) == []


def test_a_line_may_hold_two_and_each_has_its_own_time() -> None:
    assert moments("14:05 25.04.2022 (обновлено: 15:48 26.04.2022)") == ["2022-04-25 14:05", "2022-04-26 15:48"]


def test_a_year_before_a_whole_date_is_not_its_year() -> None:
    assert moments("© 2022 25 April 2021") == ["2021-04-25 00:00"]
    assert moments("Copyright 2022. 3 May 2021, 14:05") == ["2021-05-03 14:05"]


def test_what_stands_around_a_date_is_known_also_where_the_date_was_rewritten() -> None:
    line = "انتشار: ۵ اردیبهشت ۱۴۰۱ به‌روزرسانی: ۶ اردیبهشت ۱۴۰۱ تهران"
    first, second = find_dates(line)
    assert (first.before, second.after) == ("انتشار: ", " تهران")
    assert second.before.endswith(" به‌روزرسانی: ")


def test_americans_write_the_month_first_and_nobody_else() -> None:
    assert moments("04/05/2022 10:00 PM", month_first=True) == ["2022-04-05 22:00"]
    assert moments("04/05/22", month_first=True) == ["2022-04-05 00:00"]
    assert moments("04/05/2022") == ["2022-05-04 00:00"]


def test_a_weekday_tells_whether_the_month_goes_first() -> None:
    assert moments("Submitted by jo on Tue, 04/05/2022 - 14:05") == ["2022-04-05 14:05"]
    assert moments("Wed, 04/05/2022 - 14:05") == ["2022-05-04 14:05"]
    assert moments("Fri, 04/05/2022") == ["2022-05-04 00:00"]
    assert moments("Tue, 99/05/2022") == []
    assert moments("25/04/2022", month_first=True) == ["2022-04-25 00:00"]


def test_what_depends_on_today_is_told_from_what_does_not() -> None:
    assert [it.whole for it in find_dates("Сегодня, 14:05")] == [False]
    assert [it.whole for it in find_dates("25 апреля, 14:05")] == [False]
    assert [it.whole for it in find_dates("25 апреля 2022")] == [True]
