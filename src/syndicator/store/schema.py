"""The database's shape: named migrations, each applied once, in a transaction with its own record.

A migration is never edited after a release: add one at the end, and its name to `versions`, and keep a database of the
shape that it makes in `tests/store/schemas/` (see docs/development.md).

    sources 1─┬─* articles *─1 stories 1─1 words (FTS5, which keeps no text)
              ├─* wishes            article pages to be asked for
              ├─* profiles 1─* evidence   where its publisher and authors are, and what shows it
              ├─* social_events     what became of them
              ├─* social_words      what the operator says of them
              ├─* credited          who made the pictures of its newest articles
              ├─* paragraphs        what its newest stories begin and end with
              ├─* boilerplate       paragraphs that it repeats, and what the operator says of them
              ├─* listed            what a subscription list names
              └─1 leases            what was agreed upon with the hub that tells of its news
    counters                      numbers by name: of the last write, of how sources are asked, …
    published                     what lies in the public folder
    told                          what hubs have been told of that
    archived                      stories by the archive documents of channels that hold them
    debts                         hosts that asked to be left alone
    robots                        what sites let programs read
    keys                          secrets of ours: what proves the calls of hubs
    decisions                     what the operator said of two articles
    redirects                     public ids of stories that are gone, and where they lead
    prints                        hashes of articles' sketches, to find nearly equal texts

Times are milliseconds since 1970 in UTC. Digests are 16 bytes, those of paragraphs 8.
"""

import sqlite3

import orjson
from sqlite_utils import Database

