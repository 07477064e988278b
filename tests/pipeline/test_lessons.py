"""What a poll teaches: new addresses are believed late, servers without 304 are known in the end."""

from datetime import timedelta
from pathlib import Path

import pytest

from support.builders import MOMENT, make_article, make_source
from support.simulation import A, World, item, rss
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import Hints, Move, Pace
from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh, Shown, Unchanged
from syndicator.model.source import Source
from syndicator.model.state import FeedInfo
from syndicator.pipeline.lessons import (
    MOST_BORROWED,
    MOST_KEPT,
    Answer,
    address_mark,
    after_answer,
    after_trouble,
    borrowed,
    has_foreign_id,
    rewrites,
)

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
        assert moved(moved(moved(Pace(), 0), 12), 24).address == NEW

    def test_stays_while_it_answers_itself(self) -> None:
        pace = Pace(address=NEW)
        for hours in (0, 12, 24, 36):
            pace = moved(pace, hours, to="")
        assert (pace.address, pace.move) == (NEW, None)

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


class TestAHubsWord:
    """Is kept where it told of news that were there; and broken by news of which it did not tell."""

    told = Pace(told_until=MOMENT + timedelta(seconds=1), kept=2)

    def after(self, pace: Pace, *, news: bool) -> tuple[int, int]:
        fresh = Fresh(articles=(make_article(),) if news else ())
        after = answered(pace, 200, fresh)
        return after.expecting, after.kept

    def test_is_kept_by_news_and_then_nothing_more_is_looked_for(self) -> None:
        assert self.after(replace(self.told, expecting=3), news=True) == (0, 3)
        assert self.after(replace(self.told, expecting=1), news=True) == (0, 3)
        assert self.after(replace(self.told, expecting=3, kept=MOST_KEPT), news=True) == (0, MOST_KEPT)

    def test_is_waited_for_where_there_is_nothing_yet(self) -> None:
        pace = replace(self.told, expecting=3)
        assert self.after(pace, news=False) == (2, 2)
        assert answered(pace, 304).expecting == 2
        assert self.after(replace(pace, expecting=1), news=False) == (0, 2), "it was idle, which is no fault"

    def test_is_broken_by_news_without_it_while_it_tells(self) -> None:
        assert self.after(self.told, news=True) == (0, 1)
        assert self.after(replace(self.told, kept=0), news=True) == (0, 0)
        assert self.after(replace(self.told, told_until=MOMENT), news=True) == (0, 2)
        assert self.after(replace(self.told, told_until=None), news=True) == (0, 2)
        assert self.after(self.told, news=False) == (0, 2)

    def test_counts_entries_whose_pages_are_still_to_come(self) -> None:
        fresh = Answer(url=OLD, status=200)
        after = after_answer(replace(self.told, expecting=3), make_source(), Fresh(), fresh, [None], MOMENT)
        assert (after.expecting, after.kept) == (0, 3)

    def test_outlives_a_failure(self) -> None:
        failure = Failure(kind=FailureKind.DNS, message="No such host.")
        pace = after_trouble(replace(self.told, expecting=3), failure, 1, MOMENT)
        assert (pace.expecting, pace.kept) == (3, 2)


def test_an_answer_ends_a_row_of_failures_and_tells_hints_moments_and_where_its_validators_belong() -> None:
    before = Pace(stalls=2, failing_since=MOMENT, hints=Hints(ttl=1.0))
    fresh = Fresh(info=FeedInfo(hints=Hints(ttl=60.0)))
    after = after_answer(before, make_source(), fresh, Answer(url=NEW, status=200), [None], MOMENT)
    assert (after.stalls, after.failing_since, after.hints) == (0, None, Hints(ttl=60.0))
    assert after.moments == (int(MOMENT.timestamp()),)
    assert after.answered == address_mark(NEW)
    assert answered(before, 304).hints == Hints(ttl=1.0)


def test_the_first_poll_that_gives_a_body_is_noted_for_good_unless_it_was_before_that_was_done() -> None:
    failure = Failure(kind=FailureKind.DNS, message="No such host.")
    assert after_trouble(Pace(), failure, 1, MOMENT).since is None
    first = answered(Pace(), 200)
    assert first.since == MOMENT
    assert moved(first, 24).since == MOMENT
    assert answered(Pace(moments=(1, 2)), 200).since is None


