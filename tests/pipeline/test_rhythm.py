"""How often a source has news."""

from datetime import timedelta

from support.builders import MOMENT, make_source
from syndicator.model.manners import Pace
from syndicator.model.settings import Schedule
from syndicator.pipeline.rhythm import MOMENTS, appeared, rhythm


class TestTheMomentsOfEntries:
    def test_are_the_entries_own_dates_unless_these_are_missing_or_to_come(self) -> None:
        yesterday, now = MOMENT - timedelta(days=1), int(MOMENT.timestamp())
        assert appeared(Pace(), [yesterday], MOMENT) == (now - 86400,)
        assert appeared(Pace(), [None, MOMENT + timedelta(days=9)], MOMENT) == (now,)

    def test_are_the_newest_ones(self) -> None:
        hours = [MOMENT - timedelta(hours=number) for number in range(99)]
        found = appeared(Pace(), hours, MOMENT)
        assert len(found) == MOMENTS
        assert found[0] == int((MOMENT - timedelta(hours=MOMENTS - 1)).timestamp())
        assert appeared(Pace(moments=found), [], MOMENT) == found

    def test_that_a_clock_which_was_ahead_has_noted_count_no_more(self) -> None:
        now = int(MOMENT.timestamp())
        ahead = Pace(moments=tuple(now + 86400 * number for number in range(1, MOMENTS + 1)))
        assert rhythm(make_source(), Schedule(), ahead, MOMENT).seconds == 1800
        assert appeared(ahead, [None], MOMENT) == (now,)

    def test_of_a_hundred_entries_with_one_date_are_one(self) -> None:
        assert len(appeared(Pace(), [MOMENT] * 100, MOMENT)) == 1

    def test_that_come_in_a_burst_count_as_one_each_few_minutes(self) -> None:
        minutes = [MOMENT - timedelta(minutes=number) for number in range(13)]
        now = int(MOMENT.timestamp())
        assert appeared(Pace(), minutes, MOMENT) == (now - 600, now - 300, now)
