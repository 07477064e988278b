"""A replay: all stored articles are placed anew in a temporary database, which says what would be in which story.

The store is only read for this (`arrivals`). `pipeline.replay.carry_out` applies the differences in a transaction.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from syndicator.model.article import Article
from syndicator.model.decision import Identity
from syndicator.model.noun import Noun
from syndicator.model.placement import Candidate, Measured, Merges, Neighbour
from syndicator.store import rows, sketches
from syndicator.store.arrivals import Arrival, arrivals, article_of
from syndicator.store.rekeying import Likeness
from syndicator.store.stories import absorb

NEW = 1 << 40
"""This plus an article's number stands for a new story that the article would open."""
_MOST = 50  # candidates that one query returns
_WINDOW = sketches.WINDOW // timedelta(milliseconds=1)

_EARLIER = "SELECT id FROM articles WHERE story = ? AND id < ? ORDER BY id LIMIT ?"
_CANDIDATE = "p.*, p.article AS id, o.at AS opened, 0 AS lead_claimed, 0 AS lead_length, 0 AS lead_priority"
"""The columns of a candidate; those of the leading copy are 0, since a replay does not decide who leads."""
_PLACED = """
    CREATE TABLE placed (
        article INTEGER PRIMARY KEY, story INTEGER, was INTEGER, reason TEXT, source_id TEXT, key TEXT, url_key BLOB,
        text_key BLOB, title_key BLOB, claimed INTEGER, published INTEGER, former BLOB, detail TEXT,
        first_seen INTEGER, sketch BLOB
    );
    CREATE INDEX by_url ON placed (url_key) WHERE url_key != x'';
    CREATE INDEX by_text ON placed (text_key) WHERE text_key != x'';
    CREATE INDEX by_story ON placed (story);
    CREATE TABLE opened (story INTEGER PRIMARY KEY, at INTEGER);
    CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER);
    CREATE VIEW articles AS SELECT article AS id, first_seen, sketch FROM placed;
"""


class Change(Noun):
    """A difference that a replay found: copies of one story that would be in another.

    Attributes:
        story: The number of the story that they are in.
        into: The number of the story that they would be in; from `NEW` on, one that they would open.
        articles: The copies' numbers.
        whole: Whether the story's first copy is among them and no copy stays, so that the story would be absorbed.
    """

    story: int
    into: int
    articles: tuple[int, ...]
    whole: bool


