"""What headlines speak of: the story that two texts share, or what each has for itself between a site's furniture."""

import pytest

from syndicator.dedup.compared import Content, Pair, Side, share
from syndicator.dedup.subject import elsewhere, exchanged, speaks_of_its_own
from syndicator.text.likeness import covered, words

BRIDGE = "В Тюмени раньше срока откроют мост через Туру"
BRIDGE_TEXT = (
    "Движение по мосту через Туру, который связал Мысовскую улицу с Заречным, начнётся раньше обещанного срока. Мост "
    "уже выдержал испытания гружёными самосвалами, рабочим осталось нанести разметку и повесить фонари."
)
RHINO = "Студент нашёл на Ямале зуб носорога"
RHINO_TEXT = (
    "Хорошо сохранившийся зуб шерстистого носорога заметил на Ямале студент, собиравший образцы торфа. Палеонтологи "
    "надеются узнать, чем животное питалось незадолго до гибели, и выставят находку после реставрации."
)
MENU = (
    "Главная Новости Политика Экономика Общество Происшествия Спорт Культура Афиша Погода Гороскоп Форум Видео Архив "
    "Реклама Контакты Войти Регистрация Поиск по сайту, курсы валют, пробки, карта отключений воды и тепла"
)
NOTICE = (
    "Мы используем файлы, чтобы страница работала быстрее и показывала интересное именно вам. Оставаясь здесь, вы "
    "соглашаетесь с правилами обработки данных, отказаться от сбора статистики позволяют настройки браузера."
)
OWN = (
    "альфа бета гамма дельта эпсилон дзета эта тета йота каппа лямбда мю ню кси омикрон пи ро сигма тау ипсилон".split()
)


def told(*texts: tuple[str, str]) -> Pair:
    """Two texts, each with its headline, in this order."""
    one, other = (words(text) for _, text in texts)
    each = zip(texts, (one, other), covered(one, other), strict=True)
    return Pair(*(Side(Content(title=title, text=text), said, it, share(it)) for (title, text), said, it in each))


@pytest.mark.parametrize("page", ["{0} {1} {2}", "{2} {1} {0}", "{1} {0} {2}"], ids=["middle", "middle 2", "end"])
def test_two_stories_between_the_same_furniture_are_what_their_headlines_speak_of(page: str) -> None:
    one, other = (page.format(MENU, text, NOTICE) for text in (BRIDGE_TEXT, RHINO_TEXT))
    assert elsewhere(told((BRIDGE, one), (RHINO, other)))


def test_one_story_between_the_furniture_of_two_sites_is_what_both_headlines_speak_of() -> None:
    one, other = f"{MENU} {BRIDGE_TEXT}", f"{BRIDGE_TEXT} {NOTICE}"
    assert not elsewhere(told((BRIDGE, one), ("Мост через Туру откроют раньше", other)))
    assert not elsewhere(told(("Самосвалы", one), ("", other)))
    assert not elsewhere(told(("", one), (BRIDGE, other)))


def test_where_no_headline_speaks_of_what_is_shared_it_may_be_furniture() -> None:
    one, other = f"{MENU} {BRIDGE_TEXT}", f"{BRIDGE_TEXT} {NOTICE}"
    assert elsewhere(told(("", one), ("", other)))
    assert elsewhere(told(("Вестник", one), ("Вестник", other)))


def test_what_stands_in_both_says_nothing() -> None:
    one, other = f"{MENU} {BRIDGE_TEXT} новости", f"новости {BRIDGE_TEXT} {NOTICE} новости"
    assert elsewhere(told(("Новости", one), ("Новости", other)))


@pytest.mark.parametrize("clean", [BRIDGE_TEXT, f"{' '.join(OWN[:19])} {BRIDGE_TEXT}"], ids=["clean", "a line"])
def test_a_text_with_hardly_anything_of_its_own_is_no_story_beside_the_other(clean: str) -> None:
    page = f"{MENU} {BRIDGE_TEXT} {NOTICE}"
    for pair in (("", clean), ("", page)), (("", page), ("", clean)):
        assert not elsewhere(told(*pair))


def test_so_many_words_in_passages_are_a_text_and_edited_words_are_none() -> None:
    page, shared = f"{BRIDGE_TEXT} {NOTICE}", BRIDGE_TEXT.split()
    assert elsewhere(told(("", f"{' '.join(OWN)} {BRIDGE_TEXT}"), ("", page)))
    passages = [*OWN[:9], *shared[:9], *OWN[9:], *shared[9:]]
    assert elsewhere(told(("", " ".join(passages)), ("", page)))
    edits = [*OWN[:8], *shared[:9], *OWN[8:16], *shared[9:16], *OWN[12:], *shared[16:]]
    assert not elsewhere(told(("", " ".join(edits)), ("", page)))


