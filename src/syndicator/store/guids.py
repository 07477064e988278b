"""Public ids of stories: what each is called for ever, and where an id leads whose story is no more (`redirects`).

The article that a story had first gets its id back if it becomes a story of its own again; nobody else does.
"""

import uuid
from collections.abc import Iterator
from itertools import count
from sqlite3 import Connection

import orjson

from syndicator.model.decision import Identity
from syndicator.text.iris import is_iri, uri

_NAMESPACE = uuid.UUID("9b0f5b0e-7d5b-5d1c-9b57-1c1f6d2a6a11")


def choices(identity: Identity, guid: str) -> Iterator[str]:
    """What an article's story may be called, the best first.

    The source's own id where it is an IRI, as the URI that is published: by it two ids are told to be one. Else one
    made from source and key.
    """
    if is_iri(guid):
        yield uri(guid)
    name = "\0".join(identity)
    for again in count():
        yield uuid.uuid5(_NAMESPACE, name + "\0" * again).urn


def left_behind(db: Connection, story: int, identity: Identity) -> list[str]:
    """The ids of stories that this article was the first of, and that lead to another one now, the latest first."""
    found = db.execute(
        "SELECT guid FROM redirects WHERE story = ? AND source_id = ? AND key = ? ORDER BY gone_at DESC, guid",
        (story, *identity),
    )
    return [row[0] for row in found]


def is_taken(db: Connection, guid: str, identity: Identity) -> bool:
    """Whether an id is, or was, another story's than that which this article has opened."""
    return (
        db.execute(
            "SELECT 1 FROM stories WHERE guid = ? UNION ALL"
            " SELECT 1 FROM redirects WHERE guid = ? AND NOT (source_id = ? AND key = ?)",
            (guid, guid, *identity),
        ).fetchone()
        is not None
    )


def take_back(db: Connection, guid: str) -> None:
    """Let an id lead nowhere: it is a story's, as it was before."""
    db.execute("DELETE FROM redirects WHERE guid = ?", (guid,))


def leave_behind(db: Connection, story: int, leads_to: int | None, ms: int) -> None:
    """Let the id of a story that is about to be gone, and all that have led there, lead to another.

    Args:
        db: With the story and its copies.
        story: Its number.
        leads_to: The other's; None: it is withdrawn.
        ms: When.
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
