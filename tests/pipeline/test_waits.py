"""When a source is due next, and why."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.builders import MOMENT, make_source
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import NEVER, Debt, Hints, Pace
from syndicator.model.noun import replace
from syndicator.model.settings import Schedule
from syndicator.model.source import Source
from syndicator.model.state import SourceState
from syndicator.pipeline.waits import (
    KEPT,
    LONGEST_DEMAND,
    Due,
    after_debt,
    after_failure,
    after_success,
    doubts,
    sooner,
)

SCHEDULE = Schedule()
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
DOWN = Failure(kind=FailureKind.CONNECT, message="")


def regular(every: float, entries: int = 10) -> Pace:
    """The pace of a source that has shown an entry each `every` seconds, the last one just now."""
    now = int(MOMENT.timestamp())
    return Pace(moments=tuple(now - int(every * number) for number in reversed(range(entries))))


def next_poll(pace: Pace = Pace(), source: Source | None = None, fresh_for: float = 0.0, **bounds: float) -> Due:
    return after_success(source or make_source(), Schedule(**bounds), pace, MOMENT, fresh_for)


def wait(due: Due) -> float:
    return (due.at - MOMENT).total_seconds()


def wait_after(failure: Failure, failures: int, pace: Pace = Pace()) -> float:
    return wait(after_failure(make_source(), SCHEDULE, pace, failure, failures, MOMENT))


def about(seconds: float) -> object:
    """That long, or up to a tenth longer."""
    return pytest.approx(1.05 * seconds, rel=0.0477)


class TestASourceWithoutTrouble:
    def test_is_asked_after_the_usual_interval_while_its_rhythm_is_unknown(self) -> None:
        waits = [wait(next_poll(source=make_source(id=name))) for name in "abcdefgh"]
        assert waits == [about(30 * MINUTE)] * 8
        assert max(waits) - min(waits) > MINUTE, "they drift apart"
        assert wait(next_poll(regular(HOUR, entries=2))) == about(30 * MINUTE)
        assert wait(next_poll(regular(HOUR, entries=3))) == about(20 * MINUTE)

    @pytest.mark.parametrize(
        ("every", "expected"),
        [(MINUTE * 6, 5 * MINUTE), (HOUR, 27 * MINUTE), (5 * HOUR, 2.25 * HOUR), (7 * DAY, DAY), (900 * DAY, DAY)],
    )
    def test_is_asked_about_twice_between_two_of_its_entries_within_the_bounds(
        self, every: float, expected: float
    ) -> None:
        assert wait(next_poll(regular(every))) == about(expected)

    def test_that_falls_silent_is_asked_less_and_less(self) -> None:
        pace = regular(10 * MINUTE)
        waits = []
        for hours in (0, 6, 24, 240):
            now = MOMENT + timedelta(hours=hours)
            waits.append((after_success(make_source(), SCHEDULE, pace, now).at - now).total_seconds())
        assert waits == sorted(waits)
        assert waits[0] == about(5 * MINUTE)
        assert waits[-1] == about(12 * HOUR)

    def test_keeps_an_interval_that_the_operator_has_set(self) -> None:
        source = make_source(interval=2 * HOUR)
        due = next_poll(regular(MINUTE * 6), source)
        assert (wait(due), due.why) == (about(2 * HOUR), "the interval that is set for it")
        assert wait(next_poll(source=make_source(interval=1.0))) == about(5 * MINUTE)
        assert wait(next_poll(source=make_source(interval=1e9))) == about(DAY)
        assert wait(next_poll(source=make_source(interval=1.0), min_interval=1.0)) == about(1.0)

    def test_that_is_a_file_has_no_rhythm(self) -> None:
        assert wait(next_poll(regular(7 * DAY), make_source(url="file:///srv/feed.xml"))) == about(30 * MINUTE)

    def test_can_be_replayed(self) -> None:
        assert next_poll() == next_poll()

    @pytest.mark.parametrize(
        ("hints", "seconds", "word"),
        [
            (Hints(ttl=2 * HOUR), 2 * HOUR, "ttl"),
            (Hints(ttl=60.0), 30 * MINUTE, "usual"),
            (Hints(ttl=1e9), DAY, "ttl"),
            (Hints(period=3 * HOUR), 3 * HOUR, "sy:updatePeriod"),
            (Hints(period=1e9), DAY, "sy:updatePeriod"),
            (Hints(period=4 * HOUR, base=MOMENT - timedelta(hours=9)), 3 * HOUR, "sy:updatePeriod"),
            (Hints(period=4 * HOUR, base=MOMENT + timedelta(hours=9)), 1 * HOUR, "sy:updatePeriod"),
            (Hints(period=4 * HOUR, base=MOMENT - timedelta(hours=3.9)), 30 * MINUTE, "usual"),
            (Hints(base=MOMENT - timedelta(hours=9)), 30 * MINUTE, "usual"),
        ],
    )
    def test_is_asked_later_but_never_sooner_when_its_feed_says_so(
        self, hints: Hints, seconds: float, word: str
    ) -> None:
        due = next_poll(Pace(hints=hints))
        assert wait(due) == about(seconds)
        assert word in due.why

    @pytest.mark.parametrize(("fresh_for", "expected"), [(10.0, 30 * MINUTE), (3 * HOUR, 3 * HOUR), (1e9, DAY)])
    def test_is_not_asked_while_its_host_calls_it_fresh_for_a_day_at_most(
        self, fresh_for: float, expected: float
    ) -> None:
        assert wait(next_poll(fresh_for=fresh_for)) == about(expected)

    def test_signals_lengthen_an_interval_that_the_operator_has_set(self) -> None:
        assert wait(next_poll(Pace(hints=Hints(ttl=HOUR)), make_source(interval=600.0))) == about(HOUR)
        assert wait(next_poll(fresh_for=5 * HOUR, max_interval=HOUR)) == about(5 * HOUR)

    def test_whose_server_never_answers_304_is_asked_once_an_hour_at_most(self) -> None:
        assert wait(next_poll(Pace(repeats=19), make_source(interval=600.0))) == about(600.0)
        assert wait(next_poll(Pace(repeats=20), make_source(interval=600.0))) == about(HOUR)


class TestHoursAndDaysThatAFeedExcludes:
    def test_are_kept_in_gmt(self) -> None:
        due = next_poll(Pace(hints=Hints(skip_hours=(14, 15, 16))))
        assert datetime(2026, 3, 5, 17, 0, tzinfo=UTC) <= due.at < datetime(2026, 3, 5, 17, 6, tzinfo=UTC)
        assert "skipHours" in due.why

    def test_days_may_be_several(self) -> None:
        due = next_poll(Pace(hints=Hints(skip_days=(3, 4, 5, 6))))  # Thursday to Sunday; it is Thursday
        assert (due.at.date().isoformat(), due.at.hour) == ("2026-03-09", 0)

    def test_may_be_all_but_one(self) -> None:
        due = next_poll(Pace(hints=Hints(skip_hours=tuple(range(23)), skip_days=(0, 1, 2, 3, 4, 5))))
        assert (due.at.date().isoformat(), due.at.hour) == ("2026-03-08", 23)

    def test_of_all_are_ignored_and_told(self) -> None:
        never = Hints(skip_hours=tuple(range(24)), skip_days=(0,))
        assert wait(next_poll(Pace(hints=never))) == about(30 * MINUTE)
        assert wait(next_poll(Pace(hints=Hints(skip_days=tuple(range(7)))))) == about(30 * MINUTE)
        assert doubts(never)
        assert doubts(Hints(skip_days=tuple(range(7))))
        assert not doubts(Hints(skip_hours=(1, 2)))

    @given(st.sets(st.integers(0, 23), max_size=23), st.sets(st.integers(0, 6), max_size=6))
    def test_whatever_they_are_there_is_a_next_poll_outside_of_them(self, hours: set[int], days: set[int]) -> None:
        due = next_poll(Pace(hints=Hints(skip_hours=tuple(hours), skip_days=tuple(days))))
        assert due.at.hour not in hours
        assert due.at.weekday() not in days
        assert due.at <= MOMENT + timedelta(days=8)


class TestASourceWhoseHubTells:
    told = Pace(told_until=MOMENT + timedelta(seconds=1), kept=KEPT)

    def test_is_asked_once_in_the_longest_interval_when_that_has_proven_itself(self) -> None:
        due = next_poll(replace(self.told, moments=regular(HOUR).moments))
        assert (wait(due), due.why) == (about(DAY), "its hub, which announces its news")
        assert wait(next_poll(self.told, max_interval=3 * HOUR)) == about(3 * HOUR)

    @pytest.mark.parametrize(
        "changes", [{"kept": KEPT - 1}, {"told_until": MOMENT}, {"told_until": None}], ids=["kept", "over", "never"]
    )
    def test_is_asked_as_ever_until_then_and_when_it_tells_no_more(self, changes: dict[str, object]) -> None:
        assert wait(next_poll(replace(self.told, **changes))) == about(30 * MINUTE)

    def test_keeps_the_interval_that_the_operator_has_set(self) -> None:
        assert wait(next_poll(self.told, make_source(interval=600.0))) == about(600.0)

    @pytest.mark.parametrize(
        ("source", "schedule", "seconds"),
        [(make_source(interval=600.0), SCHEDULE, 600.0), (make_source(), Schedule(max_interval=HOUR), HOUR)],
        ids=["interval", "longest"],
    )
    def test_need_not_wait_for_the_longest_interval_when_the_operator_wants_it_sooner(
        self, source: Source, schedule: Schedule, seconds: float
    ) -> None:
        due = next_poll(self.told)
        pace = due.noted(self.told)
        state = SourceState(source_id=source.id, due_at=due.at, polled_at=MOMENT, pace=pace)
        assert sooner([make_source()], {source.id: state}, SCHEDULE, MOMENT) == []
        ((_, at),) = sooner([source], {source.id: state}, schedule, MOMENT)
        assert (at - MOMENT).total_seconds() == about(seconds)

    def test_that_fails_is_tried_as_others_are(self) -> None:
        assert wait_after(DOWN, 1, replace(self.told, expecting=3)) == about(30 * MINUTE)

    def test_that_told_of_what_is_not_there_yet_is_asked_soon_but_not_while_its_host_calls_it_fresh(self) -> None:
        expecting = replace(self.told, expecting=1, repeats=20, hints=Hints(ttl=HOUR))
        due = next_poll(expecting, make_source(interval=2 * HOUR))
        assert (wait(due), due.why) == (about(5 * MINUTE), "news that its hub has announced")
        assert wait(next_poll(expecting, fresh_for=600.0)) == about(600.0)
        assert wait(next_poll(expecting, fresh_for=1e9)) == about(DAY)
        skipping = next_poll(replace(expecting, hints=Hints(skip_hours=(MOMENT.hour,))))
        assert skipping.at.hour == MOMENT.hour + 1


class TestASourceThatFails:
    def test_is_tried_later_and_later_but_within_a_day(self) -> None:
        waits = [wait_after(DOWN, failures) for failures in range(1, 40)]
        assert waits[0] == about(30 * MINUTE)
        assert waits[2] == about(2 * HOUR)
        assert waits[-1] == about(DAY)
        assert wait_after(DOWN, 100_000) == about(DAY), "also after years"

    def test_that_the_schedule_alone_asked_waits_twice_as_long_each_time(self) -> None:
        now = MOMENT
        for failures in range(1, 7):
            due = after_failure(make_source(), SCHEDULE, Pace(failing_since=MOMENT), DOWN, failures, now)
            assert (due.at - now).total_seconds() == about(30 * MINUTE * 2 ** (failures - 1))
            now = due.at

    def test_that_somebody_keeps_asking_for_waits_no_longer_than_it_has_failed_for_and_its_interval(self) -> None:
        now = MOMENT + timedelta(minutes=10)
        due = after_failure(make_source(), SCHEDULE, Pace(failing_since=MOMENT), DOWN, 12, now)
        assert (due.at - now).total_seconds() == about(40 * MINUTE)
        ahead = Pace(failing_since=MOMENT + timedelta(days=9))
        assert wait_after(DOWN, 12, ahead) == about(30 * MINUTE), "the clock was set back"

    @given(st.floats(0, 1e9), st.integers(1, 100))
    def test_is_never_tried_before_its_host_allows_it(self, seconds: float, failures: int) -> None:
        busy = Failure(kind=FailureKind.STATUS, message="", status=500, retry_after=seconds)
        assert wait_after(busy, failures) >= min(seconds, LONGEST_DEMAND.total_seconds())
        assert wait_after(busy, failures) <= LONGEST_DEMAND.total_seconds()

    def test_is_looked_at_as_usual_when_nobody_was_asked_for_robots_txt_forbids_it(self) -> None:
        kept_away = Failure(kind=FailureKind.ROBOTS, message="")
        assert wait_after(kept_away, 9) == about(30 * MINUTE)

    def test_is_not_tried_before_its_feed_wants_it(self) -> None:
        assert wait_after(DOWN, 1, Pace(hints=Hints(ttl=5 * HOUR))) == about(5 * HOUR)

    def test_is_not_asked_any_more_when_it_is_gone_unless_only_its_new_address_is(self) -> None:
        gone = Failure(kind=FailureKind.GONE, message="", status=410)
        assert after_failure(make_source(), SCHEDULE, Pace(), gone, 1, MOMENT).at == NEVER
        assert wait(after_failure(make_source(), SCHEDULE, Pace(), gone, 1, MOMENT, elsewhere=True)) == about(
            30 * MINUTE
        )

    def test_is_tried_once_a_day_when_it_has_killed_three_readers_in_a_row(self) -> None:
        stalled = Failure(kind=FailureKind.STALLED, message="")
        assert wait_after(stalled, 2, Pace(stalls=2)) == about(HOUR)
        assert wait_after(stalled, 3, Pace(stalls=3)) == about(DAY)
        assert wait_after(DOWN, 1, Pace(stalls=3)) == about(DAY)


class TestASourceWhoseHostWantsToBeLeftAlone:
    debt = Debt(host="daily.example", since=MOMENT, until=MOMENT + timedelta(hours=10))

    def test_waits_as_long_and_not_all_come_at_once(self) -> None:
        waits = {
            wait(after_debt(make_source(id=name), SCHEDULE, Pace(), self.debt, MOMENT, asked=False))
            for name in "abcdef"
        }
        assert len(waits) == 6
        assert 10 * HOUR <= min(waits) <= max(waits) <= 11 * HOUR

    def test_the_longest_demand_is_not_stretched(self) -> None:
        longest = Debt(host="daily.example", since=MOMENT, until=MOMENT + timedelta(days=30))
        for name in "abc":
            due = after_debt(make_source(id=name), SCHEDULE, Pace(), longest, MOMENT, asked=False)
            assert due.at == longest.until

    def test_waits_for_its_own_interval_too_if_it_was_asked(self) -> None:
        short = Debt(host="daily.example", since=MOMENT, until=MOMENT + timedelta(minutes=1))
        assert wait(after_debt(make_source(), SCHEDULE, Pace(), short, MOMENT, asked=True)) == about(30 * MINUTE)
        assert wait(after_debt(make_source(), SCHEDULE, Pace(), short, MOMENT, asked=False)) <= 66
        hinted = Pace(hints=Hints(ttl=5 * HOUR))
        assert wait(after_debt(make_source(), SCHEDULE, hinted, short, MOMENT, asked=True)) == about(5 * HOUR)


@pytest.mark.parametrize(("pace", "is_sooner"), [(Pace(), True), (Pace(hints=Hints(ttl=HOUR)), False)])
def test_only_who_waits_for_an_interval_is_asked_sooner_for_a_shorter_one(pace: Pace, is_sooner: bool) -> None:
    due = next_poll(pace, make_source(interval=HOUR / 2))
    state = SourceState(source_id=make_source().id, due_at=due.at, polled_at=MOMENT, pace=due.noted(pace))
    shorter = make_source(interval=600.0)
    assert bool(sooner([shorter], {shorter.id: state}, SCHEDULE, MOMENT)) is is_sooner
    assert due.by_schedule is is_sooner
