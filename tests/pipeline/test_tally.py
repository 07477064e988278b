"""What is counted: requests by result, articles by what became of them, and how soon that was published."""

from support.builders import MOMENT
from syndicator.model.overview import DELAYS
from syndicator.pipeline.landed import Report
from syndicator.pipeline.tally import Tally


def test_requests_are_counted_by_what_came_of_them_and_pages_apart() -> None:
    tally = Tally(MOMENT)
    assert set(tally.counts().polls.values()) == {0}, "what has not happened yet is there, too, as nought"
    tally.note(
        [Report(source_id="a"), Report(source_id="b", result="not_modified"), Report(source_id="a", page=True)], 0
    )
    tally.note([Report(source_id="b", result="not_modified"), Report(source_id="c", result="failed")], 1)
    counts = tally.counts(bugs=2)
    assert {it: count for it, count in counts.polls.items() if count} == {"read": 1, "not_modified": 2, "failed": 1}
    assert {it: count for it, count in counts.pages.items() if count} == {"read": 1}
    assert (counts.began, counts.bugs) == (MOMENT, 2)


def test_articles_are_counted_by_what_became_of_them() -> None:
    tally = Tally(MOMENT)
    tally.note([Report(source_id="a", new=3, joined=2), Report(source_id="b", updated=1, deleted=4, merged=5)], 0)
    assert tally.counts().changes == {"new": 3, "copy": 2, "changed": 1, "deleted": 4, "merged": 5}


def test_a_delay_runs_from_when_a_change_was_written_down_until_it_was_published() -> None:
    tally = Tally(MOMENT)
    tally.note([Report(source_id="a", new=2)], 10.0)
    tally.note([Report(source_id="a")], 11.0)  # nothing that anybody waits for
    tally.note([Report(source_id="b", joined=1)], 13.5)
    tally.published(14.0)
    tally.published(99.0)  # nothing is counted twice
    counts = tally.counts()
    assert counts.delay == 2 * 4.0 + 0.5
    assert dict(zip(DELAYS, counts.delays, strict=False)) == {
        0.5: 1, 1.0: 1, 2.0: 1, 5.0: 3, 10.0: 3, 30.0: 3, 60.0: 3, 300.0: 3,
    }  # fmt: skip
    assert counts.delays[-1] == 3


def test_a_delay_beyond_all_bounds_is_counted_too() -> None:
    tally = Tally(MOMENT)
    tally.note([Report(source_id="a", new=1)], 0.0)
    tally.published(4000.0)
    assert tally.counts().delays == (*[0] * len(DELAYS), 1)
