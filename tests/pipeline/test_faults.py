"""Which troubles the operator hears of, and when they are over."""

from datetime import timedelta

import pytest

from support.builders import MOMENT, make_source
from syndicator.model.manners import NEVER, Debt, Pace
from syndicator.model.noun import replace
from syndicator.model.overview import Fault, Trouble
from syndicator.model.source import Failure, FailureKind, Habits, SourceState
from syndicator.pipeline.faults import Findings, changes, judge
from syndicator.pipeline.health import health

FAILURE = Failure(kind=FailureKind.DNS, message="No such host.", remedy="Look at the address.")
WELL = SourceState(source_id="daily", due_at=MOMENT, polled_at=MOMENT)
FAILING = replace(WELL, failures=3, failure=FAILURE)
TROUBLE = Trouble(kind="failing", subject="daily", message="No such host. (3 times in a row)", remedy=FAILURE.remedy)
FAULT = Fault(number=1, trouble=TROUBLE, began=MOMENT)
DAYS = [(MOMENT - timedelta(days=40 - day)).timestamp() for day in range(9)]


def judged(state: SourceState, debt: Debt | None = None) -> Findings:
    return judge(state, health(make_source(), state, debt))


def test_a_source_that_fails_once_or_twice_is_no_trouble_and_no_proof_that_it_is_well() -> None:
    assert judged(replace(FAILING, failures=1)) == {}
    assert judged(replace(FAILING, failures=2)) == {}
    assert judged(FAILING) == {"daily": TROUBLE}


@pytest.mark.parametrize(
    "state",
    [
        replace(FAILING, failures=1, due_at=NEVER),  # as after 410: it is not asked any more
        replace(FAILING, failures=2, pace=Pace(stalls=3)),  # in quarantine
    ],
)
def test_what_will_not_pass_by_itself_is_told_at_once(state: SourceState) -> None:
    found = judged(state)["daily"]
    assert found is not None
    assert found.kind == "failing"


def test_a_source_that_answers_is_well() -> None:
    assert judged(WELL) == {"daily": None}


def test_a_source_that_is_silent_or_has_moved_wants_its_operator() -> None:
    silent = judged(replace(WELL, pace=Pace(moments=tuple(DAYS))))["daily"]
    moved = judged(replace(WELL, pace=Pace(address="https://new.example/rss")))["daily"]
    assert silent is not None
    assert moved is not None
    assert (silent.kind, moved.kind) == ("silent", "moved")
    assert "has brought nothing new" in silent.message
    assert 'keep its id: id = "daily"' in moved.remedy


def test_a_source_that_looks_otherwise_than_it_did_wants_its_operator() -> None:
    found = judged(replace(WELL, habits=Habits(dated=(True,) * 20 + (False,) * 10)))["daily"]
    assert found is not None
    assert found.kind == "drifted"
    assert found.message == "None of its newest 10 articles has a date; of 20 before, 20 had."
    assert "syndicator preview daily" in found.remedy


def test_of_a_source_that_waits_or_was_never_polled_nothing_can_be_said() -> None:
    debt = Debt(host="daily.example", since=MOMENT, until=MOMENT + timedelta(hours=5), message="Too often (429).")
    assert judged(FAILING, debt) == {}
    assert judged(SourceState(source_id="daily", due_at=MOMENT)) == {}


def test_a_trouble_begins_once_and_is_over_when_its_source_is_well() -> None:
    assert changes([], {"daily": TROUBLE}, ["daily"]) == ([TROUBLE], [])
    assert changes([FAULT], {"daily": replace(TROUBLE, message="No such host. (4 times in a row)")}, ["daily"]) == (
        [],
        [],
    )
    assert changes([FAULT], {}, ["daily"]) == ([], []), "it waits: nobody knows"
    assert changes([FAULT], {"daily": None}, ["daily"]) == ([], [FAULT])


def test_one_trouble_may_take_the_place_of_another() -> None:
    silent = replace(TROUBLE, kind="silent", message="It has brought nothing.")
    assert changes([FAULT], {"daily": silent}, ["daily"]) == ([silent], [FAULT])


def test_nobody_waits_for_a_source_that_is_no_more() -> None:
    assert changes([FAULT], {}, ["other"]) == ([], [FAULT])
