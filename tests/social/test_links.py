"""What is read from a subscription line, beyond the acceptance cases in test_lines.py."""

import pytest

from syndicator.social.links import addresses, mine


def read(text, *anchors, page_url=""):
    return mine(text, anchors, site_url="https://nsn.example/", page_url=page_url)


def test_the_order_of_the_line_is_kept():
    links = read("Мы там: Дзен, t.me/nsnfm, VK, MAX", ("VK", "https://vk.com/nsn"))

    assert [link.platform for link in links] == ["dzen", "telegram", "vk", "max"]


def test_an_anchor_says_more_than_its_label():
    links = read("Канал в Telegram", ("Telegram", "https://max.ru/nsn"))

    assert [(link.platform, link.label) for link in links] == [("max", "Telegram")]


def test_an_icon_without_a_text_is_labelled_by_its_platform():
    links = read("Мы в сетях", ("", "https://vk.com/nsn"), ("", "https://t.me/nsnfm"))

    assert [(link.label, link.url) for link in links] == [
        ("ВКонтакте", "https://vk.com/nsn"),
        ("Telegram", "https://t.me/nsnfm"),
    ]


def test_a_label_behind_a_redirector_gets_no_invented_address():
    links = read("Telegram | Новости", ("Telegram", "https://nsn.example/go/tg"), ("Новости", "https://clck.example/x"))

    assert [(link.platform, link.url, link.status) for link in links] == [
        ("telegram", "", "label_only"),
        ("unknown", "", "label_only"),
    ]


@pytest.mark.parametrize(
    "own", ["https://nsn.example/news", "https://m.nsn.example/", "https://podcasts.nsn.example/x"]
)
def test_the_publishers_own_pages_are_its_site(own):
    assert [link.platform for link in read("Новости", ("Новости", own))] == ["site"]


def test_a_host_that_ends_alike_is_not_the_publishers():
    assert [link.platform for link in read("Новости", ("Новости", "https://evilnsn.example/"))] == ["unknown"]


def test_news_in_the_middle_of_a_sentence_is_no_label():
    assert [link.platform for link in read("Подписывайтесь на новости в Telegram")] == ["telegram"]


def test_an_address_and_its_name_are_one_entry():
    links = read("Telegram: https://t.me/nsnfm", ("https://t.me/nsnfm", "https://t.me/nsnfm"))

    assert [(link.platform, link.url) for link in links] == [("telegram", "https://t.me/nsnfm")]


def test_two_accounts_on_one_platform_are_two_entries():
    links = read("VK и VK", ("VK", "https://vk.com/nsn"), ("VK", "https://vk.com/nsn_music"))

    assert [link.handle for link in links] == ["nsn", "nsn_music"]


def test_a_button_that_carries_the_article_along_is_left_out():
    page = "https://nsn.example/a"

    assert read("VK", ("VK", f"https://vk.com/nsn?u={page}"), page_url=page) == ()


def test_addresses_written_out_lose_the_punctuation_after_them():
    text = "Пишите в t.me/nsnfm, vk.com/nsn."

    assert [(text[start:end], href) for start, end, href in addresses(text)] == [
        ("t.me/nsnfm", "https://t.me/nsnfm"),
        ("vk.com/nsn", "https://vk.com/nsn"),
    ]


@pytest.mark.parametrize(
    ("line", "urls"),
    [
        ("Наш Telegram-канал: @vestnik_luzhi", ["https://t.me/vestnik_luzhi"]),
        (
            "Find us on Twitter @LakeFM and Instagram @lake.fm",
            ["https://x.com/lakefm", "https://instagram.com/lake.fm"],
        ),
        ("@vestnik_luzhi в Telegram, @luzha в VK", ["https://t.me/vestnik_luzhi", "https://vk.com/luzha"]),
        ("ВКонтакте (@luzha)", ["https://vk.com/luzha"]),
    ],
)
def test_a_name_beside_its_platform_is_an_account(line, urls):
    assert [it.url for it in read(line)] == urls


@pytest.mark.parametrize(
    "line",
    [
        "Telegram: письма на vestnik@luzha.example",  # mail
        "Наш Дзен: @luzha",  # a name means nobody there
        "Mastodon: @luzha@social.example",  # on some server or other
        "Telegram, а по поводу рекламы — @luzha",  # something else stands between
        "Telegram: @share",  # a word of the platform's own
        "Новости: @luzha",
        "@luzha",
    ],
)
def test_no_account_is_made_of_another_name(line):
    assert [it.url for it in read(line) if it.url] == []
