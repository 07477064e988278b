"""Acceptance cases for social links that lines of a body decide, by their numbers, from a document to its outputs."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import pytest

from support.builders import make_source
from support.simulation import World
from syndicator.daemon import acts
from syndicator.model.article import Article
from syndicator.model.social import Credit

NSN = make_source(id="nsn", url="https://nsn.example/rss", title="НСН", republish="full", language="ru")
PAGE = make_source(id="page", url="https://nsn.example/economy/kafe", title="НСН", kind="page", republish="full")
OTHER = make_source(id="other", url="https://other.example/rss", title="Вестник", republish="full", language="ru")

SECTION = "Экономика Москвы"
HEADLINE = "Оборот столичных кафе вырос на 12 % — это больше, чем в прошлом году"
STORY = (
    "Оборот московских кафе и ресторанов за десять месяцев вырос на двенадцать процентов, сообщили в мэрии.",
    "«Москвичи чаще завтракают вне дома», — объяснил ресторатор и добавил, что зимой спрос обычно падает.",
    "По данным городской статистики, за десять месяцев в столице открылось больше шестисот новых заведений.",
    "Эксперты связывают рост с тем, что город благоустраивает улицы, а доходы жителей растут быстрее цен.",
)
BRIDGE = (
    "Мост через реку откроют в апреле, на месяц раньше срока, рассказал журналистам начальник управления дорог.",
    "Рабочим осталось уложить асфальт и поставить ограждения, а движение пустят по двум полосам из четырёх.",
    "Старый мост разберут к осени: его опоры пойдут на новую набережную, которую начнут строить через год.",
)
FOOTER = "Подписывайтесь на НСН: Новости | Дзен | VK | Telegram"
CREDIT = "ФОТО: Владимир Ефимов"
ANCHORS = (
    "Подписывайтесь на НСН: <a href='https://nsn.example/news'>Новости</a> | "
    "<a href='https://zen.yandex.ru/media/nsn?utm_source=site'>Дзен</a> | <a href='https://vk.ru/NSN'>VK</a> | "
    "<a href='https://t.me/s/NSNfm'>Telegram</a>"
)
TAIL = (
    "Сообщение <a href='https://nsn.example/kafe'>Цены растут</a> появились сначала на "
    "<a href='https://nsn.example'>НСН</a>."
)


def item(name: str, paragraphs: Sequence[str], *, link: str = "", key: str = "", more: str = "") -> str:
    body = escape("".join(f"<p>{line}</p>" for line in paragraphs))
    return (
        f"<item><title>{name}</title><link>{escape(link) or f'https://nsn.example/{name}'}</link>"
        f"<guid isPermaLink='false'>{key or name}</guid><description>{body}</description>{more}</item>"
    )


def rss(*items: str) -> str:
    return (
        "<rss version='2.0' xmlns:yandex='http://news.yandex.ru'><channel><title>НСН</title>"
        f"<link>https://nsn.example/</link><description/>{''.join(items)}</channel></rss>"
    )


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, NSN, OTHER)
    yield made
    made.pump.store.close()


def poll(world: World, *items: str, source: str = NSN.url) -> dict[str, Article]:
    """Let a source show these items, and give every story's leading article by its title."""
    world.network.clear(source)
    world.network.serve(source, rss(*items))
    world.later(hours=9)
    return articles(world)


def articles(world: World) -> dict[str, Article]:
    store = world.pump.store
    return {story.lead.title: story.lead for story in store.stories([number for number, _ in store.select(limit=999)])}


def outputs(world: World) -> str:
    """All that is published, as one text."""
    acts.publish_all(world.pump, world.now, anew=True)
    public = world.pump.config.paths.public
    files = [path for path in sorted(public.rglob("*")) if path.is_file() and path.suffix not in {".gz", ".zst", ".br"}]
    assert len(files) >= 3
    return "\n".join(path.read_text("utf-8") for path in files)


def text(*lines: str) -> str:
    return "\n".join(lines)


