"""What a supervisor is told, over a socket as systemd makes one."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicator.daemon.notify import Supervisor, status


@pytest.fixture(params=["path", "name"])
def listening(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[socket.socket, str]]:
    """A socket, and what `NOTIFY_SOCKET` calls it."""
    address = str(tmp_path / "notify") if request.param == "path" else f"@{tmp_path.name}-{id(request)}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
        door.bind(address.replace("@", "\0", 1) if request.param == "name" else address)
        door.settimeout(5)
        yield door, address


def test_words_arrive_together_one_a_line(listening: tuple[socket.socket, str]) -> None:
    door, address = listening
    Supervisor(address).tell("WATCHDOG=1", "STATUS=готово")
    assert door.recv(4096).decode() == "WATCHDOG=1\nSTATUS=готово"


def test_one_that_does_not_listen_keeps_nobody_waiting(listening: tuple[socket.socket, str]) -> None:
    _, address = listening
    for _ in range(2000):  # more than the kernel holds for it
        Supervisor(address).tell("WATCHDOG=1")


@pytest.mark.parametrize("address", ["", "/nowhere/at/all", "/" + "x" * 500, "@", "a\0b"])
def test_where_there_is_none_nothing_happens(address: str) -> None:
    Supervisor(address).tell("READY=1")


def test_the_line_for_people_is_one_line() -> None:
    assert status([], 18, 3) == "STATUS=sources: 18; under way: 3"
    assert status(["The disk is\nfull.", "More."], 18, 3) == "STATUS=The disk is full."
