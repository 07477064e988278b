"""What the operator's word leaves behind, for each two articles."""

from datetime import timedelta

from support.builders import MOMENT
from syndicator.dedup import deciding
from syndicator.model.decision import Decision, Verdict

A, B, C, D = (("source", key) for key in "abcd")


def test_split_keeps_an_article_from_each_other_copy_and_not_from_itself() -> None:
    assert deciding.split(A, [A, B, C], MOMENT) == [
        Decision(one=A, other=B, verdict=Verdict.SPLIT, decided_at=MOMENT),
        Decision(one=A, other=C, verdict=Verdict.SPLIT, decided_at=MOMENT),
    ]


def test_join_undoes_whatever_was_split_between_the_two_and_nothing_else() -> None:
    before = [*deciding.split(C, [B], MOMENT), *deciding.split(C, [D], MOMENT)]
    later = MOMENT + timedelta(hours=1)
    assert deciding.join((A, C), {A, B}, {C}, before, later) == [
        Decision(one=A, other=C, verdict=Verdict.JOIN, decided_at=later),
        Decision(one=C, other=B, verdict=Verdict.JOIN, decided_at=later),
    ]
