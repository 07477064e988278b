"""Numbers that a database keeps by name: counted up, or put in place of the one before.

revision            of the last write that changed what outputs show of stories and sources
social              likewise, of profiles, events and credits
social_hour         in which some of these were seen last
asking              digest of the settings by which sources are asked (`dues`)
sketched            the newest article that has left the index of sketches
articles, stories   the highest number of one that is gone (`numbers`)
round, kept, clock  when all stories were looked at, how long they were kept then, what the clock told (`forgetting`)
forgotten           stories since the search index was brought together
"""

from sqlite3 import Connection


def get(db: Connection, name: str) -> int:
    """The number of this name; 0: there is none."""
    found = db.execute("SELECT value FROM counters WHERE name = ?", (name,)).fetchone()
    return int(found[0]) if found else 0


def put(db: Connection, name: str, value: int) -> None:
    """Keep a number under a name, in place of the one before."""
    db.execute("INSERT OR REPLACE INTO counters (name, value) VALUES (?, ?)", (name, value))


def count(db: Connection, name: str) -> None:
    """Count one more."""
    db.execute("UPDATE counters SET value = value + 1 WHERE name = ?", (name,))
