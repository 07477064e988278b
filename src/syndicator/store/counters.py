"""Numbers that the database keeps by name; a number is counted up or replaced.

revision            number of the last write that changed what outputs show of stories and sources
social              number of the last write that changed what outputs show of profiles, events and credits
social_hour         hour in which some of these were last seen
asking              digest of the settings of requests to sources (`dues`)
sketched            number of the newest article that was removed from the index of sketches
articles, stories   highest number of an article, or a story, that was deleted (`numbers`)
round, kept, clock  when all stories were last examined, how long they were kept then, the clock's time (`forgetting`)
forgotten           number of stories deleted since the search index was last compacted
"""

from sqlite3 import Connection


def get(db: Connection, name: str) -> int:
    """Return the number with a name; 0 if there is none."""
    found = db.execute("SELECT value FROM counters WHERE name = ?", (name,)).fetchone()
    return int(found[0]) if found else 0


def put(db: Connection, name: str, value: int) -> None:
    """Store a number under a name, in place of the one before."""
    db.execute("INSERT OR REPLACE INTO counters (name, value) VALUES (?, ?)", (name, value))


def count(db: Connection, name: str) -> None:
    """Add 1 to the number with a name."""
    db.execute("UPDATE counters SET value = value + 1 WHERE name = ?", (name,))
