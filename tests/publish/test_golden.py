"""One rich document in each format, byte for byte.

After a wanted change of the output, write the files anew and read the difference before it is committed:

    python tests/publish/test_golden.py
"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

import feedparser
import pytest

from support import rss_rules
from support.builders import rich_infos, rich_sources, rich_stories
from syndicator.model.document import Document
from syndicator.model.settings import Channel, Site
from syndicator.model.social import SocialLink
from syndicator.publish import FORMATS, compose, files
from syndicator.publish.html import render_index, render_landing
from syndicator.publish.opml import render_opml
from syndicator.publish.social import render_social

GOLDEN = Path(__file__).parent / "golden"
SITE = Site(title="Лента & Co", base_url="https://news.example/")
CHANNEL = Channel(id="economy", title="Экономика")


def document(suffix: str = "") -> Document:
    made = compose.compose(CHANNEL, SITE, rich_stories(), rich_sources(), rich_infos())
    return replace(made, feed_url=made.url + suffix)


def feed(name: str) -> bytes:
    return FORMATS[name].render(document(FORMATS[name].suffix))


def paths() -> dict[str, str]:
    return {name: f"/feeds/economy{form.suffix}" for name, form in FORMATS.items()}


def index() -> bytes:
    pages = [("The Daily", "https://daily.example/"), ("The Club", "")]
    return render_index(SITE, document(), [(CHANNEL, paths())], pages)


def social() -> bytes:
    links = (
        SocialLink(
            platform="telegram", label="Телеграм", url="https://t.me/vestnik", handle="vestnik", confidence=0.85
        ),
        SocialLink(
            platform="unknown", label="Новости", status="label_only", confidence=0.3, evidence="subscription line"
        ),
        SocialLink(platform="vk", kind="share", url="https://vk.com/share.php?url=x"),
    )
    return render_social(SITE, [(rich_sources()["vestnik"], rich_infos()["vestnik"], links)])


RENDERED: dict[str, Callable[[], bytes]] = {
    "economy.rss": lambda: feed("rss"),
    "economy.atom": lambda: feed("atom"),
    "economy.json": lambda: feed("json"),
    "economy.html": lambda: render_landing(SITE, document(), paths()),
    "index.html": index,
    "sources.opml": lambda: render_opml(SITE, list(rich_sources().values()), rich_infos()),
    "social.json": social,
}


@pytest.mark.parametrize("name", RENDERED)
def test_the_bytes_are_those_that_were_agreed_on(name: str) -> None:
    data = RENDERED[name]()
    files.check(name, data)
    assert data.decode() == (GOLDEN / name).read_text(encoding="utf-8")


def test_the_rich_feed_breaks_no_rule_and_no_reader() -> None:
    assert rss_rules.violations(RENDERED["economy.rss"]()) == []
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
