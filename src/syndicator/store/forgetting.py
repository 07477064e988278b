"""Stories that are let go since they are old: what must be known of them before, and their end.

Nothing stays of such a story but what was learned from it (what its source repeats, where its publisher is) and what
the operator decided about its articles. Shown by its source once more, it is new, under the public id that it had.
"""

from collections.abc import Collection
from datetime import datetime
from sqlite3 import Connection

from syndicator.model.noun import Noun
from syndicator.store import bodies, counters, numbers, rows, search, shown, sketches
from syndicator.store.door import Opened, atomic, explained

NEWEST = 50
"""Articles of each source that stay, however old they are."""

_SPARSE = 0.125  # of the stories that are stored: so many of the index's may be gone

_NEXT = "SELECT id, first_seen, updated FROM stories WHERE id > ? ORDER BY id LIMIT ?"
_COPIES = """
    SELECT a.id, a.story, a.source_id, a.key, a.first_seen,
           EXISTS (SELECT 1 FROM wishes w WHERE w.source_id = a.source_id AND w.key = a.key) AS awaited
    FROM articles a WHERE a.story IN (SELECT value FROM json_each(?))
"""
_LEADS = """
    SELECT s.id, a.body FROM stories s JOIN articles a ON a.id = s.lead
    WHERE s.searchable = 1 AND s.id IN (SELECT value FROM json_each(?))
"""
_OLDEST_OF_NEWEST = "SELECT id FROM articles WHERE source_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?"
_NO_EVIDENCE = """
    UPDATE evidence SET article = 0 WHERE article IN (SELECT value FROM json_each(?2))
    AND profile IN (SELECT id FROM profiles WHERE source_id IN (SELECT value FROM json_each(?1)))
"""
_SHOWN = """
    SELECT id, shown FROM sources WHERE id IN (SELECT value FROM json_each(?)) AND (active = 1 OR shown IS NOT NULL)
"""
_LED_TO = "SELECT story FROM redirects WHERE story IS NOT NULL AND guid IN (SELECT value FROM json_each(?))"
_TOLD = """
    SELECT DISTINCT a.story FROM (SELECT article FROM social_events ORDER BY at DESC, id DESC LIMIT ?) v
    JOIN articles a ON a.id = v.article
"""


class Held(Noun):
    """A copy of a story that may be let go.

    Attributes:
        article: Its number.
        source_id: Whose it is.
        name: By which its entry is known in what its source shows.
        first_seen: When it came.
        awaited: Whether its page is still to be asked for.
    """

    article: int
    source_id: str
    name: bytes
    first_seen: datetime
    awaited: bool


