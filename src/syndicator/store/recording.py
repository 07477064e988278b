"""Record what a step found, in one transaction.

Each source's articles, placements, validators and next due time are written together or not at all. Recording the same
twice changes nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from sqlite3 import Connection, Row

from syndicator.model.article import Article
from syndicator.model.decision import Decision, Rulings
from syndicator.model.placement import Candidate, Joins, Known, Neighbour, Opens, Placement, Repeats, Updates
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.store import counters, decisions, guids, habits, numbers, rekeying, renaming, rows, sketches
from syndicator.store.absent import Absent, absent
from syndicator.store.boilerplate import Paragraphs
from syndicator.store.decisions import Decisions
from syndicator.store.events import Events
from syndicator.store.polls import Polls
from syndicator.store.presence import publishers
from syndicator.store.profiles import Profiles
from syndicator.store.rekeying import Likeness
from syndicator.store.stories import Stories
from syndicator.store.tallying import shown_before
from syndicator.store.wishes import Wishes
from syndicator.text.iris import uri

_CANDIDATES = 50
"""The most candidates that one query returns."""
_NEWEST = 500
"""The number of a source's newest articles that are searched when all ids and addresses in its document are new."""

_LEAD = "lead.claimed AS lead_claimed, lead.length AS lead_length, o.priority AS lead_priority, s.first_seen AS opened"
_IN_STORIES = """
    FROM articles a JOIN stories s ON s.id = a.story JOIN articles lead ON lead.id = s.lead
    LEFT JOIN sources o ON o.id = lead.source_id
"""
_CANDIDATES_SQL = f"""
    SELECT a.id, a.story, a.source_id, a.key, a.url_key, a.text_key, a.title_key, a.claimed, a.published, {_LEAD}
    {_IN_STORIES} WHERE {{what}} AND NOT (a.source_id = ? AND a.key = ?)
    ORDER BY a.story, a.id LIMIT ?
"""
_NEIGHBOUR_SQL = f"""
    SELECT a.*, {_LEAD}, (SELECT group_concat(source_id, ' ') FROM articles c WHERE c.story = a.story) AS sources
    {_IN_STORIES} WHERE a.id = ? AND NOT EXISTS (SELECT 1 FROM articles c WHERE c.story = a.story AND c.source_id = ?)
"""
_BY_URL, _BY_TEXT = (_CANDIDATES_SQL.format(what=f"a.{key} = ? AND a.{key} != x''") for key in ("url_key", "text_key"))
_BY_HEAD = _CANDIDATES_SQL.format(
    what="a.id IN (SELECT id FROM articles WHERE source_id = ? ORDER BY id DESC LIMIT ?)"
    " AND a.title_key = ? AND a.title_key != x'' AND a.published = ?"
)
_BY_NAME = _CANDIDATES_SQL.format(what="a.source_id = ? AND a.key = ?")


