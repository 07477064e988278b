"""Which shape a database has: by the names of the migrations that it has seen. `schema` has the migrations themselves.

They stand here once more so that a database of the newest shape, as nearly every one is, is opened without loading
what makes shapes: that is a tenth of what a poll without news takes.
"""

import sqlite3

from syndicator.errors import NewerError

SET = "syndicator"
CHANGES = (
    *("sources_articles_stories", "search", "words_once", "keyed_by", "manners", "near"),
    *("decisions", "boilerplate", "presence", "archives", "forgetting", "hubs", "faults", "habits"),
    *("leases", "subscriptions", "carriers"),
)
"""Every migration, in order."""


def seen(connection: sqlite3.Connection) -> list[str]:
    """The migrations that a database has seen, in order; none: it is not one of this program, of whatever version."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        return []
    found = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", (SET,))
    return [row[0] for row in found]


def is_older(connection: sqlite3.Connection) -> bool:
    """Whether `schema.migrate` has something to do."""
    return not set(CHANGES) <= set(seen(connection))


def refuse_newer(connection: sqlite3.Connection) -> None:
    """See that no newer program has written it.

    Raises:
        NewerError: One has.
    """
    if unknown := sorted(set(seen(connection)) - set(CHANGES)):
        raise NewerError(
            f"The database was written by a newer syndicator (it has the change “{unknown[0]}”).",
            "Install that version again, or put back the backup from before the upgrade.",
        )
