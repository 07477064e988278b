"""Blocks that are nothing but links, and the lines that they stand below."""

import pytest

from syndicator.social.lines import split_footer
from syndicator.text.blocks import Block

STORY = (
    "Хор собирается в воскресенье в доме культуры, где теперь тепло: трубы наконец заменили.",
    "Дирижёр обещает новую программу, в которой будут и колядки, и песни местных авторов.",
    "Билеты стоят столько же, сколько год назад, а школьников пустят бесплатно.",
)
ACCOUNTS = (("Telegram", "https://t.me/hor_gazeta"), ("ВКонтакте", "https://vk.com/hor_gazeta"))


def split(*blocks, **options):
    return split_footer([*map(Block, STORY), *blocks], **options)


def row(*links):
    return Block(text="\n".join(text for text, _ in links), links=links)


@pytest.mark.parametrize(
    "call", ["Читайте нас там, где удобно:", "Подпишись на нас!", "Follow us:", "Наши каналы в соцсетях:"]
)
def test_accounts_below_a_call_go_with_it_and_are_the_publishers(call):
    found = split(Block(call), row(*ACCOUNTS))

    assert [(it.position, it.line_class, it.rule) for it in found.removed] == [
        (3, "subscribe", "call"),
        (4, "subscribe", "list"),
    ]
    assert [(it.owner, it.url) for it in found.links] == [("publisher", url) for _, url in ACCOUNTS]


def test_each_may_have_its_own_paragraph():
    found = split(Block("Подписывайтесь на нас:"), *(row(it) for it in ACCOUNTS))

    assert [it.position for it in found.removed] == [3, 4, 5]
    assert len(found.links) == 2


@pytest.mark.parametrize("above", ["Певец в соцсетях:", "Следите за дирижёром:", "«Подпишитесь на нас!»", STORY[0]])
def test_accounts_below_anything_else_are_of_the_story(above):
    found = split(Block(above), row(*ACCOUNTS))

    assert (found.removed, found.links) == ((), ())


def test_a_bar_of_labels_takes_the_call_above_it_along():
    links = (*ACCOUNTS, ("MAX", "https://max.ru/hor_gazeta"))
    found = split(Block("Подписаться на нас:"), Block("Telegram / ВКонтакте / MAX", links=links))

    assert [it.position for it in found.removed] == [3, 4]
    assert len(found.links) == 3


def test_accounts_are_another_ones_where_others_are_shown_to_be_the_publishers():
    known = ["telegram:vestnik", "vk:vestnik"]

    assert split(Block("Подписывайтесь:"), row(*ACCOUNTS), known=known).links == ()


def test_a_list_that_leads_elsewhere_too_is_no_row_of_accounts():
    mixed = row(*ACCOUNTS, ("Прогноз погоды", "https://pogoda.example/"))

    assert split(Block("Подписывайтесь на нас:"), mixed).links == ()


@pytest.mark.parametrize("call", ["Читайте нас:", "关注我们："])
def test_a_call_goes_though_nothing_with_words_stands_below_it(call):
    assert [it.rule for it in split(Block(call), Block("", links=(("", "https://t.me/hor_gazeta"),))).removed] == [
        "call"
    ]


@pytest.mark.parametrize("line", ["Певец в соцсетях:", "Читайте нас", "Мэр сказал: подписывайтесь на нас:"])
def test_another_last_line_stays(line):
    assert split(Block(line)).removed == ()


def test_a_row_without_a_heading_proves_nothing():
    assert split(row(*ACCOUNTS)).links == ()
