"""Acceptance cases of social links: what becomes of them in the store, and in what is published.

The numbers are those of docs/social.md.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import listparser
import pytest
from lxml import etree

from support import rss_rules
from support.builders import make_source
from support.simulation import World
from syndicator.model.noun import replace
from syndicator.model.settings import Channel, Site
from syndicator.model.source import Select
from syndicator.pipeline.publishing import publish
from syndicator.publish.linking import NAMESPACE
from syndicator.publish.social import render_schema

SCHEMAS = Path(__file__).parents[2] / "publish" / "schemas"
ATOM = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
JSON_FEED = json.loads((SCHEMAS / "jsonfeed-1.1.schema.json").read_text(encoding="utf-8"))
NSN = make_source(id="nsn", url="https://nsn.fm/rss", title="НСН", tags=("nsn",), republish="full", language="ru")
HARBOUR = make_source(id="harbour", url="https://harbour.example/rss", title="Harbour Times", tags=("harbour",))
CHANNELS = (Channel(id="all"), Channel(id="nsn", sources=("nsn",)), Channel(id="inline", inline_profiles=True))

TELEGRAM = '<a href="https://t.me/nsnfm">Telegram</a>'
RENAMED = '<a href="https://t.me/nsn_radio">Telegram</a>'
VK = '<a href="https://vk.ru/nsnfm">VK</a>'
DZEN = '<a href="https://dzen.ru/nsnfm">Дзен</a>'
LINE = "Подписывайтесь на нас: {}"
EXTENSIONS = """
  <podcast:socialInteract protocol="activitypub" uri="https://mastodon.social/@harbour/112233445566" priority="1"/>
  <comments>https://harbour.example/1/comments</comments>
