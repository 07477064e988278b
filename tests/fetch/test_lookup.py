"""Names are looked up beside the loop, and a slow one holds nobody."""

import socket
import threading
from collections.abc import Callable

import pytest

from support.door import Door
from support.origin import Origin
from syndicator.fetch.lookup import Lookups


def answers(lookups: Lookups[str], bell: threading.Semaphore, count: int) -> dict[str, list[str] | None]:
    found: dict[str, list[str] | None] = {}
    while len(found) < count:
        assert bell.acquire(timeout=5)
        found.update({key: addresses for key, (addresses,) in lookups.answers()})
    return found


@pytest.fixture
def bell() -> threading.Semaphore:
    return threading.Semaphore(0)


def test_a_name_gives_its_addresses(bell: threading.Semaphore) -> None:
    lookups: Lookups[str] = Lookups(2, bell.release)
    for host in ("127.0.0.1", "::1", "a..b", "x" * 70 + ".example"):
        lookups.ask(host, host)
    found = answers(lookups, bell, 4)
    assert (found["127.0.0.1"], found["::1"]) == (["127.0.0.1"], ["::1"])
    assert found["a..b"] == found["x" * 70 + ".example"] == []
    lookups.stop()


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"), None),
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), []),
        (socket.gaierror(socket.EAI_NODATA, "No address associated with hostname"), []),
        (socket.gaierror(socket.EAI_FAIL, "Non-recoverable failure in name resolution"), None),
        (OSError(24, "Too many open files"), None),
    ],
    ids=["no network", "no such name", "no address", "refused", "anything else"],
)
def test_no_name_is_called_unknown_unless_a_name_server_said_so(
    bell: threading.Semaphore, monkeypatch: pytest.MonkeyPatch, error: OSError, found: list[str] | None
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    lookups: Lookups[str] = Lookups(2, bell.release)
    lookups.ask("any", "any.example")
    assert answers(lookups, bell, 1) == {"any": found}
    lookups.stop()


def test_an_address_with_a_zone_does_not_cost_a_host_its_others(
    door: Door, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(socket.AF_INET6, ("fe80::1%eth0", 0, 0, 2)), (socket.AF_INET, ("127.0.0.1", 0))]
    entries = [(family, socket.SOCK_STREAM, 6, "", address) for family, address in found]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: entries)
    origin.serve("/", b"ok")
    assert door.body(origin.url("/", host="near.example")) == b"ok"
    entries.pop()
    assert door.failure(origin.url("/", host="nearer.example")) == "forbidden"


def test_silent_name_servers_hold_up_nobody_else(bell: threading.Semaphore, silent_names: Callable[[], None]) -> None:
    lookups: Lookups[str] = Lookups(40, bell.release)
    for number in range(39):
        lookups.ask(f"silent{number}", f"silent{number}")
    lookups.ask("good", "good")
    assert answers(lookups, bell, 1) == {"good": ["127.0.0.1"]}
    silent_names()
    assert len(answers(lookups, bell, 39)) == 39
    lookups.stop()


def test_a_thread_that_is_free_takes_the_next_name(bell: threading.Semaphore) -> None:
    lookups: Lookups[str] = Lookups(9, bell.release)
    for number in range(9):
        lookups.ask(str(number), "127.0.0.1")
        answers(lookups, bell, 1)
    assert lookups._threads == 1
    lookups.stop()


def test_threads_are_bounded_and_end(bell: threading.Semaphore) -> None:
    before = threading.active_count()
    lookups: Lookups[str] = Lookups(3, bell.release)
    for number in range(50):
        lookups.ask(str(number), "127.0.0.1")
    assert threading.active_count() <= before + 3
    assert len(answers(lookups, bell, 50)) == 50
    workers = [thread for thread in threading.enumerate() if thread.name.startswith("lookup-")]
    assert all(worker.daemon for worker in workers), "a resolver that hangs does not hold up the end of the program"
    lookups.stop()
    for worker in workers:
        worker.join(5)
    assert threading.active_count() <= before
