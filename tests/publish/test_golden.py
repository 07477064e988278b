"""One rich document in each format, byte for byte.

After a wanted change of the output, write the files anew and read the difference before it is committed:

    python tests/publish/test_golden.py
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

import feedparser
import pytest

from support import rss_rules
from support.builders import MOMENT, rich_infos, rich_sources, rich_stories
from syndicator.model.document import Document
from syndicator.model.noun import replace
from syndicator.model.presence import Credited, Evidence, Presence, Profile, SocialEvent
from syndicator.model.settings import Channel, Site
from syndicator.publish import FORMATS, compose, files
from syndicator.publish.html import render_index, render_landing
from syndicator.publish.opml import render_opml
from syndicator.publish.social import Publisher, render_jsonld, render_social
from syndicator.publish.social_events import ADDRESSES, compose_events
from syndicator.publish.social_opml import render_social_opml
from syndicator.publish.social_page import render_social_page

GOLDEN = Path(__file__).parent / "golden"
SITE = Site(title="Лента & Co", base_url="https://news.example/")
CHANNEL = Channel(id="economy", title="Экономика")


def document(suffix: str = "") -> Document:
    made = compose.compose(CHANNEL, SITE, rich_stories(), rich_sources(), rich_infos())
    return replace(made, feed_url=made.url + suffix)


def archived(suffix: str = "") -> Document:
    made = document()
    places = {"feed_url": f"{made.url}/2", "older_url": f"{made.url}/1", "newer_url": f"{made.url}/3"}
    places["current_url"] = made.url
    return replace(made, items=made.items[:1], **{name: it + suffix for name, it in places.items()})


def feed(name: str) -> bytes:
    return FORMATS[name].render(document(FORMATS[name].suffix))


def paths() -> dict[str, str]:
    return {name: f"/feeds/economy{form.suffix}" for name, form in FORMATS.items()}


def index() -> bytes:
    pages = [("The Daily", "https://daily.example/"), ("The Club", "")]
    return render_index(SITE, document(), [(CHANNEL, paths())], pages)


def publishers() -> list[Publisher]:
    telegram = Profile(
        source_id="vestnik",
        key="telegram:vestnik",
        platform="telegram",
        label="Телеграм & Co",
        url="https://t.me/vestnik",
        handle="vestnik",
        seen_urls=("https://telegram.me/vestnik",),
        evidence=(
            Evidence(
                place="subscription line",
                locator="line 7",
                confidence=0.85,
                article="«Ёлки» < 100 ₽",
                url="https://vestnik.example/7",
                first_seen=MOMENT,
                last_seen=MOMENT,
                count=3,
            ),
        ),
        confidence=0.9,
        first_seen=MOMENT,
        last_seen=MOMENT,
        articles=3,
    )
    channel = replace(
        telegram,
        key="youtube:channel/UCx",
        platform="youtube",
        handle="",
        label="",
        url="https://youtube.com/channel/UCx",
    )
    news = replace(telegram, key="unknown:новости", platform="unknown", label="Новости", url="", status="label_only")
    gone = replace(telegram, key="x:vestnik", platform="x", label="X", url="https://x.com/vestnik", status="gone")
    unsure = replace(telegram, key="ok:vestnik", platform="ok", url="https://ok.ru/vestnik", confidence=0.59)
    credit = Credited(title="Ёлки", url="https://vestnik.example/7", names=(("photographer", "Владимир Ефимов"),))
    presence = Presence(profiles=(telegram, channel, news, gone, unsure))
    source, info = rich_sources()["vestnik"], rich_infos()["vestnik"]
    return [Publisher(source=source, info=info, presence=presence, credits=(credit,))]


def happened() -> Document:
    events = [
        SocialEvent(
            guid=f"urn:x-syndicator:event:{kind}", source_id="vestnik", event=kind, key="telegram:vestnik", at=MOMENT,
            platform="telegram", handle="vestnik", url="https://t.me/vestnik", former=former,
        )
        for kind, former in (("profile.changed", "telegram:old"), ("profile.added", ""))
    ]  # fmt: skip
    presence = publishers()[0].presence
    old = replace(presence.profiles[0], key="telegram:old", handle="old", url="https://t.me/old", status="changed")
    presences = {"vestnik": replace(presence, profiles=(*presence.profiles, old))}
    return compose_events(SITE, events, rich_sources(), rich_infos(), presences)


def events(name: str) -> bytes:
    return FORMATS[name].render(replace(happened(), feed_url=f"https://news.example/{ADDRESSES[name]}"))


RENDERED: dict[str, Callable[[], bytes]] = {
    "economy.rss": lambda: feed("rss"),
    "economy.atom": lambda: feed("atom"),
    "economy.json": lambda: feed("json"),
    "economy.html": lambda: render_landing(SITE, document(), paths()),
    "archive.rss": lambda: FORMATS["rss"].render(archived(".rss")),
    "archive.atom": lambda: FORMATS["atom"].render(archived(".atom")),
    "archive.json": lambda: FORMATS["json"].render(archived(".json")),
    "archive.html": lambda: render_landing(SITE, archived(), paths()),
    "index.html": index,
    "sources.opml": lambda: render_opml(SITE, list(rich_sources().values()), rich_infos()),
    "social.json": lambda: render_social(SITE, publishers()),
    "social.jsonld": lambda: render_jsonld(SITE, publishers()),
    "social.opml": lambda: render_social_opml(SITE, publishers()),
    "social.html": lambda: render_social_page(SITE, happened(), publishers()),
    "social.rss": lambda: events("rss"),
    "social.atom": lambda: events("atom"),
    "social-events.json": lambda: events("json"),
}


@pytest.mark.parametrize("name", RENDERED)
def test_the_bytes_are_those_that_were_agreed_on(name: str) -> None:
    data = RENDERED[name]()
    files.check(name, data)
    assert data.decode() == (GOLDEN / name).read_text(encoding="utf-8")


def test_the_rich_feed_breaks_no_rule_and_no_reader() -> None:
    assert rss_rules.violations(RENDERED["economy.rss"]()) == []
    assert rss_rules.violations(RENDERED["archive.rss"]()) == []
    for name in ("economy.rss", "economy.atom"):
        parsed = feedparser.parse(RENDERED[name]())
        assert parsed.bozo == 0
        assert [entry.title for entry in parsed.entries][:2] == [
            "The river has risen by two metres",
            "Экономика Москвы: «ёлки» & цены < 100 ₽",
        ]


def test_another_process_with_another_locale_zone_and_hash_seed_gives_the_same_bytes() -> None:
    environment = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Asia/Kathmandu", "LC_ALL": "ru_RU.UTF-8"}
    script = "import sys; sys.path[:0] = sys.argv[1:3]; import test_golden as it; it.print_all()"
    command = [sys.executable, "-c", script, str(Path(__file__).parent), str(Path(__file__).parents[1])]
    printed = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    assert printed == b"".join(render() for render in RENDERED.values())


def print_all() -> None:
    sys.stdout.buffer.write(b"".join(render() for render in RENDERED.values()))


if __name__ == "__main__":
    for name, render in RENDERED.items():
        (GOLDEN / name).write_bytes(render())