class Recording:
    """An open transaction; `Store.recording` begins and ends it."""

    def __init__(self, database: Connection, now: datetime) -> None:
        self._db = database
        self._now = now
        self._ms = rows.to_ms(now)
        self.paragraphs = Paragraphs(database)
        self.events = Events(database, now)
        self.profiles = Profiles(database, now, self.events)
        self.polls = Polls(database, self._ms, self.revise)
        self.habits = habits.Writing(database)
        self.wishes = Wishes(database, self._ms)
        self._absent = Absent()
        self._last: int | None = None  # number of the newest article; None until it is needed
        self._revision: int | None = None  # number of this write; None until something changes that outputs show
        self._decisions: Decisions | None = None  # None until they are needed
        self.stories = Stories(database, self._ms, self.revise)

    def revise(self) -> int:
        """Return the number of this write, which is given once something changes that outputs show, as few polls do."""
        if self._revision is None:
            counters.count(self._db, "revision")
            self._revision = counters.get(self._db, "revision")
        return self._revision

    # -- what is there

    def expect(self, articles: Collection[Article]) -> None:
        """Look up at once what the database does not hold of these articles, which saves later queries (`absent`)."""
        self._absent = absent(self._db, articles)

    def known(self, source_id: str, key: str) -> Known | None:
        """Return what is stored under a source and key; None if nothing is."""
        if (source_id, key) in self._absent.keys:
            return None
        row = self._db.execute(
            "SELECT id, story, found_hash, substance, sketch FROM articles WHERE source_id = ? AND key = ?",
            (source_id, key),
        ).fetchone()
        return None if row is None else rows.to_known(row)

    def article(self, number: int) -> Article | None:
        """Return the stored article with a number; None if there is none."""
        row = self._db.execute("SELECT * FROM articles WHERE id = ?", (number,)).fetchone()
        return None if row is None else rows.to_article(row)

    def described(self, source_id: str) -> tuple[Source, list[str]]:
        """Return a source as it is configured, without a private address, and the names of its publisher."""
        found = self._db.execute("SELECT definition, info FROM sources WHERE id = ?", (source_id,)).fetchone()
        source, info = rows.to_source(found[0]), rows.load(FeedInfo, found[1])
        return source, [name for name in (source.title, info.title) if name]

    def publishers(self, account: str) -> list[tuple[str, str]]:
        """Return address and site of each source whose publisher has the account with this key."""
        return publishers(self._db, account)

    def candidates(self, article: Article) -> list[Candidate]:
        """Return stored articles with its address or text, or that the operator joined with it, oldest story first."""
        found: dict[int, Candidate] = {}
        for sql, value, missing in (
            (_BY_URL, article.url_key, self._absent.url_keys),
            (_BY_TEXT, article.text_key, self._absent.text_keys),
        ):
            if value and value not in missing:
                for row in self._db.execute(sql, (value, *article.identity, _CANDIDATES)):
                    found[row["id"]] = rows.to_candidate(row)
        for identity in self.decisions.bound(article.identity):
            for row in self._db.execute(_BY_NAME, (*identity, *article.identity, 1)):
                found[row["id"]] = rows.to_candidate(row)
        return sorted(found.values(), key=lambda candidate: (candidate.story, candidate.article))

    def namesakes(self, article: Article) -> list[Candidate]:
        """Return articles with the same title and date, but other keys, among the newest of its source."""
        if article.published is None:
            return []
        head = (article.source_id, _NEWEST, article.title_key, rows.to_ms(article.published))
        return [rows.to_candidate(row) for row in self._db.execute(_BY_HEAD, (*head, *article.identity, _CANDIDATES))]

    def neighbours(self, article: Article, claimed: Iterable[Candidate] = ()) -> list[Neighbour]:
        """Return stored articles whose texts share words with this one's, of stories without a copy from its source.

        Args:
            article: The new article.
            claimed: Further articles to include, because they have its address.
        """
        found = dict.fromkeys([*(it.article for it in claimed), *sketches.sharing(self._db, article.sketch)])
        read = (self._db.execute(_NEIGHBOUR_SQL, (number, article.source_id)).fetchone() for number in found)
        return [rows.to_neighbour(row) for row in read if row is not None]

    def is_taken(self, guid: str, article: Article) -> bool:
        """Whether a public id belongs, or belonged, to a story other than one that this article has opened."""
        # Older versions stored ids as the source wrote them.
        return any(guids.is_taken(self._db, it, article.identity) for it in {guid, uri(guid)})

    def is_past(self, article: int) -> bool:
        """Whether a stored article is so old that it is no longer found by its words, since no copies of it arrive."""
        return sketches.is_past(self._db, article)

    @property
    def decisions(self) -> Decisions:
        """The operator's decisions, as they are now."""
        if self._decisions is None:
            self._decisions = Decisions(decisions.load(self._db))
        return self._decisions

    def rulings(self, article: Article, stories: Collection[int]) -> Rulings:
        """Return the operator's decisions about an article, and about stories that it may belong to."""
        return self.decisions.rulings(article.identity, stories, self.stories.of)

    # -- what becomes of an article

    def decide(self, made: Iterable[Decision]) -> None:
        """Store decisions of the operator."""
        decisions.keep(self._db, made)
        self._decisions = None

    def write(
        self, article: Article, placement: Placement, substance: bytes, *, first_seen: datetime | None = None
    ) -> None:
        """Carry out a placement.

        Args:
            article: The article.
            placement: The placement that was decided.
            substance: Digest of what matters to readers (`dedup.exact.substance`).
            first_seen: When the article was first seen, if that was before now; else None.
        """
        match placement:
            case Repeats():
                return
            case Updates():
                self._update(article, placement, substance)
            case Joins():
                self._join(article, placement, substance, first_seen or self._now)
            case Opens():
                self._open(article, substance, first_seen or self._now)
        self._absent.wrote(article)

    def _open(self, article: Article, substance: bytes, first_seen: datetime) -> None:
        guid = self._public_id(article)
        if guid in self._absent.guids:
            self._absent.guids.discard(guid)
        else:
            guids.take_back(self._db, guid)
        updated = article.updated and min(article.updated, self._now)
        story = self.stories.begin(guid, self._next_article(), article, first_seen, updated)
        self._insert_article(article, Joins(story=story, reason="first"), substance, first_seen)

    def _join(self, article: Article, joins: Joins, substance: bytes, first_seen: datetime) -> None:
        number = self._insert_article(article, joins, substance, first_seen)
        if joins.leads:
            before = self.stories.lead(joins.story)
            self._db.execute("UPDATE stories SET lead = ? WHERE id = ?", (number, joins.story))
            self._lead_changed(article, before, substantive=before["substance"] != substance)
        self.stories.touch(joins.story)

    def _update(self, article: Article, updates: Updates, substance: bytes) -> None:
        found = "SELECT story, sketch, first_seen, body, title, url, canonical_url, claimed FROM articles WHERE id = ?"
        story, sketch, first_seen, body, *named = self._db.execute(found, (updates.article,)).fetchone()
        sketches.change(self._db, updates.article, sketch, article.sketch)
        before = self.stories.lead(story)
        self._rewrite(updates.article, article, substance)
        self.paragraphs.note(updates.article, article)
        if article.social or article.credits or article.terms.hides:
            self.profiles.note(updates.article, article, rows.from_ms(first_seen), shown_before(body))
        else:
            self.profiles.forget_credits(updates.article)
        if named != [article.title, article.url, article.canonical_url, article.claimed]:
            self.profiles.rename(updates.article)
        if before["lead"] == updates.article:
            self._lead_changed(article, before, substantive=updates.substantive)
        self.stories.touch(story)

    def _lead_changed(self, article: Article, before: Row, *, substantive: bool) -> None:
        self.stories.lead_changed(before, (article.title, article.text), article.language, substantive=substantive)

    def _next_article(self) -> int:
        """Return the number that the next article gets; it is known in advance, since nobody else writes."""
        if self._last is None:
            self._last = numbers.newest(self._db, "articles")
        return self._last + 1

    def _insert_article(self, article: Article, joins: Joins, substance: bytes, first_seen: datetime) -> int:
        place = {
            "id": self._next_article(),  # the number that its story has for it, even if the newest article was deleted
            "source_id": article.source_id,
            "key": article.key,
            "story": joins.story,
            "reason": joins.reason,
            "first_seen": rows.to_ms(first_seen),
            "detail": rows.detail(joins.measured),
        }
        columns = place | rows.article_row(article, substance=substance)
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        sql = f"INSERT INTO articles ({names}) VALUES ({marks})"  # names are ours
        self._last = int(self._db.execute(sql, tuple(columns.values())).lastrowid or 0)
        self.paragraphs.note(self._last, article)
        self.profiles.note(self._last, article, first_seen)
        sketches.write(self._db, self._last, article.sketch)
        return self._last

    def _public_id(self, article: Article) -> str:
        identity, absent = article.identity, self._absent.guids
        return next(
            it
            for it in guids.choices(identity, article.guid)
            if it in absent or not guids.is_taken(self._db, it, identity)
        )

    def _rewrite(self, number: int, article: Article, substance: bytes) -> None:
        columns = rows.article_row(article, substance=substance)
        changes = ", ".join(f"{name} = ?" for name in columns)
        self._db.execute(f"UPDATE articles SET {changes} WHERE id = ?", (*columns.values(), number))  # names are ours

    def renamed(self, source_id: str, keys: Sequence[tuple[str, str]]) -> None:
        """Give articles of a source new keys; `keys` has pairs of the former and the new key."""
        if keys and self.decisions:
            decisions.renamed(self._db, source_id, keys)
            self._decisions = None
        renaming.rename(self._db, source_id, keys)
        self._absent.keys.difference_update((source_id, new) for _, new in keys)

    def rekey(self, likenesses: Iterable[Likeness]) -> None:
        """Replace likeness keys of articles, except of those that have changed since they were examined."""
        rekeying.rekey(self._db, likenesses)

    def renew(self, number: int, article: Article, substance: bytes) -> None:
        """Write a stale article with its new likeness keys; this publishes nothing anew."""
        (sketch,) = self._db.execute("SELECT sketch FROM articles WHERE id = ?", (number,)).fetchone()
        sketches.change(self._db, number, sketch, article.sketch)
        self._rewrite(number, article, substance)
        self.paragraphs.renewed(article.source_id, number)
