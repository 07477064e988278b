"""Whom captions credit."""

import time

import pytest

from syndicator.model.social import Credit
from syndicator.social.captions import credit_in, credit_of


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
        ("© РИА Новости / Анна Ким | Перейти в медиабанк", "Анна Ким", "РИА Новости"),
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


@pytest.mark.parametrize("field", ["By Jane Doe", "Photo by Jane Doe", "Courtesy of Jane Doe", "Jane Doe"])
def test_a_field_may_say_by_whom(field: str) -> None:
    assert credit_of(field) == (Credit(role="photographer", name="Jane Doe"),)


def test_a_sentence_in_a_field_is_no_credit() -> None:
    assert credit_of("本文为原创文章，转载请联系market.courier.example") == ()


def test_a_field_for_a_credit_needs_no_label() -> None:
    assert credit_of("Елена Ветрова / ТАСС") == (Credit(role="photographer", name="Елена Ветрова", agency="ТАСС"),)


def test_a_long_row_of_signs_is_no_caption_to_think_about() -> None:
    began = time.process_time()
    assert credit_in('"#' * 50_000) == ()
    assert time.process_time() - began < 1
