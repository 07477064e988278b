"""Merging: which stories one article makes one, and which lives."""

from datetime import timedelta

from support.builders import MOMENT, make_article
from syndicator.dedup import Alike, Match, merges, merges_near
from syndicator.dedup.near import Likeness
from syndicator.model.decision import Rulings
from syndicator.model.noun import replace
from syndicator.model.placement import Candidate, Known, Measured, Merges

NONE = Rulings()


def match(story: int, *, age: int = 0, sure: bool = True, reason: str = "url") -> Match:
    candidate = Candidate(
        article=story * 10,
        story=story,
        source_id="a",
        key=f"{story}",
        url_key=b"",
        text_key=b"",
        title_key=b"",
        claimed=False,
        published=None,
        lead_claimed=False,
        lead_length=0,
        opened=MOMENT - timedelta(hours=age),
    )
    return Match(candidate=candidate, reason=reason, sure=sure)


def test_a_story_with_itself_is_nothing_to_merge() -> None:
    assert merges(1, MOMENT, [match(1)], NONE) == []


def test_the_one_that_was_seen_first_lives_whatever_its_number() -> None:
    assert merges(1, MOMENT, [match(2, age=5, reason="text")], NONE) == [Merges(kept=2, absorbed=1, reason="text")]
    assert merges(1, MOMENT, [match(2)], NONE) == [Merges(kept=1, absorbed=2, reason="url")]


def test_all_become_one_at_once() -> None:
    found = merges(3, MOMENT, [match(4), match(2, age=1, reason="join")], NONE)
    assert found == [Merges(kept=2, absorbed=3, reason="url"), Merges(kept=2, absorbed=4, reason="url")]


def test_what_is_not_sure_merges_nothing() -> None:
    assert merges(1, MOMENT, [match(2, sure=False)], NONE) == []


def test_what_the_operator_keeps_apart_stays_apart_also_from_what_comes_between() -> None:
    apart = replace(NONE, apart=frozenset([(2, 3)]))
    assert merges(1, MOMENT, [match(2), match(3)], apart) == [Merges(kept=1, absorbed=2, reason="url")]
    assert merges(2, MOMENT, [match(3)], apart) == []


def near(story: int, *sources: str, age: int = 0, longer: float = 1.0) -> Alike:
    likeness = Likeness(shorter=0.9, longer=longer)
    return Alike(match(story, age=age).candidate, frozenset(sources), likeness)


class TestStoriesThatOneTextIsNearlyTheSameAs:
    article = make_article(source_id="n", key="new")
    mine = Known(article=70, story=7, found_hash=b"", substance=b"")

    def of_all(self, *found: Alike, rulings: Rulings = NONE) -> list[tuple[int, int]]:
        return [(it.kept, it.absorbed) for it in merges_near(self.article, found, rulings)]

    def test_become_one_and_what_was_measured_is_told(self) -> None:
        measured = Measured(source_id="n", key="new", shorter=0.9, longer=1.0)
        assert merges_near(self.article, [near(1, "a"), near(2, "b")], NONE) == [
            Merges(kept=1, absorbed=2, reason="near", article=20, measured=measured)
        ]

    def test_stay_two_where_one_source_has_both_or_the_operator_keeps_them_apart_or_it_is_a_part_of_each(self) -> None:
        assert self.of_all(near(1, "a"), near(2, "a", "b")) == []
        assert self.of_all(near(1, "a"), near(2, "b"), rulings=replace(NONE, apart=frozenset([(1, 2)]))) == []
        assert self.of_all(near(1, "a"), near(2, "b", longer=0.5)) == []

    def test_of_one_source_come_together_by_no_third_one_either(self) -> None:
        assert self.of_all(near(1, "a"), near(2, "b"), near(3, "b")) == [(1, 2)]

    def test_take_in_the_changed_articles_own_unless_that_is_older(self) -> None:
        (younger,) = merges_near(self.article, [near(1, "a", age=1)], NONE, self.mine, MOMENT)
        assert (younger.kept, younger.absorbed, younger.article) == (1, 7, 70)
        assert younger.measured == Measured(source_id="a", key="1", shorter=0.9, longer=1.0)
        (older,) = merges_near(self.article, [near(1, "a")], NONE, self.mine, MOMENT - timedelta(hours=1))
        assert (older.kept, older.absorbed, older.article) == (7, 1, 10)
        assert older.measured == Measured(source_id="n", key="new", shorter=0.9, longer=1.0)
