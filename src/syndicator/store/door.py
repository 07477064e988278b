"""Open the database: the checks at the start, and SQLite's errors as sentences for the operator."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from syndicator.errors import FullError, LockedError, StoreError
from syndicator.store.versions import is_older, refuse_newer, seen

_MUCH = 0.25
"""The least share of the file's pages that must be free after an upgrade for the file to be made smaller."""
_SPARE = 64 * 1024 * 1024
"""Bytes that must stay free on the disk while the file is made smaller."""
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}
"""SQLite's codes for a full disk: no room for a page, or for the shared-memory file, which even a reader needs."""


class Opened:
    """An open database: the base of all parts of a `Store`.

    Args:
        path: The database file.
        database: The connection to it.
    """

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self.path = path
        self._db = database


def is_there(path: Path) -> bool:
    """Whether there is a database file, or something else, at this path.

    Raises:
        StoreError: The path cannot be accessed.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise StoreError(
            f"{path} cannot be accessed ({error.strerror}).",
            "Give this user the right to enter its folder, or set [paths] store to another file.",
        ) from error
    return True


def open_writer(path: Path, *, trusted: bool = False) -> sqlite3.Connection:
    """Check a database, open it for writing, and migrate it to the newest schema; create it if there is none.

    Args:
        path: The database file.
        trusted: Whether the file is known to be intact; a check of all of it takes a second per gigabyte.

    Raises:
        StoreError: It is not a database of ours, is damaged, or cannot be written.
        LockedError: Another program has locked it.
        NewerError: A newer program has written it.
    """
    with explained(path):
        if is_there(path):
            _check(path, whole=trusted)
        else:
            _create(path)
        with _let_go(_open(path)) as connection:
            if _migrate(connection):
                _shrink(connection, path)
            return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """Open a database for reading only; another process may write to it at the same time.

    Raises:
        StoreError: There is no database yet, or the file is none of ours, or has an older schema.
    """
    if not is_there(path):
        raise StoreError(f"There is no database at {path} yet.", "Run `syndicator once` or `syndicator run` first.")
    with explained(path), _let_go(_look(path)) as connection:
        if is_older(connection):
            raise StoreError(f"{path} was written by an older syndicator.", "Run `syndicator publish` to migrate it.")
        return connection


def _look(path: Path) -> sqlite3.Connection:
    """Open a connection that cannot change the file, which must be ours and not written by a newer program.

    An empty file, or another program's database, is never taken for a new one.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    with _let_go(connection):
        tune(connection, write=False)
        if not seen(connection):
            raise _damaged(path, "it contains none of syndicator's tables")
        refuse_newer(connection)
        return connection


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    with _let_go(connection):
        tune(connection, write=True)
        return connection


def tune(connection: sqlite3.Connection, *, write: bool) -> None:
    """Set the options that SQLite does not keep in the file.

    `synchronous = FULL` makes a commit survive a power cut. Only the writer checkpoints, because two connections that
    do so at the same time can corrupt the file in SQLite 3.7.0 to 3.51.2.
    """
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("PRAGMA temp_store = MEMORY")
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -32768")
    else:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA wal_autocheckpoint = 0")


def _migrate(connection: sqlite3.Connection) -> bool:
    """Migrate the database to the newest schema; return whether it had an older one."""
    refuse_newer(connection)
    if not is_older(connection):
        return False
    from syndicator.store.schema import migrate  # noqa: PLC0415  # see `versions`

    migrate(connection)
    return True


def _shrink(connection: sqlite3.Connection, path: Path) -> None:
    """Make the file smaller if an upgrade has freed much of it.

    SQLite makes a copy for this among the system's temporary files, and writes it through the write-ahead log. If there
    is no room for both, the file keeps its size, and its free pages are used first.
    """
    pages, free, size = (
        connection.execute(f"PRAGMA {it}").fetchone()[0] for it in ("page_count", "freelist_count", "page_size")
    )
    room = shutil.disk_usage(path.parent).free
    if free < _MUCH * pages or room < 2 * (pages - free) * size + _SPARE:
        return
    connection.execute("PRAGMA temp_store = FILE")
    with suppress(sqlite3.OperationalError):
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA temp_store = MEMORY")


def _create(path: Path) -> None:
    """Create a new database under another name, and rename it when it is complete: readers never see half of it.

    Raises:
        StoreError: The write-ahead log of another database is there, which SQLite would take for the new one's.
    """
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise StoreError(
            f"{log} belongs to a database that is no longer there.",
            f"Put the database back as {path.name}, because only this file has its last changes; or move this file"
            " away, to start anew.",
        )
    aside = path.with_name(path.name + ".new")
    _remove(aside)
    try:
        aside.touch(mode=0o600)
        with closing(_open(aside)) as connection:
            _migrate(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # closing does this, too, but hides a failure
        aside.rename(path)
    except BaseException:
        _remove(aside)
        raise


def _remove(database: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


@contextmanager
def _let_go(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Close the connection if what is done with it fails."""
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


@contextmanager
def atomic(connection: sqlite3.Connection) -> Iterator[None]:
    """Run one transaction: all of it is written, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _check(path: Path, *, whole: bool) -> None:
    """Check that the file is ours, and intact unless `whole` says that this is known, before it is written to."""
    with closing(_look(path)) as connection:
        verdict = "ok" if whole else connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise _damaged(path, verdict)


def _damaged(path: Path, why: str) -> StoreError:
    return StoreError(
        f"{path} is damaged or not a syndicator database ({why}).",
        f"Nothing was changed. With the service stopped, move it away, and {path.name}-wal and {path.name}-shm with it;"
        " then put a backup in its place, or start anew.",
    )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's exceptions into our errors, which are sentences with a remedy."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise LockedError(
                f"Another program holds {path} locked.", "Close it (a database browser, a backup), then try again."
            ) from error
        if "no such table" in text or "no such column" in text:
            raise _damaged(path, text) from error
        if getattr(error, "sqlite_errorcode", None) in _FULL:
            raise FullError(f"{path} cannot be used: its disk is full.", "Free some space there.") from error
        raise StoreError(
            f"{path} cannot be used ({text}).",
            "Check the disk's free space and this user's rights to the file and its folder.",
        ) from error
    except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError):
        raise  # a bug of ours, not a fault of the file
    except sqlite3.DatabaseError as error:
        raise _damaged(path, str(error)) from error
