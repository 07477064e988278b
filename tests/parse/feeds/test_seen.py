"""Entries that are known as they are written; `tests/pipeline/test_read_again.py` shows that it makes no difference."""

import pytest

from syndicator.model.article import Entry
from syndicator.model.state import KeyedBy, SourceMemory
from syndicator.parse.feeds.entries import apart
from syndicator.parse.feeds.seen import Seen, Written, read_new, seen

FOUND = b"a known entry's digest.."


def read(element: str, how: Written) -> Entry:
    return Entry(key=element, guid=element, raw=how.raw, written=how.digest)


def shown(*keys: str, inherited: object = "en", known: Seen | None = None) -> tuple[Entry, ...]:
    return read_new([(it, it.encode()) for it in keys], read, inherited, {} if known is None else known)


def memory(*entries: Entry) -> SourceMemory:
    return SourceMemory(entries={it.key: FOUND + it.written for it in entries})


def test_a_known_entry_is_its_key_and_its_hash() -> None:
    one, two = shown("one", "two")
    again = shown("new", "one", "two", known=seen(memory(one, two)))
    assert again[0] == shown("new")[0]
    assert again[1:] == tuple(Entry(key=it.key, found=FOUND + it.written) for it in (one, two))


@pytest.mark.parametrize("inherited", ["ru", ("en",), None])
def test_what_it_inherits_belongs_to_how_it_is_written(inherited: object) -> None:
    known = seen(memory(*shown("one")))
    assert [bool(it.found) for it in shown("one", inherited=inherited, known=known)] == [False]
    assert [bool(it.found) for it in shown("one", known=known)] == [True]


def test_beside_another_of_its_key_it_is_read() -> None:
    (one,) = shown("one")
    elements = [("one", b"one"), ("one", b"in other bytes"), ("two", b"two")]
    again = read_new(elements, read, "en", seen(memory(one, *shown("two"))))
    assert [(it.key, it.raw, bool(it.found)) for it in again] == [
        ("one", b"one", False),
        ("one", b"in other bytes", False),
        ("two", b"", True),
    ]


def test_neither_a_shared_id_nor_one_that_was_shared_is_known() -> None:
    one, two = shown("one", "two")
    known = seen(
        SourceMemory(entries={"one": FOUND + one.written, apart(one): FOUND + b"other", "two": FOUND + two.written})
    )
    assert known == {two.written: ("two", FOUND + two.written)}


def test_what_is_not_known_as_it_is_written_is_not_known_here() -> None:
    assert seen(SourceMemory(entries={"one": FOUND, "two": b""})) == {}


@pytest.mark.parametrize("keyed_by", [KeyedBy.LINK, KeyedBy.CONTENT])
def test_where_ids_are_worthless_nothing_is_known_nor_noted(keyed_by: KeyedBy) -> None:
    known = seen(SourceMemory(entries={"one": FOUND + b"in bytes"}, keyed_by=keyed_by))
    assert known is None
    assert read_new([("one", b"one")], read, "en", None) == (Entry(key="one", guid="one", raw=b"one"),)
