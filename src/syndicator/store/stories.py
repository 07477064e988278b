"""Stories, created, merged, split and withdrawn in a transaction, as `dedup` decides.

A story's number and public id never change. A story that is absorbed or withdrawn leaves its public id behind
(`guids`).
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from itertools import chain
from sqlite3 import Connection, Row

from syndicator.model.article import Article
from syndicator.model.decision import Bid, Identity
from syndicator.model.placement import Measured, Merges
from syndicator.store import bodies, counters, guids, numbers, rows, search, sketches

OPENERS = ("first", "split")
"""Reasons of copies that joined no story: their story began with them, or the operator made them a story."""

_BIDS_SQL = """
    SELECT a.id, a.claimed, a.length, o.priority FROM articles a LEFT JOIN sources o ON o.id = a.source_id
    WHERE {which} ORDER BY a.first_seen, a.id
"""
_ALL_BIDS = _BIDS_SQL.format(which="a.story = ?")
_LEADS_BID = _BIDS_SQL.format(which="a.id = (SELECT lead FROM stories WHERE id = ?)")
_DAY = timedelta(days=1)


class Stories:
    """The stories, in an open transaction.

    Args:
        database: The connection with the transaction.
        ms: The time of the step, in milliseconds since 1970.
        revise: Returns the number of this write, and notes that it changes what outputs show.
    """

    def __init__(self, database: Connection, ms: int, revise: Callable[[], int]) -> None:
        self._db = database
        self._ms = ms
        self._revise = revise

    # -- what is there

    def of(self, identity: Identity) -> int | None:
        """Return the number of the story that an article is in; None if the article is not stored."""
        found = self._db.execute("SELECT story FROM articles WHERE source_id = ? AND key = ?", identity).fetchone()
        return None if found is None else int(found[0])

    def placed(self, identity: Identity) -> tuple[int, int] | None:
        """Return the number of an article and of its story; None if the article is not stored."""
        found = self._db.execute("SELECT id, story FROM articles WHERE source_id = ? AND key = ?", identity).fetchone()
        return None if found is None else (int(found[0]), int(found[1]))

    def identity(self, article: int) -> Identity:
        """Return an article's source id and key."""
        found = self._db.execute("SELECT source_id, key FROM articles WHERE id = ?", (article,)).fetchone()
        return (str(found[0]), str(found[1]))

    def opened(self, story: int) -> datetime:
        """Return when a story's first copy was first seen."""
        found = self._db.execute("SELECT first_seen FROM stories WHERE id = ?", (story,)).fetchone()
        return rows.from_ms(found[0])

    def bids(self, story: int) -> list[Bid]:
        """Return the bid of each copy of a story, in the order in which they were first seen."""
        return [_bid(row) for row in self._db.execute(_ALL_BIDS, (story,))]

    def lead_bid(self, story: int) -> Bid:
        """Return the bid of a story's leading copy."""
        return _bid(self._db.execute(_LEADS_BID, (story,)).fetchone())

    def lead(self, story: int) -> Row:
        """Return the row of a story with columns of its leading copy; to be called before either changes."""
        found: Row = self._db.execute(
            "SELECT s.id, s.lead, s.searchable, s.first_seen, a.substance, a.body FROM stories s"
            " JOIN articles a ON a.id = s.lead WHERE s.id = ?",
            (story,),
        ).fetchone()
        return found

    def exists(self, story: int) -> bool:
        """Whether there is a story with this number."""
        return self._db.execute("SELECT 1 FROM stories WHERE id = ?", (story,)).fetchone() is not None

    def holds(self, story: int, articles: Collection[int]) -> bool:
        """Whether all these articles are copies of a story."""
        return all(
            self._db.execute("SELECT 1 FROM articles WHERE id = ? AND story = ?", (it, story)).fetchone()
            for it in articles
        )

    # -- what becomes of them

    def begin(self, guid: str, lead: int, said: Article, first_seen: datetime, updated: datetime | None) -> int:
        """Create a story, and return its number.

        Args:
            guid: Its public id.
            lead: Number of the article that it begins with, which need not be stored yet.
            said: The article that it begins with.
            first_seen: When the article was first seen; the story's date is no later than this.
            updated: When the article was last changed; None if it was not changed since it was published.
        """
        story = numbers.newest(self._db, "stories") + 1
        sort_at = _date(said, first_seen)
        self._db.execute(
            "INSERT INTO stories (id, guid, lead, language, first_seen, sort_at, updated, revision, searchable)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
            (
                story,
                guid,
                lead,
                said.language,
                rows.to_ms(first_seen),
                rows.to_ms(sort_at),
                rows.to_ms(max(sort_at, updated or sort_at)),
                self._revise(),
            ),
        )
        search.write_rows(self._db, [(story, said.title, said.text)])
        return story

    def touch(self, story: int) -> None:
        """Note that what outputs show of a story has changed."""
        self._db.execute("UPDATE stories SET revision = ? WHERE id = ?", (self._revise(), story))

    def lead_changed(self, before: Row, words: tuple[str, str], language: str, *, substantive: bool) -> None:
        """Update a story after its lead has changed; `sort_at` stays, and `updated` never gets earlier.

        Args:
            before: What `lead` returned before the change.
            words: The new title and text.
            language: The new language.
            substantive: Whether the change matters to readers.
        """
        former = bodies.words(before["body"])
        if before["searchable"] and former != words:
            search.forget(self._db, before["id"], *former)
            search.write_rows(self._db, [(before["id"], *words)])
        self._db.execute(
            "UPDATE stories SET language = ?, updated = max(updated, ?) WHERE id = ?",
            (language, self._ms if substantive else 0, before["id"]),
        )

    def let_lead(self, story: int, article: int) -> None:
        """Make a copy the leading one."""
        before = self.lead(story)
        if before["lead"] == article:
            return
        after = self._db.execute("SELECT body, substance FROM articles WHERE id = ?", (article,)).fetchone()
        self._db.execute("UPDATE stories SET lead = ? WHERE id = ?", (article, story))
        self.lead_changed(
            before,
            bodies.words(after["body"]),
            bodies.language(after["body"]),
            substantive=before["substance"] != after["substance"],
        )
        self.touch(story)

    def move(self, article: int, story: int, reason: str, measured: Measured | None = None) -> None:
        """Make an article a copy of another story; the caller must then decide who leads that story and the former."""
        self._db.execute(
            "UPDATE articles SET story = ?, reason = ?, detail = ? WHERE id = ?",
            (story, reason, rows.detail(measured), article),
        )
        self.touch(story)

    def merge(self, decided: Merges) -> None:
        """Merge two stories: the kept one gets all copies and the public id of the absorbed one, and keeps its lead."""
        kept, absorbed = decided.kept, decided.absorbed
        self._bury(absorbed, kept)
        absorb(self._db, decided)
        self._db.execute("DELETE FROM stories WHERE id = ?", (absorbed,))
        self.touch(kept)

    def open(self, article: int, reason: str = "split") -> int:
        """Make a stored article a story of its own; before, its former story must be led by a copy that stays there."""
        row = self._db.execute("SELECT * FROM articles WHERE id = ?", (article,)).fetchone()
        said = rows.to_article(row)
        identity = (row["source_id"], row["key"])
        names = chain(guids.left_behind(self._db, row["story"], identity), guids.choices(identity, row["guid"] or ""))
        guid = next(it for it in names if not guids.is_taken(self._db, it, identity))
        guids.take_back(self._db, guid)
        # It counts as updated now, so that it is newer than any tombstone with its id.
        story = self.begin(guid, article, said, rows.from_ms(row["first_seen"]), rows.from_ms(self._ms))
        self._begins_anew(row["story"], row["reason"], article)
        self._db.execute(
            "UPDATE articles SET story = ?, reason = ?, detail = '' WHERE id = ?", (story, reason, article)
        )
        return story

    def withdraw(self, story: int) -> None:
        """Delete a story with all its copies, because its sources have deleted it."""
        self._bury(story, None)
        for row in self._db.execute("DELETE FROM articles WHERE story = ? RETURNING id, sketch", (story,)).fetchall():
            self._forget(row["id"], row["sketch"])
        self._db.execute("DELETE FROM stories WHERE id = ?", (story,))

    def drop(self, article: int) -> None:
        """Delete one copy, which must not lead its story."""
        removed = "DELETE FROM articles WHERE id = ? RETURNING story, reason, sketch"
        row = self._db.execute(removed, (article,)).fetchone()
        self._forget(article, row["sketch"])
        self._begins_anew(row["story"], row["reason"], article)
        self.touch(row["story"])

    def _forget(self, article: int, sketch: bytes) -> None:
        """Delete what refers to a copy that was deleted, and never give its number again."""
        sketches.forget(self._db, article, sketch)
        self._db.execute("DELETE FROM paragraphs WHERE article = ?", (article,))
        self._db.execute("DELETE FROM credited WHERE article = ?", (article,))
        counters.count(self._db, "social")
        numbers.keep(self._db, "articles", article)

    def _begins_anew(self, story: int, reason: str, left: int) -> None:
        """If a copy that a story began with leaves it, let the story begin with the next copy."""
        if reason in OPENERS:
            self._db.execute(
                "UPDATE articles SET reason = 'first', detail = '' WHERE id = (SELECT id FROM articles WHERE story = ?"
                " AND id != ? ORDER BY first_seen, id LIMIT 1)",
                (story, left),
            )

    def _bury(self, story: int, leads_to: int | None) -> None:
        """Remove a story from the search index, and leave its public id behind."""
        self._revise()
        numbers.keep(self._db, "stories", story)
        before = self.lead(story)
        if before["searchable"]:
            search.forget(self._db, story, *bodies.words(before["body"]))
        guids.leave_behind(self._db, story, leads_to, self._ms)


