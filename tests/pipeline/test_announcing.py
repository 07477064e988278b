"""A publisher's own posts, over real pump and store: whose the account is, and what it says, decide."""

from pathlib import Path

import pytest

from support.builders import make_source
from support.simulation import World, rss
from support.telegram import PREVIEW, Message, preview
from syndicator.dedup.explaining import joined
from syndicator.model.noun import replace
from syndicator.model.source import Source
from syndicator.pipeline.decisions import split
from syndicator.pipeline.replay import replayed
from syndicator.social.posts import announcements

SITE = make_source(id="site", url="https://vestnik.example/rss", title="Вестник")
CHANNEL = make_source(id="channel", url=PREVIEW, kind="telegram", title="Вестник в Telegram")
ARTICLE = "https://vestnik.example/tram"
HEADLINE = "Трамвайное депо станет музеем"
LEAD = "Депутаты решили сохранить здание 1909 года и открыть в нём музей транспорта. Ремонт начнётся весной."
LINK = f'<a href="{ARTICLE}?utm_source=tg">Подробнее</a>'
OPINION = "Мы помним каждого, кто обещал снести этот дом, и назовём их всех по именам, должностям и суммам. " * 6
SUBSCRIBE = (
    '<p>Подписывайтесь на нас: <a href="https://t.me/vestnik_mos">Telegram</a> | <a href="https://vk.com/v">VK</a></p>'
)


def item(title: str = HEADLINE, url: str = ARTICLE, text: str = "", more: str = "") -> str:
    body = f"<p>{text or LEAD}</p>{more}".replace("<", "&lt;")
    return f"<item><title>{title}</title><link>{url}</link><guid>{url}</guid><description>{body}</description></item>"


def message(text: str = f"<b>{HEADLINE}</b><br/><br/>{LEAD}<br/><br/>{LINK}", number: int = 101) -> Message:
    return Message(number, text)


def poll(folder: Path, feed: str, page: str, *order: Source, site: Source = SITE, channel: Source = CHANNEL) -> World:
    """The sources, one after the other."""
    world = World.open(folder, site, channel)
    world.network.serve("https://t.me/robots.txt", "")
    for source in (SITE, CHANNEL):
        world.pump.store.reschedule([(source.id, "", world.now.replace(year=2030))])
    for source in order:
        world.network.clear(source.url)
        world.network.serve(source.url, feed if source is SITE else page)
        world.pump.store.hasten([source.id], world.now)
        world.later(minutes=1)
    return world


def reasons(world: World) -> list[dict[str, str]]:
    numbers = [number for number, _ in world.pump.store.select(limit=99)]
    return [{copy.source_id: copy.reason for copy, _ in world.pump.store.held(number)} for number in sorted(numbers)]


def leads(world: World) -> list[str]:
    return [it.lead.source_id for it in world.pump.store.stories([it for it, _ in world.pump.store.select(limit=99)])]


NAMED = preview(message(), about="Новости города. vestnik.example")
UNNAMED = preview(message(), about="Новости города.")


def test_an_own_post_becomes_part_of_its_articles_story_and_never_leads_it(tmp_path: Path) -> None:
    world = poll(tmp_path, rss(item()), NAMED, SITE, CHANNEL)
    assert reasons(world) == [{"site": "first", "channel": "post"}]
    assert leads(world) == ["site"]


def test_a_post_that_is_edited_to_lead_to_its_article_joins_it_and_is_told_of(tmp_path: Path) -> None:
    world = poll(tmp_path, rss(item()), preview(message("Скоро расскажем"), about="vestnik.example"), SITE, CHANNEL)
    assert len(reasons(world)) == 2
    world.network.clear(CHANNEL.url)
    world.network.serve(CHANNEL.url, NAMED)
    world.pump.store.hasten(["channel"], world.now)
    world.later(minutes=1)
    assert leads(world) == ["site"]
    assert [(it.event, it.source_id) for it in world.pump.store.social_events(9)] == [("post.linked", "site")]


def test_a_private_channels_post_tells_nobody_what_it_is_about(tmp_path: Path) -> None:
    private = replace(CHANNEL, private=True)
    world = poll(tmp_path, rss(item(more=SUBSCRIBE)), preview(message()), SITE, CHANNEL, channel=private)
    assert reasons(world) == [{"site": "first"}, {"channel": "first"}]


def test_a_post_that_comes_first_opens_a_story_that_the_article_joins_and_leads(tmp_path: Path) -> None:
    world = poll(tmp_path, rss(item()), NAMED, CHANNEL, SITE)
    assert reasons(world) == [{"site": "post", "channel": "first"}]
    assert leads(world) == ["site"]
    (story,) = world.pump.store.stories([1])
    assert story.guid == "https://t.me/vestnik_mos/101"  # what was published once keeps its id


def test_the_sites_own_pages_say_whose_the_account_is(tmp_path: Path) -> None:
    world = poll(tmp_path, rss(item(more=SUBSCRIBE)), UNNAMED, SITE, CHANNEL)
    assert reasons(world) == [{"site": "first", "channel": "post"}]


@pytest.mark.parametrize("order", [(SITE, CHANNEL), (CHANNEL, SITE)], ids=["after", "before"])
def test_the_operator_says_whose_the_account_is(tmp_path: Path, order: tuple[Source, ...]) -> None:
    declared = replace(SITE, social=("https://telegram.me/Vestnik_Mos",))
    world = poll(tmp_path, rss(item()), UNNAMED, *order, site=declared)
    assert [sorted(it.values()) for it in reasons(world)] == [["first", "post"]]


