"""A newsroom's days in a moment: sources publish, edit, rename and delete, the operator splits, joins and replays.

Whatever they do, in whatever order, nothing is lost or doubled, what was said holds, and the store is sound.

`SYNDICATOR_EXAMPLES` makes the run longer, by hand; what fails is made as short as it can be only then.
"""

import os
import sqlite3
import tempfile
from collections import Counter
from contextlib import closing
from datetime import timedelta
from html import escape
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from support.arrivals import FULL, told
from support.builders import make_source
from support.simulation import World, make_config
from syndicator.model.decision import Verdict
from syndicator.model.noun import replace
from syndicator.pipeline.decisions import join, split
from syndicator.pipeline.pump import Pump
from syndicator.pipeline.replay import Done, carry_out, replayed
from syndicator.store import Store, bodies, search
from syndicator.text.likeness import hashes

EXAMPLES = int(os.environ.get("SYNDICATOR_EXAMPLES", "0"))
SOURCES = tuple(make_source(id=it, url=f"https://{it}.example/atom", title="") for it in "abc")
TEXTS = {
    "none": "",
    "one": told("one"),
    "two": told("two"),
    "fire": FULL,
    "reprint": FULL.replace("shortly after midnight", "late at night").replace("completely", "entirely"),
}
CREDIT = "<m:credit xmlns:m='http://search.yahoo.com/mrss/' role='photographer'>Jane Doe</m:credit>"
SUBSCRIBE = "<p>Subscribe to our channel: <a href='https://t.me/{0}news'>{0} news</a></p>"

NEVER = {
    "an article without a story": "SELECT id FROM articles WHERE story NOT IN (SELECT id FROM stories)",
    "a story whose lead is none of its copies": "SELECT id FROM stories s WHERE NOT EXISTS"
    " (SELECT 1 FROM articles a WHERE a.id = s.lead AND a.story = s.id)",
    "a story that began with several copies, or none": "SELECT story FROM articles GROUP BY story"
    " HAVING sum(reason IN ('first', 'split')) != 1",
    "an id that is a story's, and leads elsewhere": "SELECT r.guid FROM redirects r JOIN stories s ON s.guid = r.guid",
    "an id that leads to what is no more": "SELECT guid FROM redirects"
    " WHERE story IS NOT NULL AND story NOT IN (SELECT id FROM stories)",
    "credits of nobody": "SELECT article FROM credited WHERE article NOT IN (SELECT id FROM articles)",
    "paragraphs of nobody": "SELECT article FROM paragraphs WHERE article NOT IN (SELECT id FROM articles)",
    "an update before its story": "SELECT id FROM stories WHERE updated < sort_at",
}


def wrong(db: sqlite3.Connection) -> list[str]:
    """What is not sound in a database."""
    found = [f"{what}: {seen}" for what, sql in NEVER.items() if (seen := [row[0] for row in db.execute(sql)])]
    (past,) = db.execute("SELECT value FROM counters WHERE name = 'sketched'").fetchone()
    sketched = db.execute("SELECT id, sketch FROM articles WHERE id > ?", (past,))
    prints = {(it, number) for number, sketch in sketched for it in hashes(sketch)}
    found += ["sketches"] * (prints != {tuple(row) for row in db.execute("SELECT hash, article FROM prints")})
    return found + ["the index"] * (searched(db) != words(db))


def searched(db: sqlite3.Connection) -> set[tuple[object, ...]]:
    """Each word in the index: in which story, which part of it, and where."""
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, words, instance)")
    return {tuple(row) for row in db.execute("SELECT term, doc, col, offset FROM temp.terms")}


def words(db: sqlite3.Connection) -> set[tuple[object, ...]]:
    """Each word that there should be."""
    leads = db.execute(
        "SELECT s.id, a.body FROM stories s JOIN articles a ON a.id = s.lead WHERE s.searchable"
    ).fetchall()
    with closing(sqlite3.connect(":memory:")) as anew:
        anew.execute("CREATE TABLE stories (searchable)")
        search.create_index(anew)
        search.write_rows(anew, [(number, *bodies.words(body)) for number, body in leads])
        return searched(anew)