"""
NAMESPACES = 'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:source="https://source.scripting.com/"'


def story(number: int, host: str, *channels: str, more: str = "") -> str:
    """An entry of a feed, with a subscription line at its end if channels are named."""
    said = "".join(
        f"<p>Абзац {part} новости {number}: слова, которых больше нигде нет, {number * 7}.</p>" for part in "абвг"
    )
    line = f"<p>{LINE.format(' | '.join(channels))}</p>" if channels else ""
    return (
        f"<item><title>Новость {number}</title><link>https://{host}/{number}</link><guid>https://{host}/{number}</guid>"
        f"<description><![CDATA[{said}{line}]]></description>{more}</item>"
    )


def feed(*stories: str, head: str = "", host: str = "nsn.fm") -> str:
    about = f"<title>F</title><link>https://{host}/</link><language>ru</language>"
    return f"<rss version='2.0' {NAMESPACES}><channel>{about}{head}{''.join(stories)}</channel></rss>"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.open(tmp_path, NSN, HARBOUR)
    yield made
    made.pump.store.close()


def show(world: World, body: str, url: str = NSN.url, **time: float) -> None:
    """A source shows this from now on; it is polled after that time."""
    world.network.clear(url)
    world.network.serve(url, body)
    world.now += timedelta(**time)
    world.pump.store.hasten(["nsn", "harbour"], world.now)
    world.settle()


def published(world: World, *, site: Site | None = None) -> Path:
    config = replace(world.pump.config, channels=CHANNELS, site=site or Site())
    publish(world.pump.store, config, world.pump.sources, now=world.now)
    return config.paths.public


def profiles(public: Path, source: str = "nsn") -> dict[str, dict[str, Any]]:
    found = json.loads((public / "social.json").read_bytes())["publishers"]
    return {it["key"]: it for each in found if each["source"] == source for it in each["profiles"]}


def told(public: Path) -> list[tuple[str, str]]:
    """Each event that subscribers were told, the oldest first."""
    entries = feedparser.parse((public / "social.atom").read_bytes()).entries
    return [(it.tags[0].term, it.links[1].href) for it in reversed(entries)]


def links(entry: Any) -> list[tuple[str, str, str, str]]:
    found = entry.get("links", [])
    return sorted((it.rel, it.href, it["syn:platform"], it["syn:kind"]) for it in found if "syn:platform" in it)


def test_case_03_labels_join_to_the_profiles_that_the_same_source_has_shown(world: World) -> None:
    show(world, feed(story(1, "nsn.fm", DZEN, VK, TELEGRAM)))
    show(world, feed(story(1, "nsn.fm", DZEN, VK, TELEGRAM), story(2, "nsn.fm", "Дзен", "VK", "Telegram")), hours=1)
    public = published(world)
    found = profiles(public)
    assert set(found) == {"dzen:nsnfm", "vk:nsnfm", "telegram:nsnfm"}
    for it in found.values():
        assert [piece["place"] for piece in it["evidence"]] == ["subscription line", "subscription line, a name alone"]
        assert it["confidence"] == pytest.approx(0.9)
    (publisher,) = json.loads((public / "social.json").read_bytes())["publishers"]
    assert publisher["labels"] == []


def test_case_03_labels_of_another_source_join_to_nothing_and_get_no_address(world: World) -> None:
    show(world, feed(story(1, "nsn.fm", DZEN, VK, TELEGRAM)))
    show(world, feed(story(2, "harbour.example", "Дзен", "VK", "Telegram"), host="harbour.example"), HARBOUR.url)
    public = published(world)
    assert profiles(public, "harbour") == {}
    labels = {it["source"]: it["labels"] for it in json.loads((public / "social.json").read_bytes())["publishers"]}
    assert [(it["label"], it["url"]) for it in labels["harbour"]] == [("Дзен", None), ("VK", None), ("Telegram", None)]


def test_case_18_every_link_of_the_unified_feed_is_read_back(world: World) -> None:
    more = EXTENSIONS
    show(world, feed(story(1, "harbour.example", more=more), host="harbour.example"), HARBOUR.url)
    show(world, feed(story(2, "nsn.fm", VK, TELEGRAM)))
    public = published(world)
    talk = ("replies", "https://mastodon.social/@harbour/112233445566", "fediverse", "discussion")
    for name in ("feeds/all.rss", "feeds/all.atom"):
        parsed = feedparser.parse((public / name).read_bytes())
        assert parsed.bozo == 0
        found = {it.title: it for it in parsed.entries}
        assert links(found["Новость 1"]) == [talk]
        assert links(found["Новость 2"]) == [], "a feed of many names nobody's channels, unless told to"
    found = {it.title: it for it in feedparser.parse((public / "feeds/all.rss").read_bytes()).entries}
    assert found["Новость 1"].summary.startswith("Абзац а новости 1")
    assert found["Новость 1"].source.href == HARBOUR.url
    inline = {it.title: it for it in feedparser.parse((public / "feeds/inline.rss").read_bytes()).entries}
    assert links(inline["Новость 2"]) == [
        ("related", "https://t.me/nsnfm", "telegram", "profile"),
        ("related", "https://vk.com/nsnfm", "vk", "profile"),
    ]


def test_case_18_a_feed_of_one_source_names_its_publishers_channels_at_its_head(world: World) -> None:
    show(world, feed(story(2, "nsn.fm", VK, TELEGRAM)))
    public = published(world)
    expected = [
        ("related", "https://t.me/nsnfm", "telegram", "profile"),
        ("related", "https://vk.com/nsnfm", "vk", "profile"),
    ]
    for name in ("feeds/nsn.rss", "feeds/nsn.atom"):
        assert links(feedparser.parse((public / name).read_bytes()).feed) == expected
        assert links(feedparser.parse((public / name.replace("nsn.", "all.")).read_bytes()).feed) == []
    accounts = etree.parse(public / "feeds/nsn.rss").findall("channel/{https://source.scripting.com/}account")
    assert [(it.get("service"), it.text) for it in accounts] == [("vk", "nsnfm"), ("telegram", "nsnfm")]
    said = json.loads((public / "feeds/nsn.json").read_bytes())["_syndicator"]["social"]
    assert [(it["platform"], it["url"]) for it in said] == [("vk", expected[1][1]), ("telegram", expected[0][1])]


def test_case_19_a_reader_subscribes_to_the_native_feeds_and_to_nothing_else(world: World) -> None:
    youtube = '<a href="https://www.youtube.com/channel/UCaBcDeFgHiJkLmNoPqRsTuV">YouTube</a>'
    mastodon = '<a href="https://mastodon.social/@nsnfm">Mastodon</a>'
    show(world, feed(story(1, "nsn.fm", youtube, mastodon, VK, TELEGRAM)))
    data = (published(world) / "social.opml").read_bytes()
    read = listparser.parse(data)
    assert read.bozo == 0
    assert sorted(it.url for it in read.feeds) == [
        "https://mastodon.social/@nsnfm.rss",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCaBcDeFgHiJkLmNoPqRsTuV",
    ]
    assert (read.lists, read.opportunities) == ([], [])
    (publisher,) = etree.fromstring(data).findall("body/outline")
    plain = [it for it in publisher if it.get("type") is None]
    assert [(it.get("text"), it.get("htmlUrl"), it.get("url")) for it in plain] == [
        ("VK", "https://vk.com/nsnfm", None),
        ("Telegram", "https://t.me/nsnfm", None),
    ]
    assert {it.get(f"{{{NAMESPACE}}}kind") for it in publisher} == {"profile"}


def test_case_24_a_rename_after_thirteen_days_of_silence_is_one_change_and_nothing_gone(world: World) -> None:
    number = 0

    def day(*channels: str) -> str:
        nonlocal number
        number += 1
        return feed(*(story(10 * number + it, "nsn.fm", *channels) for it in range(5)))

    show(world, day(TELEGRAM))
    for _ in range(12):
        show(world, day(), days=1)
    last = day(RENAMED)
    show(world, last, days=1)
    expected = [("profile.added", "https://t.me/nsnfm"), ("profile.changed", "https://t.me/nsn_radio")]
    assert told(published(world)) == expected
    for hours in (1, 24):
        show(world, last, hours=hours)
    assert told(published(world)) == expected
    for _ in range(20):
        show(world, day(RENAMED), days=1)
    public = published(world)
    assert told(public) == expected, "what has another name is not gone besides"
    found = profiles(public)
    assert (found["telegram:nsnfm"]["status"], found["telegram:nsnfm"]["successor"]) == (
        "changed",
        "telegram:nsn_radio",
    )
    assert found["telegram:nsn_radio"]["status"] == "active"


def test_a_profile_that_leaves_for_half_a_month_and_returns_is_told_thrice_and_no_item_again(world: World) -> None:
    """Thirty days of three stories a day; the channel is taken off on the 6th and put back on the 26th."""
    seen: dict[str, set[str]] = {}
    events: dict[str, tuple[str, str]] = {}
    for day in range(1, 31):
        channels = (VK,) if 6 <= day < 26 else (VK, TELEGRAM)
        show(world, feed(*(story(100 * day + it, "nsn.fm", *channels) for it in range(3))), days=1)
        for _ in range(2):  # the second time nothing is new
            public = published(world)
            show(world, feed(*(story(100 * day + it, "nsn.fm", *channels) for it in range(3))), hours=1)
        for entry in feedparser.parse((public / "feeds" / "all.atom").read_bytes()).entries:
            seen.setdefault(entry.id, set()).add(entry.updated)
        for entry in feedparser.parse((public / "social.rss").read_bytes()).entries:
            events[entry.id] = (entry.tags[0].term, entry.link)
    telegram = [event for event, url in events.values() if url == "https://t.me/nsnfm"]
    assert telegram == ["profile.added", "profile.gone", "profile.added"]
    assert [event for event, url in events.values() if url == "https://vk.com/nsnfm"] == ["profile.added"]
    assert len(events) == 4
    assert len(seen) == 90
    assert {len(dates) for dates in seen.values()} == {1}, "no item was updated for its links' sake"


def test_a_month_of_sections_with_channels_of_their_own_changes_no_name(world: World) -> None:
    """Three stories a day, polled one by one; news and sport name their own channels, and the news' own comes back."""
    sport = '<a href="https://t.me/nsn_sport">Telegram</a>'
    expected = [("profile.added", "https://vk.com/nsnfm"), ("profile.added", "https://t.me/nsnfm")]
    for number in range(90):
        channel = TELEGRAM if number % 4 == 0 else sport
        show(world, feed(story(number, "nsn.fm", VK, channel)), hours=8)
        if number in {1, 3, 4, 50, 89}:
            public = published(world)
            assert told(public) == [*expected, *([("profile.added", "https://t.me/nsn_sport")] if number > 3 else [])]
    assert {it["status"] for it in profiles(public).values()} == {"active"}


