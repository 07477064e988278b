"""A draft takes the place of the folder in force: what is relative in it counts from there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from syndicator.config import Vocabulary, load
from syndicator.config.place import Place
from syndicator.errors import ConfigError
from syndicator.model.settings import Config, Paths

Write = Callable[..., Path]


def taken(root: Path, home: Path, vocabulary: Vocabulary) -> Config:
    return load(root, vocabulary, home=home)


def test_what_is_in_the_folder_moves_and_nothing_else() -> None:
    place = Place.of(Path("/a/draft"), Path("/etc/news/../news/config"))
    assert place.at_home(Path("/a/draft/samples/x")) == Path("/etc/news/config/samples/x")
    assert place.at_home(Path("/a/draft")) == Path("/etc/news/config")
    assert place.at_home(Path("/a/drafts/x")) == Path("/a/drafts/x")
    assert Place.of(Path("x"), None).at_home(Path("x").absolute()) == Path("x").absolute()


def test_relative_paths_are_those_of_the_folder_in_force(root: Path, write: Write, vocabulary: Vocabulary) -> None:
    home = root.parent / "far" / "config"
    write("syndicator.toml", '[paths]\nstore = "data/a.db"')
    assert taken(root, home, vocabulary).paths == Paths(store=home / "data/a.db", public=home.parent / "var/public")
    write("syndicator.toml", '[paths]\nstore = "/srv/a.db"')
    assert taken(root, home, vocabulary).paths.store == Path("/srv/a.db")
    write("syndicator.toml", '[paths]\npublic = "../far"')
    assert load(root, vocabulary).paths.public == root.parent / "far"
    write("syndicator.toml", '[paths]\npublic = "../config"')
    with pytest.raises(ConfigError, match="the configuration would lie among the published files"):
        taken(root, home, vocabulary)


def test_files_and_default_ids_are_those_of_the_folder_in_force(
    root: Path, write: Write, vocabulary: Vocabulary
) -> None:
    home = root.parent / "far" / "config"
    write("samples/a.xml", "")
    write("sources/a.toml", '[[source]]\nurl = "file:../samples/a.xml"\n[[source]]\nurl = "https://a.example/"')
    write("sources/b.toml", '[[source]]\nurl = "file:../samples/b.xml"\nprivate = true')
    there = taken(root, home, vocabulary)
    assert [it.url for it in there.sources] == [
        f"file://{home}/samples/a.xml",
        "https://a.example/",
        f"file://{home}/samples/b.xml",
    ]
    assert len(there.warnings) == 1, "a file that is not in the draft is not there"
    root.rename(root.parent / "gone")
    home.parent.mkdir()
    (root.parent / "gone").rename(home)
    assert [(it.id, it.url) for it in load(home, vocabulary).sources] == [(it.id, it.url) for it in there.sources]
