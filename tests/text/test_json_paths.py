"""A path leads to what it names, and to nothing else; one that is none is refused before anything is read."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicator.text.json_paths import explain, find, leads_to_text, path, template, texts

DOCUMENT: Any = {
    "data": {"items": [{"id": 1, "tags": ["a", "b"]}, {"id": 2, "tags": []}], "total": 2},
    "map": {"0": "zero", "x.y": "dotted", "a b": "spaced", "$t": "text", "wp:term": "colon", "ключ": "русский"},
    "nothing": None,
}


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("data.total", [2]),
        ("$.data.total", [2]),
        ("$['data'][\"total\"]", [2]),
        ("data.items.0.id", [1]),
        ("data.items[0].id", [1]),
        ("data.items[-1].id", [2]),
        ("data.items.-1.id", [2]),
        ("data.items.*.id", [1, 2]),
        ("data.items[*]['tags'][*]", ["a", "b"]),
        ("data.items.*.tags", [["a", "b"], []]),
        ("map.0", ["zero"]),
        ("map[0]", ["zero"]),
        ("map['x.y']", ["dotted"]),
        ('map["a b"]', ["spaced"]),
        ("map.$t", ["text"]),
        ("map.wp:term", ["colon"]),
        ("map.ключ", ["русский"]),
        ("nothing", [None]),
        ("nothing.more", []),
        ("data.items.2", []),
        ("data.items.-3", []),
        ("data.items.id", []),
        ("data.total.*", []),
        ("Data", []),
        ("", [DOCUMENT]),
        ("$", [DOCUMENT]),
    ],
)
def test_a_path_leads_to_what_it_names(written: str, found: list[object]) -> None:
    assert find(DOCUMENT, path(written)) == found


@pytest.mark.parametrize(
    "written",
    [
        *(
            "a..b",
            "a.",
            ".a",
            ".",
            "..",
            "a b",
            " a",
            "a[",
            "a]",
            "a[]",
            "a[1:2]",
            "a[?(@.b)]",
            "a['b\"]",
            "a['b'",
            "a*",
        ),
        *("a[0]b", "$..a", "$.", "/data/items", "https://town.example/news", "a,b", "a|b", "{a}", "a[1.5]", "a" * 1001),
    ],
)
def test_what_is_no_path_is_refused_without_being_repeated(written: str) -> None:
    with pytest.raises(ValueError, match=r"^expected a path") as refused:
        path(written)
    assert len(written) < 3 or written not in str(refused.value)


def test_the_place_is_told_from_which_on_it_is_no_path() -> None:
    for written, place in (("a b", 2), ("data.items[1:2]", 11), ("$.a..b", 4), ("a.", 2), ("/a", 1)):
        with pytest.raises(ValueError, match=f"its character {place} on"):
            path(written)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", []),
        ("data.total", ["2"]),
        ("data.items.*.tags", ["a", "b"]),
        ("data.items.*.id", ["1", "2"]),
        ("data", []),
        ("nothing", []),
        ("{data.total}", ["2"]),
        ("https://town.example/{map.0}/{data.items.1.id}", ["https://town.example/zero/2"]),
        ("{ map.ключ }!", ["русский!"]),
        ("/{data.items.*.tags}", ["/a"]),
        ("/{data.items}", []),
        ("{map.0}{nothing}", []),
        ("{map.0} {missing}", []),
    ],
)
def test_texts_are_those_that_a_template_comes_to(written: str, found: list[str]) -> None:
    assert list(texts(DOCUMENT, template(written), 10)) == found


def test_numbers_are_texts_and_true_and_false_say_nothing() -> None:
    values = [0, 5, 1714987800.0, True, False, None, "", " a ", [], {}]
    assert list(texts(values, template("$"), 10)) == ["0", "5", "1714987800.0", "a"]
    assert list(texts(values, template("*"), 2)) == ["0", "5"]


@pytest.mark.parametrize("written", ["{", "}", "a{b", "{a}}", "{{a}}", "{}", "{ }", "/{a..b}", "x{a b}"])
def test_what_is_no_template_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"^expected a path"):
        template(written)


def test_a_place_for_a_text_is_told_from_objects() -> None:
    values: Any = {
        "text": "a",
        "empty": "",
        "null": None,
        "list": [],
        "texts": [{}, "a"],
        "object": {},
        "objects": [{}],
    }
    assert [it for it in values if leads_to_text(values, path(it))] == ["text", "empty", "null", "list", "texts"]
    assert not leads_to_text(values, path("missing"))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("a.b", "the item has data, map, nothing"),
        ("data.entries", '"data" has items, total'),
        ("data.items.id", '"data.items" is a list of 2'),
        ("data.items.*.name", '"data.items.*" has id, tags'),
        ("data.items.1.tags.0", '"data.items.1.tags" is an empty list'),
        ("data.total.x", '"data.total" is a number'),
        ("map.0.x", '"map.0" is a text'),
        ("nothing.x", '"nothing" is null'),
        ("data", '"data" has items, total'),
    ],
)
def test_where_a_path_ends_is_told_with_what_there_is(written: str, told: str) -> None:
    assert explain(DOCUMENT, path(written), "the item") == told


@pytest.mark.parametrize(
    ("value", "told"), [({}, "is an empty object"), ("  ", "is an empty text"), (True, "is true"), (False, "is false")]
)
def test_what_is_there_is_named(value: object, told: str) -> None:
    assert explain(value, path("a"), "it") == f"it {told}"


def test_of_many_keys_and_long_ones_only_so_much_is_told() -> None:
    told = explain({"k\n" + "x" * 5_000_000: 1} | {str(it): 1 for it in range(10_000)}, path("a"), "it")
    assert len(told) < 200
    assert "\n" not in told
    assert told.endswith("and 9981 more")


NAMES = st.text(min_size=1, max_size=8)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


def places(value: object) -> list[list[str | int]]:
    """The way to each place of a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [[], *([key, *way] for key, each in inner for way in places(each))]


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS, st.data())
def test_a_normalized_path_of_the_standard_leads_to_its_place(document: object, data: st.DataObject) -> None:
    """RFC 9535, section 2.7, but for names that would have to be escaped."""
    way = data.draw(st.sampled_from(places(document)))
    if any(isinstance(it, str) and re.search(r"['\\]", it) for it in way):
        return
    written = "$" + "".join(f"[{it}]" if isinstance(it, int) else f"['{it}']" for it in way)
    if len(written) > 1000:
        return
    value: Any = document
    for it in way:
        value = value[it]
    assert find(document, path(written)) == [value]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab01$.*[]{}'\"- ", max_size=20), DOCUMENTS)
def test_any_text_is_a_template_or_refused(written: str, document: object) -> None:
    try:
        parts = template(written)
    except ValueError as refused:
        assert str(refused).startswith("expected")  # noqa: PT017  # either is right
        return
    assert all(isinstance(it, str) and it for it in texts(document, parts, 5))
    assert len(list(texts(document, parts, 5))) <= 5
    for it in parts:
        assert isinstance(it, str) or explain(document, it, "it")


@pytest.mark.parametrize("bomb", ["[" * 1000, "a." * 500, "['" * 500, "{" * 100_000, "{a" * 500_000, "." * 3_000_000])
def test_hostile_paths_are_refused_in_a_moment(bomb: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        template(bomb)


def test_a_path_costs_no_more_than_the_document() -> None:
    document = json.loads("[" * 900 + "1," * 500_000 + "1" + "]" * 900)
    assert len(find(document, path(".".join("*" * 400)))) == 1
    assert len(find(document, path(".".join("*" * 499)))) == 1
    wide = [[list(range(1000))] * 100] * 10
    assert len(find(wide, path("*.*.*"))) == 10 * 100 * 1000