def test_a_month_with_a_new_name_tells_of_one_change_when_it_is_sure(world: World) -> None:
    """Two stories a day, polled one by one; from the 11th on another name stands in the line."""
    expected = [("profile.added", "https://t.me/nsnfm")]
    for number in range(60):
        show(world, feed(story(number, "nsn.fm", TELEGRAM if number < 20 else RENAMED)), hours=12)
        if number in {20, 28, 29, 59}:
            public = published(world)
            changed = [("profile.changed", "https://t.me/nsn_radio")] if number > 28 else []
            assert told(public) == [*expected, *changed], number
            assert profiles(public)["telegram:nsnfm"].get("successor") == ("telegram:nsn_radio" if changed else None)
    assert profiles(public)["telegram:nsn_radio"]["status"] == "active"


def test_pages_of_several_reporters_rename_nobody(world: World) -> None:
    """Only `twitter:creator` differs, there is no byline, and the pages come one by one."""
    select = Select(item="li", link="a", title="a", follow=True)
    paged = replace(world.pump.config, sources=(replace(NSN, kind="page", select=select),))
    world.pump.adopt(paged, world.now, spread=False)
    for number in range(3):
        said = "".join(
            f"<p>Sentence {it} of story {number} has words of its own: {number * it}.</p>" for it in range(9)
        )
        article = f"<article><h1>Story {number}</h1>{said}</article>"
        head = f"<title>Story {number}</title><meta name='twitter:creator' content='@reporter{number}'>"
        url = f"https://nsn.fm/{number}"
        world.network.serve(url, f"<html><head>{head}</head><body>{article}</body></html>", content_type="text/html")
        show(world, f"<html><body><ul><li><a href='{url}'>Story {number}</a></li></ul></body></html>", hours=1)
    public = published(world)
    found = profiles(public)
    assert {it["handle"] for it in found.values()} == {"reporter0", "reporter1", "reporter2"}
    assert {(it["owner"], it["status"], it.get("conflict")) for it in found.values()} == {("author", "active", None)}
    assert told(public) == [], "of authors nothing is told"


