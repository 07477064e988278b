"""When sources are polled, and how hosts are spared."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from support.builders import MOMENT, make_source
from syndicator.model.settings import Schedule
from syndicator.model.source import Failure, FailureKind
from syndicator.model.web import Request
from syndicator.pipeline.plan import (
    AT_ONCE,
    LONGEST_DEBT,
    HostQueues,
    after_failure,
    after_success,
    first_dues,
    subscriptions,
)

SCHEDULE = Schedule()
DOWN = Failure(kind=FailureKind.CONNECT, message="")


def wait_after(failure: Failure, failures: int) -> float:
    return (after_failure(make_source(), SCHEDULE, failure, failures, MOMENT) - MOMENT).total_seconds()


class TestTheNextPoll:
    def test_comes_after_the_interval_and_up_to_a_tenth_more(self) -> None:
        for name in "abcdefgh":
            wait = after_success(make_source(id=name), SCHEDULE, MOMENT) - MOMENT
            assert timedelta(minutes=30) <= wait <= timedelta(minutes=33)

    def test_stays_within_the_operators_bounds(self) -> None:
        hasty = after_success(make_source(interval=1.0), SCHEDULE, MOMENT) - MOMENT
        slow = after_success(make_source(interval=1e9), SCHEDULE, MOMENT) - MOMENT
        assert hasty >= timedelta(minutes=5)
        assert slow <= timedelta(days=1.1)

    def test_can_be_replayed(self) -> None:
        assert after_success(make_source(), SCHEDULE, MOMENT) == after_success(make_source(), SCHEDULE, MOMENT)

    def test_after_failures_comes_later_and_later_but_within_a_day(self) -> None:
        waits = [wait_after(DOWN, failures) for failures in range(1, 40)]
        assert 0.9 * 1800 <= waits[0] <= 1.1 * 1800
        assert 0.9 * 7200 <= waits[2] <= 1.1 * 7200
        assert max(waits) <= 1.1 * 86400
        assert waits[-1] >= 0.9 * 86400

    @given(st.floats(0, 1e9), st.integers(1, 100))
    def test_never_undercuts_what_the_host_demands(self, seconds: float, failures: int) -> None:
        busy = Failure(kind=FailureKind.STATUS, message="", status=429, retry_after=seconds)
        assert wait_after(busy, failures) >= min(seconds, LONGEST_DEBT.total_seconds())
        assert wait_after(busy, failures) <= LONGEST_DEBT.total_seconds()

    def test_of_a_source_that_is_gone_is_far_off(self) -> None:
        assert wait_after(Failure(kind=FailureKind.GONE, message=""), 1) == LONGEST_DEBT.total_seconds()


class TestTheFirstPoll:
    def test_of_a_few_is_at_once(self) -> None:
        sources = [make_source(id=str(number)) for number in range(AT_ONCE)]
        assert set(first_dues(sources, [], SCHEDULE, MOMENT, spread=True).values()) == {MOMENT}

    def test_of_many_is_spread_over_the_interval_by_a_daemon_but_not_by_a_person_who_waits(self) -> None:
        sources = [make_source(id=str(number)) for number in range(1000)]
        dues = first_dues(sources, ["7"], SCHEDULE, MOMENT, spread=True)
        assert dues["7"] == MOMENT
        waits = sorted((due - MOMENT).total_seconds() for due in dues.values())
        assert waits[-1] <= 1800
        assert 800 < waits[500] < 1000
        assert set(first_dues(sources, [], SCHEDULE, MOMENT, spread=False).values()) == {MOMENT}


class TestSubscriptions:
    a_list = make_source(id="list", kind="list", url="https://l.example/")

    def test_of_a_list_come_after_the_configured_ones(self) -> None:
        named = make_source(id="x", url="https://x.example/", parent="list")
        assert [it.id for it in subscriptions([self.a_list, make_source()], [named])] == ["list", "daily", "x"]

    def test_never_override_the_configuration_nor_outlive_their_list(self) -> None:
        same_id = make_source(url="https://evil.example/", parent="list")
        same_url = make_source(id="y", parent="list")
        orphan = make_source(id="z", url="https://z.example/", parent="gone")
        assert [it.id for it in subscriptions([self.a_list, make_source()], [same_id, same_url, orphan])] == [
            "list",
            "daily",
        ]


def request(url: str) -> Request:
    return Request(source_id=url, url=url)


class TestHostQueues:
    def test_a_host_has_one_request_in_flight_and_a_pause_after_it(self) -> None:
        queues = HostQueues(1.0)
        first, second = request("https://a.example/1"), request("https://a.example/2")
        queues.put(first)
        queues.put(second)
        assert queues.take(9, 0.0) == [first]
        assert queues.take(9, 5.0) == []
        queues.done(first, 5.0)
        assert queues.take(9, 5.9) == []
        assert queues.next_free() == 6.0
        assert queues.take(9, 6.0) == [second]
        queues.done(second, 6.5)
        queues.put(first)
        assert queues.take(9, 7.0) == [], "the pause is remembered when nothing waits"
        assert queues.take(9, 7.5) == [first]

    def test_userinfo_and_case_make_no_other_host_but_a_port_does(self) -> None:
        queues = HostQueues(1.0)
        for url in ("https://u:p@a.example/1", "https://A.example/2", "https://a.example:8443/3"):
            queues.put(request(url))
        assert len(queues.take(9, 0.0)) == 2

    def test_files_wait_for_nobody(self) -> None:
        queues = HostQueues(60.0)
        for number in range(5):
            queues.put(request(f"file:///c/{number}"))
        assert len(queues.take(3, 0.0)) == 3
        assert len(queues) == 2
        assert len(queues.take(3, 0.0)) == 2

    @given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=40))
    def test_nothing_is_lost_and_no_host_is_hurried(self, moves: list[tuple[str, bool]]) -> None:
        queues, flying, taken, put, now = HostQueues(1.0), {}, [], 0, 0.0
        ended: dict[str, float] = {}
        for host, finish in moves:
            now += 0.3
            if finish and host in flying:
                queues.done(flying.pop(host), now)
                ended[host] = now
            else:
                put += 1
                queues.put(request(f"https://{host}.example/{put}"))
            for it in queues.take(2, now):
                name = it.url[8]
                assert name not in flying
                assert now >= ended.get(name, -9.0) + 1.0
                flying[name] = it
                taken.append(it)
        assert len(taken) + len(queues) == put


def test_intervals_of_sources_override_the_schedules() -> None:
    slow = replace(make_source(), interval=7200.0)
    assert after_success(slow, SCHEDULE, MOMENT) - MOMENT >= timedelta(hours=2)
