"""Entries under other ids, and when a source's ids are worth nothing: told from digests alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.dedup.churn import PROOF, TELLING, Returning, keys, linked, proven, returning
from syndicator.model.state import KeyedBy
from syndicator.text.keys import found

GUID, LINK, CONTENT = KeyedBy


def entry(words: object, link: object = None, date: object = "") -> bytes:
    place = "" if link is None else f"a.example/{link}"
    return found(f"words {words}", place, f"{words} {place} {date}")


def document(numbers: range, ids: str = "", *, link: str | None = "{}", date: str = "") -> dict[str, bytes]:
    return {f"{ids}{it}": entry(it, None if link is None else link.format(it), date) for it in numbers}


def pairs(numbers: range, old: str, new: str) -> tuple[tuple[str, str], ...]:
    return tuple((f"{old}{it}", f"{new}{it}") for it in numbers)


class TestAnEntryReturnsUnderAnotherId:
    def test_when_all_else_is_the_same_and_it_has_a_link(self) -> None:
        few = range(3)
        assert returning(document(few, "new"), document(few, "old"), GUID).renamed == pairs(few, "old", "new")
        without = document(few, "new", link=None), document(few, "old", link=None)
        assert returning(*without, GUID).renamed == ()

    def test_when_that_is_another_way_of_writing_the_same(self) -> None:
        old = {"http://a.example/1": entry(1), "g": entry(2)}
        new = {"https://a.example/1?utm_id=7": entry(1), "g#0a1b2c3d": entry(2)}
        assert returning(new, old, GUID).renamed == tuple(zip(old, new, strict=True))

    def test_but_not_in_other_words_at_another_address_or_on_another_day(self) -> None:
        for other in (entry(2, 1), entry(1, 2), entry(1, 1, "tomorrow")):
            assert returning({"new": other}, {"old": entry(1, 1)}, GUID).renamed == ()

    def test_however_it_is_written(self) -> None:
        old, new = {"old": entry(1, 1) + b"in bytes"}, {"new": entry(1, 1) + b"in words"}
        assert returning(new, old, GUID).renamed == (("old", "new"),)

    def test_but_not_while_the_document_shows_the_one_it_had(self) -> None:
        assert returning({"old": entry(1, 1), "new": entry(1, 1)}, {"old": entry(1, 1)}, GUID).renamed == ()

    def test_each_once(self) -> None:
        new = dict.fromkeys("abc", entry(1, 1))
        assert returning(new, dict.fromkeys("xy", entry(1, 1)), GUID).renamed == (("x", "a"), ("y", "b"))

    def test_with_other_dates_or_without_a_link_where_the_whole_document_says_so(self) -> None:
        many, few = range(TELLING), range(TELLING - 1)
        for changes in ({"link": None}, {"date": "now"}):
            for numbers, expected in ((many, pairs(many, "old", "new")), (few, ())):
                before = document(numbers, "old", link=changes.get("link", "{}"))
                assert returning(document(numbers, "new", **changes), before, GUID).renamed == expected, changes
                assert len(returning(document(numbers, "new", **changes), before, LINK).renamed) == len(numbers)

    def test_at_another_address_where_the_whole_document_says_so(self) -> None:
        many, few = range(TELLING), range(TELLING - 1)
        for numbers, expected in ((many, pairs(many, "old", "new")), (few, ())):
            before, after = document(numbers, "old"), document(numbers, "new", link="{}?v=2")
            assert returning(after, before, GUID).renamed == returning(after, before, LINK).renamed == expected
            assert returning(after, before, CONTENT).renamed == pairs(numbers, "old", "new")

    def test_but_no_notice_in_the_words_of_an_old_one_among_others_that_keep_their_links(self) -> None:
        many = range(TELLING)
        before = document(many, "old") | {"notice": entry("Road closed", "may")}
        after = document(many, "new") | {"another": entry("Road closed", "june")}
        assert returning(after, before, GUID).renamed == pairs(many, "old", "new")


class TestADocumentArgues:
    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({}, LINK),
            ({"date": "now"}, LINK),
            ({"link": "{}?v=2"}, CONTENT),
            ({"link": None}, CONTENT),
        ],
    )
    def test_against_what_changes_while_the_words_stay(self, changes: dict[str, str], expected: KeyedBy) -> None:
        assert returning(document(range(5), "new", **changes), document(range(5), "old"), GUID).keyed_by == expected

    def test_for_its_ids_when_a_tenth_of_them_holds_or_of_the_words_is_new(self) -> None:
        before = document(range(20), "old")
        held = document(range(3), "old") | document(range(3, 20), "new")
        new = document(range(3, 23), "new")
        assert returning(held, before, GUID).keyed_by == returning(new, before, GUID).keyed_by == GUID
        nearly = document(range(2), "old") | document(range(2, 20), "new")
        assert returning(nearly, before, GUID).keyed_by == LINK

    def test_for_its_ids_when_it_says_the_same_over_and_over(self) -> None:
        before = {f"old{it}": entry("Road closed", it) for it in range(20)}
        after = {f"new{it}": entry("Road closed", 20 + it) for it in range(20)}
        assert returning(after, before, GUID) == Returning()

    def test_for_its_ids_when_nothing_is_known(self) -> None:
        assert returning(document(range(20)), {}, GUID).keyed_by == returning({}, {}, GUID).keyed_by == GUID


@pytest.mark.parametrize(
    ("link", "keyed_by", "expected"),
    [("{}", GUID, False), ("{}?v=2", GUID, True), ("{}", LINK, False), ("{}", CONTENT, True)],
)
def test_another_link_is_no_news_where_nearly_all_are_others(link: str, keyed_by: KeyedBy, expected: bool) -> None:
    numbers = range(TELLING)
    assert returning(document(numbers, "new", link=link), document(numbers, "old"), keyed_by).relinked is expected


@pytest.mark.parametrize(("keyed_by", "expected"), [(GUID, False), (CONTENT, True)])
def test_another_link_is_no_news_where_entries_are_told_by_their_words_though_none_is_new(
    keyed_by: KeyedBy, expected: bool
) -> None:
    shown = keys(document(range(3)), keyed_by)
    again = {shown[key]: found for key, found in document(range(3), link="{}?v=2").items()}
    assert returning(again, {shown[key]: it for key, it in document(range(3)).items()}, keyed_by).relinked is expected


class TestIdsAreProvenWorthless:
    def test_by_two_documents_in_a_row(self) -> None:
        once = proven(GUID, 0, LINK, 1000)
        assert once == (GUID, PROOF // 2)
        assert proven(*once, LINK, 1000) == (LINK, 0)
        assert proven(*proven(*once, GUID, 1000), LINK, 1000) == once

    def test_by_more_of_them_where_they_are_short(self) -> None:
        state = (GUID, 0)
        for _ in range(PROOF - 1):
            state = proven(*state, LINK, 1)
        assert state == (GUID, PROOF - 1)
        assert proven(*state, LINK, 1) == (LINK, 0)

    def test_not_by_an_empty_one_which_proves_nothing_else_either(self) -> None:
        assert proven(GUID, 5, GUID, 0) == (GUID, 5)

    def test_and_links_after_them_but_never_back(self) -> None:
        assert proven(LINK, 5, CONTENT, 9) == (CONTENT, 0)
        assert proven(CONTENT, 0, LINK, 9) == (CONTENT, 0)
        assert proven(LINK, 5, LINK, 9) == (LINK, 0)


class TestKeys:
    def test_are_the_ids_where_these_hold(self) -> None:
        assert keys(document(range(3)), GUID) == {"0": "0", "1": "1", "2": "2"}

    def test_by_link_are_the_same_in_other_words(self) -> None:
        many = {str(it): entry(it, it) for it in range(TELLING)}
        edited = {str(it): entry(it + 1, it) for it in range(TELLING)}
        assert keys(many, LINK) == keys(edited, LINK)
        assert len(set(keys(many, LINK).values())) == TELLING

    def test_by_link_hold_the_words_too_where_links_are_few_or_shared(self) -> None:
        for shown in ({"a": entry(1, 1)}, {str(it): entry(it, it // 2) for it in range(TELLING * 2)}):
            edited = {key: entry(f"other {key}", 1) for key in shown}
            assert len(keys(shown, LINK)) == len(shown)
            assert not set(keys(shown, LINK).values()) & set(keys(edited, LINK).values())

    def test_by_link_leave_out_what_stands_there_twice(self) -> None:
        assert list(keys({"a": entry(1, 1), "b": entry(1, 1, "now"), "c": entry(1, 2)}, LINK)) == ["a", "c"]

    def test_by_content_are_the_same_at_other_addresses_and_count_what_is_alike(self) -> None:
        one = keys({"a": entry(1, 1), "b": entry(1, 2), "c": entry(2, 3)}, CONTENT)
        other = keys({"x": entry(1, 7), "y": entry(2, 8), "z": entry(1, 9)}, CONTENT)
        assert sorted(one.values()) == sorted(other.values())
        assert len(set(one.values())) == 3


def test_links_tell_apart_when_they_are_many_and_each_has_one_of_its_own() -> None:
    many = list(document(range(TELLING)).values())
    assert linked(many)
    assert not linked(many[1:])
    assert not linked([*many, many[0]])
    assert not linked([*many, entry(99)])


hashes = st.builds(entry, st.integers(0, 3), st.none() | st.integers(0, 2), st.sampled_from(["", "now"]))
shown = st.dictionaries(st.sampled_from([*"abcdefgh", "a#0a1b2c3d"]), hashes)


@given(shown, shown, st.sampled_from(KeyedBy))
def test_nothing_is_renamed_twice_to_what_is_taken_or_from_what_is_shown(
    now: dict[str, bytes], known: dict[str, bytes], keyed_by: KeyedBy
) -> None:
    found = returning(now, known, keyed_by)
    old, new = {it for it, _ in found.renamed}, {it for _, it in found.renamed}
    assert len(old) == len(new) == len(found.renamed)
    assert old <= known.keys() - now.keys()
    assert new <= now.keys() - known.keys()
    assert all(known[before][:8] == now[after][:8] for before, after in found.renamed), "never in other words"


@given(shown, st.sampled_from(KeyedBy))
def test_keys_are_unique(now: dict[str, bytes], keyed_by: KeyedBy) -> None:
    own = keys(now, keyed_by)
    assert own.keys() <= now.keys()
    assert len(set(own.values())) == len(own)
