"""Whom pages credit for pictures."""

import pytest

from support.evidence import STORY, region, said
from syndicator.model.social import Credit
from syndicator.parse.picture_credits import credit_in, credit_of, picture_credits


def names(body: str) -> list[tuple[str, str, str]]:
    return [(it.role, it.name, it.agency) for it in picture_credits(region(said(body)))]


@pytest.mark.parametrize(
    ("caption", "name", "agency"),
    [
        ("Фото: Иван Иванов", "Иван Иванов", ""),
        ("Здание суда. Фото: Иван Иванов / РИА Новости", "Иван Иванов", "РИА Новости"),
        ("Зал заседаний © Ольга Мальцева/ТАСС", "Ольга Мальцева", "ТАСС"),
        ("The team after the match. (Photo by Rosa Diaz/Getty Images)", "Rosa Diaz", "Getty Images"),
        ("Commuters wait. (AP Photo/John Smith)", "John Smith", "AP"),
        ("Commuters wait. REUTERS/Ilya Sand", "Ilya Sand", "REUTERS"),
        ("Un crucero en el muelle. / PACO REYES", "PACO REYES", ""),
        ("Tramwaj na Dietla (fot. Tomasz Wilk / PAP)", "Tomasz Wilk", "PAP"),
        ("川沿いの桜並木＝18日、市内、山田太郎撮影", "山田太郎", ""),
        ("Traders. Photograph: Jane Doe/The Courier", "Jane Doe", "The Courier"),
    ],
)
def test_a_caption_may_end_with_a_credit(caption: str, name: str, agency: str) -> None:
    assert [(it.name, it.agency) for it in credit_in(caption)] == [(name, agency)]


@pytest.mark.parametrize(
    "caption",
    [
        *("", "Рабочие в парке", "Видео: взрыв прогремел в центре", "Photo by photo, they came closer"),
        *("Фото и видео очевидцы выложили в сеть", "The end of WORLD WAR TWO", "Foto di Mario Draghi", "写真を撮影"),
    ],
)
def test_a_sentence_is_no_credit(caption: str) -> None:
    assert credit_in(caption) == ()


def test_a_field_for_a_credit_needs_no_label() -> None:
    assert credit_of("Елена Ветрова / ТАСС") == (Credit(role="photographer", name="Елена Ветрова", agency="ТАСС"),)


FIGURE = "<figure><img src=a><figcaption>Фото: {}</figcaption></figure>"


def test_only_pictures_of_the_article_count() -> None:
    story = STORY.replace("</p><p>", "</p>" + FIGURE.format("Ия Вторая") + "<p>")
    beside = f"<aside>{FIGURE.format('Олег Третий')}</aside>"
    page = f"<main><article>{FIGURE.format('Анна Первая')}{story}</article></main>{beside}"
    assert [it[1] for it in names(page)] == ["Анна Первая", "Ия Вторая"]


def test_a_picture_that_leads_to_another_article_is_not_the_articles() -> None:
    other = f'<a href="/b">{FIGURE.format("Олег Третий")}<h3>Другая</h3></a>'
    assert names(f"<main>{other}{STORY}</main>") == []


@pytest.mark.parametrize(
    "markup",
    [
        '<div><img src=a><div class="photo-credit">Анна Первая</div></div>',
        "<div><img src=a></div><p>Фото: Анна Первая</p>",
        '<img src=a data-credit="Анна Первая">',
        '<figure><img src=a><span itemprop="copyrightHolder">Анна Первая</span></figure>',
        "<figure><img src=a><div><span>Парк</span><span>Фото: Анна Первая</span></div></figure>",
    ],
)
def test_credits_stand_in_many_places(markup: str) -> None:
    assert names(f"<main>{markup}{STORY}</main>") == [("photographer", "Анна Первая", "")]