class Paper:
    """The temporary database: where each article would be placed."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._paper = sqlite3.connect("", isolation_level=None, check_same_thread=False)  # a temporary file
        self._paper.row_factory = sqlite3.Row
        self._paper.executescript(_PLACED)
        sketches.create(self._paper)
        self._paper.execute("PRAGMA synchronous = OFF")
        self._paper.execute("PRAGMA journal_mode = OFF")
        self._paper.execute("PRAGMA cache_size = -16384")
        self._paper.execute("BEGIN")

    def close(self) -> None:
        """Delete the temporary database."""
        self._paper.close()

    def total(self) -> int:
        """Return the number of stored articles."""
        return int(self._db.execute("SELECT count(*) FROM articles").fetchone()[0])

    def arrivals(self) -> Iterator[Arrival]:
        """Give all articles in the order of arrival, and remove those from the index of sketches that get too old."""
        for arrival, now in arrivals(self._db):
            while sketches.expire(self._paper, now - _WINDOW, now):
                pass
            yield arrival

    def candidates(self, article: Article, bound: list[Identity]) -> list[Candidate]:
        """Return placed articles that have the same address or text, or that the operator joined with it."""
        found: dict[int, Candidate] = {}
        for name, value in (("url_key", article.url_key), ("text_key", article.text_key)):
            if value:
                where = f"p.{name} = ? AND p.{name} != x'' ORDER BY p.story, p.article LIMIT {_MOST}"
                found.update((it.article, it) for it in self._candidates(where, value))
        for identity in bound:
            if (number := self._number(identity)) is not None:
                found.update((it.article, it) for it in self._candidates("p.article = ?", number))
        return sorted(found.values(), key=lambda it: (it.story, it.article))

    def neighbours(self, arrival: Arrival, claimed: Iterable[Candidate]) -> list[Neighbour]:
        """Return placed articles whose texts may be nearly the same, in stories without a copy of the article's source.

        Args:
            arrival: The article to place.
            claimed: Further articles to include, because they have its address.
        """
        newcomer = arrival.article
        together = [row[0] for row in self._db.execute(_EARLIER, (arrival.story, arrival.number, _MOST))]
        found = [*together, *(it.article for it in claimed), *sketches.sharing(self._paper, newcomer.sketch)]
        return [
            Neighbour(candidate=candidate, article=article, sources=sources)
            for number in dict.fromkeys(found)
            for candidate in self._candidates("p.article = ?", number)
            if newcomer.source_id not in (sources := self._sources(candidate.story))
            and (article := article_of(self._db, number)) is not None
        ]

    def _sources(self, story: int) -> frozenset[str]:
        return frozenset(
            row[0] for row in self._paper.execute("SELECT source_id FROM placed WHERE story = ?", (story,))
        )

    def partner(self, measured: Measured) -> Article | None:
        """Return the article with which a text was compared; None if it is no longer stored."""
        number = self._number((measured.source_id, measured.key))
        return None if number is None else article_of(self._db, number)

    def _candidates(self, where: str, value: bytes | int) -> Iterator[Candidate]:
        sql = f"SELECT {_CANDIDATE} FROM placed p JOIN opened o ON o.story = p.story WHERE {where}"  # names are ours
        return map(rows.to_candidate, self._paper.execute(sql, (value,)))

    def _number(self, identity: Identity) -> int | None:
        row = self._db.execute("SELECT id FROM articles WHERE source_id = ? AND key = ?", identity).fetchone()
        return None if row is None else int(row[0])

    def story_of(self, identity: Identity) -> int | None:
        """Return the story in which an article was placed; None if it was not placed yet."""
        number = self._number(identity)
        return None if number is None else self.place_of(number)

    def place_of(self, article: int) -> int | None:
        """Return the story in which the article with a number was placed; None if it was not placed yet."""
        row = self._paper.execute("SELECT story FROM placed WHERE article = ?", (article,)).fetchone()
        return None if row is None else int(row[0])

    def was(self, article: int) -> int:
        """Return the story that a placed article is in now, in the store."""
        return int(self._paper.execute("SELECT was FROM placed WHERE article = ?", (article,)).fetchone()[0])

    def first_of(self, story: int) -> int:
        """Return the number of the first article of a story in the store; 0 if the story is gone meanwhile."""
        return int(self._db.execute("SELECT min(id) FROM articles WHERE story = ?", (story,)).fetchone()[0] or 0)

    def opened(self, story: int) -> datetime:
        """Return when a story of the replay began."""
        return rows.from_ms(self._paper.execute("SELECT at FROM opened WHERE story = ?", (story,)).fetchone()[0])

    def put(self, arrival: Arrival, story: int, reason: str, measured: Measured | None = None) -> None:
        """Place an article in a story."""
        article = arrival.article
        self._paper.execute(
            "INSERT INTO placed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                arrival.number,
                story,
                arrival.story,
                reason,
                article.source_id,
                article.key,
                article.url_key,
                article.text_key,
                article.title_key,
                int(article.claimed),
                rows.to_ms_or_none(article.published),
                arrival.former,
                rows.detail(measured),
                rows.to_ms(arrival.first_seen),
                article.sketch,
            ),
        )
        sketches.write(self._paper, arrival.number, article.sketch)
        self._paper.execute("INSERT OR IGNORE INTO opened VALUES (?, ?)", (story, rows.to_ms(arrival.first_seen)))

    def merge(self, decided: Merges) -> None:
        """Merge two stories."""
        absorb(self._paper, decided, table="placed", number="article")

    # -- the difference

    def changes(self) -> Iterator[Change]:
        """Give the differences, by story."""
        found = self._paper.execute(
            "SELECT was, story, group_concat(article) AS articles FROM placed WHERE story != was GROUP BY was, story"
        )
        for row in found.fetchall():
            articles = tuple(sorted(map(int, row["articles"].split(","))))
            stays = self._paper.execute(
                "SELECT 1 FROM placed WHERE story = ? AND was = ? LIMIT 1", (row["was"], row["was"])
            ).fetchone()
            whole = stays is None and self.first_of(row["was"]) in articles
            yield Change(story=row["was"], into=row["story"], articles=articles, whole=whole)

    def reason(self, article: int) -> str:
        """Return the layer that joins an article to its story."""
        return str(self._paper.execute("SELECT reason FROM placed WHERE article = ?", (article,)).fetchone()[0])

    def measured(self, article: int) -> Measured | None:
        """If the layer is "near", return the article it was compared with, and how alike the texts are; else None."""
        row = self._paper.execute("SELECT detail FROM placed WHERE article = ?", (article,)).fetchone()
        return rows.to_measured(row[0])

    def rekeyed(self) -> Iterator[Likeness]:
        """Give the new likeness keys of articles whose stored keys differ."""
        for row in self._paper.execute(
            "SELECT article, former, url_key, text_key, title_key, sketch FROM placed WHERE former != x''"
        ):
            yield Likeness(*row)
