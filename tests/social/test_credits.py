"""Credit lines that the table of lines does not hold: the forms of the prefix, and what is no name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.model.social import Credit
from syndicator.social.credits import is_credit, names_nobody, read_credit


@pytest.mark.parametrize(
    "line",
    [
        "Фото: Иван Иванов",
        "ФОТО : Иван Иванов.",
        "Фото © Иван Иванов",
        "Фото: © Иван Иванов",
        "Фото: (c) Иван Иванов",
        "Автор фото: Иван Иванов",
        "Фото на обложке: Иван Иванов",
        "Фотограф: Иван Иванов",
        "Photo credit: Иван Иванов",
        "Images: Иван Иванов",
        "© Иван Иванов",
    ],
)
def test_a_photographer_is_named_in_many_ways(line):
    assert read_credit(line) == (Credit(role="photographer", name="Иван Иванов"),)


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("Фото: ТАСС", ["ТАСС"]),
        ("Фото: Reuters", ["Reuters"]),
        ("Photo: AP", ["AP"]),
        ("Фото: mos.ru", ["mos.ru"]),
        ("Фото: пресс-служба Мосгордумы", ["пресс-служба Мосгордумы"]),
        ("Фото: архив НСН", ["архив НСН"]),
        ("Фото: пресс-служба телеканала «Пример»", ["пресс-служба телеканала «Пример»"]),
        ("Фото: РИА Новости, Reuters", ["РИА Новости", "Reuters"]),
        ("Фото: Telegram-канал «Осторожно, новости»", ["Telegram-канал «Осторожно, новости»"]),
        ("Фото: Telegram-канал Mash", ["Telegram-канал Mash"]),
        ("Фото: TG-канал Mash", ["TG-канал Mash"]),
        ("Фото: t.me/mash", ["t.me/mash"]),
        ("Фото: vk.com/mash", ["vk.com/mash"]),
        ("Фото: Коммерсантъ", ["Коммерсантъ"]),
        ("Фото: Mash / Telegram", ["Mash"]),
        ("Фото: скриншот видео Mash", ["Mash"]),
        ("Фото: архив / ТАСС", ["ТАСС"]),
        ("Photo courtesy of Rijksmuseum", ["Rijksmuseum"]),
    ],
)
def test_an_agency_without_a_photographer_is_credited_itself(line, agencies):
    assert read_credit(line) == tuple(Credit(role="agency", name=agency) for agency in agencies)


def test_the_order_of_agency_and_photographer_does_not_matter():
    assert read_credit("Фото: ТАСС/Иван Иванов") == read_credit("Фото: Иван Иванов / ТАСС")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Фото",
        "Фото:",
        "Фото: ",
        "Фото:  / ",
        "Фото Ивана Иванова покажут в музее",
        "Фото: " + "Иван " * 40,
        "Photo by Jane Doe shows the square after the rain",
        "Видео: пресс-служба опубликовала запись разговора",
        "© Example Times 2026",
        "Фото: 1 / 12",
        "Photo: 1 of 7",
        "Фото: 18+",
        "Фото: №3",
        "Фото: +7 999 123",
    ],
)
def test_what_is_no_name_is_no_credit(line):
    assert read_credit(line) == ()


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["Фото: ", "© ", "Photo by ", ""]).flatmap(lambda prefix: st.text(max_size=90).map(prefix.__add__))
)
def test_no_text_whatever_breaks_it(line):
    assert all(credit.name for credit in read_credit(line))


@pytest.mark.parametrize(
    "line",
    [
        *("Фото: из архива героя публикации", "Фото: соцсети", "Фото: скриншот видео", "Фото: Telegram", "Фото: архив"),
        *("Фото: из соцсетей", "Фото из открытых источников", "Фото: кадр из видео", "Фото: пресс-служба", "Фото: VK"),
        *(
            "(Фото: личный архив)",
            "Фото: предоставлено героем",
            "Photo: Screenshot",
            "Photo: social media",
            "Фото: очевидцы",
        ),
    ],
)
def test_where_a_picture_was_found_is_a_credit_that_names_nobody(line):
    assert is_credit(line)
    assert read_credit(line) == ()


def test_a_photographer_stays_one_beside_where_the_picture_was_found():
    alone = (Credit(role="photographer", name="Иван Иванов"),)
    assert read_credit("Фото: соцсети / Иван Иванов") == alone
    assert read_credit("Фото: Иван Иванов / Telegram") == alone
    assert read_credit("Фото: И. Иванов") == (Credit(role="photographer", name="И. Иванов"),)
    assert read_credit("Фото: И.Иванов") == (Credit(role="photographer", name="И.Иванов"),)


@pytest.mark.parametrize(
    "line", ["Видео взрыва в соцсетях удалили", "Фото: канал Грибоедова зимой", "Фото: соцсети сообщили о взрыве", ""]
)
def test_news_of_pictures_is_no_credit(line):
    assert not is_credit(line)


def test_an_archive_of_somebody_is_his():
    assert names_nobody("архив")
    assert names_nobody("RIPRODUZIONE RISERVATA")
    assert names_nobody("Все права защищены")
    assert not names_nobody("архив НСН")
    assert not names_nobody("из личного архива Ивана Петрова")
    assert not names_nobody("ТАСС")
    assert not names_nobody("")
