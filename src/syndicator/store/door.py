"""Opening the database: the checks at the start, and SQLite's complaints as sentences."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from syndicator.errors import FullError, LockedError, StoreError
from syndicator.store.versions import is_older, refuse_newer, seen

_MUCH = 0.25
"""Share of a file that must be free after an upgrade to be given back."""
_SPARE = 64 * 1024 * 1024
"""Bytes that stay free on the disk meanwhile."""
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}
"""No room for a page, or for the file that connections share, without which not even reading begins."""


class Opened:
    """An open database: what all parts of a `Store` stand on.

    Args:
        path: The file.
        database: The connection to it.
    """

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self.path = path
        self._db = database


def is_there(path: Path) -> bool:
    """Whether there is a database, or something in its place.

    Raises:
        StoreError: Nobody can tell.
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
    """Open for writing, bring to the newest shape, check.

    Args:
        path: The file.
        trusted: Whether it is known to be whole: a look through all of it takes a second for each gigabyte.

    Raises:
        StoreError: It is no database, damaged, or cannot be written.
        LockedError: Another program holds it.
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
    """Open for reading only; the writer may be at work at the same time.

    Raises:
        StoreError: There is no database there yet, or it is none.
    """
    if not is_there(path):
        raise StoreError(f"There is no database at {path} yet.", "Run `syndicator once` or `syndicator run` first.")
    with explained(path), _let_go(_look(path)) as connection:
        if is_older(connection):
            raise StoreError(f"{path} was written by an older syndicator.", "Run `syndicator publish` to migrate it.")
        return connection


def _look(path: Path) -> sqlite3.Connection:
    """A connection that cannot change the file, which must be ours and of no newer program.

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
    """Set what SQLite forgets between connections.

    FULL makes a commit survive a power cut. The writer alone checkpoints: two connections doing so at once can corrupt
    the file in SQLite 3.7.0 to 3.51.2.
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
    """Bring to the newest shape; returns whether it had another."""
    refuse_newer(connection)
    if not is_older(connection):
        return False
    from syndicator.store.schema import migrate  # noqa: PLC0415  # see `versions`

    migrate(connection)
    return True


def _shrink(connection: sqlite3.Connection, path: Path) -> None:
    """Give back to the disk what an upgrade has freed, if that is much.

    SQLite makes a copy for it beside the system's temporary files, and writes it through the log. Where there is no
    room for both, the file keeps its size, and what is free in it is filled first.
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
    """Make a new database aside, and put it in its place when it is whole: who only reads never meets half of one.

    Raises:
        StoreError: Another one's log lies there, which SQLite would take for the new one's.
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
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so does closing, but keeps silent where that fails
        aside.rename(path)
    except BaseException:
        _remove(aside)
        raise


def _remove(database: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


@contextmanager
def _let_go(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Close it if what is done with it fails."""
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


@contextmanager
def atomic(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction: all of it is written, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _check(path: Path, *, whole: bool) -> None:
    """See that the file is ours, and whole unless that is known, before anything is written to it."""
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
    """Turn SQLite's exceptions into sentences with a remedy."""
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
        raise  # our fault, not the file's
    except sqlite3.DatabaseError as error:
        raise _damaged(path, str(error)) from error
