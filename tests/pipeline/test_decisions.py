"""What the operator says of stories: it holds at once, for what comes later, and for ever."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from support.arrivals import PROSE, arrive, article, keyed, numbers, opened, partition, stories_of
from support.builders import MOMENT
from syndicator.errors import UsageError
from syndicator.model.article import Article
from syndicator.model.noun import replace
from syndicator.pipeline.decisions import join, split
from syndicator.pipeline.deleting import delete
from syndicator.pipeline.replay import replayed
from syndicator.store import Store

LATER = MOMENT + timedelta(hours=3)
DAYS = MOMENT + timedelta(days=3)

A, B, C, D = (article(it, url="river") for it in "abcd")
OTHER = article("d", text="other")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "syndicator.db", *"abcd") as store:
        yield store


def keys(*groups: str) -> set[frozenset[str]]:
    by_source = {it.source_id: it.key for it in (A, B, C, D)}
    return {frozenset(by_source[source] for source in group) for group in groups}


class TestSplit:
    def test_makes_a_copy_a_story_of_its_own_and_the_other_keeps_its_id(self, store: Store) -> None:
        arrive(store, A, B, C)
        ((guid, _),) = stories_of(store)
        left, own = split(store, guid, "b", LATER)
        assert (left.guid, own.number) == (guid, 2)
        assert stories_of(store) == [(guid, ["a", "c"]), (own.guid, ["b"])]
        assert own.guid not in ("", guid)

    def test_of_the_lead_gives_the_story_another_one_and_its_words(self, store: Store) -> None:
        arrive(store, A, replace(B, title="B's words"))
        left, own = split(store, "1", "a", LATER)
        assert (left.title, own.title) == ("B's words", "A title")
        assert [number for number, _ in store.select(match='"B\'s"', limit=9)] == [left.number]
        (story,) = store.stories([left.number])
        assert story.updated == LATER, "its words are others"
        assert [copy.reason for copy in story.copies] == ["first"]

    def test_holds_for_an_update_of_the_article_and_for_its_text(self, store: Store) -> None:
        arrive(store, A, B)
        split(store, "1", "b", LATER)
        arrive(store, keyed(replace(B, title="New", text=A.text)), now=DAYS)
        arrive(store, keyed(replace(A, title="Newer")), now=DAYS)
        assert partition(store) == keys("a", "b")

    def test_lets_what_would_join_the_old_story_join_it_still(self, store: Store) -> None:
        arrive(store, A, B)
        split(store, "1", "b", LATER)
        arrive(store, C, now=DAYS)
        assert partition(store) == keys("ac", "b")

    def test_lets_a_copy_of_what_was_split_off_join_that(self, store: Store) -> None:
        arrive(store, A, B)
        split(store, "1", "b", LATER)
        arrive(store, article("c", text="b" + "river"), now=DAYS)
        assert [copies for _, copies in stories_of(store)] == [["a"], ["b", "c"]]

    def test_never_gives_a_number_that_a_story_had_before(self, store: Store) -> None:
        arrive(store, A, B, C)
        _, first = split(store, "1", "b", LATER)
        join(store, "1", str(first.number), LATER)
        _, second = split(store, "1", "c", LATER)
        assert second.number == first.number + 1, "or `join 1 2`, noted after the first, would join others"

    def test_of_what_has_one_copy_or_is_no_copy_is_refused_in_words(self, store: Store) -> None:
        arrive(store, A)
        with pytest.raises(UsageError, match="only this one copy"):
            split(store, "1", "a", LATER)
        with pytest.raises(UsageError, match=r"“nobody” matches no copy of story 1\. It has: 1 \(a, https"):
            split(store, "1", "nobody", LATER)
        with pytest.raises(UsageError, match="No story has the number, id or address “17”"):
            split(store, "17", "a", LATER)

    def test_of_one_of_two_copies_of_a_source_asks_which(self, store: Store) -> None:
        arrive(store, A, B, keyed(replace(B, key="b again")))
        with pytest.raises(UsageError, match=r"“b” matches several copies .*: 2 .*; 3 .*Give a number"):
            split(store, "1", "b", LATER)
        split(store, "1", "3", LATER)
        assert partition(store) == keys("ab") | {frozenset(["b again"])}


class TestJoin:
    def test_makes_two_stories_one_and_the_older_id_lives(self, store: Store) -> None:
        arrive(store, A, OTHER)
        (_, _), (young, _) = before = stories_of(store)
        kept, absorbed = join(store, "2", "1", LATER)
        assert (kept.guid, absorbed.guid, absorbed.title) == (before[0][0], young, OTHER.title)
        assert stories_of(store) == [(before[0][0], ["a", "d"])]
        assert store.find(young) == [kept.number]
        assert store.former_ids(kept.number) == [young]

    def test_lets_what_is_like_either_join_it(self, store: Store) -> None:
        arrive(store, A, OTHER)
        join(store, "1", "2", LATER)
        arrive(store, B, article("c", text="other"), now=DAYS)
        assert len(numbers(store)) == 1

    def test_keeps_the_lead_unless_the_others_has_more_right_to_it(self, store: Store) -> None:
        full = keyed(replace(OTHER, text=OTHER.text + PROSE * 9))
        arrive(store, A, full, B)
        join(store, "1", "2", LATER)
        assert [copies[0] for _, copies in stories_of(store)] == ["d"]

    def test_takes_the_words_of_the_absorbed_one_out_of_the_search(self, store: Store) -> None:
        arrive(store, A, replace(OTHER, title="Снегопад"))
        join(store, "1", "2", LATER)
        assert store.select(match="снегопад", limit=9) == []
        assert [number for number, _ in store.select(match="title", limit=9)] == [1]

    def test_of_one_story_with_itself_is_refused_in_words(self, store: Store) -> None:
        arrive(store, A, B)
        with pytest.raises(UsageError, match="are one story already: 1"):
            join(store, "1", A.url, LATER)


class TestTheNewestDecision:
    def test_counts_when_a_split_is_undone(self, store: Store) -> None:
        arrive(store, A, B, C)
        split(store, "1", "c", LATER)
        join(store, "1", "2", LATER + timedelta(minutes=1))
        arrive(store, keyed(replace(C, title="New")), D, now=DAYS)
        assert partition(store) == keys("abcd")

    def test_counts_when_a_join_is_undone_and_the_id_comes_back(self, store: Store) -> None:
        arrive(store, A, OTHER)
        before = stories_of(store)
        join(store, "1", "2", LATER)
        split(store, "1", "d", LATER + timedelta(minutes=1))
        assert stories_of(store) == before
        assert store.former_ids(1) == []
        arrive(store, keyed(replace(OTHER, title="New")), now=DAYS)
        assert stories_of(store) == before

    def test_gives_the_id_back_also_to_a_story_whose_first_copy_is_gone(self, store: Store) -> None:
        arrive(store, A, article("b", url="lake"), article("c", url="lake"))
        with store.recording(LATER) as recording:
            delete(recording, "b", [article("b", url="lake").key])
        before = stories_of(store)
        join(store, "1", "2", LATER)
        split(store, "1", "c", LATER + timedelta(minutes=1))
        assert stories_of(store) == before
        assert store.former_ids(1) == []


def test_decisions_hold_in_a_copy_of_the_database(store: Store, tmp_path: Path) -> None:
    arrive(store, A, B, OTHER)
    split(store, "1", "b", LATER)
    join(store, "1", "2", LATER)
    (tmp_path / "elsewhere").mkdir()
    with closing(sqlite3.connect(tmp_path / "elsewhere" / "syndicator.db")) as target:
        store._db.backup(target)
    with opened(tmp_path / "elsewhere" / "syndicator.db", *"abcd") as copy:
        arrive(copy, keyed(replace(B, text=A.text)), C, now=DAYS)
        assert [copies for _, copies in stories_of(copy)] == [["a", "d", "c"], ["b"]]


@pytest.mark.parametrize("order", [(A, B, C, OTHER), (OTHER, C, B, A), (B, OTHER, A, C)], ids=["one", "two", "three"])
def test_decisions_hold_when_all_is_read_anew_in_another_order(store: Store, tmp_path: Path, order: tuple) -> None:
    arrive(store, A, B, C, OTHER)
    split(store, "1", "b", LATER)
    join(store, "1", OTHER.url, LATER)
    with opened(tmp_path / "anew" / "anew.db", *"abcd") as anew:
        with anew.recording(MOMENT) as recording:
            recording.decide(store.decisions())
        arrive(anew, *order)
        assert (
            partition(anew)
            == partition(store)
            == {
                frozenset([A.key, C.key, OTHER.key]),
                frozenset([B.key]),
            }
        )


def test_decisions_follow_an_article_whose_source_calls_it_something_else(store: Store) -> None:
    arrive(store, A, B)
    split(store, "1", "b", LATER)
    with store.recording(DAYS) as recording:
        recording.renamed("b", [(B.key, "new")])
    arrive(store, keyed(replace(B, key="new", text=A.text)), now=DAYS)
    assert partition(store) == keys("a") | {frozenset(["new"])}


class TestAWordThatMeansNoOneStory:
    def test_for_it_was_withdrawn(self, store: Store) -> None:
        arrive(store, A)
        ((guid, _),) = stories_of(store)
        with store.recording(DAYS) as recording:
            delete(recording, A.source_id, [A.key])
        with pytest.raises(UsageError, match=rf"was withdrawn on {DAYS:%Y-%m-%d %H:%M}: its source deleted it"):
            split(store, guid, "a", DAYS)

    def test_for_it_is_an_address_that_several_have(self, store: Store) -> None:
        arrive(store, A, replace(B, title="Another"))
        split(store, "1", "b", LATER)
        with pytest.raises(
            UsageError, match=r"Several stories have a copy .*: 1 \(A title\); 2 \(Another\)\. Give the"
        ):
            join(store, A.url, "2", DAYS)


class TestWhatWasSaidOfACopyThatItsSourceDeletes:
    """It was said of its story: that is made of the others still."""

    def delete(self, store: Store, *articles: Article) -> None:
        with store.recording(DAYS) as recording:
            for it in articles:
                delete(recording, it.source_id, [it.key])

    def test_keeps_joined_what_was_joined(self, store: Store) -> None:
        lake = article("c", url="lake")
        arrive(store, A, article("d", url="lake"), lake)
        join(store, "1", "2", LATER)
        self.delete(store, article("d", url="lake"))
        with replayed(store, lambda *_: None) as paper:
            assert list(paper.changes()) == []
        arrive(store, keyed(replace(lake, title="New")), now=DAYS)
        assert partition(store) == {frozenset([A.key, lake.key])}

    def test_keeps_apart_what_was_split(self, store: Store) -> None:
        arrive(store, A, B, C)
        split(store, "1", "b", LATER)
        arrive(store, D, now=LATER)
        self.delete(store, A, C)
        arrive(store, keyed(replace(B, title="New")), now=DAYS)
        assert partition(store) == keys("b", "d")
        with replayed(store, lambda *_: None) as paper:
            assert list(paper.changes()) == []

    def test_does_not_undo_what_was_said_of_the_others_since(self, store: Store) -> None:
        arrive(store, A, B, C)
        split(store, "1", "b", LATER)
        split(store, "1", "c", LATER)
        join(store, "2", "3", DAYS)
        said = store.decisions()
        self.delete(store, A)
        self.delete(store, B)
        assert store.decisions() == said

    def test_holds_for_it_too_when_it_comes_back(self, store: Store) -> None:
        arrive(store, A, B, C)
        split(store, "1", "b", LATER)
        self.delete(store, B)
        arrive(store, B, now=DAYS)
        assert partition(store) == keys("ac", "b")
