"""Stored profiles of publishers and authors, with the evidence for each.

What a transaction's articles show is first collected, and written once at the transaction's end. So an article costs
only a look at its links, and one without links costs nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from sqlite3 import Connection, Row

import orjson

from syndicator.model.article import Article
from syndicator.model.noun import Noun, replace
from syndicator.model.social import SocialLink
from syndicator.social import changes, profiles
from syndicator.social.changes import Known
from syndicator.social.profiles import Identity
from syndicator.store import counters, rows
from syndicator.store.credits import Credits
from syndicator.store.events import Events
from syndicator.store.tallying import SeenProfile, counting, tally_article, tally_feed

MOST_PROFILES = 300
"""The most profiles of one source that are kept: those seen last. It also bounds the events of one transaction."""
_URLS = 8  # the most addresses that are kept of one profile
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

_NAMED_SQL = """
    WITH renamed AS (SELECT value FROM json_each(?))
    SELECT EXISTS (SELECT 1 FROM evidence WHERE article IN renamed)
    OR EXISTS (SELECT 1 FROM credited WHERE article IN renamed)
    OR EXISTS (SELECT 1 FROM social_events WHERE article IN renamed)
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

_CARRIED_SQL = (
    "UPDATE OR IGNORE social_words SET key = ? WHERE source_id = ? AND key = ?",
    "UPDATE social_events SET key = ? WHERE source_id = ? AND key = ?",
)


class _Stored(Noun, kw_only=False):
    """A profile as its row has it."""

    number: int = 0
    known: Known | None = None
    urls: Sequence[str] = ()


_UNKNOWN = _Stored()


