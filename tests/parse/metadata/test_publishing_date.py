"""When a page was published, by its address, its scripts and the dates found on it. Finding them: test_byline.py."""

import pytest

from support.pages import ADDRESS, opened
from syndicator.parse.metadata.publishing_date import is_whole, publishing_date
from syndicator.text.datelines import Dated

TODAY = Dated("", "Сегодня 14:05", "", whole=False)


def date(*seen: str | Dated, url: str = ADDRESS, body: str = "<p>x") -> str:
    dates = [it if isinstance(it, Dated) else Dated("", it, "", whole=True) for it in seen]
    return publishing_date(opened(body, url), dates)


def test_the_address_decides_between_dates_and_stands_in_for_none() -> None:
    url = "https://courier.example/2022/04/25/tram"
    assert date("10 марта 2020", "25 апреля 2022 14:05", url=url) == "25 апреля 2022 14:05"
    assert date("26.04.2022", url=url) == "26.04.2022"  # in another zone it is the day after
    assert date("27.04.2022", url=url) == "2022-04-25"
    assert date(url=url) == "2022-04-25"


@pytest.mark.parametrize(
    "path",
    [
        "2022/ECONOMY/04/25/tram/index.html",
        "2022/apr/25/tram",
        "20220425/tram",
        "a/2022-04-25-tram",
        "25/04/2022/",
        "news/2022/4/25/tram",
    ],
)
def test_a_date_in_an_address_is_read_in_every_usual_order(path: str) -> None:
    assert date(url=f"https://x.example/{path}") == "2022-04-25"


@pytest.mark.parametrize(
    "title",
    [
        "Мост закрыт - РИА Новости, 25.04.2022",
        "Bridge closed | DW | 25.04.2022",
        "Мост закрыт - 25 апреля 2022 - Школьный сайт",
    ],
)
def test_a_date_behind_the_headline_in_the_title_decides_as_one_in_the_address_does(title: str) -> None:
    head = f"<head><title>{title}</title></head><body><p>x"
    assert date(body=head) == "2022-04-25"
    assert date("10 марта 2020", "25 апреля 2022 14:05", body=head) == "25 апреля 2022 14:05"


def test_a_date_in_the_headline_is_none_of_publishing() -> None:
    for title in ("25.04.2022", "What happened on April 25, 2022 | Courier", "25 апреля 2022: хроника дня - Курьер"):
        assert date(body=f"<head><title>{title}</title></head><body><p>x") == ""


@pytest.mark.parametrize("path", ["2022/44/25/", "2022/04/", "1822/04/25/", "2022/xyz/25/a"])
def test_other_numbers_in_an_address_are_no_date(path: str) -> None:
    assert date(url=f"https://courier.example/{path}") == ""


def test_the_state_of_an_application_is_asked_when_it_knows_one_date_only() -> None:
    state = '<script>window.S={"a":{"publishedAt":"2022-04-25T14:05:00Z"%s}}</script>'
    assert date(body=state % "") == "2022-04-25T14:05:00Z"
    assert date(body='<script>{"published_dt":"2022-04-25T14:05:00Z"}</script>') == "2022-04-25T14:05:00Z"
    assert date(body=state % ',"b":{"publishedAt":"2021-01-01T00:00:00Z"}') == ""


def test_a_day_in_the_address_has_the_time_that_the_page_shows_with_it() -> None:
    url = "https://x.example/2022/04/25/a"
    assert date(Dated("", "25 апреля 14:05", "", whole=False), url=url) == "2022-04-25T14:05"
    assert date(Dated("", "26 апреля 14:05", "", whole=False), url=url) == "2022-04-25"
    assert date(Dated("", "25 апреля 14:05", "", whole=False), "25.04.2022", url=url) == "25.04.2022"


def test_a_date_that_depends_on_today_is_the_last_resort() -> None:
    assert date(TODAY) == "Сегодня 14:05"
    assert date(TODAY, "25.04.2022") == "25.04.2022"
    assert date(TODAY, url="file:///srv/a.html") == ""
    assert date(TODAY, url="https://x.example/2022/04/25/a") == "2022-04-25"


def test_a_date_older_than_the_web_is_none() -> None:
    assert date("14 августа 1945", "25.04.2022") == "25.04.2022"
    assert date("14 августа 1945") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25.04.2022", True),
        ("2022-04-25T10:05Z", True),
        ("10:05", False),
        ("3 hours ago", False),
        ("вчера, 14:05", False),
    ],
)
def test_a_date_is_whole_if_it_is_the_same_whenever_it_is_read(text: str, expected: bool) -> None:
    assert is_whole(text) is expected