def test_every_output_validates(world: World) -> None:
    show(world, feed(story(1, "harbour.example", more=EXTENSIONS), host="harbour.example"), HARBOUR.url)
    show(world, feed(story(2, "nsn.fm", DZEN, VK, TELEGRAM), story(3, "nsn.fm", "Новости", "Дзен", "VK", "OK")))
    public = published(world)
    names = sorted(path.relative_to(public).as_posix() for path in public.rglob("*.*"))
    for name in names:
        data = (public / name).read_bytes()
        if name.endswith(".rss"):
            assert rss_rules.violations(data) == [], name
            assert feedparser.parse(data).bozo == 0
        elif name.endswith(".atom"):
            root = etree.fromstring(data)
            assert ATOM.validate(root), (name, ATOM.error_log)
            assert feedparser.parse(data).bozo == 0
        elif name == "social-events.json" or (name.startswith("feeds/") and name.endswith(".json")):
            jsonschema.Draft202012Validator(JSON_FEED).validate(json.loads(data))
        elif name.endswith(".opml"):
            assert listparser.parse(data).bozo == 0
    jsonschema.Draft202012Validator(json.loads(render_schema())).validate(
        json.loads((public / "social.json").read_bytes())
    )
    assert {"social.rss", "social.atom", "social-events.json", "social.jsonld", "social.html"} <= set(names)
    root = etree.parse(public / "feeds/all.rss")
    (talk,) = root.iterfind(".//{https://podcastindex.org/namespace/1.0}socialInteract")
    assert (talk.get("protocol"), talk.get("uri")) == ("activitypub", "https://mastodon.social/@harbour/112233445566")


