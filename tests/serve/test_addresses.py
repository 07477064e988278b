import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.serve.addresses import file_of, moved, parts_of


@pytest.mark.parametrize(
    ("target", "path"),
    [
        (b"/feeds/all.rss", "/feeds/all.rss"),
        (b"/feeds/all.rss?x=/y", "/feeds/all.rss"),
        (b"http://a.example/feeds/all.rss?x", "/feeds/all.rss"),
        (b"/f%65eds/%D1%91", "/feeds/ё"),
        (b"/%2e%2e/%00", "/../\0"),
        (b"/%25", "/%"),
        (b"/feeds%2fall%2F", "/feeds%2Fall%2F"),
        (b"/%252F", "/%2F"),
        (b"/%ff%", "/\ufffd%"),
        (b"http://a.example", "/"),
        (b"http://a.example?x", "/"),
        (b"http://[::1", None),
        (b"*", "*"),
        (b"", None),
        (b"/feeds/all#top", None),
        (b"/feeds/all#", None),
        (b"HTTPS://a.example/feeds/all", "/feeds/all"),
        (b"http://me@a.example/feeds/all", None),
        (b"ftp://a.example/feeds/all", None),
        (b"/" + b"%61" * 5000, "/" + "a" * 5000),
    ],
)
def test_a_request_target_has_a_path(target: bytes, path: str | None) -> None:
    parts = parts_of(target)
    assert (parts and parts[0]) == path


@pytest.mark.parametrize(
    ("target", "query"),
    [
        (b"/a", b""),
        (b"/a?", b""),
        (b"/a?x=%20&y=?", b"x=%20&y=?"),
        (b"http://a.example?x", b"x"),
    ],
)
def test_a_request_target_may_have_a_query(target: bytes, query: bytes) -> None:
    parts = parts_of(target)
    assert parts is not None
    assert parts[1] == query


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "index.html"),
        ("/feeds/all", "feeds/all.html"),
        ("/feeds/all.rss", "feeds/all.rss"),
        ("/feeds/v1.2", "feeds/v1.2.html"),
        ("/feeds/", "feeds/index.html"),
        ("/style.css", "style.css"),
        ("/a/b/c/d.json", "a/b/c/d.json"),
    ],
)
def test_an_address_names_its_file(path: str, name: str) -> None:
    assert file_of(path) == name


@pytest.mark.parametrize(
    "path",
    [
        "",
        "*",
        "feeds/all.rss",
        "//feeds/all.rss",
        "/feeds//all.rss",
        "/./style.css",
        "/../style.css",
        "/feeds/../style.css",
        "/feeds/..",
        "/.index.html.new",
        "/.git/config.json",
        "/feeds/.all.rss",
        "/feeds/all.rss\0.css",
        "/feeds\\all.rss",
        "/feeds/all.rss\n",
        "/style.css ",
        "/ёж.rss",
        "/index",
        "/feeds/index",
        "/index.html",
        "/feeds/all.html",
        "/~root/x.css",
    ],
)
def test_a_crooked_address_names_no_file(path: str) -> None:
    assert file_of(path) is None


@given(st.text(alphabet=string.printable + "ё\0\u2025", max_size=60))
def test_no_address_leaves_the_folder(path: str) -> None:
    name = file_of("/" + path)
    if name is not None:
        assert all(part and not part.startswith(".") and "\0" not in part for part in name.split("/"))


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/feeds/all.html", "/feeds/all"),
        ("/index.html", "/"),
        ("/feeds/index.html", "/feeds/"),
        ("/feeds/index", "/feeds/"),
        ("/index", "/"),
        ("/feeds/myindex", None),
        ("/feeds/all", None),
        ("/feeds/all.rss", None),
        ("/feeds/myindex.html", "/feeds/myindex"),
    ],
)
def test_a_page_asked_for_by_its_file_name_is_found_elsewhere(path: str, address: str | None) -> None:
    assert moved(path) == address
