import pytest

from syndicator.model.article import Text
from syndicator.parse.article.body_edges import (
    without_byline,
    without_captions,
    without_headline,
    without_loose_end,
    without_promos,
    without_tail,
)
from syndicator.text.markup import plain

LINE = "<p>Вечером в Москве пройдёт дождь, сообщили синоптики на встрече с журналистами.</p>"
LINK = '<p><a href="/x">Что говорят в городе о дожде</a></p>'
BODY = LINE * 5


def test_comments_below_go_with_their_heading() -> None:
    found = without_tail(
        Text(value=f"{BODY}<h3>Комментарии (2)</h3><p>Не согласен.</p><p>А я согласен, и вот почему.</p>")
    )
    assert found.value == BODY
    early = Text(value=f"<p>Комментарии</p>{BODY}")
    assert without_tail(early) == early


@pytest.mark.parametrize(
    "line",
    [
        "Категория: Новости школы | Просмотров: 123 | Добавил: Ivanov | Рейтинг: 0.0/0",
        "Filed under: City | Views: 12",
        "Всего комментариев: 0",
    ],
)
def test_how_an_article_is_filed_and_read_goes_with_what_is_below(line: str) -> None:
    assert without_tail(Text(value=f"{BODY}<p>{line}</p><p>Вход</p>")).value == BODY
    told = Text(value=f"{BODY}<p>Рейтинг: что говорят о дожде | Москва</p>")
    assert without_tail(told) == told


def test_links_below_go_with_their_heading() -> None:
    assert without_tail(Text(value=f"{BODY}<h3>По теме</h3>{LINK * 3}")).value == BODY
    few = Text(value=f"{BODY}{LINK}")
    assert without_tail(few) == few


def test_the_line_of_social_networks_stays_for_those_who_read_it() -> None:
    line = '<p>Подписывайтесь: <a href="https://vk.com/x">VK</a> | <a href="https://t.me/x">Telegram</a></p>'
    body = Text(value=f"{BODY}{line}")
    assert without_tail(body) == body
    assert without_promos(body) == body


def test_a_promo_goes_with_the_date_of_what_it_leads_to() -> None:
    promo = '<p><a href="/x">Что говорят в городе о дожде</a>6 ноября, 10:00</p>'
    assert without_promos(Text(value=f"{LINE * 3}{promo}{LINE * 2}")).value == BODY
    told = Text(value=BODY + '<p><a href="/x">Что говорят в городе о дожде</a> 6 ноября он уехал в 10:00</p>')
    assert without_promos(told) == told


def test_promos_go_and_lists_of_links_stay() -> None:
    assert without_promos(Text(value=f"{LINE * 3}<h4>Читайте</h4>{LINK}{LINE * 2}")).value == BODY
    links = Text(value=LINE + "".join(f'<li><a href="/{n}">Страница номер {n} о дожде</a></li>' for n in range(9)))
    assert without_promos(links) == links


@pytest.mark.parametrize("line", ["25 апреля 2022, 14:05 | Москва", "Иван Петров", "Автор: Иван Петров, 25.04.2022"])
def test_date_and_author_on_top_are_no_text(line: str) -> None:
    assert without_byline(Text(value=f"<p>{line}</p>{BODY}"), ["Иван Петров"]).value == BODY


def test_a_sentence_with_a_date_stays() -> None:
    body = Text(value=f"<p>25 апреля 2022 года в Москве открылся новый мост через реку.</p>{BODY}")
    assert without_byline(body, []) == body


def test_captions_go_and_whom_they_credit_stays() -> None:
    caption = "<figure><img src='/a.jpg'><figcaption>Фото: Иван Петров</figcaption></figure>"
    found, credits_ = without_captions(Text(value=f"{caption}{BODY}"))
    assert plain(found.value) == plain(BODY)
    assert "<img" in found.value
    assert [(it.role, it.name) for it in credits_] == [("photographer", "Иван Петров")]


def test_in_a_gallery_captions_are_the_text() -> None:
    body = Text(value="<figure><img src='/a.jpg'><figcaption>Трамвай у моста утром</figcaption></figure>" * 3 + LINE)
    assert without_captions(body) == (body, ())


