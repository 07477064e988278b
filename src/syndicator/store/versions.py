"""The version of a database's schema: the names of the migrations that were applied; `schema` has the migrations.

The names are repeated here so that a database with the newest schema, as nearly every one is, can be opened without
loading the migrations. Loading them takes a tenth of the time of a poll without news.
"""

import sqlite3

from syndicator.errors import NewerError

SET = "syndicator"
"""The name under which sqlite-utils records these migrations."""
CHANGES = (
    *("sources_articles_stories", "search", "words_once", "keyed_by", "manners", "near"),
    *("decisions", "boilerplate", "presence", "archives", "forgetting", "hubs", "faults", "habits"),
    *("leases", "subscriptions", "carriers"),
)
"""The names of all migrations, in order."""


def seen(connection: sqlite3.Connection) -> list[str]:
    """Return the migrations that were applied to a database, in order; none if the database is not this program's."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        return []
    found = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", (SET,))
    return [row[0] for row in found]


def is_older(connection: sqlite3.Connection) -> bool:
    """Whether `schema.migrate` has migrations to apply."""
    return not set(CHANGES) <= set(seen(connection))


def refuse_newer(connection: sqlite3.Connection) -> None:
    """Check that the database was not written by a newer program.

    Raises:
        NewerError: It was.
    """
    if unknown := sorted(set(seen(connection)) - set(CHANGES)):
        raise NewerError(
            f"The database was written by a newer syndicator (it has the change “{unknown[0]}”).",
            "Install that version again, or put back the backup from before the upgrade.",
        )
