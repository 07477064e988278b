"""Two texts compared: how much they share, and what speaks against their being one."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.texts import BODY, FOOTER, LEAD, NOW, OTHER, STORY, with_text
from syndicator.dedup.compared import Content
from syndicator.dedup.near import compare, differ_at_once
from syndicator.model.noun import replace


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
def test_what_speaks_against_is_said(other: Content, why: str) -> None:
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
    assert compare(cut, begun).against == "one only repeats the other's news"


def test_news_of_its_own_may_be_in_the_shorter_text_too() -> None:
    retold = with_text(f"{OTHER} {BODY}", title="Стоянка под Тверью")
    longer = with_text(f"{BODY}{FOOTER * 2}", title="Иначе", url="https://c.example/3")
    assert compare(retold, longer).against == "one only repeats the other's news"
    assert compare(replace(retold, title="Поддержка предприятий"), longer).holds
    assert compare(retold, replace(longer, title=retold.title)).holds


def test_without_a_headline_a_few_words_before_a_shared_text_are_news() -> None:
    one, other = with_text(f"Утром всюду стоят трамваи.{FOOTER}"), with_text(f"Директора школы вчера уволили.{FOOTER}")
    for titles in (("", ""), ("", one.title), (one.title, "")):
        untitled = [replace(it, title=title) for it, title in zip((one, other), titles, strict=True)]
        assert compare(*untitled).against == "they begin with different news"
        shorter = replace(untitled[1], text=f"Директора школы уволили.{FOOTER}")
        assert compare(untitled[0], shorter).holds


def test_a_story_that_tells_another_once_more_is_another() -> None:
    retold = with_text(f"{OTHER * 6}\nРанее сообщалось: {BODY}", title="Стоянка под Тверью")
    assert compare(STORY, retold).against == "one only repeats the other's news"


def test_a_teaser_is_enough_at_one_address() -> None:
    teaser = with_text(LEAD)
    assert not compare(STORY, teaser).holds
    assert compare(STORY, teaser, same_address=True).holds
    assert not compare(STORY, with_text("Да как они смеют, эти власти!"), same_address=True).holds


@pytest.mark.parametrize(
    ("behind", "same_address", "expected"),
    [
        (" - Северный Край", True, True),
        (" | Северный Край", True, True),
        (" - Северный Край", False, False),
        (" в Северном Крае", True, False),
        ("-Северный Край", True, False),
    ],
)
def test_at_one_address_a_headline_may_have_its_sites_name_behind_it(
    behind: str, *, same_address: bool, expected: bool
) -> None:
    teaser = replace(with_text(" ".join(BODY.split()[:24])), title=STORY.title + behind)
    assert compare(STORY, teaser, same_address=same_address).holds is expected
    assert compare(teaser, STORY, same_address=same_address).holds is expected


def test_days_between_like_texts_ask_for_more() -> None:
    moved = BODY.replace("140", "").replace("30 тысяч", "тысячи") + " Всего 180 и 41."
    late = with_text(moved, published=NOW + timedelta(days=5))
    assert compare(STORY, replace(late, published=NOW)).holds
    assert not compare(STORY, late).holds


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
