import os
from collections.abc import Callable
from pathlib import Path

import pytest

from syndicator.config.files import File, find, name, passed_over, read
from syndicator.errors import Problem

Write = Callable[..., Path]


def trouble(path: Path) -> Problem:
    found = read(path)
    assert isinstance(found, Problem)
    assert found.file == path
    return found


def test_hidden_files_and_backups_are_not_read(root: Path, write: Write) -> None:
    for path in ("syndicator.toml", "sources/b.toml", "sources/a.toml", "channels/c.toml"):
        write(path, "")
    for path in ("sources/.a.toml.swp", "sources/a.toml~", "sources/#a.toml#", "sources/.b.toml", "sources/#b.toml"):
        write(path, "not = read")
    for path in ("other.toml", "sources/README", "sources/deep/x.toml", "samples/x.toml"):
        write(path, "not = read")
    assert [str(path.relative_to(root)) for path in find(root)] == [
        "syndicator.toml",
        "sources/a.toml",
        "sources/b.toml",
        "channels/c.toml",
    ]


def test_a_file_that_lies_where_nobody_looks_is_told(root: Path, write: Write) -> None:
    for it in ("syndicator.toml", "sources/a.toml", "channels/a.toml", ".old.toml", "#a.toml#", "notes.txt"):
        write(it, "")
    assert passed_over(root) == []
    for it in ("sources.toml", "sources/moscow/a.toml", "channels/old/b.toml"):
        write(it, "")
    assert [str(it) for it in passed_over(root)] == [
        f"{root}/{it}: is not read; only syndicator.toml, sources/*.toml, channels/*.toml are"
        for it in ("channels/old/b.toml", "sources/moscow/a.toml", "sources.toml")
    ]


def test_what_the_links_of_a_config_map_lead_to_is_not_told_as_left_out(root: Path, write: Write) -> None:
    write("sources/..2026_03_05/a.toml", "")
    (root / "sources" / "..data").symlink_to("..2026_03_05")
    (root / "sources" / "a.toml").symlink_to("..data/a.toml")
    assert find(root) == (root / "sources" / "a.toml",)
    assert passed_over(root) == []


def test_a_byte_order_mark_is_no_mistake(write: Write) -> None:
    file = read(write("a.toml", b"\xef\xbb\xbfa = 1\r\n"))
    assert isinstance(file, File)
    assert file.tables == {"a": 1}


def test_a_file_in_another_encoding_is_told_with_its_line(write: Write) -> None:
    found = trouble(write("a.toml", "a = 1\n\nb = 'Москва'".encode("windows-1251")))
    assert (found.line, found.message) == (3, "is not UTF-8; save the file in that encoding")
    assert trouble(write("b.toml", "a = 1".encode("utf-16"))).line == 1


def test_a_folder_a_pipe_and_a_dangling_link_are_no_files(root: Path) -> None:
    (root / "a.toml").mkdir()
    os.mkfifo(root / "b.toml")  # opening it would wait for ever
    (root / "c.toml").symlink_to("nowhere")
    (root / "d.toml").symlink_to("d.toml")
    assert "expected a file" in trouble(root / "a.toml").message
    assert "expected a file" in trouble(root / "b.toml").message
    assert trouble(root / "c.toml").message == "cannot be read: No such file or directory"
    assert trouble(root / "d.toml").message.startswith("cannot be read: ")


