"""Placing everything anew, on paper: a private file of SQLite's own holds which article would be in which story.

What is stored is only read, in order, a few hundred articles at a time, so that memory does not grow with the archive.
`carry_out` makes it so, in a transaction, once somebody has looked at the difference.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import orjson

from syndicator.model.article import Article
from syndicator.model.decision import Identity
from syndicator.model.outcome import Candidate
from syndicator.store import rows
from syndicator.store.packing import RAW, unpack
from syndicator.text.keys import text_key, title_key, url_key

NEW = 1 << 40
"""Added to an article's number, this stands for the story that it would open, and has not."""
_BATCH = 500
_MOST = 50

_ARRIVALS_SQL = """
    SELECT a.id, a.story, a.source_id, a.key, a.reason, a.canonical_url, a.claimed, a.published, a.first_seen,
           a.url_key, a.text_key, a.title_key, a.body, o.priority
    FROM articles a LEFT JOIN sources o ON o.id = a.source_id WHERE a.id > ? ORDER BY a.id LIMIT ?
"""
_CHANGED = "story != was"
_PLACED = """
    CREATE TABLE placed (
        article INTEGER PRIMARY KEY, story INTEGER, was INTEGER, reason TEXT, source_id TEXT, key TEXT, url_key BLOB,
        text_key BLOB, title_key BLOB, claimed INTEGER, published INTEGER, rekeyed INTEGER
    );
    CREATE INDEX by_url ON placed (url_key) WHERE url_key != x'';
    CREATE INDEX by_text ON placed (text_key) WHERE text_key != x'';
    CREATE INDEX by_story ON placed (story);
    CREATE TABLE opened (story INTEGER PRIMARY KEY, at INTEGER);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An article, as it comes once more.

    Attributes:
        number: The store's.
        story: The number of the story that it is in.
        reason: What joined it to that.
        first_seen: When it came.
        priority: Its source's.
        article: As far as placing looks at it, with likeness keys by the rules of today.
        rekeyed: Whether these are others than are stored.
    """

    number: int
    story: int
    reason: str
    first_seen: datetime
    priority: int
    article: Article
    rekeyed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What would change: copies of one story that would be in another.

    Attributes:
        story: The one that they are in.
        into: The one that they would be in; `NEW` and more: one that they would open.
        articles: Their numbers.
        whole: Whether the story's first copy is among them and none stays, so that it would be absorbed.
    """

    story: int
    into: int
    articles: tuple[int, ...]
    whole: bool


class Paper:
    """Where each article would be."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._paper = sqlite3.connect("", isolation_level=None, check_same_thread=False)  # a file that nobody sees
        self._paper.row_factory = sqlite3.Row
        self._paper.executescript(_PLACED)
        self._paper.execute("PRAGMA synchronous = OFF")
        self._paper.execute("PRAGMA journal_mode = OFF")
        self._paper.execute("PRAGMA cache_size = -16384")
        self._paper.execute("BEGIN")

    def close(self) -> None:
        """Throw it away."""
        self._paper.close()

    def total(self) -> int:
        """How many articles there are."""
        return int(self._db.execute("SELECT count(*) FROM articles").fetchone()[0])

    def arrivals(self) -> Iterator[Arrival]:
        """All articles, in the order in which they came."""
        last = 0
        while found := self._db.execute(_ARRIVALS_SQL, (last, _BATCH)).fetchall():
            yield from map(_arrival, found)
            last = found[-1]["id"]

    def candidates(self, article: Article, bound: list[Identity]) -> list[Candidate]:
        """Articles that have been placed and have the same address or text, or that the operator joins with it."""
        found: dict[int, Candidate] = {}
        for name, value in (("url_key", article.url_key), ("text_key", article.text_key)):
            if value:
                where = f"p.{name} = ? AND p.{name} != x'' ORDER BY p.story, p.article LIMIT {_MOST}"
                found.update(self._candidates(where, value))
        for identity in bound:
            if (number := self._number(identity)) is not None:
                found.update(self._candidates("p.article = ?", number))
        return sorted(found.values(), key=lambda it: (it.story, it.article))

    def _candidates(self, where: str, value: bytes | int) -> Iterator[tuple[int, Candidate]]:
        sql = f"SELECT p.*, o.at FROM placed p JOIN opened o ON o.story = p.story WHERE {where}"  # our names
        for row in self._paper.execute(sql, (value,)):
            yield (
                row["article"],
                Candidate(
                    article=row["article"],
                    story=row["story"],
                    source_id=row["source_id"],
                    key=row["key"],
                    url_key=row["url_key"],
                    text_key=row["text_key"],
                    title_key=row["title_key"],
                    claimed=bool(row["claimed"]),
                    published=rows.from_ms_or_none(row["published"]),
                    lead_claimed=False,
                    lead_length=0,
                    opened=rows.from_ms(row["at"]),
                ),
            )

    def _number(self, identity: Identity) -> int | None:
        row = self._db.execute("SELECT id FROM articles WHERE source_id = ? AND key = ?", identity).fetchone()
        return None if row is None else int(row[0])

    def story_of(self, identity: Identity) -> int | None:
        """Where an article has been placed; None: it has not come yet."""
        number = self._number(identity)
        return None if number is None else self.place_of(number)

    def place_of(self, article: int) -> int | None:
        """The same, by number."""
        row = self._paper.execute("SELECT story FROM placed WHERE article = ?", (article,)).fetchone()
        return None if row is None else int(row[0])

    def was(self, article: int) -> int:
        """The story that a placed article is in as yet."""
        return int(self._paper.execute("SELECT was FROM placed WHERE article = ?", (article,)).fetchone()[0])

    def first_of(self, story: int) -> int:
        """The first article that came of a story, as it is; 0: the story is gone since."""
        return int(self._db.execute("SELECT min(id) FROM articles WHERE story = ?", (story,)).fetchone()[0] or 0)

    def opened(self, story: int) -> datetime:
        """When a story began, on paper."""
        return rows.from_ms(self._paper.execute("SELECT at FROM opened WHERE story = ?", (story,)).fetchone()[0])

    def put(self, arrival: Arrival, story: int, reason: str) -> None:
        """Place an article."""
        it = arrival.article
        self._paper.execute(
            "INSERT INTO placed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                arrival.number,
                story,
                arrival.story,
                reason,
                it.source_id,
                it.key,
                it.url_key,
                it.text_key,
                it.title_key,
                int(it.claimed),
                rows.to_ms_or_none(it.published),
                int(arrival.rekeyed),
            ),
        )
        self._paper.execute("INSERT OR IGNORE INTO opened VALUES (?, ?)", (story, rows.to_ms(arrival.first_seen)))

    def merge(self, kept: int, absorbed: int) -> None:
        """Make two stories one."""
        self._paper.execute("UPDATE placed SET story = ? WHERE story = ?", (kept, absorbed))

    # -- the difference

    def changes(self) -> Iterator[Change]:
        """What would change, by story."""
        found = self._paper.execute(
            f"SELECT was, story, group_concat(article) AS articles FROM placed WHERE {_CHANGED} GROUP BY was, story"
        )
        for row in found.fetchall():
            articles = tuple(sorted(map(int, row["articles"].split(","))))
            stays = self._paper.execute(
                "SELECT 1 FROM placed WHERE story = ? AND was = ? LIMIT 1", (row["was"], row["was"])
            ).fetchone()
            whole = stays is None and self.first_of(row["was"]) in articles
            yield Change(story=row["was"], into=row["story"], articles=articles, whole=whole)

    def reason(self, article: int) -> str:
        """What joins an article to its place."""
        return str(self._paper.execute("SELECT reason FROM placed WHERE article = ?", (article,)).fetchone()[0])

    def rekeyed(self) -> Iterator[tuple[bytes, bytes, bytes, int]]:
        """Address, text and title key, and number, of the articles that have others than are stored."""
        yield from map(
            tuple,
            self._paper.execute("SELECT url_key, text_key, title_key, article FROM placed WHERE rekeyed = 1"),
        )


def _arrival(row: sqlite3.Row) -> Arrival:
    said = orjson.loads(unpack(row["body"]).partition(RAW)[0])
    title, text = said.get("title", ""), said.get("text", "")
    keys = (url_key(row["canonical_url"] or ""), text_key(said.get("own", text)), title_key(title))
    return Arrival(
        number=row["id"],
        story=row["story"],
        reason=row["reason"],
        first_seen=rows.from_ms(row["first_seen"]),
        priority=row["priority"] or 0,
        article=Article(
            source_id=row["source_id"],
            key=row["key"],
            canonical_url=row["canonical_url"] or "",
            claimed=bool(row["claimed"]),
            title=title,
            text=text,
            published=rows.from_ms_or_none(row["published"]),
            url_key=keys[0],
            text_key=keys[1],
            title_key=keys[2],
        ),
        rekeyed=keys != (row["url_key"], row["text_key"], row["title_key"]),
    )
