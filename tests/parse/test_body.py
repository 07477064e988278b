from typing import Any

import pytest

from syndicator.model.article import Text
from syndicator.model.social import Credit
from syndicator.model.state import Boilerplate
from syndicator.parse.body import MAX_HTML, Body, Publisher, read_body
from syndicator.social.repeats import digest

STORY = "<p>Столичные власти расширят программу поддержки заводов, сообщил «НСН» представитель департамента.</p>"
MORE = "<p>«Мы рассчитываем, что выпуск вырастет на семь процентов», — отметил он на встрече с журналистами.</p>"


def read(value: str, **changes: Any) -> Body:
    options = {
        "page_url": "https://nsn.fm/a",
        "publisher": Publisher(site_url="https://nsn.fm/", names=("НСН",)),
        "base": "https://nsn.fm/a",
        "title": "",
        "section": "",
    }
    return read_body(Text(value=value, html=changes.pop("html", True)), **{**options, **changes})


def test_the_footer_goes_and_what_it_says_is_kept() -> None:
    body = read(
        f'{STORY}{MORE}<p>Подписывайтесь на НСН: <a href="/news">Новости</a> | Дзен | <a href="https://t.me/nsnfm">Telegram</a></p>'
        "<p>ФОТО: Владимир Ефимов</p>"
    )
    assert body.text.count("\n") == 1
    assert "Подписывайтесь" not in body.html + body.text
    assert body.credits == (Credit(role="photographer", name="Владимир Ефимов"),)
    assert [(it.platform, it.url) for it in body.social] == [
        ("site", "https://nsn.fm/news"),
        ("dzen", ""),
        ("telegram", "https://t.me/nsnfm"),
    ]
    assert [(it.position, it.line_class) for it in body.removed] == [(2, "subscribe"), (3, "credit")]


def test_a_film_is_linked_to_wherever_it_stands_and_adds_nothing_to_the_text() -> None:
    film = '<div><iframe src="https://rutube.ru/play/embed/abc1"></iframe></div>'
    footer = '<p>Подписывайтесь на НСН: <a href="https://t.me/nsnfm">Telegram</a></p>'
    without = read(f"{STORY}{MORE}{footer}")
    for value in (f"{STORY}{film}{MORE}{footer}", f"{STORY}{MORE}{film}{footer}", f"{STORY}{MORE}{footer}{film}"):
        body = read(value)
        assert '<p><a href="https://rutube.ru/video/abc1">rutube.ru/video/abc1</a></p>' in body.html
        assert (body.text, body.said, body.paragraphs) == (without.text, without.said, without.paragraphs)
        assert body.social == without.social


@pytest.mark.parametrize("html", [True, False])
def test_a_footer_behind_a_mere_line_break_goes_too(html: bool) -> None:
    lines = ["Столичные власти расширят программу поддержки заводов, сообщил «НСН» представитель департамента."] * 2
    footer = ["Подписывайтесь на НСН: Дзен | VK", "ФОТО: Владимир Ефимов"]
    body = read(("<br/>" if html else "\n").join([*lines, *footer]), html=html)
    assert body.text == "\n".join(lines)
    assert body.html == f"<p>{lines[0]}<br>{lines[1]}</p>"
    assert [it.text for it in body.removed] == footer
    assert [it.name for it in body.credits] == ["Владимир Ефимов"]


@pytest.mark.parametrize(
    "value",
    [
        "<p>Стихи:<br>Подписывайтесь, <b>сказал<br>поэт</b></p>",
        "<p>Первая строка<br>«Подписывайтесь на VK»</p>",
        "<p>Первая строка<br>вторая строка</p>",
    ],
)
def test_a_paragraph_with_line_breaks_stays_one(value: str) -> None:
    assert read(STORY + value).html.endswith(value)


@pytest.mark.parametrize("above", [0, 2])
def test_addresses_at_the_end_are_called_to_by_the_line_that_they_stand_under(above: int) -> None:
    story = ["Столичные власти расширят программу поддержки заводов, сообщил представитель департамента."] * above
    list_of = [
        "Подписывайтесь на нас:",
        "Telegram: https://t.me/nsnfm",
        "VK: https://vk.com/nsnfm",
        "ФОТО: Анна Первая",
    ]
    body = read(f"{STORY * 3}<p>{'<br>'.join([*story, *list_of])}</p>")
    assert body.text.count("\n") == 2 + above
    assert "nsnfm" not in body.text
    assert [it.url for it in body.social] == ["https://t.me/nsnfm", "https://vk.com/nsnfm"]
    assert [it.name for it in body.credits] == ["Анна Первая"]


