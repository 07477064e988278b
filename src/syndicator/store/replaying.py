"""Placing everything anew, on paper: a private file of SQLite's own holds which article would be in which story.

What is stored is only read (`arrivals`). `carry_out` makes it so, in a transaction, once somebody has looked at the
difference.
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
"""Added to an article's number, this stands for the story that it would open, and has not."""
_MOST = 50
_WINDOW = sketches.WINDOW // timedelta(milliseconds=1)

_EARLIER = "SELECT id FROM articles WHERE story = ? AND id < ? ORDER BY id LIMIT ?"
_CANDIDATE = "p.*, p.article AS id, o.at AS opened, 0 AS lead_claimed, 0 AS lead_length, 0 AS lead_priority"
"""Who leads a story is of no matter here."""
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
        sketches.create(self._paper)
        self._paper.execute("PRAGMA synchronous = OFF")
        self._paper.execute("PRAGMA journal_mode = OFF")
        self._paper.execute("PRAGMA cache_size = -16384")
        self._paper.execute("BEGIN")

    def close(self) -> None:
        """Throw the paper away."""
        self._paper.close()

    def total(self) -> int:
        """How many articles there are."""
        return int(self._db.execute("SELECT count(*) FROM articles").fetchone()[0])

    def arrivals(self) -> Iterator[Arrival]:
        """All articles, in the order in which they came; those before one that are too old for it are found no more."""
        for arrival, now in arrivals(self._db):
            while sketches.expire(self._paper, now - _WINDOW, now):
                pass
            yield arrival

    def candidates(self, article: Article, bound: list[Identity]) -> list[Candidate]:
        """Articles that have been placed and have the same address or text, or that the operator joins with it."""
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
        """Articles of other sources that have been placed, and whose texts may be nearly the same.

        Args:
            arrival: The newcomer.
            claimed: Some to look at, too, since they have its address.
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
        """What an article's text was compared with; None: it is not stored any more."""
        number = self._number((measured.source_id, measured.key))
        return None if number is None else article_of(self._db, number)

    def _candidates(self, where: str, value: bytes | int) -> Iterator[Candidate]:
        sql = f"SELECT {_CANDIDATE} FROM placed p JOIN opened o ON o.story = p.story WHERE {where}"  # our names
        return map(rows.to_candidate, self._paper.execute(sql, (value,)))

    def _number(self, identity: Identity) -> int | None:
        row = self._db.execute("SELECT id FROM articles WHERE source_id = ? AND key = ?", identity).fetchone()
        return None if row is None else int(row[0])

    def story_of(self, identity: Identity) -> int | None:
        """Where an article has been placed; None: it has not come yet."""
        number = self._number(identity)
        return None if number is None else self.place_of(number)

    def place_of(self, article: int) -> int | None:
        """Where an article, by its number, has been placed; None: it has not come yet."""
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

    def put(self, arrival: Arrival, story: int, reason: str, measured: Measured | None = None) -> None:
        """Place an article."""
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
        """Make two stories one."""
        absorb(self._paper, decided, table="placed", number="article")

    # -- the difference

    def changes(self) -> Iterator[Change]:
        """What would change, by story."""
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
        """What joins an article to its place."""
        return str(self._paper.execute("SELECT reason FROM placed WHERE article = ?", (article,)).fetchone()[0])

    def measured(self, article: int) -> Measured | None:
        """What was compared, where it is that its text is nearly another's."""
        row = self._paper.execute("SELECT detail FROM placed WHERE article = ?", (article,)).fetchone()
        return rows.to_measured(row[0])

    def rekeyed(self) -> Iterator[Likeness]:
        """What the articles are compared by that have something else than is stored."""
        for row in self._paper.execute(
            "SELECT article, former, url_key, text_key, title_key, sketch FROM placed WHERE former != x''"
        ):
            yield Likeness(*row)