class Entry:
    """An entry as its source has it now."""

    def __init__(self, number: int, source: str, url: str, text: str) -> None:
        self.number, self.source, self.url, self.text = number, source, url, text
        self.id = f"urn:x:{source}:{number}"
        self.edition = 0
        self.is_credited = True
        self.is_fresh = True
        """Whether nothing of it has been changed since its source was asked."""

    @property
    def title(self) -> str:
        return f"Entry {self.number}, edition {self.edition}"

    def atom(self) -> str:
        said = "".join(f"<p>{it}</p>" for it in TEXTS[self.text].split("\n"))
        body = escape(said + SUBSCRIBE.format(self.source) * (self.source == "a"))
        return (
            f"<entry><id>{self.id}</id><title>{self.title}</title><link href='{self.url}'/>"
            f"<content type='html'>{body}</content>{CREDIT * self.is_credited}</entry>"
        )


def named(row: tuple[str, str]) -> tuple[str, int]:
    """Source and number of an entry that is stored with this title."""
    source_id, title = row
    return source_id, int(title.partition(",")[0].removeprefix("Entry "))


class Newsroom(RuleBasedStateMachine):
    """Three sources, and who reads them."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.world = World.open(self.root, *SOURCES)
        self.shown: list[Entry] = []
        self.stored: list[Entry] = []
        self.deleted: list[Entry] = []
        self.ids: set[str] = set()
        self.credited: set[tuple[str, int]] = set()
        self.count = 0
        for source, page, text in zip("abacb", (1, 1, 0, 0, 0), ("one", "none", "fire", "reprint", "one"), strict=True):
            self.publish(source, page, text)
        self.poll(1)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.store.close()
            self.folder.cleanup()

    @property
    def store(self) -> Store:
        return self.world.pump.store

    def pick(self, among: list[Entry], number: int) -> Entry:
        return among[number % len(among)]

    # -- what sources do

    @rule(source=st.sampled_from("abc"), page=st.integers(0, 3), text=st.sampled_from(sorted(TEXTS)))
    def publish(self, source: str, page: int, text: str) -> None:
        self.count += 1
        url = f"https://news.example/{page}" if page else f"https://{source}.example/{self.count}"
        self.shown.append(Entry(self.count, source, url, text))

    @precondition(lambda self: any(it.is_fresh for it in self.shown))
    @rule(
        number=st.integers(0, 9), text=st.sampled_from(sorted(TEXTS)), how=st.sampled_from(["title", "text", "credit"])
    )
    def edit(self, number: int, text: str, how: str) -> None:
        it = self.pick([it for it in self.shown if it.is_fresh], number)
        it.is_fresh = False
        if how == "title":
            it.edition += 1
        elif how == "text":
            it.text = text
        else:
            it.is_credited = not it.is_credited

    @precondition(lambda self: any(it.is_fresh for it in self.shown))
    @rule(number=st.integers(0, 9))
    def rename(self, number: int) -> None:
        it = self.pick([it for it in self.shown if it.is_fresh], number)
        it.is_fresh = False
        it.id += ".again"

    @precondition(lambda self: self.shown)
    @rule(number=st.integers(0, 9), is_deleted=st.booleans())
    def leave(self, number: int, is_deleted: bool) -> None:
        it = self.pick(self.shown, number)
        self.shown.remove(it)
        if is_deleted and it.is_fresh:
            self.deleted.append(it)

    @rule(days=st.sampled_from([1, 1, 1, 16]))
    def poll(self, days: int) -> None:
        for source in SOURCES:
            entries = "".join(it.atom() for it in self.shown if it.source == source.id)
            graves = "".join(f"<at:deleted-entry ref='{it.id}'/>" for it in self.deleted if it.source == source.id)
            self.world.network.clear(source.url)
            self.world.network.serve(
                source.url,
                "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0'>"
                f"<title>F</title><id>urn:x:{source.id}</id>{graves}{entries}</feed>",
            )
        self.world.now += timedelta(days=days)
        self.store.hasten("abc", self.world.now)
        reports = self.world.settle()
        assert [it.failure for it in reports if it.failure] == []
        for it in self.shown:
            it.is_fresh = True
            (self.credited.add if it.is_credited else self.credited.discard)((it.source, it.number))
        self.stored = [it for it in {*self.stored, *self.shown} if it not in self.deleted]
        self.deleted = []

    # -- what the operator does

    @precondition(lambda self: self.store.select(limit=1))
    @rule(story=st.integers(0, 9), copy=st.integers(0, 9))
    def split(self, story: int, copy: int) -> None:
        there = sorted(number for number, _ in self.store.select(limit=99))
        mine = there[story % len(there)]
        copies = self.store.held(mine)
        if len(copies) > 1:
            split(self.store, str(mine), str(copies[copy % len(copies)][0].number), self.world.now)

    @precondition(lambda self: len(self.store.select(limit=2)) > 1)
    @rule(one=st.integers(0, 9), other=st.integers(0, 9))
    def join(self, one: int, other: int) -> None:
        there = sorted(number for number, _ in self.store.select(limit=99))
        if one % len(there) != other % len(there):
            join(self.store, str(there[one % len(there)]), str(there[other % len(there)]), self.world.now)

    @rule()
    def replay(self) -> None:
        self._replay()
        assert self._replay() == Done(), "the second time nothing changes"

    def _replay(self) -> Done:
        with replayed(self.store, lambda count, total: None) as paper:  # noqa: ARG005
            return carry_out(self.store, paper, self.world.now)

    @rule(source=st.sampled_from("abc"), priority=st.integers(0, 1))
    def prefer(self, source: str, priority: int) -> None:
        pump = self.world.pump
        sources = [replace(it, priority=priority) if it.id == source else it for it in pump.config.sources]
        pump.adopt(make_config(self.root, *sources), self.world.now, spread=False)

    @rule()
    def restart(self) -> None:
        pump = self.world.pump
        self.store.close()
        again = Store.write(pump.config.paths.store)
        self.world.pump = Pump(store=again, transport=self.world.network, engine=pump.engine, config=pump.config)
        self.world.pump.adopt(pump.config, self.world.now, spread=False)

    # -- what holds

    @invariant()
    def the_store_is_sound(self) -> None:
        if hasattr(self, "world"):
            assert wrong(self.store._db) == []

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        if not hasattr(self, "world"):
            return
        found = self.store._db.execute("SELECT source_id, title FROM articles").fetchall()
        assert Counter(map(named, found)) == Counter((it.source, it.number) for it in self.stored)
        credited = self.store._db.execute(
            "SELECT a.source_id, a.title FROM credited c JOIN articles a ON a.id = c.article"
        )
        assert Counter(map(named, credited)) == Counter(self.credited & {(it.source, it.number) for it in self.stored})

    @invariant()
    def no_public_id_is_lost(self) -> None:
        if not hasattr(self, "world"):
            return
        now = {row[0] for row in self.store._db.execute("SELECT guid FROM stories")}
        past = {row[0] for row in self.store._db.execute("SELECT guid FROM redirects")}
        assert self.ids <= now | past
        self.ids |= now

    @invariant()
    def what_the_operator_said_holds(self) -> None:
        if not hasattr(self, "world"):
            return
        for it in self.store.decisions():
            one, other = self.store.article(it.one), self.store.article(it.other)
            if one and other:
                assert (one.story == other.story) is (it.verdict is Verdict.JOIN), it


Newsroom.TestCase.settings = settings(
    max_examples=EXAMPLES or 15,
    phases=settings().phases if EXAMPLES else (Phase.explicit, Phase.reuse, Phase.generate),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestNewsroom = Newsroom.TestCase