def test_the_operator_says_whose_it_is_not(tmp_path: Path) -> None:
    denied = replace(SITE, social_deny=("telegram:vestnik_mos",))
    world = poll(tmp_path, rss(item(more=SUBSCRIBE)), UNNAMED, SITE, CHANNEL, site=denied)
    assert len(reasons(world)) == 2


@pytest.mark.parametrize("about", ["Новости города.", "Лучшее с vestnik.example и other.example", "other.example"])
@pytest.mark.parametrize("order", [(SITE, CHANNEL), (CHANNEL, SITE)], ids=["after", "before"])
def test_a_strangers_post_stays_a_story_of_its_own(tmp_path: Path, about: str, order: tuple[Source, ...]) -> None:
    short = f"<b>{HEADLINE}</b><br/><br/>{LINK}"
    world = poll(tmp_path, rss(item()), preview(message(short), about=about), *order)
    assert len(reasons(world)) == 2


@pytest.mark.parametrize("order", [(SITE, CHANNEL), (CHANNEL, SITE)], ids=["after", "before"])
def test_an_own_post_with_much_to_say_is_a_story_of_its_own(tmp_path: Path, order: tuple[Source, ...]) -> None:
    page = preview(message(f"{OPINION}<br/><br/>{LINK}"), about="vestnik.example")
    assert len(reasons(poll(tmp_path, rss(item()), page, *order))) == 2


def test_a_post_with_two_links_announces_neither(tmp_path: Path) -> None:
    both = f'{HEADLINE} {LINK} <a href="https://vestnik.example/most">и ещё</a>'
    feed = rss(item(), item("Мост", "https://vestnik.example/most", "Мост закрыт до мая, сообщили в управе района."))
    assert len(reasons(poll(tmp_path, feed, preview(message(both), about="vestnik.example"), SITE, CHANNEL))) == 3


def test_a_post_whose_owner_is_known_late_joins_with_its_next_edit(tmp_path: Path) -> None:
    world = poll(tmp_path, rss(item(more=SUBSCRIBE)), UNNAMED, CHANNEL, SITE)
    assert len(reasons(world)) == 2
    world.network.clear(PREVIEW)
    world.network.serve(PREVIEW, preview(message(f"{HEADLINE}. {LINK}"), about="Новости города."))
    world.pump.store.hasten(["channel"], world.now)
    world.later(minutes=1)
    assert reasons(world) == [{"site": "post", "channel": "first"}]
    assert leads(world) == ["site"]


def test_an_edit_of_the_post_changes_it_and_leaves_it_where_it_is(tmp_path: Path) -> None:
    world = poll(tmp_path, rss(item()), NAMED, SITE, CHANNEL)
    (before,) = world.pump.store.stories([1])
    world.network.clear(PREVIEW)
    world.network.serve(PREVIEW, preview(message(f"Дополнено. {HEADLINE}<br/><br/>{LINK}"), about="vestnik.example"))
    world.pump.store.hasten(["channel"], world.now)
    world.later(minutes=1)
    (after,) = world.pump.store.stories([1])
    assert reasons(world) == [{"site": "first", "channel": "post"}]
    assert next(it.title for copy, it in world.pump.store.held(1) if copy.source_id == "channel").startswith(
        "Дополнено"
    )
    assert after.updated == before.updated  # it is the article's words that are published


def test_what_the_operator_splits_stays_apart(tmp_path: Path) -> None:
    world = poll(tmp_path, rss(item()), NAMED, SITE, CHANNEL)
    split(world.pump.store, "1", "channel", world.now)
    assert len(reasons(world)) == 2
    world.network.clear(SITE.url)
    world.network.serve(SITE.url, rss(item(text=f"{LEAD} Дополнено.")))
    world.pump.store.hasten(["site"], world.now)
    world.later(minutes=1)
    assert len(reasons(world)) == 2


def test_two_posts_about_one_article_are_both_its_own(tmp_path: Path) -> None:
    page = preview(message(), message(f"Напоминаем: {HEADLINE.lower()}. {LINK}", 102), about="vestnik.example")
    world = poll(tmp_path, rss(item()), page, SITE, CHANNEL)
    assert [copy.reason for copy, _ in world.pump.store.held(1)] == ["first", "post", "post"]
    (story,) = world.pump.store.stories([1])
    assert [it.url.rpartition("/")[2] for it in announcements(story.copies)] == ["102", "101"]


BLUESKY = make_source(id="bluesky", url="https://bsky.app/profile/vestnik.example/rss", title="Вестник")
POSTED = "https://bsky.app/profile/vestnik.example/post/3kabc"


def test_a_feed_of_another_platform_tells_own_posts_too(tmp_path: Path) -> None:
    world = World.open(tmp_path, SITE, BLUESKY)
    world.network.serve(SITE.url, rss(item()))
    world.network.serve(BLUESKY.url, rss(item("", POSTED, f"{HEADLINE}. {ARTICLE}")))
    world.settle()
    assert [sorted(it.values()) for it in reasons(world)] == [["first", "post"]]
    assert leads(world) == ["site"]


def test_placing_all_anew_leaves_posts_where_they_are(tmp_path: Path) -> None:
    for order in ((SITE, CHANNEL), (CHANNEL, SITE)):
        world = poll(tmp_path / order[0].id, rss(item()), NAMED, *order)
        with replayed(world.pump.store, print) as paper:
            assert list(paper.changes()) == []


def test_why_says_what_a_post_does_there(tmp_path: Path) -> None:
    for order in ((SITE, CHANNEL), (CHANNEL, SITE)):
        world = poll(tmp_path / order[0].id, rss(item()), NAMED, *order)
        held = world.pump.store.held(1)
        told = [joined(copy, article, [it for it in held if it[0] != copy], {}) for copy, article in held]
        assert [it.words for it in told if "account" in it.words]
        assert [it.partner for it in told if "account" in it.words] == [1]