def test_case_1_a_page_whose_footer_has_no_addresses(tmp_path: Path) -> None:
    world = World.open(tmp_path, PAGE)
    lines = "".join(f"<p>{line}</p>" for line in (SECTION, HEADLINE, *STORY, FOOTER, CREDIT))
    world.network.serve(
        PAGE.url,
        f"<!DOCTYPE html><html lang=ru><head><title>{HEADLINE}</title></head><body><article itemscope "
        f"itemtype='https://schema.org/NewsArticle'><h1 itemprop=headline>{HEADLINE}</h1>"
        f"<div itemprop=articleBody>{lines}</div></article></body></html>",
        **{"content-type": "text/html; charset=utf-8"},
    )
    world.settle()
    (article,) = articles(world).values()
    assert article.title == HEADLINE
    assert article.section == SECTION
    assert article.categories == (SECTION,)
    assert article.text == text(*STORY)
    assert [(it.platform, it.label, it.url, it.status) for it in article.social] == [
        ("unknown", "Новости", "", "label_only"),
        ("dzen", "Дзен", "", "label_only"),
        ("vk", "VK", "", "label_only"),
        ("telegram", "Telegram", "", "label_only"),
    ]
    assert article.credits == (Credit(role="photographer", name="Владимир Ефимов"),)
    published = outputs(world)
    assert STORY[-1] in published
    assert "Подписывайтесь" not in published
    assert "ФОТО" not in published
    world.pump.store.close()


def test_case_2_a_footer_with_addresses(world: World) -> None:
    found = poll(world, item("kafe", (*STORY, ANCHORS)))["kafe"]
    assert found.text == text(*STORY)
    links = [it for it in found.social if it.evidence == "subscription line"]
    assert [(it.platform, it.kind, it.owner, it.url) for it in links] == [
        ("site", "profile", "publisher", "https://nsn.example/news"),
        ("dzen", "profile", "publisher", "https://dzen.ru/nsn"),
        ("vk", "profile", "publisher", "https://vk.com/nsn"),
        ("telegram", "profile", "publisher", "https://t.me/nsnfm"),
    ]
    assert all(it.confidence >= 0.85 for it in links)


def test_case_4_one_story_on_two_sites_of_which_one_has_the_footer(world: World) -> None:
    poll(world, item("here", (*STORY, FOOTER, CREDIT)))
    poll(world, item("there", STORY, link="https://other.example/there"), source=OTHER.url)
    assert [sources for _, sources in world.stories()] == [["nsn", "other"]]


@pytest.mark.parametrize("footer", [FOOTER, "Звоните нам, пишите нам, читайте нас утром и вечером в любую погоду."])
def test_case_5_short_items_that_share_a_footer_are_two_stories(world: World, footer: str) -> None:
    one = "Синоптики обещают дождь в среду."
    other = "Цены на бензин не изменились."
    poll(world, item("rain", (one, footer)), item("petrol", (other, footer)))
    assert len(world.stories()) == 2
    poll(
        world,
        item("fog", ("Над рекой туман до утра.", footer)),
        item("trams", ("Трамваи встали на час.", footer), link="https://other.example/trams"),
        source=OTHER.url,
    )
    assert sorted(sources for _, sources in world.stories()) == [["nsn"], ["nsn"], ["other"], ["other"]]


def test_case_6_a_redesigned_footer_is_learned_and_nothing_is_announced_again(world: World) -> None:
    names = [f"Новость {number}" for number in range(4)]
    old = [
        item(name, (f"{name}: {STORY[0]}", *BRIDGE, FOOTER), link=f"https://nsn.example/{name[-1]}") for name in names
    ]
    poll(world, *old)
    before = {story.lead.title: story for story in world.pump.store.stories(range(1, 9))}
    footer = "Мы рады вам каждый день: выбирайте, где вам удобнее читать свежий выпуск"
    fresh = [
        item(f"Повод {number}", (f"Повод {number}. {STORY[number]}", *BRIDGE[::-1], footer), key=f"new{number}")
        for number in range(3)
    ]
    poll(world, *old, *fresh)
    after = {story.lead.title: story for story in world.pump.store.stories(range(1, 99))}
    for number in range(3):
        assert footer not in after[f"Повод {number}"].lead.said
    assert {name: (after[name].guid, after[name].updated) for name in names} == {
        name: (before[name].guid, before[name].updated) for name in names
    }
    poll(world, *old, *fresh)
    again = {story.lead.title: story for story in world.pump.store.stories(range(1, 99))}
    assert {name: (it.guid, it.updated) for name, it in again.items()} == {
        name: (it.guid, it.updated) for name, it in after.items()
    }


@pytest.mark.parametrize(
    "line",
    ["«Подписывайтесь на мой канал», — призвал блогер.", "Telegram и VK оштрафованы за отказ удалить записи."],
    ids=["case 7", "case 9"],
)
@pytest.mark.parametrize("position", [0, 4])
def test_cases_7_and_9_news_of_platforms_is_untouched(world: World, line: str, position: int) -> None:
    lines = [*STORY[:position], line, *STORY[position:]]
    found = poll(world, item("news", lines))["news"]
    assert found.text == text(*lines)
    assert found.own is None
    assert found.removed == ()


