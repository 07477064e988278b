import re
import tomllib
from ipaddress import ip_network
from pathlib import Path

import pytest

from syndicator.config import Vocabulary, load, write_starter
from syndicator.config.schema import ARRAYS, TABLES, shapes
from syndicator.errors import UsageError
from syndicator.model.settings import Channel, FetchSettings, Schedule, ServeSettings
from syndicator.model.source import KINDS, Auth


def test_it_works_as_it_stands(tmp_path: Path, vocabulary: Vocabulary) -> None:
    folder = tmp_path / "deep" / "config"
    written = write_starter(folder)
    assert written[-1] == folder / "syndicator.toml"
    assert sorted(path for path in folder.rglob("*") if path.is_file()) == sorted(written)
    config = load(folder, vocabulary)
    (source,) = config.sources
    assert source.url == (folder / "samples/welcome.atom").as_uri()
    assert source.url.removeprefix("file://") in map(str, written)
    assert config.channels == (Channel(id="all"),)


def uncomment(folder: Path) -> None:
    """Take the "#" away from every line that is a setting or a table."""
    for path in folder.rglob("*.toml"):
        path.write_text(re.sub(r"^#(?=\S)", "", path.read_text(), flags=re.MULTILINE))


def test_every_setting_stands_in_it_and_can_be_switched_on(tmp_path: Path, vocabulary: Vocabulary) -> None:
    write_starter(tmp_path)
    uncomment(tmp_path)
    files = [path.read_text() for path in tmp_path.rglob("*.toml")]
    config = load(tmp_path, vocabulary, {"SYNDICATOR_PASSWORD": "secret"})
    assert config.fetch == FetchSettings(contact="https://example.org/about")
    assert config.schedule == Schedule()
    me, networks = Auth(username="me", password="secret"), (ip_network("10.0.0.0/8"),)
    assert config.serve == ServeSettings(operator=me, push=True, hub=True, hub_networks=networks)
    assert config.paths.store == tmp_path.parent / "var/syndicator.db"
    assert len(config.sources) == 8
    text = "\n".join(files)
    settings = {name for shape in shapes((), ()).values() for name in shape}
    assert not {name for name in settings if not re.search(rf"\b{name}\b", text)}
    (first,) = (it for it in map(tomllib.loads, files) if "source" in it)
    assert "follow" in first["source"][1]
    assert {name for text in files for name in tomllib.loads(text)} == {*TABLES, *ARRAYS}


def test_every_kind_is_named_where_kind_is_explained(tmp_path: Path) -> None:
    write_starter(tmp_path)
    text = (tmp_path / "sources" / "examples.toml").read_text()
    (comment,) = re.findall(r"((?:# .*\n)+)#kind = \"auto\"", text)
    assert not [kind for kind in KINDS if f'"{kind}"' not in comment]


def test_every_setting_is_explained(tmp_path: Path) -> None:
    write_starter(tmp_path)
    for path in tmp_path.rglob("*.toml"):
        previous = ""
        for line in path.read_text().splitlines():
            if re.match(r"#\w+ =", line):
                assert previous.startswith("#"), line
            previous = line


def test_it_fills_an_empty_or_foreign_folder(tmp_path: Path, vocabulary: Vocabulary) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "mine.toml").write_text('[[source]]\nurl = "https://example.org/"')
    write_starter(tmp_path)
    assert len(load(tmp_path, vocabulary).sources) == 2


@pytest.mark.parametrize("name", ["syndicator.toml", "sources/examples.toml", "samples/welcome.atom"])
def test_nothing_is_written_over(tmp_path: Path, name: str) -> None:
    mine = tmp_path / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    with pytest.raises(UsageError, match=f"{name} already exists"):
        write_starter(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]
    assert mine.read_text() == "mine"


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "syndicator.toml").symlink_to("elsewhere")
    with pytest.raises(UsageError, match="already exists"):
        write_starter(tmp_path)
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_cannot_be_filled_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "sources").write_text("a file where a folder is needed")
    with pytest.raises(UsageError, match="cannot be written"):
        write_starter(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["sources"]
    with pytest.raises(UsageError, match="cannot be written"):
        write_starter(tmp_path / "sources")
    with pytest.raises(UsageError, match="cannot be written"):
        write_starter(tmp_path / "sources" / "config")
