"""The database's schema: named migrations, each applied once, in the same transaction as the record of it.

A migration is never edited after a release. Add a new one at the end and its name to `versions`, and keep a database
with the schema that it makes in `tests/store/schemas/` (see docs/development.md).

    sources 1─┬─* articles *─1 stories 1─1 words (FTS5, which keeps no text)
              ├─* wishes            article pages to be requested
              ├─* profiles 1─* evidence   its publisher's and authors' profiles, and the evidence for them
              ├─* social_events     changes of profiles, and posts about articles
              ├─* social_words      the operator's decisions about profiles
              ├─* credited          picture credits of its newest articles
              ├─* paragraphs        paragraphs at the beginning and end of its newest stories
              ├─* boilerplate       paragraphs that it repeats, and the operator's decisions about them
              ├─* listed            the sources that a subscription list names
              ├─1 habits            what its newest articles had, and the sizes of its newest documents
              └─1 leases            our subscription at the hub that announces its news
              counters                      numbers by name (`counters`)
              published                     the files in the public folder
              told                          the files of which hubs were notified
              subscriptions                 the subscriptions at our own hub
              faults                        what is or was wrong, for the operator
              archived                      the stories in the archive documents of channels
              debts                         hosts that want no requests for a while
              robots                        the robots.txt files of sites
              keys                          our secrets, such as the key that proves the calls of hubs
              decisions                     the operator's decisions about two articles
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
    """Migrate a database to the newest schema; it must not have a newer one."""
    migrations.apply(Database(connection))


@migrations()
def decisions(db: Database) -> None:
    """Add the operator's decisions, the ids of stories that are gone, and what decides which copy leads."""
    db.table("decisions").create(
        {
            "source_id": str,
            "key": str,
            "other_source": str,
            "other_key": str,
            "verdict": str,  # model.Verdict; the table has each decision from the side of either article
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
            "story": int,  # the story that the id leads to; NULL if the story was withdrawn
            "source_id": str,  # source of the article that the id was made for
            "key": str,  # key of that article
            "sources": str,  # sources of its copies, as JSON, which tell which channels may have shown it
            "language": str,
            "gone_at": int,
        },
        pk="guid",
        not_null={"source_id", "key", "sources", "gone_at"},
        strict=True,
    )
    db.table("redirects").create_index(["story"])
    db.table("redirects").create_index(["gone_at"])
    db.table("wishes").add_column("missing", int, not_null_default=0)  # how many times the page did not exist
    db.table("articles").add_column("detail", str, not_null_default="")  # what the layer measured, as JSON
    db.table("sources").add_column("priority", int, not_null_default=0)  # also in the definition; decides the lead


@migrations()
def boilerplate(db: Database) -> None:
    """Add what sources repeat (`social.boilerplate`): paragraphs of the newest stories, and the verdicts on them."""
    db.table("sources").add_column("paragraphs", int, not_null_default=0)  # number of stories ever counted
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
    """Add profiles of publishers and authors with the evidence for each, social events, and picture credits."""
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
    db.execute("CREATE INDEX idx_profiles_key ON profiles (key)")  # to find the publisher of an account
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
    """Add which stories are in which archive document of a channel, permanently, so that documents never change."""
    db.execute("""
        CREATE TABLE archived (
            channel TEXT NOT NULL, page INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (channel, page, story)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE UNIQUE INDEX idx_archived_story ON archived (channel, story)")


@migrations()
def forgetting(db: Database) -> None:
    """Add what each source shows, so that none of it is deleted; NULL until the source is read again."""
    db.table("sources").add_column("shown", bytes)  # digests of the entries' keys (`store.shown`)
    db.execute("DROP INDEX idx_archived_story")  # it found stories by channel only
    db.execute("CREATE UNIQUE INDEX idx_archived_story ON archived (story, channel)")


@migrations()
def hubs(db: Database) -> None:
    """Add of which published files WebSub hubs were notified, with the digest of the bytes that each had then."""
    db.execute("""
        CREATE TABLE told (
            hub TEXT NOT NULL, name TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (hub, name)
        ) STRICT, WITHOUT ROWID
    """)


@migrations()
def faults(db: Database) -> None:
    """Add faults for the operator: what is wrong, since when, and until when (NULL if it still is)."""
    db.execute("""
        CREATE TABLE faults (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, message TEXT NOT NULL,
            remedy TEXT NOT NULL, began INTEGER NOT NULL, ended INTEGER
        ) STRICT
    """)
    db.execute("CREATE INDEX idx_faults_open ON faults (id) WHERE ended IS NULL")


@migrations()
def habits(db: Database) -> None:
    """Add what each source's newest articles had, and how many entries its newest documents showed (`store.habits`)."""
    db.execute("""
        CREATE TABLE habits (
            source_id TEXT PRIMARY KEY, marks TEXT NOT NULL, sizes TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
    """)


@migrations()
def leases(db: Database) -> None:
    """Add our subscriptions at sources' WebSub hubs, and our secrets, by name."""
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
    """Add the subscriptions at our own WebSub hub: until when, and the digest of the bytes that the subscriber has."""
    db.execute("""
        CREATE TABLE subscriptions (
            callback TEXT NOT NULL, name TEXT NOT NULL, secret TEXT NOT NULL, until INTEGER NOT NULL,
            told BLOB NOT NULL, PRIMARY KEY (callback, name)
        ) STRICT, WITHOUT ROWID
    """)


@migrations()
def carriers(db: Database) -> None:
    """Renew the keys of addresses, whose rules have changed, so that later copies still join the stored stories.

    An address through a redirector or a cache was never a claim before; now it is one if it leads to another domain.
    """
    renew_addresses(db.conn)
