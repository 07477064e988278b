import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from support.readymade import new_databases
from syndicator.errors import NewerError
from syndicator.store import schema
from syndicator.store.schema import migrate, migrations
from syndicator.store.versions import CHANGES, is_older, refuse_newer, seen


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        yield connection


def test_every_migration_is_named_in_order() -> None:
    assert [migration.name for migration in migrations._migrations] == list(CHANGES)


def test_a_new_database_has_seen_all_migrations(connection: sqlite3.Connection) -> None:
    assert seen(connection) == []
    assert is_older(connection)
    migrate(connection)
    assert seen(connection) == list(CHANGES)
    assert not is_older(connection)
    refuse_newer(connection)


def test_what_tests_copy_is_what_the_migrations_make(connection: sqlite3.Connection) -> None:
    with new_databases(), closing(sqlite3.connect(":memory:", isolation_level=None)) as copied:
        pages = []
        for database, make in ((connection, migrate), (copied, schema.migrate)):
            make(database)
            assert database.execute("UPDATE _sqlite_migrations SET applied_at = ''").rowcount == len(CHANGES)
            database.execute("VACUUM")
            pages.append(database.serialize()[100:])  # behind the head, which counts changes
    assert pages[0] == pages[1]


def test_another_programs_migrations_are_none_of_ours(connection: sqlite3.Connection) -> None:
    migrate(connection)
    connection.execute("UPDATE _sqlite_migrations SET migration_set = 'other'")
    assert seen(connection) == []


def test_one_migration_more_than_ours_is_refused_and_one_less_is_old(connection: sqlite3.Connection) -> None:
    migrate(connection)
    connection.execute("UPDATE _sqlite_migrations SET name = 'wings' WHERE name = ?", (CHANGES[-1],))
    assert is_older(connection)
    with pytest.raises(NewerError, match="wings"):
        refuse_newer(connection)
