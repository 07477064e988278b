"""Who is due, and waits after the clock has been set."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from support.builders import MOMENT, make_source
from syndicator.model.article import Entry
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import NEVER, Debt, Pace, Robots
from syndicator.model.noun import replace
from syndicator.model.outcome import Fresh, Unchanged, Wish
from syndicator.model.settings import FetchSettings
from syndicator.store import Store

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.write(tmp_path / "syndicator.db")) as opened:
        opened.adopt(
            [make_source(), make_source(id="new", url="https://new.example/")], {"daily": MOMENT, "new": MOMENT}
        )
        with opened.recording(MOMENT) as recording:
            recording.polls.succeeded("daily", Unchanged(), MOMENT + 2 * HOUR, Pace(repeats=3, why="its rhythm"))
        yield opened


def due(store: Store, source_id: str = "daily") -> timedelta:
    return store.states()[source_id].due_at - MOMENT


class TestDue:
    def test_the_longest_waiting_goes_first_and_the_busy_are_left_out(self, store: Store) -> None:
        sources = [make_source(id=name, url=f"https://{name}.example/") for name in "abc"]
        store.adopt(sources, {"a": MOMENT, "b": MOMENT - 24 * HOUR, "c": MOMENT + 24 * HOUR})
        assert store.due(MOMENT, limit=9) == ["b", "a"]
        assert store.due(MOMENT, limit=1) == ["b"]
        assert store.due(MOMENT, limit=9, busy=["b"]) == ["a"]
        assert store.due(MOMENT, limit=9, only=["a", "c"]) == ["a"]

    def test_those_that_were_hastened_are_due(self, store: Store) -> None:
        store.adopt([make_source()], {"daily": MOMENT})
        with store.recording(MOMENT) as recording:
            recording.polls.succeeded("daily", Fresh(), MOMENT + 24 * HOUR, Pace())
        assert store.due(MOMENT, limit=9) == []
        store.hasten(["daily"], MOMENT)
        assert store.due(MOMENT, limit=9) == ["daily"]


def test_the_next_due_times_are_those_of_who_is_polled(store: Store) -> None:
    assert (store.next_dues(), store.soonest()) == ((MOMENT, None), ("new", MOMENT))
    store.adopt([make_source()], {"daily": MOMENT})
    assert (store.next_dues(), store.soonest()) == ((MOMENT + 2 * HOUR, None), ("daily", MOMENT + 2 * HOUR))
    store.adopt([], {})
    assert (store.next_dues(), store.soonest()) == ((None, None), None)


def test_pages_of_a_source_that_rests_are_not_due(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        recording.wishes.add("daily", Wish(url="https://daily.example/1", entry=Entry(key="1")))
    assert store.next_dues()[1] == MOMENT
    assert len(store.due_wishes(MOMENT, limit=9)) == 1
    store.adopt([], {})
    assert store.next_dues() == (None, None), "or the store is asked at every step who is due"
    assert store.due_wishes(MOMENT, limit=9) == []


def test_pages_are_taken_in_the_order_in_which_they_are_due_as_many_as_there_is_room_for(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        for hours, key in enumerate("cab"):
            recording.wishes.add("daily", Wish(url=f"https://daily.example/{key}", entry=Entry(key=key)))
            recording.wishes.postponed("daily", key, MOMENT + hours * HOUR)
    assert store.next_dues()[1] == MOMENT

    def keys(limit: int, *busy: str) -> list[str]:
        busy_pages = {("daily", it) for it in busy}
        return [wish.entry.key for _, wish, _ in store.due_wishes(MOMENT + 2 * HOUR, limit=limit, busy=busy_pages)]

    assert keys(9) == ["c", "a", "b"]
    assert keys(1) == ["c"]
    assert keys(1, "c", "a") == ["b"]
    assert keys(1, "b") == ["c"]
    with store.recording(MOMENT) as recording:
        recording.wishes.postponed("daily", "c", MOMENT + 9 * HOUR)
    assert store.next_dues()[1] == MOMENT + HOUR


def test_what_gets_another_time_is_a_source_or_one_page_of_it(store: Store) -> None:
    with store.recording(MOMENT) as recording:
        for key in "ab":
            recording.wishes.add("daily", Wish(url=f"https://daily.example/{key}", entry=Entry(key=key)))
    store.reschedule([("daily", "a", MOMENT + 3 * HOUR), ("new", "", MOMENT + 4 * HOUR)])
    assert [wish.entry.key for _, wish, _ in store.due_wishes(MOMENT, limit=9)] == ["b"]
    assert len(store.due_wishes(MOMENT + 3 * HOUR, limit=9)) == 2
    assert (due(store), due(store, "new")) == (2 * HOUR, 4 * HOUR)


def test_whether_sources_are_asked_so_can_be_seen_without_asking_them_so(store: Store) -> None:
    usual, other = FetchSettings(), FetchSettings(proxy="http://u:p@proxy.example:1")
    assert store.asks_so(usual) is None, "nobody has asked yet"
    store.retry(usual, MOMENT)
    assert (store.asks_so(usual), store.asks_so(other), store.asks_so(usual)) == (True, False, True)


def test_who_failed_is_asked_at_once_when_sources_are_asked_in_another_way(store: Store) -> None:
    later, usual = MOMENT + 24 * HOUR, FetchSettings()

    def dues(settings: FetchSettings) -> list[int]:
        with store.recording(MOMENT) as recording:
            recording.polls.failed("daily", Failure(kind=FailureKind.DNS, message=""), later, Pace())
            recording.polls.succeeded("new", Unchanged(), later, Pace())
        store.retry(settings, MOMENT)
        return [due(store, it) // HOUR for it in ("daily", "new")]

    store.retry(usual, MOMENT)
    assert dues(usual) == [24, 24]
    assert dues(replace(usual, proxy="http://127.0.0.1:1")) == [0, 24]
    assert dues(replace(usual, proxy="http://127.0.0.1:1")) == [24, 24]
    assert dues(usual) == [0, 24]


class TestAClock:
    debt = Debt(host="a.example", since=MOMENT, until=MOMENT + HOUR)

    @pytest.mark.parametrize("jump", [10 * YEAR, -10 * YEAR, HOUR, -HOUR])
    def test_that_is_set_while_we_look_moves_every_wait_with_it(self, store: Store, jump: timedelta) -> None:
        store.keep_hosts({"a.example": self.debt}, [], MOMENT)
        store.keep_hosts({}, [Robots(origin="https://a.example", until=MOMENT + HOUR)], MOMENT)
        store.shift(jump)
        assert due(store) == jump + 2 * HOUR
        assert due(store, "new") == jump
        assert store.debts()["a.example"].until == MOMENT + jump + HOUR
        assert store.robots("https://a.example") is None
        store.shift(-jump)
        assert due(store) == 2 * HOUR

    def test_that_was_set_back_while_nobody_looked_lets_everybody_wait_as_long_as_before(self, store: Store) -> None:
        store.keep_hosts({"a.example": self.debt}, [], MOMENT)
        past = MOMENT - 10 * YEAR
        store.pull_in(past)
        assert store.states()["daily"].due_at == past + 2 * HOUR
        assert store.states()["new"].due_at == past
        debt = store.debts()["a.example"]
        assert (debt.since, debt.until) == (past, past + HOUR)
        store.pull_in(past)
        assert store.states()["daily"].due_at == past + 2 * HOUR

    def test_that_is_right_changes_nothing(self, store: Store) -> None:
        store.keep_hosts({"a.example": self.debt}, [], MOMENT)
        with store.recording(MOMENT) as recording:
            recording.polls.rests("new", MOMENT + timedelta(days=32), Pace())
        before = store.states(), store.debts()
        store.pull_in(MOMENT - timedelta(seconds=30))
        assert (store.states(), store.debts()) == before

    def test_does_not_keep_anybody_waiting_for_years(self, store: Store) -> None:
        with store.recording(MOMENT) as recording:
            recording.polls.rests("new", MOMENT + 10 * YEAR, Pace())
            for days, key in ((1, "soon"), (3650, "in years")):
                recording.wishes.add("daily", Wish(url=f"https://daily.example/{days}", entry=Entry(key=key)))
                recording.wishes.postponed("daily", key, MOMENT + timedelta(days=days))
        store.pull_in(MOMENT)
        assert due(store, "new") == timedelta(0)
        assert [wish.entry.key for _, wish, _ in store.due_wishes(MOMENT, limit=9)] == ["in years"]

    def test_leaves_what_hosts_demand_for_as_long_as_they_may_and_not_for_years(self, store: Store) -> None:
        debts = {
            "far.example": Debt(host="far.example", since=MOMENT, until=MOMENT + YEAR),
            "over.example": Debt(host="over.example", since=MOMENT - YEAR, until=MOMENT - YEAR / 2),
            "done.example": Debt(host="done.example", since=MOMENT - 2 * HOUR, until=MOMENT - HOUR),
            "a.example": self.debt,
        }
        robots = [Robots(origin=f"https://{it}", until=MOMENT + wait) for it, wait in (("a", HOUR), ("b", YEAR))]
        store.keep_hosts(debts, robots, MOMENT)
        store.pull_in(MOMENT)
        assert store.debts().keys() == {"done.example", "a.example"}
        assert store.robots("https://a") == robots[0]
        assert store.robots("https://b") is None

    @pytest.mark.parametrize("jump", [10 * YEAR, -10 * YEAR])
    def test_that_is_set_does_not_make_anybody_due_who_is_not_to_be_asked_any_more(
        self, store: Store, jump: timedelta
    ) -> None:
        gone = Failure(kind=FailureKind.GONE, message="")
        with store.recording(MOMENT) as recording:
            recording.polls.failed("daily", gone, NEVER, Pace())
        store.shift(jump)
        store.pull_in(MOMENT + jump)
        store.pull_in(MOMENT - YEAR)
        assert store.states()["daily"].due_at == NEVER
        store.hasten(["daily"], MOMENT)
        assert store.states()["daily"].due_at == MOMENT
