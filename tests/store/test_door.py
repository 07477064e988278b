"""Opening: a sentence with a remedy for everything that is wrong; never an empty start."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from support.builders import MOMENT
from syndicator.errors import ExitCode, FullError, LockedError, NewerError, StoreError
from syndicator.store import Store, schema
from syndicator.store.door import explained

pytestmark = pytest.mark.usefixtures("made_anew")


def test_any_number_read_while_one_writes(tmp_path: Path) -> None:
    writer = Store.write(tmp_path / "s.db")
    reader = Store.read(tmp_path / "s.db")
    with writer.recording(MOMENT):
        assert reader.select(limit=1) == []
    with pytest.raises(StoreError):
        reader.has_published({"x": b""}, [])
    reader.close()
    writer.close()


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    Store.write(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('syndicator', 'from_the_future', '')"
        )
    connection.close()
    for way in (Store.write, Store.read):
        with pytest.raises(NewerError, match="from_the_future") as caught:
            way(path)
        assert caught.value.exit_code == ExitCode.NEWER


def test_an_empty_file_and_a_foreign_database_are_no_database_of_ours(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as foreign:
        foreign.execute("CREATE TABLE bookmarks (url)")
    for name in ("empty.db", "foreign.db"):
        before = (tmp_path / name).read_bytes()
        for way in (Store.write, Store.read):
            with pytest.raises(StoreError, match="none of syndicator's tables"):
                way(tmp_path / name)
        assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("damage", [b"this is no database, but a text of some length" * 99, b"SQLite format 3\0" * 999])
def test_a_file_that_is_no_database_is_never_replaced_by_an_empty_one(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "s.db"
    path.write_bytes(damage)
    for way in (Store.write, Store.read):
        with pytest.raises(StoreError, match=r"damaged|cannot be used") as caught:
            way(path)
        assert caught.value.remedy
    assert path.read_bytes() == damage


def test_a_database_that_is_damaged_inside_is_found_out_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    Store.write(path).close()
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 9] = b"\xa5" * (4096 * 6)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):
        Store.write(path)


def test_a_database_that_another_program_holds_is_said_to_be_held(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    store = Store.write(path)
    store._db.execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedError, match="Another program"), store.recording(MOMENT):
        pass
    other.close()
    with store.recording(MOMENT):
        pass
    store.close()


def test_reading_before_the_first_run_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="syndicator once"):
        Store.read(tmp_path / "s.db")


def test_the_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    Store.write(tmp_path / "s.db").close()
    assert (tmp_path / "s.db").stat().st_mode & 0o077 == 0


def test_a_commit_survives_a_power_cut(tmp_path: Path) -> None:
    store = Store.write(tmp_path / "s.db")
    pragmas = {name: store._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2}
    store.close()


def test_a_new_database_is_in_its_place_only_when_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.db"

    def killed(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(schema, "migrate", killed)
        with pytest.raises(KeyboardInterrupt):
            Store.write(path)
    with pytest.raises(StoreError, match="no database at"):
        Store.read(path)
    Store.write(path).close()
    assert {it.name for it in tmp_path.iterdir()} == {"s.db", "syndicator.lock"}


def test_the_log_of_a_database_that_was_taken_away_is_not_taken_for_the_new_ones(tmp_path: Path) -> None:
    path, away = tmp_path / "s.db", tmp_path / "away.db"
    store = Store.write(path)
    with store.recording(MOMENT) as recording:
        recording.revise()
    log = path.with_name("s.db-wal")
    left = log.read_bytes()
    store.close()
    path.rename(away)
    log.write_bytes(left)  # as if it had been killed
    with pytest.raises(StoreError, match=r"s\.db-wal belongs to .* move this file away"):
        Store.write(path)
    assert log.read_bytes() == left
    away.rename(path)
    Store.write(path).close()
    path.rename(away)
    log.touch()
    Store.write(path).close()


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: to SQLite and us, a full disk."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def test_a_disk_that_fills_before_a_new_database_is_whole_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, migrate = tmp_path / "s.db", schema.migrate
    with monkeypatch.context() as patch, ExitStack() as disk:

        def migrated(connection: sqlite3.Connection) -> None:
            migrate(connection)
            disk.enter_context(full_disk(8192))  # the log has found its room; what stands in it has none in the file

        patch.setattr(schema, "migrate", migrated)
        with pytest.raises(StoreError, match="free space"):
            Store.write(path)
    assert {it.name for it in tmp_path.iterdir()} == {"syndicator.lock"}, "the room is given back"
    Store.write(path).close()
    assert {it.name for it in tmp_path.iterdir()} == {"s.db", "syndicator.lock"}


def test_a_full_disk_is_said_to_be_full_and_that_it_may_work_later(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    Store.write(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA max_page_count = 1")
        with pytest.raises(FullError, match="its disk is full") as caught, explained(path):
            other.execute("CREATE TABLE more (x)")
    assert caught.value.exit_code == ExitCode.LOCKED
    shared = sqlite3.OperationalError("disk I/O error")
    shared.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    for error, expected in ((shared, FullError), (sqlite3.OperationalError("disk I/O error"), StoreError)):
        with pytest.raises(StoreError) as caught, explained(path):
            raise error
        assert type(caught.value) is expected


def test_a_full_disk_does_not_keep_it_from_closing(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    Store.write(path).close()
    store = Store.write(path)
    with full_disk(0):
        store.close()
    Store.write(path).close()
