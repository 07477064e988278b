"""Whom a call to subscribe names."""

import pytest

from syndicator.social.lines import split_footer
from syndicator.social.naming import is_alike, naming
from syndicator.text.blocks import Block

STORY = Block(
    "Оборот московских кафе и ресторанов за десять месяцев вырос на двенадцать процентов, сообщили в мэрии. " * 4
)
NSN = ("НСН",)
SITE = "https://nsn.fm/"


def goes(line: str, *hrefs: str, names: tuple[str, ...] = NSN, site_url: str = SITE) -> bool:
    block = Block(line, links=tuple(("Telegram", it) for it in hrefs))
    split = split_footer([STORY, block, STORY], names=names, site_url=site_url)
    assert bool(split.removed) == bool(split.links)
    return bool(split.removed)


@pytest.mark.parametrize("names", [NSN, ("Национальная служба новостей",), (), ("Новости",)])
@pytest.mark.parametrize(
    ("line", "href"),
    [
        ("Подписывайтесь на канал Медузы: Telegram", "https://t.me/meduzalive"),
        ("Подписывайтесь на «Медузу» в Telegram", "https://t.me/meduzalive"),
        ("Подписывайтесь на новости Медузы в Telegram", "https://t.me/meduzalive"),
        ("Подписывайтесь на Mash в Telegram", "https://t.me/mash"),
        ("Подписывайтесь на канал губернатора в Telegram", "https://t.me/gov"),
        ("Подписывайтесь на канал нашего губернатора в Telegram", "https://t.me/gov"),
        ("Подписывайтесь на нашего партнёра Mash в Telegram", "https://t.me/mash"),
        ("Subscribe to MrBeast on YouTube", "https://youtube.com/@MrBeast"),
        ("Follow @johnsmith on X", "https://x.com/johnsmith"),
    ],
)
def test_a_call_to_subscribe_to_somebody_else_is_the_storys(line: str, href: str, names: tuple[str, ...]) -> None:
    assert not goes(line, href, names=names)


@pytest.mark.parametrize("names", [NSN, ("Национальная служба новостей",), (), ("Новости",)])
@pytest.mark.parametrize(
    ("line", "href"),
    [
        ("Подписывайтесь на НСН: Новости | Дзен | VK | Telegram", "https://t.me/nsnfm"),
        ("Follow us on X", "https://x.com/some_name"),
        ("Follow us on X: @some_name", "https://x.com/some_name"),
        ("Follow @nsnfm on X", "https://x.com/nsnfm"),
        ("Подписывайтесь на наш канал", "https://t.me/some_name"),
        ("Подписывайтесь на наш канал «Радиоточка» в Telegram", "https://t.me/some_name"),
        ("Подписывайтесь на «Радиоточку» в Telegram", "https://t.me/nsnfm"),
        ("Подписывайтесь: Telegram", "https://t.me/some_name"),
    ],
)
def test_a_call_to_subscribe_to_the_publisher_goes(line: str, href: str, names: tuple[str, ...]) -> None:
    assert goes(line, href, names=names)


@pytest.mark.parametrize(
    ("names", "site_url", "line"),
    [
        (("Лента.ру",), "https://lenta.example/", "Подписывайтесь на «Ленту» в Telegram"),
        (("Деловая жизнь",), "https://dl.example/", "Подписывайтесь на «Деловую жизнь» в MAX"),
        ((), "https://meduza.example/", "Подписывайтесь на Медузу в Telegram"),
        (("The Daily Courier - Local news",), "https://dc.example/", "Subscribe to the Courier on Facebook"),
        (NSN, SITE, "Подписывайтесь на НСН Спорт в Telegram"),
        ((), "https://dl.example/", "Подписывайтесь на «Деловую жизнь» в MAX"),
        ((), "", "Подписывайтесь на «Деловую жизнь» в MAX"),
        (("МК",), "https://mk.example/", "Присоединяйтесь к МК в Telegram"),
        (("Московский комсомолец",), "https://paper.example/", "Подписывайтесь на «МК» в MAX"),
        (("Новости",), "https://russian.rt.com/", "Подписывайтесь на RT в Telegram"),
    ],
)
def test_a_name_is_known_in_any_case_and_in_part(names: tuple[str, ...], site_url: str, line: str) -> None:
    assert goes(line, names=names, site_url=site_url)


@pytest.mark.parametrize(
    ("name", "site_url", "line", "href"),
    [
        ("Мир", "https://mir.example/", "Подписывайтесь на канал Владимира Соловьева в Telegram", "https://t.me/solo"),
        ("The Sun", "https://sun.example/", "Subscribe to the Sunrise Party on YouTube", "https://youtube.com/@one"),
        ("Daily", "https://my.example/", "Subscribe to my channel Rocks on YouTube", "https://youtube.com/@rocks"),
    ],
)
def test_a_name_is_a_word_and_no_part_of_one(name: str, site_url: str, line: str, href: str) -> None:
    assert not goes(line, href, names=(name,), site_url=site_url)


def test_another_name_is_known_by_the_title_alone() -> None:
    assert not goes("Подписывайтесь на «Деловую жизнь» в MAX")
    assert not goes("Подписывайтесь на Маску в Telegram", names=("Маша",))


@pytest.mark.parametrize(
    ("handle", "site", "expected"),
    [
        *(("nsnfm", "nsn.fm", True), ("nsn", "nsn.fm", True), ("thedailycourier", "dailycourier.example", True)),
        *(("mash", "nsn.fm", False), ("ns", "nsn.fm", False), ("", "nsn.fm", False), ("paper", "", False)),
        *(("rbc_business", "rbc.example", True), ("lifenews", "life.example", True), ("mir24", "mir.example", True)),
        *(
            ("lifehacker", "life.example", False),
            ("miratorg", "mir.example", False),
            ("citybank", "city.example", False),
        ),
        *(("lentadnya", "lenta.example", True), ("volga", "volgavestnik.example", False)),
        *(("lbnnews", "lbn.co.uk", True), ("lbn_lake", "news.lbn.com.br", True), ("conews", "lbn.co.uk", False)),
    ],
)
def test_accounts_that_are_called_as_a_site(handle: str, site: str, expected: bool) -> None:
    assert is_alike(handle, site) == expected


def test_a_name_counts_only_as_whole_words_also_one_within_another() -> None:
    called = naming(("Мир 24", "Мир"), "mir.example")
    assert called.is_named_in("Канал Мир 24 в Telegram")
    assert called.is_named_in("Канал Мир 24х в Telegram")
    assert not called.is_named_in("Канал Владимир в Telegram")
    assert called.unnamed("Мир 24х, Мир 24 и Владимир").split() == ["24х,", "и", "Владимир"]
