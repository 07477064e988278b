"""Two items of one form are two stories, and a copy that was edited is none."""

from datetime import timedelta

import pytest

from support.texts import BODY, FOOTER, NOW, STORY, with_text
from syndicator.dedup.near import compare, differ_at_once
from syndicator.model.noun import replace


def test_two_items_of_a_template_differ_in_what_it_leaves_open() -> None:
    form = (
        "Завтра в Москве ожидается {} погода, местами пройдут {} осадки. "
        "Температура воздуха днём составит {} градусов, ночью "
        " {} градусов. Ветер {}, {} метров в секунду. Атмосферное давление составит {} миллиметров, сообщили "
        "в Гидрометцентре корреспонденту агентства, напомнив водителям об осторожности на дорогах и мостах столицы."
    )
    one = with_text(form.format("облачная", "небольшие", 12, 5, "западный", 7, 745))
    other = with_text(
        form.format("облачная", "небольшие", 14, 6, "западный", 9, 751), published=NOW + timedelta(days=1)
    )
    assert compare(one, other).against.startswith("their numbers differ")


def test_numbers_in_headlines_tell_items_of_a_template_apart() -> None:
    one, other = (replace(with_text(BODY), title=f"Итоги тиража № {number}") for number in (17, 18))
    assert compare(one, other).against.startswith("their headlines' numbers differ: 17 here, 18 there")
    assert compare(one, replace(one, url="")).holds


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Гороскоп на понедельник", "Гороскоп на вторник", "monday here, tuesday there"),
        ("Погибли двое", "Погибли трое", "2 here, 3 there"),
    ],
)
def test_so_do_numbers_in_words_and_days(one: str, other: str, why: str) -> None:
    assert compare(with_text(BODY, title=one), with_text(BODY, title=other)).against.endswith(why)


def test_headlines_may_have_different_numbers_of_one_story() -> None:
    one, other = with_text(BODY, title="Кредиты получат 140 заводов"), with_text(BODY, title="Рост на 12 процентов")
    assert compare(one, other).holds
    assert not differ_at_once(one, other)
    assert not compare(one, replace(other, title="Рост на 13 процентов")).holds
    assert not compare(replace(other, title="Рост на 13 процентов"), one).holds


def test_a_number_that_headlines_share_does_not_hide_those_that_differ() -> None:
    one, other = (replace(with_text(BODY), title=f"Уязвимость CVE-2026-{number} в ядре") for number in (4187, 4190))
    assert compare(one, other).against == "their headlines' numbers differ: 4187 here, 4190 there"
    assert differ_at_once(one, other)
    assert compare(one, replace(other, title="Уязвимость 2026 года")).holds


def test_where_headlines_differ_as_their_texts_do_they_are_one_form_filled_in_twice() -> None:
    text = f"{BODY} Перечень заводов городские власти утвердят весной."
    one = with_text(text, title="Льготные кредиты для заводов")
    other = with_text(text.replace(" заводов", " ферм"), title="Льготные кредиты для ферм")
    assert compare(one, other).against.startswith("where their headlines differ, so do their texts: ")
    assert compare(one, replace(other, title=one.title)).holds


APPEAL = (
    "Просим откликнуться всех, кто видел, как {} сбил велосипедиста на лесной дороге и скрылся. Пострадавший идёт на "
    "поправку, водителя ищут. Запись с камеры изучают, её качество оставляет желать лучшего, и помощь нужна каждая."
)
WHERE = " Это было в Рузе, на месте до самой темноты работал Пётр Зотов."


@pytest.mark.parametrize(
    ("known", "holds"),
    [("", False), (WHERE, True), (WHERE * 3, False), (WHERE * 6, True)],
    ids=["nothing", "names", "few", "long"],
)
def test_one_word_in_headlines_and_texts_makes_two_of_a_short_text_that_names_hardly_anything(
    known: str, *, holds: bool
) -> None:
    one, other = (with_text(APPEAL.format(it) + known, title=f"Ищут того, кого сбил {it}") for it in ("джип", "мопед"))
    assert compare(one, other).holds is holds
    assert compare(other, one).holds is holds


