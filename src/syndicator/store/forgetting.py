"""The deletion of old stories, and the queries that decide which of them may be deleted.

Nothing stays of such a story except what was learned from it (its source's boilerplate, its publisher's profiles) and
the operator's decisions about its articles. If its source shows it again, it is a new story, with the public id that it
had.
"""

from collections.abc import Collection
from datetime import datetime
from sqlite3 import Connection

from syndicator.model.noun import Noun
from syndicator.store import bodies, counters, numbers, rows, search, shown, sketches
from syndicator.store.door import Opened, atomic, explained

NEWEST = 50
"""The number of a source's newest articles that are kept, however old they are."""

_SPARSE = 0.125  # deleted stories, as a share of the stored ones, above which the search index is compacted

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
    """A copy of a story that may be deleted.

    Attributes:
        article: The article's number.
        source_id: The id of its source.
        name: The short name of its entry among those that its source shows (`shown.name`).
        first_seen: When it was first seen.
        awaited: Whether its page is still to be requested.
    """

    article: int
    source_id: str
    name: bytes
    first_seen: datetime
    awaited: bool


class Forgetting(Opened):
    """The part of a `Store` that deletes old stories; every method may raise `StoreError`."""

    def last_round(self) -> tuple[datetime, int]:
        """Return when all stories had last been examined, and for how many seconds stories were kept then."""
        with explained(self.path):
            return rows.from_ms(counters.get(self._db, "round")), counters.get(self._db, "kept")

    def had_round(self, now: datetime, kept: float) -> None:
        """Remember that all stories have been examined, with the time and the seconds for which stories are kept."""
        with explained(self.path), atomic(self._db):
            counters.put(self._db, "round", rows.to_ms(now))
            counters.put(self._db, "clock", rows.to_ms(now))
            counters.put(self._db, "kept", int(kept))

    def told_time(self) -> datetime:
        """Return the clock's time that `note_time` or `had_round` stored last."""
        with explained(self.path):
            return rows.from_ms(counters.get(self._db, "clock"))

    def note_time(self, now: datetime) -> None:
        """Store the clock's time."""
        with explained(self.path), atomic(self._db):
            counters.put(self._db, "clock", rows.to_ms(now))

    def past(self, after: int, limit: int, before: datetime, now: datetime) -> tuple[list[int], int | None]:
        """Find, among the next stories by number, those that came and last changed before a moment.

        Args:
            after: Only stories with higher numbers are examined.
            limit: The most stories that are examined.
            before: The moment.
            now: The time of the step.

        Returns:
            The numbers of the stories that were found, and the last number that was examined; None in place of the
            latter if no later story came before the moment.
        """
        with explained(self.path):
            found = self._db.execute(_NEXT, (after, limit)).fetchall()
        least, most = rows.to_ms(before), rows.to_ms(now)
        past = [row["id"] for row in found if row["first_seen"] < least and row["updated"] < least]
        # A story that came while the clock was ahead does not show when the later ones came.
        is_over = all(least <= row["first_seen"] <= most for row in found)
        return past, None if is_over else found[-1]["id"]

    def holding(self, stories: Collection[int]) -> dict[int, list[Held]]:
        """Return the copies of each of these stories."""
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
        """Return the number of the oldest of a source's `NEWEST` articles, which are kept; 0 if it has fewer."""
        with explained(self.path):
            found = self._db.execute(_OLDEST_OF_NEWEST, (source_id, NEWEST - 1)).fetchone()
            return int(found[0]) if found else 0

    def showing(self, source_ids: Collection[str]) -> dict[str, bytes | None]:
        """Return what each of these sources showed when it was last read, packed for `shown.has`; None if unknown.

        A source that rests is included, since it may be polled again, but it is left out if what it showed is unknown.
        """
        with explained(self.path):
            return dict(self._db.execute(_SHOWN, (rows.many(source_ids),)).fetchall())

    def led_to(self, guids: Collection[str]) -> list[int]:
        """Return the stories that have absorbed the stories with these public ids (`Offering.gone`)."""
        with explained(self.path):
            return [row[0] for row in self._db.execute(_LED_TO, (rows.many(guids),))]

    def lately_told(self, limit: int) -> list[int]:
        """Return the stories that the newest `limit` social events are about."""
        with explained(self.path):
            return [row[0] for row in self._db.execute(_TOLD, (limit,))]

    def forget(self, stories: Collection[int]) -> None:
        """Delete stories with all their copies; outputs need no update, since none shows them any more."""
        with explained(self.path), atomic(self._db):
            _forget(self._db, stories)
            counters.put(self._db, "forgotten", counters.get(self._db, "forgotten") + len(stories))

    def is_sparse(self) -> bool:
        """Whether so many stories were deleted that the search index must be compacted."""
        with explained(self.path):
            (stored,) = self._db.execute("SELECT count(*) FROM stories").fetchone()
            return counters.get(self._db, "forgotten") > int(stored) * _SPARSE

    def compact(self) -> bool:
        """Remove a part of what was deleted from the search index; return whether there is more."""
        with explained(self.path), atomic(self._db):
            begins = counters.get(self._db, "forgotten") > 0
            counters.put(self._db, "forgotten", 0)
            return search.compact(self._db, begins=begins)


def _forget(db: Connection, stories: Collection[int]) -> None:
    """Delete stories and all that refers to them or their copies; their numbers are never given again."""
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
        db.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))", (gone,))  # names are ours
    # The paragraphs stay, as evidence of what the source repeats, but the articles can no longer be read again.
    again = [(row["source_id"], row["id"]) for row in copies]
    db.executemany("UPDATE paragraphs SET stale = 0 WHERE source_id = ? AND article = ?", again)
    articles, sources = rows.many(row["id"] for row in copies), rows.many({row["source_id"] for row in copies})
    seen = db.execute(_NO_EVIDENCE, (sources, articles)).rowcount
    for table in ("credited", "social_events"):
        gone_with = f"DELETE FROM {table} WHERE article IN (SELECT value FROM json_each(?))"  # names are ours
        seen += db.execute(gone_with, (articles,)).rowcount
    if seen:
        counters.count(db, "social")
