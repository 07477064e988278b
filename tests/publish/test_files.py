import errno
import os
from pathlib import Path
from typing import Any

import pytest

from syndicator.errors import PublishError
from syndicator.publish import files


def test_a_file_is_written_with_its_folders_and_can_be_read_by_a_web_server(tmp_path: Path) -> None:
    path = tmp_path / "public" / "feeds" / "all.rss"
    before = os.umask(0o077)
    try:
        assert files.replace(path, b"new") is True
    finally:
        os.umask(before)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o644
    assert [each.name for each in path.parent.iterdir()] == ["all.rss"]


def test_a_private_folder_is_closed_also_when_it_was_open(tmp_path: Path) -> None:
    for _ in range(2):
        files.make(tmp_path / "var/operator", private=True)
        assert (tmp_path / "var/operator").stat().st_mode & 0o777 == 0o700
        (tmp_path / "var/operator").chmod(0o755)


def test_a_folder_of_somebody_else_is_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    with pytest.raises(PublishError, match="Operation not permitted"):
        files.make(tmp_path / "operator", private=True)


def test_equal_bytes_are_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "all.rss"
    files.replace(path, b"same")
    os.utime(path, (1, 1))
    assert files.replace(path, b"same") is False
    assert path.stat().st_mtime == 1
    assert files.replace(path, b"other") is True


def test_the_bytes_reach_the_disk_before_the_name_and_the_name_before_the_return(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync, rename = os.fsync, Path.replace

    def fsync(descriptor: int) -> None:
        steps.append("folder" if Path(f"/proc/self/fd/{descriptor}").resolve() == tmp_path else "file")
        sync(descriptor)

    def replace(self: Path, target: Path) -> Path:
        steps.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    opened = len([*Path("/proc/self/fd").iterdir()])
    files.replace(tmp_path / "all.rss", b"new")
    assert steps == ["file", "rename", "folder"]
    steps.clear()
    files.remove(tmp_path / "all.rss")
    assert steps == ["folder"]
    steps.clear()
    files.replace(tmp_path / "new" / "all.rss", b"new")
    assert steps == ["folder", "file", "rename", "file"], "the new folder's own name first"
    assert len([*Path("/proc/self/fd").iterdir()]) == opened


def refuse(number: int) -> Any:
    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refused


@pytest.mark.parametrize(
    ("number", "remedy"), [(errno.ENOSPC, "Free some space"), (errno.EROFS, "[paths]"), (errno.EIO, "[paths]")]
)
def test_a_failed_write_keeps_the_old_file_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, remedy: str
) -> None:
    path = tmp_path / "all.rss"
    files.replace(path, b"old")
    monkeypatch.setattr(os, "fsync", refuse(number))
    with pytest.raises(PublishError) as caught:
        files.replace(path, b"new")
    assert str(path) in str(caught.value)
    assert remedy in caught.value.remedy
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["all.rss"]


def test_a_folder_in_the_way_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "all.rss").mkdir()
    with pytest.raises(PublishError, match=r"all\.rss"):
        files.replace(tmp_path / "all.rss", b"new")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PublishError, match=f"{tmp_path}/file is not a folder"):
        files.replace(tmp_path / "file" / "all.rss", b"new")


def test_what_a_crash_left_does_not_hinder_and_is_swept(tmp_path: Path) -> None:
    path = tmp_path / "all.rss"
    left = tmp_path / ".syndicator-all.rss.part"
    left.write_bytes(b"half")
    assert files.replace(path, b"new") is True
    left.write_bytes(b"half")
    other = tmp_path / ".htaccess"
    other.write_bytes(b"theirs")
    assert files.sweep(tmp_path) == 1
    assert files.sweep(tmp_path / "missing") == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == [".htaccess", "all.rss"]


def test_a_folder_that_may_not_be_entered_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "stat", refuse(errno.EACCES))
    with pytest.raises(PublishError, match=f"{tmp_path} cannot be written: Permission denied"):
        files.sweep(tmp_path)


def test_a_link_laid_in_the_way_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"theirs")
    (tmp_path / ".syndicator-all.rss.part").symlink_to(victim)
    files.replace(tmp_path / "all.rss", b"new")
    assert victim.read_bytes() == b"theirs"


def test_a_file_is_removed_once(tmp_path: Path) -> None:
    path = tmp_path / "all.rss"
    files.replace(path, b"x")
    assert files.remove(path) is True
    assert files.remove(path) is False


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("rss", b"<rss><channel></rss>"),
        (".atom", b"<feed>&nbsp;</feed>"),
        ("feeds/all.rss", b"<rss>\x01</rss>"),
        ("opml", "<opml a='\ufffe'/>".encode()),
        ("atom", b"<feed><x:y/></feed>"),
        ("rss", b"<rss/><rss/>"),
        ("json", b'{"a": 1'),
        ("json", b'"\xff"'),
        ("index.html", b""),
        ("style.css", b""),
        ("html", b"<!-- nothing -->"),
    ],
)
def test_what_a_strict_reader_refuses_is_not_published(kind: str, data: bytes) -> None:
    with pytest.raises(PublishError, match="refuse"):
        files.check(kind, data)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("rss", b'<?xml version="1.0" encoding="UTF-8"?>\n<rss xmlns:a="urn:a"><a:b/></rss>'),
        ("json", '{"a": "ё"}'.encode()),
        ("html", b"<!DOCTYPE html><title>x</title>"),
        ("css", b"p {}"),
    ],
)
def test_what_a_strict_reader_takes_is_published(kind: str, data: bytes) -> None:
    files.check(kind, data)
