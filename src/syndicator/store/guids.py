"""Public ids of stories, which never change, and where the id of a story that is gone leads (`redirects`).

The first article of a story that is gone gets the story's id back if it becomes a story of its own again; no other
article does.
"""

import uuid
from collections.abc import Iterator
from itertools import count
from sqlite3 import Connection

import orjson

from syndicator.model.decision import Identity
from syndicator.text.iris import is_iri, uri

_NAMESPACE = uuid.UUID("9b0f5b0e-7d5b-5d1c-9b57-1c1f6d2a6a11")
"""The namespace of ids that are made from source and key (RFC 9562, section 5.5); it must never change."""


def choices(identity: Identity, guid: str) -> Iterator[str]:
    """Give the possible public ids of an article's story, the best first.

    The first is the source's own id, if that is an IRI, written as the URI that is published, so that equal ids are
    recognised. The others are made from source and key.
    """
    if is_iri(guid):
        yield uri(guid)
    name = "\0".join(identity)
    for again in count():
        yield uuid.uuid5(_NAMESPACE, name + "\0" * again).urn


def left_behind(db: Connection, story: int, identity: Identity) -> list[str]:
    """Return the ids of stories that this article was the first of, and that lead to `story` now, the latest first."""
    found = db.execute(
        "SELECT guid FROM redirects WHERE story = ? AND source_id = ? AND key = ? ORDER BY gone_at DESC, guid",
        (story, *identity),
    )
    return [row[0] for row in found]


def is_taken(db: Connection, guid: str, identity: Identity) -> bool:
    """Whether an id belongs, or belonged, to a story other than one that this article has opened."""
    return (
        db.execute(
            "SELECT 1 FROM stories WHERE guid = ? UNION ALL"
            " SELECT 1 FROM redirects WHERE guid = ? AND NOT (source_id = ? AND key = ?)",
            (guid, guid, *identity),
        ).fetchone()
        is not None
    )


def take_back(db: Connection, guid: str) -> None:
    """Delete where an id leads, because it is a story's id again."""
    db.execute("DELETE FROM redirects WHERE guid = ?", (guid,))


def leave_behind(db: Connection, story: int, leads_to: int | None, ms: int) -> None:
    """Let the id of a story that is about to be deleted, and all ids that led to it, lead to another story.

    Args:
        db: The database, which still has the story and its copies.
        story: The story's number.
        leads_to: The other story's number; None if the story is withdrawn.
        ms: The time, in milliseconds since 1970.
    """
    first = db.execute(
        "SELECT s.guid, s.language, a.source_id, a.key,"
        " (SELECT json_group_array(DISTINCT c.source_id) FROM articles c WHERE c.story = s.id) AS sources"
        " FROM stories s JOIN articles a ON a.story = s.id WHERE s.id = ? ORDER BY a.first_seen, a.id LIMIT 1",
        (story,),
    ).fetchone()
    db.execute("UPDATE redirects SET story = ? WHERE story = ?", (leads_to, story))
    db.execute(
        "INSERT OR REPLACE INTO redirects (guid, story, source_id, key, sources, language, gone_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            first["guid"],
            leads_to,
            first["source_id"],
            first["key"],
            orjson.dumps(sorted(orjson.loads(first["sources"]))).decode(),
            first["language"] or "",
            ms,
        ),
    )
