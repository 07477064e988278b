"""JSON that is nearly JSON gives what can be read of it; what is none says so."""

import json

import pytest

from syndicator.model.failure import FailureKind
from syndicator.parse import Unreadable
from syndicator.parse.feeds.lenient_json import Loaded, dumped, load


def test_what_is_right_is_taken_as_it_is() -> None:
    assert load('{"items":[{"id":1}]}') == Loaded({"items": [{"id": 1}]})


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('{"text":"a\\ud800b"}', "a\ufffdb"),
        ('{"text":"a\tb"}', "a\tb"),
        ('{"text":"a","x":NaN,"y":1e999}', "a"),
        ('{"text":"a","x":' + "9" * 5000 + "}", "a"),
        ('{"text":"a"} <!-- 0.1 s -->', "a"),
        ('{"text":"a, ]","x":[1,],}', "a, ]"),
    ],
    ids=["lone surrogate", "control character", "not a number", "long number", "junk behind", "stray commas"],
)
def test_json_that_is_nearly_json_is_read(body: str, text: str) -> None:
    loaded = load(body)
    assert loaded.document["text"] == text
    assert not loaded.truncated


def test_numbers_beyond_range_stay_as_they_are_written() -> None:
    digits = "9" * 5000
    document = load(f'{{"id":{digits},"x":1e999,"y":NaN,"text":"\t"}}').document
    assert (document["id"], document["x"], document["y"]) == (digits, "1e999", None)


def test_a_document_that_is_cut_gives_the_items_before_the_cut() -> None:
    whole = json.dumps({"version": "v", "items": [{"id": number} for number in range(5)]})
    document, warnings, truncated = load(whole[: whole.index('{"id": 3}') + 5])
    assert document == {"version": "v", "items": [{"id": 0}, {"id": 1}, {"id": 2}]}
    assert truncated
    assert len(warnings) == 2


def test_an_item_that_cannot_be_read_costs_itself_alone() -> None:
    document, warnings, truncated = load('{"version":"v","items":[{"id":1},{"id":"a"b"},{"id":3}]}')
    assert document["items"] == [{"id": 1}, {"id": 3}]
    assert not truncated
    assert warnings[-1].endswith(": 1.")


@pytest.mark.parametrize("body", ["[" * 100_000, '{"a":' * 100_000, '{"items":[{"id":"1"', "", "<html>"])
def test_what_is_no_json_says_so(body: str) -> None:
    with pytest.raises(Unreadable, match="JSON") as failure:
        load(body)
    assert failure.value.kind is FailureKind.MALFORMED


@pytest.mark.parametrize(
    ("names", "head", "tail"),
    [
        ((), "[", "]"),
        (("posts",), '{"total":3,"posts":[', "]}"),
        (("data", "list", "posts"), '{"a":{"b":1},"data":{"n":[1],"list":{"posts":[', "]}}}"),
    ],
    ids=["the document is the list", "one name", "names inside names"],
)
def test_the_list_of_items_is_where_its_names_lead(names: tuple[str, ...], head: str, tail: str) -> None:
    def inside(document: object) -> object:
        for name in names:
            assert isinstance(document, dict)
            document = document[name]
        return document

    cut = load(head + '{"id":1},{"id":2},{"id', names)
    assert inside(cut.document) == [{"id": 1}, {"id": 2}]
    assert cut.truncated
    broken = load(head + '{"id":1},{"id":"a"b"},{"id":3}' + tail, names)
    assert inside(broken.document) == [{"id": 1}, {"id": 3}]
    assert not broken.truncated
    assert not load(head + '{"id":1},{"id":"a"b"}' + tail, names).truncated


@pytest.mark.parametrize("names", [("menu", "posts"), ("side", ""), ("entries",), ()])
def test_items_are_not_looked_for_where_another_list_stands(names: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable, match="JSON"):
        load('{"side":{"posts":[{"id":1},{"id":2},{"id', names)


def test_an_item_that_is_too_deep_has_no_bytes() -> None:
    deep: list[object] = []
    for _ in range(300):
        deep = [deep]
    assert (dumped(deep), dumped({"id": 1})) == (b"", b'{"id":1}')
