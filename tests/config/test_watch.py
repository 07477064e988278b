import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from syndicator.config import Vocabulary, Watch, load

Write = Callable[..., Path]


@pytest.fixture
def ask(root: Path, write: Write) -> Callable[[float], list[float]]:
    """Ask a watch of the folder every quarter of a second, up to a time; gives the times at which it said yes."""
    write("syndicator.toml", '[site]\ntitle = "a"')
    watch = Watch(root)
    times: Iterator[float] = (quarter / 4 for quarter in range(10_000))

    def until(end: float) -> list[float]:
        return [now for now in iter(lambda: next(times), end) if watch.changed(now)]

    return until


def test_nothing_has_changed(ask: Callable[[float], list[float]]) -> None:
    assert ask(10) == []


def save_in_place(path: Path) -> None:
    path.write_text("[site]\ntitle = 'longer than it was'")


def save_by_renaming(path: Path) -> None:
    new = path.with_name(".syndicator.toml.new")
    new.write_text(path.read_text())
    times = path.stat()
    os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))
    new.replace(path)


def remove(path: Path) -> None:
    path.unlink()


def add(path: Path) -> None:
    (path.parent / "sources").mkdir()
    (path.parent / "sources" / "new.toml").write_text("")


def make_unreadable(path: Path) -> None:
    path.chmod(0)


@pytest.mark.parametrize("change", [save_in_place, save_by_renaming, remove, add, make_unreadable])
def test_a_change_is_taken_once_within_two_seconds(
    root: Path, ask: Callable[[float], list[float]], change: Callable[[Path], None]
) -> None:
    assert ask(5) == []
    change(root / "syndicator.toml")
    (taken,) = ask(20)
    assert 1 <= taken - 5 <= 2


def test_a_change_waits_until_the_files_are_quiet(write: Write, ask: Callable[[float], list[float]]) -> None:
    for second in range(10):
        write("syndicator.toml", f"# {'x' * second}")
        assert ask(second + 0.75) == []
        write("sources/a.toml", f"# {'x' * second}")
        assert ask(second + 1) == []
    assert len(ask(20)) == 1


def test_what_is_in_doubt_is_taken_again_in_ten_seconds_once_and_not_while_it_changes(root: Path, write: Write) -> None:
    write("syndicator.toml", "")
    watch = Watch(root)
    watch.doubt(1.0)
    before = watch.state
    assert [watch.changed(now) for now in (10.75, 11.0, 11.25, 30.0)] == [False, True, False, False]
    assert watch.state == before
    watch.doubt(31.0)
    assert [watch.changed(now) for now in (40.5, 40.75)] == [False, False]
    write("syndicator.toml", "# changed")
    assert [watch.changed(now) for now in (41.0, 41.75, 42.0, 60.0)] == [False, False, True, False]
    assert watch.state != before


def test_what_is_not_read_is_not_watched(write: Write, ask: Callable[[float], list[float]]) -> None:
    for name in ("sources/.a.toml.swp", "sources/a.toml~", "samples/a.xml", "notes.txt"):
        write(name, "x")
    assert ask(10) == []


def test_a_change_taken_back_is_none(root: Path, ask: Callable[[float], list[float]]) -> None:
    path = root / "sources" / "a.toml"
    path.parent.mkdir()
    path.touch()
    assert ask(0.5) == []
    path.unlink()
    assert ask(10) == []


def test_a_mounted_config_map_is_seen_to_swap(tmp_path: Path) -> None:
    root = tmp_path / "config"
    for version in ("one", "two"):
        (root / f"..{version}").mkdir(parents=True)
        (root / f"..{version}" / "syndicator.toml").write_text(f"# {version}")
    (root / "..data").symlink_to("..one")
    (root / "syndicator.toml").symlink_to("..data/syndicator.toml")
    watch = Watch(root)
    (root / "..new").symlink_to("..two")
    (root / "..new").replace(root / "..data")
    assert [watch.changed(now) for now in (1.0, 1.5, 2.0, 2.5)] == [False, False, True, False]


def test_the_folder_itself_may_go_and_come_back(root: Path, write: Write) -> None:
    write("syndicator.toml", "")
    watch = Watch(root)
    root.rename(root.with_name("away"))
    assert [watch.changed(now) for now in (1.0, 2.0)] == [False, True]
    root.with_name("away").rename(root)
    assert [watch.changed(now) for now in (3.0, 4.0)] == [False, True]
    root.joinpath("sources").write_text("a file where a folder should be")
    assert [watch.changed(now) for now in (5.0, 6.0)] == [False, True]


def test_local_lists_are_followed(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    tables = '[[list]]\nurl = "file:../lists/my%20list.opml"\n[[list]]\nurl = "https://example.org/list.opml"\n'
    write("sources/a.toml", tables)
    listed = write("lists/my list.opml", "one")
    watch = Watch(root)
    watch.follow(load(root, vocabulary))
    assert [watch.changed(now) for now in (1.0, 2.0)] == [False, False]
    listed.write_text("two more")
    assert [watch.changed(now) for now in (3.0, 4.0, 5.0)] == [False, True, False]
    write("sources/a.toml", "")
    assert [watch.changed(now) for now in (6.0, 7.0)] == [False, True]
    watch.follow(load(root, vocabulary))
    listed.write_text("of no interest")
    assert [watch.changed(now) for now in (8.0, 9.0)] == [False, False]
