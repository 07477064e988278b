"""A source's health, in sentences."""

from datetime import timedelta

from support.builders import MOMENT, make_source
from syndicator.model.source import Failure, FailureKind, SourceState
from syndicator.pipeline.health import health

DUE = MOMENT + timedelta(hours=1)


def test_before_the_first_poll_a_source_is_new() -> None:
    assert health(make_source(), None).verdict == "new"
    assert health(make_source(), SourceState(source_id="daily", due_at=DUE)).next_try == DUE


def test_a_source_that_answers_is_ok() -> None:
    state = SourceState(source_id="daily", due_at=DUE, polled_at=MOMENT)
    assert (health(make_source(), state).verdict, health(make_source(), state).next_try) == ("ok", DUE)


def test_a_source_that_fails_says_why_how_often_what_to_do_and_when_it_is_tried_next() -> None:
    failure = Failure(kind=FailureKind.DNS, message="No such host.", remedy="Look at the address.")
    state = SourceState(source_id="daily", due_at=DUE, polled_at=MOMENT, failures=3, failure=failure)
    found = health(make_source(), state)
    assert found.verdict == "failing"
    assert found.sentence == "No such host. (3 times in a row)"
    assert (found.remedy, found.next_try) == ("Look at the address.", DUE)


def test_a_source_that_was_removed_is_not_polled() -> None:
    assert health(None, SourceState(source_id="daily", due_at=DUE)).next_try is None
