"""The lock: one writer, and what it knows of the one before."""

from pathlib import Path

import pytest

from syndicator.errors import ExitCode, LockedError, StoreError
from syndicator.store import Store
from syndicator.store.lock import Lock


def test_two_daemons_cannot_write_to_one_database(tmp_path: Path) -> None:
    first = Store.write(tmp_path / "s.db")
    with pytest.raises(LockedError, match="Another syndicator") as caught:
        Store.write(tmp_path / "s.db")
    assert caught.value.exit_code == ExitCode.LOCKED
    assert caught.value.remedy
    first.close()
    Store.write(tmp_path / "s.db").close()


def test_a_deleted_lock_lets_no_second_one_write(tmp_path: Path) -> None:
    first = Store.write(tmp_path / "s.db")
    (tmp_path / "syndicator.lock").unlink()
    with pytest.raises(LockedError, match="Another syndicator"):
        Store.write(tmp_path / "s.db")
    first.close()
    Store.write(tmp_path / "s.db").close()


def test_two_with_databases_of_their_own_cannot_publish_into_one_folder(tmp_path: Path) -> None:
    public = tmp_path / "public"
    first, second = (Store.write(tmp_path / name / "s.db") for name in "ab")
    first.claim(public)  # which is not there yet
    public.mkdir()
    for _ in range(2):
        first.claim(public)
    with pytest.raises(LockedError, match=r"publishes into .*\[paths\] public"):
        second.claim(public)
    public.rename(tmp_path / "away")
    public.mkdir()
    first.claim(public)
    with pytest.raises(LockedError):
        second.claim(public)
    second.claim(tmp_path / "away")
    first.close()
    second.claim(public)
    second.close()


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        Store.write(tmp_path / "file" / "s.db")


class TestAFile:
    """That was closed well is not looked through: that takes a second for each gigabyte."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        Store.write(tmp_path / "s.db").close()
        return tmp_path / "s.db"

    def is_trusted(self, path: Path) -> bool:
        lock = Lock(path)
        try:
            return lock.trusts(path)
        finally:
            lock.release()

    def test_is_trusted_once(self, path: Path) -> None:
        assert self.is_trusted(path)
        assert not self.is_trusted(path), "nobody said that it was closed well"

    def test_is_looked_through_when_another_program_has_changed_it(self, path: Path) -> None:
        with path.open("ab") as file:
            file.write(b"x")
        assert not self.is_trusted(path)

    def test_is_looked_through_while_its_journal_lies_beside_it(self, path: Path) -> None:
        path.with_name("s.db-wal").touch()
        assert not self.is_trusted(path)


def test_who_may_not_publish_begins_no_database(tmp_path: Path) -> None:
    public = tmp_path / "public"
    public.mkdir()
    first = Store.write(tmp_path / "one" / "s.db", public)
    with pytest.raises(LockedError, match="restart it"):
        Store.write(tmp_path / "two" / "s.db", public)
    assert not (tmp_path / "two" / "s.db").exists()
    first.close()
    Store.write(tmp_path / "two" / "s.db", public).close()


def test_a_lock_that_cannot_be_opened_is_named_not_its_folder(tmp_path: Path) -> None:
    (tmp_path / "syndicator.lock").mkdir()  # root may open another user's file, but not this
    with pytest.raises(StoreError, match=r"^\S*/syndicator\.lock cannot be written") as caught:
        Lock(tmp_path / "s.db")
    assert "chown -R" in caught.value.remedy