class Forgetting(Opened):
    """The part of a `Store` that lets stories go; every method may raise `StoreError`."""

    def last_round(self) -> tuple[datetime, int]:
        """When all stories had last been looked at, and how many seconds they were kept for then."""
        with explained(self.path):
            return rows.from_ms(counters.get(self._db, "round")), counters.get(self._db, "kept")

    def had_round(self, now: datetime, kept: float) -> None:
        """Remember that all stories have been looked at."""
        with explained(self.path), atomic(self._db):
            counters.put(self._db, "round", rows.to_ms(now))
            counters.put(self._db, "clock", rows.to_ms(now))
            counters.put(self._db, "kept", int(kept))

    def told_time(self) -> datetime:
        """What the clock told when it was noted last."""
        with explained(self.path):
            return rows.from_ms(counters.get(self._db, "clock"))

    def note_time(self, now: datetime) -> None:
        """Note what the clock tells."""
        with explained(self.path), atomic(self._db):
            counters.put(self._db, "clock", rows.to_ms(now))

    def past(self, after: int, limit: int, before: datetime, now: datetime) -> tuple[list[int], int | None]:
        """The next stories, by number, that came and changed last before a moment.

        Args:
            after: Only those with higher numbers.
            limit: So many are looked at.
            before: That moment.
            now: The step's time.

        Returns:
            Them, and the last number that was looked at; None: behind these is none that came before.
        """
        with explained(self.path):
            found = self._db.execute(_NEXT, (after, limit)).fetchall()
        least, most = rows.to_ms(before), rows.to_ms(now)
        past = [row["id"] for row in found if row["first_seen"] < least and row["updated"] < least]
        # What came while the clock was ahead tells nothing of those behind it.
        is_over = all(least <= row["first_seen"] <= most for row in found)
        return past, None if is_over else found[-1]["id"]

    def holding(self, stories: Collection[int]) -> dict[int, list[Held]]:
        """The copies of each of these stories."""
        found: dict[int, list[Held]] = {story: [] for story in stories}
        with explained(self.path):
            for row in self._db.execute(_COPIES, (rows.many(stories),)):
                held = Held(
                    article=row["id"],
                    source_id=row["source_id"],
                    name=shown.name(row["key"]),
                    first_seen=rows.from_ms(row["first_seen"]),
                    awaited=bool(row["awaited"]),
                )
                found[row["story"]].append(held)
        return found

    def oldest_of_newest(self, source_id: str) -> int:
        """The number from which on a source's articles are its newest, which stay; 0: it has no more than those."""
        with explained(self.path):
            found = self._db.execute(_OLDEST_OF_NEWEST, (source_id, NEWEST - 1)).fetchone()
            return int(found[0]) if found else 0

    def showing(self, source_ids: Collection[str]) -> dict[str, bytes | None]:
        """The names (`shown.has`) of the entries that each of these sources showed when last read; None: nobody knows.

        So of one that rests, too, for it may be polled again; but where that is not known, it is left out.
        """
        with explained(self.path):
            return dict(self._db.execute(_SHOWN, (rows.many(source_ids),)).fetchall())

    def led_to(self, guids: Collection[str]) -> list[int]:
        """The stories that have taken in those which had these public ids (`gone`)."""
        with explained(self.path):
            return [row[0] for row in self._db.execute(_LED_TO, (rows.many(guids),))]

    def lately_told(self, limit: int) -> list[int]:
        """The stories that so many newest events are about (`social_events`)."""
        with explained(self.path):
            return [row[0] for row in self._db.execute(_TOLD, (limit,))]

    def forget(self, stories: Collection[int]) -> None:
        """Let stories go, with all their copies: no reader is told, since none is shown any more."""
        with explained(self.path), atomic(self._db):
            _forget(self._db, stories)
            counters.put(self._db, "forgotten", counters.get(self._db, "forgotten") + len(stories))

    def is_sparse(self) -> bool:
        """Whether so much was forgotten that the search index holds much that is no more."""
        with explained(self.path):
            (stored,) = self._db.execute("SELECT count(*) FROM stories").fetchone()
            return counters.get(self._db, "forgotten") > int(stored) * _SPARSE

    def compact(self) -> bool:
        """Take what is no more out of the search index, a part of it; returns whether there is more."""
        with explained(self.path), atomic(self._db):
            begins = counters.get(self._db, "forgotten") > 0
            counters.put(self._db, "forgotten", 0)
            return search.compact(self._db, begins=begins)


def _forget(db: Connection, stories: Collection[int]) -> None:
    """Take stories away; nothing names them or their copies then, and no other gets their numbers."""
    gone = rows.many(stories)
    for story, body in db.execute(_LEADS, (gone,)).fetchall():
        search.forget(db, story, *bodies.words(body))
    numbers.keep(db, "stories", max(stories))
    removed = "DELETE FROM articles WHERE story IN (SELECT value FROM json_each(?)) RETURNING id, source_id, sketch"
    copies = db.execute(removed, (gone,)).fetchall()
    numbers.keep(db, "articles", max(row["id"] for row in copies))
    for row in copies:
        if not sketches.is_past(db, row["id"]):
            sketches.forget(db, row["id"], row["sketch"])
    for table, column in (("stories", "id"), ("redirects", "story"), ("archived", "story")):
        db.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))", (gone,))  # our names
    # Its paragraphs still are what its source begins and ends with; but it cannot be read once more.
    again = [(row["source_id"], row["id"]) for row in copies]
    db.executemany("UPDATE paragraphs SET stale = 0 WHERE source_id = ? AND article = ?", again)
    articles, sources = rows.many(row["id"] for row in copies), rows.many({row["source_id"] for row in copies})
    seen = db.execute(_NO_EVIDENCE, (sources, articles)).rowcount
    for table in ("credited", "social_events"):
        gone_with = f"DELETE FROM {table} WHERE article IN (SELECT value FROM json_each(?))"  # our names
        seen += db.execute(gone_with, (articles,)).rowcount
    if seen:
        counters.count(db, "social")
