import time

import pytest
from lxml.html import fromstring

from syndicator.parse.metadata.title_lines import title_line

LINE = "Мост закрыли на ремонт"


@pytest.mark.parametrize("title", [LINE, f"{LINE}-Курьер", f"{LINE} | Курьер", f"{LINE.upper()}_Курьер"])
@pytest.mark.parametrize("tag", ["div", "td", "b", "font"])
def test_the_line_that_the_title_begins_with_is_the_headline(title: str, tag: str) -> None:
    page = fromstring(f"<div><table><tr><td>Курьер</td></tr><tr><{tag} class=h>{LINE}</{tag}></tr></table></div>")
    found = title_line(page, title)
    assert found is not None
    assert found.text == LINE


@pytest.mark.parametrize(
    ("line", "title", "is_headline"),
    [
        ("市长宣布大桥明年通车", "市长宣布大桥明年通车 本市交通局", True),
        ("시장은 다리가 내년에", "시장은 다리가 내년에 개통된다", False),
        (LINE, f"{LINE} - Курьер, газета города", True),
        (LINE, f"{LINE} до мая", False),
    ],
)
def test_a_space_ends_a_line_where_words_have_none_between_them(line: str, title: str, *, is_headline: bool) -> None:
    page = fromstring(f"<section><div>{line}</div></section>")
    assert (title_line(page, title) is not None) is is_headline


@pytest.mark.parametrize(
    "markup",
    [
        "<div>{}, говорят</div>",
        "<a href='/b'><b>{}</b></a>",
        "<nav><div>{}</div></nav>",
        "<div class='breadcrumbs'><span>{}</span></div>",
        "<ul><li><span>{}</span></li></ul>",
    ],
)
def test_a_link_a_menu_and_a_path_are_no_headline(markup: str) -> None:
    assert title_line(fromstring(f"<section>{markup.format(LINE)}</section>"), f"{LINE} | Курьер") is None


@pytest.mark.parametrize("title", [f"{LINE} до мая", f"{LINE} | Самый подробный городской портал Курьер", "", "Курьер"])
def test_a_line_that_is_not_most_of_the_title_is_none(title: str) -> None:
    assert title_line(fromstring(f"<section><div>{LINE}</div></section>"), title) is None


def test_a_page_of_such_lines_takes_a_moment() -> None:
    page = fromstring(f"<section>{f'<div>{LINE}<b>x</b></div>' * 50_000}</section>")
    started = time.process_time()
    assert title_line(page, LINE) is None
    assert time.process_time() - started < 2
