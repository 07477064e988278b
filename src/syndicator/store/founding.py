"""The first migrations, up to the sketches by which nearly equal texts are found; `schema` has the later ones.

Nothing here is ever edited, because people have databases that these migrations made.
"""

import orjson
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from syndicator.store import sketches
from syndicator.store.packing import RAW, pack, unpack
from syndicator.store.search import create_index
from syndicator.store.versions import SET
from syndicator.text.keys import folded, text_key
from syndicator.text.likeness import sketch

migrations = Migrations(SET)

_SKETCHED_AT_ONCE = 20_000  # the newest articles that get a sketch by the migration


@migrations()
def sources_articles_stories(db: Database) -> None:
    """Create the first schema."""
    db.table("sources").create(
        {
            "id": str,
            "definition": str,  # model.Source as JSON, without a secret in it
            "address": bytes,  # digest of the URL; if it changes, the validators are dropped
            "active": int,
            "due_at": int,
            "polled_at": int,
            "succeeded_at": int,
            "etag": str,
            "last_modified": str,
            "body_hash": bytes,
            "failures": int,
            "failure": str,  # model.Failure as JSON, or NULL
            "info": str,  # model.FeedInfo as JSON
            "warnings": str,  # what was repaired or left out in the last body, as JSON
        },
        pk="id",
        not_null={"definition", "address", "active", "due_at", "failures", "info", "warnings"},
        defaults={"etag": "", "last_modified": "", "body_hash": b"", "failures": 0, "info": "{}", "warnings": "[]"},
        strict=True,
    )
    db.table("sources").create_index(["active", "due_at"])
    db.table("stories").create(
        {
            "id": int,
            "guid": str,
            "lead": int,
            "language": str,
            "first_seen": int,
            "sort_at": int,
            "updated": int,
            "revision": int,  # number of the write that last changed it, by which channels find changes
            "searchable": int,  # 0 if it is not in the search index yet
        },
        pk="id",
        not_null={"guid", "lead", "first_seen", "sort_at", "updated", "revision", "searchable"},
        strict=True,
    )
    db.table("stories").create_index(["guid"], unique=True)
    db.table("stories").create_index(["sort_at", "id"])
    db.execute("CREATE INDEX idx_stories_lagging ON stories (id) WHERE searchable = 0")
    db.table("articles").create(
        {
            "id": int,
            "source_id": str,
            "key": str,
            "story": int,
            "reason": str,
            "guid": str,
            "url": str,
            "canonical_url": str,
            "claimed": int,
            "title": str,
            "published": int,
            "first_seen": int,
            "length": int,
            "found_hash": bytes,
            "substance": bytes,
            "url_key": bytes,
            "text_key": bytes,
            "title_key": bytes,
            "body": bytes,  # model.Article as JSON, zstd
            "raw": bytes,  # the entry as it came, zstd; `words_once` puts it into `body`
        },
        pk="id",
        not_null={"source_id", "key", "story", "reason", "claimed", "first_seen", "length", "found_hash", "body"},
        strict=True,
        foreign_keys=[("source_id", "sources", "id"), ("story", "stories", "id")],
    )
    db.table("articles").create_index(["source_id", "key"], unique=True)
    db.table("articles").create_index(["story"])
    db.execute("CREATE INDEX idx_articles_url_key ON articles (url_key) WHERE url_key != x''")
    db.execute("CREATE INDEX idx_articles_text_key ON articles (text_key) WHERE text_key != x''")
    db.table("wishes").create(
        {
            "source_id": str,
            "key": str,
            "due_at": int,
            "attempts": int,
            "first_seen": int,
            "found_hash": bytes,
            "body": bytes,  # model.Wish as JSON, zstd
        },
        pk=("source_id", "key"),
        not_null={"due_at", "attempts", "first_seen", "found_hash", "body"},
        strict=True,
    )
    db.table("wishes").create_index(["due_at"])
    db.table("listed").create({"parent": str, "id": str, "definition": str}, pk=("parent", "id"), strict=True)
    db.table("profiles").create(
        {
            "source_id": str,
            "key": str,  # platform and handle, or label
            "link": str,  # model.SocialLink as JSON
            "first_seen": int,
            "last_seen": int,
            "articles": int,
        },
        pk=("source_id", "key"),
        not_null={"link", "first_seen", "last_seen", "articles"},
        strict=True,
    )
    db.table("counters").create({"name": str, "value": int}, pk="name", not_null={"value"}, strict=True)
    db.table("counters").insert({"name": "revision", "value": 0})
    db.table("published").create({"name": str, "fingerprint": bytes}, pk="name", strict=True)


@migrations(transactional=False)
def search(db: Database) -> None:
    """Create the full-text index; it is derived data, so that an incomplete one is simply created again."""
    db.table("searchable").create({"id": int, "title": str, "body": str}, pk="id", strict=True, replace=True)
    db.table("searchable").enable_fts(
        ["title", "body"], tokenize="unicode61 remove_diacritics 2", create_triggers=True, replace=True
    )
    with db.atomic():
        db.execute("UPDATE stories SET searchable = 0")


@migrations()
def words_once(db: Database) -> None:
    """Pack an article's JSON together with its raw entry, and let the full-text index keep no text.

    Both held the same words a second time, which took a third of the work and half of the file.
    """
    db.execute("DROP TABLE IF EXISTS searchable_fts")
    db.execute("DROP TABLE IF EXISTS searchable")
    create_index(db.conn)
    last = 0
    while found := db.execute(
        "SELECT id, body, raw FROM articles WHERE id > ? ORDER BY id LIMIT 500", [last]
    ).fetchall():
        packed = [(pack(unpack(body) + RAW + (unpack(raw) if raw else b"")), number) for number, body, raw in found]
        db.conn.executemany("UPDATE articles SET body = ? WHERE id = ?", packed)
        last = found[-1][0]
    db.execute("ALTER TABLE articles DROP COLUMN raw")


@migrations()
def keyed_by(db: Database) -> None:
    """Add what entries' keys are made from (`model.state.KeyedBy`), and the evidence against that (`dedup.churn`)."""
    db.table("sources").add_column("keyed_by", str, not_null_default="guid")
    db.table("sources").add_column("churn", int, not_null_default=0)


@migrations()
def manners(db: Database) -> None:
    """Add what decides when a source, its host and its site may be polled again."""
    db.table("sources").add_column("pace", str, not_null_default="{}")  # model.Pace as JSON
    db.table("debts").create(
        {"host": str, "since": int, "until": int, "times": int, "message": str},
        pk="host",
        not_null={"since", "until", "times", "message"},
        strict=True,
    )
    db.table("robots").create(
        {"origin": str, "until": int, "unreachable": int, "text": bytes},  # the text in zstd
        pk="origin",
        not_null={"until", "unreachable", "text"},
        strict=True,
    )


@migrations()
def near(db: Database) -> None:
    """Add sketches of texts (`text.likeness`), by which nearly equal texts are found, and text keys without spaces.

    Only the newest articles get them, since copies of older ones no longer arrive.
    """
    db.table("articles").add_column("sketch", bytes, not_null_default=b"")
    sketches.create(db.conn)
    newest = "SELECT id, body FROM articles ORDER BY id DESC LIMIT ?"
    for number, body in db.execute(newest, [_SKETCHED_AT_ONCE]).fetchall():
        words = folded(orjson.loads(unpack(body).partition(RAW)[0]).get("text", ""))
        found = sketch(words)
        db.execute("UPDATE articles SET text_key = ?, sketch = ? WHERE id = ?", [text_key(words), found, number])
        sketches.write(db.conn, number, found)
