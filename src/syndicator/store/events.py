"""Stored social events: changes of profiles, and posts of publishers about their articles; each is recorded once."""

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Connection

import orjson

from syndicator.model.noun import asdict
from syndicator.model.presence import SocialEvent
from syndicator.model.social import SocialLink
from syndicator.social import changes
from syndicator.social.posts import announces
from syndicator.store import bodies, rows

MOST_EVENTS = 10_000
"""The most events that are kept: the newest."""
_COLUMNS = frozenset({"guid", "source_id", "event", "key", "at"})  # the fields that have a column of their own


class Events:
    """Collects the events of a transaction until they are written."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._db = connection
        self._now = now
        self._noted: list[tuple[SocialEvent, int | None]] = []

    def note(self, events: Iterable[SocialEvent]) -> None:
        """Take up changes of profiles."""
        self._noted += [(it, None) for it in events]

    def note_post(self, source_id: str, post: SocialLink, article: int, first_seen: datetime) -> None:
        """Take up that an article has a post by its own publisher.

        Args:
            source_id: The id of the article's source.
            post: The link to the post.
            article: The article's number.
            first_seen: When the article was first seen.
        """
        self._noted.append((changes.post_linked(source_id, post, self._now, first_seen), article))

    def note_posts(self, story: int) -> None:
        """Take up copies of a story that are its publisher's own posts about another copy, if both may be named."""
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
                if any(bodies.terms(it["body"]).hides for it in (row, about, *meant)):
                    continue
                self.note_post(about["source_id"], post, about["id"], rows.from_ms(about["first_seen"]))

    def forget(self, article: int) -> None:
        """Delete the events about an article's posts."""
        self._db.execute("DELETE FROM social_events WHERE article = ?", (article,))

    def write(self) -> bool:
        """Write what was taken up, except events that are stored already; return whether there was anything."""
        if not self._noted:
            return False
        at = rows.to_ms(self._now)
        self._db.executemany(
            "INSERT OR IGNORE INTO social_events (guid, source_id, event, key, at, article, details)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(it.guid, it.source_id, it.event, it.key, at, article, _details(it)) for it, article in self._noted],
        )
        self._db.execute(
            "DELETE FROM social_events WHERE id <= (SELECT max(id) FROM social_events) - ?", (MOST_EVENTS,)
        )
        self._noted.clear()
        return True


def _details(event: SocialEvent) -> str:
    """Return the fields that have no column of their own, as JSON without empty texts."""
    return orjson.dumps({name: it for name, it in asdict(event).items() if name not in _COLUMNS and it != ""}).decode()
