"""When a job may run again."""

import pytest

from syndicator.daemon.duty import DutyCycle


@pytest.mark.parametrize(("took", "again_at"), [(0.0, 115.0), (0.5, 115.0), (2.0, 140.0)])
def test_it_rests_for_a_multiple_of_the_time_it_took_and_some_seconds_at_least(took: float, again_at: float) -> None:
    job = DutyCycle(20.0, rest=15.0)
    assert job.is_time(100.0)
    job.ran(100.0, 100.0 + took)
    assert not job.is_time(again_at - 0.1)
    assert job.is_time(again_at)


def test_it_runs_at_once_when_somebody_cannot_wait() -> None:
    job = DutyCycle(20.0)
    job.ran(100.0, 200.0)
    job.hasten()
    assert job.is_time(200.0)
