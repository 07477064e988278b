"""Everything placed anew: nothing changes under the same rules, and under others only what they say."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.arrivals import FULL, arrive, article, keyed, numbers, opened, partition, stories_of, told
from support.builders import MOMENT, make_source
from support.simulation import WORDS, World, item, rss
from support.simulation import A as SOURCE
from syndicator.dedup import compare, content
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.model.placement import Joins, Measured, Opens
from syndicator.pipeline.decisions import join, split
from syndicator.pipeline.replay import Done, carry_out, led_anew, replayed
from syndicator.store import Change, Store
from syndicator.store.replaying import NEW

LATER = MOMENT + timedelta(days=1)
A, B, C = (article(it, url="river") for it in "abc")
FIRE, REPRINT = (
    keyed(replace(article(source, title="Fire at the harbour"), key=key, text=text))
    for source, key, text in (
        ("a", "fire", FULL),
        ("b", "reprint", FULL.replace("shortly after midnight", "late at night").replace("completely", "entirely")),
    )
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "syndicator.db", *"abcd") as store:
        yield store


def quiet(count: int, total: int) -> None:
    assert count <= total


def changes(store: Store) -> list[Change]:
    with replayed(store, quiet) as paper:
        return list(paper.changes())


def apply(store: Store) -> Done:
    with replayed(store, quiet) as paper:
        return carry_out(store, paper, LATER)


def formerly(it: Article, **keys: bytes) -> Article:
    """The article as other rules would have keyed it."""
    return replace(it, **keys)


def test_likeness_keys_are_those_that_a_reader_gives(tmp_path: Path) -> None:
    world = World.open(tmp_path, SOURCE)
    world.network.serve(SOURCE.url, rss(item(1, text=WORDS), item(2, text=f"<p>Всё ещё «{WORDS}»</p>"), item("3")))
    world.settle()
    with replayed(world.pump.store, quiet) as paper:
        assert paper.total() == 3
        assert list(paper.rekeyed()) == []
    world.pump.store.close()


class TestUnderTheSameRules:
    def test_nothing_changes(self, store: Store) -> None:
        arrive(store, A, article("b", text="1"), B, article("c", url="river", text="1"), C)
        before = stories_of(store)
        assert changes(store) == []
        assert apply(store) == Done()
        assert stories_of(store) == before

    def test_decisions_stand(self, store: Store) -> None:
        arrive(store, A, B, C, article("d", text="other"))
        split(store, "1", "b", LATER)
        join(store, "1", "2", LATER)
        before = stories_of(store)
        assert changes(store) == []
        assert apply(store) == Done()
        assert stories_of(store) == before

    def test_what_nearly_equal_texts_have_joined_stays(self, store: Store) -> None:
        arrive(store, FIRE, REPRINT)
        assert [copies for _, copies in stories_of(store)] == [["a", "b"]]
        assert changes(store) == []

    def test_it_stays_also_when_its_texts_have_changed_since_and_nobody_can_tell_any_more(self, store: Store) -> None:
        arrive(store, FIRE, REPRINT)
        arrive(store, keyed(replace(FIRE, text=told("quite other words"))), now=LATER)
        assert changes(store) == []
        arrive(store, keyed(replace(REPRINT, text=told("and other ones again"))), now=LATER)
        assert changes(store) == []

    def test_it_stays_also_when_its_source_calls_the_other_by_another_key(self, store: Store) -> None:
        arrive(store, FIRE, REPRINT)
        with store.recording(LATER) as recording:
            recording.renamed("a", [(FIRE.key, "new")])
        assert [json.loads(copy.detail)["with"] for copy, _ in store.held(1) if copy.detail] == [["a", "new"]]
        assert changes(store) == []

    def test_what_a_layer_has_joined_that_is_not_judged_anew_stays(self, store: Store) -> None:
        arrive(store, A)
        with store.recording(LATER) as recording:
            recording.write(article("b", text="other"), Joins(story=1, reason="another"), b"")
        assert changes(store) == []

    def test_a_correction_after_a_reprint_splits_nothing(self, store: Store) -> None:
        arrive(store, FIRE, keyed(replace(REPRINT, text=FIRE.text)))
        assert [copy.reason for copy, _ in store.held(1)] == ["first", "text"]
        arrive(store, keyed(replace(FIRE, text=REPRINT.text)), now=LATER)
        assert changes(store) == []

    def test_a_split_of_nearly_equal_texts_stands(self, store: Store) -> None:
        arrive(store, FIRE, REPRINT)
        split(store, "1", "b", LATER)
        before = stories_of(store)
        assert changes(store) == []
        assert apply(store) == Done()
        assert stories_of(store) == before

    def test_what_came_by_a_copy_that_is_gone_stays(self, store: Store) -> None:
        arrive(store, A)
        measured = Measured(source_id="d", key="gone", shorter=1.0, longer=1.0)
        with store.recording(LATER) as recording:
            recording.write(article("b", text="other"), Joins(story=1, reason="near", measured=measured), b"")
        assert changes(store) == []

    def test_what_follows_one_that_is_not_judged_anew_stays_with_it(self, store: Store) -> None:
        arrive(store, A)
        with store.recording(LATER) as recording:
            recording.write(article("b", url="lake"), Joins(story=1, reason="another"), b"")
            recording.write(article("c", url="lake", text="other"), Joins(story=1, reason="url"), b"")
        assert changes(store) == []

    def test_an_article_stays_where_it_is_though_another_story_has_words_more_like_its_own(self, store: Store) -> None:
        likest = keyed(replace(REPRINT, source_id="c", key="likest", canonical_url="https://c.example/own"))
        arrive(store, FIRE, likest)
        split(store, "1", "c", LATER)
        with store.recording(LATER) as recording:
            (known,) = [copy for copy, _ in store.held(1)]
            found = compare(content(FIRE), content(REPRINT))
            measured = Measured(source_id="a", key=known.key, shorter=found.shorter, longer=found.longer)
            words = keyed(replace(REPRINT, text=REPRINT.text + " More is to follow."))
            recording.write(words, Joins(story=1, reason="near", measured=measured), b"")
        assert changes(store) == []

    def test_an_entry_that_was_edited_under_a_new_id_stays_one_with_itself(self, store: Store) -> None:
        dated = replace(A, published=MOMENT)
        edited = keyed(replace(dated, key="new", text=told("edited")))
        with store.recording(MOMENT) as recording:
            recording.write(dated, Opens(), b"1")
            recording.write(edited, Joins(story=1, reason="url"), b"2")
        assert changes(store) == []

    def test_what_a_source_showed_side_by_side_under_one_headline_and_date_stays_two(self, store: Store) -> None:
        dated = replace(A, published=MOMENT)
        part = keyed(replace(dated, key="part", text=told("part")))
        with store.recording(MOMENT) as recording:
            recording.write(dated, Opens(), b"1")
            recording.write(part, Opens(), b"2")
        assert changes(store) == []

    def test_what_a_source_showed_side_by_side_stays_two(self, store: Store) -> None:
        part = keyed(replace(A, key="part", text="Another part. " * 20, published=A.published))
        with store.recording(MOMENT) as recording:
            recording.write(A, Opens(), b"1")
            recording.write(part, Opens(), b"2")
        assert changes(store) == []


class TestUnderOtherRules:
    def test_two_that_are_one_now_are_merged_and_the_older_id_lives(self, store: Store) -> None:
        arrive(store, formerly(A, url_key=b"", text_key=b""), B, article("c", text="other"))
        (old, _), (young, _), rest = stories_of(store)
        assert changes(store) == [Change(story=2, into=1, articles=(2,), whole=True)]
        assert stories_of(store)[0] == (old, ["a"]), "a look changes nothing"
        assert apply(store) == Done(merged=1, moved=1)
        assert stories_of(store) == [(old, ["a", "b"]), rest]
        assert store.find(young) == [1]
        assert changes(store) == []

    def test_what_is_not_one_any_more_is_split_and_the_story_keeps_its_id(self, store: Store) -> None:
        stranger = article("b", text="other", title="Another")
        arrive(store, A, formerly(stranger, url_key=A.url_key), B)
        ((guid, copies),) = stories_of(store)
        assert copies == ["a", "b", "b"]
        assert changes(store) == [Change(story=1, into=NEW + 2, articles=(2,), whole=False)]
        assert apply(store) == Done(opened=1, moved=1)
        assert [(it == guid, copies) for it, copies in stories_of(store)] == [(True, ["a", "b"]), (False, ["b"])]
        assert [number for number, _ in store.select(match="another", limit=9)] == [2]
        assert changes(store) == []

    def test_a_copy_that_belongs_to_another_story_goes_there_and_is_found_there(self, store: Store) -> None:
        mine, stranger = (
            article("c", url="lake", title="Lake"),
            article("b", url="lake", text="other", title="Lake too"),
        )
        arrive(store, A, mine, formerly(stranger, url_key=A.url_key))
        assert [copies for _, copies in stories_of(store)] == [["a", "b"], ["c"]]
        assert apply(store) == Done(moved=1)
        assert [copies for _, copies in stories_of(store)] == [["a"], ["c", "b"]]
        assert [copy.reason for copy, _ in store.held(2)] == ["first", "url"]
        assert [number for number, _ in store.select(match="lake", limit=9)] == [2]

    def test_strangers_that_are_one_leave_together(self, store: Store) -> None:
        two = [article(it, url="lake", text=it, title="Lake") for it in "bc"]
        arrive(store, A, *(formerly(it, url_key=A.url_key) for it in two))
        assert changes(store) == [Change(story=1, into=NEW + 2, articles=(2, 3), whole=False)]
        assert apply(store) == Done(opened=1, moved=2)
        assert [copies for _, copies in stories_of(store)] == [["a"], ["b", "c"]]
        assert [copy.reason for copy, _ in store.held(numbers(store)[1])] == ["first", "url"]

    def test_a_text_that_is_like_two_others_makes_them_one(self, store: Store) -> None:
        lines = FULL.split(". ")
        first, last = (
            keyed(replace(FIRE, source_id=source, key=source, canonical_url=f"https://{source}.example/", text=text))
            for source, text in (("c", ". ".join(lines[:-2])), ("d", ". ".join(lines[2:])))
        )
        with store.recording(MOMENT) as recording:
            for it in (first, last, FIRE):
                recording.write(it, Opens(), b"")
        assert not compare(content(first), content(last)).holds
        assert apply(store) == Done(merged=2, moved=2)
        assert sorted(stories_of(store)[0][1]) == ["a", "c", "d"]

    def test_what_the_operator_has_moved_meanwhile_stays_there_and_is_counted(self, store: Store) -> None:
        arrive(store, article("d", text="other"), formerly(A, url_key=b"", text_key=b""), B)
        with replayed(store, quiet) as paper:
            join(store, "1", "3", LATER)
            assert carry_out(store, paper, LATER) == Done(left=1)
        assert [sorted(copies) for _, copies in stories_of(store)] == [["b", "d"], ["a"]]

    def test_nothing_goes_into_a_story_that_is_gone_meanwhile(self, store: Store) -> None:
        arrive(store, article("d", text="other"), formerly(A, url_key=b"", text_key=b""), B)
        with replayed(store, quiet) as paper:
            join(store, "1", "2", LATER)
            assert carry_out(store, paper, LATER) == Done(left=1)
        assert [sorted(copies) for _, copies in stories_of(store)] == [["a", "d"], ["b"]]

    def test_a_story_that_comes_to_another_leads_it_if_it_has_far_more_to_say(self, store: Store) -> None:
        fuller = keyed(replace(B, text=B.text * 9))
        arrive(store, formerly(A, url_key=b"", text_key=b""), fuller)
        assert apply(store).merged == 1
        assert [copies for _, copies in stories_of(store)] == [["b", "a"]]

    def test_it_is_told_how_far_it_is(self, store: Store) -> None:
        arrive(store, A, article("b", text="1"))
        seen = list[tuple[int, int]]()
        with replayed(store, lambda *it: seen.append(it)):
            assert seen == [(0, 2), (2, 2)]

    def test_a_lead_that_leaves_gives_way_to_another_copy(self, store: Store) -> None:
        stranger = keyed(replace(article("b", text="other", title="Another"), text="Other words. " * 99))
        arrive(store, A, formerly(stranger, url_key=A.url_key))
        assert [copies for _, copies in stories_of(store)] == [["b", "a"]]
        apply(store)
        assert [copies for _, copies in stories_of(store)] == [["a"], ["b"]]

    def test_nearly_equal_texts_that_were_two_are_merged_whichever_came_first(self, store: Store) -> None:
        with store.recording(MOMENT) as recording:
            for it in (FIRE, REPRINT):
                recording.write(it, Opens(), b"")
        (old, _), _ = stories_of(store)
        assert changes(store) == [Change(story=2, into=1, articles=(2,), whole=True)]
        assert apply(store) == Done(merged=1, moved=1)
        assert stories_of(store) == [(old, ["a", "b"])]
        (copy,) = [copy for copy, _ in store.held(1) if copy.source_id == "b"]
        assert (copy.reason, json.loads(copy.detail)["with"]) == ("near", ["a", "fire"])
        assert changes(store) == []

    def test_they_stay_two_where_they_came_weeks_apart(self, store: Store) -> None:
        arrive(store, FIRE)
        arrive(store, article("d"), REPRINT, now=MOMENT + timedelta(days=15))
        assert len(numbers(store)) == 3
        assert changes(store) == []

    def test_what_is_not_nearly_the_same_any_more_is_split(self, store: Store) -> None:
        stranger = keyed(replace(REPRINT, text=told("quite other words")))
        found = compare(content(FIRE), content(stranger))
        measured = Measured(source_id="a", key="fire", shorter=found.shorter, longer=found.longer)
        arrive(store, FIRE)
        with store.recording(LATER) as recording:
            recording.write(stranger, Joins(story=1, reason="near", measured=measured), b"")
        assert changes(store) == [Change(story=1, into=NEW + 2, articles=(2,), whole=False)]

    def test_a_sketch_of_another_version_is_made_anew_and_found(self, store: Store) -> None:
        arrive(store, formerly(FIRE, sketch=b"\0" + FIRE.sketch[1:]), replace(REPRINT, sketch=b""))
        assert len(numbers(store)) == 2
        assert apply(store).merged == 1
        arrive(store, keyed(replace(REPRINT, source_id="c", text=REPRINT.text.replace("noon", "one"))), now=LATER)
        assert [copies for _, copies in stories_of(store)] == [["a", "b", "c"]]

    def test_an_article_that_changed_meanwhile_keeps_what_it_is_compared_by(self, store: Store) -> None:
        arrive(store, formerly(A, url_key=b"", text_key=b""), formerly(B, text_key=b""))
        with replayed(store, quiet) as paper:
            arrive(store, keyed(replace(B, title="New", text=told("quite other words"))), now=LATER)
            carry_out(store, paper, LATER)
        arrive(store, article("c", text="quite other words"), now=LATER)
        assert partition(store) == {frozenset(["a-river-", "b-river-", "c--quite other words"])}

    def test_articles_that_arrived_meanwhile_stay_where_they_are(self, store: Store) -> None:
        arrive(store, formerly(A, url_key=b"", text_key=b""), B)
        with replayed(store, quiet) as paper:
            arrive(store, C, now=LATER)
            assert carry_out(store, paper, LATER).merged == 1
        assert [copies for _, copies in stories_of(store)] == [["a", "b", "c"]]

    def test_likeness_keys_are_those_of_today_afterwards(self, store: Store) -> None:
        arrive(store, formerly(A, text_key=b"", url_key=b""))
        apply(store)
        arrive(store, B, now=LATER)
        assert [copies for _, copies in stories_of(store)] == [["a", "b"]]

    def test_a_priority_that_is_only_configured_is_seen(self, store: Store) -> None:
        arrive(store, A, B)
        assert [(story, copy.source_id) for story, copy in led_anew(store, {"b": 1})] == [(1, "b")]
        assert list(led_anew(store, {"a": 1, "b": 1})) == []
        assert list(led_anew(store, {})) == []

    def test_a_changed_priority_changes_the_lead(self, store: Store) -> None:
        arrive(store, A, B)
        store.adopt(
            [make_source(id="b", priority=1), make_source(id="a", url="https://a.example")], {"a": LATER, "b": LATER}
        )
        assert apply(store) == Done(led=1)
        assert [copies for _, copies in stories_of(store)] == [["b", "a"]]
        assert apply(store) == Done()


DRAWN = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from(["", "u1", "u2"]),
        st.sampled_from(["", "t1", "t2", "fire", "reprint"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "syndicator.db"
        with opened(path, *"abcd"):
            pass
        yield path


@given(DRAWN, st.lists(st.tuples(st.booleans(), st.integers(0, 7), st.integers(0, 7)), max_size=3))
@settings(max_examples=60, deadline=None)
def test_whatever_came_and_was_decided_a_replay_changes_nothing_the_second_time(
    template: Path, drawn: list, decided: list
) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(Path(shutil.copy(template, folder)), *"abcd") as store:
        whole = {"fire": FIRE.text, "reprint": REPRINT.text}
        made = [
            keyed(replace(it, key=f"{number}", claimed=claimed, text=whole.get(text, it.text)))
            for number, (source, url, text, claimed) in enumerate(drawn)
            for it in [article(source, url=url, text=text, title=f"{url}{text}")]
        ]
        arrive(store, *made)
        for is_split, one, other in decided:
            there = numbers(store)
            mine = store.held(there[one % len(there)])
            if is_split and len(mine) > 1:
                split(store, str(there[one % len(there)]), str(mine[other % len(mine)][0].number), LATER)
            elif not is_split and one % len(there) != other % len(there):
                join(store, str(there[one % len(there)]), str(there[other % len(there)]), LATER)
        apply(store)
        settled, ids = partition(store), [guid for guid, _ in stories_of(store)]
        assert apply(store) == Done()
        assert (partition(store), [guid for guid, _ in stories_of(store)]) == (settled, ids)
        assert {it.lead.source_id for it in store.stories(numbers(store))}
        for number in numbers(store):
            (story,) = store.stories([number])
            assert (story.lead.source_id, story.lead.key) in {(it.source_id, it.key) for it, _ in store.held(number)}
