"""Merging: which stories one article makes one, and which lives."""

from dataclasses import replace
from datetime import timedelta

from support.builders import MOMENT
from syndicator.dedup import Match, merges
from syndicator.model.decision import Rulings
from syndicator.model.outcome import Candidate, Merges

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
