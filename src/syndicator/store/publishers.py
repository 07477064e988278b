"""Whose an account on a platform is: the sources whose articles show it as their publisher's."""

from sqlite3 import Connection

from syndicator.model.source import FeedInfo
from syndicator.store import rows


def publishers(db: Connection, account: str) -> list[tuple[str, str]]:
    """Address and site of each source whose publisher has an account, known by platform and handle."""
    found = db.execute(
        "SELECT s.definition, s.info FROM sources s WHERE s.id IN (SELECT source_id FROM profiles WHERE key = ?)",
        (account,),
    )
    return [(rows.to_source(it["definition"]).url, rows.load(FeedInfo, it["info"]).site_url) for it in found]
