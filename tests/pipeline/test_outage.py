"""Whether no source can be reached: one trouble, for which none of them is to blame."""

from datetime import datetime, timedelta

import pytest

from support.builders import MOMENT
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import Pace
from syndicator.model.noun import replace
from syndicator.model.overview import Fault, Trouble
from syndicator.model.state import SourceState
from syndicator.pipeline.outage import HOSTS, is_excused, last_reached, outage

NOW = MOMENT + timedelta(hours=5)
TROUBLE = Trouble(kind="network", subject="", message="No source could be reached.")


def well(hours: float = 0) -> SourceState:
    """One that answered then."""
    at = MOMENT + timedelta(hours=hours)
    return SourceState(source_id="w", due_at=NOW, polled_at=at, succeeded_at=at)


def lost(since: float = 1, until: float = 2, failures: int = 3, kind: FailureKind = FailureKind.DNS) -> SourceState:
    """One that could not be reached from one hour to another."""
    pace = Pace(failing_since=MOMENT + timedelta(hours=since))
    failure = Failure(kind=kind, message="No such host.")
    polled_at = MOMENT + timedelta(hours=until)
    return SourceState(source_id="l", due_at=NOW, polled_at=polled_at, failures=failures, failure=failure, pace=pace)


def by_host(*states: SourceState) -> list[tuple[str, SourceState]]:
    return [(f"s{number}.example", state) for number, state in enumerate(states)]


def found(*states: SourceState, last: Fault | None = None, now: datetime = NOW) -> Trouble | None:
    """Of sources on hosts of their own."""
    return outage(by_host(*states), last, now)


def test_sources_that_fail_since_none_was_reached_are_one_trouble() -> None:
    told = found(well(), *[lost()] * HOSTS)
    assert told is not None
    assert told.message == (
        "No source could be reached since 2026-03-05 14:00 UTC, and connecting to 3 of them has failed so far."
        " This machine's network may be down."
    )
    never = found(*[lost()] * HOSTS)
    assert never is not None
    assert never.message.startswith("No source could be reached yet, and connecting to 3 ")


@pytest.mark.parametrize(
    "states",
    [
        [well(), *[lost()] * (HOSTS - 1)],
        [well(1.5), *[lost()] * HOSTS],  # one was reached meanwhile
        [lost(kind=FailureKind.STATUS), *[lost()] * HOSTS],  # so it was with an error
        [well(), *[lost(failures=2)] * HOSTS],
        [well(), *[lost(kind=FailureKind.ROBOTS)] * HOSTS],
        [well(), *[lost(kind=FailureKind.STATUS)] * HOSTS],
    ],
)
def test_others_are_not(states: list[SourceState]) -> None:
    assert found(*states) is None


def test_several_sources_of_one_host_count_as_one() -> None:
    assert outage([("a.example", well()), *[("b.example", lost())] * HOSTS], None, NOW) is None


def test_it_lasts_until_one_is_reached_whoever_fails_meanwhile() -> None:
    open_ = Fault(number=1, trouble=TROUBLE, began=MOMENT + timedelta(hours=2))
    assert found(well(), lost(), last=open_) == TROUBLE
    assert found(well(3), *[lost()] * HOSTS, last=open_) is None


def test_it_comes_again_though_the_sources_had_not_been_reached_in_between() -> None:
    ended = Fault(number=1, trouble=TROUBLE, began=MOMENT, ended=MOMENT + timedelta(hours=3))
    assert found(well(3), *[lost(until=2.5)] * HOSTS, last=ended) is None, "not asked since"
    assert found(well(3), *[lost(until=4)] * HOSTS, last=ended) is not None
    assert found(well(3.5), *[lost(until=4)] * HOSTS, last=ended) is None


def test_what_was_found_out_meanwhile_says_nothing_of_a_source() -> None:
    open_ = Fault(number=1, trouble=TROUBLE, began=MOMENT)
    ended = replace(open_, ended=MOMENT + timedelta(hours=3))
    assert is_excused(lost(until=4), open_, NOW)
    assert is_excused(lost(until=3), ended, NOW)
    assert not is_excused(lost(until=4), ended, NOW)
    assert not is_excused(lost(), None, NOW)
    assert not is_excused(lost(kind=FailureKind.STATUS), open_, NOW)
    assert not is_excused(well(), open_, NOW)
    assert not is_excused(lost(until=2), ended, MOMENT + timedelta(hours=2.5)), "the clock was set back since"


def test_what_is_still_to_come_is_no_proof() -> None:
    assert last_reached(by_host(well(1), well(9), lost(until=3)), NOW) == MOMENT + timedelta(hours=1)
    new = SourceState(source_id="new", due_at=NOW)
    assert last_reached(by_host(lost(), lost(kind=FailureKind.ROBOTS), new), NOW) is None


def test_a_source_beside_us_says_nothing_of_the_network() -> None:
    """A program on this machine that makes feeds answers all the while."""
    hosts = [*by_host(*[lost()] * HOSTS), ("127.0.0.1:1200", well(2))]
    assert last_reached(hosts, NOW) is None
    assert outage(hosts, None, NOW) is not None
    near = [("localhost", lost()), ("10.0.0.7", lost()), ("[::1]:8008", lost())]
    assert outage(near, None, NOW) is None, "each is away by itself"
