"""A hub that fails is left alone for longer and longer, and never for good."""

from syndicator.pipeline.websub.pausing import FIRST_PAUSE, LONGEST_PAUSE, Pause, pause_after


def test_each_failure_doubles_the_pause_up_to_the_longest() -> None:
    assert [pause_after(it) for it in range(4)] == [60, 120, 240, 480]
    assert pause_after(8) < LONGEST_PAUSE == pause_after(9) == pause_after(10_000)


def test_a_pause_is_counted_from_the_failure_and_what_is_asked_for_lengthens_it() -> None:
    pause = Pause()
    pause.extend(1000.0)
    assert pause == Pause(until=1000.0 + FIRST_PAUSE, failures=1)
    pause.extend(1100.0)
    assert pause.until == 1100.0 + 2 * FIRST_PAUSE
    pause.extend(1200.0, wanted=3600.0)
    assert pause.until == 1200.0 + 3600.0
    pause.extend(1300.0, wanted=30 * 86400.0)
    assert pause.until == 1300.0 + LONGEST_PAUSE
