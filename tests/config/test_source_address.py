import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.config.misfit import MisfitError
from syndicator.config.source_address import address

ROOT = Path("/srv/config")


def read(url: str, root: Path = ROOT, folder: str = "sources") -> str:
    return address(url, root / folder, root, secret=False).url


def refusal(url: str, *, secret: bool = False) -> str:
    with pytest.raises(MisfitError) as caught:
        address(url, ROOT / "sources", ROOT, secret=secret)
    return caught.value.message


@pytest.mark.parametrize(
    "url",
    [
        "https://nsn.fm/rss",
        "HTTP://nsn.fm",
        "https://президент.рф/лента?a=б",
        "http://[::1]:8080/x",
        "https://a.unknown/",
    ],
)
def test_web_addresses_stay_as_they_are_written(url: str) -> None:
    assert read(url) == url


@pytest.mark.parametrize(
    ("url", "absolute"),
    [
        ("file:../samples/nsn/index.html", "file:///srv/config/samples/nsn/index.html"),
        ("file:local.xml", "file:///srv/config/sources/local.xml"),
        ("FILE:2024/local.xml", "file:///srv/config/sources/2024/local.xml"),
        ("file:///srv/config/a.xml", "file:///srv/config/a.xml"),
        ("file:/srv/config/a.xml", "file:///srv/config/a.xml"),
        ("file://localhost/srv/config/a.xml", "file:///srv/config/a.xml"),
        ("file:мои ленты.xml", "file:///srv/config/sources/%D0%BC%D0%BE%D0%B8%20%D0%BB%D0%B5%D0%BD%D1%82%D1%8B.xml"),
        ("file:a%20b%3Fc.xml", "file:///srv/config/sources/a%20b%3Fc.xml"),
        ("file:%ff.xml", "file:///srv/config/sources/%FF.xml"),
    ],
)
def test_files_are_found_from_the_file_that_names_them(url: str, absolute: str) -> None:
    assert read(url) == absolute


def test_a_path_that_no_file_can_have_is_refused_at_once() -> None:
    start = time.process_time()
    assert "longer than" in refusal(f"file:{'a/' * 500_000}")
    assert "longer than" in refusal(f"file:{'ы' * 2048}")
    assert time.process_time() - start < 1
    assert read(f"file:{'a/' * 500}b")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "file:../../x",
        "file:..",
        "file:/srv/config",
        "file:/srv/configuration/x",
        "file:%2e%2e/../x",
        "file:////etc/passwd",
    ],
)
def test_no_file_outside_the_configuration_is_read(url: str) -> None:
    assert "leads out of" in refusal(url)


def test_a_symlink_leads_nowhere_else(tmp_path: Path) -> None:
    root = tmp_path / "config"
    (root / "sources").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (root / "way").symlink_to(tmp_path / "outside")
    (root / "in").symlink_to(root / "sources")
    (root / "loop").symlink_to(root / "loop")
    with pytest.raises(MisfitError, match="leads out of"):
        read("file:../way/feed.xml", root)
    assert read("file:../in/feed.xml", root) == (root / "in/feed.xml").as_uri()
    assert read("file:../loop/feed.xml", root)  # that it cannot be opened, its poll will say


def test_a_file_below_a_linked_configuration_is_found_by_both_names(tmp_path: Path) -> None:
    root = tmp_path / "real"
    root.mkdir()
    (tmp_path / "link").symlink_to(root)
    found = address(f"file://{tmp_path}/link/feed.xml", root, root, secret=False)
    assert found.name == "feed.xml"


@pytest.mark.parametrize(
    ("url", "guess"),
    [
        ("nsn.fm/rss", "https://nsn.fm/rss"),
        ("nsn.fm:8080/rss", "https://nsn.fm:8080/rss"),
        ("//nsn.fm/rss", "https://nsn.fm/rss"),
        ("feed:https://nsn.fm/rss", "https://nsn.fm/rss"),
        ("feed://http://nsn.fm/rss", "http://nsn.fm/rss"),
        ("feed://nsn.fm/rss", "https://nsn.fm/rss"),
        ("./samples/a.xml", "file:./samples/a.xml"),
    ],
)
def test_an_address_without_its_scheme_is_guessed(url: str, guess: str) -> None:
    assert refusal(url).endswith(f"did you mean {guess}?")
    assert guess not in refusal(url, secret=True)


@pytest.mark.parametrize(
    "url", ["ftp://nsn.fm/rss", "C:\\feeds\\a.xml", "mailto:me@nsn.fm", "javascript:a.b", "rss", ""]
)
def test_nothing_is_guessed_where_nothing_can_be(url: str) -> None:
    assert refusal(url) == "expected an http:, https: or file: address"


@pytest.mark.parametrize(
    "url",
    [
        "me:secret@nsn.fm/rss",
        "nsn.fm/rss?token=secret",
        "../feed?token=secret",
        "feed://a@b.c",
        "nsn.fm/f8Zk29Qx7LmW4tRb/rss",
    ],
)
def test_no_guess_shows_a_secret(url: str) -> None:
    assert refusal(url) == "expected an http:, https: or file: address"


@pytest.mark.parametrize(
    ("url", "private", "personal"),
    [
        ("https://nsn.fm/rss", False, False),
        ("https://me@nsn.fm/rss", True, True),
        ("https://me:secret@nsn.fm/rss", True, True),
        ("https://nsn.fm/rss?token=5ecr3t", True, False),
        ("file:feed.xml", False, False),
    ],
)
def test_an_address_with_a_secret_is_known(url: str, *, private: bool, personal: bool) -> None:
    found = address(url, ROOT, ROOT, secret=False)
    assert (found.private, found.personal) == (private, personal)
    assert "5ecr3t" not in repr(found)
    assert "me" not in found.name.split("/")[0]


def test_addresses_that_differ_in_writing_only_are_the_same() -> None:
    def same(url: str) -> str:
        return address(url, ROOT / "sources", ROOT, secret=False).same_as

    assert same("https://nsn.fm") == same("HTTPS://NSN.fm:443/#top")
    assert same("https://nsn.fm/?a") != same("https://nsn.fm/?b")
    assert same("https://me:a@nsn.fm/") != same("https://me:b@nsn.fm/")
    assert same("file:../a.xml") == same("file:///srv/config/sources/../a.xml")


@given(st.text(max_size=40) | st.text(max_size=30).map("file:".__add__) | st.text(max_size=30).map("https://".__add__))
def test_any_address_is_taken_or_refused(url: str) -> None:
    try:
        found = read(url)
    except MisfitError:
        return
    assert found.startswith("file:///srv/config/") or found == url