def test_a_file_of_a_megabyte_is_read_and_a_larger_one_refused(write: Write) -> None:
    line = b"# " + b"x" * 1021 + b"\n"
    assert isinstance(read(write("a.toml", line * 1024)), File)
    assert "1 MiB" in trouble(write("b.toml", line * 1024 + b"\n")).message


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a = 1\nb\n", 2, 'expected "=" between'),
        ("a = 1\nb =\n", 2, "expected a value"),
        ("interval = 30m\n", 1, "expected the line to end here"),
        ("[site\n", 1, "a table's name is not closed"),
        ("[[site]\n", 1, "a table's name is not closed"),
        ("a = 1\ntags = [\n  'x',\n  'y'\n", 2, "a list that begins here is not closed"),
        ("a = 1\ntags = ['x'\n\n", 2, "a list that begins here is not closed"),
        ("a = 1\ntags = ['x'\nb = 2\n", 2, "a list that begins here is not closed"),
        ("tags = [\n  'x',\n\n[[source]]\nurl = 'a'\n", 1, "a list that begins here is not closed"),
        ("a = 1\ntags = [['x'],\n['y'\n  ,\n[site]\n", 3, "a list that begins here is not closed"),
        ("tags = ['x' 'y']\n", 1, "a comma is missing here"),
        ("tags = [\n  'x'\n\n  'y',\n]\n", 2, "a comma is missing here"),
        ("tags = [\n  ['x', 'y']\n  ['z'],\n]\n", 2, "a comma is missing here"),
        ("tags = [1 2]\n", 1, "a list lacks a comma between two values"),
        ("tags = [x, y]\n", 1, "expected a value"),
        ("tags = [x\n]\n\nb = [1\n", 1, "expected a value"),
        ("a = { b = 1\n\n", 1, "a table that begins here is not closed"),
        ('a = "D:\\sources"\n', 1, "a backslash begins an escape"),
        ('a = "\\uZZZZ"\n', 1, "an escape in double quotes is wrong"),
        ('a = "\\ud800"\n', 1, "an escape in double quotes is wrong"),
        ('\na = "x\nb = 1\n', 2, "a text is not closed with its quote"),
        ("\na = 'x\nb = 'y'\n", 2, "a text is not closed with its quote"),
        ("\na = 'x\nb = 1\n", 2, "a text that begins here is not closed"),
        ('a = 1\nb = """\nx\ny\n', 2, "a text that begins here is not closed"),
        ("a = 1\nb = '''\nx\ny\n", 2, "a text that begins here is not closed"),
        ("a = 'x", 1, "a text that begins here is not closed"),
        ('a = "x', 1, "a text that begins here is not closed"),
        ("a = 1\n# \x00\n", 2, "holds a control character"),
        ("a = 2024-02-31\n", 1, "this date does not exist"),
        ("a = { , }\n", 1, "a table in { } must be on one line, without a comma at its end"),
        ("a = 1\nb = { c = 1,\n  d = 2 }\n", 2, "a table in { } must be on one line, without a comma at its end"),
        ("a = 1\nb = {\n  c = 1 }\n", 2, "a table in { } must be on one line, without a comma at its end"),
        ("a = { b = 1, }\n", 1, "a table in { } must be on one line, without a comma at its end"),
        ("a = { b = 1\n}\n", 1, 'a table that begins here is not closed with "}" on its line'),
        ("[.a]\n", 1, "expected a name"),
        ("a = «b»\n", 1, 'expected a value: text in "straight quotes"'),
        ("; a\n", 1, 'expected "name = value", "[table]" or "# comment"'),
        ("a = 1\n= 2\n", 2, 'expected "name = value"'),
        ("a = 1\nb = 2\na = 3\n", 3, "is given twice; first on line 1"),
        ("[a]\n[b]\n[a]\n", 3, "is given twice; first on line 1"),
        ("a = { b = 1, b = 2 }", 1, "is given twice; first on line 1"),
        ("[a]\nb.c = 1\n[a.b]\n", 3, "a name is given twice"),
        ("a = [1]\n[[a]]\n", 2, "is given twice; first on line 1"),
        ("[[source]]\nurl = 'a'\n\n[source]\n", 4, "expected [[source]], with two brackets: there can be several"),
        ("[list]\nurl = 'a'\n[[list]]\n", 1, "expected [[list]], with two brackets: there can be several"),
        ("\n[ channel ] # x\n[site]\n[channel]\n", 2, "expected [[channel]], with two brackets: there can be several"),
        ("[serve]\nlisten = 'a'\n\n[[serve]]\n", 4, "expected [serve], with one bracket, and only once"),
        ("[[serve]]\nlisten = 'a'\n\n[serve]\n", 1, "expected [serve], with one bracket, and only once"),
        ("[[source]]\nurl = 'a'\nurl = 'b'\n", 3, "is given twice; first on line 2"),
        ("\nb = " + "9" * 5000, 2, "a number is too long"),
        ("b = 1\n" + "a." * 500_000 + "a = 1\n", 2, "a name has more than 64 parts"),
        ("b = 1\n" + "'a'." * 200_000 + "a = 1\n", 2, "a name has more than 64 parts"),
        ("b = 1\n[" + '"a" . ' * 150_000 + "a]\n", 2, "a name has more than 64 parts"),
        ("a = " + "[" * 100_000, 0, "nests lists or tables too deeply"),
        ("a = " + "{a=" * 100_000, 0, "nests lists or tables too deeply"),
    ],
)
def test_broken_toml_is_told_with_the_line_where_it_broke(write: Write, text: str, line: int, message: str) -> None:
    found = trouble(write("a.toml", text))
    assert (found.line, found.message[: len(message)]) == (line, message)


def test_an_address_with_many_dots_is_no_long_name(write: Write) -> None:
    url = "https://example.org/" + ".".join(["a"] * 60)
    assert isinstance(read(write("a.toml", f'url = "{url}"')), File)


def test_a_name_that_could_be_an_address_is_not_shown() -> None:
    assert name(("source", 1, "select", "item")) == "source.select.item"
    assert name(("source", 0, "https://me:secret@example.org/")) == "source.…"
