"""Where publishers and authors are present, written down: profiles with their evidence, events, credits, words.

What a transaction's articles show is put together first and written once, at its end: so an article costs a look at its
links, and one without links costs nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from sqlite3 import Connection, Row

import orjson

from syndicator.model.article import Article
from syndicator.model.noun import Noun, asdict, replace
from syndicator.model.presence import SocialEvent
from syndicator.model.social import SocialLink
from syndicator.social import changes, profiles
from syndicator.social.changes import Known
from syndicator.social.posts import announces
from syndicator.social.profiles import Identity, Sight
from syndicator.store import rows

MOST_PROFILES = 300
"""Of one source that are kept: those that were seen last. What is not kept is not told either."""
MOST_EVENTS = 10_000
"""That are kept."""
CREDITED = 20
"""Newest articles of a source whose credits are kept at hand."""
_URLS = 8
_COLUMNS = frozenset({"guid", "source_id", "event", "key", "at"})  # of an event
_HOUR = 3_600_000  # milliseconds

_KNOWN_SQL = """
    SELECT p.*, (SELECT group_concat(e.place, char(10)) FROM evidence e WHERE e.profile = p.id) AS places
    FROM profiles p WHERE p.source_id IN (SELECT value FROM json_each(?))
"""
_UNSEEN_SQL = """
    SELECT p.*, '' AS places FROM profiles p JOIN sources s ON s.id = p.source_id
    WHERE p.source_id IN (SELECT value FROM json_each(?)) AND p.status = 'active' AND p.url != '' AND p.last_seen <= ?
    AND s.paragraphs - p.heard >= ?
"""

_CHANGED_SQL = """
    UPDATE profiles SET platform = ?, handle = ?, url = ?, label = ?, seen_urls = ?, status = ?, successor = ?,
    first_seen = ?, last_seen = ?, heard = ?, articles = ? WHERE id = ?
"""
_EVIDENCE_SQL = """
    INSERT INTO evidence (profile, place, locator, confidence, article, first_seen, last_seen, count)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (profile, place) DO UPDATE SET locator = excluded.locator,
    confidence = excluded.confidence, article = excluded.article, count = count + excluded.count,
    last_seen = max(last_seen, excluded.last_seen)
