"""Hard cases, written by hand: each through the real reader and store, in two orders of its sources.

A case stands in a file of `hard/`: sources that show entries, poll after poll, and which of these are one story. Those
in `hard/near/` need near-duplicate texts to be told.
"""

import importlib.util
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

import orjson
import pytest

from support.builders import make_source
from support.simulation import World

HARD = Path(__file__).parent / "hard"
FOLDERS = [HARD, *([HARD / "near"] if importlib.util.find_spec("syndicator.dedup.near") else [])]


@dataclass(frozen=True)
class Entry:
    """What a source shows from a poll on; one with the address of an earlier one takes its place."""

    source: str
    url: str
    story: str
    title: str
    published: datetime
    text: str
    guid: str = ""
    kind: str = "rss"
    external_url: str = ""
    poll: int = 0

    @property
    def id(self) -> str:
        return self.guid or self.url

    @property
    def html(self) -> str:
        """The text as it stands, if it is markup; else a paragraph for each that an empty line ends."""
        text = self.text.strip()
        return text if text.startswith("<") else "".join(f"<p>{escape(it)}</p>" for it in text.split("\n\n") if it)


@dataclass(frozen=True)
class Case:
    name: str
    why: str
    entries: tuple[Entry, ...]

    def __str__(self) -> str:
        return self.name


def cases() -> Iterator[Case]:
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.toml")):
            for table in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
                yield Case(table["name"], table["why"], tuple(Entry(**it) for it in table["entry"]))


CASES = list(cases())


def rendered(entries: list[Entry]) -> bytes:
    """A feed of these, the newest first."""
    (kind,) = {it.kind for it in entries}
    newest = sorted(entries, key=lambda it: it.published, reverse=True)
    if kind == "json":
        items = [
            {"id": it.id, "url": it.url, "title": it.title, "content_html": it.html}
            | {"date_published": it.published.isoformat()}
            | ({"external_url": it.external_url} if it.external_url else {})
            for it in newest
        ]
        return orjson.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": items})
    if kind == "atom":
        parts = "".join(
            f"<entry><title>{escape(it.title)}</title><id>{escape(it.id)}</id><link href='{escape(it.url)}'/>"
            f"<updated>{it.published.isoformat()}</updated><content type='html'>{escape(it.html)}</content></entry>"
            for it in newest
        )
        head = "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title><id>urn:f</id>"
        return f"{head}<updated>2026-03-05T00:00:00Z</updated>{parts}</feed>".encode()
    parts = "".join(
        f"<item><title>{escape(it.title)}</title><link>{escape(it.url)}</link>"
        f"<guid isPermaLink='{str(not it.guid).lower()}'>{escape(it.id)}</guid>"
        f"<pubDate>{format_datetime(it.published)}</pubDate><description>{escape(it.html)}</description></item>"
        for it in newest
    )
    return f"<rss version='2.0'><channel><title>F</title>{parts}</channel></rss>".encode()


def grouped(case: Case, folder: Path, *, backwards: bool) -> list[set[str]]:
    """The stories that came of it, each as the addresses in it."""
    feeds = sorted({it.source for it in case.entries}, reverse=backwards)
    sources = {feed: make_source(id=f"s{number}", url=feed, title="") for number, feed in enumerate(feeds)}
    world = World.open(folder, *sources.values())
    try:
        shown: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
        for poll in range(1 + max(it.poll for it in case.entries)):
            new = [it for it in case.entries if it.poll == poll]
            for entry in new:
                shown[entry.source][entry.url] = entry
            for feed, entries in shown.items():
                world.network.clear(feed)
                world.network.serve(feed, rendered(list(entries.values())))
            latest = max(it.published for it in new).astimezone(UTC)
            world.now = max(world.now, latest) + timedelta(hours=1)
            world.pump.store.hasten([sources[feed].id for feed in shown], world.now)
            failures = [
                report.failure for report in world.settle() if report.failure and shown.keys() == sources.keys()
            ]
            assert not failures, failures
        store = world.pump.store
        stories = store.stories([number for number, _ in store.select(limit=99)])
        names = {source.id: feed for feed, source in sources.items()}
        return [{f"{names[copy.source_id]} {copy.url}" for copy in story.copies} for story in stories]
    finally:
        world.pump.store.close()


@pytest.mark.parametrize("backwards", [False, True], ids=["", "backwards"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_one_story_is_one_and_nothing_else(case: Case, backwards: bool, tmp_path: Path) -> None:
    expected: defaultdict[str, set[str]] = defaultdict(set)
    for entry in case.entries:
        expected[entry.story].add(f"{entry.source} {entry.url}")
    found = grouped(case, tmp_path, backwards=backwards)
    assert sorted(found, key=sorted) == sorted(expected.values(), key=sorted), case.why


def test_every_case_has_a_name_of_its_own_and_says_why() -> None:
    assert len({it.name for it in CASES}) == len(CASES)
    assert all(it.why for it in CASES)