from syndicator.store.founding import migrations
from syndicator.store.rekeying import renew_addresses


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to the newest shape; it must not be newer than that."""
    migrations.apply(Database(connection))


@migrations()
def decisions(db: Database) -> None:
    """What the operator decided, what becomes of stories that turn out to be one, and who leads."""
    db.table("decisions").create(
        {
            "source_id": str,
            "key": str,
            "other_source": str,
            "other_key": str,
            "verdict": str,  # model.Verdict; each stands here from either side
            "decided_at": int,
        },
        pk=("source_id", "key", "other_source", "other_key"),
        not_null={"verdict", "decided_at"},
        strict=True,
    )
    db.table("decisions").create_index(["other_source", "other_key"])
    db.table("redirects").create(
        {
            "guid": str,
            "story": int,  # the one that it leads to; NULL: it was withdrawn
            "source_id": str,  # of the article that the id was made for
            "key": str,  # likewise
            "sources": str,  # of its copies, JSON: which channels may have shown it
            "language": str,
            "gone_at": int,
        },
        pk="guid",
        not_null={"source_id", "key", "sources", "gone_at"},
        strict=True,
    )
    db.table("redirects").create_index(["story"])
    db.table("redirects").create_index(["gone_at"])
    db.table("wishes").add_column("missing", int, not_null_default=0)  # how often there was no such page
    db.table("articles").add_column("detail", str, not_null_default="")  # what the layer has measured, JSON
    db.table("sources").add_column("priority", int, not_null_default=0)  # in the definition, too: here for the lead


@migrations()
def boilerplate(db: Database) -> None:
    """What a source repeats (`social.boilerplate`): its newest stories' paragraphs, and verdicts on them."""
    db.table("sources").add_column("paragraphs", int, not_null_default=0)  # stories that were ever counted
    db.execute("""
        CREATE TABLE paragraphs (
            source_id TEXT NOT NULL, article INTEGER NOT NULL, page BLOB NOT NULL, title BLOB NOT NULL,
            digests BLOB NOT NULL, stale INTEGER NOT NULL, PRIMARY KEY (source_id, article)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX idx_paragraphs_stale ON paragraphs (source_id, article) WHERE stale = 1")
    db.execute("""
        CREATE TABLE boilerplate (
            source_id TEXT NOT NULL, digest INTEGER NOT NULL, text TEXT NOT NULL, stories INTEGER NOT NULL,
            among INTEGER NOT NULL, verdict INTEGER NOT NULL, word TEXT NOT NULL, last_seen INTEGER NOT NULL,
            PRIMARY KEY (source_id, digest)
        ) STRICT, WITHOUT ROWID
    """)


@migrations()
def presence(db: Database) -> None:
    """Where publishers and authors are: profiles with each kind of place that shows them, and what becomes of them."""
    old = db.execute("SELECT source_id, link, first_seen, last_seen, articles FROM profiles ORDER BY rowid").fetchall()
    db.execute("DROP TABLE profiles")
    db.execute("""
        CREATE TABLE profiles (
            id INTEGER PRIMARY KEY, source_id TEXT NOT NULL, owner TEXT NOT NULL, author TEXT NOT NULL,
            kind TEXT NOT NULL, key TEXT NOT NULL, platform TEXT NOT NULL, handle TEXT NOT NULL, url TEXT NOT NULL,
            label TEXT NOT NULL, seen_urls TEXT NOT NULL, status TEXT NOT NULL, successor TEXT NOT NULL,
            first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, heard INTEGER NOT NULL, articles INTEGER NOT NULL,
            UNIQUE (source_id, owner, author, kind, key)
        ) STRICT
    """)
    db.execute("CREATE INDEX idx_profiles_key ON profiles (key)")  # whose an account is
    db.execute("""
        CREATE TABLE evidence (
            profile INTEGER NOT NULL, place TEXT NOT NULL, locator TEXT NOT NULL, confidence REAL NOT NULL,
            article INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, count INTEGER NOT NULL,
            PRIMARY KEY (profile, place)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("""
        CREATE TABLE social_events (
            id INTEGER PRIMARY KEY, guid TEXT NOT NULL UNIQUE, source_id TEXT NOT NULL, event TEXT NOT NULL,
            key TEXT NOT NULL, at INTEGER NOT NULL, article INTEGER, details TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX idx_social_events_at ON social_events (at, id)")
    db.execute("""
        CREATE TABLE social_words (
            source_id TEXT NOT NULL, key TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (source_id, key)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("""
        CREATE TABLE credited (
            source_id TEXT NOT NULL, article INTEGER NOT NULL, names TEXT NOT NULL, PRIMARY KEY (source_id, article)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX idx_credited_article ON credited (article)")
    db.execute("INSERT INTO counters (name, value) VALUES ('social', 0), ('social_hour', 0)")
    heard = dict(db.execute("SELECT id, paragraphs FROM sources").fetchall())
    for source_id, link, first_seen, last_seen, articles in old:
        it = {"label": "", "handle": "", "url": "", "confidence": 0.0, "status": "active"} | orjson.loads(link)
        identity = it["handle"] or it["url"].partition("://")[2].rstrip("/") or it["label"]
        columns = (
            *(source_id, "publisher", "", "profile", f"{it['platform']}:{identity}", it["platform"], it["handle"]),
            *(it["url"], it["label"], orjson.dumps([it["url"]] if it["url"] else []).decode(), it["status"], ""),
            *(first_seen, last_seen, heard.get(source_id, 0), articles),
        )
        known = f"INSERT OR IGNORE INTO profiles VALUES (NULL, {', '.join('?' * 16)})"
        if (made := db.execute(known, columns)).rowcount:
            place = it.get("evidence", "") + ("" if it["url"] else ", a name alone")
            piece = (made.lastrowid, place, "", float(it["confidence"]), 0, first_seen, last_seen, articles)
            db.execute("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?)", piece)


@migrations()
def archives(db: Database) -> None:
    """Which stories are in which archive document of a channel: for ever, so that its address holds the same ones."""
    db.execute("""
        CREATE TABLE archived (
            channel TEXT NOT NULL, page INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (channel, page, story)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE UNIQUE INDEX idx_archived_story ON archived (channel, story)")


@migrations()
def forgetting(db: Database) -> None:
    """What sources show, so that none of it is forgotten; NULL: nobody has looked since."""
    db.table("sources").add_column("shown", bytes)  # digests of the entries' keys (`store.shown`)
    db.execute("DROP INDEX idx_archived_story")  # whose stories could be found only by channel
    db.execute("CREATE UNIQUE INDEX idx_archived_story ON archived (story, channel)")


@migrations()
def hubs(db: Database) -> None:
    """Which published files hubs (WebSub) have been told of, each with the digest of the bytes that it had then."""
    db.execute("""
        CREATE TABLE told (
            hub TEXT NOT NULL, name TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (hub, name)
        ) STRICT, WITHOUT ROWID
    """)


@migrations()
def faults(db: Database) -> None:
    """What the operator should know of: what is wrong, since when, and until when (NULL: it still is)."""
    db.execute("""
        CREATE TABLE faults (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, message TEXT NOT NULL,
            remedy TEXT NOT NULL, began INTEGER NOT NULL, ended INTEGER
        ) STRICT
    """)
    db.execute("CREATE INDEX idx_faults_open ON faults (id) WHERE ended IS NULL")


@migrations()
def habits(db: Database) -> None:
    """What each source's newest articles had, and how many entries its newest documents showed (`store.habits`)."""
    db.execute("""
        CREATE TABLE habits (
            source_id TEXT PRIMARY KEY, marks TEXT NOT NULL, sizes TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
    """)


@migrations()
def leases(db: Database) -> None:
    """What was agreed upon with hubs (WebSub) that tell of sources' news, and secrets of ours, by name."""
    db.execute("""
        CREATE TABLE leases (
            source_id TEXT PRIMARY KEY, hub TEXT NOT NULL, topic TEXT NOT NULL, callback TEXT NOT NULL,
            again_at INTEGER NOT NULL, until INTEGER, asked INTEGER NOT NULL, failures INTEGER NOT NULL,
            message TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE TABLE keys (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID")


@migrations()
def subscriptions(db: Database) -> None:
    """Whom our own hub (WebSub) tells of a file's changes, how long, and the digest of the bytes that he has."""
    db.execute("""
        CREATE TABLE subscriptions (
            callback TEXT NOT NULL, name TEXT NOT NULL, secret TEXT NOT NULL, until INTEGER NOT NULL,
            told BLOB NOT NULL, PRIMARY KEY (callback, name)
        ) STRICT, WITHOUT ROWID
    """)


@migrations()
def carriers(db: Database) -> None:
    """Articles whose addresses are compared otherwise now: a copy that comes later is still one story with them.

    What a redirector or a cache leads to was nobody's claim before; now it is, where it is of another domain.
    """
    renew_addresses(db.conn)
