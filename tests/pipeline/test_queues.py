"""How hosts are spared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.model.web import Request
from syndicator.pipeline.queues import REMEMBERED, HostQueues, host_of


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

    def test_how_fast_a_host_goes_is_learned_while_others_wait_for_it(self) -> None:
        queues, now = HostQueues(1.0), 0.0
        for number in range(41):
            queues.put(request(f"https://a.example/{number}"))
        assert queues.pace("a.example") == 1.0
        for took in (2.0, 4.0):
            for _ in range(20):
                (flying,) = queues.take(9, now)
                queues.done(flying, now + took)
                now += took + 1.0
            assert queues.pace("a.example") == pytest.approx(took + 1.0, abs=0.1)
        (last,) = queues.take(9, now)
        queues.done(last, now + 1.0)
        queues.put(last)
        assert queues.take(9, now + 100.0) == [last]
        assert queues.pace("a.example") == 1.0, "that it had nothing to do tells nothing"

    def test_userinfo_and_case_make_no_other_host_but_a_port_does(self) -> None:
        queues = HostQueues(1.0)
        for url in ("https://u:p@a.example/1", "https://A.example/2", "https://a.example:8443/3"):
            queues.put(request(url))
        assert len(queues.take(9, 0.0)) == 2

    def test_files_wait_for_nobody(self) -> None:
        queues = HostQueues(60.0)
        for number in range(5):
            queues.put(request(f"file:///c/{number}"))
        taken = queues.take(3, 0.0)
        assert (len(taken), queues.waiting("")) == (3, 2)
        taken += queues.take(3, 0.0)
        assert len(taken) == 5
        for it in taken:
            queues.done(it, 1.0)
        queues.put(taken[0])
        assert queues.take(9, 1.0) == [taken[0]], "also when none has waited meanwhile"

    def test_a_host_that_wants_a_longer_pause_gets_it(self) -> None:
        queues, first = HostQueues(1.0), request("https://a.example/1")
        queues.delays["a.example"] = 30.0
        queues.put(first)
        queues.put(request("https://a.example/2"))
        queues.take(9, 0.0)
        queues.done(first, 2.0)
        assert queues.take(9, 31.9) == []
        assert len(queues.take(9, 32.0)) == 1

    def test_a_longer_pause_is_kept_while_many_others_are_asked_and_forgotten(self) -> None:
        queues = HostQueues(1.0)
        resting, flying = request("https://a.example/"), request("https://b.example/")
        for it in (resting, flying):
            queues.delays[host_of(it.url)] = 3600.0
            queues.put(it)
        assert queues.take(9, 0.0) == [resting, flying]
        queues.done(resting, 0.0)
        for number in range(2 * REMEMBERED + 50):
            other = request(f"https://c{number}.example/")
            queues.delays[host_of(other.url)] = 2.0
            queues.put(other)
            assert queues.take(9, 3.0 * number) == [other]
            queues.done(other, 3.0 * number)
        assert len(queues.delays) < REMEMBERED + 50, "of hosts that have rested nothing is remembered"
        queues.done(flying, 3000.0)
        for it in (resting, flying):
            queues.put(it)
        assert queues.take(9, 3599.0) == []
        assert queues.take(9, 3600.0) == [resting]
        assert queues.take(9, 6600.0) == [flying]

    def test_what_is_withdrawn_is_not_sent_and_the_host_goes_on(self) -> None:
        queues = HostQueues(1.0)
        first, second, third = (request(f"https://a.example/{number}") for number in range(3))
        queues.put(first)
        queues.put(second)
        assert queues.take(9, 0.0) == [first]
        assert queues.withdraw("a.example") == [second]
        assert (queues.waiting("a.example"), queues.withdraw("b.example")) == (0, [])
        queues.done(first, 1.0)
        assert queues.take(9, 9.0) == []
        for later in ([], [third]):
            queues.put(second)
            assert queues.withdraw("a.example") == [second]
            for it in later:
                queues.put(it)
            assert queues.take(9, 9.0) == later

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
        assert len(taken) + sum(queues.waiting(f"{host}.example") for host in "abc") == put


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://пример.рф/a", "https://xn--e1afmkfd.xn--p1ai/b"),
        ("https://a.example:443/", "https://A.EXAMPLE/"),
        ("http://a.example:80/", "http://a.example./x"),
        ("http://user:pass@a.example/", "http://a.example/"),
        ("http://[::1]:8080/", "http://[0:0:0:0:0:0:0:1]:8080/x"),
        ("http://127.1/", "http://127.0.0.1/"),
    ],
)
def test_a_host_is_one_however_it_is_spelt(url: str, same: str) -> None:
    assert host_of(url) == host_of(same) != ""


def test_other_ports_are_other_hosts_and_a_file_has_none() -> None:
    assert host_of("http://a.example:8080/") != host_of("http://a.example/")
    assert host_of("file:///var/feeds/a.xml") == ""
