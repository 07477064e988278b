"""What a poll teaches: new addresses are believed late, servers without 304 are known in the end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from support.builders import MOMENT, make_source
from syndicator.model.manners import Hints, Move, Pace
from syndicator.model.outcome import Fresh, Shown, Unchanged
from syndicator.model.source import Failure, FailureKind, FeedInfo, Source
from syndicator.pipeline.lessons import Answer, address_mark, after_answer, after_trouble, rewrites

NEW = "https://new.example/rss"
OLD = make_source().url


def moved(pace: Pace, hours: float, to: str = NEW, source: Source | None = None) -> Pace:
    """The pace after a poll that a permanent redirect led on."""
    answer = Answer(url=to or OLD, status=304, moved_to=to)
    return after_answer(pace, source or make_source(), Unchanged(), answer, [], MOMENT + timedelta(hours=hours))


def answered(pace: Pace, status: int, outcome: Fresh | Unchanged | None = None, source: Source | None = None) -> Pace:
    return after_answer(
        pace, source or make_source(), outcome or Unchanged(), Answer(url=OLD, status=status), [], MOMENT
    )


class TestANewAddress:
    def test_is_believed_after_three_answers_over_a_day(self) -> None:
        pace = Pace()
        for hours in (0, 1, 2, 23.9):
            pace = moved(pace, hours)
            assert pace.address == ""
        pace = moved(pace, 24)
        assert (pace.address, pace.move) == (NEW, None)

    def test_is_not_believed_after_two_answers_however_far_apart(self) -> None:
        assert moved(moved(Pace(), 0), 999).address == ""

    @pytest.mark.parametrize("between", ["", "https://third.example/"])
    def test_is_proven_anew_when_another_answer_comes_in_between(self, between: str) -> None:
        pace = moved(moved(moved(Pace(), 0), 12), 20, to=between)
        assert moved(pace, 24).address == ""
        assert moved(pace, 24).move == Move(url=NEW, since=MOMENT + timedelta(hours=24))

    @pytest.mark.parametrize(
        ("source", "to"),
        [
            (make_source(private=True), NEW),
            (make_source(), "https://new.example/rss?token=e7f1c2d3a4b5"),
            (make_source(), "https://u:pw@new.example/"),
            (make_source(), OLD),
        ],
    )
    def test_that_may_be_secret_is_never_written_down(self, source: Source, to: str) -> None:
        pace = Pace()
        for hours in (0, 20, 40, 60):
            pace = moved(pace, hours, to, source)
        assert (pace.move, pace.address) == (None, "")

    def test_is_given_up_when_it_is_dead(self) -> None:
        pace = Pace(address=NEW)
        down = Failure(kind=FailureKind.CONNECT, message="")
        assert after_trouble(pace, down, 2, MOMENT).address == NEW
        assert after_trouble(pace, down, 3, MOMENT).address == ""
        for failure in (replace(down, kind=FailureKind.GONE), replace(down, kind=FailureKind.STATUS, status=404)):
            assert after_trouble(pace, failure, 1, MOMENT).address == ""


class TestAServer:
    def test_that_sends_the_same_body_again_and_again_is_counted_until_it_answers_304(self) -> None:
        pace = Pace()
        for _ in range(3):
            pace = answered(pace, 200)
        assert pace.repeats == 3
        assert answered(pace, 200, Fresh()).repeats == 3
        assert answered(pace, 304).repeats == 0

    def test_that_is_a_file_is_none(self) -> None:
        assert answered(Pace(), 200, source=make_source(url="file:///srv/feed.xml")).repeats == 0


def test_an_answer_ends_a_row_of_failures_and_tells_hints_moments_and_where_its_validators_belong() -> None:
    before = Pace(stalls=2, failing_since=MOMENT, hints=Hints(ttl=1.0))
    fresh = Fresh(info=FeedInfo(hints=Hints(ttl=60.0)))
    after = after_answer(before, make_source(), fresh, Answer(url=NEW, status=200), [None], MOMENT)
    assert (after.stalls, after.failing_since, after.hints) == (0, None, Hints(ttl=60.0))
    assert after.moments == (int(MOMENT.timestamp()),)
    assert after.answered == address_mark(NEW)
    assert answered(before, 304).hints == Hints(ttl=1.0)


def test_a_failure_is_dated_once_and_killed_readers_are_counted() -> None:
    down, stalled = (Failure(kind=kind, message="") for kind in (FailureKind.CONNECT, FailureKind.STALLED))
    first = after_trouble(Pace(), stalled, 1, MOMENT)
    second = after_trouble(first, down, 2, MOMENT + timedelta(days=1))
    assert (second.failing_since, second.stalls) == (MOMENT, 1)
    assert after_trouble(second, stalled, 3, MOMENT).stalls == 2


@pytest.mark.parametrize(
    ("shown", "changed", "is_one"), [(10, 8, True), (10, 10, True), (10, 7, False), (4, 4, False), (0, 0, False)]
)
def test_a_source_that_rewrites_nearly_all_it_shows_is_known(shown: int, changed: int, is_one: bool) -> None:
    fresh = Fresh(shown=Shown(keys=frozenset(map(str, range(shown)))))
    assert rewrites(fresh, changed) is is_one
    assert not rewrites(Fresh(), changed)
