"""Whose an account on a platform is: the sources whose articles, or whose operator, show it as their publisher's."""

from sqlite3 import Connection

from syndicator.model.source import FeedInfo
from syndicator.social.platforms import key, match
from syndicator.store import rows

_SHOWN_SQL = """
    SELECT s.definition, s.info FROM sources s WHERE s.id IN (
        SELECT p.source_id FROM profiles p WHERE p.key = ? AND p.owner = 'publisher' AND p.kind = 'profile'
        AND NOT EXISTS (
            SELECT 1 FROM social_words w WHERE w.source_id = p.source_id AND w.key = p.key AND w.word = 'deny'))
"""
_DECLARED_SQL = "SELECT definition, info FROM sources WHERE active = 1 AND definition LIKE '%\"social\":%'"


def publishers(db: Connection, account: str) -> list[tuple[str, str]]:
    """Address and site of each source whose publisher has an account, known by its key."""
    shown = [(rows.to_source(it["definition"]), it["info"]) for it in db.execute(_SHOWN_SQL, (account,))]
    said = [(rows.to_source(it["definition"]), it["info"]) for it in db.execute(_DECLARED_SQL)]
    found = [it for it in shown if account not in map(_key, it[0].social_deny)]
    found += [it for it in said if it not in found and account in map(_key, it[0].social)]
    return [(source.url, rows.load(FeedInfo, info).site_url) for source, info in found]


def _key(word: str) -> str:
    link = match(word) if "://" in word else None
    return key(link) if link else word
