"""Whose a call is: what its accounts, its words and what is known of the publisher say. Whole lines: test_lines.py."""

import pytest

from syndicator.social.calls import Line, is_call, speaks_of_author
from syndicator.social.naming import naming

OWN, OTHER = "https://t.me/vestnik_vyatka", "https://t.me/museum_channel"
VESTNIK = naming(("Вестник",), "vestnik.example")


def line(text, *addresses, known=(), above=""):
    links = tuple(("", it) for it in addresses)
    return Line(text=text, links=links, naming=VESTNIK, above=above, last=True, known=known)


@pytest.mark.parametrize(
    ("addresses", "known", "owned"),
    [
        ((OWN,), (), True),  # it is called as the site is
        ((OTHER,), (), False),
        ((OTHER,), ("telegram:museum_channel",), True),
        (("https://vk.com/museum_channel",), ("telegram:museum_channel",), True),  # as an account elsewhere
        ((OWN, OTHER), (), False),
        ((), ("telegram:museum_channel",), False),
    ],
)
def test_accounts_are_the_publishers_by_what_is_known_or_by_their_names(addresses, known, owned):
    assert line("Подписывайтесь", *addresses, known=known).is_owned is owned


def test_an_address_that_is_written_out_counts_as_one_that_is_linked():
    assert [it.handle for it in line("Наш канал: t.me/museum_channel", OWN).accounts] == [
        "vestnik_vyatka",
        "museum_channel",
    ]


@pytest.mark.parametrize(
    ("text", "known", "elsewhere"),
    [
        ("Подписывайтесь на канал музея", ("telegram:vestnik",), True),
        ("Подписывайтесь на наш второй канал", ("telegram:vestnik",), False),
        ("Подписывайтесь на «Вестник»", ("telegram:vestnik",), False),
        ("Подписывайтесь на мой канал", ("telegram:vestnik",), False),
        ("Подписывайтесь на канал музея", ("vk:vestnik",), False),
        ("Подписывайтесь на канал музея", (), False),
    ],
)
def test_another_account_of_a_platform_where_the_publisher_is_shown_is_anothers(text, known, elsewhere):
    assert line(text, OTHER, known=known).is_elsewhere is elsewhere


@pytest.mark.parametrize(
    ("text", "address", "calls"),
    [
        ("Подписывайтесь на наш канал в Telegram", OWN, True),
        ("Follow us on Telegram", OWN, True),
        ("Подписывайтесь на канал музея в Telegram, советует губернатор", OTHER, False),
        ("Подписывайтесь на нас везде", "", False),
    ],
)
def test_a_call_names_a_platform_and_nobody_else(text, address, calls):
    assert is_call(line(text, *filter(None, [address]))) is calls


def test_an_author_speaks_of_his_own_a_publisher_of_ours():
    assert speaks_of_author("Подписывайтесь на мой канал")
    assert not speaks_of_author("Подписывайтесь на наш канал, пишет мой коллега")
    assert not speaks_of_author("Подписывайтесь на канал")
