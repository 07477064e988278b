"""Two texts compared: how much they share, and what speaks against their being one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.dedup.near import Said, compare, differ_at_once, said
from syndicator.model.article import Article
from syndicator.model.noun import replace

NOW = datetime(2026, 4, 25, 12, tzinfo=UTC)
LEAD = "Столичные власти расширят программу поддержки промышленных предприятий, сообщил глава департамента."
BODY = (
    f"{LEAD}\nПо словам Сергея Иванова, льготные кредиты получат ещё двадцать заводов, которые выпускают станки, лифты "
    "и медицинскую технику. Заявки начнут принимать осенью, а решения по ним комиссия обещает выносить за десять "
    "рабочих дней.\n«Мы рассчитываем, что выпуск вырастет на 7 процентов, а зарплаты — на 12», — отметил он на встрече "
    "с журналистами в технопарке «Калибр».\nВ прошлом году поддержку получили 140 компаний, в которых работают более "
    "30 тысяч человек, и каждая из них сохранила рабочие места, несмотря на рост ставок и подорожание сырья."
)
FOOTER = (
    "\nРедакция работает круглосуточно: если вы стали свидетелем происшествия, напишите нам или позвоните по телефону "
    "горячей линии, и корреспонденты обязательно расскажут об этом читателям. При использовании материалов ссылка "
    "обязательна, мнение авторов может не совпадать с мнением редакции."
)
OTHER = "Под Тверью нашли стоянку древних охотников возрастом девять тысяч лет, рассказали археологи."
STORY = Said(title="Заводы Москвы получат льготные кредиты", text=BODY, published=NOW, url="https://a.example/1")


def with_text(text: str, **changes: object) -> Said:
    return replace(STORY, **{"url": "https://b.example/2", "text": text, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "copy",
    [
        BODY,
        BODY.upper().replace("Ё", "Е"),
        BODY + FOOTER,
        "Новости города. Главное за день.\n" + BODY,
        "\n".join(reversed(BODY.split("\n"))),
        BODY.rpartition("\n")[0],
        BODY.replace("расширят", "увеличат").replace("осенью", "в сентябре").replace("отметил", "подчеркнул"),
    ],
    ids=["same", "typeset", "footer", "header", "moved", "cut", "words"],
)
def test_a_copy_holds(copy: str) -> None:
    assert compare(STORY, with_text(copy)).holds


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (with_text("Коротко."), "one of the texts is too short"),
        (with_text(OTHER * 6, title="Стоянка"), "their words differ too much"),
        (
            with_text(BODY[: len(BODY) * 11 // 20] + " " + OTHER * 3),
            "they share a passage, not the whole",
        ),
        (with_text(OTHER + FOOTER + FOOTER, title="Стоянка"), "their words differ too much"),
        (
            with_text(BODY[: len(LEAD) + 140], title="Иначе"),
            "one is much shorter, and may only quote the other",
        ),
        (
            with_text("Вот что я об этом думаю, и думаю давно. " + BODY, links=(STORY.url,)),
            "one links to the other, and comments on it",
        ),
        (
            with_text(BODY.replace("7", "9").replace("12", "15").replace("140", "210").replace("30", "50")),
            "their numbers differ: ",
        ),
        (
            with_text(" ".join(BODY.split()[::2] + OTHER.split()), published=NOW + timedelta(days=9)),
            "their words differ",
        ),
    ],
    ids=["short", "strange", "passage", "footer", "excerpt", "comment", "numbers", "words"],
)
def test_what_speaks_against_is_said(other: Said, why: str) -> None:
    likeness = compare(STORY, other)
    assert not likeness.holds
    assert likeness.against.startswith(why)


def test_texts_that_only_share_a_footer_begin_with_different_news() -> None:
    one = with_text(OTHER + FOOTER * 2, title="Стоянка")
    other = with_text(LEAD + FOOTER * 2, url="https://c.example/3")
    assert compare(one, other).against == "they begin with different news"


def test_texts_between_the_same_menu_and_footer_are_two_stories_by_their_headlines() -> None:
    menu = "Главная Политика Экономика Спорт Культура Афиша Погода Форум Видео Архив Контакты. "
    one = with_text(f"{menu}{OTHER} {OTHER[::-1]}{FOOTER}", title="Стоянка древних охотников", url="")
    other = with_text(f"{menu}{LEAD} {LEAD[::-1]}{FOOTER}", title="Власти расширят поддержку промышленных предприятий")
    assert compare(one, other).against == "their headlines speak of what only one of them has"
    assert compare(one, replace(one, title="", text=one.text + FOOTER[::-1])).holds


def test_a_dateline_is_no_news_of_its_own() -> None:
    cut = with_text(BODY[: len(BODY) * 2 // 3], title="Иначе")
    dated = with_text(f"МОСКВА, 25 апреля — агентство «Столица». {BODY}")
    assert compare(cut, dated).holds
    begun = with_text(f"{OTHER} {BODY}")
    assert compare(cut, begun).against == "one only tells the other once more"


def test_a_story_that_tells_another_once_more_is_another() -> None:
    retold = with_text(f"{OTHER * 6}\nРанее сообщалось: {BODY}", title="Стоянка под Тверью")
    assert compare(STORY, retold).against == "one only tells the other once more"


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


def test_a_teaser_is_enough_at_one_address() -> None:
    teaser = with_text(LEAD)
    assert not compare(STORY, teaser).holds
    assert compare(STORY, teaser, same_address=True).holds
    assert not compare(STORY, with_text("Да как они смеют, эти власти!"), same_address=True).holds


def test_days_between_like_texts_ask_for_more() -> None:
    moved = BODY.replace("140", "").replace("30 тысяч", "тысячи") + " Всего 180 и 41."
    late = with_text(moved, published=NOW + timedelta(days=5))
    assert compare(STORY, replace(late, published=NOW)).holds
    assert not compare(STORY, late).holds


def test_an_articles_links_are_compared_in_canonical_form() -> None:
    html = '<p><a href="https://a.example/1?utm_source=x&amp;b=1#c">x</a> <a href="mailto:a@b">y</a></p>'
    it = said(Article(source_id="s", key="k", html=html, external_url="https://c.example/?fbclid=1"))
    assert it.links == ("https://c.example/?fbclid=1", "https://a.example/1?utm_source=x&b=1#c", "mailto:a@b")
    owner = replace(STORY, url="https://a.example/1?b=1")
    comment = replace(it, title="", text="Вот что я об этом думаю, и думаю давно. " + BODY)
    assert compare(owner, comment).against == "one links to the other, and comments on it"


@given(st.lists(st.sampled_from(BODY.split()), max_size=90), st.lists(st.sampled_from(BODY.split()), max_size=90))
def test_the_order_of_two_texts_does_not_matter(one: list[str], other: list[str]) -> None:
    here, there = with_text(" ".join(one)), replace(STORY, text=" ".join(other))
    both = compare(here, there), compare(there, here)
    assert both[0].holds == both[1].holds
    assert (both[0].shorter, both[0].longer) == (both[1].shorter, both[1].longer)


@given(
    st.lists(st.sampled_from(BODY.split()), max_size=120),
    st.lists(st.sampled_from(BODY.split() + OTHER.split()), max_size=120),
    st.sampled_from(["", "Курс на 5 марта", "Курс на 6 марта", "Заводы"]),
    st.booleans(),
)
def test_what_differs_at_a_glance_would_never_have_held(
    here: list[str], there: list[str], title: str, same_address: bool
) -> None:
    one = with_text(" ".join(here), title="Курс на 5 марта")
    for other in (with_text(" ".join(there), title=title), with_text(" ".join([*here, *there[:20]]), title=title)):
        if differ_at_once(one, other):
            assert not compare(one, other, same_address=same_address).holds
            assert not compare(other, one, same_address=same_address).holds


def test_a_glance_tells_strangers_and_templates_and_lets_copies_pass() -> None:
    assert differ_at_once(STORY, with_text(OTHER * 6))
    assert differ_at_once(replace(STORY, title="Курс на 5 марта"), with_text(BODY, title="Курс на 6 марта"))
    assert not differ_at_once(STORY, with_text(BODY + FOOTER))


def test_a_text_that_stands_whole_in_an_untitled_one_is_one_with_it_and_not_where_both_have_headlines() -> None:
    whole = with_text(BODY + FOOTER, title="")
    longer = with_text(f"{OTHER}\n{BODY}{FOOTER}\n{' '.join(f'свои{number}' for number in range(200))}", title="Обзор")
    assert compare(whole, longer).holds
    assert not compare(replace(whole, title="Заводы"), longer).holds
    assert not compare(replace(whole, text=BODY), longer).holds  # fewer than a hundred words


def test_edited_words_are_no_copy_after_days() -> None:
    edited = " ".join(word if number % 4 else "иначе" for number, word in enumerate(BODY.split()))
    assert compare(STORY, with_text(edited)).holds
    late = compare(STORY, with_text(edited, published=NOW + timedelta(days=4)))
    assert late.against == "4 days lie between them, and their words are not the same"