"""


@dataclass(slots=True)
class _Tally:
    """A profile in the articles of a transaction."""

    sight: Sight
    articles: int = 0
    urls: dict[str, None] = field(default_factory=dict)
    places: dict[str, tuple[str, float, int, int]] = field(default_factory=dict)  # locator, worth, article, count


class _Stored(Noun, kw_only=False):
    """A profile as its row has it."""

    number: int = 0
    known: Known | None = None
    urls: Sequence[str] = ()


_UNKNOWN = _Stored()


class Profiles:
    """What the articles of a transaction show, until it is written."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._db = connection
        self._now = now
        self._ms = rows.to_ms(now)
        self._heard = set[str]()
        self._seen: defaultdict[str, dict[Identity, _Tally]] = defaultdict(dict)
        self._events: list[tuple[SocialEvent, int | None]] = []
        self._credits = list[tuple[str, int, str]]()
        self._forgot = False  # something that was published
        self._last: int | None = None  # the newest profile's number, once that has been asked

    def note(
        self, number: int, article: Article, first_seen: datetime, before: Sequence[SocialLink] | None = None
    ) -> None:
        """Take up what an article shows.

        Args:
            number: Its number.
            article: As it is now.
            first_seen: When it was heard of first.
            before: What counted of that until now; None: it is new.
        """
        if before is None:
            self._heard.add(article.source_id)
        shown = not article.terms.hides
        if article.credits and shown and "nosnippet" not in article.terms.robots:
            self._credits.append((article.source_id, number, _names(article)))
        elif before is not None:
            self._db.execute("DELETE FROM credited WHERE article = ?", (number,))
        if before is not None and article.terms.hides:
            self._forget(number, article.source_id)
        links = _counting(article.social, hidden=article.terms.hides)
        if not links:
            return
        names = [author.name for author in article.authors]
        old = profiles.sightings(before or (), names)
        mine = self._seen[article.source_id]
        for identity, sight in profiles.sightings(links, names).items():
            tally = mine.setdefault(identity, _Tally(sight))
            told = old.get(identity)
            tally.articles += told is None
            tally.urls |= dict.fromkeys(sight.urls)
            if sight.link.confidence >= tally.sight.link.confidence:
                tally.sight = sight
            for place, (locator, worth) in sight.places.items():
                is_new = told is None or place not in told.places
                count = tally.places[place][3] if place in tally.places else 0
                tally.places[place] = (locator, worth, number if shown else 0, count + is_new)
        posts = profiles.own_posts(before or ())
        for name, link in profiles.own_posts(links).items():
            if name not in posts:
                event = changes.post_linked(article.source_id, link, self._now, first_seen)
                self._events.append((event, number))

    def note_feed(self, source_id: str, links: Sequence[SocialLink]) -> None:
        """Take up what a source's feed or page says of its publisher by itself, in no article."""
        mine = self._seen[source_id] if links else {}
        for identity, sight in profiles.sightings(links).items():
            tally = mine.setdefault(identity, _Tally(sight))
            tally.urls |= dict.fromkeys(sight.urls)
            for place, (locator, worth) in sight.places.items():
                tally.places.setdefault(place, (locator, worth, 0, 0))

    def note_posts(self, story: int) -> None:
        """Take up which of a story's copies are its publisher's own posts about another of them that may be named."""
        copies = self._db.execute(
            "SELECT id, source_id, url, canonical_url, first_seen, body FROM articles WHERE story = ?"
            " ORDER BY first_seen",
            (story,),
        ).fetchall()
        posts = [(it, announces(it["url"] or "", it["canonical_url"] or "")) for it in copies]
        articles = [it for it, post in posts if post is None]
        for row, post in posts if articles else ():
            if post is not None:
                meant = [it for it in articles if it["canonical_url"] == row["canonical_url"]]
                about = (meant or articles)[0]
                if any(rows.terms(it["body"]).hides for it in (row, about, *meant)):
                    continue
                first_seen = rows.from_ms(about["first_seen"])
                event = changes.post_linked(about["source_id"], post, self._now, first_seen)
                self._events.append((event, about["id"]))

    def _forget(self, number: int, source_id: str) -> None:
        """No longer name an article: its posts, its part in the evidence, and authors whom it alone shows."""
        before = self._db.total_changes
        self._db.execute("DELETE FROM social_events WHERE article = ?", (number,))
        shown = self._db.execute(
            "SELECT p.id, p.owner = 'author' AND p.articles <= 1 FROM profiles p JOIN evidence e ON e.profile = p.id"
            " WHERE p.source_id = ? AND e.article = ?",
            (source_id, number),
        ).fetchall()
        for profile, alone in dict(shown).items():
            if alone:
                self._db.execute("DELETE FROM profiles WHERE id = ?", (profile,))
                self._db.execute("DELETE FROM evidence WHERE profile = ?", (profile,))
            self._db.execute("UPDATE evidence SET article = 0 WHERE profile = ? AND article = ?", (profile, number))
        self._forgot |= self._db.total_changes != before

    def write(self) -> None:
        """Write all of it down, and what is gone meanwhile."""
        changed = self._write_seen()
        changed |= self._write_gone()
        changed |= self._write_credits()
        changed |= self._write_events()
        changed, self._forgot = changed | self._forgot, False
        if changed:
            self._count("social", "value + 1")
        if self._seen or self._credits:
            self._count("social_hour", str(self._ms // _HOUR))
        for noted in (self._heard, self._seen, self._events, self._credits):
            noted.clear()

    def _count(self, name: str, value: str) -> None:
        self._db.execute(f"UPDATE counters SET value = {value} WHERE name = ?", (name,))  # our words

    def _write_seen(self) -> bool:
        """The profiles that articles show; tells whether one is not what it was, for whoever looks."""
        if not self._seen:
            return False
        sources = orjson.dumps(list(self._seen)).decode()
        stored: defaultdict[str, dict[Identity, _Stored]] = defaultdict(dict)
        for row in self._db.execute(_KNOWN_SQL, (sources,)):
            it = to_known(row)
            urls = orjson.loads(row["seen_urls"])
            stored[row["source_id"]][it.identity] = _Stored(row["id"], it, urls)
        asked = "SELECT id, paragraphs FROM sources WHERE id IN (SELECT value FROM json_each(?))"
        heard = dict(self._db.execute(asked, (sources,)).fetchall())
        changed = [self._write_source(it, stored[it], heard.get(it, 0)) for it in self._seen]  # each, whatever comes
        return True in changed

    def _write_source(self, source_id: str, stored: Mapping[Identity, "_Stored"], heard: int) -> bool:
        tallies = self._seen[source_id]
        seen = {identity: _whole(tally) for identity, tally in tallies.items()}
        known = [it.known for it in stored.values() if it.known]
        after, events = changes.observe(source_id, known, seen, self._now, heard)
        self._events += [(event, None) for event in events[:MOST_PROFILES]]
        new, changed, evidence, anew, visible = [], [], [], [], False
        for it in after:
            tally, old = tallies.get(it.identity), stored.get(it.identity, _UNKNOWN)
            begins = old.known is not None and old.known.status == "gone"
            columns = _columns(it, dict.fromkeys([*old.urls, *(tally.urls if tally else ())]))
            number = old.number or self._next_number()
            if old.known is None:
                identity = it.identity
                new.append((number, source_id, identity.owner, identity.author, identity.kind, identity.key, *columns))
            else:
                changed.append((*columns, number))
            if begins:
                anew.append((number,))
            visible |= old.known is None or _looks(it) != _looks(old.known) or old.known.articles < profiles.OFTEN
            evidence += [
                (number, place, locator, worth, article, self._ms, self._ms, count)
                for place, (locator, worth, article, count) in (tally.places.items() if tally else ())
            ]
        self._db.executemany(f"INSERT INTO profiles VALUES ({', '.join('?' * 17)})", new)
        self._db.executemany(_CHANGED_SQL, changed)
        self._db.executemany("DELETE FROM evidence WHERE profile = ?", anew)
        self._db.executemany(_EVIDENCE_SQL, evidence)
        if len(stored) + len(new) > MOST_PROFILES:
            self._trim(source_id)
        return visible

    def _next_number(self) -> int:
        if self._last is None:
            (self._last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM profiles").fetchone()
        self._last += 1
        return self._last

    def _trim(self, source_id: str) -> None:
        """Take away what a source showed longest ago: there is too much of it."""
        spare = self._db.execute(
            "SELECT id FROM profiles WHERE source_id = ? ORDER BY last_seen DESC, articles DESC, id LIMIT -1 OFFSET ?",
            (source_id, MOST_PROFILES),
        ).fetchall()
        for sql in ("DELETE FROM profiles WHERE id = ?", "DELETE FROM evidence WHERE profile = ?"):
            self._db.executemany(sql, [tuple(row) for row in spare])

    def _write_gone(self) -> bool:
        """What the sources with new articles have not shown for long enough."""
        if not self._heard:
            return False
        unseen = self._db.execute(
            _UNSEEN_SQL,
            (
                orjson.dumps(list(self._heard)).decode(),
                rows.to_ms(self._now - changes.GONE_TIME),
                changes.GONE_ARTICLES,
            ),
        ).fetchall()
        gone: defaultdict[str, list[Known]] = defaultdict(list)
        for row in unseen:
            gone[row["source_id"]].append(to_known(row))
            self._db.execute("UPDATE profiles SET status = 'gone', successor = '' WHERE id = ?", (row["id"],))
        for source_id, them in gone.items():
            known = {}
            if any(it.successor for it in them):
                rows_ = self._db.execute(_KNOWN_SQL, (orjson.dumps([source_id]).decode(),))
                known = {it.identity: it for it in map(to_known, rows_)}
            self._events += [(event, None) for event in changes.gone(source_id, them, known, self._now)]
        return bool(unseen)

    def _write_events(self) -> bool:
        """What happened; an event that was told is not told again."""
        if not self._events:
            return False
        self._db.executemany(
            "INSERT OR IGNORE INTO social_events (guid, source_id, event, key, at, article, details)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (it.guid, it.source_id, it.event, it.key, self._ms, article, _details(it))
                for it, article in self._events
            ],
        )
        self._db.execute(
            "DELETE FROM social_events WHERE id <= (SELECT max(id) FROM social_events) - ?", (MOST_EVENTS,)
        )
        return True

    def _write_credits(self) -> bool:
        """The newest credits of each source; tells whether somebody would miss them at once."""
        if not self._credits:
            return False
        self._db.executemany(
            "INSERT INTO credited (source_id, article, names) VALUES (?, ?, ?)"
            " ON CONFLICT (source_id, article) DO UPDATE SET names = excluded.names",
            self._credits,
        )
        sparse = False
        for source_id in dict.fromkeys(it[0] for it in self._credits):
            numbers = self._db.execute(
                "SELECT article FROM credited WHERE source_id = ? ORDER BY article DESC", (source_id,)
            ).fetchall()
            sparse |= len(numbers) <= CREDITED
            if len(numbers) > CREDITED:
                self._db.execute(
                    "DELETE FROM credited WHERE source_id = ? AND article < ?", (source_id, numbers[CREDITED - 1][0])
                )
        return sparse


def shown_before(body: bytes) -> list[SocialLink]:
    """The links of an article that counted, from its packed body."""
    links = [SocialLink(**it) for it in rows.said(body).get("social", ())]
    return _counting(links, hidden=rows.terms(body).hides)


def _counting(links: Sequence[SocialLink], *, hidden: bool) -> list[SocialLink]:
    """The links of an article that count: one that must not be named tells nothing of itself and its authors."""
    return [it for it in links if not hidden or (it.owner == "publisher" and it.kind != "post")]


def to_known(row: Row) -> Known:
    """A profile, from a row of `profiles` with its places."""
    return Known(
        identity=Identity(owner=row["owner"], author=row["author"], kind=row["kind"], key=row["key"]),
        platform=row["platform"],
        handle=row["handle"],
        url=row["url"],
        label=row["label"],
        status=row["status"],
        successor=row["successor"],
        first_seen=rows.from_ms(row["first_seen"]),
        last_seen=rows.from_ms(row["last_seen"]),
        heard=row["heard"],
        articles=row["articles"],
        places=frozenset((row["places"] or "").split("\n")),
    )


def _whole(tally: _Tally) -> Sight:
    places: Mapping[str, tuple[str, float]] = {place: piece[:2] for place, piece in tally.places.items()}
    return replace(tally.sight, places=places, urls=tuple(tally.urls), articles=tally.articles)


def _looks(it: Known) -> tuple[object, ...]:
    """What people see of a profile, but for when it was last seen."""
    return it.platform, it.handle, it.url, it.label, it.status, it.successor, it.places


def _columns(it: Known, urls: Iterable[str]) -> tuple[object, ...]:
    """What may change of a profile, in the order of `_CHANGED_SQL`, which is that of the table."""
    return (
        it.platform,
        it.handle,
        it.url,
        it.label,
        orjson.dumps(list(urls)[:_URLS]).decode(),
        it.status,
        it.successor,
        rows.to_ms(it.first_seen),
        rows.to_ms(it.last_seen),
        it.heard,
        it.articles,
    )


def _details(event: SocialEvent) -> str:
    """What has no column of its own, as JSON; texts that are empty are left out."""
    return orjson.dumps({name: it for name, it in asdict(event).items() if name not in _COLUMNS and it != ""}).decode()


def _names(article: Article) -> str:
    names = [[it.role, " / ".join(filter(None, (it.name, it.agency)))] for it in article.credits]
    return orjson.dumps(names).decode()
