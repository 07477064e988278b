"""What the operator's word leaves behind, for each two articles."""

from datetime import timedelta

import pytest

from support.builders import MOMENT
from syndicator.dedup import deciding
from syndicator.model.decision import Decision, Identity, Verdict

A, B, C, D = (("source", key) for key in "abcd")


def test_split_keeps_an_article_from_each_other_copy_and_not_from_itself() -> None:
    assert deciding.split(A, [A, B, C], MOMENT) == [
        Decision(one=A, other=B, verdict=Verdict.SPLIT, decided_at=MOMENT),
        Decision(one=A, other=C, verdict=Verdict.SPLIT, decided_at=MOMENT),
    ]


@pytest.mark.parametrize("stories", [({A, B}, {C}), ({C}, {A, B})])
def test_join_undoes_whatever_was_split_between_the_two_and_nothing_else(stories: tuple[set[Identity], ...]) -> None:
    before = [*deciding.split(C, [B, D], MOMENT), *deciding.split(D, [B, C], MOMENT), *deciding.split(A, [B], MOMENT)]
    later = MOMENT + timedelta(hours=1)
    assert deciding.join((A, C), *stories, before, later) == [
        Decision(one=A, other=C, verdict=Verdict.JOIN, decided_at=later),
        Decision(one=C, other=B, verdict=Verdict.JOIN, decided_at=later),
    ]


class TestInherited:
    def test_what_was_said_of_the_copy_holds_for_the_one_that_leads_now(self) -> None:
        before = [*deciding.split(A, [C], MOMENT), Decision(one=D, other=A, verdict=Verdict.JOIN, decided_at=MOMENT)]
        assert {(it.one, it.other, it.verdict) for it in deciding.inherited(A, B, [], before)} == {
            (B, C, Verdict.SPLIT),
            (B, D, Verdict.JOIN),
        }

    def test_what_was_said_of_that_one_itself_stands(self) -> None:
        before = [*deciding.split(A, [C], MOMENT), Decision(one=C, other=B, verdict=Verdict.JOIN, decided_at=MOMENT)]
        assert deciding.inherited(A, B, [], before) == []

    def test_what_was_joined_by_it_alone_stays_joined(self) -> None:
        before = [Decision(one=A, other=B, verdict=Verdict.JOIN, decided_at=MOMENT)]
        assert deciding.inherited(B, A, [C, D], before) == [
            Decision(one=A, other=it, verdict=Verdict.JOIN, decided_at=MOMENT) for it in (D, C)
        ]

    def test_what_it_was_split_from_is_not_split_from_its_others_for_that(self) -> None:
        assert {(it.one, it.other) for it in deciding.inherited(A, B, [C], deciding.split(A, [D], MOMENT))} == {(B, D)}

    def test_what_was_said_of_two_others_is_no_affair_of_the_lead(self) -> None:
        assert deciding.inherited(A, B, [], deciding.split(C, [D], MOMENT)) == []

    def test_nothing_was_said_nothing_is_inherited(self) -> None:
        assert deciding.inherited(A, B, [D], deciding.split(B, [C], MOMENT)) == []
