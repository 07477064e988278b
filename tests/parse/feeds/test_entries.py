from hypothesis import given
from hypothesis import strategies as st

from syndicator.model.article import Enclosure, Entry, Person, Text
from syndicator.parse.feeds.entries import Fields, distinct, files, merge, people, split_again


def entry(guid: str = "", url: str = "", title: str = "", **fields: str) -> Entry:
    return Entry(key="", guid=guid, url=url, title=Text(value=title) if title else None, **fields)


def test_the_more_trusted_vocabulary_goes_first_and_lists_are_joined() -> None:
    first: Fields = {"guid": "g", "categories": ["a", "b"], "published": ["1"], "title": None}
    second: Fields = {"guid": "other", "url": "u", "categories": ["b", "c"], "published": ["2"], "raw": b"x"}
    merged = merge([first, second])
    assert merged == Entry(key="g", guid="g", url="u", categories=("a", "b", "c"), published="1", raw=b"x")


def test_what_two_places_say_of_one_person_or_file_is_joined() -> None:
    assert people([Person(name="A B", email="a@b"), Person(name="a b", url="u"), Person(name="C")]) == (
        Person(name="A B", email="a@b", url="u"),
        Person(name="C"),
    )
    assert files([Enclosure(url="u"), Enclosure(url="u", type="t", length=3, title="x"), Enclosure(url="v")]) == (
        Enclosure(url="u", type="t", length=3, title="x"),
        Enclosure(url="v"),
    )


def test_a_key_is_the_guid_else_the_link_else_a_digest() -> None:
    found, warnings = distinct([entry("g", "u"), entry("", "u2"), entry(title="t"), entry(title="t", published="2020")])
    assert [each.key for each in found[:2]] == ["g", "u2"]
    assert [len(each.key) for each in found[2:]] == [32, 32]
    assert found[2].key != found[3].key
    assert warnings == ()


def test_an_entry_that_says_nothing_is_left_out_and_counted() -> None:
    found, warnings = distinct([entry(), entry("g"), entry(published="2020")])
    assert [each.key for each in found] == ["g"]
    assert warnings == ("Empty entries were left out: 2.",)


same_guid = st.builds(entry, st.just("g"), st.sampled_from(["u", "v", ""]), st.sampled_from(["t", "s", ""]))


@given(
    st.lists(same_guid | st.builds(entry, st.sampled_from(["g", "h"])), max_size=12).flatmap(
        lambda it: st.tuples(st.just(it), st.permutations(it))
    )
)
def test_keys_are_unique_and_do_not_depend_on_the_order(lists: tuple[list[Entry], list[Entry]]) -> None:
    ours, shuffled = distinct(lists[0])[0], distinct(lists[1])[0]
    keys = [each.key for each in ours]
    assert len(keys) == len(set(keys))
    assert {each.key: each for each in ours} == {each.key: each for each in shuffled}
    assert [each.guid for each in ours] == [each.guid for each in dict.fromkeys(lists[0])]


def test_what_no_database_could_hold_is_no_part_of_a_key() -> None:
    found, _ = distinct([entry("g\ud800\x00h", "u")])
    found[0].key.encode()
    assert "\x00" not in found[0].key


def test_an_id_that_was_shared_once_is_never_taken_for_unique_again() -> None:
    both, _ = distinct([entry("g", "u"), entry("g", "v"), entry("h", "w")])
    alone, _ = distinct([entry("g", "v"), entry("h", "w")])
    keys = [each.key for each in both]
    assert [each.key for each in alone] == ["g", "h"]
    assert [each.key for each in split_again(alone, keys)] == keys[1:]
    assert split_again(alone, ["g", "h#live"]) == alone