def test_where_letters_have_no_capitals_nobody_knows_what_a_short_text_names() -> None:
    text = (
        "افتتحت البلدية صباح اليوم {} جديدة قرب الميناء بعد أعمال استمرت عدة أشهر، وقال المتحدث إن الدخول مجاني "
        "للعائلات طوال الأسبوع الأول، ودعا السكان إلى المحافظة على النظافة واحترام مواعيد الإغلاق المعلنة عند المدخل"
    )
    one, other = (with_text(text.format(it), title=f"افتتاح {it}") for it in ("حديقة", "مكتبة"))
    assert compare(one, other).holds


def test_a_short_text_without_a_headline_must_be_the_same_in_nearly_all_words() -> None:
    short = " ".join(BODY.split()[:55])
    edited = short
    for word in ("программу", "технику", "осенью", "комиссия", "выносить", "выпуск"):
        edited = edited.replace(word, "иначе")
    one, other = with_text(short), with_text(edited, url="https://c.example/3")
    assert compare(one, other).holds
    for titles in (("", ""), ("", one.title), (one.title, "")):
        untitled = (replace(it, title=title) for it, title in zip((one, other), titles, strict=True))
        assert compare(*untitled).against == "without headlines, their words differ too much"
    assert compare(replace(one, title=""), with_text(short + FOOTER, title="")).holds
    long = edited = BODY + FOOTER
    for word in (
        "программу",
        "технику",
        "осенью",
        "комиссия",
        "выносить",
        "выпуск",
        "свидетелем",
        "читателям",
        "ссылка",
    ):
        edited = edited.replace(word, "иначе")
    found = compare(with_text(long, title=""), with_text(edited, title="", url="https://c.example/3"))
    assert found.holds
    assert found.shorter < 0.93


GERMAN = (
    "Zum Beginn der Saison haben die Wirte am See ihre Terrassen geöffnet. Wegen der Kälte blieben die Gäste am Morgen "
    "noch aus, doch gegen Mittag füllten sich die Bänke. Der Verein der Winzer schenkte Wein aus, die Kapelle spielte "
    "auf dem Steg, und die Kinder bekamen ein Eis. Für den Sommer sind ein Lauf um das Ufer und ein Fest geplant."
)


@pytest.mark.parametrize("text", [GERMAN, GERMAN.partition(" Für ")[0].partition(" Der ")[0] + " " + GERMAN[-99:]])
def test_nouns_with_capital_letters_are_no_names(text: str) -> None:
    edited = text.replace("Terrassen", "Tische").replace("noch aus", "lange weg").replace("Lauf", "Rennen")
    edited = edited.replace("ein Eis", "etwas Eis").replace("geplant", "vorgesehen")
    one, other = with_text(text, title="Am See"), with_text(edited, title="Am See", url="https://c.example/3")
    assert compare(one, other).holds
    assert not compare(
        *(replace(it, text=it.text.replace("Saison", "Saison, sagte Anna")) for it in (one, other))
    ).against


def test_german_forms_are_told_by_what_stands_for_what() -> None:
    form = (
        "In {} ist in der Nacht ein {} aus dem Hof eines {} gestohlen worden. Es stand vor der Scheune und war nur mit "
        "einem Seil gesichert, sagte ein Sprecher. Die Polizei bittet Zeugen, die etwas gesehen haben, um einen Anruf "
        "und rät dazu, die Nummer am Rahmen zu notieren und den Nachweis des Kaufs aufzubewahren."
    )
    one, other = (form.format(*it) for it in (("Bergen", "Fahrrad", "Gasthofs"), ("Waldau", "Boot", "Museums")))
    assert "or" in compare(with_text(one, title="Diebstahl"), with_text(other, title="Diebstahl")).against


def test_one_number_is_a_correction_in_a_long_text_and_another_story_in_a_short_one() -> None:
    change = ("7 процентов", "8 процентов")
    assert compare(STORY, with_text(BODY.replace(*change))).against.endswith("other numbers and names: 7 or 8")
    assert compare(replace(STORY, text=BODY + FOOTER), with_text((BODY + FOOTER).replace(*change))).holds