class Profiles:
    """Collects the profiles that a transaction's articles show, until they are written."""

    def __init__(self, connection: Connection, now: datetime, events: Events) -> None:
        self._db = connection
        self._now = now
        self._ms = rows.to_ms(now)
        self._heard = set[str]()
        self._seen: defaultdict[str, dict[Identity, SeenProfile]] = defaultdict(dict)
        self._events = events
        self._credits = Credits(connection)
        self._renamed = list[int]()
        self._forgot = False  # whether something was deleted that outputs show
        self._last: int | None = None  # number of the newest profile; None until it is needed

    def note(
        self, number: int, article: Article, first_seen: datetime, before: Sequence[SocialLink] | None = None
    ) -> None:
        """Take up the links and credits of an article.

        Args:
            number: The article's number.
            article: The article as it is now.
            first_seen: When it was first seen.
            before: Its links that counted until now; None if the article is new.
        """
        if before is None:
            self._heard.add(article.source_id)
        shown = not article.terms.hides
        if article.credits and shown and "nosnippet" not in article.terms.robots:
            self._credits.note(number, article)
        elif before is not None:
            self.forget_credits(number)
        if before is not None and article.terms.hides:
            self._forget(number, article.source_id)
        links = () if article.origin else counting(article.social, hidden=article.terms.hides)  # else another's links
        if not links:
            return
        tally_article(self._seen[article.source_id], article, number if shown else 0, links, before or ())
        posts = profiles.own_posts(before or ())
        for name, link in profiles.own_posts(links).items():
            if name not in posts:
                self._events.note_post(article.source_id, link, number, first_seen)

    def rename(self, number: int) -> None:
        """Take up that an article has another title or address, so that outputs which name it must change."""
        self._renamed.append(number)

    def forget_credits(self, number: int) -> None:
        """Delete the credits of an article that shows none any more."""
        self._forgot |= self._credits.forget(number)

    def note_feed(self, source_id: str, links: Sequence[SocialLink]) -> None:
        """Take up the profiles that a source's feed or page shows outside of articles."""
        if links:
            tally_feed(self._seen[source_id], links)

    def _forget(self, number: int, source_id: str) -> None:
        """Delete what names an article: its posts, its part in the evidence, and authors whom only it shows."""
        before = self._db.total_changes
        self._events.forget(number)
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
        """Write what was taken up, and which profiles have gone."""
        shows = bool(self._seen or self._credits)
        changed = self._write_seen()
        changed |= self._write_gone()
        changed |= self._credits.write()
        changed |= self._events.write()
        changed |= self._write_renamed()
        changed, self._forgot = changed | self._forgot, False
        if changed:
            counters.count(self._db, "social")
        if shows:
            counters.put(self._db, "social_hour", self._ms // _HOUR)
        self._heard.clear()
        self._seen.clear()

    def _write_seen(self) -> bool:
        """Write the profiles that articles show; return whether what people see of one has changed."""
        if not self._seen:
            return False
        sources = rows.many(self._seen)
        stored: defaultdict[str, dict[Identity, _Stored]] = defaultdict(dict)
        for row in self._db.execute(_KNOWN_SQL, (sources,)):
            known = _to_known(row)
            urls = orjson.loads(row["seen_urls"])
            stored[row["source_id"]][known.identity] = _Stored(row["id"], known, urls)
        for source_id, seen in self._seen.items():
            if newcomers := seen.keys() - stored[source_id].keys():
                self._carry_over(source_id, stored[source_id], newcomers)
        asked = "SELECT id, paragraphs FROM sources WHERE id IN (SELECT value FROM json_each(?))"
        heard = dict(self._db.execute(asked, (sources,)).fetchall())
        changed = [self._write_source(it, stored[it], heard.get(it, 0)) for it in self._seen]  # `any` would stop early
        return True in changed

    def _carry_over(self, source_id: str, stored: dict[Identity, _Stored], newcomers: Collection[Identity]) -> None:
        """Give profiles whose addresses are written otherwise by now the keys that articles show them under.

        Else subscribers would be told of a change that is none, and what the operator says of them would not hold.
        """
        whose = {(it.owner, it.author) for it in newcomers}
        for identity, it in [each for each in stored.items() if (each[0].owner, each[0].author) in whose]:
            if (known := it.known) is None or not known.url:
                continue
            today = profiles.known_as(identity, known.url)
            if today in newcomers and today not in stored:
                stored[today] = replace(stored.pop(identity), known=replace(known, identity=today))
                self._db.execute("UPDATE profiles SET key = ? WHERE id = ?", (today.key, it.number))
                for sql in _CARRIED_SQL:
                    self._db.execute(sql, (today.key, source_id, identity.key))

    def _write_source(self, source_id: str, stored: Mapping[Identity, "_Stored"], heard: int) -> bool:
        tallies = self._seen[source_id]
        seen = {identity: tally.whole() for identity, tally in tallies.items()}
        known = [it.known for it in stored.values() if it.known]
        after, events = changes.observe(source_id, known, seen, self._now, heard)
        self._events.note(events[:MOST_PROFILES])
        new, changed, evidence, anew, visible = [], [], [], [], False
        for profile in after:
            tally, old = tallies.get(profile.identity), stored.get(profile.identity, _UNKNOWN)
            begins = old.known is not None and old.known.status == "gone"
            columns = _columns(profile, dict.fromkeys([*old.urls, *(tally.urls if tally else ())]))
            number = old.number or self._next_number()
            if old.known is None:
                identity = profile.identity
                new.append((number, source_id, identity.owner, identity.author, identity.kind, identity.key, *columns))
            else:
                changed.append((*columns, number))
            if begins:
                anew.append((number,))
            visible |= old.known is None or _looks(profile) != _looks(old.known) or old.known.articles < profiles.OFTEN
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
        """Delete the profiles that a source showed longest ago, since it has too many."""
        spare = self._db.execute(
            "SELECT id FROM profiles WHERE source_id = ? ORDER BY last_seen DESC, articles DESC, id LIMIT -1 OFFSET ?",
            (source_id, MOST_PROFILES),
        ).fetchall()
        for sql in ("DELETE FROM profiles WHERE id = ?", "DELETE FROM evidence WHERE profile = ?"):
            self._db.executemany(sql, [tuple(row) for row in spare])

    def _write_renamed(self) -> bool:
        """Return whether anything names one of the articles that have another title or address."""
        if not self._renamed:
            return False
        (named,) = self._db.execute(_NAMED_SQL, (rows.many(self._renamed),)).fetchone()
        self._renamed.clear()
        return bool(named)

    def _write_gone(self) -> bool:
        """Mark as gone what sources with new articles have not shown for long enough; return whether there was any."""
        if not self._heard:
            return False
        unseen = self._db.execute(
            _UNSEEN_SQL,
            (
                rows.many(self._heard),
                rows.to_ms(self._now - changes.GONE_TIME),
                changes.GONE_ARTICLES,
            ),
        ).fetchall()
        gone: defaultdict[str, list[Known]] = defaultdict(list)
        for row in unseen:
            gone[row["source_id"]].append(_to_known(row))
            self._db.execute("UPDATE profiles SET status = 'gone', successor = '' WHERE id = ?", (row["id"],))
        for source_id, lost in gone.items():
            known = {}
            if any(it.successor for it in lost):
                rows_ = self._db.execute(_KNOWN_SQL, (rows.many([source_id]),))
                known = {it.identity: it for it in map(_to_known, rows_)}
            self._events.note(changes.gone(source_id, lost, known, self._now))
        return bool(unseen)


def _to_known(row: Row) -> Known:
    """Return a profile from a row of `profiles` with its places."""
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


def _looks(known: Known) -> tuple[object, ...]:
    """Return what people see of a profile, except when it was last seen."""
    return known.platform, known.handle, known.url, known.label, known.status, known.successor, known.places


def _columns(known: Known, urls: Iterable[str]) -> tuple[object, ...]:
    """Return the columns of a profile that may change, in the order of `_CHANGED_SQL` and the table."""
    return (
        known.platform,
        known.handle,
        known.url,
        known.label,
        orjson.dumps(list(urls)[:_URLS]).decode(),
        known.status,
        known.successor,
        rows.to_ms(known.first_seen),
        rows.to_ms(known.last_seen),
        known.heard,
        known.articles,
    )
