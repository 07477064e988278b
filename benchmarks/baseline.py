"""What one would write in an afternoon: requests, feedparser and sqlite3, one source after the other.

    python benchmarks/baseline.py URLS DATABASE      URLS holds an address a line

It keeps validators, and stores an entry once. It publishes nothing, and does not know a story that two sources have.
"""

import sqlite3
import sys
from pathlib import Path

import feedparser
import requests

SCHEMA = """
    CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, etag TEXT, modified TEXT);
    CREATE TABLE IF NOT EXISTS entries (
        feed TEXT, id TEXT, link TEXT, title TEXT, author TEXT, published TEXT, summary TEXT, content TEXT,
        PRIMARY KEY (feed, id)
    );
"""
UPSERT = """
    INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (feed, id) DO UPDATE SET
        link = excluded.link, title = excluded.title, author = excluded.author, published = excluded.published,
        summary = excluded.summary, content = excluded.content
"""


def poll(session: requests.Session, database: sqlite3.Connection, url: str) -> None:
    """Ask one source, and store what it has."""
    known = database.execute("SELECT etag, modified FROM feeds WHERE url = ?", (url,)).fetchone()
    etag, modified = known or (None, None)
    response = session.get(url, headers={"If-None-Match": etag, "If-Modified-Since": modified}, timeout=30)
    if response.status_code != 200:
        return
    for entry in feedparser.parse(response.content).entries:
        content = entry.content[0].value if "content" in entry else ""
        link = entry.get("link", "")
        found = (entry.get(name, "") for name in ("title", "author", "published", "summary"))
        database.execute(UPSERT, (url, entry.get("id") or link, link, *found, content))
    validators = response.headers.get("ETag"), response.headers.get("Last-Modified")
    database.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)", (url, *validators))
    database.commit()


def main() -> None:
    urls, path = sys.argv[1:]
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = WAL")
    database.executescript(SCHEMA)
    with requests.Session() as session:
        for url in Path(urls).read_text().split():
            poll(session, database, url)
    database.close()


if __name__ == "__main__":
    main()
