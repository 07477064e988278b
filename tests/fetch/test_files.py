"""Files of the configuration's folder, and nothing beside it."""

import os
from pathlib import Path
from urllib.parse import quote

import pytest

from syndicator.fetch.files import read_file
from syndicator.model.outcome import Failed
from syndicator.model.web import Request, Response, Validators


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    folder.mkdir()
    (tmp_path / "secret.xml").write_bytes(b"secret")
    (folder / "feed.xml").write_bytes(b"<rss/>")
    (folder / "лента новостей ё.xml").write_bytes("«ё»".encode())
    (folder / "100%?#.xml").write_bytes(b"odd")
    return folder


def ask(root: Path, url: str, *, etag: str = "", limit: int = 1000) -> Response | Failed:
    return read_file(Request(source_id="s", url=url, validators=Validators(etag=etag)), root, limit)


def kind(found: Response | Failed) -> str:
    assert isinstance(found, Failed), found
    assert found.failure.remedy
    return found.failure.kind


@pytest.mark.parametrize("prefix", ["file://", "file://localhost", "file:", "FILE://"])
@pytest.mark.parametrize("name", ["feed.xml", "лента новостей ё.xml", "100%?#.xml"])
def test_a_file_is_read_however_its_name_is_escaped(root: Path, prefix: str, name: str) -> None:
    found = ask(root, prefix + quote(str(root / name)))
    assert isinstance(found, Response)
    assert (found.status, found.body) == (200, (root / name).read_bytes())


def test_letters_may_stand_unescaped(root: Path) -> None:
    found = ask(root, f"file://{root}/лента новостей ё.xml")
    assert isinstance(found, Response)


def test_a_name_that_is_not_utf8_is_found(root: Path) -> None:
    Path(os.fsdecode(os.fsencode(root) + b"/\xeb.xml")).write_bytes(b"1251")
    found = ask(root, f"file://{root}/%EB.xml")
    assert isinstance(found, Response)


def test_an_unchanged_file_is_not_read_again(root: Path) -> None:
    url = f"file://{root}/feed.xml"
    first = ask(root, url)
    assert isinstance(first, Response)
    again = ask(root, url, etag=first.validators.etag)
    assert isinstance(again, Response)
    assert (again.status, again.body, again.validators) == (304, b"", first.validators)
    (root / "new").write_bytes(b"<rss/>")
    (root / "new").replace(root / "feed.xml")
    assert ask(root, url, etag=first.validators.etag).status == 200


def test_nothing_outside_the_folder_is_read(root: Path, tmp_path: Path) -> None:
    (root / "link.xml").symlink_to(tmp_path / "secret.xml")
    (root / "up").symlink_to(tmp_path)
    for path in (
        tmp_path / "secret.xml",
        root / "../secret.xml",
        root / "link.xml",
        root / "up/secret.xml",
        f"{root}/%2e%2e/secret.xml",
        f"{root}/..%2fsecret.xml",
        f"{root}2/x.xml",
        "/etc/passwd",
        "/proc/self/environ",
        "/",
    ):
        assert kind(ask(root, f"file://{path}")) == "file", path


def test_a_link_inside_the_folder_may_be_followed(root: Path) -> None:
    (root / "link.xml").symlink_to("feed.xml")
    found = ask(root, f"file://{root}/link.xml")
    assert isinstance(found, Response)


def test_only_a_regular_file_is_read(root: Path) -> None:
    os.mkfifo(root / "pipe")
    (root / "zero").symlink_to("/dev/zero")
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    for name in ("pipe", "zero", ".", ""):
        assert kind(ask(root, f"file://{root}/{name}")) == "file", name
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors


@pytest.mark.parametrize(
    "url",
    [
        "file:",
        "file://",
        "file:feed.xml",
        "file://host/feed.xml",
        "file://[::1/x",
        "file:///%00",
        "file:///" + "x" * 5000,
        "file:///missing.xml",
    ],
)
def test_an_address_of_no_file_is_a_failure(root: Path, url: str) -> None:
    assert kind(ask(root, url)) == "file"


def test_an_address_of_another_machine_or_of_no_folder_is_not_taken_for_a_file_here(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    for url in (f"file://host.example{root}/feed.xml", "file:feed.xml"):
        found = ask(root, url)
        assert kind(found) == "file"
        assert "names no file on this machine" in found.failure.message


def test_a_failure_says_which_file(root: Path, tmp_path: Path) -> None:
    (root / "link.xml").symlink_to(tmp_path / "secret.xml")
    for url, path in {
        "m%C3%A9 1.xml": "mé 1.xml",
        "%EB.xml": "\ufffd.xml",
        "link.xml": "link.xml",
        ".": "",
        "feed.xml": "feed.xml",
    }.items():
        found = ask(root, f"file://{root}/{url}", limit=1)
        assert isinstance(found, Failed)
        assert f"{root}/{path}".rstrip("/") in found.failure.message


def test_a_missing_file_and_a_circle_of_links_are_failures(root: Path) -> None:
    (root / "a").symlink_to("b")
    (root / "b").symlink_to("a")
    for name in ("missing.xml", "a", "feed.xml/x"):
        assert kind(ask(root, f"file://{root}/{name}")) == "file", name
    assert "does not exist" in ask(root, f"file://{root}/missing.xml").failure.message


def test_the_cap_is_met_exactly(root: Path) -> None:
    assert isinstance(ask(root, f"file://{root}/feed.xml", limit=6), Response)
    assert kind(ask(root, f"file://{root}/feed.xml", limit=5)) == "too-large"