def test_the_headline_on_top_goes_however_it_is_printed() -> None:
    for top in (
        "<h1>Дождь в «Москве»</h1>",
        '<p><b>ДОЖДЬ В "МОСКВЕ"</b></p>',
        "<p>25 апреля</p><h2>Дождь в Москве</h2>",
    ):
        found = without_headline(Text(value=f"{top}{BODY}"), ["", "Дождь в Москве"])
        assert "ождь в" not in found.value
        assert found.value.endswith(BODY)
    other = Text(value=f"<h2>Дождь</h2>{BODY}<h2>Дождь в Москве</h2>")
    assert without_headline(other, ["Дождь в Москве"]) == other
    rubric = Text(value=f"<p>Экономика Москвы</p><p>Дождь в Москве</p>{BODY}")
    assert without_headline(rubric, ["Дождь в Москве"]) == rubric, "the rubric would be taken for the story's"
    alone = Text(value="<p>Дождь в Москве</p>")
    assert without_headline(alone, ["Дождь в Москве"]) == alone


@pytest.mark.parametrize(
    "line",
    [
        "By Helen Marsh",
        "30 августа, 15:14",
        "14:05",
        "1,1K",
        "5 мин.",
        "7 min read",
        "Words by Helen Marsh",
        "Murcia -",
    ],
)
def test_lines_on_top_that_are_no_text_go(line: str) -> None:
    assert without_byline(Text(value=f"<p>{line}</p>{BODY}"), ()).value == BODY


def test_a_signature_below_goes_and_a_sentence_with_the_name_stays() -> None:
    assert without_byline(Text(value=f"{BODY}<p>Текст: Анна Роу</p>"), ["Анна Роу"]).value == BODY
    assert without_byline(Text(value=f"{BODY}<p>Подготовила материал: Анна Роу.</p>"), ["Анна Роу"]).value == BODY
    told = Text(value=f"{BODY}<p>Анна Роу уехала в Москву.</p>")
    assert without_byline(told, ["Анна Роу"]) == told


def test_a_last_line_of_signs_is_read_in_its_length() -> None:
    body = Text(value=f"{BODY}<p>Анна Роу{'-' * 100_000} 1</p>")
    assert without_byline(body, ["Анна Роу"]) == body


@pytest.mark.parametrize(
    "data",
    [
        f"<table><tr><td>25.04.2022</td><td>{LINE}</td></tr></table>",
        f"<ul><li>25.04.2022</li><li>{LINE}</li></ul>",
        f"<ol><li><p>25 апреля 2022, 14:05</p></li><li>{LINE}</li></ol>",
    ],
)
def test_a_day_in_a_list_or_beside_other_cells_stays(data: str) -> None:
    assert without_byline(Text(value=data + BODY), ()).value == data + BODY


def test_labels_over_the_headline_go_with_it_and_a_sentence_stays() -> None:
    way = "<div>Вы здесь: Главная › Город › Погода</div><div>Понедельник, 1 мая</div>"
    headline = "<div>Дождь в Москве</div>"
    assert without_headline(Text(value=f"{way}{headline}{BODY}"), ["Дождь в Москве"]).value == BODY
    table = f"<table><tr><td></td><td>Вы здесь: Город</td></tr></table><div></div>{headline}{BODY}"
    assert "Город" not in without_headline(Text(value=table), ["Дождь в Москве"]).value
    assert without_headline(Text(value=f"{LINE}{headline}{BODY}"), ["Дождь в Москве"]).value == LINE + BODY


def test_a_byline_may_stand_below_empty_cells() -> None:
    table = (
        f"{'<div></div>' * 4}<table><tr><td></td><td></td></tr><tr><td></td><td>25 апреля 2022, 14:05</td></tr></table>"
    )
    assert "апреля" not in without_byline(Text(value=f"{table}{BODY}"), ()).value


@pytest.mark.parametrize("end", ["<h3>Читать дальше</h3>", "<h3>Погода</h3><h4>Ещё</h4><p></p>"])
def test_headings_with_nothing_below_them_go(end: str) -> None:
    assert without_loose_end(Text(value=BODY + end)).value == BODY


@pytest.mark.parametrize(
    "end",
    [
        '<h3>Видео</h3><p><img src="/a.jpg"></p>',
        "<h3>Наш канал в Telegram</h3>",
        "<p>Куда обратиться:</p>",
        "<h4>Решение примут в мае.</h4>",
    ],
    ids=["picture", "social", "label", "sentence"],
)
def test_what_is_above_something_or_names_a_network_stays(end: str) -> None:
    assert without_loose_end(Text(value=BODY + end)).value == BODY + end
    assert without_loose_end(Text(value="<h3>Дождь</h3>")).value == "<h3>Дождь</h3>"
