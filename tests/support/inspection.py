"""What lies on the disk, looked at with other people's eyes: SQLite's, expat's, json's."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

from support.truth import Truth, edited

ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True)
class Stored:
    """What the database holds.

    Attributes:
        articles: Number of the story, and title, by source and address.
        wishes: Source and address of pages that are still to be asked for.
        guids: Public id by the number of a story.
        marks: Validators and digest of the last body, by source.
        verdict: SQLite's own.
    """

    articles: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    wishes: frozenset[tuple[str, str]] = frozenset()
    guids: dict[int, str] = field(default_factory=dict)
    marks: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    verdict: str = "ok"


def look(store: Path) -> Stored:
    """Look at a copy of the database, log and all, as it would be found after a restart."""
    with TemporaryDirectory() as folder:
        for file in store.parent.glob(f"{store.name}*"):
            shutil.copy(file, folder)
        if not store.exists():
            return Stored()
        with closing(sqlite3.connect(Path(folder) / store.name)) as database:
            verdict = str(database.execute("PRAGMA integrity_check").fetchone()[0])
            tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
            if "counters" not in tables:
                return Stored(verdict=verdict)
            articles = database.execute("SELECT source_id, key, story, title FROM articles").fetchall()
            return Stored(
                articles={(source, key): (story, title) for source, key, story, title in articles},
                wishes=frozenset(database.execute("SELECT source_id, key FROM wishes").fetchall()),
                guids=dict(database.execute("SELECT id, guid FROM stories").fetchall()),
                marks={it[0]: it[1:] for it in database.execute("SELECT id, etag, body_hash FROM sources").fetchall()},
                verdict=verdict,
            )


def wrongs(truth: Truth, before: Stored, now: Stored) -> Iterator[str]:
    """What was lost, doubled or half done from one look to the next."""
    if now.verdict != "ok":
        yield f"the database is damaged: {now.verdict}"
    yield from (f"lost: {it}" for it in before.articles.keys() - now.articles.keys())
    kept = before.articles.keys() & now.articles.keys()
    yield from (f"moved to another story: {it}" for it in kept if before.articles[it][0] != now.articles[it][0])
    yield from (f"lost or renamed: story {it}" for it in before.guids if before.guids[it] != now.guids.get(it))
    yield from (f"forgotten: {it}" for it in before.wishes - now.wishes - now.articles.keys())
    for source, (etag, digest) in now.marks.items():
        revision = truth.seen(etag, digest)
        said = {(source, it.url) for it in truth.of(source, revision)}
        yield from (f"{it} will never be asked for" for it in said - now.articles.keys() - now.wishes)
        if source == "gamma" and revision and edited(revision) not in {title for _, title in now.articles.values()}:
            yield f"the edit of revision {revision} was lost"
    known = [it for it in truth.entries if (it.source, it.url) in now.articles]
    stories = {(it.story, now.articles[it.source, it.url][0]) for it in known}
    if len(stories) != len({story for story, _ in stories}):
        yield f"a story is there twice: {sorted(stories)}"
    if len(stories) != len({number for _, number in stories}):
        yield f"two stories were made one: {sorted(stories)}"
    if {number for _, number in stories} != set(now.guids):
        yield f"stories without articles, or the other way round: {sorted(stories)}, {now.guids}"


def ids(file: Path, data: bytes) -> list[str]:
    """The ids of a published feed's items, in order; raises ValueError or ParseError for half a file."""
    if file.suffix == ".json":
        return [it["id"] for it in json.loads(data).get("items", [])]
    if file.suffix in {".rss", ".atom", ".opml"}:
        root = ET.fromstring(data)
        return [it.text or "" for it in (*root.iter("guid"), *root.findall(f"{ATOM}entry/{ATOM}id"))]
    if file.suffix == ".html" and not data.rstrip().endswith(b"</html>"):
        raise ValueError("it breaks off")
    if not data:
        raise ValueError("it is empty")
    return []


class Reader:
    """A subscriber that reads every published file again and again, while things happen to the publisher."""

    def __init__(self, public: Path) -> None:
        self.wrongs: list[str] = []
        self.reads = 0
        self._public = public
        self._known: dict[Path, bytes] = {}
        self._ids: dict[Path, set[str]] = {}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._end.wait(0.01):
            self.read()

    def read(self) -> None:
        """Each file must be there, whole, and hold all that it held before."""
        for file in {*self._public.glob("*.*"), *self._public.glob("feeds/*.*"), *self._known}:
            if file.name.startswith("."):
                continue
            try:
                data = file.read_bytes()
                self.reads += 1
                if data != self._known.get(file):
                    found = ids(file, data)
                    self._known[file] = data
                    if len(found) != len(set(found)):
                        self.wrongs.append(f"{file.name} has an item twice")
                    if lost := self._ids.get(file, set()) - set(found):
                        self.wrongs.append(f"{file.name} has lost {lost}")
                    self._ids[file] = set(found)
            except (OSError, ValueError, SyntaxError) as error:
                self.wrongs.append(f"{file.name}: {error!r}")

    def close(self) -> None:
        self._end.set()
        self._thread.join(5)
