import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.config.lines import KeyPath, Lines

DOCUMENT = '''# a comment = "with quotes
title = "x"     # line 2

[site]
"base_url" = 'http://a/'
text = """
[not.a.table]
also = "no setting" """ # the text ends here
after.dots = 1

[[source]]
url = "a"
tags = [
  "x", # a comment ]
  "y",
]
[source.auth]
username = "u"

[[source]]
url = "b"
select = { item = "article", deep = { link = "a" } }
list = [ { one = 1 }, { two = "]" },
  { three = 3 } ]
quotes = """""a"""""
"k\\u0065y" = 1979-05-27 07:32:00
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("site",), 4),
        (("site", "base_url"), 5),
        (("site", "text"), 6),
        (("site", "after"), 9),
        (("site", "after", "dots"), 9),
        (("source", 0), 11),
        (("source", 0, "url"), 12),
        (("source", 0, "tags"), 13),
        (("source", 0, "tags", 0), 14),
        (("source", 0, "tags", 1), 15),
        (("source", 0, "auth"), 17),
        (("source", 0, "auth", "username"), 18),
        (("source", 1), 20),
        (("source", 1, "url"), 21),
        (("source", 1, "select", "deep", "link"), 22),
        (("source", 1, "list", 1, "two"), 23),
        (("source", 1, "list", 2, "three"), 24),
        (("source", 1, "quotes"), 25),
        (("source", 1, "key"), 26),
    ],
)
def test_every_setting_is_found_on_its_line(path: KeyPath, line: int) -> None:
    assert Lines(DOCUMENT).of(path) == line
    assert Lines(DOCUMENT.replace("\n", "\r\n")).of(path) == line


def test_a_missing_setting_is_looked_for_in_its_table() -> None:
    lines = Lines(DOCUMENT)
    assert lines.of(("source", 1, "id")) == 20
    assert lines.of(("source", 0, "auth", "password")) == 17
    assert lines.of(("channel", 7)) == 1


def test_the_document_is_toml_without_repeats() -> None:
    assert tomllib.loads(DOCUMENT)["source"][1]["key"]
    assert Lines(DOCUMENT).repeats == []


@pytest.mark.parametrize(
    ("text", "repeat", "first"),
    [
        ("a = 1\nb = 2\na = 3\n", (("a",), 3), 1),
        ("[a]\n[b]\n[a]\n", (("a",), 3), 1),
        ("[[s]]\nu = 1\n[[s]]\nu = 1\nu = 2\n", (("s", 1, "u"), 5), 4),
        ("x = {a = 1,\nb = 2}", None, 1),
        ("a = [\n1]\n\na = 2", (("a",), 4), 1),
        ("[a.b]\n[a]\n", None, 2),
    ],
)
def test_what_is_given_twice_is_named_with_both_lines(
    text: str, repeat: tuple[KeyPath, int] | None, first: int
) -> None:
    lines = Lines(text)
    assert lines.repeats == ([repeat] if repeat else [])
    assert lines.of(repeat[0] if repeat else ("a",)) == first


def test_in_a_broken_file_it_knows_where_the_last_thing_began() -> None:
    assert Lines('a = 1\nb = """\nno\nend\n').last == 2
    assert Lines('a = 1\nb = [\n1,\n"x"\n').last == 4


SCALARS = st.one_of(
    st.integers(), st.booleans(), st.text(max_size=8), st.floats(allow_nan=False), st.dates(), st.datetimes()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


def basic(text: str) -> str:
    plain = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(plain.get(c, c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}") for c in text) + '"'


def toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return basic(value)
        case dict():
            return "{" + ", ".join(f"{basic(key)} = {toml(item)}" for key, item in value.items()) + "}"
        case list():
            return "[\n" + "".join(f'  {toml(item)}, # ] }} "\n' for item in value) + "]"
        case _:
            return value.isoformat() if hasattr(value, "isoformat") else str(value)


@given(st.lists(st.dictionaries(st.text(min_size=1, max_size=6), VALUES, max_size=4), max_size=4))
def test_any_document_is_followed_to_its_end(tables: list[dict[str, object]]) -> None:
    written: list[str] = []
    expected: dict[KeyPath, int] = {}
    for index, table in enumerate(tables):
        expected["t", index] = len("".join(written).split("\n"))
        written.append("[[t]]\n")
        for key, value in table.items():
            expected["t", index, key] = len("".join(written).split("\n"))
            written.append(f"{basic(key)} = {toml(value)}\n")
    text = "".join(written)
    assert tomllib.loads(text) == ({"t": tables} if tables else {})
    lines = Lines(text)
    assert {path: lines.of(path) for path in expected} == expected
    assert lines.repeats == []


@given(st.text(alphabet="ab=.\"'[]{},#\n \\1", max_size=80))
def test_no_text_throws_it_off(text: str) -> None:
    assert Lines(text).of(("a", 0, "b")) >= 1


def test_the_lists_that_are_still_open_where_it_breaks_are_known_by_their_lines() -> None:
    assert Lines("a = [1]\nb = [\n  [\n    'x'\n    'y'").open == [2, 3]
    assert Lines("a = [1]\nb = [[2], [3]]\n").open == []
