"""A source under a pump, poll after poll: what a subscriber would see of what it shows."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

from support.builders import make_source
from support.simulation import World
from syndicator.model.article import Story
from syndicator.model.state import KeyedBy

SOURCE = make_source(id="a", url="https://a.example/rss", title="")

BODY = (
    "The council of ward {0} voted to keep depot {0} and to turn hall {0} into a museum of all trams of ward {0}, too."
)


@dataclass(frozen=True, kw_only=True)
class Item:
    """An entry of the source's feed; `number` tells what it truly is."""

    number: int
    guid: str = ""
    link: str = ""
    title: str = ""
    text: str = ""
    date: str = ""

    def xml(self) -> str:
        title, text = self.title or f"Ward {self.number}", self.text or BODY.format(self.number)
        parts = {"title": title, "link": self.link, "description": text, "pubDate": self.date}
        said = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in parts.items() if value)
        guid = f"<guid isPermaLink='false'>{escape(self.guid)}</guid>" if self.guid else ""
        return f"<item>{said}{guid}</item>"


class Feed:
    """A source under a pump, poll after poll."""

    def __init__(self, root: Path) -> None:
        self.world = World.open(root, SOURCE)
        self.switches: list[KeyedBy] = []
        self._polls = 0

    def show(self, *items: Item) -> None:
        """Poll, an hour later, a document of these items."""
        self._polls += 1  # no two documents are the same bytes
        body = f"<!-- {self._polls} -->{''.join(item.xml() for item in items)}"
        self.world.network.clear(SOURCE.url)
        self.world.network.serve(
            SOURCE.url,
            f"<rss version='2.0'><channel><title>F</title><link>https://a.example/</link>{body}</channel></rss>",
        )
        self.world.now += timedelta(hours=1)
        self.world.pump.store.hasten([SOURCE.id], self.world.now)  # it would be asked less often by itself
        reports = self.world.settle()
        assert [report.failure for report in reports] == [None]
        self.switches += [report.keyed_by for report in reports if report.keyed_by]

    def stories(self) -> list[Story]:
        store = self.world.pump.store
        return store.stories([number for number, _ in store.select(limit=10_000)])

    def titles(self) -> list[str]:
        return sorted(story.lead.title for story in self.stories())

    def articles(self) -> int:
        return self.world.pump.store.states()["a"].articles

    def pages(self) -> int:
        """The size of the database."""
        with closing(sqlite3.connect(self.world.pump.store.path)) as connection:
            return int(connection.execute("PRAGMA page_count").fetchone()[0])


@contextmanager
def polled() -> Iterator[Feed]:
    with tempfile.TemporaryDirectory() as folder:
        feed = Feed(Path(folder))
        yield feed
        feed.world.pump.store.close()


def seen(feed: Feed) -> dict[str, tuple[str, datetime, datetime]]:
    """What a subscriber's program knows an item by: it announces what has another id, or a later date of update."""
    return {story.lead.title: (story.guid, story.sort_at, story.updated) for story in feed.stories()}


def dated(minute: int) -> str:
    return format_datetime(datetime(2026, 3, 5, 12, minute, tzinfo=UTC))
