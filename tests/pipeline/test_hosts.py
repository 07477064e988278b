"""A host's demand outlives a restart, and is over when it serves again."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.builders import MOMENT
from syndicator.errors import StoreError
from syndicator.model.failure import Failure, FailureKind
from syndicator.model.manners import Robots
from syndicator.model.settings import Schedule
from syndicator.pipeline.hosts import Hosts, owed, resting
from syndicator.store import Store

SCHEDULE = Schedule()
HOST = "a.example"
MONTH = timedelta(days=30)


def busy(retry_after: float | None = None) -> Failure:
    return Failure(kind=FailureKind.BUSY, message="We ask too often (429).", status=429, retry_after=retry_after)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "syndicator.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store.write(path)) as opened:
        yield opened


@given(st.floats(0, 1e9), st.integers(0, 50))
def test_no_demand_is_undercut_and_none_lasts_longer_than_a_month(seconds: float, before: int) -> None:
    debt = None
    for _ in range(before % 5):
        debt = owed(HOST, debt, busy(), SCHEDULE, MOMENT)
    lasts = owed(HOST, debt, busy(seconds), SCHEDULE, MOMENT).until - MOMENT
    assert lasts >= min(timedelta(seconds=seconds), MONTH)
    assert lasts <= MONTH


def test_a_host_that_does_not_say_how_long_rests_longer_each_time_up_to_a_day() -> None:
    debt, hours = None, []
    for _ in range(12):
        debt = owed(HOST, debt, busy(), SCHEDULE, MOMENT)
        hours.append((debt.until - MOMENT) / timedelta(hours=1))
    assert hours[0] == pytest.approx(0.525, rel=0.05)
    assert hours[2] == pytest.approx(2.1, rel=0.05)
    assert hours[-1] == pytest.approx(25.2, rel=0.05)


def test_a_host_that_always_says_soon_is_not_believed_for_ever() -> None:
    debt = owed(HOST, None, busy(1.0), SCHEDULE, MOMENT)
    assert timedelta(seconds=60) <= debt.until - MOMENT <= timedelta(seconds=66)
    for _ in range(7):
        debt = owed(HOST, debt, busy(1.0), SCHEDULE, MOMENT)
    assert debt.until - MOMENT >= timedelta(hours=2)


def test_a_demand_holds_after_a_restart_until_its_time_or_until_the_host_serves(store: Store) -> None:
    hosts = Hosts(store)
    debt = hosts.demanded(HOST, busy(600.0), SCHEDULE, MOMENT)
    hosts.save(MOMENT)
    again = Hosts(store)
    assert again.debt(HOST, MOMENT) == debt
    assert again.debt("b.example", MOMENT) is None
    assert again.debt(HOST, debt.until) is None
    assert again.demanded(HOST, busy(600.0), SCHEDULE, MOMENT).times == 2, "it is remembered for the next one"
    again.served(HOST)
    again.save(MOMENT)
    assert again.debt(HOST, MOMENT) is None
    assert store.debts() == {}


def test_rules_hold_after_a_restart_until_their_time(store: Store) -> None:
    until = MOMENT + timedelta(hours=5)
    hosts = Hosts(store)
    hosts.learn(Robots(origin="https://a.example", until=until, text="User-agent: *\nDisallow: /x"))
    hosts.save(MOMENT)
    again = Hosts(store)
    rules = again.rules("https://a.example", MOMENT)
    assert rules is not None
    assert rules.refusal("https://a.example/x")
    assert again.rules("https://a.example", until) is None
    assert again.rules("http://a.example", MOMENT) is None


def test_rules_of_ever_so_many_origins_are_not_all_kept_at_hand(store: Store) -> None:
    hosts = Hosts(store)
    for number in range(600):
        hosts.learn(Robots(origin=f"https://{number}.example", until=MOMENT + timedelta(days=1)))
    assert len(hosts._rules) <= 256
    assert hosts.rules("https://3.example", MOMENT) is not None
    hosts.save(MOMENT)
    hosts.renew()
    assert hosts.rules("https://3.example", MOMENT) is not None


def test_what_hosts_demand_moves_with_a_clock_that_was_set(store: Store) -> None:
    hosts, hour = Hosts(store), timedelta(hours=1)
    debt = hosts.demanded(HOST, busy(600.0), SCHEDULE, MOMENT)
    hosts.learn(Robots(origin="https://a.example", until=MOMENT + 5 * hour))
    hosts.save(MOMENT)
    store.shift(-hour)
    hosts.renew()
    assert hosts.debt(HOST, debt.until - hour) is None
    assert hosts.debt(HOST, MOMENT - hour) is not None
    assert hosts.rules("https://a.example", MOMENT - hour) is None, "it is asked for anew"


def test_what_could_not_be_saved_is_saved_the_next_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    hosts, keep = Hosts(store), Store.keep_hosts

    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    debt = hosts.demanded(HOST, busy(600.0), SCHEDULE, MOMENT)
    monkeypatch.setattr(Store, "keep_hosts", full)
    with pytest.raises(StoreError):
        hosts.save(MOMENT)
    monkeypatch.setattr(Store, "keep_hosts", keep)
    hosts.save(MOMENT)
    assert store.debts() == {HOST: debt}


def test_who_waits_is_told_until_when_and_why(store: Store) -> None:
    failure = resting(Hosts(store).demanded(HOST, busy(7200.0), SCHEDULE, MOMENT))
    assert failure.kind is FailureKind.BUSY
    assert "2026-03-05 16:" in failure.message
    assert "429" in failure.message