def absorb(db: Connection, merge: Merges, *, table: str = "articles", number: str = "id") -> None:
    """Make all copies of a story copies of another; a copy that had begun the story gets the merge's reason.

    Args:
        db: The database with the copies.
        merge: The merge that was decided.
        table: The table with a row for each copy.
        number: The column of the table with the copies' numbers.
    """
    db.execute(
        f"UPDATE {table} SET story = ?, reason = CASE WHEN reason IN ('first', 'split') THEN ? ELSE reason END,"
        f" detail = CASE WHEN reason IN ('first', 'split') AND {number} = ? THEN ? ELSE detail END WHERE story = ?",
        (merge.kept, merge.reason, merge.article, rows.detail(merge.measured), merge.absorbed),
    )  # names are ours


def _date(said: Article, first_seen: datetime) -> datetime:
    """Return the date by which a story that begins with this article is ordered: no later than the article's arrival.

    A date without a time would put the story below all stories of that day. So it counts as the arrival, or as the
    day's end, if the article arrived by the next day. For an older date, the time cannot be guessed.
    """
    date = said.published or said.updated or first_seen
    if said.whole_day and first_seen - date < 2 * _DAY:
        date += _DAY - timedelta(seconds=1)
    return min(date, first_seen)


def _bid(row: Row) -> Bid:
    return Bid(article=row["id"], claimed=bool(row["claimed"]), priority=row["priority"] or 0, length=row["length"])
