"""What class a line is of, and by which rule. Whole bodies, and many more lines: test_lines.py."""

import pytest

from syndicator.social.calls import Line
from syndicator.social.line_classes import classify
from syndicator.social.naming import naming

NSN = naming(("НСН",), "nsn.fm")
BAR = "VK | Telegram | Дзен"


def class_of(text, *, above="", last=True, links=()):
    return classify(Line(text, links, NSN, above, last))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Подписывайтесь на НСН: Дзен | VK | Telegram", ("subscribe", "call")),  # a bar, too: the first rule that fits
        (BAR, ("social_bar", "labels")),
        ("Sign up for our daily newsletter", ("subscribe", "newsletter")),
        ("Please follow me on Bluesky", ("subscribe", "author")),
        ("S’abonner", ("share_bar", "button")),
        ("Фото: Иван Иванов / ТАСС", ("credit", "names")),
        ("Читайте также:", ("related", "prefix")),
        ("Читать далее", ("feed_tail", "template")),
        ("Нашли ошибку? Выделите её и нажмите Ctrl+Enter", ("typo_prompt", "prompt")),
        ("Стали очевидцем? Пишите нам в редакцию", ("reader_prompt", "tip")),
        ("Скачайте наше приложение в App Store", ("reader_prompt", "app")),
        ("Ставьте лайк!", ("reader_prompt", "like")),
        ("Поделиться: VK Telegram", ("share_bar", "call")),
        ("Реклама. ООО «Ромашка»", ("ad_disclosure", "disclosure")),
        ("Реклама", ("ad_disclosure", "slot")),
        ("В Москве выпал снег, сообщили синоптики.", None),
    ],
)
def test_a_line_is_of_the_class_whose_rule_fits_first(text, expected):
    assert class_of(text) == expected


def test_a_bar_below_somebodys_name_is_the_storys():
    assert class_of(BAR, above="Музыкант в соцсетях") is None
    assert class_of(BAR, above="НСН в соцсетях") == ("social_bar", "labels")
    assert class_of("VK | Telegram") is None  # two labels are no bar


def test_a_feeds_last_line_is_one_only_if_nothing_follows():
    assert class_of("Читать далее", last=False) is None
    assert class_of("The post Snow appeared first on НСН.") == ("feed_tail", "template")
    assert class_of("The post Snow appeared first on Telegram.") is None


def test_a_report_of_advertising_is_no_disclosure():
    assert class_of("Реклама: ООО «Ромашка» оштрафовали за рекламу") is None
    assert class_of("Реклама: ООО «Ромашка», ИНН 7701234567") == ("ad_disclosure", "disclosure")


def test_what_points_to_another_article_is_a_headline_or_all_link():
    assert class_of("Read more: that was her advice.") is None
    assert class_of("Читайте также: Курс рубля вырос за неделю") == ("related", "prefix")
    assert class_of("Read more: rates", links=(("rates", "https://nsn.fm/1"),)) == ("related", "prefix")


def test_the_publishers_own_copyright_stays_and_a_photographers_is_a_credit():
    assert class_of("© НСН") is None
    assert {class_of(it) for it in ("© Иван Иванов / ТАСС", "© НСН / Иван Иванов", "Фото © НСН")} == {
        ("credit", "names")
    }