@pytest.mark.parametrize("page", ["{0} {1}", "{1} {0}"], ids=["before", "behind"])
def test_a_sentence_each_is_another_story_if_both_headlines_speak_of_it_and_not_of_what_is_shared(page: str) -> None:
    tram = ("Трамвай сошёл с рельсов", page.format("На Садовой стоят трамваи.", NOTICE))
    pool = ("Бассейн закрывают", page.format("Бассейн закроют в мае.", NOTICE))
    assert elsewhere(told(tram, pool))
    assert not elsewhere(told(tram, ("", pool[1])))
    assert not elsewhere(told(tram, (pool[0], page.format("Бассейн закроют.", NOTICE))))
    assert not elsewhere(told(tram, ("Бассейн и правила обработки данных", pool[1])))


def test_short_words_say_little() -> None:
    one, other = f"Мост откроют. {NOTICE}", f"Зуб нашли. {NOTICE}"
    assert speaks_of_its_own(told(("Мост и", one), ("Зуб", other)).short)
    assert not speaks_of_its_own(told(("Файлы", one), ("Зуб", other)).short)


PIE = "Форму смажьте маслом, выложите {0} в один слой и залейте тестом, а сверху ещё {0} и немного сахара, до корочки."


def test_what_a_form_is_filled_in_with_stands_in_its_headline_in_whatever_case() -> None:
    one, other = ("Шарлотка с яблоками", PIE.format("яблоки")), ("Пирог с грушами", PIE.format("груши"))
    assert exchanged(told(one, other)) == ("яблоки", "груши")
    assert exchanged(told(other, one)) == ("груши", "яблоки")


EDITED = (
    " Подавайте пирог тёплым, нарежьте острым ножом, украсьте мятой, а остатки храните под крышкой.",
    " Подавайте его тёплым, нарежьте большим ножом, посыпьте мятой, а остатки спрячьте под крышкой.",
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Пирог с яблоками", PIE.format("яблоки")), ("Пирог с яблоками", PIE.format("груши"))),
        (("Пирог с яблоками", PIE.format("яблоки")), ("Пирог", PIE.format("груши"))),
        (
            ("Пирог с яблоками", PIE.format("яблоки")),
            ("Пирог с грушами", PIE.format("яблоки").replace("яблоки", "груши", 1)),
        ),
        (("Пирог с яблоками", PIE.format("яблоки") + EDITED[0]), ("Пирог с грушами", PIE.format("груши") + EDITED[1])),
        (("Пирог с яблоками", PIE.format("яблоки")), ("Пирог со сливами", PIE.format("груши"))),
        (("Пирог с яблоками", PIE.format("яблоки")), ("Пирог с грушами", PIE.format("груши") + " Годятся и яблоки.")),
        (("Тесто", PIE.format("яблоки")), ("Груши", PIE.format("тонко груши"))),
        (("", PIE.format("яблоки")), ("", PIE.format("груши"))),
    ],
    ids=[
        "one headline",
        "one names nothing",
        "in one place",
        "edited elsewhere, too",
        "not in the text",
        "in both texts",
        "not in one place",
        "no headlines",
    ],
)
def test_words_that_only_one_headline_and_text_or_no_common_place_has_may_have_been_edited(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert exchanged(told(one, other)) is None
    assert exchanged(told(other, one)) is None


def test_one_place_is_enough_where_that_is_asked_for() -> None:
    one, other = ("Пирог с яблоками", PIE.format("яблоки")), ("Пирог с грушами", PIE.format("груши"))
    once = other[0], one[1].replace("яблоки", "груши", 1).replace("маслом", "жиром").replace("сахара", "мёда")
    assert exchanged(told(one, once)) is None
    assert exchanged(told(one, once), once=True) is None  # its text has the other's word, too
    once = other[0], once[1].replace("яблоки", "их")
    assert exchanged(told(one, once)) is None
    assert exchanged(told(one, once), once=True) == ("яблоки", "груши")
    assert exchanged(told(one, (one[0], once[1])), once=True) is None


@pytest.mark.parametrize("end", [31, 33], ids=["whole words", "cut off"])
def test_a_headline_made_of_a_texts_first_words_says_nothing_that_they_do_not(end: int) -> None:
    one, other = (f"Сочный пирог, в котором {it} тают во рту. {PIE.format(it)}" for it in ("яблоки", "груши"))
    assert exchanged(told((one[:end], one), (other[: end - 1], other))) is None
    assert exchanged(told(("Пирог: яблоки", one), (other[: end - 1], other))) is None
    assert exchanged(told(("Пирог: яблоки", one), ("Пирог: груши", other))) == ("яблоки", "груши")