def test_captions_stay_in_a_body_and_whom_they_credit_is_known() -> None:
    caption = '<figcaption>Завод. <span class="copyright">Анна Первая / ТАСС</span></figcaption>'
    body = read(f"{STORY}<figure><img src='/a.jpg'>{caption}</figure>{MORE}")
    assert "Завод. Анна Первая / ТАСС" in body.text
    assert body.credits == (Credit(role="photographer", name="Анна Первая", agency="ТАСС"),)


def test_a_line_of_advertising_says_that_a_story_is_paid_for() -> None:
    assert read(f"{STORY}{MORE}<p>erid: 2VtzqwAbCdE9</p>").sponsored
    assert not read(f"{STORY}{MORE}<p>Реклама</p>").sponsored
    assert not read(f"{STORY}{MORE}").sponsored


def test_a_body_of_which_too_much_would_go_is_flagged() -> None:
    short = read("<p>Коротко.</p><p>Подписывайтесь на НСН: Дзен | VK</p>")
    assert (short.flagged, short.removed) == (True, ())
    assert not read(f"{STORY}{MORE}<p>Подписывайтесь на НСН: Дзен | VK</p>").flagged
    learned = Boilerplate(cut=frozenset([digest("Эфир в девять.")]))
    assert read("<p>Эфир в девять.</p>", boilerplate=learned).flagged
    assert not read(f"{STORY}{MORE}<p>Эфир в девять.</p>", boilerplate=learned).flagged


@pytest.mark.parametrize("section", ["Экономика Москвы", ""])
def test_rubric_and_headline_on_top_are_not_part_of_the_story(section: str) -> None:
    body = read(
        f"<p>Экономика Москвы</p><h2>Москва поддержит&nbsp;заводы.</h2>{STORY}{MORE}<p>ФОТО: Владимир Ефимов</p>",
        title="Москва поддержит заводы", section=section,
    )  # fmt: skip
    assert body.section == "Экономика Москвы"
    assert body.text.startswith("Столичные")
    assert [(it.position, it.line_class) for it in body.removed] == [(0, "heading"), (1, "heading"), (4, "credit")]


def test_a_body_that_is_only_the_headline_stays() -> None:
    body = read("<p>Голова</p>", title="Голова", section="Голова")
    assert body.text == "Голова"


@pytest.mark.parametrize(("url", "stays"), [("https://shop.example/crisps", True), ("/a", False)])
def test_a_headline_that_leads_to_another_site_is_the_story(url: str, stays: bool) -> None:
    value = f'<p>Crisps with <a href="{url}">a taste</a>?</p><p>(<a href="/a">Link</a>)</p>'
    body = read(value, title="Crisps with a taste?")
    assert ("Crisps" in body.html) == stays
    elsewhere = read(value, title="Crisps with a taste?", page_url="https://other.example/a")
    assert ("Crisps" in elsewhere.html) == stays, "a source's own site is no other one, wherever its page is"


def test_a_first_line_that_is_not_repeated_stays() -> None:
    body = read(f"<p>Коротко</p>{STORY}{MORE}", title="Голова")
    assert body.text.startswith("Коротко")
    assert (body.section, body.removed) == ("", ())


def test_a_picture_is_found_even_where_its_line_is_cut() -> None:
    body = read(f'{STORY}{MORE}<p><img src="/i.jpg"> ФОТО: Владимир Ефимов</p>')
    assert body.images == ("https://nsn.fm/i.jpg",)
    assert "<img" not in body.html


def test_empty_lines_are_paragraphs_where_there_is_no_tag() -> None:
    body = read("One &amp;\n two.\n \n\nThree.\r\n\r\nFour.")
    assert body.text == "One & two.\nThree.\nFour."
    assert body.html.count("<p>") == 3
    assert read("<b>One</b>\n\ntwo").text == "One two"


def test_plain_text_keeps_its_signs_and_its_paragraphs() -> None:
    body = read("1 < 2 & <b>\n\nВторой абзац", html=False)
    assert body.text == "1 < 2 & <b>\nВторой абзац"
    assert "<b>" not in body.html


@pytest.mark.parametrize(
    "value",
    ["<p>слово</p>" * 90_000, "<b>" * 300_000, "<" * 300_000, "&" * 250_000, "<p>" + "\"'" * 300_000, "x" * 3_000_000],
)
def test_a_body_without_end_is_cut(value: str) -> None:
    body = read(value)
    assert len(body.html) <= MAX_HTML
    assert len(body.text) <= MAX_HTML


@pytest.mark.parametrize(
    "value", ["<script>alert(1)</script>", '<img src="file:///etc/passwd">', '<a href="javascript:x">y</a>']
)
def test_nothing_that_runs_or_reads_files_is_published(value: str) -> None:
    html = read(f"{value}{STORY}").html
    assert not any(word in html for word in ("script", "file:", "alert"))
