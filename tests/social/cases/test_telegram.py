"""Acceptance cases of channels as sources: the numbers are those of the specification."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from support.builders import make_source
from support.simulation import World, rss
from support.telegram import CHANNEL, NOT_SHOWN, PREVIEW, Message, preview
from syndicator.model.failure import FailureKind
from syndicator.pipeline.health import health
from syndicator.pipeline.publishing import publish
from syndicator.social.posts import announcements

SITE = make_source(id="site", url="https://vestnik.example/rss", title="Вестник")
TELEGRAM = make_source(id="channel", url=PREVIEW, kind="telegram", title="Вестник в Telegram")
ARTICLE = "https://vestnik.example/tram"
SUBSCRIBE = (
    f'<p>Подписывайтесь на Вестник: <a href="{CHANNEL}">Telegram</a> | <a href="https://vk.com/vestnik_mos">VK</a></p>'
)
BODY = (
    "<p>Депутаты решили сохранить здание 1909 года и открыть в нём музей транспорта.</p><p>Ремонт начнётся весной.</p>"
)


def item(body: str = BODY) -> str:
    escaped = f"{body}{SUBSCRIBE}".replace("<", "&lt;")
    ids = f"<link>{ARTICLE}</link><guid>{ARTICLE}</guid>"
    return f"<item><title>Трамвайное депо станет музеем</title>{ids}<description>{escaped}</description></item>"


def world_of(folder: Path) -> World:
    world = World.open(folder, SITE, TELEGRAM)
    world.network.serve("https://t.me/robots.txt", "")
    world.network.serve(SITE.url, rss(item()))
    return world


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON document."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


def test_case_23_a_channel_without_a_preview_is_told_so_and_its_profile_stays(tmp_path: Path) -> None:
    world = world_of(tmp_path)
    world.network.serve(PREVIEW, preview(Message(1, "Первое сообщение")))
    world.settle()
    world.network.clear(PREVIEW)
    world.network.serve(PREVIEW, status=302, location=CHANNEL)
    world.network.serve(CHANNEL, NOT_SHOWN)
    for _ in range(3):
        world.pump.store.hasten(["channel"], world.now)
        world.later(hours=6)
    state = world.pump.store.states()["channel"]
    assert state.failure is not None
    assert state.failure.kind is FailureKind.NO_PREVIEW
    found = health(TELEGRAM, state)
    assert found.status == "failing"
    assert "no public preview" in found.sentence
    assert "t.me/s/" in found.remedy
    assert found.next_try is not None  # it is tried again
    assert ("Первое сообщение", ["channel"]) in world.stories()
    publish(world.pump.store, world.pump.config, world.pump.sources, now=world.now)
    published = orjson.loads((world.pump.config.paths.public / "social.json").read_bytes())
    (profile,) = (it for it in objects(published) if it.get("url") == CHANNEL and it.get("platform") == "telegram")
    assert profile["status"] == "active"


def test_post_linked_an_own_post_is_the_articles_post_and_no_second_article(tmp_path: Path) -> None:
    world = world_of(tmp_path)
    text = f'<b>Трамвайное депо станет музеем</b><br/><br/><a href="{ARTICLE}?utm_source=telegram">Подробнее</a>'
    world.network.serve(PREVIEW, preview(Message(54378, text), about="Новости города"))
    world.pump.store.reschedule([("channel", "", world.now.replace(year=2030))])
    world.settle()
    world.pump.store.hasten(["channel"], world.now)
    world.later(minutes=5)
    (number,) = (number for number, _ in world.pump.store.select(limit=9))
    (story,) = world.pump.store.stories([number])
    assert (story.lead.source_id, [it.reason for it in story.copies]) == ("site", ["first", "post"])
    (post,) = announcements(story.copies)
    assert (post.platform, post.kind, post.url, post.evidence) == (
        "telegram", "post", f"{CHANNEL}/54378", "channel post",
    )  # fmt: skip
    publish(world.pump.store, world.pump.config, world.pump.sources, now=world.now)
    feed = (world.pump.config.paths.public / "feeds" / "all.rss").read_text()
    assert feed.count("<item>") == 1
    assert f'rel="related" href="{CHANNEL}/54378"' in feed
    assert 'rel="via"' not in feed
    events = (world.pump.config.paths.public / "social.rss").read_bytes()
    assert f"{CHANNEL}/54378".encode() in events
    world.pump.store.hasten(["site", "channel"], world.now)
    world.later(days=1)
    assert "social.rss" not in publish(world.pump.store, world.pump.config, world.pump.sources, now=world.now)
