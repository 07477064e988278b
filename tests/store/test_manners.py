"""What is remembered of hosts and sites, for as long as it counts."""

from datetime import timedelta

from support.builders import MOMENT
from syndicator.model.manners import Debt, Robots
from syndicator.store import Store

HOUR = timedelta(hours=1)


def test_robots_texts_are_forgotten_when_they_have_to_be_asked_for_anew(store: Store) -> None:
    for number in range(3):
        found = Robots(origin=f"https://{number}.example", until=MOMENT + number * HOUR, text="x")
        store.keep_hosts({}, [found], MOMENT)
    store.keep_hosts({}, [Robots(origin="https://9.example", until=MOMENT + 9 * HOUR)], MOMENT + 1.5 * HOUR)
    assert [number for number in range(10) if store.robots(f"https://{number}.example")] == [2, 9]


def test_a_host_that_demands_nothing_any_more_is_forgotten(store: Store) -> None:
    debt = Debt(host="a.example", since=MOMENT, until=MOMENT + HOUR)
    store.keep_hosts({"a.example": debt, "b.example": None}, [], MOMENT)
    assert store.debts() == {"a.example": debt}
    store.pull_in(MOMENT + timedelta(days=29))
    assert store.debts() == {"a.example": debt}
    store.keep_hosts({"a.example": None}, [], MOMENT)
    assert store.debts() == {}
    store.keep_hosts({"a.example": debt}, [], MOMENT)
    store.pull_in(MOMENT + timedelta(days=31))
    assert store.debts() == {}, "nobody has asked it for a month"
