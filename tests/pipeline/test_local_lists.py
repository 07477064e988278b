"""Lists in files are read from the draft, wherever it lies; what cannot be read keeps what it named."""

import os
from pathlib import Path

import pytest

from support.builders import MOMENT, make_source
from support.simulation import make_config
from syndicator.model.noun import replace
from syndicator.model.settings import Config
from syndicator.model.source import Source
from syndicator.pipeline.local_lists import list_doubts, local_lists


def a_list(url: str, **changes: object) -> Source:
    return replace(make_source(id="list", url=url, kind="list", title="", tags=("a",)), **changes)


def named(draft: Config, home: Path | None = None) -> dict[str, list[str]]:
    return {it: [source.url for source in found] for it, found in local_lists(draft, home, MOMENT)}


def test_what_a_list_in_a_file_names_is_known_with_the_lists_settings(tmp_path: Path) -> None:
    (tmp_path / "a b.txt").write_text("https://a.example/rss\nhttps://b.example/rss?token=4fd0ac9be1f37a9c\n")
    draft = make_config(tmp_path, a_list((tmp_path / "a b.txt").as_uri()), a_list("https://l.example/", id="web"))
    ((name, found),) = local_lists(draft, None, MOMENT)
    assert (name, [it.id for it in found]) == ("list", ["a-example-rss", found[1].id])
    assert [(it.tags, it.parent, it.private) for it in found] == [(("a",), "list", False), (("a",), "list", True)]


def test_a_draft_is_read_where_it_is_and_not_where_it_is_to_be(tmp_path: Path) -> None:
    draft, home = tmp_path / "draft", tmp_path / "config"
    for folder, url in ((draft, "https://new.example/"), (home, "https://old.example/")):
        folder.mkdir()
        (folder / "list.txt").write_text(url)
    config = make_config(draft, a_list((home / "list.txt").as_uri(), private=True))
    assert named(config, home) == {"list": ["https://new.example/"]}


@pytest.mark.parametrize(
    "body", [b"", b"<html><p>No list", b"\x00\xff", b"<opml>" * 9999, None, "a pipe"], ids=range(6)
)
def test_what_is_no_list_keeps_what_it_named(tmp_path: Path, body: bytes | str | None) -> None:
    path = tmp_path / "list.opml"
    if body == "a pipe":
        os.mkfifo(path)
    elif body is not None:
        path.write_bytes(body)
    assert named(make_config(tmp_path, a_list(path.as_uri()))) == {}


def test_no_file_outside_the_folder_is_looked_into(tmp_path: Path) -> None:
    root = tmp_path / "config"
    root.mkdir()
    (tmp_path / "list.txt").write_text("https://a.example/")
    (root / "link.txt").symlink_to(tmp_path / "list.txt")
    assert named(make_config(root, a_list((root / "link.txt").as_uri()))) == {}


def test_what_is_wrong_with_a_list_is_told_after_its_file_with_the_lines(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("\n# mine\nhtps://a.example/rss\nhttps://b.example/rss\nb.example\n")
    (tmp_path / "cut.opml").write_text("<opml><body><outline xmlUrl='https://a.example/'/><outline")
    (tmp_path / "page.html").write_text("<!DOCTYPE html><p>No list")
    lists = [a_list((tmp_path / it).as_uri(), id=it) for it in ("list.txt", "cut.opml", "page.html", "missing.txt")]
    told = list(list_doubts(make_config(tmp_path, *lists), MOMENT))
    assert told[0] == (
        f"{tmp_path}/list.txt: Entries without the http: or https: address of a feed were left out: 2 (line 3, line 5)."
    )
    assert [it.partition(": ")[0] for it in told[1:]] == [*[f"{tmp_path}/cut.opml"] * 2, f"{tmp_path}/page.html"]


def test_a_private_list_is_named_by_its_id_alone(tmp_path: Path) -> None:
    (tmp_path / "hunter2.txt").write_text("https://a.example/rss\nhunter2 hunter2\n")
    config = make_config(tmp_path, a_list((tmp_path / "hunter2.txt").as_uri(), private=True))
    (told,) = list_doubts(config, MOMENT)
    assert told.startswith("list: ")
    assert "hunter2" not in told