@pytest.mark.parametrize(("denied", "left"), [("nsnfm", "nsn_radio"), ("nsn_radio", "nsnfm")])
def test_of_a_name_that_is_denied_no_output_tells_whether_it_is_the_old_or_the_new(
    world: World, denied: str, left: str
) -> None:
    show(world, feed(story(1, "nsn.fm", TELEGRAM)))
    for day in range(9):
        show(world, feed(*(story(2 * day + it, "nsn.fm", RENAMED) for it in (2, 3))), days=1)
    assert "profile.changed" in "".join(map(str, told(published(world)))), "enough to be believed"
    world.pump.store.set_profile_word("nsn", f"telegram:{denied}", "deny")
    public = published(world)
    assert f"t.me/{left}" in "".join(map(str, told(public)))
    for path in set(public.rglob("social*")) - {public / "social.schema.json"}:  # whose example it is
        data = path.read_text(encoding="utf-8")
        assert f"t.me/{denied}" not in data, path
        assert f"telegram:{denied}" not in data, path


def test_what_is_wrong_with_a_followed_page_is_told_of_its_source_once(world: World) -> None:
    """Broken JSON-LD, and two accounts that are both said to be the publisher's."""
    select = Select(item="li", link="a", title="a", follow=True)
    paged = replace(world.pump.config, sources=(replace(NSN, kind="page", select=select),))
    world.pump.adopt(paged, world.now, spread=False)
    listed = []
    for number in range(3):
        said = "".join(f"<p>Sentence {it} of story {number} has its own words: {number * it}.</p>" for it in range(9))
        head = f"<title>Story {number}</title><meta name='telegram:channel' content='@nsn_news'>"
        broken = '<script type="application/ld+json">{"@type": "NewsArticle",</script>'
        footer = "<footer><a href='https://t.me/nsnfm'>Telegram</a></footer>"
        page = f"<html><head>{head}{broken}</head><body><article><h1>Story {number}</h1>{said}</article>{footer}</body>"
        world.network.serve(f"https://nsn.fm/{number}", page, content_type="text/html")
        listed.append(f"<li><a href='https://nsn.fm/{number}'>Story {number}</a></li>")
    show(world, f"<html><body><ul>{''.join(listed)}</ul></body></html>")
    warnings = world.pump.store.states()["nsn"].warnings
    assert len(warnings) == 2, warnings
    assert all(it.startswith("https://nsn.fm/") for it in warnings)
    assert "JSON-LD" in warnings[0]
    assert "telegram:channel names https://t.me/nsn_news, but the page shows https://t.me/nsnfm" in warnings[1]
    assert {it["conflict"] for it in profiles(published(world)).values()} == {True}


def test_a_discussion_is_told_once_however_it_is_written_and_not_at_all_if_it_is_denied(world: World) -> None:
    comments = "<comments>https://m.vk.com/wall-1_2?utm_source=feed</comments>"
    show(world, feed(story(1, "nsn.fm", VK, more=comments)))

    def replies() -> list[str]:
        (item,) = etree.parse(published(world) / "feeds/all.rss").iterfind("channel/item")
        atom = item.iterfind("{http://www.w3.org/2005/Atom}link[@rel='replies']")
        return [*(it.get("href", "") for it in atom), *(it.text or "" for it in item.iterfind("comments"))]

    assert replies() == ["https://vk.com/wall-1_2", "https://m.vk.com/wall-1_2?utm_source=feed"]
    denying = replace(world.pump.config, sources=(replace(NSN, social_deny=("vk:wall-1_2",)), HARBOUR))
    world.pump.adopt(denying, world.now, spread=False)
    assert replies() == []