@pytest.mark.parametrize("words", ["Поделиться: {}", "{}"])
def test_case_10_a_bar_of_share_buttons_goes_and_makes_no_profiles(world: World, words: str) -> None:
    page = "https://nsn.example/bar"
    buttons = {
        "VK": f"https://vk.com/share.php?url={page}",
        "Telegram": f"https://t.me/share/url?url={page}",
        "X": f"https://x.com/intent/post?text={page}",
        "OK": f"https://connect.ok.ru/offer?url={page}",
        "MAX": f"https://max.ru/:share?text={page}",
        "WhatsApp": f"https://api.whatsapp.com/send?text={page}",
    }
    bar = words.format(" | ".join(f"<a href='{href}'>{label}</a>" for label, href in buttons.items()))
    found = poll(world, item("bar", (*STORY, bar)))["bar"]
    assert found.text == text(*STORY)
    assert [it for it in found.social if it.kind == "profile"] == []


def test_case_20_a_legal_notice_is_published_and_not_compared(world: World) -> None:
    notice = "* Meta признана экстремистской организацией, её деятельность в России запрещена."
    found = poll(world, item("law", (*STORY, notice)))["law"]
    assert found.said == text(*STORY)
    assert found.text == text(*STORY, notice)
    assert notice in outputs(world)


@pytest.mark.parametrize(
    "line", ["erid: 2VtzqwAbCdE9", "Реклама. ООО «Ромашка», ИНН 7712345678, erid: 2VtzqwAbCdE9", "На правах рекламы"]
)
def test_case_21_a_line_of_advertising_goes_and_the_story_is_known_to_be_paid_for(world: World, line: str) -> None:
    found = poll(world, item("paid", (*STORY, line)), item("free", BRIDGE))
    assert found["paid"].sponsored
    assert not found["free"].sponsored
    assert found["paid"].text == text(*STORY)
    assert [(it.line_class, it.text) for it in found["paid"].removed] == [("ad_disclosure", line)]
    assert line not in outputs(world)


def test_case_21_the_place_of_a_banner_says_nothing_of_the_story(world: World) -> None:
    found = poll(world, item("banner", ("Реклама", *STORY)))["banner"]
    assert found.text == text(*STORY)
    assert not found.sponsored


def test_case_22_the_tails_of_a_feed_and_of_a_full_text_are_cleaned(world: World) -> None:
    full = f"<yandex:full-text>{chr(10).join((*BRIDGE, FOOTER))}</yandex:full-text>"
    found = poll(world, item("tail", (*STORY, TAIL)), item("full", ("Мост откроют в апреле.",), more=full))
    assert found["tail"].text == text(*STORY)
    assert [it.line_class for it in found["tail"].removed] == ["feed_tail"]
    assert found["full"].text == text(*BRIDGE)
    assert [it.line_class for it in found["full"].removed] == ["subscribe"]


def test_case_26_where_too_much_would_go_nothing_goes(world: World) -> None:
    found = poll(world, item("short", ("Выпал снег.", FOOTER, CREDIT)), item("long", (*STORY, FOOTER)))
    assert found["short"].flagged
    assert found["short"].text == text("Выпал снег.", FOOTER, CREDIT)
    assert found["short"].removed == ()
    assert not found["long"].flagged
    assert world.pump.store.states()["nsn"].warnings == (
        "Entries from which nothing was removed, because most of their lines look like closing lines: 1.",
    )


def test_case_27_one_article_under_three_addresses(world: World) -> None:
    addresses = ["https://nsn.example/x", "https://nsn.example/amp/x", "http://nsn.example/x.html?utm_source=a"]
    poll(world, *(item("Кафе", STORY, link=link, key=f"k{number}") for number, link in enumerate(addresses)))
    ((title, _),) = world.stories()
    assert title == "Кафе"
    assert articles(world)["Кафе"].canonical_url == addresses[0]


def test_case_28_what_recalls_another_story_is_published_and_not_compared(world: World) -> None:
    recall = f"Ранее на НСН рассказали: {STORY[0][0].lower()}{STORY[0][1:]}"
    found = poll(world, item("kafe", STORY), item("bridge", (*BRIDGE, recall)))
    assert len(found) == 2
    assert found["bridge"].said == text(*BRIDGE)
    assert found["bridge"].text == text(*BRIDGE, recall)


def test_case_29_a_story_that_is_nothing_but_a_learned_line_stays(world: World) -> None:
    line = "Прямой эфир начнётся в девять часов утра."
    before = [item(f"n{number}", (f"{number}. {STORY[number % 4]}", BRIDGE[number % 3], line)) for number in range(6)]
    poll(world, *before)
    found = poll(world, *before, item("Эфир", (line,)))["Эфир"]
    assert found.text == line
    assert found.flagged
    assert line in outputs(world)
