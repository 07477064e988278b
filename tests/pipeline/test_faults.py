"""Which troubles the operator hears of, and when they are over."""

from datetime import datetime, timedelta

import pytest

from support.builders import MOMENT, make_source
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import NEVER, Debt, Pace
from syndicator.model.noun import replace
from syndicator.model.overview import Fault, Trouble
from syndicator.model.state import Habits, SourceState
from syndicator.pipeline.faults import Findings, changes, judge
from syndicator.pipeline.health import health

FAILURE = Failure(kind=FailureKind.DNS, message="No such host.", remedy="Look at the address.")
WELL = SourceState(source_id="daily", due_at=MOMENT, polled_at=MOMENT, succeeded_at=MOMENT)
FAILING = replace(WELL, failures=3, failure=FAILURE)
TROUBLE = Trouble(kind="failing", subject="daily", message="No such host. (3 times in a row)", remedy=FAILURE.remedy)
FAULT = Fault(number=1, trouble=TROUBLE, began=MOMENT)
SILENT = replace(TROUBLE, kind="silent", message="It has brought nothing.")
DEBT = Debt(host="daily.example", since=MOMENT, until=MOMENT + timedelta(hours=5), message="Too often (429).")
DAYS = [(MOMENT - timedelta(days=40 - day)).timestamp() for day in range(9)]


def judged(state: SourceState, debt: Debt | None = None) -> dict[str, Trouble | None]:
    """By kind of trouble."""
    return {kind: it for (kind, _), it in judge(state, health(make_source(), state, debt), debt).items()}


def found(*troubles: Trouble, over: tuple[Trouble, ...] = ()) -> Findings:
    return {(it.kind, it.subject): it if it in troubles else None for it in (*troubles, *over)}


def test_a_source_that_fails_once_or_twice_is_no_trouble_and_no_proof_that_it_is_well() -> None:
    assert judged(replace(FAILING, failures=1)) == {}
    assert judged(replace(FAILING, failures=2)) == {}
    assert judged(FAILING) == {"failing": TROUBLE}


@pytest.mark.parametrize(
    "state",
    [
        replace(FAILING, failures=1, due_at=NEVER),  # as after 410: it is not asked any more
        replace(FAILING, failures=2, pace=Pace(stalls=3)),  # in quarantine
    ],
)
def test_what_will_not_pass_by_itself_is_told_at_once(state: SourceState) -> None:
    told = judged(state)["failing"]
    assert told is not None
    assert told.kind == "failing"


def test_a_source_that_answers_is_well() -> None:
    assert judged(WELL) == {"failing": None, "drifted": None, "moved": None, "silent": None}


def test_a_source_that_is_silent_or_has_moved_wants_its_operator() -> None:
    silent = judged(replace(WELL, pace=Pace(moments=tuple(DAYS))))
    moved = judged(replace(WELL, pace=Pace(address="https://new.example/rss")))
    well = dict.fromkeys(("failing", "drifted"))
    assert {kind: it and it.kind for kind, it in silent.items()} == {**well, "moved": None, "silent": "silent"}
    assert {kind: it and it.kind for kind, it in moved.items()} == {**well, "moved": "moved"}
    assert "has brought nothing new" in silent["silent"].message
    assert 'keep its id: id = "daily"' in moved["moved"].remedy


def test_a_source_that_looks_otherwise_than_it_did_wants_its_operator() -> None:
    found = judged(replace(WELL, habits=Habits(dated=(True,) * 20 + (False,) * 10)))["drifted"]
    assert found is not None
    assert found.message == "None of its newest 10 articles has a date; of 20 before, 20 had."
    assert "syndicator preview daily" in found.remedy


def test_of_a_source_that_waits_or_was_never_polled_nothing_can_be_said() -> None:
    assert judged(FAILING, DEBT) == {}
    assert judged(SourceState(source_id="daily", due_at=MOMENT)) == {}


@pytest.mark.parametrize("succeeded_at", [None, MOMENT - timedelta(days=1)])
def test_a_source_with_another_address_is_well_when_it_has_answered_there(succeeded_at: datetime | None) -> None:
    assert judged(replace(WELL, succeeded_at=succeeded_at)) == {}


def test_a_host_that_wants_to_be_left_alone_again_and_again_is_told() -> None:
    assert judged(WELL, replace(DEBT, times=2)) == {}
    told = judged(WELL, replace(DEBT, times=3))["failing"]
    assert "Too often (429)." in told.message


def test_a_trouble_begins_once_and_is_over_when_its_source_is_well() -> None:
    assert changes([], found(TROUBLE), ["daily"]) == ([TROUBLE], [])
    again = replace(TROUBLE, message="No such host. (4 times in a row)")
    assert changes([FAULT], found(again), ["daily"]) == ([], [])
    assert changes([FAULT], {}, ["daily"]) == ([], []), "it waits: nobody knows"
    assert changes([FAULT], found(over=(TROUBLE,)), ["daily"]) == ([], [FAULT])


def test_one_trouble_may_take_the_place_of_another() -> None:
    assert changes([FAULT], found(SILENT, over=(TROUBLE,)), ["daily"]) == ([SILENT], [FAULT])


def test_a_source_that_is_silent_and_then_fails_has_no_news_by_that() -> None:
    fault = Fault(number=2, trouble=SILENT, began=MOMENT)
    assert changes([fault], found(TROUBLE), ["daily"]) == ([TROUBLE], [])


def test_nobody_waits_for_a_source_that_is_no_more() -> None:
    assert changes([FAULT], {}, ["other"]) == ([], [FAULT])