def test_a_failure_is_dated_once_and_killed_readers_are_counted() -> None:
    down, stalled = (Failure(kind=kind, message="") for kind in (FailureKind.CONNECT, FailureKind.STALLED))
    first = after_trouble(Pace(), stalled, 1, MOMENT)
    second = after_trouble(first, down, 2, MOMENT + timedelta(days=1))
    assert (second.failing_since, second.stalls) == (MOMENT, 1)
    assert after_trouble(second, stalled, 3, MOMENT).stalls == 2


@pytest.mark.parametrize(
    ("shown", "changed", "is_one"),
    [(5, 5, True), (10, 8, True), (10, 10, True), (10, 7, False), (4, 4, False), (0, 0, False)],
)
def test_a_source_that_rewrites_nearly_all_it_shows_is_known(shown: int, changed: int, is_one: bool) -> None:
    fresh = Fresh(shown=Shown(keys=frozenset(map(str, range(shown)))))
    assert rewrites(fresh, changed) is is_one
    assert not rewrites(Fresh(), changed)


def test_a_source_that_rewrites_all_is_counted_until_a_poll_in_which_it_does_not(tmp_path: Path) -> None:
    world = World.open(tmp_path, A)
    counts = []
    for word, entries in (("One", 6), ("Two", 6), ("Three", 6), ("Three", 7), ("Four", 7)):
        world.network.clear(A.url)
        world.network.serve(A.url, rss(*map(item, range(entries))).replace("Title", word))
        world.later(days=1)
        counts.append(world.pump.store.states()["a"].pace.rewrites)
    assert counts == [0, 1, 2, 0, 1]
    world.pump.store.close()


OWN = make_article(canonical_url="https://news.daily.example/1", url="https://daily.example/1?from=rss")


@pytest.mark.parametrize(
    ("guid", "is_foreign"),
    [
        ("https://news.daily.example/1", False),
        ("http://www.daily.example/?p=1", False),
        ("https://blog.example/1", False),  # what the feed calls its site
        ("tag:daily.example,2026:1", False),
        ("tag:desk@other.example,2026:1", True),
        ("https://other.example/1", True),
        ("1", False),
        ("urn:uuid:0e1b3a52-7c55-5f3e-9a44-0d7a5c1f2b3a", False),
        ("", False),
        ("https://", False),
    ],
)
def test_an_id_of_another_site_is_told_by_its_domain(guid: str, is_foreign: bool) -> None:
    assert has_foreign_id(replace(OWN, guid=guid), make_source(), "https://blog.example/") is is_foreign


@pytest.mark.parametrize("own", ["link.example", "canonical.example", "daily.example", "blog.example"])
def test_an_id_of_any_site_that_is_its_own_is_no_other_ones(own: str) -> None:
    article = replace(OWN, url="https://link.example/1", canonical_url="https://canonical.example/1")
    assert not has_foreign_id(replace(article, guid=f"https://www.{own}/?p=1"), make_source(), "https://blog.example/")


def test_borrowed_ids_are_counted_against_the_others_and_forgotten() -> None:
    assert borrowed(0, 5, 5) == 5
    assert borrowed(5, 4, 2) == 5
    assert borrowed(5, 9, 1) == 0
    assert borrowed(5, 0, 0) == 5
    assert borrowed(0, 500, 500) == MOST_BORROWED


def test_a_source_that_copies_anothers_ids_is_known_and_that_other_is_not(tmp_path: Path) -> None:
    copier = make_source(id="c", url="https://c.example/rss", title="")
    world = World.open(tmp_path, A, copier)

    def borrowed_by() -> dict[str, int]:
        return {name: state.pace.borrowed for name, state in world.pump.store.states().items()}

    def shown(host: str, *numbers: int) -> str:
        items = (
            f"<item><title>{host} {it}</title><link>https://{host}/{it}</link><guid>https://a.example/{it}</guid></item>"
            for it in numbers
        )
        return f"<rss version='2.0'><channel><title>F</title>{''.join(items)}</channel></rss>"

    world.network.serve(A.url, shown("a.example", *range(9)))
    world.settle()
    world.network.serve(copier.url, shown("c.example", *range(6)))
    world.later(days=1)
    assert borrowed_by() == {"a": 0, "c": 6}
    assert len(world.stories()) == 15, "they stay apart"
    world.later(days=1)
    assert borrowed_by() == {"a": 0, "c": 6}, "what is known does not count again"
    world.network.clear(copier.url)
    world.network.serve(copier.url, shown("c.example", *range(100, 104)))
    world.later(days=1)
    assert borrowed_by() == {"a": 0, "c": 2}, "these are nobody's else"
    world.pump.store.close()
