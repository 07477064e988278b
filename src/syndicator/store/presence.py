"""Queries about social profiles of publishers and authors, their events, credits, and the operator's decisions."""

from collections import defaultdict
from collections.abc import Collection
from sqlite3 import Connection, Row

import orjson

from syndicator.model.presence import Credited, Evidence, Profile, SocialEvent
from syndicator.model.social import Word
from syndicator.model.state import FeedInfo
from syndicator.social.presence import key_of
from syndicator.store import counters, rows
from syndicator.store.door import Opened, atomic, explained
from syndicator.text.urls import canonical

_ARTICLE = "a.title, a.url AS given, a.canonical_url, a.claimed"
_SHOWN_SQL = """
    SELECT s.definition, s.info FROM sources s WHERE s.id IN (
        SELECT p.source_id FROM profiles p WHERE p.key = ? AND p.owner = 'publisher' AND p.kind = 'profile'
        AND NOT EXISTS (
            SELECT 1 FROM social_words w WHERE w.source_id = p.source_id AND w.key = p.key AND w.word = 'deny'))
"""
_DECLARED_SQL = "SELECT definition, info FROM sources WHERE active = 1 AND definition LIKE '%\"social\":%'"


class Publishers(Opened):
    """The part of a `Store` with profiles of publishers and authors; every method may raise `StoreError`."""

    def profiles(self, only: Collection[str] | None = None) -> dict[str, tuple[Profile, ...]]:
        """Return the profiles of each source's publisher and authors that its articles showed, the first seen first.

        Args:
            only: Ids of the sources to consider; None means all.
        """
        where = "" if only is None else "WHERE p.source_id IN (SELECT value FROM json_each(?))"
        values = () if only is None else (rows.many(only),)
        pieces: defaultdict[int, list[Evidence]] = defaultdict(list)
        found: defaultdict[str, list[Profile]] = defaultdict(list)
        with explained(self.path):
            for row in self._db.execute(
                f"SELECT e.*, {_ARTICLE} FROM profiles p JOIN evidence e ON e.profile = p.id"
                f" LEFT JOIN articles a ON a.id = e.article {where} ORDER BY e.profile, e.confidence DESC, e.place",
                values,
            ):
                pieces[row["profile"]].append(_evidence(row))
            for row in self._db.execute(
                f"SELECT p.* FROM profiles p {where} ORDER BY p.source_id, p.first_seen, p.id", values
            ):
                found[row["source_id"]].append(_profile(row, tuple(pieces[row["id"]])))
        return {source_id: tuple(them) for source_id, them in found.items()}

    def social_events(self, limit: int) -> list[SocialEvent]:
        """Return changes of profiles, and posts of publishers about their articles, the newest first."""
        with explained(self.path):
            found = self._db.execute(
                f"SELECT v.guid, v.source_id, v.event, v.key, v.at, v.details, v.article, {_ARTICLE}"
                " FROM social_events v LEFT JOIN articles a ON a.id = v.article ORDER BY v.at DESC, v.id DESC LIMIT ?",
                (limit,),
            )
            return [*map(_event, found)]

    def credited(self, limit: int) -> dict[str, tuple[Credited, ...]]:
        """Return the picture credits of each source's newest articles with credits, at most `limit` per source."""
        found: defaultdict[str, list[Credited]] = defaultdict(list)
        with explained(self.path):
            for row in self._db.execute(
                f"SELECT c.source_id, c.names, {_ARTICLE} FROM credited c JOIN articles a ON a.id = c.article"
                " ORDER BY c.source_id, c.article DESC"
            ):
                if len(found[row["source_id"]]) < limit:
                    names = tuple((role, name) for role, name in orjson.loads(row["names"]))
                    found[row["source_id"]].append(Credited(title=row["title"] or "", url=_address(row), names=names))
        return {source_id: tuple(them) for source_id, them in found.items()}

    def social_state(self) -> tuple[int, int]:
        """Return two numbers; while both are the same, profiles, events and credits show nothing new.

        The first changes when what people see of them changes; the second is the hour in which some were last seen.
        """
        with explained(self.path):
            return counters.get(self._db, "social"), counters.get(self._db, "social_hour")

    def social_words(self) -> dict[str, dict[str, Word]]:
        """Return the operator's decisions about profiles, by source and key."""
        found: defaultdict[str, dict[str, Word]] = defaultdict(dict)
        with explained(self.path):
            for source_id, key, word in self._db.execute("SELECT source_id, key, word FROM social_words ORDER BY 1, 2"):
                found[source_id][key] = word
        return dict(found)

    def set_profile_word(self, source_id: str, key: str, word: Word) -> None:
        """Store the operator's decision about a profile, permanently; an empty word revokes it."""
        with explained(self.path), atomic(self._db):
            self._db.execute("DELETE FROM social_words WHERE source_id = ? AND key = ?", (source_id, key))
            if word:
                said = "INSERT INTO social_words (source_id, key, word) VALUES (?, ?, ?)"
                self._db.execute(said, (source_id, key, word))
            counters.count(self._db, "social")
            counters.count(self._db, "revision")


def publishers(db: Connection, account: str) -> list[tuple[str, str]]:
    """Return address and site of each source whose publisher has the account with this key."""
    shown = [(rows.to_source(it["definition"]), it["info"]) for it in db.execute(_SHOWN_SQL, (account,))]
    said = [(rows.to_source(it["definition"]), it["info"]) for it in db.execute(_DECLARED_SQL)]
    found = [it for it in shown if account not in map(key_of, it[0].social_deny)]
    found += [it for it in said if it not in found and account in map(key_of, it[0].social)]
    return [(source.url, rows.load(FeedInfo, info).site_url) for source, info in found]


def _event(row: Row) -> SocialEvent:
    return SocialEvent(
        **{
            "guid": row["guid"],
            "source_id": row["source_id"],
            "event": row["event"],
            "key": row["key"],
            "at": rows.from_ms(row["at"]),
            "article": row["title"] or "",
            "article_url": _address(row),
        }
        | orjson.loads(row["details"])
    )


def _evidence(row: Row) -> Evidence:
    return Evidence(
        place=row["place"],
        locator=row["locator"],
        confidence=row["confidence"],
        article=row["title"] or "",
        url=_address(row),
        first_seen=rows.from_ms(row["first_seen"]),
        last_seen=rows.from_ms(row["last_seen"]),
        count=row["count"],
    )


def _profile(row: Row, evidence: tuple[Evidence, ...]) -> Profile:
    return Profile(
        source_id=row["source_id"],
        key=row["key"],
        platform=row["platform"],
        kind=row["kind"],
        owner=row["owner"],
        author=row["author"],
        handle=row["handle"],
        url=row["url"],
        label=row["label"],
        seen_urls=tuple(orjson.loads(row["seen_urls"])),
        evidence=evidence,
        status=row["status"],
        successor=row["successor"] if row["status"] == "changed" else "",  # with another status, it is only a guess
        first_seen=rows.from_ms(row["first_seen"]),
        last_seen=rows.from_ms(row["last_seen"]),
        articles=row["articles"],
    )


def _address(row: Row) -> str:
    """Return an article's address, rather its own than one that it only claims; empty if none is stored."""
    own = "" if row["claimed"] else row["canonical_url"]
    return own or canonical(row["given"] or "") or row["canonical_url"] or ""
